#!/usr/bin/env bash
# Breaks networks of real nodes, and looks whether they survive. Ends with node's "# pass N", "# fail N".
#
#   scripts/network.sh            all tests: about an hour on two cores
#   scripts/network.sh TEST...    only these
#   scripts/network.sh --list     what there is
#
# Each test makes a chain and starts four validators or more, of which it kills, cuts off, fools or
# doubles some. It takes the binaries of node and verifier as scripts/run.sh built them, or those named in
# SALUS_NODE and SALUS_VERIFY. The test `upgrade` also needs a newer runtime: the file named in SALUS_UPGRADE_WASM. The tests `gateway` and `epochs` also need
# the gateway that scripts/run.sh built, or the one named in SALUS_GATEWAY.
# `parachain` and `parachain-receipts` need the programs of a relay chain (scripts/setup.sh --parachain); without them they are left out
# of a run of all. They build the parachain's runtime, `parachain` a newer one too, or take those named in SALUS_PARACHAIN_WASM and
# SALUS_PARACHAIN_UPGRADE_WASM: about 8 minutes the first time, then 20 for `parachain` and 10 for `parachain-receipts`.
#
# Needs root, for network namespaces and small disks. Everything runs in namespaces of its own (network,
# mounts, processes): nothing is seen from outside, and with the last process everything is gone. The nodes'
# logs are gone too, unless SALUS_NETWORK_LOGS names a folder to keep them in. Missing Debian packages
# (faketime, iproute2, util-linux) are installed; npm packages go into this folder.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

TESTS=e2e/src/network/tests
all_tests() { for file in "$TESTS"/*.test.ts; do basename "$file" .test.ts; done; }

NAMES=()
for argument in "$@"; do
	case $argument in
		--list)
			for name in $(all_tests); do
				printf '%-14s %s\n' "$name" "$(sed -n '1s/^\/\*\* *\(.*\) \*\/$/\1/p' "$TESTS/$name.test.ts")"
			done
			exit 0
			;;
		-h | --help)
			sed -n '2,19s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			exit 0
			;;
		*)
			[ -f "$TESTS/$argument.test.ts" ] || die "unknown test '$argument'; there are: $(all_tests | tr '\n' ' ')"
			NAMES+=("$argument")
			;;
	esac
done
if [ ${#NAMES[@]} = 0 ]; then
	mapfile -t NAMES < <(all_tests)
	LACKS=$(relay_missing)
	[ -z "$LACKS" ] || {
		note "parachain and parachain-receipts are left out; $(relay_hint "$LACKS")"
		mapfile -t NAMES < <(all_tests | grep -v '^parachain')
	}
fi
PARACHAIN=''
[[ " ${NAMES[*]} " != *" parachain"* ]] || PARACHAIN=1

[ "$(id -u)" = 0 ] || die "the network tests need root, for network namespaces and small disks: sudo -E scripts/network.sh"
load_env
NODE=${SALUS_NODE:-$(NODE_BINARY)}
[ -x "$NODE" ] || die "there is no node at $NODE: build it with scripts/run.sh --once, or name one in SALUS_NODE"
VERIFY=${SALUS_VERIFY:-$(VERIFIER_BINARY)}
[ -x "$VERIFY" ] || die "there is no verifier at $VERIFY: build it with scripts/run.sh --once, or name one in SALUS_VERIFY"
if [[ " ${NAMES[*]} " == *" gateway "* || " ${NAMES[*]} " == *" epochs "* ]]; then
	export SALUS_GATEWAY=${SALUS_GATEWAY:-$(GATEWAY_BINARY)}
	[ -x "$SALUS_GATEWAY" ] || die "there is no gateway at $SALUS_GATEWAY: build it with scripts/run.sh --once, or name one in SALUS_GATEWAY"
fi
if [ -n "$PARACHAIN" ]; then
	LACKS=$(relay_missing)
	[ -z "$LACKS" ] || die "$(relay_hint "$LACKS")"
	say "The parachain's runtime (about 8 minutes the first time)"
	parachain_wasm
	export SALUS_PARACHAIN_WASM=$PARACHAIN_WASM
	if [[ " ${NAMES[*]} " == *" parachain "* ]]; then
		SALUS_PARACHAIN_UPGRADE_WASM=${SALUS_PARACHAIN_UPGRADE_WASM:-$(scripts/rehearsal.sh --parachain)}
		export SALUS_PARACHAIN_UPGRADE_WASM
	fi
fi

if [ $# = 0 ]; then
	say "All ${#NAMES[@]} network tests: about an hour on two cores${PARACHAIN:+, and 30 for the parachain}"
else
	say "Network tests: ${NAMES[*]} (two to five minutes each${PARACHAIN:+, parachain twenty, parachain-receipts ten})"
fi

MISSING=()
for pair in faketime:faketime ip:iproute2 unshare:util-linux mount:mount; do
	have "${pair%%:*}" || MISSING+=("${pair#*:}")
done
if [ ${#MISSING[@]} -gt 0 ]; then
	say "Installing ${MISSING[*]}"
	have apt-get || die "install these with your system's package manager: ${MISSING[*]}"
	INSTALL_LOG=$SALUS_CACHE/apt-network.log
	{ apt-get update && apt-get install --yes --no-install-recommends "${MISSING[@]}"; } >"$INSTALL_LOG" 2>&1 </dev/null || {
		tail -20 "$INSTALL_LOG" >&2
		die "could not install ${MISSING[*]}; the whole log is $INSTALL_LOG"
	}
fi
[ -d node_modules ] || {
	say "Installing npm packages"
	npm ci --no-audit --no-fund >"$SALUS_CACHE/npm-network.log" 2>&1 </dev/null || {
		tail -20 "$SALUS_CACHE/npm-network.log" >&2
		die "npm ci failed"
	}
}
npm run --silent build </dev/null

TMP=$(mktemp -d "${TMPDIR:-/tmp}/salus-network.XXXXXX")
RUNNER=''
# With the runner the kernel ends all that it has started.
finish() {
	[ -z "$RUNNER" ] || { kill -KILL "$RUNNER" && wait "$RUNNER"; } 2>/dev/null || true
	rm -rf -- "$TMP"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
FILES=("${NAMES[@]/#/e2e/dist/network/tests/}")

# In namespaces of its own. The first process in there is the shell below; when it ends, for whatever
# reason, the kernel ends all the others. Network namespaces made inside are named in a place that is
# not seen outside.
CODE=0
SALUS_NODE=$NODE SALUS_VERIFY=$VERIFY TMPDIR=$TMP unshare --net --mount --pid --fork --kill-child=SIGKILL --mount-proc \
	bash -c '
		mkdir -p /run/netns && mount -t tmpfs salus-test /run/netns && ip link set lo up || exit 1
		node --test --test-force-exit --test-concurrency=1 --test-timeout=2400000 "$@"
	' network "${FILES[@]/%/.test.js}" </dev/null &
RUNNER=$!
wait "$RUNNER" || CODE=$?
RUNNER=''
exit "$CODE"
