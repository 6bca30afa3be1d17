#!/bin/sh
# Every check of the engine on cards that needs a card. The machine with the card needs its driver and python3, and this folder with
# what "prepare" has made elsewhere.
#   bench/gpu/check.sh prepare     makes bench/gpu/target/all.tar.xz (some 40 MiB): classes, tests, a Java run time; needs Maven, JAVA_HOME and xz
#   bench/gpu/check.sh tests       the tests of module gpu, on the card, but for golden numbers and those of the stand-in alone
#   bench/gpu/check.sh likelihood  the likelihood's gradients at 1,024 x 20,000 against those of processors: in float32 the same bits
#   bench/gpu/check.sh speed       steps timed at two shapes, bits of two runs, memory over 1,000 steps; the step composed in PyTorch, where
#                                  that is installed. SPEED_OPTIONS="-Dgpu.shapes=1024x20000x512x128 -Dgpu.steps=200" for other shapes
#   bench/gpu/check.sh sanitizer   memory accesses and races of the head and of wide products by compute-sanitizer, which must be installed
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
  # shellcheck disable=SC2086
  ${SANITIZER:-} "$all/image/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
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
  tests) junit "-Xmx4g" --select-package org.regularizedvi.gpu --exclude-classname ".*(CardSpeedTest|ThreadOrderTest|ShippedPtxTest)" ;;
  likelihood) junit "-Xmx8g -Dgpu.rows=1024 -Dgpu.genes=20000" --select-class org.regularizedvi.gpu.step.HeadForwardTest ;;
  speed)
    nvidia-smi --query-gpu=name,driver_version --format=csv,noheader || true
    junit "-Xmx8g ${SPEED_OPTIONS:-}" --select-class org.regularizedvi.gpu.step.CardSpeedTest
    if python3 -c "import torch" 2>/dev/null; then
      for shape in "1024 20000 512 128" "128 2000 512 128"; do
        # shellcheck disable=SC2086
        python3 bench/gpu/composed.py $shape
      done
    fi
    ;;
  sanitizer)
    for tool in memcheck racecheck; do
      SANITIZER="compute-sanitizer --tool $tool --error-exitcode 1" junit "-Xmx4g" --select-class org.regularizedvi.gpu.step.HeadForwardTest \
        --select-class org.regularizedvi.gpu.step.WideWeightTest
    done
    ;;
  *) sed -n '/^#!/d; /^#/!q; p' "$0" >&2; exit 2 ;;
esac
