#!/bin/sh
# Lighthouse, pinned in deploy/lighthouse/ to the last line that runs with Node 20, scores a home page and an article: `make lighthouse`.
# With a folder that holds a demo (db.sqlite3, uploads) it scores that one, else a fresh one.
set -eu
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null; then
    echo "Lighthouse needs npm and Node 18.20 or newer: apt-get install npm." >&2
    exit 1
fi
if ! cmp -s deploy/lighthouse/package-lock.json var/lighthouse/package-lock.json || [ ! -f var/lighthouse/.installed ]; then
    mkdir -p var/lighthouse
    cp deploy/lighthouse/package.json deploy/lighthouse/package-lock.json var/lighthouse/
    (cd var/lighthouse && npm ci --loglevel=error --ignore-scripts --no-audit --no-fund)
    touch var/lighthouse/.installed
fi
exec .venv/bin/python -m bench.lighthouse "$@"
