#!/usr/bin/env bash
# Compares embed with two executors of one core each to one process with two threads, on the same cells, in turn:
#   bench/spark.sh FOLDER [CELLS] [FEATURES] [TIMES]
# Needs spark-submit on the path (or its place in SPARK_SUBMIT) and the jar of mvn package -Pspark-jar. Prints seconds from
# start to end of each run, so that Spark's own start counts: take enough cells.
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$1 cells=${2-100000} features=${3-2000} times=${4-3}
submit=${SPARK_SUBMIT-spark-submit}
jar=$root/spark/target/regularizedvi-spark.jar
mkdir -p "$folder"
cd "$folder"

[ -e cells.h5ad ] || "$root/regularizedvi" simulate cells.h5ad --cells "$cells" --features "$features"
[ -e few.h5ad ] || "$root/regularizedvi" simulate few.h5ad --cells 2000 --features "$features"
[ -e model ] || "$root/regularizedvi" train few.h5ad --model-dir model --max-epochs 1 --batch-key batch

seconds() {
  local begin=$EPOCHREALTIME
  "$@" >run.log 2>&1 || { tail -n 5 run.log >&2; exit 1; }
  awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'
}

echo "run one_process two_executors"
for run in $(seq "$times"); do
  rm -rf latent.parquet latents.parquet
  one=$(seconds "$root/regularizedvi" embed cells.h5ad --model-dir model --out latent.h5ad --overwrite --threads 2)
  two=$(seconds "$submit" --master 'local-cluster[2,1,2048]' --conf spark.executor.memory=2g --conf spark.ui.enabled=false \
    "$jar" embed cells.h5ad --model-dir model --out latents.parquet)
  echo "$run $one $two"
done
