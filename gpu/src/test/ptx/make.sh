#!/bin/sh
# Compiles the kernels to PTX by NVRTC 12.1, compares the result with what is shipped, and assembles that for all cards from
# Ampere on. The compilers come from PyPI and need no card.
#   gpu/src/test/ptx/make.sh          compares and assembles
#   gpu/src/test/ptx/make.sh write    ships what the sources make, then compares and assembles it
set -eu
cd "$(dirname "$0")/../../../.."
case "${1:-}" in
  "" | write) ;;
  *) sed -n '/^#!/d; /^#/!q; p' "$0" >&2; exit 2 ;;
esac
tools=gpu/target/ptx-tools
if [ ! -d "$tools/done" ]; then
  mkdir -p "$tools"
  python3 -m pip install --quiet --no-deps --upgrade --target "$tools/nvrtc" nvidia-cuda-nvrtc-cu12==12.1.105
  python3 -m pip install --quiet --no-deps --upgrade --target "$tools/ptxas" nvidia-cuda-nvcc-cu12==12.8.93
  mkdir "$tools/done"
fi

run() {
  mvn -q -B -pl gpu -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest="$1" "-Dptx.write=$2" \
    "-Dnvrtc=$PWD/$tools/nvrtc/nvidia/cuda_nvrtc/lib/libnvrtc.so.12" "-Dptxas=$PWD/$tools/ptxas/nvidia/cuda_nvcc/bin/ptxas"
}

# The class path has the PTX of before: what is written is compared by a second run.
if [ "${1:-}" = write ]; then
  run 'ShippedPtxTest#isWhatTheCompilerMakes' true
fi
run ShippedPtxTest false
