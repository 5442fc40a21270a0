#!/usr/bin/env bash
# Builds what is published: node, verifier and runtime, with the metadata hash, without which wallets that check
# what they sign (hardware wallets above all) cannot use the chain. Then signs with that hash on a chain of
# this build, and hands nothing out unless the right hash is accepted and a wrong one refused.
#
#   scripts/release.sh            the profile `production`: an hour or more on two cores, and 16 GB of memory
#   scripts/release.sh --out DIR  and copies what is published there
#   scripts/release.sh --dev      the same in the profile of tests: some ten minutes more than their build
#
# The parachain's runtime is published with them where polkadot-omni-node is there to sign on (scripts/setup.sh --parachain).
# Ends with the checksums that members compare, and the BLAKE2b-256 of the runtime that an upgrade names. Two
# builds are the same to the byte with the same compiler, sources and settings, in the same folders.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

PROFILE=production OUT=''
while [ $# -gt 0 ]; do
	case $1 in
		--dev) PROFILE=dev; shift ;;
		--out)
			[ -n "${2-}" ] || die '--out needs a folder'
			OUT=$2
			shift 2
			;;
		-h | --help) sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
		*) die "unknown argument '$1'; see --help" ;;
	esac
done

"$ROOT/scripts/setup.sh" --tools >&2
load_env
[ -z "${SKIP_WASM_BUILD-}" ] || die 'SKIP_WASM_BUILD is set: a node without its runtime is not published'

SELECTION=(-p salus-node -p salus-verify --features salus-node/metadata-hash)
OMNI=$(relay_program polkadot-omni-node) || OMNI=''
[ -z "$OMNI" ] || SELECTION+=(-p salus-parachain-runtime --features salus-parachain-runtime/metadata-hash)

say "Building node, verifier and runtime, with the metadata hash (profile $PROFILE)"
cargo build --locked --profile "$PROFILE" "${SELECTION[@]}" </dev/null

FOLDER=$CARGO_TARGET_DIR/${PROFILE/#dev/debug}
NODE=$FOLDER/salus-node VERIFY=$FOLDER/salus-verify
RUNTIME=$FOLDER/wbuild/salus-runtime/salus_runtime.compact.compressed.wasm
RUNTIMES=("$RUNTIME")
[ -z "$OMNI" ] || RUNTIMES+=("$FOLDER/wbuild/salus-parachain-runtime/salus_parachain_runtime.compact.compressed.wasm")
for file in "$NODE" "$VERIFY" "${RUNTIMES[@]}"; do
	[ -s "$file" ] || die "there is no $file"
done

say 'Signing with the metadata hash on a chain of this build'
npm run --silent build </dev/null
SALUS_NODE=$NODE node --test --test-timeout=300000 e2e/dist/release/metadata-hash.test.js </dev/null
if [ -n "$OMNI" ]; then
	say 'Signing with the metadata hash on a parachain of this build'
	cleanup_at_exit
	BASE=$(mktemp -d "${TMPDIR:-/tmp}/salus-release.XXXXXX")
	FOLDERS+=("$BASE")
	SALUS_PARACHAIN_WASM=${RUNTIMES[1]} parachain_alone "$BASE" 0
	PORT=$(rpc_port "${PIDS[0]}" "$BASE/node.log" 120) || die 'the parachain did not start; its last lines are above'
	wait_for_rpc "http://127.0.0.1:$PORT" "${PIDS[0]}" "$BASE/node.log" 120 || die 'the parachain did not start; its last lines are above'
	SALUS_WS=ws://127.0.0.1:$PORT node --test --test-timeout=300000 e2e/dist/release/metadata-hash.test.js </dev/null
else
	note "the parachain's runtime is left out; $(relay_hint polkadot-omni-node)"
fi

if [ -n "$OUT" ]; then
	mkdir -p "$OUT"
	install -m 755 "$NODE" "$VERIFY" "$OUT/"
	install -m 644 "${RUNTIMES[@]}" "$OUT/"
fi
say 'Compare with the others'
(cd "$FOLDER" && sha256sum salus-node salus-verify)
for file in "${RUNTIMES[@]}"; do
	printf '%s  %s (BLAKE2b-256)\n' "0x$(b2sum -l 256 "$file" | cut -d ' ' -f 1)" "$(basename "$file")"
done
note "in ${OUT:-$FOLDER}"
