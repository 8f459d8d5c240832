#!/bin/bash
# Runs once, after databases.sql, when the data directory is new: gives each service's roles the
# password that its instances read from the same secret.
set -euo pipefail

for service in order seller refund dispute; do
  password=$(sed -n 's/^marketplace\.database\.password=//p' "/run/secrets/$service")
  for role in owner app relay reader; do
    psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -v role="${service}_$role" \
      -v password="$password" <<<'alter role :"role" password :'"'password'"
  done
done
