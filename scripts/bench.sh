#!/usr/bin/env bash
# Measures how much a node of this chain does: each call that is made most, beside plain transfers; questions of consent;
# how long a start takes; and a table of PostgreSQL with chained rows, if there is a PostgreSQL (apt-get install
# postgresql). What the columns mean, and what came out, is in docs/performance.md.
#
#   scripts/bench.sh                  all of it: half an hour on two cores, which nothing else should use
#   scripts/bench.sh --only TEXT      the parts whose name has that text, such as `consent.`, `decide`, `research`, `receipt`, `postgresql` or `start`
#   scripts/bench.sh --blocks         only whether full blocks take what they declare: twenty-five minutes
#   scripts/bench.sh --count N        with N transactions a row in place of as many as fill seven blocks after the last was handed in
#   scripts/bench.sh --patients N,... asks the questions of chains with so many patients besides, too: 1000,1000000. A million need 8 GiB
#                                     of memory, and ten minutes
#   scripts/bench.sh --json FILE      writes the figures there as well
#
# What is agreed of each call is in e2e/src/bench/agreed.ts: more than that ends with 1, and so do calls that fail.
# A run without --only and --blocks also says which rows of the table were not measured, such as the two of --patients.
#
# The node is the one of scripts/run.sh. Four validators under load are a network test: scripts/network.sh load.
# How long the calls take that are weighed is measured by scripts/weights.sh; pure functions by `cargo bench` in benches/.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

case ${1-} in
	-h | --help)
		sed -n '2,19s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
		exit 0
		;;
esac

"$ROOT/scripts/setup.sh"
load_env
if [ -n "${SALUS_NODE-}" ]; then
	say "The node is $SALUS_NODE"
else
	say "Building the node (20 to 30 minutes the first time, seconds if nothing changed)"
	cargo build --locked -p salus-node >"$SALUS_CACHE/build.log" 2>&1 </dev/null || {
		tail -40 "$SALUS_CACHE/build.log" >&2
		die "the build failed; the whole log is $SALUS_CACHE/build.log"
	}
	SALUS_NODE=$(NODE_BINARY)
	export SALUS_NODE
fi
say "Building the tools (under a minute)"
npx tsc -b clients e2e
# What turns it red must do so.
node --test e2e/dist/bench/gates.test.js >"$SALUS_CACHE/bench-gates.log" 2>&1 || {
	cat "$SALUS_CACHE/bench-gates.log" >&2
	die "the bench does not judge as it must"
}
say "Measuring (about half an hour)"
node scripts/machine.mjs
node e2e/dist/bench/main.js "$@"
