#!/bin/sh
# Every check of the engine on cards that needs a card. The machine with the card needs its driver and nothing else; PyTorch, where it is
# there, is measured beside.
#   bench/gpu/check.sh prepare     makes bench/gpu/target/all.tar.xz (some 40 MiB): classes, tests, a Java run time
#   bench/gpu/check.sh tests       draws, gradients, products, Adam, steps against processors: the tests of module gpu, on the card
#   bench/gpu/check.sh likelihood  bits of the likelihood's gradients at 1,024 x 20,000
#   bench/gpu/check.sh speed       steps timed, bits of two runs, memory over 1,000 steps, and the step composed in PyTorch
#   bench/gpu/check.sh sanitizer   compute-sanitizer over the smaller tests, where it is installed
set -eu
cd "$(dirname "$0")/../.."
packed=bench/gpu/target
junit=org.junit.platform:junit-platform-console-standalone:6.1.3

prepare() {
  rm -rf "$packed"
  mkdir -p "$packed/all/tests" "$packed/all/natives"
  mvn -q -B -pl gpu -am -DskipTests package dependency:copy-dependencies -DincludeScope=test -DoutputDirectory="$PWD/$packed/all/lib"
  mvn -q -B dependency:copy -Dartifact=$junit -DoutputDirectory="$PWD/$packed/all/lib"
  cp gpu/target/regularizedvi-gpu-*.jar "$packed/all/lib"
  cp -r gpu/target/test-classes/org "$packed/all/tests"
  # Golden numbers are in HDF5 and need libtorch, which would not fit; the launcher of tests has JUnit's parts within it.
  rm -rf "$packed/all/tests/org/regularizedvi/golden"
  cd "$packed/all/lib"
  rm -f pytorch* openblas* javacpp* hdf5* regularizedvi-reference* regularizedvi-formats* regularizedvi-cpu-*-tests.jar regularizedvi-gpu-*-tests.jar \
    jqwik* byte-buddy* aircompressor* lz4* parquet* compress-lzf* commons-lang3* jhdf* slf4j* junit-jupiter* junit-platform-commons* \
    junit-platform-engine* opentest4j* apiguardian*
  for natives in dnnl-*.jar opencl-*.jar; do
    (cd ../natives && "$JAVA_HOME/bin/jar" -xf "../lib/$natives")
    rm "$natives"
  done
  cd - > /dev/null
  "$JAVA_HOME/bin/jlink" --add-modules java.base,java.logging,java.xml,java.management,jdk.management,jdk.incubator.vector,jdk.unsupported,java.instrument \
    --strip-debug --no-header-files --no-man-pages --output "$packed/all/image"
  tar -C "$packed" -c all | xz -9 -T 0 > "$packed/all.tar.xz"
  rm -r "$packed/all"
  ls -l "$packed/all.tar.xz"
}

run() {
  all="$packed/all"
  if [ ! -d "$all" ]; then
    python3 -c "import tarfile; tarfile.open('$all.tar.xz').extractall('$packed', filter='fully_trusted')"
  fi
  "${SANITIZER:-env}" "$all/image/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Dgpu.library=libcuda.so.1 "$@"
}

junit() {
  options=$1
  shift
  # shellcheck disable=SC2086
  run $options -cp "$packed/all/tests:$packed/all/natives:$packed/all/lib/*" org.junit.platform.console.ConsoleLauncher execute --disable-banner --details=tree "$@"
}

case "${1:-}" in
  prepare) prepare ;;
  tests) junit "-Xmx4g" --select-package org.regularizedvi.gpu.step --exclude-classname ".*(CardSpeedTest|ThreadOrderTest)" ;;
  likelihood) junit "-Xmx8g -Dgpu.rows=1024 -Dgpu.genes=20000" --select-class org.regularizedvi.gpu.step.HeadForwardTest ;;
  speed)
    nvidia-smi --query-gpu=name,driver_version --format=csv,noheader || true
    junit "-Xmx8g ${SPEED_OPTIONS:-}" --select-class org.regularizedvi.gpu.step.CardSpeedTest
    python3 -c "import torch" 2>/dev/null && for shape in "1024 20000 512 128" "128 2000 512 128"; do python3 bench/gpu/composed.py $shape; done
    ;;
  sanitizer)
    SANITIZER=compute-sanitizer junit "-Xmx4g" --select-class org.regularizedvi.gpu.step.HeadForwardTest \
      --select-class org.regularizedvi.gpu.step.WideWeightTest
    ;;
  *) sed -n '2,9p' "$0" ; exit 2 ;;
esac
