#!/bin/sh
# Production settings on one machine: `make serve`. PORT and ADDRESS say where, WORKERS how many processes.
# Plain http unless HTTPS=true, since a proxy in front usually ends TLS; see docs/operators.md.
set -eu
cd "$(dirname "$0")/.."
PORT=${PORT:-8000}
ADDRESS=${ADDRESS:-127.0.0.1}
. deploy/defaults.sh
export DEBUG=false
default HTTPS false
default SITE_URL "http://$ADDRESS:$PORT"

deploy/venv.sh run
if [ ! -s var/secret_key ]; then
    mkdir -p var
    (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))' >var/secret_key)
fi
default SECRET_KEY_FILE "$PWD/var/secret_key"
.venv/bin/python deploy/port.py "$ADDRESS" "$PORT"
.venv/bin/python manage.py migrate --no-input --verbosity 0
echo "Collecting and compressing static files ..."
.venv/bin/python manage.py collectstatic --no-input --verbosity 0
echo "Newsroom listens at http://$ADDRESS:$PORT/ (stop with Ctrl-C)."
exec .venv/bin/python manage.py serve --host "$ADDRESS" --port "$PORT" ${WORKERS:+--workers "$WORKERS"}
