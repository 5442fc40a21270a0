# shellcheck shell=bash
# Part of scripts/check-deploy.sh: alerts, their tests and pages, and the dashboard.

in_prometheus() {
	obtain promtool prometheus || return 1
	(cd deploy/prometheus && "$@")
}
# The gateway's token is a file on the machine where Prometheus runs; another one stands in for it.
configuration() {
	obtain promtool prometheus || return 1
	mkdir -p "$WORK/prometheus"
	cp deploy/prometheus/*alerts.yml "$WORK/prometheus/"
	echo token >"$WORK/prometheus/token"
	sed "s#/etc/prometheus/salus-gateway.token#$WORK/prometheus/token#" deploy/prometheus/prometheus.yml >"$WORK/prometheus/prometheus.yml"
	promtool check config "$WORK/prometheus/prometheus.yml"
}
check 'prometheus: the configuration is valid' configuration
check 'prometheus: the rules are valid' in_prometheus promtool check rules alerts.yml
check 'prometheus: the alerts fire when they should, and only then' in_prometheus promtool test rules alerts.test.yml
check 'prometheus: the rules for gateways are valid' in_prometheus promtool check rules gateway-alerts.yml
check 'prometheus: the alerts for gateways fire when they should, and only then' in_prometheus promtool test rules gateway-alerts.test.yml

routes() {
	obtain amtool prometheus-alertmanager || return 1
	local config=deploy/alertmanager/alertmanager.yml
	amtool check-config "$config" || return 1
	expect pager "$(amtool config routes test --config.file="$config" severity=page alertname=SalusNodeDown)" 'a page goes to' &&
		expect tickets "$(amtool config routes test --config.file="$config" severity=ticket)" 'a ticket goes to' &&
		expect notes "$(amtool config routes test --config.file="$config" severity=info)" 'an info goes to'
}
check 'alertmanager: valid, and each severity reaches its receiver' routes

# alert_pages RULES TESTS DOCUMENT
alert_pages() {
	local alert page bad=0
	while read -r alert page; do
		grep -q "alertname=\"$alert\"\|alertname: $alert" "$2" || { echo "no test of $alert"; bad=1; }
		grep -q "\`$alert\`" "$3" || { echo "${3##*/} does not explain $alert"; bad=1; }
		[ -e "${page%%#*}" ] || { echo "$alert: there is no $page"; bad=1; }
		[[ $page != *'#'* ]] || sed -n 's/^#\+ //p' "${page%%#*}" | tr '[:upper:] ' '[:lower:]-' | sed 's/[^a-z0-9_-]//g' |
			found -x "${page#*#}" || { echo "$alert: no heading for $page"; bad=1; }
	done < <(awk '/- alert:/ { alert = $3 } /runbook:/ { print alert, $2 }' "$1")
	return $bad
}
check 'alerts: each is tested, explained and has its page' alert_pages deploy/prometheus/alerts.yml deploy/prometheus/alerts.test.yml docs/operators/monitoring.md
check 'alerts: so is each for gateways' alert_pages deploy/prometheus/gateway-alerts.yml deploy/prometheus/gateway-alerts.test.yml docs/operators/gateway.md

expressions() { # expressions DASHBOARD
	jq -r '.panels[].targets[]?.expr, .annotations.list[].expr' "$1" |
		sed 's/\$chain/.*/g; s/\$instance/.*/g'
}
dashboard() { # dashboard FILE VARIABLES
	jq -e --argjson names "$2" '.schemaVersion >= 39 and .uid != null
		and ([.templating.list[].name] == $names)
		and ([.panels[].id] | length == (unique | length))
		and ([.panels[] | select(.type != "row") | select((.targets | length) == 0 or .description == "")] == [])
		and ([.panels[] | select(.type != "row") | .targets[] | select(.datasource.uid != "${datasource}")] == [])' \
		"$1" >/dev/null || { echo 'a wrong schema, variable, panel or data source'; return 1; }
	# Two panels on one place hide each other.
	expect 0 "$(jq '[.panels[].gridPos] | [range(length) as $i | range($i + 1; length) as $j | {a: .[$i], b: .[$j]}
		| select(.a.x < .b.x + .b.w and .b.x < .a.x + .a.w and .a.y < .b.y + .b.h and .b.y < .a.y + .a.h)] | length' "$1")" \
		'panels that overlap'
}
check 'grafana: schema, variables and places are right' dashboard deploy/grafana/salus.json '["datasource", "chain", "instance"]'
check 'grafana: so they are for gateways' dashboard deploy/grafana/salus-gateway.json '["datasource", "instance"]'

dashboard_queries() {
	obtain promtool prometheus || return 1
	{
		printf 'groups:\n  - name: dashboard\n    rules:\n'
		expressions "$1" | jq -Rr 'select(length > 0) | "      - {record: \"dashboard:q\(input_line_number)\", expr: \(tojson)}"'
	} >"$WORK/dashboard.yml"
	promtool check rules "$WORK/dashboard.yml" | found "SUCCESS: $(expressions "$1" | wc -l) rules" || {
		promtool check rules "$WORK/dashboard.yml"
		return 1
	}
}
check 'grafana: every query is valid PromQL' dashboard_queries deploy/grafana/salus.json
check 'grafana: so is every query about gateways' dashboard_queries deploy/grafana/salus-gateway.json
