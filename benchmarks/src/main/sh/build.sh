# SPDX-License-Identifier: Apache-2.0
# To be sourced with $root set. build_benchmarks builds the module if it is missing or older than its sources, and sets
# java_home and benchmarks_classpath.

build_benchmarks() {
  . "$root/cli/src/main/dist/lib/find-java.sh"
  find_java javac
  if [ -z "$java_home" ] || ! command -v mvn >/dev/null; then
    echo 'Error: a JDK 17 or newer and Maven are needed' >&2
    exit 1
  fi
  built=$root/benchmarks/target/built
  if [ ! -e "$built" ] || [ -n "$(find "$root/pom.xml" "$root/core/pom.xml" "$root/core/src/main" "$root/server/src/main" \
    "$root/benchmarks/pom.xml" "$root/benchmarks/src/main" -newer "$built" 2>/dev/null | head -n 1)" ]; then
    echo 'Building the benchmarks ...' >&2
    mkdir -p "$root/benchmarks/target"
    : >"$built.started"
    (cd "$root" && JAVA_HOME=$java_home mvn -q -B -ntp -P 'benchmarks,!static-analysis' -pl benchmarks -am package \
      -Dmaven.test.skip=true -Dspotless.check.skip=true) >&2
    mv "$built.started" "$built"
  fi
  benchmarks_classpath=$root/benchmarks/target/classes:$root/benchmarks/target/lib/*
}
