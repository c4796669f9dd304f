# SPDX-License-Identifier: Apache-2.0
# To be sourced by a POSIX shell. Finds the newest Java of this machine without starting it: what a release file says is enough.
# Sets java_home and java_version (such as 25.0.3); java_home is empty if there is no Java that will do.

java_home=
java_version=
java_rank=0

# consider HOME PROGRAM: takes HOME if it holds PROGRAM (java or javac) and is newer than what was found so far.
consider() {
  [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 0
  version=
  while IFS='="' read -r key empty value rest; do
    if [ "$key" = JAVA_VERSION ]; then
      version=$value
      break
    fi
  done <"$1/release"
  rank "${version%%[!0-9.]*}"
  # 17 and newer
  if [ "$ranked" -ge 17000000 ] && [ "$ranked" -gt "$java_rank" ]; then
    java_home=$1
    java_version=$version
    java_rank=$ranked
  fi
}

# rank MAJOR[.MINOR[.PATCH]]: sets ranked to a number that grows with the version.
rank() {
  old_ifs=$IFS
  IFS=.
  # Split at the dots on purpose.
  # shellcheck disable=SC2086
  set -- $1
  IFS=$old_ifs
  ranked=$((${1:-0} * 1000000 + ${2:-0} * 1000 + ${3:-0}))
}

# find_java PROGRAM: looks in CNAB4J_JAVA_HOME alone if that is set, else wherever Java is usually installed.
find_java() {
  if [ -n "${CNAB4J_JAVA_HOME:-}" ]; then
    consider "$CNAB4J_JAVA_HOME" "$1"
    return 0
  fi
  [ -z "${JAVA_HOME:-}" ] || consider "$JAVA_HOME" "$1"
  on_path=$(command -v "$1") || on_path=
  if [ -n "$on_path" ]; then
    [ ! -L "$on_path" ] || on_path=$(readlink -f "$on_path") || on_path=
    consider "${on_path%/bin/*}" "$1"
  fi
  for candidate in /usr/lib/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* \
    /usr/local/openjdk* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/*; do
    consider "$candidate" "$1"
  done
}
