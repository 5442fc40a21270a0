#!/usr/bin/env bash
# Writes what a node cannot be replaced without into one encrypted file.
#
#   backup-keys.sh --out FILE (--recipient AGE_KEY | --certificate FILE) --chain FILE
#                  [--base-path DIR] [--settings FILE]
#
#   --out FILE           the file to write; must not exist
#   --recipient AGE_KEY  encrypts with age to this public key (age1...)
#   --certificate FILE   encrypts with OpenSSL (CMS, AES-256-GCM) to this X.509 certificate
#   --chain FILE         the chain specification
#   --base-path DIR      the node's folder (default /var/lib/salus)
#   --settings FILE      the unit's settings (default /etc/default/salus-node)
#   --include-keystore-although-two-copies-can-equivocate
#                        and the session keys
#
# It holds the network key, the chain specification and the settings. The session keys are left out
# on purpose: a second machine that starts with them signs blocks and votes twice, the chain proves
# it, and the validator is disabled and expelled. New ones take a minute and a transaction.
#
# To open it:  age -d -i SECRET_KEY_FILE FILE | tar -x
#         or:  openssl cms -decrypt -binary -inform DER -in FILE -inkey KEY_FILE -recip CERTIFICATE | tar -x
set -euo pipefail
# shellcheck source=scripts/operator/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

OUT='' RECIPIENT='' CERTIFICATE='' CHAIN='' BASE=/var/lib/salus SETTINGS=/etc/default/salus-node KEYSTORE=''
while [ $# -gt 0 ]; do
	case $1 in
		--out) OUT=$(value "$@"); shift 2 ;;
		--recipient) RECIPIENT=$(value "$@"); shift 2 ;;
		--certificate) CERTIFICATE=$(value "$@"); shift 2 ;;
		--chain) CHAIN=$(value "$@"); shift 2 ;;
		--base-path) BASE=$(value "$@"); shift 2 ;;
		--settings) SETTINGS=$(value "$@"); shift 2 ;;
		--include-keystore-although-two-copies-can-equivocate) KEYSTORE=1; shift ;;
		--include-keystore) die "session keys are not backed up: two machines with one key equivocate, and the validator is expelled. Make new ones instead (docs/operators/backup.md). Who knows better gives the flag's full name; see --help" ;;
		-h | --help) usage; exit 0 ;;
		*) die "unknown argument '$1'; see --help" ;;
	esac
done
[ -n "$OUT" ] || die "--out FILE is needed; see --help"
[ -n "$CHAIN" ] || die "--chain FILE is needed; see --help"
[ ! -e "$OUT" ] || die "$OUT exists; backups are not overwritten"
[ -r "$CHAIN" ] || die "cannot read $CHAIN"
if [ -n "$RECIPIENT" ] && [ -n "$CERTIFICATE" ]; then die "--recipient or --certificate, not both"; fi
case $RECIPIENT in
	AGE-SECRET-KEY-*) die "that is a secret key, and now it is in the list of processes and perhaps in the shell's history: make a new pair. --recipient takes the public one (age1...)" ;;
	age1*) need age ;;
	'')
		[ -n "$CERTIFICATE" ] || die "--recipient or --certificate is needed; an unencrypted backup is not made"
		need openssl
		grep -q 'BEGIN CERTIFICATE' "$CERTIFICATE" 2>/dev/null || die "$CERTIFICATE is no certificate in PEM form"
		;;
	*) die "'$RECIPIENT' is no age public key (age1...)" ;;
esac
need tar jq

# The names, relative to /, of what goes in.
FILES=()
add() { FILES+=("$(realpath "$1" | sed 's|^/||')"); }
CHAIN_ID=$(chain_id "$CHAIN") || die 'nothing was written'
NODE_KEY=$BASE/chains/$CHAIN_ID/network/secret_ed25519
[ -r "$NODE_KEY" ] || die "cannot read the network key $NODE_KEY (run as root, or as the node's user)"
add "$NODE_KEY"
add "$CHAIN"
if [ -r "$SETTINGS" ]; then add "$SETTINGS"; else warn "$SETTINGS is not there and is left out"; fi
if [ -n "$KEYSTORE" ]; then
	warn 'the session keys go in. Restore them only after the old machine is known to be off for good'
	add "$BASE/chains/$CHAIN_ID/keystore"
fi

umask 077
if [ -n "$RECIPIENT" ]; then
	encrypt() { age -r "$RECIPIENT" -o "$OUT"; }
else
	encrypt() { openssl cms -encrypt -binary -stream -aes-256-gcm -outform DER -out "$OUT" "$CERTIFICATE"; }
fi
# The plain text goes through a pipe and never touches a disk.
tar -C / -c -- "${FILES[@]}" | encrypt || {
	rm -f -- "$OUT"
	die 'encrypting failed; nothing was written'
}
printf '/%s\n' "${FILES[@]}"
ok "written to $OUT, sha256 $(sha256sum "$OUT" | cut -d ' ' -f 1)"
echo 'Keep it off this machine. Try to open it once, today, where the secret key is.'
