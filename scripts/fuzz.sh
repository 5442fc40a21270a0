#!/usr/bin/env bash
# Lets schemathesis send a gateway what it makes up from its OpenAPI documents: at least 20,000 requests (exchange/fuzz/README.md).
#
#   scripts/fuzz.sh [EXAMPLES [SEED]]     so many examples of each operation; 600 unless told
#
# The first time it is installed into $SALUS_CACHE/fuzz-1 (a minute). Fails if there is an answer of 500, none within a minute, one that the
# documents do not name, or if there were fewer requests.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
load_env
LEAST=20000
PLACE=$SALUS_CACHE/fuzz-1
have python3 || die "needs python3 with venv (apt-get install python3-venv)"
if [ ! -x "$PLACE/bin/schemathesis" ]; then
	say "schemathesis from PyPI"
	python3 -m venv "$PLACE"
	"$PLACE/bin/pip" install --quiet --disable-pip-version-check -r "$ROOT/exchange/fuzz/requirements.txt"
fi
export CARGO_TARGET_DIR=$CARGO_TARGET_DIR/exchange
PATH=$PLACE/bin:$PATH exec "$ROOT/exchange/fuzz/run.sh" "${1:-600}" "${2:-$RANDOM}" "$LEAST"
