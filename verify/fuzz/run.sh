#!/usr/bin/env bash
# Fuzzes everything in salus-verify that reads bytes, with coverage, on the stable toolchain:
#
#   verify/fuzz/run.sh [SECONDS]        default 600
#
# Begins with the vectors of receipts and decisions in docs/vectors and what is kept in corpus.tar.gz. A crash leaves its
# input in artifacts/ and ends with a code that is not 0. What was found is packed into corpus.tar.gz again,
# as far as it adds coverage and is small.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$HERE"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$HERE/target}

# What cargo-fuzz passes, but for the sanitizers, which only nightly has.
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing"
# With a target named, build scripts and macros are built without these flags.
HOST=$(rustc -vV | sed -n 's/^host: //p')
cargo build --release --locked --target "$HOST"
FUZZER=$CARGO_TARGET_DIR/$HOST/release/parsers

WORK=$(mktemp -d "${TMPDIR:-/tmp}/salus-fuzz.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
mkdir -p artifacts "$WORK"/{seeds,corpus,found,kept}
[ ! -e corpus.tar.gz ] || tar -xzf corpus.tar.gz -C "$WORK"
node seeds.mjs "$WORK/seeds" ../../docs/vectors/{receipts,receipts-relay,decisions}

"$FUZZER" -max_total_time="${1:-600}" -max_len=65536 -timeout=10 -rss_limit_mb=2048 \
	-artifact_prefix=artifacts/ -print_final_stats=1 "$WORK/found" "$WORK/seeds" "$WORK/corpus"

# Takes the smallest inputs first.
"$FUZZER" -merge=1 -max_len=1024 "$WORK/kept" "$WORK/corpus" "$WORK/found" 2>"$WORK/merge.log" ||
	{ cat "$WORK/merge.log" >&2 && exit 1; }
rm -rf "$WORK/corpus" && mv "$WORK/kept" "$WORK/corpus"
tar -C "$WORK" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - corpus | gzip -9n >corpus.tar.gz
