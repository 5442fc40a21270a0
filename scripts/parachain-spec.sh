#!/usr/bin/env bash
# Writes the files with which a parachain begins into a folder: para.json, to be read and changed; para-raw.json, for
# nodes; genesis-wasm and genesis-head, for the relay chain that registers it. Builds the parachain's runtime for it,
# or takes the one named in SALUS_PARACHAIN_WASM.
#
#   scripts/parachain-spec.sh [--preset NAME] [--relay-chain ID] [--para-id NUMBER] FOLDER
#   scripts/parachain-spec.sh --plain ... FOLDER   only para.json
#   scripts/parachain-spec.sh --again FOLDER       the other files, from a para.json that was changed
#
# Unless told otherwise: the preset local_testnet, under the relay chain westend-local, as parachain 2000.
# Needs polkadot-omni-node: on the PATH, in SALUS_RELAY_BIN, or from scripts/setup.sh --parachain.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
load_env

PRESET=local_testnet RELAY=westend-local PARA=2000 AGAIN='' PLAIN='' FOLDER=''
while [ $# -gt 0 ]; do
	case $1 in
		--preset | --relay-chain | --para-id)
			[ -n "${2-}" ] || die "$1 needs a value"
			case $1 in
				--preset) PRESET=$2 ;;
				--relay-chain) RELAY=$2 ;;
				--para-id) PARA=$2 ;;
			esac
			shift 2
			;;
		--again) AGAIN=1; shift ;;
		--plain) PLAIN=1; shift ;;
		-h | --help) sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
		-*) die "unknown argument '$1'; see --help" ;;
		*) [ -z "$FOLDER" ] || die "one folder, not '$FOLDER' and '$1'"; FOLDER=$1; shift ;;
	esac
done
[ -n "$FOLDER" ] || die 'name a folder for the files; see --help'
[[ $PARA =~ ^[1-9][0-9]*$ ]] || die "the number of a parachain is not '$PARA'"
mkdir -p "$FOLDER"
FOLDER=$(cd "$FOLDER" && pwd)
OMNI=$(relay_program polkadot-omni-node) || die "$(relay_hint polkadot-omni-node)"

# It says much that is no error; shown if it fails.
LOG=$(mktemp "${TMPDIR:-/tmp}/salus-spec.XXXXXX")
trap 'rm -f -- "$LOG"' EXIT
omni() {
	"$OMNI" "$@" >"$LOG" 2>&1 </dev/null || {
		tail -20 "$LOG" >&2
		die "polkadot-omni-node $1 failed"
	}
}

if [ -z "$AGAIN" ]; then
	parachain_wasm
	# Only on a development chain a client goes by the chain's clock.
	TYPE=local
	[ "$PRESET" != development ] || TYPE=development
	omni chain-spec-builder --chain-spec-path "$FOLDER/para.json" create --chain-name 'Salus parachain' \
		--chain-id salus_parachain --relay-chain "$RELAY" --para-id "$PARA" -t "$TYPE" \
		--properties tokenSymbol=SLS,tokenDecimals=12,ss58Format=42 --runtime "$PARACHAIN_WASM" named-preset "$PRESET"
fi
[ -s "$FOLDER/para.json" ] || die "there is no $FOLDER/para.json"
[ -z "$PLAIN" ] || { note "in $FOLDER: para.json"; exit 0; }
omni chain-spec-builder --chain-spec-path "$FOLDER/para-raw.json" convert-to-raw "$FOLDER/para.json"
rm -f "$FOLDER/genesis-wasm" "$FOLDER/genesis-head"
omni export-genesis-wasm --chain "$FOLDER/para-raw.json" "$FOLDER/genesis-wasm"
omni export-genesis-head --chain "$FOLDER/para-raw.json" "$FOLDER/genesis-head"
note "in $FOLDER: para.json, para-raw.json, genesis-wasm, genesis-head"
