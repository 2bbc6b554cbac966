#!/bin/sh
# The newsroom on this machine, for trying and developing: `make run`. PORT and ADDRESS say where.
set -eu
cd "$(dirname "$0")/.."
PORT=${PORT:-8000}
ADDRESS=${ADDRESS:-127.0.0.1}
. deploy/defaults.sh
default DEBUG true
default SITE_URL "http://$ADDRESS:$PORT"
default LOG_LEVEL WARNING

deploy/venv.sh run
.venv/bin/python deploy/port.py "$ADDRESS" "$PORT"
.venv/bin/python manage.py migrate --no-input --verbosity 0
.venv/bin/python manage.py demo --if-empty
echo "Newsroom is at http://$ADDRESS:$PORT/ and its desk at http://$ADDRESS:$PORT/admin/ (stop with Ctrl-C)."
DJANGO_RUNSERVER_HIDE_WARNING=true exec .venv/bin/python manage.py runserver --skip-checks "$ADDRESS:$PORT"
