#!/usr/bin/env bash
# A training step of the program beside one of SCVI, in turn, at four shapes; milliseconds. Build everything before, with
# mvn -q -DskipTests package. JAVA_OPTS may hold -XX:UseAVX=2 (with
# ONEDNN_MAX_CPU_ISA=AVX2 for the products). PYTHON is an interpreter that has bench/scvi/requirements.txt.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
jdk=$("$here/../regularizedvi" --print-jdk)
scvi() { "${PYTHON-python3}" "$here/scvi/scvi_step.py" "$@" 2>/dev/null | grep 'a step'; }
while read -r steps shape; do
  for _ in 1 2; do
    scvi $shape steps="$steps"
    "$jdk/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED ${JAVA_OPTS-} \
      -cp "$here/target/regularizedvi-bench.jar:$here/target/lib/*" org.regularizedvi.bench.StepBenchmark $shape threads=2 "$@"
  done
done <<'SHAPES'
31 cells=128 genes=2000 hidden=512 latent=128
31 cells=128 genes=2000 hidden=128 latent=10
15 cells=256 genes=4000 hidden=512 latent=128
2 cells=1024 genes=20000 hidden=512 latent=128
SHAPES
