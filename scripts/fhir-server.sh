#!/usr/bin/env bash
# Runs a command with a FHIR R4 server beside it that others wrote, without any record. Its base URL is in SALUS_FHIR_SERVER.
#
#   scripts/fhir-server.sh COMMAND...
#
# The first time it is installed (scripts/setup.sh --fhir, seconds).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# -gt 0 ] || {
	sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
	exit 2
}

fhir_server_is_there || "$ROOT/scripts/setup.sh" --fhir
cleanup_at_exit
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/salus-fhir.XXXXXX")
FOLDERS+=("$FOLDER")
fhir_server_alone "$FOLDER/server" || die "the FHIR server did not start"
export SALUS_FHIR_SERVER=$FHIR_SERVER
"$@"
