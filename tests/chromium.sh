#!/bin/sh
# The browser tests need Chromium, and libatomic1 for Playwright's Node.js: on Debian as root they are installed here,
# elsewhere this says how.
here() {
    command -v chromium >/dev/null 2>&1 && .venv/lib/python3*/site-packages/playwright/driver/node --version >/dev/null 2>&1
}
here && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo 'Installing Chromium for the browser tests…'
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium libatomic1 >/dev/null
    here && exit 0
fi
if [ -n "$CI" ]; then
    echo 'Chromium and libatomic1 could not be installed, and here the browser tests may not be skipped.' >&2
    exit 1
fi
echo 'The browser tests will be skipped. To run them too: apt install chromium libatomic1'
