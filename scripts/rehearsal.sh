#!/usr/bin/env bash
# Builds the runtime that the upgrade is rehearsed with: this one as one version more, with a migration
# over several blocks (runtime/common/composed/migrations/rehearsal.rs). It has its metadata hash, as a release has. Prints
# the path of the wasm. It needs the node that scripts/run.sh builds, or the one named in SALUS_NODE.
#
#   scripts/rehearsal.sh              about 6 minutes the first time, on two cores
#   scripts/rehearsal.sh --parachain  the parachain's runtime, without a metadata hash; it needs no node
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
load_env
cd "$ROOT"

DIR=$SALUS_CACHE/wasm-rehearsal
LOG=$SALUS_CACHE/rehearsal.log
CRATE=salus-runtime
case ${1-} in
	'') ;;
	--parachain) CRATE=salus-parachain-runtime ;;
	*) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
BLOB=$DIR/${CRATE//-/_}.compressed.wasm
build() {
	build_runtime_wasm "$DIR" "$CRATE" rehearsal >>"$LOG" 2>&1 || {
		tail -20 "$LOG" >&2
		die "the rehearsal's runtime was not built; the whole log is $LOG"
	}
}
: >"$LOG"
unset RUNTIME_METADATA_HASH
if [ "$CRATE" = salus-parachain-runtime ]; then
	build
	compress_wasm "$RUNTIME_WASM" "$BLOB"
	echo "$BLOB"
	exit 0
fi
export SALUS_NODE=${SALUS_NODE:-$(NODE_BINARY)}
[ -x "$SALUS_NODE" ] || die "there is no node at $SALUS_NODE: build it with scripts/run.sh --once, or name one in SALUS_NODE"

# Twice: the hash is that of the metadata of the first build, and goes into the second.
build
npm run --silent build >>"$LOG" 2>&1 </dev/null || die "the TypeScript did not build; the whole log is $LOG"
RUNTIME_METADATA_HASH=$(node e2e/dist/digest.js "$RUNTIME_WASM" 2>>"$LOG" </dev/null) ||
	die "the metadata hash was not computed; the whole log is $LOG"
export RUNTIME_METADATA_HASH
build

compress_wasm "$RUNTIME_WASM" "$BLOB"
echo "$BLOB"
