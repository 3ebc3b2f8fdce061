#!/bin/bash
# Every gate of style and structure; all run, and the first failure's names are listed at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()
gate() { local name=$1; shift; echo "-- $name"; "$@" || failed+=("$name"); }
gate format ruff format --check -q .
gate lint ruff check -q .
gate layers lint-imports --no-cache
gate types python -m mypy
gate qgis-rules python -m flake8 --select=QGS --extend-ignore=QGS105,QGS201,QGS202,QGS402 --max-line-length 120 twin_plugin
gate bandit bandit -q -r twin_plugin -c pyproject.toml
gate secrets python tools/scan_secrets.py
gate qt6 python tools/scan_qt6.py
gate reference python tools/docs.py --check
gate translations tools/translations.sh check
gate conventions python -m pytest -q tests/conventions
if ((${#failed[@]})); then
  printf '\nfailed: %s\n' "${failed[*]}"
  exit 1
fi
echo "all gates passed"
