#!/usr/bin/env bash
# Measures what a gateway adds to a FHIR server: one read, a page of 50 resources, and 200 resources on two pages; p50, p99 and requests a second,
# in one run with the bare server and with one that only answers what it has prepared (docs/exchange/load.md).
#
#   scripts/exchange-load.sh [REQUESTS]     as many requests for each figure (200)
#
# Builds the gateway as it is shipped, and starts a development chain and the FHIR server of
# scripts/run.sh --fhir. SALUS_NODE and SALUS_GATEWAY name programs that are built already.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
[[ ${1-200} =~ ^[0-9]+$ ]] || {
	sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
	exit 2
}
export SALUS_LOAD_REQUESTS=${1-200}
"$ROOT/scripts/setup.sh" --fhir
load_env

if [ -z "${SALUS_NODE-}" ]; then
	say "Building the node (seconds if nothing changed)"
	cargo build --locked -p salus-node >"$SALUS_CACHE/build.log" 2>&1 </dev/null || die "the build failed; the log is $SALUS_CACHE/build.log"
	SALUS_NODE=$(NODE_BINARY)
fi
if [ -z "${SALUS_GATEWAY-}" ]; then
	say "Building the gateway as it is shipped (longer than for the tests: everything is optimised)"
	in_exchange cargo build --release --locked -p salus-gateway >"$SALUS_CACHE/gateway.log" 2>&1 </dev/null ||
		die "the gateway was not built; the log is $SALUS_CACHE/gateway.log"
	SALUS_GATEWAY=$CARGO_TARGET_DIR/exchange/release/salus-gateway
fi
export SALUS_NODE SALUS_GATEWAY

cleanup_at_exit
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/salus-load.XXXXXX")
FOLDERS+=("$FOLDER")
say "Starting a development chain and a FHIR server"
"$SALUS_NODE" --dev --runtime-cache-path "$RUNTIME_CACHE" --base-path "$FOLDER/chain" --rpc-port 0 --port 0 --no-prometheus --no-telemetry \
	>"$FOLDER/node.log" 2>&1 </dev/null &
SALUS_NODE_PID=$!
PIDS+=("$SALUS_NODE_PID")
PORT=$(rpc_port "$SALUS_NODE_PID" "$FOLDER/node.log" 240) || die "the node did not start; its last lines are above"
wait_for_rpc "http://127.0.0.1:$PORT" "$SALUS_NODE_PID" "$FOLDER/node.log" 240 || die "the node did not start; its last lines are above"
fhir_server_alone "$FOLDER/fhir" || die "the FHIR server did not start; its last lines are above"
SALUS_FHIR_PID=${PIDS[-1]}
export SALUS_NODE_PID SALUS_FHIR_PID SALUS_FHIR_SERVER=$FHIR_SERVER SALUS_WS=ws://127.0.0.1:$PORT
npx --no-install tsc -b clients e2e
say "Asking ($SALUS_LOAD_REQUESTS requests for each figure)"
node e2e/dist/load.js </dev/null
