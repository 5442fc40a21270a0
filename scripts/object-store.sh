#!/usr/bin/env bash
# Runs a command with an object store that speaks S3 beside it: `moto` of PyPI, with an empty bucket `salus`. Its address is in SALUS_S3.
#
#   scripts/object-store.sh COMMAND...
#
# The first time it is installed into $SALUS_CACHE/moto (under a minute).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# -gt 0 ] || {
	sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
	exit 2
}

MOTO=5.1.22
PLACE=$SALUS_CACHE/moto-$MOTO
cleanup_at_exit
if [ ! -x "$PLACE/bin/moto_server" ]; then
	have python3 || die "needs python3 with venv (apt-get install python3-venv)"
	say "moto $MOTO from PyPI (under a minute)"
	python3 -m venv "$PLACE"
	"$PLACE/bin/pip" install --quiet --disable-pip-version-check "moto[server,s3]==$MOTO"
fi
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/salus-moto.XXXXXX")
FOLDERS+=("$FOLDER")
# It is read before the program may have opened it.
: >"$FOLDER/log"
"$PLACE/bin/moto_server" -H 127.0.0.1 -p 0 >"$FOLDER/log" 2>&1 </dev/null &
PIDS+=($!)
for _ in $(seq 100); do
	SALUS_S3=$(sed -n 's/.*Running on \(http:[^ ]*\).*/\1/p' "$FOLDER/log" | head -n 1)
	[ -z "$SALUS_S3" ] || break
	sleep 0.2
done
[ -n "$SALUS_S3" ] || {
	tail -20 "$FOLDER/log" >&2
	die "the object store did not start"
}
curl --fail --silent --show-error -X PUT "$SALUS_S3/salus" >/dev/null
export SALUS_S3
"$@"
