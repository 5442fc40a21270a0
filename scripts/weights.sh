#!/usr/bin/env bash
# Measures what the calls of our pallets cost, and writes pallets/*/src/weights.rs; and what reports of
# misbehaving validators cost, and writes runtime/solo/src/weights/consensus.rs.
#
#   scripts/weights.sh                 all pallets (up to an hour; on an otherwise idle machine)
#   scripts/weights.sh consent ...     only these (`consensus` is the reports)
#   scripts/weights.sh base            what an empty block and an empty transaction take: runtime/solo/src/weights/bases.rs
#   scripts/weights.sh extensions      what the SDK's extensions of a transaction take: runtime/*/src/weights
#   scripts/weights.sh storage         what a read and a write take with ParityDB: runtime/solo/src/weights/database.rs
#   scripts/weights.sh --smoke [...]   run every benchmark briefly, write nothing
#   scripts/weights.sh --check [...]   measure, write nothing, and say which weights are more than 15 % off on this machine;
#                                      of all pallets, also whether full blocks take 60 % of what they declare (bench.sh --blocks)
#   STEPS=20 REPEAT=10 scripts/weights.sh   with fewer steps and repeats than 50 and 20
#   KEYS=100000 STORAGE=/mnt scripts/weights.sh storage   with fewer than a million keys, in that folder: on the disk of a validator
#
# `base`, `extensions` and `storage` belong to no run of all pallets: they are of the machine, and all calls change with them.
# Needs frame-omni-bencher in the PATH, except for `storage`: cargo install --locked frame-omni-bencher@0.28.0
# (half an hour on two cores; needs clang).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
load_env
cd "$ROOT"

STEPS=${STEPS:-50} REPEAT=${REPEAT:-20} KEYS=${KEYS:-1000000} SMOKE='' CHECK='' ALL=''
# Empty blocks, and full ones, are executed so often: as many as the tool does by itself.
WARMUPS=10 BLOCKS_REPEAT=100
EXTENSIONS=(system-extensions payment-extension reclaim-extension)
PALLETS=() BASE='' STORED=''
for argument in "$@"; do
	case $argument in
		--smoke) SMOKE=1 STEPS=2 REPEAT=1 KEYS=2000 WARMUPS=1 BLOCKS_REPEAT=2 ;;
		--check) CHECK=1 ;;
		base) BASE=1 ;;
		extensions) PALLETS+=("${EXTENSIONS[@]}") ;;
		storage) STORED=1 ;;
		-*)
			sed -n '2,19s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			exit 2
			;;
		*) PALLETS+=("${argument#pallet-}") ;;
	esac
done
[ -z "$SMOKE" ] || [ -z "$CHECK" ] || die "--smoke measures nothing that --check could compare"
if [ ${#PALLETS[@]} = 0 ] && [ -z "$BASE$STORED" ]; then
	ALL=1
	for file in pallets/*/src/benchmarking.rs; do
		# Not the help for benchmarks in pallets/primitives.
		grep -q '#\[benchmarks' "$file" || continue
		file=${file#pallets/}
		PALLETS+=("${file%%/*}")
	done
	[ ${#PALLETS[@]} -gt 0 ] || die "no pallet has benchmarks"
	PALLETS+=(consensus)
fi

# place_of PALLET: the name of its benchmarks is then $NAME, the runtime that has them $CRATE, and the file for its weights $TARGET.
place_of() {
	CRATE=salus-runtime
	case $1 in
		consensus) NAME=consensus ;;
		system-extensions) NAME=frame_system_extensions ;;
		payment-extension) NAME=pallet_transaction_payment ;;
		# No other runtime has it.
		reclaim-extension) NAME=cumulus_pallet_weight_reclaim CRATE=salus-parachain-runtime ;;
		*)
			NAME=pallet_${1//-/_} TARGET=pallets/$1/src/weights.rs
			return
			;;
	esac
	TARGET=runtime/solo/src/weights/$NAME.rs
	[ "$CRATE" = salus-runtime ] || TARGET=runtime/parachain/src/weights/$NAME.rs
}
# A name of a pallet must be one with benchmarks: a typing error would cost the minutes until the tool says so.
for pallet in ${PALLETS[@]+"${PALLETS[@]}"}; do
	place_of "$pallet"
	[ "$TARGET" != "pallets/$pallet/src/weights.rs" ] || [ -f "pallets/$pallet/src/benchmarking.rs" ] ||
		die "pallets/$pallet has no benchmarks"
done
[ ${#PALLETS[@]} = 0 ] && [ -z "$BASE" ] || have frame-omni-bencher ||
	die "frame-omni-bencher is not in the PATH; get it with: cargo install --locked frame-omni-bencher@0.28.0"

cleanup_at_exit
OUT=$(mktemp -d "${TMPDIR:-/tmp}/salus-weights.XXXXXX")
FOLDERS+=("$OUT")
FAILED=() STALE=()

# keep WHAT MEASURED TARGET COMPARE...: only a complete file replaces the old one. With --check it is compared instead.
keep() {
	local what=$1 measured=$2 target=$3
	shift 3
	if [ -n "$CHECK" ]; then
		"$@" "$target" "$measured" | sed 's/^/    /' || STALE+=("$what")
	elif [ -z "$SMOKE" ]; then
		mkdir -p "$(dirname "$target")"
		mv "$measured" "$target"
	fi
}

# constants_of FILE: the name of each constant of `base` or `storage`, and its picoseconds.
constants_of() {
	sed -nE 's/^\t+(pub const )?([A-Za-z]+)(: Weight = Weight::from_parts\(|: )([0-9_]+)(, 0\);|,)$/\2 \4/p' "$1" | tr -d _
}
# compare_constants KEPT MEASURED: says what each of them is, and fails if one is more than 15 % off.
compare_constants() {
	[ -f "$1" ] || {
		echo "$1 is not there: nothing was measured yet"
		return 1
	}
	[ "$(sed -n 's/.*CPU: //p' "$1")" = "$(sed -n 's/.*CPU: //p' "$2")" ] || {
		echo "measured on another processor than $1: times cannot be compared"
		return 1
	}
	join <(constants_of "$1" | sort) <(constants_of "$2" | sort) | awk '
		{ apart = ($3 - $2) / $2 * 100; if (apart < 0) apart = -apart; if (apart > 15) bad = 1
		  printf "%s takes %.1f µs, and %.1f µs are declared: %.0f %% apart\n", $1, $3 / 1e6, $2 / 1e6, apart }
		END { if (NR != 2) { print "there are not two constants"; bad = 1 } exit bad }'
}

# head_of WHAT WORD TOOL HOW CPU: how a file of constants begins.
head_of() {
	cat <<END
//! $1, AUTO-GENERATED by \`scripts/weights.sh $2\` with $3.
//!
//! Date: $(date -u +%F). $4. CPU: $5.
//! Do not edit: run the script again.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]

END
}
# grouped NUMBER: with underscores, as Rust has it.
grouped() { sed -E ':a; s/([0-9])([0-9]{3})(_|$)/\1_\2\3/; ta' <<<"$1"; }
processor() {
	local name
	name=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)
	echo "${name:-<UNKNOWN>}"
}

measure_pallet() {
	local pallet=$1 arguments started=$SECONDS
	place_of "$pallet"
	say "$NAME ($STEPS steps, $REPEAT repeats)"
	arguments=(v1 benchmark pallet --runtime "$2" --genesis-builder-preset development
		--pallet "$NAME" --extrinsic '*' --steps "$STEPS" --repeat "$REPEAT"
		--wasm-execution compiled --heap-pages 4096)
	if [ -n "$SMOKE" ]; then
		arguments+=(--min-duration 0)
	else
		arguments+=(--template scripts/frame-weight-template.hbs --output "$OUT/$pallet.rs")
	fi
	# Without logs: a benchmark that asks for the time at genesis would measure the error it logs.
	RUST_LOG=off frame-omni-bencher "${arguments[@]}" >"$OUT/$pallet.log" 2>&1 </dev/null || {
		tail -20 "$OUT/$pallet.log" >&2
		FAILED+=("$pallet")
		return 0
	}
	note "$(grep -c '^Pallet: ' "$OUT/$pallet.log" || true) benchmarks in $(duration $((SECONDS - started)))"
	keep "$pallet" "$OUT/$pallet.rs" "$TARGET" node scripts/weights.mjs
}

# nanoseconds_of FILE: what the tool found, and fails if it is not there.
nanoseconds_of() { sed -nE 's/.*WEIGHT_REF_TIME_PER_NANOS\.saturating_mul\(([0-9_]+)\).*/\1/p' "$1" | grep .; }
# spread_of FILE: the lines about how far single runs were apart.
spread_of() { sed -nE 's#^[[:space:]]*///   ([A-Z0-9][^:]*: .*)$#\t/// - \1#p' "$1"; }

# What executing a block takes without any call: the tool executes an empty block, and one full of empty remarks, on ParityDB.
# Of the runtime that is released, that remark would be refused, so this is a runtime that lets it in, and is otherwise the same.
# Each remark goes through all extensions: their time is in the figure, and they declare it besides.
measure_base() {
	local folder=$OUT/base started=$SECONDS version block transaction arguments
	say "An empty block and an empty transaction ($BLOCKS_REPEAT repeats)"
	mkdir "$folder"
	arguments=(v1 benchmark overhead --runtime "$1" --genesis-builder-preset development
		--database paritydb --wasm-execution compiled --warmup "$WARMUPS" --repeat "$BLOCKS_REPEAT" --weight-path "$folder")
	[ -z "$SMOKE" ] || arguments+=(--max-ext-per-block 10)
	RUST_LOG=off frame-omni-bencher "${arguments[@]}" >"$OUT/base.log" 2>&1 </dev/null || {
		tail -20 "$OUT/base.log" >&2
		FAILED+=(base)
		return 0
	}
	note "in $(duration $((SECONDS - started)))"
	[ -z "$SMOKE" ] || return 0
	version=$(sed -n 's/.*BENCHMARK CLI VERSION //p' "$folder/block_weights.rs")
	block=$(nanoseconds_of "$folder/block_weights.rs") && transaction=$(nanoseconds_of "$folder/extrinsic_weights.rs") || {
		FAILED+=(base)
		return 0
	}
	{
		head_of 'What a block and a transaction take before any call' base "frame-omni-bencher $version" \
			"Warm-ups: $WARMUPS, repeat: $BLOCKS_REPEAT" "$(processor)"
		cat <<END
use frame_support::{parameter_types, weights::Weight};

parameter_types! {
	/// An empty block. In nanoseconds:
	///
$(spread_of "$folder/block_weights.rs")
	pub const BlockExecutionWeight: Weight = Weight::from_parts(${block}_000, 0);

	/// An empty transaction, with its signature and all its extensions. In nanoseconds:
	///
$(spread_of "$folder/extrinsic_weights.rs")
	pub const ExtrinsicBaseWeight: Weight = Weight::from_parts(${transaction}_000, 0);
}
END
	} >"$OUT/bases.rs"
	keep base "$OUT/bases.rs" runtime/solo/src/weights/bases.rs compare_constants
}

# What the state costs: a program of ours does with ParityDB what the SDK's `benchmark storage` does, which frame-omni-bencher does not offer.
measure_storage() {
	local folder started=$SECONDS read write
	say "Building the program that reads and writes (two minutes the first time)"
	# The selection of the tests, so that nothing else is compiled for it.
	cargo build --locked --workspace --exclude salus-node --features runtime-benchmarks,try-runtime \
		--example database-costs >"$SALUS_CACHE/build.log" 2>&1 </dev/null || {
		tail -40 "$SALUS_CACHE/build.log" >&2
		die "the build failed; the whole log is $SALUS_CACHE/build.log"
	}
	# On a disk: $TMPDIR is memory on many machines.
	folder=$(mktemp -d "${STORAGE:-$SALUS_CACHE}/salus-storage.XXXXXX")
	FOLDERS+=("$folder")
	say "A read and a write of a state of $KEYS keys"
	"$CARGO_TARGET_DIR/debug/examples/database-costs" "$folder" "$KEYS" >"$OUT/storage.log" 2>&1 </dev/null || {
		tail -20 "$OUT/storage.log" >&2
		FAILED+=(storage)
		return 0
	}
	note "in $(duration $((SECONDS - started)))"
	sed 's/^/    /' "$OUT/storage.log"
	[ -z "$SMOKE" ] || return 0
	read=$(sed -n 's/^read: average \([0-9]*\) ns.*/\1/p' "$OUT/storage.log" | grep .) &&
		write=$(sed -n 's/^write: average \([0-9]*\) ns.*/\1/p' "$OUT/storage.log" | grep .) || {
		FAILED+=(storage)
		return 0
	}
	{
		head_of 'What an access to the state takes with ParityDB' storage "$(sed -n 's/^with: //p' "$OUT/storage.log")" \
			"State: $(sed -n 's/^state: //p' "$OUT/storage.log")" "$(processor)"
		cat <<END
use frame_support::{parameter_types, weights::RuntimeDbWeight};

parameter_types! {
	/// - $(sed -n 's/^read: /Read: /p' "$OUT/storage.log")
	/// - $(sed -n 's/^write: /Write: /p' "$OUT/storage.log")
	pub const ParityDbWeight: RuntimeDbWeight = RuntimeDbWeight {
		read: $(grouped "${read}000"),
		write: $(grouped "${write}000"),
	};
}
END
	} >"$OUT/database.rs"
	keep storage "$OUT/database.rs" runtime/solo/src/weights/database.rs compare_constants
}

# build CRATE FEATURES FOLDER: its wasm is then $RUNTIME_WASM.
build() {
	local started=$SECONDS
	say "Building $1 with $2 (about 3 minutes the first time)"
	build_runtime_wasm "$SALUS_CACHE/$3" "$1" "$2"
	note "built in $(duration $((SECONDS - started)))"
}
# Everything is built before anything is timed.
WASM_SOLO='' WASM_PARACHAIN='' WASM_BASE=''
for pallet in ${PALLETS[@]+"${PALLETS[@]}"}; do
	place_of "$pallet"
	if [ "$CRATE" = salus-runtime ] && [ -z "$WASM_SOLO" ]; then
		build salus-runtime runtime-benchmarks wasm-bench
		WASM_SOLO=$RUNTIME_WASM
	elif [ "$CRATE" != salus-runtime ] && [ -z "$WASM_PARACHAIN" ]; then
		build "$CRATE" runtime-benchmarks wasm-bench
		WASM_PARACHAIN=$RUNTIME_WASM
	fi
done
if [ -n "$BASE" ]; then
	build salus-runtime empty-remarks wasm-bases
	WASM_BASE=$RUNTIME_WASM
fi

for pallet in ${PALLETS[@]+"${PALLETS[@]}"}; do
	place_of "$pallet"
	if [ "$CRATE" = salus-runtime ]; then measure_pallet "$pallet" "$WASM_SOLO"; else measure_pallet "$pallet" "$WASM_PARACHAIN"; fi
done
[ -z "$BASE" ] || measure_base "$WASM_BASE"
[ -z "$STORED" ] || measure_storage
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
