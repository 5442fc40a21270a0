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

# A TCP port of this machine that nobody listens on now.
free_port() {
	node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
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

# build_runtime_wasm FOLDER FEATURE: the runtime with that feature, straight for the wasm target, and in a
# folder of its own: the node's build must never pick it up, and no native crate is compiled for it. The
# flags are those that substrate-wasm-builder uses. The wasm is then $RUNTIME_WASM.
build_runtime_wasm() {
	RUNTIME_WASM=$1/wasm32v1-none/release/salus_runtime.wasm
	env CARGO_TARGET_DIR="$1" \
		RUSTFLAGS="-C link-arg=--export-table -C link-arg=--export=__heap_base -C link-arg=--import-memory --cfg substrate_runtime" \
		cargo ${WASM_BUILD_TOOLCHAIN:+"+$WASM_BUILD_TOOLCHAIN"} rustc --locked -p salus-runtime --lib --crate-type cdylib \
		--release --target wasm32v1-none --no-default-features --features "$2" </dev/null || return
	[ -s "$RUNTIME_WASM" ] || {
		echo "there is no $RUNTIME_WASM" >&2
		return 1
	}
}

NODE_BINARY() { echo "$CARGO_TARGET_DIR/debug/salus-node"; }
VERIFIER_BINARY() { echo "$CARGO_TARGET_DIR/debug/salus-verify"; }

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
