# shellcheck shell=bash
# What the operators' scripts share. Source it; it runs nothing by itself. It needs bash, curl, jq
# and coreutils, so that the folder can be copied to a validator as it is.

if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
	BOLD=$'\e[1m' RED=$'\e[31m' GREEN=$'\e[32m' YELLOW=$'\e[33m' OFF=$'\e[0m'
else
	BOLD='' RED='' GREEN='' YELLOW='' OFF=''
fi

PROBLEMS=0
ok() { printf '%sok%s    %s\n' "$GREEN" "$OFF" "$*"; }
warn() { printf '%swarn%s  %s\n' "$YELLOW" "$OFF" "$*"; }
bad() {
	printf '%sFAIL%s  %s\n' "$RED" "$OFF" "$*"
	PROBLEMS=$((PROBLEMS + 1))
}
die() {
	printf '%serror:%s %s\n' "$RED" "$OFF" "$*" >&2
	exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
need() {
	local tool
	for tool in "$@"; do
		have "$tool" || die "this needs '$tool'; on Debian: apt-get install $tool"
	done
}
# The lines of comment at the top of a script are its help.
usage() { awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$0"; }
# value FLAG VALUE...: the value that a flag must have.
value() {
	[ -n "${2-}" ] || die "$1 needs a value; see --help"
	printf '%s' "$2"
}

SALUS_NODE=${SALUS_NODE:-salus-node}

# rpc URL METHOD [PARAMS]: the result as JSON. The request goes through stdin: nothing of it is to be
# seen in the list of processes.
rpc() {
	local answer
	answer=$(jq -nc --arg method "$2" --argjson params "${3:-[]}" \
		'{jsonrpc: "2.0", id: 1, method: $method, params: $params}' |
		curl --silent --show-error --max-time 15 --noproxy '*' -H 'content-type: application/json' \
			--data-binary @- "$1" 2>&1) || {
		echo "$1 does not answer: $answer" >&2
		return 1
	}
	if [ "$(jq 'has("result")' <<<"$answer" 2>/dev/null)" != true ]; then
		echo "$1 refused $2: $(jq -r '.error.message // empty' <<<"$answer" 2>/dev/null || echo "${answer:0:200}")" >&2
		return 1
	fi
	jq -c .result <<<"$answer"
}

# loopback URL: unsafe methods are for this machine alone.
loopback() {
	case $1 in
		http://127.0.0.1:* | http://localhost:* | http://'[::1]':*) ;;
		*) die "$1 is not on this machine's loopback; unsafe methods must never cross a network" ;;
	esac
}

# stored URL KEY: a storage value as hexadecimal digits without 0x; empty if there is none.
stored() {
	local found
	found=$(rpc "$1" state_getStorage "[\"$2\"]") || return 1
	found=${found//\"/}
	[ "$found" = null ] || printf '%s' "${found#0x}"
}
# keys_below URL PREFIX: the storage keys that begin with it, one a line.
keys_below() { rpc "$1" state_getKeysPaged "[\"$2\", 1000, null]" | jq -r '.[]'; }

# little HEX: a little-endian number of up to 8 bytes; 0 if empty.
little() {
	local digits=$1 number=
	while [ -n "$digits" ]; do
		number=${digits:0:2}$number
		digits=${digits:2}
	done
	echo $((16#${number:-0}))
}
# items HEX: a SCALE vector without its length (of fewer than 2^14 items).
items() {
	local hex=$1
	[ -n "$hex" ] || return 0
	case $((16#${hex:0:2} & 3)) in
		0) printf '%s' "${hex:2}" ;;
		1) printf '%s' "${hex:4}" ;;
		*) die "a list that is longer than this script expects" ;;
	esac
}

# account_hex ADDRESS: 64 hexadecimal digits, of an SS58 address or of 0x...
account_hex() {
	local hex=${1#0x}
	if [[ $hex =~ ^[0-9a-fA-F]{64}$ ]]; then
		printf '%s' "${hex,,}"
		return
	fi
	# Anything else could be a secret phrase, and must not go on to another command line.
	[[ $1 =~ ^[1-9A-HJ-NP-Za-km-z]{46,50}$ ]] || die "that is no account: give an SS58 address, or 0x and 64 digits"
	have "$SALUS_NODE" || die "give the account as 0x and 64 digits: without '$SALUS_NODE' an address cannot be read"
	hex=$("$SALUS_NODE" key inspect --output-type json "$1" 2>/dev/null | jq -r '.accountId // empty') || true
	[[ ${hex#0x} =~ ^[0-9a-f]{64}$ ]] || die "'$1' is no address: a digit is wrong"
	printf '%s' "${hex#0x}"
}

# bytes HEX: raw bytes.
bytes() {
	local i
	for ((i = 0; i < ${#1}; i += 2)); do printf '%b' "\\x${1:i:2}"; done
}
# blake2_128_concat HEX: how most maps hash their keys.
blake2_128_concat() { printf '%s%s' "$(bytes "$1" | b2sum -l 128 | cut -d ' ' -f 1)" "$1"; }

# Storage keys: the hashes of the names of a pallet and of one of its items.
KEY_VALIDATORS=0xcec5070d609dd3497f72bde07fc96ba088dcde934c658227ee1dfafcd6e16903
KEY_DISABLED=0xcec5070d609dd3497f72bde07fc96ba05a9a74be4a5a7df60b01a6c0326c5e20
KEY_QUEUED_KEYS=0xcec5070d609dd3497f72bde07fc96ba0e0cdd062e6eaf24295ad4ccfc41d4609
KEY_NEXT_KEYS=0xcec5070d609dd3497f72bde07fc96ba04c014e6bf8b8c2c011e7290b85696bb3
KEY_SESSION=0xcec5070d609dd3497f72bde07fc96ba072763800a36a99fdfc7c10f6415f6ee6
KEY_MEMBERS=0x7d9fe37370ac390779f35763d98106e8ba7fb8745735dc3be2a2c61a72c39e78
KEY_OFFENCES=0x7d9fe37370ac390779f35763d98106e8d5c41b52a371aa36c9254ce34324f2a5
KEY_MINIMUM=0x7d9fe37370ac390779f35763d98106e8bbd999b830b646759c88b6741903de37
KEY_SESSION_LENGTH=0x7d9fe37370ac390779f35763d98106e8585e1e8c1328c63f5bca004893b7d732
KEY_SAFE_MODE=0xf35b44951b86069d9273a961f1e3fbeb1fd1ae5c7c15443bedf0311e151a2a4a
KEY_AUTHORISED_UPGRADE=0x26aa394eea5630e07c48ae0c9558cef72fa9f1bf25567808771bff091dc89ecd
KEY_MIGRATION=0x0b20199ace3564d0964e2c4d4a9ba46987b188618944a73221aaabb35521b0a1
KEY_ACCOUNT=0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9
KEY_EPOCH=0x1cb6f36e027abb2091cfb5110ab5087f38316cbf8fa0da822a20ac1c55bf1be3
KEY_SLOT=0x1cb6f36e027abb2091cfb5110ab5087f06155b3cd9a8c9e5e9a23fd5dc13a5ed
KEY_GENESIS_SLOT=0x1cb6f36e027abb2091cfb5110ab5087f678711d15ebbceba5cd0cea158e6675a
KEY_NOW=0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb
export KEY_VALIDATORS KEY_DISABLED KEY_QUEUED_KEYS KEY_NEXT_KEYS KEY_SESSION KEY_MEMBERS KEY_OFFENCES \
	KEY_MINIMUM KEY_SESSION_LENGTH KEY_SAFE_MODE KEY_AUTHORISED_UPGRADE KEY_MIGRATION KEY_ACCOUNT \
	KEY_EPOCH KEY_SLOT KEY_GENESIS_SLOT KEY_NOW BOLD

# next_keys URL ACCOUNT: the session keys (128 digits) that the account has set; empty if none.
next_keys() {
	local key
	key=$(keys_below "$1" "$KEY_NEXT_KEYS" | grep "$2\$") || return 0
	stored "$1" "$key"
}
# membership URL ACCOUNT: organisation (4 bytes) and first session (4 bytes); empty if no member.
membership() { stored "$1" "$KEY_MEMBERS$(blake2_128_concat "$2")"; }

# chain_id FILE: the id of a chain specification. Folders are named after it, so it must not be a path.
chain_id() {
	local id
	id=$(jq -er '.id | strings' "$1" 2>/dev/null) || {
		echo "$1 is no chain specification" >&2
		return 1
	}
	[[ $id =~ ^[A-Za-z0-9_-]{1,64}$ ]] || {
		echo "the id in $1 is not 1 to 64 letters, digits, hyphens and underscores: it would lead out of the node's folder" >&2
		return 1
	}
	printf '%s' "$id"
}

# free_space PATH: bytes that are left where PATH is, or will be.
free_space() {
	local path=$1
	while [ ! -e "$path" ]; do path=$(dirname "$path"); done
	df --output=avail -B1 "$path" | tail -n 1 | tr -d ' '
}
gib() { awk -v n="$1" 'BEGIN { printf "%.1f GiB", n / 1073741824 }'; }

# clock: "yes OFFSET", "no ..." or "unknown ..." about the synchronisation of the system's clock.
clock() {
	local offset
	if have chronyc && offset=$(chronyc -c tracking 2>/dev/null); then
		# Field 5 is the offset in seconds, the last one the state of the leap indicator.
		awk -F, '{ state = ($NF == "Not synchronised") ? "no" : "yes"; printf "%s %.6f s (chrony)\n", state, $5 }' <<<"$offset"
	elif have timedatectl && offset=$(timedatectl show -p NTPSynchronized --value 2>/dev/null) && [ -n "$offset" ]; then
		echo "$offset (systemd-timesyncd; chrony is better, see docs/operators/hardening.md)"
	else
		echo 'unknown (neither chronyc nor timedatectl answers)'
	fi
}
