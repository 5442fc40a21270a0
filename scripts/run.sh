#!/usr/bin/env bash
# Starts Salus on this machine: sets it up, builds the node and the gateway, starts a development chain and plays
# the care journey on it, between the gateways of a hospital and a clinic.
#
#   scripts/run.sh             and keeps serving the chain, on ws://127.0.0.1:9944, and both gateways until Ctrl-C
#   scripts/run.sh --once      and stops; the exit code is the journey's
#   scripts/run.sh --no-journey  only serves the chain: whose gateways they are, the journey decides
#   scripts/run.sh --no-gateways  builds and starts no gateway; the journey names the chapters that it leaves out
#   scripts/run.sh --fhir      the clinic keeps its records in a FHIR server that others wrote, and its gateway takes them from
#                              there; that server is installed first (scripts/setup.sh --fhir). Goes with --once
#   scripts/run.sh --parachain [--once | --no-journey | --no-gateways]  the same with the parachain, alone, on polkadot-omni-node
#                              (scripts/setup.sh --parachain gets it); under a relay chain: scripts/network.sh parachain
#
# The first run compiles everything: 25 to 35 minutes on two cores. Later ones take a minute. The journey takes six.
# The chain is a fresh one each time and leaves nothing behind.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

ONCE='' JOURNEY=1 PARACHAIN='' GATEWAYS=1 FHIR=''
PORT=${SALUS_RPC_PORT:-9944}
for argument in "$@"; do
	case $argument in
		--once) ONCE=1 ;;
		--no-journey) JOURNEY='' GATEWAYS='' ;;
		--no-gateways) GATEWAYS='' ;;
		--parachain) PARACHAIN=1 ;;
		--fhir) FHIR=1 ;;
		*)
			sed -n '2,16s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			exit 2
			;;
	esac
done

[ -z "$FHIR" ] || [ -n "$GATEWAYS" ] || die "--fhir is about a gateway before that server: it does not go with --no-gateways or --no-journey"
# Before twenty minutes of building, not after them.
port_busy "$PORT" && die "port $PORT is in use: stop what listens there, or choose another with SALUS_RPC_PORT=9955 scripts/run.sh"
if [ -n "$PARACHAIN" ]; then
	OMNI=$(relay_program polkadot-omni-node) || die "$(relay_hint polkadot-omni-node)"
	# So that the tests find the same.
	SALUS_RELAY_BIN=$(dirname "$OMNI")
	export SALUS_RELAY_BIN
fi

"$ROOT/scripts/setup.sh" ${FHIR:+--fhir}
load_env

if [ -x "$(NODE_BINARY)" ]; then
	say "Building the node (seconds if nothing changed)"
else
	say "Building the node for the first time (20 to 30 minutes on two cores)"
fi
STARTED=$SECONDS
BUILD_LOG=$SALUS_CACHE/build.log
if [ -t 1 ]; then
	env -u CARGO_TERM_PROGRESS_WHEN cargo build --locked -p salus-node -p salus-verify
else
	# Hundreds of lines that nobody reads; kept for when it fails.
	cargo build --locked -p salus-node -p salus-verify >"$BUILD_LOG" 2>&1 </dev/null || {
		tail -40 "$BUILD_LOG" >&2
		die "the build failed; the whole log is $BUILD_LOG"
	}
fi
note "built in $(duration $((SECONDS - STARTED)))"
if [ -n "$GATEWAYS" ]; then
	if [ -x "$(GATEWAY_BINARY)" ]; then
		say "Building the gateway (seconds if nothing changed)"
	else
		say "Building the gateway for the first time (about five minutes on two cores)"
	fi
	STARTED=$SECONDS
	in_exchange cargo build --locked -p salus-gateway >"$SALUS_CACHE/gateway.log" 2>&1 </dev/null || {
		tail -40 "$SALUS_CACHE/gateway.log" >&2
		die "the gateway was not built; the whole log is $SALUS_CACHE/gateway.log"
	}
	note "built in $(duration $((SECONDS - STARTED)))"
fi
if [ -n "$PARACHAIN" ]; then
	say "Building the parachain's runtime (about 8 minutes the first time)"
	STARTED=$SECONDS
	parachain_wasm
	export SALUS_PARACHAIN_WASM=$PARACHAIN_WASM
	note "built in $(duration $((SECONDS - STARTED)))"
fi

cleanup_at_exit
BASE=$(mktemp -d "${TMPDIR:-/tmp}/salus-dev.XXXXXX")
FOLDERS+=("$BASE")
LOG=$BASE/node.log
say "Starting a development chain (a few seconds)"
if [ -n "$PARACHAIN" ]; then
	parachain_alone "$BASE" "$PORT"
	export SALUS_CHAIN=parachain SALUS_PARACHAIN_SPEC=$PARACHAIN_SPEC
else
	# The chain is thrown away at the end: it keeps every state, as --tmp would, so that the journey can ask for old ones.
	"$(NODE_BINARY)" --dev --runtime-cache-path "$RUNTIME_CACHE" --base-path "$BASE" --rpc-port "$PORT" --port 0 \
		--state-pruning archive-canonical \
		--no-prometheus --no-telemetry >"$LOG" 2>&1 </dev/null &
	PIDS+=($!)
fi
# The port is the documented one, to which people connect: not any that is free.
SERVES=$(rpc_port "${PIDS[0]}" "$LOG" 120) || die "the node did not start; its last lines are above"
[ "$SERVES" = "$PORT" ] || die "port $PORT was taken meanwhile: stop what listens there, or choose another with SALUS_RPC_PORT=9955 scripts/run.sh"
wait_for_rpc "http://127.0.0.1:$PORT" "${PIDS[0]}" "$LOG" 120 || die "the node did not start; its last lines are above"
note "the chain runs on ws://127.0.0.1:$PORT"

if [ -n "$FHIR" ]; then
	say "Starting the FHIR server of the clinic, without any record"
	fhir_server_alone "$BASE/fhir" || die "the FHIR server did not start; its last lines are above"
	export SALUS_FHIR_SERVER=$FHIR_SERVER
	note "Medplum $MEDPLUM serves FHIR R4 on $FHIR_SERVER, from memory"
fi

CODE=0
if [ -n "$JOURNEY" ]; then
	say "The care journey (about six minutes)"
	STARTED=$SECONDS
	HOW=(--no-gateways)
	[ -z "$GATEWAYS" ] || HOW=(--keep "$BASE/houses")
	SALUS_WS=ws://127.0.0.1:$PORT SALUS_NODE=$(NODE_BINARY) SALUS_VERIFY=$(VERIFIER_BINARY) SALUS_GATEWAY=$(GATEWAY_BINARY) \
		npm run --silent journey --workspace @salus/e2e -- "${HOW[@]}" </dev/null || CODE=$?
	if [ "$CODE" = 0 ]; then
		note "the journey ended well in $(duration $((SECONDS - STARTED)))"
	else
		warn "the journey failed (exit code $CODE); the node's last lines:"
		tail -20 "$LOG" | sed 's/^/    node: /' >&2
		[ -z "$FHIR" ] || tail -20 "$BASE/fhir/log" | sed 's/^/    FHIR server: /' >&2
	fi
fi
[ -n "$ONCE" ] && exit "$CODE"

trap 'echo; note "stopped"; exit 0' INT TERM
say "Serving on ws://127.0.0.1:$PORT until Ctrl-C"
note "Polkadot.js Apps connects there. The node's log: $LOG"
# The journey has stopped them: they go on where they were, as after any stop.
for house in hospital clinic; do
	folder=$BASE/houses/$house-gateway
	[ -e "$folder/gateway.toml" ] || continue
	gateway_alone "$folder" || die "the gateway of the $house does not start again; its last lines are above"
	note "The $house's gateway: http://$GATEWAY_OUTSIDE for others, http://$GATEWAY_INSIDE for the house, with the token in"
	note "    $folder/inside.token"
done
[ -z "$FHIR" ] || note "The clinic's FHIR server: $FHIR_SERVER. What is put there, its gateway takes within ten seconds"
wait "${PIDS[0]}" || die "the node stopped by itself; its last lines: $(tail -5 "$LOG")"
