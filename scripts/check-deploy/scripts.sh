# shellcheck shell=bash
# Part of scripts/check-deploy.sh: the operators' scripts against real nodes.

OPERATOR=$ROOT/scripts/operator
# //Alice, the validator of the development chain, and //Ferdie, who is none.
ALICE=0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d
ALICE_SS58=5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY
FERDIE=0x1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c

prepare_validator() {
	binary || return 1
	local base=$WORK/new spec=$WORK/new-spec.json ports=(--port "$(a_port)" --local-ports "$(a_port)")
	export SALUS_NODE=$BINARY
	"$BINARY" build-spec --chain local --disable-default-bootnode >"$spec" 2>/dev/null || return 1
	# A closed specification is told from an open one.
	"$OPERATOR/new-validator.sh" --check --chain "$spec" --public-address 10.90.0.14 --base-path "$base" --user "$(id -un)" "${ports[@]}" >"$WORK/new.1" 2>&1
	grep -q 'not closed' "$WORK/new.1" || { cat "$WORK/new.1"; return 1; }
	[ ! -e "$base" ] || { echo '--check has made something'; return 1; }
	jq '.closed = true | .reservedNodes = ["/ip4/10.90.0.11/tcp/30333/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp"]' "$spec" >"$WORK/closed.json"
	"$OPERATOR/new-validator.sh" --check --chain "$WORK/closed.json" --public-address 10.90.0.14 --base-path "$base" --user "$(id -un)" "${ports[@]}" >"$WORK/new.3" 2>&1
	grep -q 'closed: only reserved nodes are let in; 1 are named' "$WORK/new.3" || { cat "$WORK/new.3"; return 1; }
}
check 'new-validator.sh: --check tells a closed specification from an open one, and makes nothing' prepare_validator

# What does not hold on a machine for tests (a synchronised clock, say) is no failure of the script:
# then it must have made nothing. The rest is looked at by way of a stand-in for the clock.
make_validator() {
	binary || return 1
	local base=$WORK/new spec=$WORK/new-spec.json first second
	mkdir -p "$WORK/stand-in"
	printf '#!/bin/sh\necho A,B,3,1700000000.0,0.000012,0,0,0,0,0,0,0,64,Normal\n' >"$WORK/stand-in/chronyc"
	chmod +x "$WORK/stand-in/chronyc"
	first=$(PATH=$WORK/stand-in:$PATH "$OPERATOR/new-validator.sh" --chain "$spec" --public-address 10.90.0.14 --base-path "$base" --user "$(id -un)" --port "$(a_port)" --local-ports "$(a_port)" 2>&1) || { echo "$first"; return 1; }
	grep -qE '/ip4/10\.90\.0\.14/tcp/[0-9]+/p2p/12D3KooW' <<<"$first" || { echo "$first"; return 1; }
	expect 600 "$(stat -c %a "$base"/chains/*/network/secret_ed25519)" 'the mode of the network key' || return 1
	# The secret is nowhere in what was printed.
	! grep -qF "$(cat "$base"/chains/*/network/secret_ed25519)" <<<"$first" || { echo 'the secret was printed'; return 1; }
	second=$(PATH=$WORK/stand-in:$PATH "$OPERATOR/new-validator.sh" --chain "$spec" --public-address rpc.example --base-path "$base" --user "$(id -un)" --port "$(a_port)" --local-ports "$(a_port)" 2>&1) || { echo "$second"; return 1; }
	expect "$(grep -o '12D3KooW[A-Za-z0-9]*' <<<"$first" | head -n 1)" "$(grep -o '12D3KooW[A-Za-z0-9]*' <<<"$second" | head -n 1)" 'the peer id at the second run' &&
		grep -q '/dns/rpc.example/tcp/' <<<"$second"
}
check 'new-validator.sh: makes a network key once, keeps it, and does not print it' make_validator

clock_refuses() {
	binary || return 1
	printf '#!/bin/sh\necho A,B,0,0,3.2,0,0,0,0,0,0,0,0,Not synchronised\n' >"$WORK/stand-in/chronyc"
	if PATH=$WORK/stand-in:$PATH "$OPERATOR/new-validator.sh" --chain "$WORK/new-spec.json" --public-address 10.90.0.14 --base-path "$WORK/new-2" --user "$(id -un)" --port "$(a_port)" --local-ports "$(a_port)" >"$WORK/new.2" 2>&1; then
		cat "$WORK/new.2"
		return 1
	fi
	grep -q 'the clock is not synchronised' "$WORK/new.2" && [ ! -e "$WORK/new-2" ]
}
check 'new-validator.sh: with a clock that is not synchronised it makes nothing' clock_refuses

# A chain specification comes from others. Its id names folders; an address is dialled by all members.
inputs_refused() {
	binary || return 1
	export SALUS_NODE=$BINARY
	local id address output
	age-keygen -o "$WORK/inputs.key" 2>/dev/null || { obtain age age && age-keygen -o "$WORK/inputs.key" 2>/dev/null; } || return 1
	for id in ../../elsewhere /etc . a/b ''; do
		jq --arg id "$id" '.id = $id' "$WORK/new-spec.json" >"$WORK/path.json"
		if output=$("$OPERATOR/new-validator.sh" --chain "$WORK/path.json" --public-address 10.90.0.14 --base-path "$WORK/new-3" --user "$(id -un)" --port "$(a_port)" --local-ports "$(a_port)" 2>&1); then
			echo "new-validator.sh took the id '$id'"
			return 1
		fi
		grep -q 'lead out of the node' <<<"$output" || { echo "$output"; return 1; }
		if output=$("$OPERATOR/backup-keys.sh" --out "$WORK/path.age" --recipient "$(age-keygen -y "$WORK/inputs.key")" --chain "$WORK/path.json" --base-path "$WORK/new" 2>&1); then
			echo "backup-keys.sh took the id '$id'"
			return 1
		fi
		grep -q 'lead out of the node' <<<"$output" || { echo "$output"; return 1; }
	done
	for address in 0.0.0.0 127.0.0.1 localhost ::1 fe80::1 ::ffff:10.0.0.1; do
		if "$OPERATOR/new-validator.sh" --check --chain "$WORK/new-spec.json" --public-address "$address" --base-path "$WORK/new-3" --user "$(id -un)" >"$WORK/inputs" 2>&1; then return 1; fi
		grep -q 'no address at which other machines' "$WORK/inputs" || { cat "$WORK/inputs"; return 1; }
	done
	[ ! -e "$WORK/new-3" ] && [ ! -e "$WORK/path.age" ]
}
check 'new-validator.sh, backup-keys.sh: an id that is a path, and an address of no use, are refused' inputs_refused

start_chain() {
	binary || return 1
	local rpc admin
	rpc=$(a_port) admin=$(a_port)
	"$BINARY" --dev --base-path "$WORK/operate" --port 0 --no-prometheus --no-telemetry \
		--experimental-rpc-endpoint "listen-addr=127.0.0.1:$rpc,methods=safe,cors=http://localhost" \
		--experimental-rpc-endpoint "listen-addr=127.0.0.1:$admin,methods=unsafe,cors=http://localhost" >"$WORK/operate.log" 2>&1 </dev/null &
	echo $! >"$WORK/operate.pid"
	printf 'http://127.0.0.1:%s\n' "$rpc" "$admin" >"$WORK/operate.urls"
	await 300 has_blocks "http://127.0.0.1:$rpc"
}
has_blocks() { call "$1" chain_getHeader | jq -r .result.number | found -x '0x[1-9a-f][0-9a-f]*'; }
check 'a development chain for the next ones' start_chain
[ ! -s "$WORK/operate.pid" ] || PIDS+=("$(cat "$WORK/operate.pid")")
{ read -r RPC_URL && read -r ADMIN_URL; } <"$WORK/operate.urls" 2>/dev/null || RPC_URL=http://127.0.0.1:1 ADMIN_URL=http://127.0.0.1:1

screen() {
	export SALUS_NODE=$BINARY
	local shown
	shown=$("$OPERATOR/health.sh" --rpc "$RPC_URL" --account "$ALICE_SS58" --base-path "$WORK/operate" 2>&1)
	local wanted
	for wanted in 'Development' 'role Authority' 'final block +#[0-9]+, [0-9]+ behind' 'validators +1 in the set, minimum 1, 0 disabled' \
		'member +yes, organisation 1' 'in the set +yes' 'disabled +no' 'safe mode +off' 'session +[0-9]+, slot [0-9]+ of 40' 'disk +[0-9.]+ GiB left'; do
		grep -qE "$wanted" <<<"$shown" || { echo "no '$wanted' in:"; echo "$shown"; return 1; }
	done
	# The preset's keys are not in files, and the screen must say so.
	grep -q 'NOT in the keystore\|cannot be read' <<<"$shown" || { echo "$shown"; return 1; }
	shown=$("$OPERATOR/health.sh" --rpc "$RPC_URL" --account "$FERDIE" --base-path "$WORK/operate" 2>&1) && { echo 'no problem with an account that is no member'; return 1; }
	grep -qE 'FAIL +member +no' <<<"$shown" && grep -qE '[0-9] problem\(s\)\.' <<<"$shown"
}
check 'health.sh: shows a validator as it is, and another account as none' screen

health_metrics() {
	local asked metric bad=0
	"$OPERATOR/health.sh" --rpc "$RPC_URL" --account "$ALICE" --base-path "$WORK/operate" --metrics "$WORK/salus.prom" || return 1
	asked=$({
		cat deploy/prometheus/alerts.yml
		jq -r '.panels[].targets[]?.expr' deploy/grafana/salus.json
	} | grep -oE '\bsalus_[a-z_]+' | sort -u)
	[ -n "$asked" ] || return 1
	for metric in $asked; do
		# What only a readable keystore tells is looked at after the rotation, below.
		[ "$metric" != salus_session_keys_in_keystore ] || continue
		grep -qE "^${metric}[ {]" "$WORK/salus.prom" || { echo "health.sh does not write $metric"; bad=1; }
	done
	obtain promtool prometheus && promtool check metrics <"$WORK/salus.prom" >"$WORK/metrics.lint" 2>&1
	! grep -q 'error while' "$WORK/metrics.lint" || { cat "$WORK/metrics.lint"; bad=1; }
	return $bad
}
check 'health.sh: writes every metric that alerts and dashboard ask for' health_metrics

no_node() {
	if "$OPERATOR/health.sh" --rpc http://127.0.0.1:1 --metrics "$WORK/none.prom" >/dev/null 2>"$WORK/none"; then return 1; fi
	grep -q 'no answer from the node' "$WORK/none" && [ ! -e "$WORK/none.prom" ]
}
check 'health.sh: without a node it says so and writes no metrics' no_node

rotate() {
	export SALUS_NODE=$BINARY
	"$OPERATOR/rotate-session-keys.sh" --account "$ALICE_SS58" --rpc "$RPC_URL" --admin-rpc "$ADMIN_URL" >"$WORK/rotated" 2>&1 || { cat "$WORK/rotated"; return 1; }
	KEYS=$(awk '$1 ~ /keys$/ && $2 ~ /^0x/ { print $2; exit }' "$WORK/rotated")
	expect 130 "${#KEYS}" 'digits of the keys' || return 1
	# Both secrets are in the keystore, under the names of the public keys, for their owner alone.
	local file
	for file in "62616265${KEYS:2:64}" "6772616e${KEYS:66:64}"; do
		expect 600 "$(stat -c %a "$WORK"/operate/chains/*/keystore/"$file")" "the mode of $file" || return 1
		! grep -qF "$(tr -d '"' <"$(echo "$WORK"/operate/chains/*/keystore/"$file")")" "$WORK/rotated" || { echo 'a secret was printed'; return 1; }
	done
	grep -q 'not on the chain yet' "$WORK/rotated" || { cat "$WORK/rotated"; return 1; }
	echo "$KEYS" >"$WORK/keys"
}
check 'rotate-session-keys.sh: the node makes keys with a proof; no secret is printed' rotate

# The call that is printed is sent, signed by the account, and changes the chain.
set_keys() {
	have node && [ -d node_modules/@polkadot/api ] || { echo 'this needs Node.js and the npm packages: scripts/setup.sh'; return 1; }
	local call
	call=$(awk '/0x1900/ { print $1 }' "$WORK/rotated")
	[ -n "$call" ] || { echo 'no call was printed'; return 1; }
	cat >"$ROOT/e2e/.check-deploy.$$.mjs" <<-'JS'
		import { ApiPromise, HttpProvider, Keyring } from '@polkadot/api';
		const [url, hex] = process.argv.slice(2);
		const api = await ApiPromise.create({ provider: new HttpProvider(url), noInitWarn: true });
		const call = api.createType('Call', hex);
		if (call.toHex() !== hex || `${call.section}.${call.method}` !== 'session.setKeys') throw new Error(`not session.setKeys: ${call}`);
		const alice = new Keyring({ type: 'sr25519' }).addFromUri('//Alice');
		console.log((await api.tx(call).signAndSend(alice)).toHex());
		process.exit(0);
	JS
	node "$ROOT/e2e/.check-deploy.$$.mjs" "$RPC_URL" "$call"
	local code=$?
	rm -f "$ROOT/e2e/.check-deploy.$$.mjs"
	[ "$code" = 0 ] || return 1
	await 30 sh -c "'$OPERATOR/rotate-session-keys.sh' --account $ALICE --check $(cat "$WORK/keys") --rpc $RPC_URL --admin-rpc $ADMIN_URL | grep -E 'queued when|are queued'"
	"$OPERATOR/health.sh" --rpc "$RPC_URL" --account "$ALICE" --base-path "$WORK/operate" --metrics "$WORK/salus.prom"
	grep -q "^salus_session_keys_in_keystore{account=\"$ALICE\"} 1" "$WORK/salus.prom" || { cat "$WORK/salus.prom"; return 1; }
}
check 'rotate-session-keys.sh: the call it prints is session.setKeys, and the chain takes it' set_keys

refusals() {
	export SALUS_NODE=$BINARY
	refused() { # refused WORDS COMMAND...
		local words=$1 output
		shift
		if output=$("$@" 2>&1); then
			echo "was not refused: $*"
			return 1
		fi
		grep -q "$words" <<<"$output" || { echo "$output"; return 1; }
	}
	refused 'no member of the validator set' "$OPERATOR/rotate-session-keys.sh" --account "$FERDIE" --rpc "$RPC_URL" --admin-rpc "$ADMIN_URL" &&
		refused 'loopback' "$OPERATOR/rotate-session-keys.sh" --account "$ALICE" --admin-rpc http://10.0.0.1:9945 &&
		refused 'that is no account' "$OPERATOR/rotate-session-keys.sh" --account nobody --rpc "$RPC_URL" --admin-rpc "$ADMIN_URL" &&
		refused 'no keys were made' "$OPERATOR/rotate-session-keys.sh" --account "$ALICE" --rpc "$RPC_URL" --admin-rpc "$RPC_URL"
}
check 'rotate-session-keys.sh: refuses others, other machines and the listener with safe methods' refusals

backup() {
	local base=$WORK/new spec=$WORK/new-spec.json key id
	key=$(echo "$base"/chains/*/network/secret_ed25519)
	[ -r "$key" ] || { echo 'new-validator.sh has made no key to back up'; return 1; }
	id=$(basename "$(dirname "$(dirname "$key")")")
	mkdir -p "$base/chains/$id/keystore"
	echo '"a secret"' >"$base/chains/$id/keystore/62616265aa"
	echo 'SALUS_ARGS=""' >"$WORK/settings.default"
	local common=(--chain "$spec" --base-path "$base" --settings "$WORK/settings.default")

	obtain age age || return 1
	age-keygen -o "$WORK/age.key" 2>/dev/null || return 1
	"$OPERATOR/backup-keys.sh" --out "$WORK/b.age" --recipient "$(age-keygen -y "$WORK/age.key")" "${common[@]}" || return 1
	expect 600 "$(stat -c %a "$WORK/b.age")" 'the mode of the backup' || return 1
	mkdir -p "$WORK/r1" && age -d -i "$WORK/age.key" "$WORK/b.age" | tar -C "$WORK/r1" -x || return 1
	cmp "$WORK/r1$key" "$key" && cmp "$WORK/r1$spec" "$spec" && [ -e "$WORK/r1$WORK/settings.default" ] || return 1
	[ ! -e "$WORK/r1$base/chains/$id/keystore" ] || { echo 'the keystore is in the backup'; return 1; }

	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=backup -keyout "$WORK/cms.key" -out "$WORK/cms.crt" 2>/dev/null
	"$OPERATOR/backup-keys.sh" --out "$WORK/b.cms" --certificate "$WORK/cms.crt" "${common[@]}" || return 1
	mkdir -p "$WORK/r2"
	openssl cms -decrypt -binary -inform DER -in "$WORK/b.cms" -inkey "$WORK/cms.key" -recip "$WORK/cms.crt" | tar -C "$WORK/r2" -x || return 1
	cmp "$WORK/r2$key" "$key" || return 1
	! grep -aqF "$(cat "$key")" "$WORK/b.age" "$WORK/b.cms" || { echo 'the key is in plain text'; return 1; }
	# One flipped byte is noticed.
	{ head -c 400 "$WORK/b.cms"; printf '\xff\xff\xff'; tail -c +404 "$WORK/b.cms"; } >"$WORK/b.bad"
	if openssl cms -decrypt -binary -inform DER -in "$WORK/b.bad" -inkey "$WORK/cms.key" -recip "$WORK/cms.crt" >/dev/null 2>&1; then
		echo 'a changed backup was opened'
		return 1
	fi
}
check 'backup-keys.sh: encrypted with age and with OpenSSL, opened again, without session keys' backup

backup_refuses() {
	local recipient common=(--chain "$WORK/new-spec.json" --base-path "$WORK/new" --settings "$WORK/settings.default")
	recipient=$(age-keygen -y "$WORK/age.key") || return 1
	local output
	output=$("$OPERATOR/backup-keys.sh" --out "$WORK/c.age" --recipient "$recipient" "${common[@]}" --include-keystore 2>&1) && return 1
	grep -q 'two machines with one key equivocate' <<<"$output" || { echo "$output"; return 1; }
	output=$("$OPERATOR/backup-keys.sh" --out "$WORK/c.age" "${common[@]}" 2>&1) && return 1
	grep -q 'unencrypted backup is not made' <<<"$output" || { echo "$output"; return 1; }
	output=$("$OPERATOR/backup-keys.sh" --out "$WORK/b.age" --recipient "$recipient" "${common[@]}" 2>&1) && return 1
	grep -q 'not overwritten' <<<"$output" || { echo "$output"; return 1; }
	[ ! -e "$WORK/c.age" ] || return 1
	"$OPERATOR/backup-keys.sh" --out "$WORK/d.age" --recipient "$recipient" "${common[@]}" \
		--include-keystore-although-two-copies-can-equivocate >/dev/null || return 1
	age -d -i "$WORK/age.key" "$WORK/d.age" | tar -t | found keystore/62616265aa
}
check 'backup-keys.sh: refuses the keystore without the long flag, plain text, and overwriting' backup_refuses
