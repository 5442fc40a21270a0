# shellcheck shell=bash
# Part of scripts/check-deploy.sh: settings, flags, metrics and system calls of a real node.

# The settings as operators install them, on a network of a specification file. Only paths and
# ports differ.
start_with_settings() {
	binary || return 1
	local base=$WORK/settings SALUS_ARGS=
	P2P=$(a_port) RPC=$(a_port) ADMIN=$(a_port) METRICS=$(a_port)
	mkdir -p "$base"
	"$BINARY" build-spec --chain local --disable-default-bootnode >"$base/spec.json" 2>"$base/spec.log" || { cat "$base/spec.log"; return 1; }
	"$BINARY" key generate-node-key --base-path "$base" --chain "$base/spec.json" 2>"$base/peer-id" || { cat "$base/peer-id"; return 1; }
	# shellcheck source=deploy/systemd/salus-node.default
	source deploy/systemd/salus-node.default || return 1
	SALUS_ARGS=$(sed "s#/etc/salus/chain-spec.json#$base/spec.json#; s#/var/lib/salus#$base#; s#tcp/30333#tcp/$P2P#
		s#:9944#:$RPC#; s#:9945#:$ADMIN#; s#port 9615#port $METRICS#" <<<"$SALUS_ARGS")
	# As systemd splits it: at white space.
	# shellcheck disable=SC2086
	"$BINARY" $SALUS_ARGS >"$base/log" 2>&1 </dev/null &
	echo $! >"$base/pid"
	printf '%s\n' "$RPC" "$ADMIN" "$METRICS" >"$base/ports"
	await 300 curl -sf --noproxy '*' "http://127.0.0.1:$METRICS/metrics" || { tail "$base/log"; return 1; }
	grep -q 'Role: AUTHORITY' "$base/log" || { head -n 20 "$base/log"; return 1; }
}
check 'settings: a validator starts with them' start_with_settings
[ ! -s "$WORK/settings/pid" ] || PIDS+=("$(cat "$WORK/settings/pid")")
{ read -r RPC && read -r ADMIN && read -r METRICS; } <"$WORK/settings/ports" 2>/dev/null || RPC=1 ADMIN=1 METRICS=1

listeners() {
	local method
	expect true "$(call "http://127.0.0.1:$RPC" system_health | jq 'has("result")')" 'a safe method on the first listener' || return 1
	for method in author_rotateKeys system_peers system_addReservedPeer author_hasKey; do
		expect true "$(call "http://127.0.0.1:$RPC" "$method" | jq 'has("error")')" "$method on the first listener, an error" || return 1
	done
	call "http://127.0.0.1:$RPC" author_rotateKeys | found 'unsafe' || { call "http://127.0.0.1:$RPC" author_rotateKeys; return 1; }
	expect true "$(call "http://127.0.0.1:$ADMIN" system_peers | jq 'has("result")')" 'an unsafe method on the second listener'
}
check 'settings: unsafe methods are answered on the second listener alone' listeners

foreign_host() {
	local port status
	for port in "$RPC" "$ADMIN"; do
		status=$(curl -s -o /dev/null -w '%{http_code}' --noproxy '*' -H 'Host: attacker.example' -H 'content-type: application/json' \
			-d '{"jsonrpc":"2.0","id":1,"method":"system_health","params":[]}' "http://127.0.0.1:$port")
		expect 403 "$status" "a request with a foreign Host header to $port" || return 1
	done
}
check 'settings: a foreign Host header is refused (DNS rebinding)' foreign_host

loopback_only() {
	have ss || { echo 'there is no ss: apt-get install iproute2'; return 1; }
	local port
	for port in "$RPC" "$ADMIN" "$METRICS"; do
		expect "127.0.0.1:$port" "$(ss -Hltn "sport = :$port" | awk '{ print $4 }' | sort -u | paste -sd ' ')" 'listening' || return 1
	done
}
check 'settings: RPC and metrics listen on loopback alone' loopback_only

# The flags that documents and files give to salus-node are flags of this binary.
flags() {
	binary || return 1
	local known flag bad=0
	known=$({
		"$BINARY" --help
		for sub in 'key generate' 'key insert' 'key generate-node-key' 'key inspect-node-key' 'key inspect' 'build-spec' 'purge-chain' 'check-block' 'export-blocks'; do
			# shellcheck disable=SC2086
			"$BINARY" $sub --help
		done
	} | grep -oE -- '--[a-z][a-z0-9-]+' | sort -u)
	for flag in $({
		grep -rhE 'salus-node (-|key|build-spec|purge-chain|check-block|run)' docs/operators deploy scripts/operator --include=*.md --include=*.sh --include=Containerfile |
			grep -vE 'journalctl|systemd|systemctl' | sed 's/.*salus-node \(--\?\|key\|build-spec\|purge-chain\|check-block\)/\1/'
		grep -v '^#' deploy/systemd/salus-node.default
		# Flags of the node that prose names in code.
		grep -rhoE '`--(validator|sync|state-pruning|blocks-pruning|rpc|reserved|no-|name|pool|prometheus|enable-log|password|db-|alice|unsafe-rpc)[a-z-]*' docs/operators
	} | grep -oE -- '--[a-z][a-z0-9-]+' | sort -u); do
		grep -qx -- "$flag" <<<"$known" || { echo "the binary does not know $flag"; bad=1; }
	done
	return $bad
}
check 'documents: every flag of salus-node exists' flags

# A chain that makes blocks, for what is only counted there.
start_dev() {
	binary || return 1
	DEV_RPC=$(a_port) DEV_METRICS=$(a_port)
	local traced=()
	if obtain strace strace && strace -o /dev/null true 2>/dev/null; then
		traced=(strace -f -qq -o "$WORK/strace" -e signal=none)
	fi
	"${traced[@]}" "$BINARY" --dev --base-path "$WORK/dev" --port 0 --rpc-port "$DEV_RPC" \
		--prometheus-port "$DEV_METRICS" --no-telemetry >"$WORK/dev.log" 2>&1 </dev/null &
	echo $! >"$WORK/dev.pid"
	printf '%s\n' "$DEV_RPC" "$DEV_METRICS" >"$WORK/dev.ports"
	await 300 dev_finalises || { tail "$WORK/dev.log"; return 1; }
}
dev_finalises() {
	curl -s --noproxy '*' "http://127.0.0.1:$DEV_METRICS/metrics" | found -E '^substrate_block_height\{.*status="finalized".* ([2-9]|[1-9][0-9]+)$'
}
check 'node: a development chain makes final blocks' start_dev
[ ! -s "$WORK/dev.pid" ] || PIDS+=("$(cat "$WORK/dev.pid")")
{ read -r DEV_RPC && read -r DEV_METRICS; } <"$WORK/dev.ports" 2>/dev/null || DEV_RPC=1 DEV_METRICS=1

queries() {
	cat deploy/prometheus/alerts.yml
	jq -r '.panels[].targets[]?.expr' deploy/grafana/salus.json
}
# named PREFIX: the metrics that alerts and dashboard ask for.
named() { queries | grep -oE "\b$1_[a-zA-Z0-9_]+" | sort -u; }
all_there() {
	local metric bad=0 found=$1
	shift
	[ $# -gt 0 ] || { echo 'nothing is asked for: the search is wrong'; return 1; }
	for metric in "$@"; do
		grep -qE "^${metric}[ {]" <<<"$found" || { echo "there is no metric $metric"; bad=1; }
	done
	return $bad
}
node_metrics() {
	local metrics asked
	# Something for the counters of RPC and the pool.
	call "http://127.0.0.1:$DEV_RPC" author_submitExtrinsic '["0x00"]' >/dev/null
	call "http://127.0.0.1:$DEV_RPC" system_health >/dev/null
	metrics=$(curl -s --noproxy '*' "http://127.0.0.1:$DEV_METRICS/metrics"; curl -s --noproxy '*' "http://127.0.0.1:$METRICS/metrics")
	mapfile -t asked < <(named substrate)
	all_there "$metrics" "${asked[@]}"
}
check 'metrics: the node has those that alerts and dashboard ask for' node_metrics

machine_metrics() {
	obtain prometheus-node-exporter prometheus-node-exporter || return 1
	local port asked metrics exporter
	port=$(a_port)
	prometheus-node-exporter --web.listen-address="127.0.0.1:$port" >"$WORK/exporter.log" 2>&1 &
	exporter=$!
	await 15 curl -sf --noproxy '*' "http://127.0.0.1:$port/metrics"
	metrics=$(curl -s --noproxy '*' "http://127.0.0.1:$port/metrics")
	kill "$exporter"
	mapfile -t asked < <(named node)
	all_there "$metrics" "${asked[@]}"
}
check 'metrics: the node exporter has those that alerts and dashboard ask for' machine_metrics

system_calls() {
	[ -s "$WORK/strace" ] || { echo 'the node was not traced: strace is missing, or not permitted (root)'; return 1; }
	calls_allowed "$WORK/strace" deploy/systemd/salus-node.service
}
check 'systemd: the unit allows every system call that the node makes' system_calls
