#!/usr/bin/env bash
# Compares the noise of counts for research with that of a library that others wrote and reviewed: OpenDP 0.16.0 of PyPI (docs/decisions/0059).
#
#   scripts/noise.sh [EPSILON...]     values of epsilon in millionths, of those in exchange/foreign/noise.py; all of them unless told
#
# Two million draws of each, for each value, by a chi-square test of two samples: some three minutes. Wrong samplers must be found by it. Fails though nothing
# is wrong less often than once in a million runs. The first time the library is installed into $SALUS_CACHE/noise-1 (seconds). The last line says
# RESULT: passed, or RESULT: failed and why.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
load_env
PLACE=$SALUS_CACHE/noise-1
have python3 || die "needs python3 with venv (apt-get install python3-venv)"
if ! "$PLACE/bin/python" -c 'import opendp' 2>/dev/null; then
	say "opendp from PyPI"
	python3 -m venv "$PLACE"
	"$PLACE/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: opendp==0.16.0
fi
in_exchange cargo build --quiet --locked -p salus-counts --example draws
exec "$PLACE/bin/python" "$ROOT/exchange/foreign/noise.py" "$CARGO_TARGET_DIR/exchange/debug/examples/draws" "$@"
