#!/bin/bash
# Opens QGIS desktop with the plugin and the demo's project, in a profile of its own below build; makes the demo first if there is none.
#
#   make run      or      tools/env.sh tools/desktop.sh [PROJECT] [QGIS OPTION ...]
set -euo pipefail
cd "$(dirname "$0")/.."
project=${1:-build/demo/demo.qgz}
shift || true
[[ -f $project || $project != build/demo/demo.qgz ]] || python tools/demo.py
[[ -f $project ]] || { echo "desktop: there is no project '$project'" >&2; exit 1; }
if [[ $QT_QPA_PLATFORM == offscreen ]]; then
  # The environment's default is for work without a screen; this needs one.
  unset QT_QPA_PLATFORM
  [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] || { echo "desktop: there is no screen here (DISPLAY is not set); the project is $project" >&2; exit 1; }
fi
exec qgis --nologo --noversioncheck --profiles-path "$QGIS_CUSTOM_CONFIG_PATH" --profile default "$@" --project "$project"
