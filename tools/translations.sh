#!/bin/bash
# The translations: `compile` makes the .qm files, `update` brings the .ts files up to the source, `check` says what is missing.
#
#   tools/translations.sh compile|update|check
set -euo pipefail
cd "$(dirname "$0")/.."
lrelease=$(command -v lrelease || echo /usr/lib/qt5/bin/lrelease)
update() { # FILE: bring one .ts up to the source
  # pylupdate5 passes over a call with a comma behind its last argument, which is how ruff writes long ones: it reads copies without that comma.
  local copy file
  copy=$(mktemp -d)
  mkdir "$copy/i18n"
  cp "$1" "$copy/i18n/texts.ts"
  printf 'TRANSLATIONS = %s\nSOURCES =' "$copy/i18n/texts.ts" >"$copy/texts.pro"
  while read -r file; do
    mkdir -p "$copy/${file%/*}"
    sed -Ez 's/",(\s*\))/"\1/g' "$file" >"$copy/$file"
    printf ' %s' "$copy/$file" >>"$copy/texts.pro"
  done < <(find twin_plugin -name '*.py' | sort)
  find twin_plugin -name '*.py' -print0 | xargs -0 python3 tools/core_texts.py "$copy"
  PYTHONWARNINGS=ignore pylupdate5 -noobsolete "$copy/texts.pro" >/dev/null
  # Line numbers change with every edit and say nothing to a translator.
  grep -v '<location ' "$copy/i18n/texts.ts" >"$1"
  rm -rf "$copy"
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
        grep -B3 'type="unfinished"' "$copy" | grep '<source>' | sed -n 1,20p
        status=1
      fi
      rm -f "$copy"
    done
    exit $status ;;
  *) sed -n '2,5p' "$0"; exit 2 ;;
esac
