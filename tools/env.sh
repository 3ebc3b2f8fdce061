#!/bin/bash
# Runs a command in the project's environment: its Python, its plugin path, a QGIS profile of its own, no screen needed.
#
#   tools/env.sh COMMAND [ARG ...]
#
# It runs in the checkout; qgis_process runs where you are, since the names of files that you give it are your own.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export PATH=$root/.venv/bin:$PATH VIRTUAL_ENV=$root/.venv
# Tests side by side have a profile for each worker.
export QGIS_CUSTOM_CONFIG_PATH=${QGIS_CUSTOM_CONFIG_PATH:-$root/build/qgis${PYTEST_XDIST_WORKER:+-$PYTEST_XDIST_WORKER}}
export QGIS_PLUGINPATH=$root QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
export PYTHONPATH=$root${PYTHONPATH:+:$PYTHONPATH}
# Compiled files stay out of the sources, and each version of the kernels has a cache of its own.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX=$root/build/pycache
kernels=twin_plugin/core/common/kernel_version.py
export NUMBA_CACHE_DIR=${NUMBA_CACHE_DIR:-$root/build/numba/$(python3 -I "$root/$kernels")}
profile=$QGIS_CUSTOM_CONFIG_PATH/profiles/default/QGIS
if [[ ! -f $profile/QGIS3.ini ]]; then
  mkdir -p "$profile"
  printf '[PythonPlugins]\ntwin_plugin=true\nprocessing=true\n[qgis]\ncheckVersion=false\nnewsFeed\\disabled=true\nshowTips=false\n' >"$profile/QGIS3.ini"
fi
if [[ -z ${XDG_RUNTIME_DIR:-} ]]; then
  export XDG_RUNTIME_DIR=$root/build/run
  mkdir -p -m 700 "$XDG_RUNTIME_DIR"
fi
[[ ${1##*/} == qgis_process ]] || cd "$root"
exec "$@"
