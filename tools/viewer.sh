#!/bin/bash
# Builds resources/viewer (the program, template and licences of 3D scenes) from the JavaScript of viewer/.
#
#   tools/viewer.sh            writes resources/viewer
#   tools/viewer.sh --check    compares it with a new build, byte for byte
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH=$PWD/.venv/bin:$PATH
for tool in node npm; do
  "$tool" --version >/dev/null 2>&1 && continue
  echo "viewer: $tool is missing, which builds the program of 3D scenes: run 'make develop', or install Node.js 18 or newer" >&2
  exit 1
done
if ! (cd viewer && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error >/dev/null); then
  echo "viewer: npm ci could not install three and esbuild: look at its words above, and whether the registry can be reached" >&2
  exit 1
fi
if [[ ${1:-} != --check ]]; then
  node viewer/build.mjs
  exit
fi
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
node viewer/build.mjs "$built"
if ! diff -rq "$built" resources/viewer; then
  echo "viewer: resources/viewer is not what viewer/ makes: run tools/viewer.sh and commit the result" >&2
  exit 1
fi
