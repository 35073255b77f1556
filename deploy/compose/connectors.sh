#!/bin/sh
# The settings of a connector are in the file of its name.
set -eu
for file in /connectors/*.json; do
    name=$(basename "$file" .json)
    curl -fsS -X PUT -H 'Content-Type: application/json' --data "@$file" "http://connect:8083/connectors/$name/config"
    echo
done
