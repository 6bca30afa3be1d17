#!/usr/bin/env bash
# Runs workflow.nf, which calls each module once, with a real Nextflow: first its stubs, then its scripts on simulated cells.
# Needs Maven, with which it gets Nextflow, and a Java of 17 to 25 in JAVA_HOME. Everything it makes lies in target/try-nextflow.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$here/../.." && pwd)
work=$tree/target/try-nextflow
mkdir -p "$work"
mvn -q -B -f "$here/nextflow.pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/lib"
cd "$work"
export PATH=$tree:$PATH NXF_OFFLINE=true NXF_HOME=$work/home
[ -f cells.h5ad ] || regularizedvi simulate cells.h5ad --cells 200 --features 100
cat >nextflow.config <<'CONFIG'
process {
    cpus = 2
    memory = '4 GB'
    withName: REGULARIZEDVI_TRAIN { ext.args = '--batch-key batch --n-hidden 16 --n-latent 5 --max-epochs 3' }
}
CONFIG
opens=()
for package in lang io nio net util util.concurrent.locks util.concurrent.atomic util.regex; do
  opens+=("--add-opens=java.base/java.$package=ALL-UNNAMED")
done
for package in sun.nio.ch sun.nio.fs sun.net.www.protocol.http sun.net.www.protocol.https sun.net.www.protocol.ftp \
  sun.net.www.protocol.file jdk.internal.misc jdk.internal.vm; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
for how in -stub ''; do
  # shellcheck disable=SC2086 # no option where it is empty
  "$JAVA_HOME/bin/java" "${opens[@]}" -cp "lib/*" nextflow.cli.Launcher run "$here/workflow.nf" $how -ansi-log false \
    --cells "$work/cells.h5ad"
done
