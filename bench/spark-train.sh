#!/usr/bin/env bash
# Times training steps of one and two workers of one core each, processes that Spark starts on this machine, and of one process with
# one and two threads, in turn:
#   bench/spark-train.sh FOLDER [GENES] [CELLS A MINIBATCH] [TIMES] [PRECISION]
# Needs spark-submit on the path (or its place in SPARK_SUBMIT) and the jar of mvn package -Pspark-jar. Each way trains for few epochs (FEW) and for
# many (MANY); steps are timed by the difference, so that no start counts, nor the first steps while Java compiles: the first 40 or so, where workers
# have all cores, so that FEW should be 10 or more. Prints seconds of both trainings,
# milliseconds a step, and of two workers the bytes that each sends a step and the milliseconds that it exchanges.
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$1 genes=${2-20000} cells=${3-1024} times=${4-3} precision=${5-float32}
submit=${SPARK_SUBMIT-spark-submit}
jar=$root/spark/target/regularizedvi-spark.jar
few=${FEW-20} many=${MANY-60} # epochs of 4 steps
mkdir -p "$folder"
cd "$folder"

file=train$((4 * cells))x$genes.h5ad # another size is another file
[ -e "$file" ] || "$root/regularizedvi" simulate "$file" --cells $((4 * cells)) --features "$genes"
options=("$file" --batch-size "$cells" --train-size 1 --n-hidden 512 --n-latent 128 --batch-key batch
  --precision "$precision" --checkpoint-minutes 0 --overwrite)

one() { # THREADS EPOCHS
  "$root/regularizedvi" train "${options[@]}" --model-dir model --max-epochs "$2" --threads "$1"
}

workers() { # WORKERS EPOCHS
  "$submit" --master "local-cluster[$1,1,3072]" --conf spark.executor.memory=3g --conf spark.ui.enabled=false \
    "$jar" train "${options[@]}" --model-dir model --max-epochs "$2" --workers "$1"
}

# Prints the seconds of a training, and what its first worker says that it sent and how long that took.
training() {
  "$@" >train.log 2>&1 || { tail -n 5 train.log >&2; exit 1; }
  sed -n 's/.*"seconds" *: *\([0-9.]*\).*/\1/p' model/run.json
  sed -n 's/^worker 0 sent \([0-9,]*\) bytes.*which took \([0-9.]*\) s$/\1 \2/p' train.log | tr -d ,
}

echo "run way n seconds_few seconds_many ms_a_step bytes_a_step exchange_ms_a_step"
for run in $(seq "$times"); do
  for n in 1 2; do
    for way in one workers; do
      short=$(training "$way" "$n" "$few")
      long=$(training "$way" "$n" "$many")
      echo $run $way $n $short $long | awk -v steps=$((4 * (many - few))) '
        NF == 5 { print $1, $2, $3, $4, $5, 1000 * ($5 - $4) / steps, "-", "-" }
        NF == 9 { print $1, $2, $3, $4, $7, 1000 * ($7 - $4) / steps, ($8 - $5) / steps, 1000 * ($9 - $6) / steps }'
    done
  done
done
