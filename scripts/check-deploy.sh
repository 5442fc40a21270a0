#!/usr/bin/env bash
# Checks what operators install: units, firewall, nginx, alerts, dashboard, container file, scripts
# and what their documents say of flags, metrics and files. Ends with "N passed, N failed".
#
#   scripts/check-deploy.sh             all checks
#   scripts/check-deploy.sh PART...     only these: static prometheus gateway node scripts nginx firewall
#
# Parts "node", "scripts" and "nginx" start development nodes; the binary is $SALUS_NODE, else that of
# scripts/run.sh. Part "gateway" starts gateways; the binary is $SALUS_GATEWAY, else what cargo has built
# in exchange/. Tools that this machine lacks (promtool, amtool, nginx, nft, shellcheck, age, strace, node exporter) are fetched as Debian packages and unpacked into the cache, not installed. A tool
# that cannot be had is named, and what needs it counts as failed.
# Needs Debian 12 or later with curl and jq; "firewall" and the sandbox's system calls need root.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT" || exit 1

PARTS=(static prometheus gateway node scripts nginx firewall)
WANTED=()
for argument in "$@"; do
	case $argument in
		-h | --help)
			sed -n '2,15s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			exit 0
			;;
		*)
			[[ " ${PARTS[*]} " == *" $argument "* ]] || die "unknown part '$argument'; there are: ${PARTS[*]}"
			WANTED+=("$argument")
			;;
	esac
done
[ ${#WANTED[@]} -gt 0 ] || WANTED=("${PARTS[@]}")
have jq && have curl || die "this needs curl and jq: apt-get install curl jq"

cleanup_at_exit
WORK=$(mktemp -d "${TMPDIR:-/tmp}/salus-deploy.XXXXXX")
FOLDERS+=("$WORK")
TOOLS=$SALUS_CACHE/deploy-tools
mkdir -p "$TOOLS/debs" "$TOOLS/root"
PATH=$PATH:$TOOLS/root/usr/bin:$TOOLS/root/usr/sbin:$TOOLS/bin
# What the unpacked tools were linked with; the parts use it.
# shellcheck disable=SC2034
TOOL_LIBRARIES=$TOOLS/root/usr/lib/$(uname -m)-linux-gnu

# obtain TOOL PACKAGE...: have the tool, from the packages if need be.
obtain() {
	local tool=$1 package
	shift
	have "$tool" && return 0
	have apt-get || { echo "there is no $tool, and no apt-get to fetch it with: install $1"; return 1; }
	for package in "$@"; do
		compgen -G "$TOOLS/debs/${package}_*.deb" >/dev/null ||
			(cd "$TOOLS/debs" && apt-get download -qq "$package") >"$WORK/apt.log" 2>&1 ||
			{ apt-get update -qq >>"$WORK/apt.log" 2>&1 && (cd "$TOOLS/debs" && apt-get download -qq "$package") >>"$WORK/apt.log" 2>&1; } ||
			{ echo "there is no $tool, and Debian's package $package cannot be had: $(tail -n 1 "$WORK/apt.log")"; return 1; }
		dpkg -x "$TOOLS/debs/${package}"_*.deb "$TOOLS/root" || return 1
	done
	have "$tool" || { echo "the packages $* hold no $tool"; return 1; }
}

PASSED=0 FAILED=0
# check NAME COMMAND...: one line; what the command printed only if it failed.
check() {
	local name=$1 output
	shift
	if output=$("$@" 2>&1 </dev/null); then
		PASSED=$((PASSED + 1))
		printf '%sok%s    %s\n' "$GREEN" "$OFF" "$name"
	else
		FAILED=$((FAILED + 1))
		printf '%sFAIL%s  %s\n' "$RED" "$OFF" "$name"
		tail -n 25 <<<"$output" | sed 's/^/      /'
	fi
}

# found GREP_ARGUMENTS...: grep that reads to the end. With pipefail, "| grep -q" fails where it has found:
# it leaves, and who writes to it is ended by a signal.
found() { grep "$@" >/dev/null; }

# expect WANTED GOT WHAT
expect() {
	[ "$1" = "$2" ] || {
		echo "$3: expected '$1', got '$2'"
		return 1
	}
}

BINARY=${SALUS_NODE:-$(NODE_BINARY)}
binary() {
	[ -x "$BINARY" ] || {
		echo "there is no node binary at $BINARY: cargo build --locked -p salus-node, or name one with SALUS_NODE"
		return 1
	}
}
a_port() {
	# Fixed, because what is tried here has the port in its own settings: units, proxy, Prometheus. Below 32768, from where on
	# the kernel gives ports to whoever asks for any. In bash: on a fresh system there is no Node.js.
	local port
	for port in $(shuf -i 20000-32000 -n 50); do
		port_busy "$port" || { echo "$port"; return; }
	done
}
# call URL METHOD [PARAMS]: the whole JSON-RPC answer.
call() {
	curl -s --max-time 15 --noproxy '*' -H 'content-type: application/json' \
		-d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$2\",\"params\":${3:-[]}}" "$1"
}
# await SECONDS COMMAND...: until it succeeds.
await() {
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$end" ] || { echo "not within the time: $*"; return 1; }
		sleep 0.5
	done
}

# calls_allowed STRACE UNIT: what the filter of a unit allows, as systemd has it, against what strace has seen.
calls_allowed() {
	have systemd-analyze || { echo 'there is no systemd-analyze: apt-get install systemd'; return 1; }
	# expand SET...: the system calls in sets of systemd, also nested ones.
	expand() {
		systemd-analyze syscall-filter --no-pager "$@" | sed -n 's/^ *\([@a-z0-9_]\{2,\}\)$/\1/p' | grep -v '^@' | sort -u
		local nested
		for nested in $(systemd-analyze syscall-filter --no-pager "$@" | sed -n 's/^ \+\(@[a-z-]*\)$/\1/p' | sort -u); do
			expand "$nested"
		done
	}
	local used allowed refused call bad=0
	# The first calls start the program and are made before the filter is.
	used=$(sed -nE 's/^[0-9]+ +([a-z0-9_]+)\(.*/\1/p' "$1" | sort -u)
	[ "$(wc -l <<<"$used")" -gt 20 ] || { echo "only $(wc -l <<<"$used") system calls were seen"; return 1; }
	allowed=$(expand @system-service | sort -u)
	# shellcheck disable=SC2046
	refused=$(expand $(sed -n 's/^SystemCallFilter=~//p' "$2") | sort -u)
	for call in $used; do
		grep -qx "$call" <<<"$allowed" || { echo "it calls $call, which the unit does not allow"; bad=1; }
		grep -qx "$call" <<<"$refused" && { echo "it calls $call, which the unit refuses"; bad=1; }
	done
	return $bad
}

for part in "${PARTS[@]}"; do
	[[ " ${WANTED[*]} " == *" $part "* ]] || continue
	say "$part"
	# shellcheck source=/dev/null
	source "$ROOT/scripts/check-deploy/$part.sh"
done
echo
echo "$PASSED passed, $FAILED failed"
[ "$FAILED" = 0 ]
