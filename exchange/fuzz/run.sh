#!/usr/bin/env bash
# Lets schemathesis try a gateway: see README.md.
#
#   run.sh [EXAMPLES [SEED [LEAST]]]   so many examples of each operation; fails too if there were fewer requests than LEAST altogether, or if
#                                      hardly any of the signed requests were answered with what they asked for
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
	local name=$1 document=$2 url=$3 count
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
# The document of the face for others, with what the program holds in the place of what such things look like: nobody guesses a handle.
known() {
	python3 - "$PWD/gateway/openapi/outside.json" "$(said patient)" <<-'END'
		import json, sys

		document, patient = json.load(open(sys.argv[1])), sys.argv[2]
		parameters = document["components"]["parameters"]
		body = document["paths"]["/fhir/Patient/$match"]["post"]["requestBody"]["content"]["application/fhir+json"]
		patients = [patient, "0x" + "22" * 32]
		asked = [{"resourceType": "Patient", "identifier": [{"system": "urn:salus:handle", "value": each}]} for each in patients]
		for place, what in [
		    (parameters["patient"], patients),
		    (parameters["type"], ["Observation", "Patient"]),
		    (parameters["id"], ["p"] + [f"r{at}" for at in range(50)]),
		    # A list of none: what is made up is no list.
		    (parameters["openings"], ["W10"]),
		    (body, [{"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": each}]} for each in asked]),
		]:
		    place["schema"] = {"enum": what}
		json.dump(document, sys.stdout)
	END
}
# How many signed requests of a route were answered with 200.
answered() { grep -cFx "answered $1 200" "$out/said" || true; }
# How many entries of the log are of releases. A page has 500.
released() {
	local from=0 count=0 page
	while :; do
		page=$(curl --noproxy '*' -fsS -H "Authorization: Bearer $(said token)" "$(said inside)/log?from=$from") || return 1
		[ -n "$page" ] || break
		from=$((from + $(wc -l <<<"$page")))
		count=$((count + $(grep -c '"outcome":"released"' <<<"$page" || true)))
	done
	echo "$count"
}
echo "seed $seed"
started=$(memory VmRSS)
outside=$PWD/gateway/openapi/outside.json
try outside "$outside" "$(said outside)"
try signed "$outside" "$(said signing)"
known >"$out/known.json"
try known "$out/known.json" "$(said signing)" --include-operation-id-regex '^(read|vread|match|search|export|summary|receipt)$'
# A gateway that refuses all of them would have passed until here.
enough=3
for route in read search '$export' '$summary' '$match'; do
	count=$(answered "$route")
	echo "== $count signed requests of $route were answered with 200"
	if [ "$count" -lt "$enough" ]; then
		echo "fewer than $enough"
		failed=1
	fi
done
# Each record that is read is a release, and in the log before it leaves.
releases=$(released) || { echo 'the log cannot be read'; releases=0 failed=1; }
echo "== $releases entries of the log are of releases"
if [ "$releases" -lt "$(answered read)" ] || [ "$releases" = 0 ]; then
	echo 'fewer than records were read'
	failed=1
fi
try inside "$PWD/gateway/openapi/inside.json" "$(said inside)" -H "Authorization: Bearer $(said token)"
if grep -E 'a request failed|panicked' "$out/log"; then failed=1; fi
echo "$requests requests in all; the gateway's memory (the node that is none is in the same process): $started at the start, at most $(memory VmHWM)"
if [ "$requests" -lt "$least" ]; then
	echo "fewer than $least"
	failed=1
fi
exit $failed
