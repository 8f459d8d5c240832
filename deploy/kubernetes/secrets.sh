#!/bin/sh
# Prints the secrets of the databases' roles, with new passwords, for a cluster that has none yet:
#   deploy/kubernetes/secrets.sh | kubectl apply -f -
# Never pipe it again into one that has: the roles follow, the running instances do not.
set -eu

password() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

for service in order seller refund dispute; do
  password=$(password)
  for role in owner app relay reader; do
    cat <<YAML
---
apiVersion: v1
kind: Secret
metadata:
  namespace: marketplace
  name: $service-$role
type: kubernetes.io/basic-auth
stringData:
  username: ${service}_$role
  password: $password
YAML
  done
done
