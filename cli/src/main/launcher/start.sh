# shellcheck shell=bash
# Starts the program: sourced by the launcher of the source tree and by that of the archive, which set what differs.
#   java        the java of a JDK or of the archive's run time
#   classpath   the program's jars, and the folder of its native libraries
# shellcheck disable=SC2154 # they are set by who sources this

# The live heap is small and made of large arrays: the serial collector keeps the process a third smaller than G1. A
# quarter of its young generation is for survivors, so that a minibatch dies there and does not fill the old one.
case ${JAVA_OPTS-} in
  *-XX:+Use*GC*) collector= ;;
  *) collector='-XX:+UseSerialGC -XX:SurvivorRatio=2' ;;
esac

# What the JVM spins while it starts (lambdas, call sites) is hot for seconds and then never again, and would keep its
# compiler of loops from the program's own: it is compiled later.
rarely='-XX:CompileCommand=quiet'
for package in java/lang/invoke sun/invoke jdk/internal/classfile; do
  rarely="$rarely -XX:CompileCommand=CompileThresholdScaling,$package/*.*,50.0"
done

# Names of files are UTF-8 whatever the locale says: in the C locale of containers and job schedulers Java could not
# open a file whose path has an umlaut. bash warns about a locale that the system does not have.
for locale in C.UTF-8 C.utf8 en_US.UTF-8; do
  if [ -z "$( (LC_ALL=$locale) 2>&1)" ]; then
    export LC_ALL=$locale
    break
  fi
done

# An inherited core type can halve the speed of float32 products.
unset OPENBLAS_CORETYPE
# The JVM announces every incubator module on standard error before the program starts. It goes through a filter that
# drops that line; the program's first act is to put the true standard error, kept as 3, back in its place.
exec 3>&2
# shellcheck disable=SC2086 # these hold several options
exec "$java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow $collector $rarely -XX:MaxRAMPercentage=60 -Dregularizedvi.stderr=3 ${JAVA_OPTS-} \
  -cp "$classpath" org.regularizedvi.cli.Main "$@" \
  2> >(exec grep --line-buffered -v '^WARNING: Using incubator modules: ' >&3)
