# shellcheck shell=bash
# Part of scripts/check-deploy.sh: Debian's nginx with our configuration, in front of a real node.

TLS=$WORK/tls

certificates() {
	have openssl || { echo 'there is no openssl: apt-get install openssl'; return 1; }
	mkdir -p "$TLS"
	(
		cd "$TLS" || exit 1
		set -e
		key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
		authority() {
			key "$1"
			openssl req -x509 -new -key "$1.key" -sha256 -days 2 -subj "/O=Test/CN=$1" -out "$1.crt"
		}
		issue() { # issue NAME AUTHORITY EXTENSIONS
			key "$1"
			openssl req -new -key "$1.key" -subj "/O=Test/CN=$1" -out "$1.csr"
			openssl x509 -req -in "$1.csr" -CA "$2.crt" -CAkey "$2.key" -CAcreateserial -sha256 -days 1 -extfile <(printf '%s' "$3") -out "$1.crt"
		}
		authority server-ca
		authority clients-ca
		authority foreign-ca
		issue server server-ca 'subjectAltName=DNS:rpc.hospital.example'
		issue gateway clients-ca 'extendedKeyUsage=clientAuth'
		issue revoked clients-ca 'extendedKeyUsage=clientAuth'
		issue foreign foreign-ca 'extendedKeyUsage=clientAuth'
		printf '%s\n' '[ca]' 'default_ca=c' '[c]' 'database=index' 'crlnumber=crlnumber' 'default_md=sha256' \
			'default_crl_days=2' 'certificate=clients-ca.crt' 'private_key=clients-ca.key' >ca.cnf
		: >index
		echo 01 >crlnumber
		openssl ca -config ca.cnf -revoke revoked.crt
		openssl ca -config ca.cnf -gencrl -out clients-ca.crl
	) >"$WORK/openssl.log" 2>&1 || { tail -n 5 "$WORK/openssl.log"; return 1; }
}
check 'nginx: certificates of our own, one of them revoked' certificates

start_nginx() {
	obtain nginx nginx || return 1
	binary || return 1
	local rpc
	rpc=$(a_port) HTTPS=$(a_port)
	"$BINARY" --dev --base-path "$WORK/nginx-node" --port 0 --no-prometheus --no-telemetry \
		--experimental-rpc-endpoint "listen-addr=127.0.0.1:$rpc,methods=safe,cors=http://localhost" >"$WORK/nginx-node.log" 2>&1 </dev/null &
	echo $! >"$WORK/nginx-node.pid"
	# Only ports and paths differ from what operators install.
	sed "s#:9944#:$rpc#g; s#listen 443#listen 127.0.0.1:$HTTPS#; /listen \[::\]/d; s#/etc/nginx/salus#$TLS#; s#/var/log/nginx#$WORK#" \
		deploy/nginx/salus-rpc.conf >"$WORK/salus-rpc.conf"
	mkdir -p "$WORK/nginx"
	{
		# As root nginx would change to another user, who cannot read the test's folder.
		[ "$(id -u)" != 0 ] || echo 'user root;'
		printf '%s\n' "pid $WORK/nginx/pid;" "error_log $WORK/nginx/error.log;" 'worker_processes 1;' 'events { worker_connections 512; }' 'http {' \
			"client_body_temp_path $WORK/nginx/body; proxy_temp_path $WORK/nginx/proxy; fastcgi_temp_path $WORK/nginx/f; uwsgi_temp_path $WORK/nginx/u; scgi_temp_path $WORK/nginx/s;" \
			"include $WORK/salus-rpc.conf;" '}'
	} >"$WORK/nginx.conf"
	nginx -t -c "$WORK/nginx.conf" || return 1
	nginx -c "$WORK/nginx.conf" -g 'daemon off;' >"$WORK/nginx.log" 2>&1 </dev/null &
	echo $! >"$WORK/nginx.pid"
	echo "$HTTPS" >"$WORK/nginx.port"
	await 300 curl -sf --noproxy '*' "http://127.0.0.1:$rpc/health"
	await 10 port_busy "$HTTPS"
}
check 'nginx: it accepts the configuration and starts in front of a node' start_nginx
for pid in nginx nginx-node; do
	[ ! -s "$WORK/$pid.pid" ] || PIDS+=("$(cat "$WORK/$pid.pid")")
done
HTTPS=$(cat "$WORK/nginx.port" 2>/dev/null || echo 1)

# as NAME CURL_ARGUMENTS...: a request of the holder of that certificate, or of nobody.
as() {
	local who=$1 identity=()
	shift
	[ "$who" = nobody ] || identity=(--cert "$TLS/$who.crt" --key "$TLS/$who.key")
	curl -s --max-time 15 --noproxy '*' --cacert "$TLS/server-ca.crt" "${identity[@]}" \
		--resolve "rpc.hospital.example:$HTTPS:127.0.0.1" -H 'content-type: application/json' "$@"
}
URL() { echo "https://rpc.hospital.example:$HTTPS${1-/}"; }
request() { printf '{"jsonrpc":"2.0","id":1,"method":"%s","params":[]}' "$1"; }

with_certificate() {
	expect Development "$(as gateway "$(URL)" -d "$(request system_chain)" | jq -r .result | grep -o Development)" 'the name of the chain'
}
check 'nginx: who has a certificate is answered' with_certificate

without_certificate() {
	local who status
	for who in nobody foreign revoked; do
		status=$(as "$who" -o "$WORK/refused" -w '%{http_code}' "$(URL)" -d "$(request system_chain)")
		expect 400 "$status" "$who" || return 1
		if grep -q Development "$WORK/refused"; then
			echo "$who was answered"
			return 1
		fi
	done
	if curl -s --noproxy '*' --max-time 5 "http://127.0.0.1:$HTTPS/" -d "$(request system_chain)" | found Development; then
		echo 'plain HTTP was answered'
		return 1
	fi
}
check 'nginx: without one, with a foreign or a revoked one, nobody is' without_certificate

unsafe_methods() {
	local method
	for method in author_rotateKeys author_rotateKeysWithOwner author_insertKey system_peers system_addReservedPeer state_getPairs; do
		as gateway "$(URL)" -d "$(request "$method")" | jq -e 'has("error") and (has("result") | not)' >/dev/null || {
			echo "$method was answered: $(as gateway "$(URL)" -d "$(request "$method")")"
			return 1
		}
	done
	as gateway "$(URL)" -d "$(request author_rotateKeys)" | found unsafe
}
check 'nginx: unsafe methods are refused to all' unsafe_methods

# The handshake and one call in one masked text frame; the mask is zero, so the text stays readable.
websocket() {
	local call length
	call=$(request system_chain)
	length=$(printf '\\x%02x' $((0x80 | ${#call})))
	{
		printf 'GET / HTTP/1.1\r\nHost: rpc.hospital.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
		printf 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
		sleep 2
		printf '\x81%b\x00\x00\x00\x00%s' "$length" "$call"
		sleep 3
	} | timeout 10 openssl s_client -quiet -verify_quiet -CAfile "$TLS/server-ca.crt" -servername rpc.hospital.example \
		-cert "$TLS/gateway.crt" -key "$TLS/gateway.key" -connect "127.0.0.1:$HTTPS" >"$WORK/websocket" 2>"$WORK/websocket.log"
	grep -aq '^HTTP/1.1 101' "$WORK/websocket" && grep -aq '"result":"[^"]*Development' "$WORK/websocket" || {
		head -c 600 "$WORK/websocket"
		tail -n 3 "$WORK/websocket.log"
		return 1
	}
}
check 'nginx: a WebSocket is upgraded, and a call in it is answered' websocket

limits() {
	expect 404 "$(as gateway -o /dev/null -w '%{http_code}' "$(URL /health/readiness)")" 'readiness' &&
	expect 403 "$(as gateway -o /dev/null -w '%{http_code}' -X DELETE "$(URL)")" 'DELETE' &&
		expect 404 "$(as gateway -o /dev/null -w '%{http_code}' "$(URL /other)")" 'another path' &&
		expect 200 "$(as gateway -o /dev/null -w '%{http_code}' "$(URL /health)")" 'health' || return 1
	head -c 9000000 /dev/zero >"$WORK/large"
	expect 413 "$(as gateway -o /dev/null -w '%{http_code}' "$(URL)" --data-binary "@$WORK/large")" 'nine megabytes'
}
check 'nginx: other methods, other paths and large bodies are refused' limits

too_many() {
	local codes
	codes=$(as gateway --parallel --parallel-max 20 -o /dev/null -w '%{http_code}\n' "$(URL '/health?[1-400]')" 2>/dev/null)
	[ "$(grep -c 200 <<<"$codes")" -ge 100 ] && [ "$(grep -c 429 <<<"$codes")" -ge 50 ] || {
		sort <<<"$codes" | uniq -c
		return 1
	}
}
check 'nginx: beyond fifty requests a second the rest gets 429' too_many

private_log() {
	sleep 1
	grep -q 'CN=gateway' "$WORK/salus-rpc.log" || { echo 'the log does not name the certificate'; return 1; }
	! grep -qE 'system_chain|rotateKeys|jsonrpc' "$WORK/salus-rpc.log" || { echo 'the log has bodies'; return 1; }
}
check 'nginx: its log says who, and not what' private_log
