#!/usr/bin/env bash
# Runs every layer of tests there is, and ends with one line: N passed, N failed.
#
#   scripts/test.sh              all layers but the long network ones
#   scripts/test.sh LAYER...     only these: gates fmt clippy rust exchange node wasm js e2e deny
#                                parachain deploy release network
#   scripts/test.sh --network    all layers, and the long ones: what operators deploy, a build as it is
#                                published, and networks of real nodes that are broken (70 minutes more,
#                                and 30 besides with a relay chain's programs; as root)
#   scripts/test.sh --long       all layers, what takes long at its full length (a batch has a million
#                                records, not 50,000; the rules as wasm are tried in headless Chromium; a
#                                gateway that is built for it as it is published takes a million records),
#                                and the layer parachain: the journey and the end-to-end tests against the
#                                parachain too, alone, on polkadot-omni-node. Goes with layers and with
#                                --network
#
# Sets the machine up first, as scripts/run.sh does. A part that fails does not stop the others; the
# exit code is 0 only if nothing failed.
# A cold run on two cores takes some seventy minutes, because it compiles the whole node; after that,
# minutes. Build output is kept in $CARGO_TARGET_DIR (default ~/.cache/salus/target).
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT" || exit 1

# The whole compressed runtime, in bytes, and the parachain's. A jump means a dependency came in by accident; raise it
# on purpose, with the reason in the changelog.
WASM_BUDGET=1500000
PARACHAIN_WASM_BUDGET=1500000
MAX_LIB_LINES=700

ALL=(gates fmt clippy rust exchange node wasm js e2e deny)
NAMED=(parachain deploy release network)
LAYERS=() NETWORK='' LONG=''
for argument in "$@"; do
	case $argument in
		--network)
			NETWORK=1
			;;
		--long)
			LONG=1
			export SALUS_LONG=1
			;;
		-h | --help)
			sed -n '2,20s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			exit 0
			;;
		*)
			[[ " ${ALL[*]} ${NAMED[*]} " == *" $argument "* ]] || die "unknown layer '$argument'; there are: ${ALL[*]} ${NAMED[*]}"
			LAYERS+=("$argument")
			;;
	esac
done
[ ${#LAYERS[@]} -gt 0 ] || LAYERS=("${ALL[@]}" ${LONG:+parachain})
[ -z "$NETWORK" ] || LAYERS+=(deploy release network)

"$ROOT/scripts/setup.sh" --tools || exit 1
load_env

# A test opens a thousand connections. Where fewer files may be open it says so and fails.
[ "$(ulimit -S -n)" = unlimited ] || [ "$(ulimit -S -n)" -ge 4096 ] || ulimit -S -n 4096 2>/dev/null || true

cleanup_at_exit
LOGS=$(mktemp -d "${TMPDIR:-/tmp}/salus-test.XXXXXX")
FOLDERS+=("$LOGS")
PASSED=0 FAILED=0 SKIPPED=0
SUMMARY=()
BEGIN=$SECONDS

wanted() { [[ " ${LAYERS[*]} " == *" $1 "* ]]; }

# record NAME PASSED FAILED SKIPPED SECONDS
record() {
	PASSED=$((PASSED + $2)) FAILED=$((FAILED + $3)) SKIPPED=$((SKIPPED + $4))
	local colour=$GREEN
	[ "$3" = 0 ] || colour=$RED
	SUMMARY+=("$(printf '%s%-44s%s %5d passed %3d failed %3d skipped  %s' "$colour" "$1" "$OFF" "$2" "$3" "$4" "$(duration "$5")")")
}

# run NAME COMMAND...: output shown as it comes and kept in $LOG; sets RC and TOOK. How long it took is said at once, so
# that a log which is cut off tells where the time went.
run() {
	say "$1"
	shift
	LOG=$(mktemp "$LOGS/XXXXXX")
	local start=$SECONDS
	"$@" </dev/null 2>&1 | tee "$LOG"
	RC=${PIPESTATUS[0]}
	TOOK=$((SECONDS - start))
	note "took $(duration "$TOOK")"
}

# What the parts that failed said of it. It is shown once more at the end: whoever reads only the end of
# a long log finds it there.
FAILURES=()
# remember NAME: keeps what $LOG says of the failure: of each failed test its message, of a compiler its
# errors, of node's runner the names; where there is none of these, the last lines.
remember() {
	local said
	said=$(awk '
		/^---- .* ----$/ || /^error(\[|:)/ || /^ *not ok / || /^[^a-z0-9]*✖ / { left = 12 }
		left > 0 { print; left-- }' "$LOG" | head -120)
	[ -n "$said" ] || said=$(tail -25 "$LOG")
	FAILURES+=("$RED$1$OFF"$'\n'"$said")
}

# check NAME COMMAND...: one thing that is right or wrong.
check() {
	run "$@"
	if [ "$RC" = 0 ]; then
		record "$1" 1 0 0 "$TOOK"
	else
		remember "$1"
		record "$1" 0 1 0 "$TOOK"
	fi
}

# beside KEY COMMAND...: starts a part beside others. What it says is shown by `ended KEY`, which waits for its end and gives its exit code.
declare -A BESIDE
beside() {
	local key=$1
	shift
	rm -f "$LOGS/$key.code"
	(
		start=$SECONDS
		# What it starts, it ends, however it ends; and nothing else.
		PIDS=() FOLDERS=()
		cleanup_at_exit
		# In the background, so that a signal ends it, and does not wait for it.
		"$@" &
		PIDS=($!)
		wait $!
		code=$?
		PIDS=()
		note "took $(duration $((SECONDS - start))), beside other parts"
		echo "$code" >"$LOGS/$key.code"
	) >"$LOGS/$key.log" 2>&1 </dev/null &
	BESIDE[$key]=$!
	PIDS+=("$!")
}
ended() {
	while [ ! -s "$LOGS/$1.code" ] && kill -0 "${BESIDE[$1]}" 2>/dev/null; do sleep 1; done
	cat "$LOGS/$1.log"
	[ -s "$LOGS/$1.code" ] && return "$(cat "$LOGS/$1.code")"
}

# sum LABEL: adds the numbers before "LABEL" in cargo's closing lines.
sum_cargo() {
	sed -n 's/^test result: .*[ .]\([0-9][0-9]*\) '"$1"'.*/\1/p' "$LOG" | awk '{n += $1} END {print n + 0}'
}
# The same for node's test runner, which writes "# pass 3" or "ℹ pass 3".
sum_node() { sed -n 's/^[^a-z0-9]* *'"$1"' \([0-9][0-9]*\)$/\1/p' "$LOG" | awk '{n += $1} END {print n + 0}'; }

# tests KIND NAME COMMAND...: a test runner whose own counts are added up. A runner that fails
# without naming a failed test (it did not compile, say) counts as one failure, and so does a run
# without any test.
tests() {
	local kind=$1 pass fail skip
	shift
	run "$@"
	if [ "$kind" = cargo ]; then
		pass=$(sum_cargo passed) fail=$(sum_cargo failed) skip=$(sum_cargo ignored)
	else
		pass=$(sum_node pass) fail=$(($(sum_node fail) + $(sum_node cancelled))) skip=$(($(sum_node skipped) + $(sum_node todo)))
	fi
	if [ "$fail" = 0 ] && { [ "$RC" != 0 ] || [ "$pass" = 0 ]; }; then
		[ "$RC" != 0 ] || echo "error: $1 ran no test" >&2
		fail=1
	fi
	[ "$fail" = 0 ] || remember "$1"
	record "$1" "$pass" "$fail" "$skip" "$TOOK"
}

# ------------------------------------------------------------------------------------------------
# Gates: rules that a search can decide. Each prints what breaks it.

gate_weights_wired() {
	find runtime/*/src runtime/common/composed -name '*.rs' -exec awk '
		FNR == 1 { pallet = "" }
		/^impl .*::Config.* for Runtime/ { pallet = $0 }
		/WeightInfo *= *\(\)/ {
			print "no weights: " FILENAME ":" FNR ": " pallet; bad = 1
		}
		END { exit bad }' {} +
}
gate_weights_generated() {
	local file found measured=runtime/common/composed/measured
	local files=(pallets/*/src/weights.rs runtime/solo/src/weights/consensus.rs)
	for file in "$measured"/*.rs; do
		# This one only lists the others, each of which is measured.
		[ "$file" = "$measured/mod.rs" ] || files+=("$file")
	done
	found=$(grep -L 'AUTO-GENERATED' "${files[@]}")
	[ -z "$found" ] || {
		printf 'Written by hand; generate with scripts/weights.sh:\n%s\n' "$found"
		return 1
	}
	# Weights of others, passed on under the name of one that is measured here.
	found=$(grep -nE '^[[:space:]]*pub(\([^)]*\))? use ' "${files[@]}" "$measured/mod.rs")
	[ -z "$found" ] || {
		printf 'Taken from elsewhere; measure with scripts/weights.sh:\n%s\n' "$found"
		return 1
	}
}
# The cheap half of the PHI firewall (what a function returns is no matter); the runtime's test
# over the metadata is the other half.
gate_no_free_bytes() {
	find pallets/{registry,patient-identity,consent,record-anchor,claims,care,emergency,access-log,acknowledgement,research,sealed,sponsorship}/src -name '*.rs' \
		-not -path '*/tests/*' -not -path '*/benchmarking/*' -not -name mock.rs -not -path '*/mock/*' -not -name benchmarking.rs -exec awk '
		# What a migration hands from its check before to the one after it is of try-runtime, and never on the chain.
		{ line = $0; sub(/\/\/.*/, ""); gsub(/-> *(alloc::vec::)?Vec<u8>/, "")
		  sub(/fn pre_upgrade\(\) -> Result<Vec<u8>,/, ""); sub(/fn post_upgrade\([a-z_]*: (alloc::vec::)?Vec<u8>\)/, "") }
		/Vec<u8[^0-9]/ || /(^|[^A-Za-z_])String([^A-Za-z_]|$)/ {
			print "free bytes or text: " FILENAME ":" FNR ": " line; bad = 1
		}
		END { exit bad }' {} +
}
# In the runtime's wasm a `usize` has 32 bits, on the machine that tests it 64: a stored number that is
# made into one works in every test, and fails on the chain once it is large. So no number becomes a
# `usize` in what is compiled to wasm, and each conversion names its type (`u32::try_from(n)`), so that
# this sees it. Lengths go the other way: from `usize` into the stored type.
gate_no_narrow_numbers() {
	find pallets/*/src pallets/*/*/src runtime/*/src runtime/common/composed -name '*.rs' \
		-not -path '*/tests/*' -not -path '*/benchmarking/*' -not -name tests.rs -not -name mock.rs -not -path '*/mock/*' -not -name benchmarking.rs -exec awk '
		BEGIN {
			# 32 bits, decoded as such and compared with a constant.
			allowed["pallets/claims/adjudication/src/types/list.rs: match usize::try_from(length) {"] = 1
		}
		FNR == 1 { tests = 0 }
		/^mod tests \{/ { tests = 1 }
		tests { next }
		{ line = $0; sub(/\/\/.*/, "", line); gsub(/^[ \t]+|[ \t]+$/, "", line) }
		# Allowances are reckoned in the balance of the runtime, a type that they do not know by name.
		FILENAME ~ /\/(allowance|limits)\.rs$/ { gsub(/\.saturated_into\(\)/, "", line) }
		line ~ /usize::[a-z_]*from|as usize|into::<usize>|usize::MAX/ ||
		line ~ /\.(try_into|saturated_into|unique_saturated_into|to_usize)\(/ ||
		line ~ /(TryFrom|TryInto|SaturatedConversion)[^;]*::[a-z_]+/ {
			if (allowed[FILENAME ": " line]) next
			print "a number may not fit: " FILENAME ":" FNR ": " line; bad = 1
		}
		END { exit bad }' {} +
}
# A hook takes time of every block, and nobody pays for it. None of our pallets has one: what is due is done by a call, of anybody.
# One that there must be goes into the list, as FILE:HOOK; runtime/solo/tests/accesses/hooks.rs lists what an empty block touches.
gate_no_hooks() {
	find pallets/*/src pallets/*/*/src -name '*.rs' -not -path '*/tests/*' -not -name tests.rs -not -name mock.rs -not -path '*/mock/*' -exec awk '
		BEGIN { split("", allowed) }
		{ line = $0; sub(/\/\/.*/, "", line) }
		match(line, /fn +(on_initialize|on_idle|on_finalize|on_poll|offchain_worker)[^a-z_]/) {
			hook = substr(line, RSTART, RLENGTH); sub(/^fn +/, "", hook); sub(/[^a-z_]$/, "", hook)
			if (FILENAME ":" hook in allowed) next
			print "a hook: " FILENAME ":" FNR ": " hook; bad = 1
		}
		END { exit bad }' {} +
}
# Every storage item of our pallets has its row in the data map.
gate_data_map() {
	local file pallet item bad=0
	for file in pallets/*/src/*.rs; do
		[ "${file##*/}" != mock.rs ] || continue
		pallet=${file#pallets/}
		pallet=${pallet%%/*}
		for item in $(awk '/#\[pallet::storage\]/ { found = 1 }
			found && /pub type/ { sub(/.*pub type /, ""); sub(/[<:=].*/, ""); print; found = 0 }' "$file"); do
			awk -v heading="## $pallet" -v item="\`$item\`" '
				/^## / { inside = ($0 == heading) }
				inside && /^\|/ { split($0, cells, "|"); if (index(cells[2], item)) found = 1 }
				END { exit !found }' docs/data-map.md || {
				echo "docs/data-map.md does not mention $item of $pallet"
				bad=1
			}
		done
	done
	return $bad
}
# rustdoc reads a whole crate to find out that its documentation has no example. Where there is one it is run, and so nothing else is left out.
gate_examples() {
	local manifest folder bad=0
	for manifest in $(grep -lx 'doctest = false' {pallets,runtime,exchange}/*/Cargo.toml pallets/*/*/Cargo.toml {verify,clients/wasm}/Cargo.toml); do
		folder=${manifest%/Cargo.toml}
		! grep -rnE '^[[:space:]]*//[/!] *```' "$folder/src" || bad=1
		grep -q 'include_str!("../README.md")' "$folder/src/lib.rs" || continue
		! grep -nH '```' "$folder/README.md" || bad=1
	done
	[ "$bad" = 0 ] || echo 'examples that are not run: take `doctest = false` out of the manifest'
	return $bad
}
gate_sources() {
	! grep -nE '^source = "git\+' Cargo.lock
}
gate_lib_lines() {
	local file lines bad=0
	for file in pallets/*/src/lib.rs pallets/*/*/src/lib.rs runtime/*/src/lib.rs; do
		lines=$(wc -l <"$file")
		[ "$lines" -le "$MAX_LIB_LINES" ] || {
			echo "$file has $lines lines, more than $MAX_LIB_LINES"
			bad=1
		}
	done
	return $bad
}
gate_scripts() {
	local file
	for file in scripts/*.sh scripts/*/*.sh .ci/run; do
		bash -n "$file" || return 1
		# What others source need not be executable.
		[[ $file == scripts/lib.sh || $file == scripts/check-deploy/* || $file == */common.sh ]] || [ -x "$file" ] || {
			echo "$file is not executable"
			return 1
		}
	done
}
# Wallets that check the metadata hash can use only builds that have it, and one script makes those.
gate_published_builds() {
	grep -q -- '--features salus-node/metadata-hash' scripts/release.sh || {
		echo 'scripts/release.sh does not turn the metadata hash on'
		return 1
	}
	grep -q -- '--features salus-parachain-runtime/metadata-hash' scripts/release.sh || {
		echo "scripts/release.sh does not turn the parachain's metadata hash on"
		return 1
	}
	local manifest
	for manifest in node/Cargo.toml $(grep -l '^wasm-binary = ' runtime/*/Cargo.toml); do
		grep -q '^metadata-hash = ' "$manifest" || {
			echo "$manifest has no feature of that name"
			return 1
		}
	done
	# The verifier and the gateway have no runtime in them.
	! grep -rnE --exclude-dir=node_modules 'cargo (build|install|rustc) .*(--release|--profile[ =](release|production))' README.md CONTRIBUTING.md docs deploy zombienet |
		grep -vE -- '-p salus-(verify|gateway)( |$)'
}
# Licences of everything in the lock file, against the list in deny.toml. cargo-deny does this and
# more, but it takes long to install; this needs nothing.
gate_licences() {
	cargo metadata --locked --format-version 1 2>"$LOGS/metadata.err" >"$LOGS/metadata.json" || {
		cat "$LOGS/metadata.err"
		return 1
	}
	node scripts/licences.mjs deny.toml "$LOGS/metadata.json"
}

if wanted gates; then
	check 'gate: scripts parse' gate_scripts
	check 'gate: every pallet has weights' gate_weights_wired
	check 'gate: weights are generated' gate_weights_generated
	check 'gate: no free bytes in health pallets' gate_no_free_bytes
	check 'gate: no stored number becomes a usize' gate_no_narrow_numbers
	check 'gate: no pallet has a hook' gate_no_hooks
	check 'gate: the data map is complete' gate_data_map
	check 'gate: every error is reached, every origin tried' node scripts/refusals.mjs
	check 'gate: every list names every pallet, every weight has a benchmark' node scripts/pallets.mjs
	check 'gate: every example of the documentation is run' gate_examples
	check 'gate: no git dependencies' gate_sources
	check 'gate: no lib.rs too long' gate_lib_lines
	check 'gate: what is published has a metadata hash' gate_published_builds
	check 'gate: licences' gate_licences
fi

# ------------------------------------------------------------------------------------------------
# Rust. Two selections of packages and features that are built, and no third: features unify for each selection,
# so another one would compile hundreds of crates again. (What is only checked is kept apart from both.)
# shellcheck disable=SC2054
TEST_SELECTION=(--workspace --exclude salus-node --locked --features runtime-benchmarks,try-runtime)
NODE_SELECTION=(-p salus-node -p salus-verify --locked)

# What is compiled into the runtimes' wasm: they and all that they have of this workspace.
shipped_clippy() {
	RUSTFLAGS='--cfg substrate_runtime' cargo ${WASM_BUILD_TOOLCHAIN:+"+$WASM_BUILD_TOOLCHAIN"} clippy --locked \
		-p salus-runtime -p salus-parachain-runtime --no-default-features --target wasm32v1-none -- -D warnings
}

if wanted fmt; then
	check 'rustfmt' cargo fmt --all -- --check
fi
if wanted clippy; then
	check 'clippy: pallets, engines, runtime, and their tests' \
		cargo clippy "${TEST_SELECTION[@]}" --all-targets -- -D warnings
	# As they are shipped, in wasm and without the features of tests: the safety lints hold here, those of the runtimes nowhere else.
	check 'clippy: pallets, engines, runtimes, as shipped' shipped_clippy
fi
if wanted rust; then
	# Without the verifier, whose tests take minutes to build: they are run once, by the layer `node`, with what it is shipped with.
	tests cargo 'pallets, engines, runtime' env RUST_BACKTRACE=0 \
		cargo test "${TEST_SELECTION[@]}" --exclude salus-verify --no-fail-fast -- --quiet
fi

exchange_licences() {
	! grep -nE '^source = "git\+' exchange/Cargo.lock || return 1
	in_exchange cargo metadata --locked --format-version 1 >"$LOGS/exchange.json" || return 1
	node scripts/licences.mjs deny.toml "$LOGS/exchange.json"
}
if wanted exchange; then
	check 'exchange: licences and sources' exchange_licences
	check 'exchange: rustfmt' in_exchange cargo fmt --all -- --check
	check 'exchange: clippy' in_exchange cargo clippy --workspace --all-targets --locked -- -D warnings
	tests cargo 'exchange: tests' in_exchange env RUST_BACKTRACE=0 SALUS_KILLS=$((LONG ? 50 : 20)) cargo test --workspace --locked --no-fail-fast -- --quiet
	# Against an identity provider that nobody here wrote.
	[ -z "$LONG" ] || tests cargo 'exchange: a login at oidc-provider' scripts/identity-provider.sh env RUST_BACKTRACE=0 CARGO_TARGET_DIR="$CARGO_TARGET_DIR/exchange" cargo test --manifest-path exchange/Cargo.toml --locked -p salus-gateway --test login -- --quiet real_provider
	# By clients, and judged by validators, that nobody here wrote.
	for what in read validate hl7; do
		[ -z "$LONG" ] || tests node "exchange: foreign clients $what" env CARGO_TARGET_DIR="$CARGO_TARGET_DIR/exchange" scripts/foreign-clients.sh $what
	done
	# Against a FHIR server that nobody here wrote.
	[ -z "$LONG" ] || tests cargo 'exchange: a foreign FHIR server' scripts/fhir-server.sh env RUST_BACKTRACE=0 CARGO_TARGET_DIR="$CARGO_TARGET_DIR/exchange" cargo test --manifest-path exchange/Cargo.toml --locked -p salus-gateway --test upstream -- --quiet real_server
	# At least 20,000 requests that a program makes up.
	[ -z "$LONG" ] || check 'exchange: schemathesis' scripts/fuzz.sh
	# Beside a sampler of noise that nobody here wrote.
	[ -z "$LONG" ] || check 'exchange: noise beside OpenDP' scripts/noise.sh
	# As it is published, which is built for it.
	[ -z "$LONG" ] || tests cargo 'exchange: a million records, and patients' in_exchange env RUST_BACKTRACE=0 SALUS_RECORDS=1000000 SALUS_PEOPLE=1000000 \
		cargo test --release --locked -p salus-gateway --lib --test million -- --nocapture --test-threads 1 many_records many_patients
	# Against an object store that nobody here wrote.
	[ -z "$LONG" ] || tests cargo 'exchange: files in a bucket' scripts/object-store.sh env RUST_BACKTRACE=0 CARGO_TARGET_DIR="$CARGO_TARGET_DIR/exchange" cargo test --manifest-path exchange/Cargo.toml --locked -p salus-gateway --test bucket -- --quiet
	# All of it once more on PostgreSQL, and what is of that alone.
	[ -z "$LONG" ] || tests cargo 'exchange: the gateway on PostgreSQL' scripts/database.sh env -u SALUS_LONG RUST_BACKTRACE=0 SALUS_KILLS=50 CARGO_TARGET_DIR="$CARGO_TARGET_DIR/exchange" cargo test --manifest-path exchange/Cargo.toml --locked -p salus-gateway --no-fail-fast -- --quiet
fi

gateway=
build_gateway() {
	[ -z "$gateway" ] || return 0
	check 'gateway: build' in_exchange cargo build --locked -p salus-gateway
	SALUS_GATEWAY=$(GATEWAY_BINARY)
	export SALUS_GATEWAY
	gateway=1
}
typescript=
# One core is enough for it, so it runs beside the build of the node where there is one.
begin_typescript() {
	[ -z "$typescript" ] || return 0
	beside typescript npm run --silent build
	typescript=begun
}
build_typescript() {
	[ "$typescript" != built ] || return 0
	begin_typescript
	check 'typescript: types' ended typescript
	typescript=built
}
built=
build_node() {
	[ -z "$built" ] || return 0
	! { wanted js || wanted e2e || wanted parachain; } || begin_typescript
	# With the tests of both, where they are wanted: by itself the node's crate leaves a core idle for minutes.
	! wanted node || check 'node and verifier: build, with their tests' cargo test "${NODE_SELECTION[@]}" --no-run
	check 'node and verifier: build' cargo build "${NODE_SELECTION[@]}"
	built=1
}
if wanted node; then
	build_node
	# The nodes of these tests compile the runtime for those that come later, too.
	tests cargo 'node and verifier: tests' env RUST_BACKTRACE=0 SALUS_RUNTIME_CACHE="$RUNTIME_CACHE" cargo test "${NODE_SELECTION[@]}" --no-fail-fast -- --quiet
fi

# wasm_size FILE BUDGET
wasm_size() {
	local size
	[ -f "$1" ] || {
		echo "there is no $1"
		return 1
	}
	size=$(wc -c <"$1")
	echo "runtime wasm: $size bytes, budget $2"
	[ "$size" -le "$2" ]
}
if wanted wasm; then
	build_node
	check 'wasm size' wasm_size "$CARGO_TARGET_DIR/debug/wbuild/salus-runtime/salus_runtime.compact.compressed.wasm" "$WASM_BUDGET"
fi

# ------------------------------------------------------------------------------------------------
# TypeScript, and the whole product from outside.

# The rules as WebAssembly, which tests of the SDK and, with --long, a browser load.
rules=
build_rules() {
	[ -z "$rules" ] || return 0
	check 'rules as wasm: build, size' scripts/wasm-rules.sh
	export SALUS_RULES_WASM=$ROOT/clients/wasm/dist/salus_wasm_rules.wasm
	rules=1
}
if wanted js; then
	build_typescript
	build_rules
	tests node 'typescript: client SDK' npm run --silent test:sdk
	# What turns the bench red, and whether the weights are as agreed: it needs no node.
	tests node 'typescript: what the bench judges' node --test e2e/dist/bench/gates.test.js
fi

# What serves a development chain, once its raw specification has been made: a node that makes its genesis from the preset takes
# three times as long to start. The end-to-end tests go by the same variable.
development_spec() { "$(NODE_BINARY)" export-chain-spec --chain dev --raw >"$SALUS_DEV_SPEC"; }
SERVE=("$(NODE_BINARY)" --dev --chain "$LOGS/dev.json" --runtime-cache-path "$RUNTIME_CACHE")
# against_node NAME COMMAND...: runs it with a fresh development chain, on ports that the kernel chooses.
against_node() {
	local name=$1 base rpc log code
	shift
	base=$(mktemp -d "$LOGS/chain.XXXXXX")
	log=$base/node.log
	"${SERVE[@]}" --base-path "$base" --rpc-port 0 --port 0 \
		--no-prometheus --no-telemetry >"$log" 2>&1 </dev/null &
	# This runs in a subshell: what it starts, it ends, however it ends.
	PIDS=($!) FOLDERS=("$base")
	cleanup_at_exit
	rpc=$(rpc_port "${PIDS[0]}" "$log" 240) && wait_for_rpc "http://127.0.0.1:$rpc" "${PIDS[0]}" "$log" 240 || {
		echo "error: the node for '$name' did not author a block"
		return 1
	}
	# In the background, so that a signal ends it, and does not wait for it.
	SALUS_WS=ws://127.0.0.1:$rpc "$@" &
	PIDS+=($!)
	wait $!
	code=$?
	[ "$code" = 0 ] || {
		echo "the node's last lines:"
		tail -20 "$log" | sed 's/^/    node: /'
	}
	return "$code"
}
if wanted e2e; then
	build_node
	if [ -x "$(NODE_BINARY)" ]; then
		export SALUS_NODE=$(NODE_BINARY) SALUS_VERIFY=$(VERIFIER_BINARY)
		build_typescript
		build_gateway
		[ -z "$LONG" ] || build_rules
		export SALUS_DEV_SPEC=$LOGS/dev.json
		check 'development chain: specification' development_spec
		# Both have chains of their own, and mostly wait for their blocks.
		beside journey against_node journey node e2e/dist/journey.js
		tests node 'end to end' npm run --silent test:built --workspace @salus/e2e
		check 'the care journey' ended journey
		[ -z "$LONG" ] || tests node 'end to end: shadow mode before a foreign FHIR server' scripts/fhir-server.sh node e2e/dist/suite.js "$ROOT/e2e/dist/tests/gateway-shadow.test.js"
		unset SALUS_DEV_SPEC
	else
		record 'the care journey (no node binary)' 0 1 0 0
		record 'end to end (no node binary)' 0 1 0 0
	fi
fi

# The same against the other chain.
if wanted parachain; then
	LACKS=$(relay_missing polkadot-omni-node)
	if [ -n "$LACKS" ]; then
		echo "error: $(relay_hint "$LACKS")" >&2
		record 'the parachain (polkadot-omni-node is missing)' 0 1 0 0
	else
		build_typescript
		build_gateway
		export SALUS_CHAIN=parachain SALUS_PARACHAIN_SPEC=$LOGS/parachain/para-raw.json
		# In a process of its own, so that a failure is counted.
		check 'parachain: runtime' parachain_wasm
		GIVEN=${SALUS_PARACHAIN_WASM-}
		export SALUS_PARACHAIN_WASM=${GIVEN:-$PARACHAIN_BLOB}
		check 'parachain: wasm size' wasm_size "$SALUS_PARACHAIN_WASM" "$PARACHAIN_WASM_BUDGET"
		check 'parachain: specification' scripts/parachain-spec.sh --preset development "$LOGS/parachain"
		SERVE=("$(relay_program polkadot-omni-node)" --chain "$SALUS_PARACHAIN_SPEC" --dev --dev-block-time 2000 --no-hardware-benchmarks)
		beside journey against_node journey node e2e/dist/journey.js
		tests node 'parachain: end to end' npm run --silent test:built --workspace @salus/e2e
		check 'parachain: the care journey' ended journey
		unset SALUS_CHAIN SALUS_PARACHAIN_SPEC SALUS_PARACHAIN_WASM
		[ -z "$GIVEN" ] || export SALUS_PARACHAIN_WASM=$GIVEN
	fi
fi

if wanted deny; then
	DENY=$SALUS_CACHE/tools/bin/cargo-deny
	[ -x "$DENY" ] || DENY=$(command -v cargo-deny || true)
	if [ -n "$DENY" ]; then
		check 'cargo-deny: bans, licences, sources' "$DENY" --locked check bans licenses sources
		check 'cargo-deny: the exchange' "$DENY" --locked --manifest-path exchange/Cargo.toml --config deny.toml check bans licenses sources
		# The advisory database is a git repository: a closed network does not have it.
		if timeout 60 "$DENY" --locked fetch db >"$LOGS/advisories.log" 2>&1 </dev/null; then
			check 'cargo-deny: advisories' "$DENY" --locked check --disable-fetch advisories
		else
			say 'cargo-deny: advisories'
			note "not run: the advisory database cannot be fetched here: $(grep -m1 -iE 'error|failed' "$LOGS/advisories.log" || echo 'no answer in a minute')"
			record 'cargo-deny: advisories (no database)' 0 0 1 0
		fi
	else
		echo 'error: cargo-deny is missing. scripts/setup.sh --tools installs it, or: cargo install --locked cargo-deny' >&2
		record 'cargo-deny (missing: scripts/setup.sh --tools)' 0 1 0 0
	fi
fi

# ------------------------------------------------------------------------------------------------
# The long layers, only where asked for.

if wanted deploy; then
	build_node
	check 'gateway: build' in_exchange cargo build --locked -p salus-gateway
	run 'deploy: units, proxy, rules, scripts' scripts/check-deploy.sh
	COUNTS=$(grep -oE '^[0-9]+ passed, [0-9]+ failed' "$LOG" | tail -1)
	if [ -n "$COUNTS" ]; then
		record 'deploy: units, proxy, rules, scripts' "${COUNTS%% *}" "$(awk '{print $3}' <<<"$COUNTS")" 0 "$TOOK"
	else
		record 'deploy: units, proxy, rules, scripts' 0 1 0 "$TOOK"
	fi
fi

if wanted release; then
	# As it is published, but for the profile: that would compile everything once more.
	tests node 'release: the metadata hash is accepted' scripts/release.sh --dev
fi

if wanted network; then
	build_node
	build_gateway
	say 'network: the runtime to upgrade to (6 minutes the first time)'
	if SALUS_UPGRADE_WASM=$(scripts/rehearsal.sh); then
		export SALUS_UPGRADE_WASM
		tests node 'network: real nodes, broken' scripts/network.sh
	else
		record 'network: the runtime to upgrade to' 0 1 0 0
	fi
fi

echo
if [ ${#FAILURES[@]} -gt 0 ]; then
	say 'What failed'
	printf '%s\n\n' "${FAILURES[@]}"
fi
say "Summary ($(duration $((SECONDS - BEGIN))) in all)"
printf '%s\n' "${SUMMARY[@]}"
echo
if [ "$SKIPPED" -gt 0 ]; then
	echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
else
	echo "$PASSED passed, $FAILED failed"
fi
[ "$FAILED" = 0 ]
