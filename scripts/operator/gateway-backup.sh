#!/usr/bin/env bash
# Copies a gateway's data into one encrypted file, and looks whether it can be put back.
#
#   gateway-backup.sh --out FILE (--recipient AGE_KEY | --certificate FILE) [--data DIR] [--unit NAME | --stopped]
#
#   --out FILE           the file to write; must not exist
#   --recipient AGE_KEY  encrypts with age to this public key (age1...)
#   --certificate FILE   encrypts with OpenSSL (CMS, AES-256-GCM) to this X.509 certificate
#   --data DIR           the gateway's folder (default /var/lib/salus-gateway)
#   --unit NAME          stops this unit meanwhile, and starts it again (default salus-gateway)
#   --stopped            the gateway is stopped already, or DIR is a snapshot of its file system at one moment
#
# It holds the database and the vault, of one moment. It does not hold the vault's key, without which nothing of it can be read: keep
# that elsewhere, and apart. Settings and label rules in /etc/salus-gateway are few and change seldom: copy them with the machine's others.
#
# To put it back: gateway-restore.sh. Both are tried together by scripts/check-deploy.sh.
set -euo pipefail
# shellcheck source=scripts/operator/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

OUT='' RECIPIENT='' CERTIFICATE='' DATA=/var/lib/salus-gateway UNIT=salus-gateway STOPPED=''
while [ $# -gt 0 ]; do
	case $1 in
		--out) OUT=$(value "$@"); shift 2 ;;
		--recipient) RECIPIENT=$(value "$@"); shift 2 ;;
		--certificate) CERTIFICATE=$(value "$@"); shift 2 ;;
		--data) DATA=$(value "$@"); shift 2 ;;
		--unit) UNIT=$(value "$@"); shift 2 ;;
		--stopped) STOPPED=1; shift ;;
		-h | --help) usage; exit 0 ;;
		*) die "unknown argument '$1'; see --help" ;;
	esac
done
[ -n "$OUT" ] || die "--out FILE is needed; see --help"
[ ! -e "$OUT" ] || die "$OUT exists; backups are not overwritten"
[ ! -e "$DATA/salus-gateway-database" ] || die "the database of $DATA is in PostgreSQL: docs/exchange/storage.md (Copies of database and folder) says how both are copied"
[ -r "$DATA/gateway.sqlite" ] || die "there is no database $DATA/gateway.sqlite that this user can read"
if [ -n "$RECIPIENT" ] && [ -n "$CERTIFICATE" ]; then die "--recipient or --certificate, not both"; fi
case $RECIPIENT in
	AGE-SECRET-KEY-*) die "that is a secret key, and now it is in the list of processes and perhaps in the shell's history: make a new pair. --recipient takes the public one (age1...)" ;;
	age1*) need age ;;
	'')
		[ -n "$CERTIFICATE" ] || die "--recipient or --certificate is needed; an unencrypted copy is not made: types and times of resources stand in it in the clear"
		need openssl
		grep -q 'BEGIN CERTIFICATE' "$CERTIFICATE" 2>/dev/null || die "$CERTIFICATE is no certificate in PEM form"
		;;
	*) die "'$RECIPIENT' is no age public key (age1...)" ;;
esac
need tar

# The lock that the gateway has on its database is one of the file system: who has it is in /proc/locks by the inode.
in_use() { grep -q ":$(stat -c %i "$DATA/gateway.sqlite") " /proc/locks 2>/dev/null; }
AGAIN=''
start_again() { [ -z "$AGAIN" ] || systemctl start "$UNIT"; }
trap start_again EXIT
if [ -z "$STOPPED" ]; then
	need systemctl
	if systemctl is-active --quiet "$UNIT"; then
		AGAIN=1
		systemctl stop "$UNIT"
	fi
fi
if in_use; then die "a gateway has $DATA/gateway.sqlite open: a copy of it now would be of no moment. Stop it, or give a snapshot"; fi

umask 077
if [ -n "$RECIPIENT" ]; then
	encrypt() { age -r "$RECIPIENT" -o "$OUT"; }
else
	encrypt() { openssl cms -encrypt -binary -stream -aes-256-gcm -outform DER -out "$OUT" "$CERTIFICATE"; }
fi
# A log beside the database (gateway.sqlite-wal) is a part of it: all of the folder goes in.
tar -C "$DATA" --exclude=./.salus-gateway-probe -c . | encrypt || {
	rm -f -- "$OUT"
	die 'nothing was written'
}
trap - EXIT
start_again
ok "$(find "$DATA/vault" -type f | wc -l) records, $(stat -c %s "$OUT") bytes in $OUT"
warn "the vault's key is not in it. A copy that nobody has opened is a hope: try gateway-restore.sh on another machine"
