#!/bin/sh
# Prints the Chromium that the browser tests will use, or says how to get one. The one without windows needs less time.
for name in ${CHROMIUM:-chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome}; do
    if found=$(command -v "$name"); then
        echo "Browser tests use $found."
        exit 0
    fi
done
echo "No Chromium was found, so the browser tests are skipped: apt-get install chromium-headless-shell (or chromium), or CHROMIUM=/path/to/chromium." >&2
[ -z "${CI:-}" ]
