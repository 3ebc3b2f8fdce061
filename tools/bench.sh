#!/bin/bash
# Every benchmark, one after the other; figures are for this machine and this moment, so read the ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
for script in tests/benchmarks/bench_*.py; do
  echo "== $script"
  python "$script"
done
