#!/bin/bash
# The gates of style and structure. All that are asked for run; the names of those that failed are listed at the end.
#
#   tools/check.sh            every gate
#   tools/check.sh lint       format, ruff, layers and types, which need neither QGIS nor pytest
#   tools/check.sh GATE ...   some gates by name
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH=$PWD/.venv/bin:$PATH
lint=(format ruff layers types)
every=("${lint[@]}" qgis-rules bandit secrets qt6 reference translations viewer conventions)

gate() {
  case $1 in
    format) ruff format --check -q . ;;
    ruff) ruff check -q . ;;
    layers) lint-imports --cache-dir build/import-linter ;;
    types) mypy ;;
    qgis-rules) python -m flake8 --select=QGS --extend-ignore=QGS105,QGS201,QGS202,QGS402 --max-line-length 120 twin_plugin ;;
    bandit) bandit -q -r twin_plugin -c pyproject.toml ;;
    secrets) python tools/scan_secrets.py ;;
    qt6) python tools/scan_qt6.py ;;
    reference) tools/env.sh python tools/docs.py --check ;;
    translations) tools/translations.sh check ;;
    viewer) tools/viewer.sh --check ;;
    conventions) tools/env.sh python -m pytest -q tests/conventions ;;
    *) echo "there is no gate $1; the gates are: ${every[*]}" >&2; return 2 ;;
  esac
}

if (($# == 0)); then set -- "${every[@]}"; elif [[ $* == lint ]]; then set -- "${lint[@]}"; fi
for tool in ruff lint-imports mypy; do
  command -v "$tool" >/dev/null && continue
  echo "$tool is not installed: run 'make develop', or install the linters of requirements-dev.txt and numpy" >&2
  exit 1
done
failed=()
for name in "$@"; do
  echo "-- $name"
  gate "$name" || failed+=("$name")
done
if ((${#failed[@]})); then
  printf '\nfailed: %s\n' "${failed[*]}"
  exit 1
fi
echo "all gates passed"
