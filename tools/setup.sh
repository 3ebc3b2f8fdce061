#!/bin/bash
# Brings a Debian 12 or 13 to where this project runs: QGIS 3.40 or newer, and .venv, whose packages never replace QGIS's
# numpy. With `dev` also what tests, checks and benchmarks need, among it a PostgreSQL server that tests start and stop. Run it
# again at will: when nothing changed it does nothing. On other systems it says what to install, and takes a .venv made by hand.
#
#   tools/setup.sh [dev]
set -euo pipefail
cd "$(dirname "$0")/.."
level=${1:-run}
venv=.venv
packages=(qgis python3-qgis python3-venv python3-pip fonts-open-sans fonts-wqy-zenhei qttools5-dev-tools)
files=(-r requirements.txt)
modules='qgis.core, ifcopenshell, shapely, numba, pebble, pyproj'
if [[ $level == dev ]]; then
  packages+=(python3-dev gcc xvfb xauth pyqt5-dev-tools poppler-utils zip postgresql postgresql-postgis)
  files+=(-r requirements-dev.txt)
  modules+=', pytest, pytest_qgis'
fi
stamp=$venv/.setup-stamp-$level

key() { cat tools/setup.sh requirements.txt requirements-dev.txt | sha256sum | cut -d' ' -f1; }
[[ -f $stamp && $(cat "$stamp") == "$(key)" && -x $(command -v qgis_process) && -x $venv/bin/python ]] && exit 0

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
as_root() {
  if [[ $(id -u) == 0 ]]; then env DEBIAN_FRONTEND=noninteractive "$@"
  elif command -v sudo >/dev/null; then sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else fail "this step needs root: run it as root, or install sudo. The step: $*"
  fi
}

elsewhere="install QGIS 3.40 or newer with its Python bindings and Qt's lrelease, then run:
  python3 -m venv --system-site-packages .venv   (python3 being the one that QGIS uses)
  .venv/bin/pip install -c <a file that holds numpy==the version QGIS imports> ${files[*]}"
id='' codename=''
if [[ -r /etc/os-release ]]; then
  # shellcheck disable=SC1091
  id=$(. /etc/os-release; echo "${ID:-}") codename=$(. /etc/os-release; echo "${VERSION_CODENAME:-}")
fi
if [[ $id != debian || ! $codename =~ ^(bookworm|trixie)$ ]]; then
  if "$venv/bin/python" -c "import $modules" 2>/dev/null && command -v qgis_process >/dev/null; then exit 0; fi
  fail "automatic set-up knows Debian 12 and 13 only. On this system, $elsewhere"
fi

missing=()
for package in "${packages[@]}"; do
  [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == 'install ok installed' ]] || missing+=("$package")
done
if ((${#missing[@]})); then
  say "Installing from Debian: ${missing[*]}"
  as_root apt-get update -qq
  options=(-y -qq --no-install-recommends -o Dpkg::Use-Pty=0)
  if [[ $codename == bookworm ]]; then
    # QGIS 3.40 lives in Debian 12's backports: the same mirror as the release itself.
    if ! apt-get indextargets --format '$(CODENAME)' 'Created-By: Packages' | grep -qx bookworm-backports; then
      mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -1)
      [[ -n $mirror ]] || fail "no Debian 12 mirror is configured in /etc/apt: add one and run this again"
      echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm-backports main" |
        as_root tee /etc/apt/sources.list.d/bookworm-backports.list >/dev/null
      as_root apt-get update -qq
    fi
    options+=(-t bookworm-backports)
  fi
  as_root apt-get install "${options[@]}" "${missing[@]}" >/dev/null
fi

python=/usr/bin/python3
version=$($python -c 'from qgis.core import Qgis; print(Qgis.QGIS_VERSION_INT)' 2>/dev/null || echo 0)
((version >= 34000)) || fail "QGIS 3.40 or newer is needed, found ${version}. Upgrade: apt-get install -t $codename-backports qgis python3-qgis"

say "Python packages into $venv"
[[ -x $venv/bin/python ]] || $python -m venv --system-site-packages "$venv"
constraint=$venv/numpy-constraint.txt
echo "numpy==$($python -c 'import numpy; print(numpy.__version__)')" >"$constraint"
"$venv/bin/python" -m pip install -q --disable-pip-version-check -c "$constraint" "${files[@]}"
key >"$stamp"
say "Ready: QGIS $($python -c 'from qgis.core import Qgis; print(Qgis.QGIS_VERSION)'), $($python -c 'import numpy; print("numpy", numpy.__version__)')"
