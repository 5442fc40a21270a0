#!/usr/bin/env bash
# Measures what the calls of our pallets cost, and writes pallets/*/src/weights.rs; what reports of
# misbehaving validators cost, and writes runtime/solo/src/weights/consensus.rs; and what both runtimes declare of
# the SDK and of the machine, and writes runtime/common/composed/measured/*.rs.
#
#   scripts/weights.sh                 all of it (up to an hour and a half; on an otherwise idle machine)
#   scripts/weights.sh consent ...     only these: a pallet of ours; `consensus`, the reports; `balances`, `timestamp`,
#                                      `transaction-payment` and `system-extensions` of the SDK; `base`, an empty block and a transaction
#                                      that does nothing; `database`, a read and a write of the state
#   scripts/weights.sh --smoke [...]   run every benchmark briefly, write nothing
#   scripts/weights.sh --check [...]   measure, write nothing, and say which weights are more than 15 % off on this machine;
#                                      of all, also whether full blocks take what they declare (bench.sh --blocks)
#   STEPS=20 REPEAT=10 scripts/weights.sh   with fewer steps and repeats than 50 and 20
#
# A network measures again once it has chosen its machines: all validators declare the same, and the slowest decides.
# Needs frame-omni-bencher in the PATH: cargo install --locked frame-omni-bencher@0.28.0
# (half an hour on two cores; needs clang).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
load_env
cd "$ROOT"

STEPS=${STEPS:-50} REPEAT=${REPEAT:-20} SMOKE='' CHECK='' ALL=''
NAMES=()
for argument in "$@"; do
	case $argument in
		--smoke) SMOKE=1 STEPS=2 REPEAT=1 ;;
		--check) CHECK=1 ;;
		-*)
			sed -n '2,18s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			exit 2
			;;
		*) NAMES+=("${argument#pallet-}") ;;
	esac
done
[ -z "$SMOKE" ] || [ -z "$CHECK" ] || die "--smoke measures nothing that --check could compare"

# The pallets of the SDK that every transaction meets, and the transfers that others are compared with.
SDK=(balances timestamp transaction-payment system-extensions)
MACHINE=(base database)
if [ ${#NAMES[@]} = 0 ]; then
	ALL=1
	for file in pallets/*/src/benchmarking.rs; do
		# Not the help for benchmarks in pallets/primitives.
		grep -q '#\[benchmarks' "$file" || continue
		file=${file#pallets/}
		NAMES+=("${file%%/*}")
	done
	NAMES+=(consensus "${SDK[@]}" "${MACHINE[@]}")
fi

among() {
	local wanted=$1 name
	shift
	for name in "$@"; do [ "$name" != "$wanted" ] || return 0; done
	return 1
}
for name in "${NAMES[@]}"; do
	[ "$name" = consensus ] || among "$name" "${SDK[@]}" "${MACHINE[@]}" || [ -f "pallets/$name/src/benchmarking.rs" ] ||
		die "there is nothing to measure that is called $name"
done
have frame-omni-bencher ||
	die "frame-omni-bencher is not in the PATH; get it with: cargo install --locked frame-omni-bencher@0.28.0"

MEASURED=runtime/common/composed/measured
cleanup_at_exit
OUT=$(mktemp -d "${TMPDIR:-/tmp}/salus-weights.XXXXXX")
FOLDERS+=("$OUT")
FAILED=() STALE=()

if [ "${NAMES[*]}" != database ]; then
	say "Building the runtime with benchmarks (about 3 minutes the first time)"
	STARTED=$SECONDS
	build_runtime_wasm "$SALUS_CACHE/wasm-bench" salus-runtime runtime-benchmarks,empty-remark
	note "built in $(duration $((SECONDS - STARTED)))"
fi
if among database "${NAMES[@]}"; then
	say "Building what measures the database (a minute, if the node is built)"
	cargo build --locked -p salus-node --example database_weight >"$OUT/build.log" 2>&1 </dev/null || {
		tail -20 "$OUT/build.log" >&2
		die "it was not built"
	}
fi

# written FILE TARGET: only a complete file replaces the old one; or it is compared with it.
written() {
	[ -n "$SMOKE" ] || node scripts/machine.mjs "$1" || return
	if [ -n "$CHECK" ]; then
		node scripts/weights.mjs "$2" "$1" | sed 's/^/    /' || STALE+=("$2")
	elif [ -z "$SMOKE" ]; then
		mv "$1" "$2"
	fi
}

measure_pallet() {
	local name=$1 pallet=pallet_${1//-/_} template=frame target=pallets/$1/src/weights.rs
	case $name in
		consensus) pallet=consensus target=runtime/solo/src/weights/consensus.rs ;;
		system-extensions) pallet=frame_system_extensions ;;
	esac
	if among "$name" "${SDK[@]}"; then
		template=sdk target=$MEASURED/$pallet.rs
	fi
	local arguments=(v1 benchmark pallet --runtime "$RUNTIME_WASM" --genesis-builder-preset development
		--pallet "$pallet" --extrinsic '*' --steps "$STEPS" --repeat "$REPEAT"
		--wasm-execution compiled --heap-pages 4096)
	if [ -n "$SMOKE" ]; then
		arguments+=(--min-duration 0)
	else
		arguments+=(--template "scripts/$template-weight-template.hbs" --output "$OUT/$name.rs")
	fi
	# Without logs: a benchmark that asks for the time at genesis would measure the error it logs.
	RUST_LOG=off frame-omni-bencher "${arguments[@]}" >"$OUT/$name.log" 2>&1 </dev/null || return
	note "$(grep -c '^Pallet: ' "$OUT/$name.log" || true) benchmarks in $(duration $((SECONDS - STARTED)))"
	written "$OUT/$name.rs" "$target"
}

measure_base() {
	local repeat=100
	[ -z "$SMOKE" ] || repeat=1
	mkdir "$OUT/base"
	RUST_LOG=off frame-omni-bencher v1 benchmark overhead --runtime "$RUNTIME_WASM" --genesis-builder-preset development \
		--wasm-execution compiled --warmup "$((repeat / 10 + 1))" --repeat "$repeat" --weight-path "$OUT/base" >"$OUT/base.log" 2>&1 </dev/null || return
	local what
	for what in block extrinsic; do
		node scripts/overhead.mjs "$OUT/base/${what}_weights.rs" "$OUT/$what.rs" \
			"$MEASURED/frame_system_extensions.rs" >>"$OUT/base.log" 2>&1 || return
		note "$what: $(sed -n 's/.*saturating_mul(\([0-9_]*\)).*/\1 ns/p' "$OUT/$what.rs")"
		written "$OUT/$what.rs" "$MEASURED/$what.rs" || return
	done
}

measure_database() {
	local sizes=()
	[ -z "$SMOKE" ] || sizes=(--entries 20000 --reads 2000 --blocks 3)
	mkdir "$OUT/database"
	"$CARGO_TARGET_DIR/debug/examples/database_weight" --folder "$OUT/database" --output "$OUT/database.rs" "${sizes[@]}" \
		--date "$(date -u +%Y-%m-%d)" --processor "$(LC_ALL=C lscpu | sed -n 's/^Model name: *//p' | head -1)" >"$OUT/database.log" 2>&1 </dev/null || return
	note "$(tail -1 "$OUT/database.log")"
	rm -rf "$OUT/database"
	written "$OUT/database.rs" "$MEASURED/database.rs"
}

for name in "${NAMES[@]}"; do
	say "$name"
	STARTED=$SECONDS
	how=measure_pallet
	among "$name" "${MACHINE[@]}" && how=measure_$name
	"$how" "$name" || {
		tail -20 "$OUT/$name.log" >&2
		FAILED+=("$name")
	}
done
[ ${#FAILED[@]} = 0 ] || die "failed: ${FAILED[*]}"
# What each weight is alone says nothing of what the calls of a block take together.
BLOCKS=''
if [ -n "$CHECK" ] && [ -n "$ALL" ]; then
	say "Full blocks (twenty minutes)"
	"$ROOT/scripts/bench.sh" --blocks || BLOCKS=wrong
fi
[ ${#STALE[@]} = 0 ] || die "weights that are not as measured now, on this machine: ${STALE[*]}"
[ -z "$BLOCKS" ] || die "full blocks do not take what they declare, calls failed, or they could not be measured"
if [ -n "$CHECK" ]; then note "all weights are as measured"; elif [ -n "$SMOKE" ]; then note "all benchmarks run"; else note "weights written: build and test again"; fi
