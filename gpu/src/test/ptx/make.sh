#!/bin/sh
# Compiles the kernels to PTX by NVRTC 12.1, compares the result with what is shipped, and assembles that for all cards from
# Ampere on. The compilers come from PyPI and need no card.
#   gpu/src/test/ptx/make.sh          compares
#   gpu/src/test/ptx/make.sh write    ships what was made
set -eu
cd "$(dirname "$0")/../../../.."
tools=gpu/target/ptx-tools
if [ ! -d "$tools/done" ]; then
  mkdir -p "$tools"
  python3 -m pip install --quiet --no-deps --target "$tools/nvrtc" nvidia-cuda-nvrtc-cu12==12.1.105
  python3 -m pip install --quiet --no-deps --target "$tools/ptxas" nvidia-cuda-nvcc-cu12==12.8.93
  mkdir "$tools/done"
fi
write=false
[ "${1:-}" = write ] && write=true
flags="-Dnvrtc=$PWD/$tools/nvrtc/nvidia/cuda_nvrtc/lib/libnvrtc.so.12"
flags="$flags -Dptxas=$PWD/$tools/ptxas/nvidia/cuda_nvcc/bin/ptxas -Dptx.write=$write"
exec mvn -q -B -pl gpu -am test -Dtest=ShippedPtxTest -Dsurefire.failIfNoSpecifiedTests=false $flags
