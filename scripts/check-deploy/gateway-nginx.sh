# shellcheck shell=bash
# Part of scripts/check-deploy.sh, read by gateway.sh: Debian's nginx with our configuration, in front of a real gateway.

PROXY=$WORK/gateway-proxy

start_gateway_nginx() {
	obtain nginx nginx || return 1
	have openssl || { echo 'there is no openssl: apt-get install openssl'; return 1; }
	gateway_binary || return 1
	local folder=$WORK/gateway-4 outside https
	outside=$(a_port) https=$(a_port)
	configure "$folder" "$outside" "$(a_port)" || return 1
	mkdir -p "$PROXY"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj '/CN=gateway.hospital.example' \
		-addext 'subjectAltName=DNS:gateway.hospital.example' -keyout "$PROXY/gateway.key" -out "$PROXY/gateway.crt" 2>"$PROXY/openssl.log" ||
		{ cat "$PROXY/openssl.log"; return 1; }
	start_gateway "$folder" || return 1
	# Only ports and paths differ from what operators install.
	sed "s#:8480#:$outside#g; s#listen 443#listen 127.0.0.1:$https#; /listen \[::\]/d; s#/etc/nginx/salus#$PROXY#; s#/var/log/nginx#$PROXY#" \
		deploy/nginx/salus-gateway.conf >"$PROXY/salus-gateway.conf"
	{
		# As root nginx would change to another user, who cannot read the test's folder.
		[ "$(id -u)" != 0 ] || echo 'user root;'
		printf '%s\n' "pid $PROXY/nginx.run;" "error_log $PROXY/error.log;" 'worker_processes 1;' 'events { worker_connections 512; }' 'http {' \
			"client_body_temp_path $PROXY/body; proxy_temp_path $PROXY/temp; fastcgi_temp_path $PROXY/f; uwsgi_temp_path $PROXY/u; scgi_temp_path $PROXY/s;" \
			"include $PROXY/salus-gateway.conf;" '}'
	} >"$PROXY/nginx.conf"
	nginx -t -c "$PROXY/nginx.conf" || return 1
	nginx -c "$PROXY/nginx.conf" -g 'daemon off;' >"$PROXY/nginx.log" 2>&1 </dev/null &
	echo $! >"$PROXY/pid"
	echo "$https" >"$PROXY/port"
	await 20 port_busy "$https"
}
check 'gateway: nginx accepts its configuration and starts in front of it' start_gateway_nginx
for pid in "$PROXY/pid" "$WORK/gateway-4/pid"; do
	[ ! -s "$pid" ] || PIDS+=("$(cat "$pid")")
done

# through PATH CURL_ARGUMENTS...: through the proxy.
through() {
	local port
	port=$(cat "$PROXY/port" 2>/dev/null || echo 1)
	curl -s --max-time 30 --noproxy '*' --cacert "$PROXY/gateway.crt" --resolve "gateway.hospital.example:$port:127.0.0.1" \
		"https://gateway.hospital.example:$port$1" "${@:2}"
}
status_of() { through "$1" -o /dev/null -w '%{http_code}' "${@:2}"; }

proxy_answers() {
	expect up "$(through /healthz | jq -r .status)" 'the gateway behind it' &&
		expect 401 "$(status_of /fhir/Observation/r0)" 'nobody in particular' &&
		expect chain-stale "$(through /readyz | jq -r .status)" 'its node, which is not there' &&
		# What the house asks is not passed on.
		expect 404 "$(status_of /metrics)" 'the metrics' &&
		expect 404 "$(status_of /log)" 'the access log' || return 1
	head -c 17000 /dev/zero | tr '\0' a >"$PROXY/large"
	expect 413 "$(status_of /token --data-binary "@$PROXY/large")" 'a form of 17 KB'
}
check 'gateway: behind nginx it is asked as before, and the inside face is not there' proxy_answers

# A form that comes slowly ends at nginx, and the gateway has no connection for it.
slow_forms() {
	local port outside before during slow=()
	port=$(cat "$PROXY/port")
	have ss || { echo 'there is no ss: apt-get install iproute2'; return 1; }
	outside=$(sed -n 's/^listening outside [^:]*:\([0-9]*\) .*/\1/p' "$WORK/gateway-4/log")
	connections() { ss -Htn state established "( sport = :$outside )" | wc -l; }
	nobody_there() { [ "$(connections)" = 0 ]; }
	# Those that are kept open for the next request are closed after five seconds.
	await 20 nobody_there || return 1
	before=$(connections)
	for _ in $(seq 5); do
		{
			printf 'POST /token HTTP/1.1\r\nHost: gateway.hospital.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na'
			sleep 20
		} | timeout 25 openssl s_client -quiet -verify_quiet -CAfile "$PROXY/gateway.crt" -servername gateway.hospital.example \
			-connect "127.0.0.1:$port" >>"$PROXY/slow" 2>/dev/null &
		slow+=($!)
	done
	sleep 3
	during=$(connections)
	expect "$before" "$during" 'connections to the gateway while forms come slowly' || return 1
	expect 200 "$(status_of /healthz)" 'others meanwhile' || return 1
	wait "${slow[@]}" 2>/dev/null
	return 0
}
check 'gateway: forms that come slowly end at nginx' slow_forms

proxy_too_many() {
	local codes
	codes=$(through '/healthz?[1-400]' --parallel --parallel-max 20 -o /dev/null -w '%{http_code}\n' 2>/dev/null)
	[ "$(grep -c 200 <<<"$codes")" -ge 100 ] && [ "$(grep -c 429 <<<"$codes")" -ge 50 ] || {
		sort <<<"$codes" | uniq -c
		return 1
	}
}
check 'gateway: beyond fifty requests a second from one address the rest gets 429' proxy_too_many

proxy_log() {
	sleep 1
	[ -s "$PROXY/salus-gateway.log" ] || { echo 'there is no log'; return 1; }
	! grep -qE 'Observation|healthz|token' "$PROXY"/salus-gateway*.log || { echo 'the log says what was asked for'; return 1; }
}
check 'gateway: the log of nginx says how much, and not what' proxy_log
