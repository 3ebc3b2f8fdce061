#!/bin/bash
# The translations: `compile` makes the .qm files, `update` brings the .ts files up to the source, `check` says what is missing.
#
#   tools/translations.sh compile|update|check
set -euo pipefail
cd "$(dirname "$0")/.."
lrelease=$(command -v lrelease || echo /usr/lib/qt5/bin/lrelease)
update() { # FILE: bring one .ts up to the source
  local project
  project=$(mktemp --suffix=.pro)
  { printf 'SOURCES ='; find "$PWD/twin_plugin" -name '*.py' -printf ' %p'; printf '\nTRANSLATIONS = %s\n' "$1"; } >"$project"
  pylupdate5 -noobsolete "$project" >/dev/null
  rm -f "$project"
}
case ${1:-} in
  compile)
    for ts in i18n/*.ts; do
      [[ -e $ts ]] || continue
      qm=${ts%.ts}.qm
      [[ $qm -nt $ts ]] || "$lrelease" -silent "$ts" -qm "$qm"
    done ;;
  update) for ts in i18n/*.ts; do update "$PWD/$ts"; done ;;
  check)
    status=0
    for ts in i18n/*.ts; do
      copy=$(mktemp --suffix=.ts)
      cp "$ts" "$copy"
      update "$copy"
      missing=$(grep -c 'type="unfinished"' "$copy" || true)
      if ((missing)); then
        echo "$ts: $missing texts without translation; run tools/translations.sh update, then translate:"
        grep -B3 'type="unfinished"' "$copy" | grep '<source>' | head -20
        status=1
      fi
      rm -f "$copy"
    done
    exit $status ;;
  *) sed -n '2,5p' "$0"; exit 2 ;;
esac
