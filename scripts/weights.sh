#!/usr/bin/env bash
# Measures what the calls of our pallets cost, and writes pallets/*/src/weights.rs; and what reports of
# misbehaving validators cost, and writes runtime/solo/src/weights/consensus.rs.
#
#   scripts/weights.sh                 all pallets (up to an hour; on an otherwise idle machine)
#   scripts/weights.sh consent ...     only these (`consensus` is the reports)
#   scripts/weights.sh --smoke [...]   run every benchmark briefly, write nothing
#   scripts/weights.sh --check [...]   measure, write nothing, and say which weights are more than 15 % off on this machine;
#                                      of all pallets, also whether full blocks take 60 % of what they declare (bench.sh --blocks)
#   STEPS=20 REPEAT=10 scripts/weights.sh   with fewer steps and repeats than 50 and 20
#
# Needs frame-omni-bencher in the PATH: cargo install --locked frame-omni-bencher@0.28.0
# (half an hour on two cores; needs clang).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
load_env
cd "$ROOT"

STEPS=${STEPS:-50} REPEAT=${REPEAT:-20} SMOKE='' CHECK='' ALL=''
PALLETS=()
for argument in "$@"; do
	case $argument in
		--smoke) SMOKE=1 STEPS=2 REPEAT=1 ;;
		--check) CHECK=1 ;;
		-*)
			sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			exit 2
			;;
		*) PALLETS+=("${argument#pallet-}") ;;
	esac
done
[ -z "$SMOKE" ] || [ -z "$CHECK" ] || die "--smoke measures nothing that --check could compare"
if [ ${#PALLETS[@]} = 0 ]; then
	ALL=1
	for file in pallets/*/src/benchmarking.rs; do
		# Not the help for benchmarks in pallets/primitives.
		grep -q '#\[benchmarks' "$file" || continue
		file=${file#pallets/}
		PALLETS+=("${file%%/*}")
	done
	PALLETS+=(consensus)
fi
[ ${#PALLETS[@]} -gt 0 ] || die "no pallet has benchmarks"
for pallet in "${PALLETS[@]}"; do
	[ "$pallet" = consensus ] || [ -f "pallets/$pallet/src/benchmarking.rs" ] || die "pallets/$pallet has no benchmarks"
done
have frame-omni-bencher ||
	die "frame-omni-bencher is not in the PATH; get it with: cargo install --locked frame-omni-bencher@0.28.0"

say "Building the runtime with benchmarks (about 3 minutes the first time)"
STARTED=$SECONDS
build_runtime_wasm "$SALUS_CACHE/wasm-bench" salus-runtime runtime-benchmarks
note "built in $(duration $((SECONDS - STARTED)))"

cleanup_at_exit
OUT=$(mktemp -d "${TMPDIR:-/tmp}/salus-weights.XXXXXX")
FOLDERS+=("$OUT")
FAILED=() STALE=()
for pallet in "${PALLETS[@]}"; do
	say "pallet-$pallet ($STEPS steps, $REPEAT repeats)"
	STARTED=$SECONDS
	name=pallet_${pallet//-/_} target=pallets/$pallet/src/weights.rs
	[ "$pallet" != consensus ] || name=consensus target=runtime/solo/src/weights/consensus.rs
	arguments=(v1 benchmark pallet --runtime "$RUNTIME_WASM" --genesis-builder-preset development
		--pallet "$name" --extrinsic '*' --steps "$STEPS" --repeat "$REPEAT"
		--wasm-execution compiled --heap-pages 4096)
	if [ -n "$SMOKE" ]; then
		arguments+=(--min-duration 0)
	else
		arguments+=(--template scripts/frame-weight-template.hbs --output "$OUT/$pallet.rs")
	fi
	# Without logs: a benchmark that asks for the time at genesis would measure the error it logs.
	if RUST_LOG=off frame-omni-bencher "${arguments[@]}" >"$OUT/$pallet.log" 2>&1 </dev/null; then
		note "$(grep -c '^Pallet: ' "$OUT/$pallet.log" || true) benchmarks in $(duration $((SECONDS - STARTED)))"
		# Only a complete file replaces the old one.
		if [ -n "$CHECK" ]; then
			node scripts/weights.mjs "$target" "$OUT/$pallet.rs" | sed 's/^/    /' || STALE+=("$pallet")
		elif [ -z "$SMOKE" ]; then
			mv "$OUT/$pallet.rs" "$target"
		fi
	else
		tail -20 "$OUT/$pallet.log" >&2
		FAILED+=("$pallet")
	fi
done
[ ${#FAILED[@]} = 0 ] || die "failed: ${FAILED[*]}"
# What each weight is alone says nothing of what the calls of a block take together.
BLOCKS=''
if [ -n "$CHECK" ] && [ -n "$ALL" ]; then
	say "Full blocks (twenty minutes)"
	"$ROOT/scripts/bench.sh" --blocks || BLOCKS=wrong
fi
[ ${#STALE[@]} = 0 ] || die "weights that are not as measured now, on this machine: ${STALE[*]}"
[ -z "$BLOCKS" ] || die "full blocks are not built in 60 % of what they declare, or could not be measured"
if [ -n "$CHECK" ]; then note "all weights are as measured"; elif [ -n "$SMOKE" ]; then note "all benchmarks run"; else note "weights written: build and test again"; fi
