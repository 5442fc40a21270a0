#!/usr/bin/env bash
# Lets schemathesis try a gateway: see README.md.
#
#   run.sh [EXAMPLES [SEED [LEAST]]]   so many examples of each operation; fails too if there were fewer requests than LEAST altogether
#
# It takes the program that SALUS_FUZZED names, or builds it.
set -euo pipefail
cd "$(dirname "$0")/.."
examples=${1:-200}
seed=${2:-$RANDOM}
least=${3:-0}
# A request that is not answered within so many seconds hangs.
patience=60
fuzz=$PWD/fuzz
out=$(mktemp -d)
program=${SALUS_FUZZED-}
if [ -z "$program" ]; then
	cargo build --locked --quiet -p salus-gateway --example fuzzed
	program=${CARGO_TARGET_DIR:-target}/debug/examples/fuzzed
fi
# It answers until its input ends.
mkfifo "$out/input"
"$program" <"$out/input" >"$out/said" 2>"$out/log" &
pid=$!
exec 3>"$out/input"
trap 'exec 3>&-; wait $pid || true; rm -rf -- "$out"' EXIT
for _ in $(seq 600); do
	if grep -q '^patient' "$out/said"; then break; fi
	sleep 0.1
done
said() { sed -n "s/^$1 //p" "$out/said"; }
memory() { awk -v name="$1:" '$1 == name { printf "%d MiB", $2 / 1024 }' "/proc/$pid/status"; }
checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
failed=0 requests=0
try() {
	local name=$1 document=$PWD/gateway/openapi/$2.json url=$3 count
	shift 3
	echo "== $name"
	# It leaves a folder where it runs.
	(cd "$out" && schemathesis --config-file "$fuzz/schemathesis.toml" run "$document" --url "$url" --checks "$checks" --max-examples "$examples" --seed "$seed" \
		--mode all --phases examples,coverage,fuzzing --continue-on-failure --workers 1 --request-timeout "$patience" --no-color "$@") | tee "$out/$name" || failed=1
	count=$(sed -n 's/^ *\([0-9][0-9,]*\) generated.*/\1/p' "$out/$name" | tr -d , | tail -1)
	requests=$((requests + ${count:-0}))
	kill -0 $pid || { echo 'the gateway has ended'; failed=1; exit 1; }
	echo "== $name: ${count:-no} requests; the gateway's memory: at most $(memory VmHWM), now $(memory VmRSS)"
}
echo "seed $seed"
started=$(memory VmRSS)
try outside outside "$(said outside)"
try signed outside "$(said signing)"
try inside inside "$(said inside)" -H "Authorization: Bearer $(said token)"
if grep -E 'a request failed|panicked' "$out/log"; then failed=1; fi
echo "$requests requests in all; the gateway's memory (the node that is none is in the same process): $started at the start, at most $(memory VmHWM)"
if [ "$requests" -lt "$least" ]; then
	echo "fewer than $least"
	failed=1
fi
exit $failed
