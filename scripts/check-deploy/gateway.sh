# shellcheck shell=bash
# Part of scripts/check-deploy.sh: the gateway: its settings, its metrics and system calls, a copy of its data that is put back.

GATEWAY_BINARY=${SALUS_GATEWAY:-$CARGO_TARGET_DIR/exchange/debug/salus-gateway}
gateway_binary() {
	[ -x "$GATEWAY_BINARY" ] || {
		echo "there is no gateway at $GATEWAY_BINARY: cd exchange && cargo build --locked -p salus-gateway, or name one with SALUS_GATEWAY"
		return 1
	}
}

# configure FOLDER: a configuration as docs/exchange/own-gateway.md has it, with secrets. Only paths and ports differ.
configure() {
	mkdir -p "$1/data"
	printf '0x%s\n' "$(openssl rand -hex 32)" >"$1/vault.key"
	openssl rand -hex 32 >"$1/inside.token"
	chmod 400 "$1/vault.key" "$1/inside.token"
	# The example in the document, between its first line and the node's kind.
	sed -n '/^    organisation = 3$/,/^    kind = /p' docs/exchange/own-gateway.md | sed "s/^    //; s/ *#.*//
		s#/var/lib/salus-gateway#$1/data#; s#/etc/salus-gateway#$1#; s#:8480#:$2#; s#:8481#:$3#; s#:9944#:$(a_port)#
		s#genesis = \".*\"#genesis = \"0x$(printf '11%.0s' $(seq 32))\"#" >"$1/gateway.toml"
}
inside() { # inside FOLDER PATH CURL_ARGUMENTS...
	curl -s --max-time 15 --noproxy '*' -H "Authorization: Bearer $(cat "$1/inside.token")" "http://127.0.0.1:$(cat "$1/port")$2" "${@:3}"
}
start_gateway() { # start_gateway FOLDER [PROGRAM...]: in front of the program, such as strace
	local folder=$1
	shift
	"$@" "$GATEWAY_BINARY" run "$folder/gateway.toml" >"$folder/log" 2>&1 </dev/null &
	echo $! >"$folder/pid"
	await 60 grep -q '^listening' "$folder/log" || { cat "$folder/log"; return 1; }
}
stop_gateway() {
	local pid
	pid=$(cat "$1/pid")
	# Behind strace the gateway is its child.
	kill -TERM "$(pgrep -P "$pid" || echo "$pid")"
	await 20 sh -c "! kill -0 $pid 2>/dev/null"
}

gateway_starts() {
	gateway_binary || return 1
	local folder=$WORK/gateway traced=()
	configure "$folder" "$(a_port)" "$(a_port | tee "$WORK/gateway.port")" || return 1
	cp "$WORK/gateway.port" "$folder/port"
	"$GATEWAY_BINARY" check-config "$folder/gateway.toml" || return 1
	if obtain strace strace && strace -o /dev/null true 2>/dev/null; then
		traced=(strace -f -qq -o "$WORK/strace-gateway" -e signal=none)
	fi
	start_gateway "$folder" "${traced[@]}"
}
check 'gateway: it starts with the configuration of its document' gateway_starts

A_RECORD='{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"I10"}]}}'
gateway_answers() {
	local folder=$WORK/gateway
	expect held "$(inside "$folder" /links --data "{\"handle\":\"0x$(printf '22%.0s' $(seq 32))\",\"patient\":\"p\"}" >/dev/null
		inside "$folder" /ingest -H 'Content-Type: application/fhir+json' --data-binary "$A_RECORD" | jq -r '.results[0].state')" 'a record' || return 1
	expect 401 "$(curl -s -o /dev/null -w '%{http_code}' --noproxy '*' "http://127.0.0.1:$(cat "$folder/port")/metrics")" 'metrics without the token'
}
check 'gateway: it keeps a record, and tells nothing without the token' gateway_answers

gateway_metrics() {
	local metrics asked
	metrics=$(inside "$WORK/gateway" /metrics)
	mapfile -t asked < <({ cat deploy/prometheus/gateway-alerts.yml; jq -r '.panels[].targets[]?.expr' deploy/grafana/salus-gateway.json; } | grep -oE '\bsalus_gateway_[a-zA-Z0-9_]+' | sort -u)
	[ "${#asked[@]}" -ge 8 ] || { echo 'too few are asked for: the search is wrong'; return 1; }
	local metric bad=0
	for metric in "${asked[@]}"; do
		# It is told only if a node answers.
		[ "$metric" != salus_gateway_block_age_seconds ] || { grep -q '"block_age_seconds"' exchange/gateway/src/meters.rs && continue; }
		grep -qE "^${metric}[ {]" <<<"$metrics" || { echo "there is no metric $metric"; bad=1; }
	done
	return $bad
}
check 'metrics: the gateway has those that alerts and dashboard ask for' gateway_metrics

gateway_copies() {
	gateway_binary || return 1
	obtain age age || return 1
	local folder=$WORK/gateway other=$WORK/gateway-2
	age-keygen -o "$WORK/gateway.age-key" 2>/dev/null
	# While it runs a copy would be of no moment.
	if scripts/operator/gateway-backup.sh --out "$WORK/gateway.age" --recipient "$(age-keygen -y "$WORK/gateway.age-key")" --data "$folder/data" --stopped >"$WORK/backup.log" 2>&1; then
		echo 'a gateway that runs was copied'
		return 1
	fi
	grep -q 'open: a copy of it now' "$WORK/backup.log" || { cat "$WORK/backup.log"; return 1; }
	stop_gateway "$folder" || return 1
	scripts/operator/gateway-backup.sh --out "$WORK/gateway.age" --recipient "$(age-keygen -y "$WORK/gateway.age-key")" --data "$folder/data" --stopped || return 1
	# Nothing of it can be read without the key, and it is not made twice.
	! grep -qa 'Condition' "$WORK/gateway.age" || { echo 'the copy is not encrypted'; return 1; }
	if scripts/operator/gateway-backup.sh --out "$WORK/gateway.age" --recipient "$(age-keygen -y "$WORK/gateway.age-key")" --data "$folder/data" --stopped 2>/dev/null; then return 1; fi
	mkdir -p "$other"
	cp -p "$folder/vault.key" "$folder/inside.token" "$folder/port" "$other/"
	sed "s#$folder#$other#" "$folder/gateway.toml" >"$other/gateway.toml"
	SALUS_GATEWAY=$GATEWAY_BINARY scripts/operator/gateway-restore.sh --from "$WORK/gateway.age" --identity "$WORK/gateway.age-key" --config "$other/gateway.toml" --data "$other/data" --owner "$(id -un)" || return 1
	start_gateway "$other" || return 1
	expect same "$(inside "$other" /ingest -H 'Content-Type: application/fhir+json' --data-binary "$A_RECORD" | jq -r '.results[0].state')" 'the record after it was put back'
	local found=$?
	stop_gateway "$other"
	return $found
}
check 'gateway: a copy is encrypted, not made while it runs, and can be put back' gateway_copies

gateway_wrong_copies() {
	gateway_binary || return 1
	local folder=$WORK/gateway other=$WORK/gateway-3
	mkdir -p "$other"
	cp -p "$folder/inside.token" "$other/"
	sed "s#$folder#$other#" "$folder/gateway.toml" >"$other/gateway.toml"
	restore() { SALUS_GATEWAY=$GATEWAY_BINARY scripts/operator/gateway-restore.sh --identity "$WORK/gateway.age-key" --config "$other/gateway.toml" --data "$other/data" --owner "$(id -un)" --from "$1" 2>&1; }
	head -c 4000 "$WORK/gateway.age" >"$WORK/cut.age"
	if restore "$WORK/cut.age" >"$WORK/restore.log"; then echo 'a copy that is cut off was put back'; return 1; fi
	[ ! -e "$other/data" ] && grep -q 'nothing was put back' "$WORK/restore.log" || { cat "$WORK/restore.log"; return 1; }
	# Another vault's key.
	printf '0x%s\n' "$(openssl rand -hex 32)" >"$other/vault.key"
	chmod 400 "$other/vault.key"
	if restore "$WORK/gateway.age" >"$WORK/restore.log"; then echo 'it starts with another key'; return 1; fi
	grep -q "vault's key" "$WORK/restore.log" || { cat "$WORK/restore.log"; return 1; }
	# What is there already is not overwritten.
	if restore "$WORK/gateway.age" >"$WORK/restore.log"; then echo 'data was overwritten'; return 1; fi
	grep -q 'is not empty' "$WORK/restore.log" || { cat "$WORK/restore.log"; return 1; }
}
check 'gateway: a copy that is cut off, another key, and a folder that is full are refused' gateway_wrong_copies

gateway_calls() {
	[ -s "$WORK/strace-gateway" ] || { echo 'the gateway was not traced: strace is missing, or not permitted (root)'; return 1; }
	# SQLite gives files to the owner of the folder if it runs as root, as here, and never in the unit.
	grep -v ' fchown(' "$WORK/strace-gateway" >"$WORK/strace-gateway.1"
	calls_allowed "$WORK/strace-gateway.1" deploy/systemd/salus-gateway.service
}
check 'systemd: the unit allows every system call that the gateway makes' gateway_calls
for folder in "$WORK/gateway" "$WORK/gateway-2"; do
	[ ! -s "$folder/pid" ] || PIDS+=("$(cat "$folder/pid")")
done
# shellcheck source=/dev/null
source "$ROOT/scripts/check-deploy/gateway-nginx.sh"
