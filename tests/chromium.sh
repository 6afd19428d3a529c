#!/bin/sh
# The browser tests need Chromium: on Debian as root it is installed here, elsewhere this says how.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo 'Installing Chromium for the browser tests…'
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium libatomic1 >/dev/null && exit 0
fi
if [ -n "$CI" ]; then
    echo 'Chromium could not be installed, and here the browser tests may not be skipped.' >&2
    exit 1
fi
echo 'The browser tests will be skipped: install Chromium («apt install chromium») to run them.'
