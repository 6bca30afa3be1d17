#!/usr/bin/env bash
# More cells and counts than memory holds: what docs/larger-data.md says of them. Build before, with mvn -q -DskipTests package.
#   bench/scale.sh million FOLDER   1,000,000 simulated cells of 2,000 genes beside 100,000 of them, prepared and trained on for
#                                   one epoch with a heap of 2 GB: seconds and peak resident memory of each command (3 GB of disk)
#   bench/scale.sh beyond FOLDER    3,400,000 cells of more than 2^31 counts, drawn and packed, trained on for 10 steps or more, until
#                                   it is told to end (3 GB of disk)
#   bench/scale.sh csc FOLDER       counts stored by columns that a heap of 256 MB does not hold: prepared, trained on, embedded (1 GB
#                                   of disk); PYTHON has numpy, scipy, anndata
# Files that are there already are not made again. NICE=10 gives way to others.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$here/../regularizedvi
folder=$2
mkdir -p "$folder"
cd "$folder"
training="--batch-key batch --max-epochs 1 --n-hidden 128 --n-latent 10 --batch-size 1024 --on-disk --overwrite"

# Runs the program and prints what it took. The launcher becomes the JVM, whose largest resident memory Linux tells.
measured() {
  local name=$1 peak=0 now start
  shift
  start=$(date +%s)
  nice -n "${NICE-0}" "$program" "$@" 2> "$name.log" &
  local pid=$!
  while now=$(awk '/^VmHWM/ {print $2}' "/proc/$pid/status" 2> /dev/null) && kill -0 $pid 2> /dev/null; do
    [ "${now:-0}" -gt $peak ] && peak=$now
    if [ -n "${STEPS-}" ] && [ $(($(date +%s) - start)) -ge "$STEPS" ]; then
      kill -TERM $pid
      STEPS=
    fi
    sleep 0.2
  done
  local code=0
  wait $pid || code=$?
  echo "$name: exit code $code, $(($(date +%s) - start)) s, peak resident memory $((peak / 1024)) MB"
  tail -n 2 "$name.log" | sed 's/^/  /'
}

simulated() {
  for part in $(seq 0 9); do
    [ -e "part$part.h5ad" ] || JAVA_OPTS=-Xmx4g nice -n "${NICE-0}" "$program" simulate "part$part.h5ad" \
      --cells 100000 --features 2000 --depth 300 --types 20 --seed "$part" 2> /dev/null
  done
}

case $1 in
  million)
    simulated
    export JAVA_OPTS=-Xmx2g
    [ -e few.rvi ] || measured prepare-100000 prepare part0.h5ad --out few.rvi
    [ -e many.rvi ] || measured prepare-1000000 prepare part?.h5ad --out many.rvi
    measured train-100000 train few.rvi --model-dir few_model $training
    measured train-1000000 train many.rvi --model-dir many_model $training
    ;;
  beyond)
    export JAVA_OPTS=-Xmx2g
    jdk=$("$program" --print-jdk)
    [ -e beyond.rvi ] || time nice -n "${NICE-0}" "$jdk/bin/java" $JAVA_OPTS -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
      -cp "$here/target/regularizedvi-bench.jar:$here/target/lib/*" org.regularizedvi.bench.ManyCounts 3400000 2000 beyond.rvi
    grep '"counts"' beyond.rvi/prepared.json
    STEPS=${SECONDS_OF_TRAINING-180} measured train-beyond train beyond.rvi --model-dir beyond_model $training --checkpoint-minutes 1
    ;;
  csc)
    [ -e csc.h5ad ] || "${PYTHON-python3}" "$here/../formats/src/test/python/make_large_csc.py" csc.h5ad 100000 2000 20000
    export JAVA_OPTS=-Xmx256m
    measured prepare-csc prepare csc.h5ad --out csc.rvi --overwrite
    measured train-csc train csc.h5ad --model-dir csc_model ${training/--batch-key batch/}
    measured embed-csc embed csc.h5ad --model-dir csc_model --out csc_latent.h5ad --overwrite
    ;;
  *)
    sed -n '2,10p' "$0"
    exit 2
    ;;
esac
