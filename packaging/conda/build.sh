#!/usr/bin/env bash
# Builds the program and lays it into the environment as the archive of mvn package -Pdist has it, with the JDK of the environment in
# the place of the archive's own run time.
set -eu
mvn -q -B -Dmaven.test.skip -pl cli -am package
home=$PREFIX/share/regularizedvi
mkdir -p "$home/bin" "$PREFIX/bin"
cp -r cli/target/lib cli/target/native "$home"
cp cli/target/regularizedvi.jar cli/src/main/launcher/start.sh "$home/lib"
cp cli/src/main/launcher/regularizedvi "$home/bin"
chmod 755 "$home/bin/regularizedvi"
ln -s ../../lib/jvm "$home/runtime"
ln -s ../share/regularizedvi/bin/regularizedvi "$PREFIX/bin/regularizedvi"
