#!/bin/sh
# After this the Nu HTML checker, pinned in deploy/vnu/, lies in var/vnu; or it says how to get what that needs.
set -eu
cd "$(dirname "$0")/.."
missing=
for name in java npm; do
    command -v "$name" >/dev/null || missing="$missing $name"
done
if [ -n "$missing" ]; then
    echo "The HTML checker is left out, since there is no$missing: apt-get install default-jre-headless npm." >&2
    [ -z "${CI:-}" ]
    exit
fi
cmp -s deploy/vnu/package-lock.json var/vnu/package-lock.json && [ -f var/vnu/.installed ] && exit
mkdir -p var/vnu
cp deploy/vnu/package.json deploy/vnu/package-lock.json var/vnu/
if (cd var/vnu && npm ci --silent --ignore-scripts --no-audit --no-fund); then
    touch var/vnu/.installed
    exit
fi
echo "The HTML checker could not be fetched, so its test is skipped." >&2
[ -z "${CI:-}" ]
