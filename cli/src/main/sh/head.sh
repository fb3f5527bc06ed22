#!/bin/sh
# kubectl tributary: this script, and behind it the jar that it runs.
needed() {
  echo "kubectl tributary needs Java 21 or newer$1: install a JRE, or set JAVA_HOME to one" >&2
  exit 1
}
java=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java") || needed
release=$(dirname "$(dirname "$(readlink -f "$java")")")/release
version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release" 2>/dev/null)
[ "${version:-21}" -ge 21 ] || needed ", and $java is $version"
exec "$java" -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$0" "$@"
