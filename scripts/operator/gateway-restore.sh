#!/usr/bin/env bash
# Puts a copy by gateway-backup.sh back, and lets the gateway say whether it holds together.
#
#   gateway-restore.sh --from FILE (--identity AGE_KEY_FILE | --key FILE --certificate FILE) --config FILE [--data DIR] [--owner USER]
#
#   --from FILE              the copy
#   --identity AGE_KEY_FILE  the secret age key
#   --key, --certificate     the secret key and the certificate, for a copy by OpenSSL
#   --config FILE            the gateway's configuration; its `data` must be DIR, and its vault's key that of the copy
#   --data DIR               the folder to make (default /var/lib/salus-gateway); must be empty or absent
#   --owner USER             whose it becomes (default salus-gateway)
#
# The old machine's gateway must be off for good: two that go on from one copy write two logs, and the chain takes one.
# A copy forgets what came after it: records are sent again by their sources; entries of the access log are lost, and the chain may know
# more of them than there are (docs/operators/runbooks/gateway-log.md). Put back the newest.
set -euo pipefail
# shellcheck source=scripts/operator/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

FROM='' IDENTITY='' KEY='' CERTIFICATE='' CONFIG='' DATA=/var/lib/salus-gateway OWNER=salus-gateway
while [ $# -gt 0 ]; do
	case $1 in
		--from) FROM=$(value "$@"); shift 2 ;;
		--identity) IDENTITY=$(value "$@"); shift 2 ;;
		--key) KEY=$(value "$@"); shift 2 ;;
		--certificate) CERTIFICATE=$(value "$@"); shift 2 ;;
		--config) CONFIG=$(value "$@"); shift 2 ;;
		--data) DATA=$(value "$@"); shift 2 ;;
		--owner) OWNER=$(value "$@"); shift 2 ;;
		-h | --help) usage; exit 0 ;;
		*) die "unknown argument '$1'; see --help" ;;
	esac
done
[ -r "$FROM" ] || die "cannot read the copy '$FROM'; --from FILE is needed, see --help"
[ -r "$CONFIG" ] || die "cannot read the configuration '$CONFIG'; --config FILE is needed, see --help"
SALUS_GATEWAY=${SALUS_GATEWAY:-salus-gateway}
have "$SALUS_GATEWAY" || die "there is no program '$SALUS_GATEWAY'; name one in SALUS_GATEWAY"
id "$OWNER" >/dev/null 2>&1 || die "there is no user '$OWNER'"
grep -qE "^data *= *\"$DATA\"" "$CONFIG" || die "in $CONFIG there is no line data = \"$DATA\""
[ ! -e "$DATA" ] || [ -z "$(ls -A "$DATA")" ] || die "$DATA is not empty: move what is there away, and keep it until this is over"
need tar
if [ -n "$IDENTITY" ]; then
	need age
	decrypt() { age -d -i "$IDENTITY" "$FROM"; }
elif [ -n "$KEY" ] && [ -n "$CERTIFICATE" ]; then
	need openssl
	decrypt() { openssl cms -decrypt -binary -inform DER -in "$FROM" -inkey "$KEY" -recip "$CERTIFICATE"; }
else
	die "--identity, or --key and --certificate are needed; see --help"
fi

umask 077
MADE=$DATA.restored.$$
mkdir -p "$MADE"
give_up() { rm -rf -- "$MADE"; die "$1; nothing was put back"; }
decrypt | tar -C "$MADE" -x || give_up 'the copy does not open, or is cut off'
if [ ! -f "$MADE/gateway.sqlite" ] || [ ! -d "$MADE/vault" ]; then give_up 'the copy is none of a gateway'; fi
chown -R "$OWNER": "$MADE"
[ ! -e "$DATA" ] || rmdir "$DATA"
mv "$MADE" "$DATA"
! have logger || logger -t salus-gateway-restore "a copy of $(stat -c %y "$FROM") was put back into $DATA"
ok "$(find "$DATA/vault" -type f | wc -l) records are in $DATA"

# The program reads the whole log and opens a record before it listens; then it is stopped again.
# It takes the place of the shell, so that a signal to that is one to it.
AS=()
if [ "$(id -un)" != "$OWNER" ]; then
	need setpriv
	AS=(setpriv --reuid="$OWNER" --regid="$(id -gn "$OWNER")" --init-groups)
fi
"${AS[@]}" "$SALUS_GATEWAY" check-config "$CONFIG" || die 'the copy is there; the configuration has faults'
SAYS=$(mktemp)
"${AS[@]}" "$SALUS_GATEWAY" run "$CONFIG" >"$SAYS" 2>&1 &
GATEWAY=$!
for _ in $(seq 600); do
	if grep -q '^listening' "$SAYS" || ! kill -0 "$GATEWAY" 2>/dev/null; then break; fi
	sleep 0.5
done
kill "$GATEWAY" 2>/dev/null || true
wait "$GATEWAY" 2>/dev/null || true
grep -q '^listening' "$SAYS" || {
	tail -n 5 "$SAYS" >&2
	rm -f "$SAYS"
	die "the copy is in $DATA, and the gateway does not start on it"
}
rm -f "$SAYS"
ok 'the gateway has read its access log from the first entry, and listens'
warn 'start it: systemctl start salus-gateway. Then look at salus_gateway_log_broken_total for an hour'
