#!/usr/bin/env bash
# Lets schemathesis try a gateway: see README.md. The number of examples of each operation is the first argument.
set -euo pipefail
cd "$(dirname "$0")/.."
examples=${1:-200}
seed=${2:-$RANDOM}
fuzz=$PWD/fuzz
out=$(mktemp -d)
cargo build --locked --quiet -p salus-gateway --example fuzzed
program=${CARGO_TARGET_DIR:-target}/debug/examples/fuzzed
# It answers until its input ends.
mkfifo "$out/input"
"$program" <"$out/input" >"$out/said" 2>"$out/log" &
pid=$!
exec 3>"$out/input"
trap 'exec 3>&-; wait $pid || true' EXIT
for _ in $(seq 100); do
	if grep -q '^patient' "$out/said"; then break; fi
	sleep 0.1
done
said() { sed -n "s/^$1 //p" "$out/said"; }
checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
failed=0
try() {
	local name=$1 document=$PWD/gateway/openapi/$2.json url=$3
	shift 3
	echo "== $name"
	# It leaves a folder where it runs.
	(cd "$out" && schemathesis --config-file "$fuzz/schemathesis.toml" run "$document" --url "$url" --checks "$checks" --max-examples "$examples" --seed "$seed" \
		--mode all --phases examples,coverage,fuzzing --continue-on-failure --workers 1 --no-color "$@") | tee "$out/$name" || failed=1
}
echo "seed $seed"
try outside outside "$(said outside)"
try signed outside "$(said signing)"
try inside inside "$(said inside)" -H "Authorization: Bearer $(said token)"
kill -0 $pid || { echo 'the gateway has ended'; failed=1; }
if grep 'a request failed' "$out/log"; then failed=1; fi
exit $failed
