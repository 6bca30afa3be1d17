#!/usr/bin/env bash
# Compares embed with two executors of one core each to one process with two threads, on the same cells, in turn:
#   bench/spark.sh FOLDER [CELLS] [FEATURES] [TIMES]
# Needs spark-submit on the path (or its place in SPARK_SUBMIT) and the jar of mvn package -Pspark-jar. Prints seconds from
# start to end with all cells and with a fifth of them, and cells a second by the difference, in which no start counts.
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$1 cells=${2-200000} features=${3-2000} times=${4-3}
fifth=$((cells / 5))
submit=${SPARK_SUBMIT-spark-submit}
jar=$root/spark/target/regularizedvi-spark.jar
mkdir -p "$folder"
cd "$folder"

[ -e "cells${cells}x$features.h5ad" ] || "$root/regularizedvi" simulate "cells${cells}x$features.h5ad" --cells "$cells" --features "$features"
[ -e "cells${fifth}x$features.h5ad" ] || "$root/regularizedvi" simulate "cells${fifth}x$features.h5ad" --cells "$fifth" --features "$features"
[ -e "few$features.h5ad" ] || "$root/regularizedvi" simulate "few$features.h5ad" --cells 2000 --features "$features"
[ -e "model$features" ] || "$root/regularizedvi" train "few$features.h5ad" --model-dir "model$features" --max-epochs 1 --batch-key batch

one_process() { # CELLS
  "$root/regularizedvi" embed "cells${1}x$features.h5ad" --model-dir "model$features" --out latent.h5ad --overwrite --threads 2
}

two_executors() { # CELLS
  "$submit" --master 'local-cluster[2,1,2048]' --conf spark.executor.memory=2g --conf spark.ui.enabled=false \
    "$jar" embed "cells${1}x$features.h5ad" --model-dir "model$features" --out latents.parquet --overwrite
}

seconds() {
  local begin=$EPOCHREALTIME
  "$@" >run.log 2>&1 || { tail -n 5 run.log >&2; exit 1; }
  awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'
}

echo "run way seconds_fifth seconds_all cells_a_second"
for run in $(seq "$times"); do
  for way in one_process two_executors; do
    some=$(seconds "$way" "$fifth")
    all=$(seconds "$way" "$cells")
    awk -v run="$run" -v way="$way" -v some="$some" -v all="$all" -v more=$((cells - fifth)) \
      'BEGIN { printf "%s %s %s %s %.0f\n", run, way, some, all, more / (all - some) }'
  done
done
