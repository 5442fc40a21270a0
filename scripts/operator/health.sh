#!/usr/bin/env bash
# Shows on one screen how a node does: peers, blocks, finality, the validator set, disk and clock.
#
#   health.sh [--rpc URL] [--account ADDRESS] [--base-path DIR]
#   health.sh --metrics FILE ...    writes it for Prometheus' node exporter (textfile collector)
#
#   --rpc URL          the node's RPC, safe methods are enough (default http://127.0.0.1:9944)
#   --account ADDRESS  our validator's account: SS58, or 0x and 64 digits
#   --base-path DIR    the node's folder (default /var/lib/salus), for disk and keystore
#
# Only reads, and of the keystore only the names of files, which are public keys. The exit code is 0
# if nothing is wrong, 1 if something is, with the number of problems in the last line.
set -euo pipefail
# shellcheck source=scripts/operator/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

URL=http://127.0.0.1:9944 ACCOUNT='' BASE=/var/lib/salus METRICS=''
while [ $# -gt 0 ]; do
	case $1 in
		--rpc) URL=$(value "$@"); shift 2 ;;
		--account) ACCOUNT=$(value "$@"); shift 2 ;;
		--base-path) BASE=$(value "$@"); shift 2 ;;
		--metrics) METRICS=$(value "$@"); shift 2 ;;
		-h | --help) usage; exit 0 ;;
		*) die "unknown argument '$1'; see --help" ;;
	esac
done
need curl jq
[ -z "$ACCOUNT" ] || ACCOUNT=$(account_hex "$ACCOUNT")

HEALTH=$(rpc "$URL" system_health) || die "no answer from the node: is it running? (systemctl status salus-node)"
header() { rpc "$URL" chain_getHeader "$1" | jq -r .number; }
BEST=$(($(header '[]')))
FINAL_HASH=$(rpc "$URL" chain_getFinalizedHead)
FINAL=$(($(header "[$FINAL_HASH]")))

SET=$(items "$(stored "$URL" "$KEY_VALIDATORS")")
VALIDATORS=$((${#SET} / 64))
DISABLED=$(items "$(stored "$URL" "$KEY_DISABLED")")
MINIMUM=$(little "$(stored "$URL" "$KEY_MINIMUM")")
SESSION=$(little "$(stored "$URL" "$KEY_SESSION")")
SESSION_LENGTH=$(little "$(stored "$URL" "$KEY_SESSION_LENGTH")")
SLOT=$(little "$(stored "$URL" "$KEY_SLOT")")
SLOT_OF_SESSION=$((SLOT - $(little "$(stored "$URL" "$KEY_GENESIS_SLOT")") - $(little "$(stored "$URL" "$KEY_EPOCH")") * SESSION_LENGTH))
NOW=$(little "$(stored "$URL" "$KEY_NOW")")
SAFE_MODE=$(stored "$URL" "$KEY_SAFE_MODE")
UPGRADE=$(stored "$URL" "$KEY_AUTHORISED_UPGRADE")
MIGRATION=$(stored "$URL" "$KEY_MIGRATION")
OFFENCES=0
for key in $(keys_below "$URL" "$KEY_OFFENCES"); do
	record=$(stored "$URL" "$key")
	OFFENCES=$((OFFENCES + $(little "${record:0:8}")))
done

# Where the account stands in the set counts: offenders are named by that index.
ACTIVE=0 IS_DISABLED=0 MEMBER=0 ORGANISATION='' KEYS='' IN_KEYSTORE=unknown
if [ -n "$ACCOUNT" ]; then
	for ((i = 0; i < VALIDATORS; i++)); do
		[ "${SET:i * 64:64}" = "$ACCOUNT" ] || continue
		ACTIVE=1
		for ((j = 0; j < ${#DISABLED} / 16; j++)); do
			[ "$(little "${DISABLED:j * 16:8}")" != "$i" ] || IS_DISABLED=1
		done
	done
	record=$(membership "$URL" "$ACCOUNT")
	if [ -n "$record" ]; then
		MEMBER=1
		ORGANISATION=$(little "${record:0:8}")
	fi
	KEYS=$(next_keys "$URL" "$ACCOUNT")
	# A file of the keystore is named by the key's type ("babe", "gran") and the public key.
	if [ -n "$KEYS" ] && stores=("$BASE"/chains/*/keystore) && [ -r "${stores[0]}" ]; then
		IN_KEYSTORE=0
		for store in "${stores[@]}"; do
			[ -e "$store/62616265${KEYS:0:64}" ] && [ -e "$store/6772616e${KEYS:64:64}" ] && IN_KEYSTORE=1
		done
	fi
fi

if [ -n "$METRICS" ]; then
	label="{account=\"0x$ACCOUNT\"}"
	flag() { [ -n "$1" ] && echo 1 || echo 0; }
	{
		echo "salus_validators $VALIDATORS"
		echo "salus_validators_minimum $MINIMUM"
		echo "salus_validators_disabled $((${#DISABLED} / 16))"
		echo "salus_session_index $SESSION"
		echo "salus_offences_total $OFFENCES"
		echo "salus_safe_mode $(flag "$SAFE_MODE")"
		echo "salus_upgrade_authorised $(flag "$UPGRADE")"
		echo "salus_migration_active $(flag "$MIGRATION")"
		if [ -n "$ACCOUNT" ]; then
			echo "salus_validator_member$label $MEMBER"
			echo "salus_validator_active$label $ACTIVE"
			echo "salus_validator_disabled$label $IS_DISABLED"
			[ "$IN_KEYSTORE" = unknown ] || echo "salus_session_keys_in_keystore$label $IN_KEYSTORE"
		fi
		echo "salus_health_timestamp_seconds $(date +%s)"
	} >"$METRICS.new"
	chmod 644 "$METRICS.new"
	# The collector never sees half a file.
	mv -f "$METRICS.new" "$METRICS"
	exit 0
fi

line() { printf '      %-14s %s\n' "$1" "$2"; }
judge() { # judge CONDITION(0|1) NAME TEXT
	if [ "$1" = 1 ]; then ok "$(printf '%-14s %s' "$2" "$3")"; else bad "$(printf '%-14s %s' "$2" "$3")"; fi
}
text() { rpc "$URL" "$1" "${2:-[]}" | jq -r "${3:-.}"; }
yes() { [ "$1" = 1 ] && echo yes || echo no; }

printf '%s%s, %s%s\n' "$BOLD" "$(text system_chain)" "$(date -u '+%Y-%m-%d %H:%M:%S UTC')" "$OFF"
line genesis "$(text chain_getBlockHash '[0]')"
line node "$(text system_version), role $(text system_nodeRoles '[]' 'join(",")'), $(text system_localPeerId)"
line runtime "$(text state_getRuntimeVersion '[]' '"\(.specName) \(.specVersion)"')"

PEERS=$(jq .peers <<<"$HEALTH")
# Not by what the node says of itself: with reserved peers only it never finds that it should have some.
judge "$([ "$VALIDATORS" -le 1 ] || [ "$PEERS" -gt 0 ] && echo 1 || echo 0)" peers "$PEERS"
judge "$([ "$(jq .isSyncing <<<"$HEALTH")" = false ] && echo 1 || echo 0)" 'catching up' "$(jq .isSyncing <<<"$HEALTH" | sed 's/true/yes/; s/false/no/')"
AGE=$(($(date +%s) - NOW / 1000))
if [ "$BEST" = 0 ]; then
	bad "$(printf '%-14s %s' 'best block' '#0: nothing but the genesis yet')"
else
	judge "$([ "$AGE" -le 15 ] && [ "$AGE" -ge -3 ] && echo 1 || echo 0)" 'best block' "#$BEST, $AGE s old"
fi
judge "$([ $((BEST - FINAL)) -le 10 ] && echo 1 || echo 0)" 'final block' "#$FINAL, $((BEST - FINAL)) behind"
line session "$SESSION, slot $SLOT_OF_SESSION of $SESSION_LENGTH"
judge "$([ -z "$DISABLED" ] && [ "$VALIDATORS" -ge "$MINIMUM" ] && echo 1 || echo 0)" validators \
	"$VALIDATORS in the set, minimum $MINIMUM, $((${#DISABLED} / 16)) disabled; offences since genesis: $OFFENCES"
if [ -n "$ACCOUNT" ]; then
	judge "$MEMBER" member "$(yes "$MEMBER")${ORGANISATION:+, organisation $ORGANISATION}"
	if [ -z "$KEYS" ]; then
		bad "$(printf '%-14s %s' 'session keys' 'none set: rotate-session-keys.sh')"
	else
		case $IN_KEYSTORE in
			1) ok "$(printf '%-14s %s' 'session keys' 'set, and in the keystore')" ;;
			0) bad "$(printf '%-14s %s' 'session keys' "set, and NOT in the keystore below $BASE")" ;;
			*) warn "$(printf '%-14s %s' 'session keys' "set; the keystore below $BASE cannot be read from here")" ;;
		esac
	fi
	judge "$ACTIVE" 'in the set' "$(yes "$ACTIVE")"
	judge "$((1 - IS_DISABLED))" disabled "$(yes "$IS_DISABLED")"
fi
if [ -n "$SAFE_MODE" ]; then warn "$(printf '%-14s %s' 'safe mode' "on until block $(little "$SAFE_MODE")")"; else line 'safe mode' off; fi
[ -z "$UPGRADE" ] || warn "$(printf '%-14s %s' upgrade "authorised: code hash 0x${UPGRADE:0:64}")"
[ -z "$MIGRATION" ] || warn "$(printf '%-14s %s' migration 'running')"
LEFT=$(free_space "$BASE")
judge "$([ "$LEFT" -gt 5000000000 ] && echo 1 || echo 0)" disk "$(gib "$LEFT") left for $BASE"
CLOCK=$(clock)
case $CLOCK in
	yes*) ok "$(printf '%-14s %s' clock "${CLOCK#yes }")" ;;
	no*) bad "$(printf '%-14s %s' clock "not synchronised: ${CLOCK#no }")" ;;
	*) warn "$(printf '%-14s %s' clock "$CLOCK")" ;;
esac

if [ "$PROBLEMS" = 0 ]; then echo 'Nothing is wrong.'; else echo "$PROBLEMS problem(s)."; fi
[ "$PROBLEMS" = 0 ]
