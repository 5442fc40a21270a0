#!/usr/bin/env bash
# Makes new session keys inside the node and prints the call that puts them on the chain.
#
#   rotate-session-keys.sh --account ADDRESS [--admin-rpc URL] [--rpc URL] [--wait MINUTES]
#   rotate-session-keys.sh --account ADDRESS --check KEYS [--wait MINUTES]
#
#   --account ADDRESS  the validator's account, which will sign the call: SS58, or 0x and 64 digits
#   --admin-rpc URL    the listener with unsafe methods, on loopback (default http://127.0.0.1:9945)
#   --rpc URL          the listener with safe methods (default http://127.0.0.1:9944)
#   --check KEYS       make none; tell how far these public keys have come
#   --wait MINUTES     stay until the keys validate, at most that long
#
# The secret keys are born in the node's keystore and stay there. What is printed is public. The
# account's own key is not needed here and must not be on this machine: sign the call elsewhere.
# Run it once for each rotation; every run leaves a further pair of keys in the keystore.
set -euo pipefail
# shellcheck source=scripts/operator/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

ADMIN=http://127.0.0.1:9945 URL=http://127.0.0.1:9944 ACCOUNT='' KEYS='' MINUTES=0
while [ $# -gt 0 ]; do
	case $1 in
		--account) ACCOUNT=$(value "$@"); shift 2 ;;
		--admin-rpc) ADMIN=$(value "$@"); shift 2 ;;
		--rpc) URL=$(value "$@"); shift 2 ;;
		--check) KEYS=$(value "$@"); shift 2 ;;
		--wait) MINUTES=$(value "$@"); shift 2 ;;
		-h | --help) usage; exit 0 ;;
		*) die "unknown argument '$1'; see --help" ;;
	esac
done
need curl jq b2sum
[ -n "$ACCOUNT" ] || die "--account is needed; see --help"
[[ $MINUTES =~ ^[0-9]+$ ]] || die "--wait takes minutes, not '$MINUTES'"
loopback "$ADMIN"
ACCOUNT=$(account_hex "$ACCOUNT")

# 100 SLS of 10^12 units, held from the first setKeys of an account until its validator has left.
DEPOSIT=100000000000000

[ "$(rpc "$URL" system_health | jq .isSyncing)" = false ] ||
	die "the node has not caught up yet; wait, or it answers from an old block"

if [ -z "$KEYS" ]; then
	[ -n "$(membership "$URL" "$ACCOUNT")" ] ||
		die "0x$ACCOUNT is no member of the validator set; the Council adds it first (validatorSet.addValidator)"
	OLD=$(next_keys "$URL" "$ACCOUNT")
	INFO=$(stored "$URL" "$KEY_ACCOUNT$(blake2_128_concat "$ACCOUNT")")
	# Behind four counters of 4 bytes; more than 2^63 units are more than any operator's account has.
	FREE=$(little "${INFO:32:16}")
	if [ -z "$OLD" ] && [ "$FREE" -lt "$DEPOSIT" ]; then
		die "0x$ACCOUNT holds less than the 100 SLS that its first session keys take as a deposit"
	fi

	ANSWER=$(rpc "$ADMIN" author_rotateKeysWithOwner "[\"0x$ACCOUNT\"]") || die "no keys were made"
	KEYS=$(jq -r .keys <<<"$ANSWER")
	PROOF=$(jq -r .proof <<<"$ANSWER")
	[[ $KEYS,$PROOF =~ ^0x[0-9a-f]{128},0x[0-9a-f]{256}$ ]] ||
		die "unexpected answer: keys of $(((${#KEYS} - 2) / 2)) bytes and a proof of $(((${#PROOF} - 2) / 2))"
	[ "$(rpc "$ADMIN" author_hasSessionKeys "[\"$KEYS\"]")" = true ] ||
		die "the node does not find the keys that it has just made in its keystore"
	ok 'the node holds the new keys'

	# Pallet 25 (Session), call 0 (set_keys); the length of the proof is 128 as a SCALE compact.
	CALL=0x1900${KEYS#0x}0102${PROOF#0x}
	cat <<TEXT

${BOLD}keys${OFF}   $KEYS
${BOLD}proof${OFF}  $PROOF

Sign with the validator's account, from the machine that holds its key:

  Polkadot.js Apps, Developer > Extrinsics, session.setKeys
      keys.babe     0x${KEYS:2:64}
      keys.grandpa  0x${KEYS:66:64}
      proof         $PROOF
  or Developer > Extrinsics > Decode, the whole call:
      $CALL

TEXT
	[ -n "$OLD" ] || echo 'This is the first time for this account: 100 SLS are held until it has left the set.'
	echo "Afterwards: $0 --account 0x$ACCOUNT --check $KEYS --wait 150"
	echo 'The old keys work until then: do not stop the node and do not delete anything.'
else
	[[ $KEYS =~ ^0x[0-9a-fA-F]{128}$ ]] || die "--check takes 0x and 128 digits"
	KEYS=${KEYS,,}
	if HELD=$(rpc "$ADMIN" author_hasSessionKeys "[\"$KEYS\"]"); then
		if [ "$HELD" = true ]; then ok "the node's keystore holds them"; else bad "the node's keystore does not hold them"; fi
	else
		warn "whether the keystore holds them could not be asked"
	fi
fi

# The stages, from the first: 0 not on the chain, 1 set, 2 queued for the next session, 3 validating.
stage() {
	local queued validators i
	[ "$(next_keys "$URL" "$ACCOUNT")" = "${KEYS#0x}" ] || { echo 0; return; }
	queued=$(items "$(stored "$URL" "$KEY_QUEUED_KEYS")")
	validators=$(items "$(stored "$URL" "$KEY_VALIDATORS")")
	for ((i = 0; i < ${#queued} / 192; i++)); do
		[ "${queued:i * 192:192}" = "$ACCOUNT${KEYS#0x}" ] || continue
		# What BABE uses now tells whether the queued keys work already.
		if [[ $validators == *"$ACCOUNT"* ]] && authoring; then echo 3; else echo 2; fi
		return
	done
	echo 1
}
# Are our keys among the authorities of GRANDPA's present set?
authoring() {
	local set
	set=$(rpc "$URL" state_call '["GrandpaApi_grandpa_authorities", "0x"]') || return 1
	[[ $set == *"${KEYS:66:64}"* ]]
}
tell() {
	case $1 in
		0) echo 'the keys are not on the chain yet: session.setKeys has not been sent, or is not in a block' ;;
		1) echo 'the keys are on the chain; they are queued when the next session begins' ;;
		2) echo 'the keys are queued; they validate when the next session begins' ;;
		3) echo 'the keys validate' ;;
	esac
}
AT=$(stage)
echo
tell "$AT"
END=$((SECONDS + MINUTES * 60))
while [ "$AT" != 3 ] && [ "$SECONDS" -lt "$END" ]; do
	sleep 6
	NEXT=$(stage)
	[ "$NEXT" = "$AT" ] || tell "$NEXT"
	AT=$NEXT
done
[ "$MINUTES" = 0 ] || [ "$AT" = 3 ] || die "not after $MINUTES minutes"
[ "$PROBLEMS" = 0 ]
