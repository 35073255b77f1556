#!/bin/sh
set -eu
flowwarden() {
    java -cp '/opt/flowwarden/lib/*' io.flowwarden.Main "$@" --config /etc/flowwarden/flowwarden.yaml
}
flowwarden topics create
# The registry may still be starting.
tries=0
until flowwarden schemas register; do
    tries=$((tries + 1))
    [ "$tries" -lt 20 ] || exit 1
    sleep 3
done
flowwarden catalog publish
flowwarden apply /etc/flowwarden/estate.yaml
