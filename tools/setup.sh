#!/bin/bash
# Brings a Debian 12 or 13 to where this project runs: QGIS 3.40 or newer, and .venv, whose packages never replace QGIS's
# numpy. With `serve` also the map and data servers that `make serve` runs, with `dev` also what tests, checks and benchmarks
# need. The servers' Python packages live in .venv-servers, apart from QGIS's and the plugin's. Nothing of it is started here.
# Run it again at will: when nothing changed it does nothing. On other systems it says what to install, and takes a .venv made
# by hand.
#
#   tools/setup.sh [serve|dev]
set -euo pipefail
cd "$(dirname "$0")/.."
level=${1:-run}
venv=.venv
packages=(qgis python3-qgis python3-venv python3-pip fonts-open-sans fonts-wqy-zenhei qttools5-dev-tools)
files=(-r requirements-tools.txt)
# swmm.toolkit is the module of swmm-toolkit.
modules='qgis.core, ifcopenshell, shapely, numba, pebble, pyproj, swmm.toolkit, jsonschema, markdown_it'
servers=()
if [[ $level == serve || $level == dev ]]; then
  packages+=(postgresql postgresql-postgis qgis-server nginx-light spawn-fcgi libsqlite3-mod-spatialite)
  servers+=(api)
fi
if [[ $level == dev ]]; then
  packages+=(python3-dev gcc xvfb xauth pyqt5-dev-tools poppler-utils zip cgi-mapserver chromium)
  servers+=(csw)
  files+=(-r requirements-dev.txt)
  modules+=', pytest, pytest_qgis'
fi
stamp=$venv/.setup-stamp-$level

key() { cat tools/setup.sh requirements-pinned.txt requirements-tools.txt requirements-dev.txt tools/servers/requirements-*.txt | sha256sum | cut -d' ' -f1; }
there() { local name; for name in "${servers[@]}"; do [[ -x .venv-servers/$name/bin/python ]] || return 1; done; }
fresh() {  # a higher level has all that a lower one needs
  local one
  for one in "$level" serve dev; do
    [[ $level/$one == dev/serve ]] && continue
    [[ -f $venv/.setup-stamp-$one && $(cat "$venv/.setup-stamp-$one") == "$(key)" ]] && return 0
  done
  return 1
}
fresh && [[ -x $(command -v qgis_process) && -x $venv/bin/python ]] && there && exit 0

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
  .venv/bin/pip install --no-deps --require-hashes -r requirements-pinned.txt
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

# Another apt may run, an unattended upgrade for instance: wait for its locks. apt itself waits for dpkg's, not for the lists'.
lock_timeout_s=300
update_lists() {
  local end=$((SECONDS + lock_timeout_s)) trouble
  until trouble=$(as_root apt-get update -qq 2>&1); do
    [[ $trouble == *lists/lock* ]] && ((SECONDS < end)) || fail "apt-get update failed: $trouble"
    sleep 2
  done
}

missing=()
for package in "${packages[@]}"; do
  [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == 'install ok installed' ]] || missing+=("$package")
done
if ((${#missing[@]})); then
  say "Installing from Debian: ${missing[*]}"
  update_lists
  options=(-y -qq --no-install-recommends -o Dpkg::Use-Pty=0 -o "DPkg::Lock::Timeout=$lock_timeout_s")
  if [[ $codename == bookworm ]]; then
    # QGIS 3.40 lives in Debian 12's backports: the same mirror as the release itself.
    if ! apt-get indextargets --format '$(CODENAME)' 'Created-By: Packages' | grep -qx bookworm-backports; then
      mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -1)
      [[ -n $mirror ]] || fail "no Debian 12 mirror is configured in /etc/apt: add one and run this again"
      echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm-backports main" |
        as_root tee /etc/apt/sources.list.d/bookworm-backports.list >/dev/null
      update_lists
    fi
    options+=(-t bookworm-backports)
  elif [[ $(dpkg-query -W -f '${Version}' qgis 2>/dev/null) == *~bpo* ]]; then
    options+=(-t "$codename-backports")  # QGIS Server must be of the QGIS that is here
  fi
  # Tests start servers of their own: an installed package must not start its service, and nginx not take port 80 at boot.
  policy=/usr/sbin/policy-rc.d own_policy=''
  if [[ ! -e $policy ]]; then
    own_policy=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
    trap 'as_root rm -f "$policy"' EXIT
  fi
  as_root apt-get install "${options[@]}" "${missing[@]}" >/dev/null
  if [[ -n $own_policy ]]; then as_root rm -f "$policy"; trap - EXIT; fi
  if [[ " ${missing[*]} " == *' nginx-light '* ]] && command -v systemctl >/dev/null; then
    as_root systemctl --quiet disable nginx 2>/dev/null || true
  fi
fi

python=/usr/bin/python3
version=$($python -c 'from qgis.core import Qgis; print(Qgis.QGIS_VERSION_INT)' 2>/dev/null || echo 0)
((version >= 34000)) || fail "QGIS 3.40 or newer is needed, found ${version}. Upgrade: apt-get install -t $codename-backports qgis python3-qgis"

say "Python packages into $venv"
[[ -x $venv/bin/python ]] || $python -m venv --system-site-packages "$venv"
constraint=$venv/numpy-constraint.txt
echo "numpy==$($python -c 'import numpy; print(numpy.__version__)')" >"$constraint"
# The same wheels as the plugin installs for its users, less what the system's Python brings, as there.
pins=$venv/pins.txt
$python -m twin_plugin.bridge.kernel.pins >"$pins"
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r "$pins"
"$venv/bin/python" -m pip install -q --disable-pip-version-check -c "$constraint" "${files[@]}"
for name in "${servers[@]}"; do
  say "Python packages of the servers into .venv-servers/$name"
  [[ -x .venv-servers/$name/bin/python ]] || $python -m venv ".venv-servers/$name"
  ".venv-servers/$name/bin/python" -m pip install -q --disable-pip-version-check -r "tools/servers/requirements-$name.txt"
done
key >"$stamp"
say "Ready: QGIS $($python -c 'from qgis.core import Qgis; print(Qgis.QGIS_VERSION)'), $($python -c 'import numpy; print("numpy", numpy.__version__)')"
