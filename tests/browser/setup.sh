#!/bin/sh
# Makes the tests in the browser possible: Chromium and Java (from Debian, when missing and we may), and the packages
# of package.json under the virtual environment. usage: setup.sh VENV
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=$(cd "$1" && pwd)

need=""
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || need="chromium fonts-liberation"
java -version >/dev/null 2>&1 || need="$need default-jre-headless"
if [ -n "$need" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need Chromium and Java 17 or newer: on Debian, sudo apt-get install $need" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 # several words on purpose
  apt-get install -y -qq --no-install-recommends $need >/dev/null
fi

mkdir -p "$venv/npm"
cp "$here/package.json" "$here/package-lock.json" "$venv/npm/"
cd "$venv/npm"
PATH="$venv/bin:$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
