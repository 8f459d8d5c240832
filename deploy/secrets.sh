#!/bin/sh
# Makes the passwords of the composed market once, in a folder that git ignores. What is there stays:
# the databases know it.
set -eu
secrets=$(cd "$(dirname "$0")" && pwd)/secrets
mkdir -p "$secrets"
# Nobody else comes into the folder; in it a container's user, whoever that is, must be able to read.
chmod 700 "$secrets"

password() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

for name in postgres grafana; do
  [ -s "$secrets/$name" ] || password >"$secrets/$name"
done
for name in order seller refund dispute; do
  file=$secrets/$name.properties
  [ -s "$file" ] || printf 'marketplace.database.password=%s\n' "$(password)" >"$file"
done
chmod 644 "$secrets"/*
