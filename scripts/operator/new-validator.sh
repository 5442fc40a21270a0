#!/usr/bin/env bash
# Prepares this machine for a validator: checks it and the chain specification, makes the node's
# network key, and prints the multiaddress that the other members need.
#
#   new-validator.sh --chain FILE --public-address HOST_OR_IP [--base-path DIR] [--user USER]
#                    [--port PORT] [--local-ports LIST] [--check]
#
#   --chain FILE              the network's chain specification, from two members independently
#   --public-address ADDRESS  where the other members reach this node (in WireGuard, if it is used)
#   --base-path DIR           the node's folder (default /var/lib/salus)
#   --user USER               who runs the node (default salus); the folder will be theirs
#   --port PORT               peer-to-peer port (default 30333)
#   --local-ports LIST        ports of RPC and metrics (default 9944,9945,9615)
#   --check                   only check, make nothing
#
# A network key that is there already is kept and shown. The key never leaves the folder.
# The exit code is 1 if a check failed; then nothing is made.
set -euo pipefail
# shellcheck source=scripts/operator/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

CHAIN='' ADDRESS='' BASE=/var/lib/salus OWNER=salus PORT=30333 LOCAL=9944,9945,9615 CHECK=''
while [ $# -gt 0 ]; do
	case $1 in
		--chain) CHAIN=$(value "$@"); shift 2 ;;
		--public-address) ADDRESS=$(value "$@"); shift 2 ;;
		--base-path) BASE=$(value "$@"); shift 2 ;;
		--user) OWNER=$(value "$@"); shift 2 ;;
		--port) PORT=$(value "$@"); shift 2 ;;
		--local-ports) LOCAL=$(value "$@"); shift 2 ;;
		--check) CHECK=1; shift ;;
		-h | --help) usage; exit 0 ;;
		*) die "unknown argument '$1'; see --help" ;;
	esac
done
[ -n "$CHAIN" ] || die "--chain FILE is needed; see --help"
[ -n "$ADDRESS" ] || die "--public-address is needed; see --help"
need jq "$SALUS_NODE"
[[ $PORT,$LOCAL =~ ^[0-9]+(,[0-9]+)*$ ]] || die "'$PORT,$LOCAL' are no ports"
if [ "$PORT" -lt 1 ] || [ "$PORT" -gt 65535 ]; then die "the port $PORT is none that others can reach"; fi
# What the others could not dial, and build-spec would refuse.
case ${ADDRESS,,} in
	0.0.0.0 | 127.* | localhost | localhost. | *.localhost | :: | ::1 | 169.254.* | fe80:* | ::ffff:*)
		die "'$ADDRESS' is no address at which other machines reach this one" ;;
esac
case $ADDRESS in
	*[!A-Za-z0-9.:-]*) die "'$ADDRESS' is neither a host name nor an address" ;;
	*:*) MULTIADDRESS=/ip6/$ADDRESS/tcp/$PORT ;;
	*[!0-9.]*) MULTIADDRESS=/dns/$ADDRESS/tcp/$PORT ;;
	*) MULTIADDRESS=/ip4/$ADDRESS/tcp/$PORT ;;
esac

# --- the machine
CORES=$(nproc)
if [ "$CORES" -ge 4 ]; then ok "$CORES cores"; else warn "$CORES cores; docs/operators/hardware.md asks for 4"; fi
MEMORY=$(awk '/^MemTotal/ { printf "%.0f", $2 * 1024 }' /proc/meminfo)
if [ "$MEMORY" -ge 15000000000 ]; then ok "$(gib "$MEMORY") of memory"; else warn "$(gib "$MEMORY") of memory; 16 GiB are asked for"; fi
LEFT=$(free_space "$BASE")
if [ "$LEFT" -ge 100000000000 ]; then
	ok "$(gib "$LEFT") left for $BASE"
elif [ "$LEFT" -ge 5000000000 ]; then
	warn "$(gib "$LEFT") left for $BASE; 100 GB are asked for"
else
	bad "$(gib "$LEFT") left for $BASE: too little to begin with"
fi
CLOCK=$(clock)
case $CLOCK in
	yes*) ok "the clock is synchronised: ${CLOCK#yes }" ;;
	no*) bad "the clock is not synchronised: ${CLOCK#no }" ;;
	*) warn "whether the clock is synchronised is $CLOCK" ;;
esac
DEVICE=$(df --output=source "$(p=$BASE; while [ ! -e "$p" ]; do p=$(dirname "$p"); done; echo "$p")" | tail -n 1)
if have lsblk && lsblk -nrso TYPE "$DEVICE" 2>/dev/null | grep -x crypt >/dev/null; then
	ok "$BASE is on an encrypted disk"
else
	warn "$BASE does not seem to be on an encrypted disk ($DEVICE); session keys are stored in plain text"
fi
if [ "$(wc -l </proc/swaps)" -gt 1 ]; then warn 'swap is on; the unit keeps the node out of it, other ways of starting do not'; else ok 'no swap'; fi
busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
for port in "$PORT" ${LOCAL//,/ }; do
	if busy "$port"; then bad "port $port is in use"; else ok "port $port is free"; fi
done
if id "$OWNER" >/dev/null 2>&1; then
	ok "user $OWNER"
else
	bad "there is no user '$OWNER': useradd --system --home-dir $BASE --shell /usr/sbin/nologin $OWNER"
fi

# --- the chain specification
if ! ID=$(chain_id "$CHAIN" 2>&1); then
	bad "$ID"
elif jq -e .genesis "$CHAIN" >/dev/null 2>&1; then
	ok "chain '$(jq -r .name "$CHAIN")' (id $ID), sha256 $(sha256sum "$CHAIN" | cut -d ' ' -f 1)"
	TYPE=$(jq -r .chainType "$CHAIN")
	if [ "$TYPE" = Live ]; then ok 'type Live'; else warn "type $TYPE: not a production network"; fi
	if [ "$(jq -r .closed "$CHAIN")" = true ]; then
		ok "closed: only reserved nodes are let in; $(jq '.reservedNodes // [] | length' "$CHAIN") are named"
	else
		warn 'not closed: the node will talk to anybody who reaches it; give --reserved-only and --reserved-nodes'
	fi
	if [ "$(jq -r '.telemetryEndpoints // [] | length' "$CHAIN")" = 0 ]; then ok 'no telemetry'; else warn 'names telemetry servers; give --no-telemetry'; fi
else
	bad "$CHAIN is no chain specification"
fi

if [ "$PROBLEMS" != 0 ]; then die "$PROBLEMS check(s) failed; nothing was made"; fi
[ -z "$CHECK" ] || exit 0

# --- the network key
umask 077
mkdir -p "$BASE"
"$SALUS_NODE" build-spec --chain "$CHAIN" --disable-default-bootnode >/dev/null 2>&1 ||
	die "$SALUS_NODE cannot read $CHAIN: $("$SALUS_NODE" build-spec --chain "$CHAIN" 2>&1 >/dev/null | tail -n 1)"
FILE=$BASE/chains/$ID/network/secret_ed25519
if [ -e "$FILE" ]; then
	PEER=$("$SALUS_NODE" key inspect-node-key --file "$FILE")
	ok "kept the network key that was there: $FILE"
else
	PEER=$("$SALUS_NODE" key generate-node-key --base-path "$BASE" --chain "$CHAIN" 2>&1 >/dev/null | tail -n 1)
	ok "made a network key: $FILE"
fi
[[ $PEER =~ ^12D3KooW[1-9A-HJ-NP-Za-km-z]+$ ]] || die "unexpected peer id '$PEER'"
[ "$(id -u)" != 0 ] || chown -R "$OWNER": "$BASE"

cat <<TEXT

${BOLD}Peer id${OFF}       $PEER
${BOLD}Multiaddress${OFF}  $MULTIADDRESS/p2p/$PEER

Next (docs/operators/README.md):
  1. Give the multiaddress to the other members; each adds it with --reserved-nodes, or the network's
     next chain specification names it.
  2. Install the unit and its settings, start the node, wait until it has caught up:
         systemctl enable --now salus-node && $(dirname "$0")/health.sh
  3. Once the Council has added your validator's account:
         $(dirname "$0")/rotate-session-keys.sh --account ADDRESS
  4. $(dirname "$0")/backup-keys.sh --base-path $BASE --chain $CHAIN ...
TEXT
