#!/usr/bin/env bash
# Runs a command with an identity provider beside it: `oidc-provider` of npm. Its issuer is in SALUS_OIDC.
#
#   scripts/identity-provider.sh COMMAND...
#
# The first time it is installed into $SALUS_CACHE/oidc-provider (seconds).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# -gt 0 ] || {
	sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
	exit 2
}

# The last version for node 20.
PROVIDER=8.8.1
PLACE=$SALUS_CACHE/oidc-provider-$PROVIDER
cleanup_at_exit
have node || die "needs node: scripts/setup.sh"
if [ ! -f "$PLACE/node_modules/oidc-provider/package.json" ]; then
	say "oidc-provider $PROVIDER from npm"
	mkdir -p "$PLACE"
	npm install --silent --no-audit --no-fund --prefix "$PLACE" "oidc-provider@$PROVIDER"
fi
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/salus-oidc.XXXXXX")
FOLDERS+=("$FOLDER")
# It is read before the program may have opened it.
: >"$FOLDER/log"
# Where it finds what it imports.
cp "$ROOT/exchange/foreign/provider.mjs" "$FOLDER/"
ln -s "$PLACE/node_modules" "$FOLDER/node_modules"
node "$FOLDER/provider.mjs" >"$FOLDER/log" 2>&1 </dev/null &
PIDS+=($!)
for _ in $(seq 100); do
	SALUS_OIDC=$(sed -n 's/^issuer //p' "$FOLDER/log")
	[ -z "$SALUS_OIDC" ] || break
	sleep 0.2
done
[ -n "$SALUS_OIDC" ] || {
	tail -20 "$FOLDER/log" >&2
	die "the identity provider did not start"
}
export SALUS_OIDC
"$@"
