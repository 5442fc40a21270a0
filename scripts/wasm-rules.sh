#!/usr/bin/env bash
# Builds the rules as WebAssembly for browsers and Node.js (clients/wasm), says how large they are, and fails if they are
# larger than they may be.
#
#   scripts/wasm-rules.sh [FILE]     default: clients/wasm/dist/salus_wasm_rules.wasm
#
# In a folder of its own under $SALUS_CACHE: neither the node's build nor the tests' compile anything again for it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# In bytes. A jump means that a dependency came in by accident; raise it on purpose, with the reason in the changelog.
BUDGET=70000

case ${1-} in
	-h | --help)
		sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
		exit 0
		;;
esac
FILE=$(realpath -m "${1:-$ROOT/clients/wasm/dist/salus_wasm_rules.wasm}")
cd "$ROOT"
load_env
# What an earlier run left is not taken for what this one builds.
rm -f "$FILE"

# Memory is bounded: an input of a megabyte needs less than ten. Paths of this machine stay out of what is published.
env CARGO_TARGET_DIR="$SALUS_CACHE/wasm-rules" \
	RUSTFLAGS="-C link-arg=--max-memory=67108864 --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$ROOT=/salus" \
	cargo ${WASM_BUILD_TOOLCHAIN:+"+$WASM_BUILD_TOOLCHAIN"} rustc --locked -p salus-wasm-rules --lib --crate-type cdylib \
	--profile wasm-rules --target wasm32v1-none --no-default-features </dev/null

mkdir -p "$(dirname "$FILE")"
cp "$SALUS_CACHE/wasm-rules/wasm32v1-none/wasm-rules/salus_wasm_rules.wasm" "$FILE"
SIZE=$(wc -c <"$FILE")
note "$FILE: $SIZE bytes, budget $BUDGET"
[ "$SIZE" -le "$BUDGET" ] || die "the rules are larger than they may be"
