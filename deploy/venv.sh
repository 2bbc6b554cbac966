#!/bin/sh
# After `deploy/venv.sh run` (or `dev`) the folder .venv holds exactly what the requirements files name.
# Asks the package index only when those files or the Python changed. PYTHON=… names the interpreter.
set -eu
cd "$(dirname "$0")/.."
level=${1:-run}

fail() {
    echo "$1" >&2
    exit 1
}

is_311() {
    "$1" -c 'import sys; raise SystemExit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-python3.11 python3 python}; do
        if is_311 "$name"; then
            command -v "$name"
            return
        fi
    done
    fail "Newsroom needs Python 3.11 and did not find it: install it (Debian 12: apt-get install python3 python3-venv) or name it with make $level PYTHON=/path/to/python3.11."
}

make_venv() {
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
        fail "This Python cannot make virtual environments: on Debian and Ubuntu, apt-get install python3-venv (or python3.11-venv)."
    rm -rf .venv
    "$python" -m venv .venv || fail "The virtual environment could not be made in $PWD/.venv: see the message above."
}

install() {
    echo "Installing what $1 names (once, about a minute) ..."
    .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check --require-hashes --only-binary :all: -r "$1" ||
        fail "Installing from $1 failed: see the message above, and check that the package index can be reached."
    cksum <"$1" >".venv/.installed-$1"
}

is_installed() {
    [ "$(cat ".venv/.installed-$1" 2>/dev/null)" = "$(cksum <"$1")" ]
}

is_311 .venv/bin/python && grep -qsF "$PWD/.venv" .venv/bin/activate || make_venv
files=requirements.txt
[ "$level" = run ] || files="requirements.txt requirements-dev.txt"
for file in $files; do
    is_installed "$file" || install "$file"
done
