#!/usr/bin/env bash
# Lets programs that nobody here wrote use a gateway, or judge what it answers.
#
#   scripts/foreign-clients.sh read        a patient's results are read with a token from a running gateway: oauth4webapi 3.8.8, dpop 2.1.2 and
#                                          fhir-kit-client 2.0.3 of npm
#   scripts/foreign-clients.sh validate    the FHIR answers that the gateway's tests get are validated against R4 4.0.1: fhir 4.12.0 of npm, and
#                                          fhirclient 4.4.0 of PyPI
#
# The first time they are installed into $SALUS_CACHE/foreign-1 (seconds). Writes in the form of node's test runner.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
load_env
PLACE=$SALUS_CACHE/foreign-1
cleanup_at_exit
have node || die "needs node: scripts/setup.sh"
if [ ! -f "$PLACE/node_modules/.package-lock.json" ]; then
	say "clients and a validator of FHIR from npm"
	mkdir -p "$PLACE"
	npm install --silent --no-audit --no-fund --prefix "$PLACE" oauth4webapi@3.8.8 dpop@2.1.2 fhir-kit-client@2.0.3 fhir@4.12.0
fi
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/salus-foreign.XXXXXX")
FOLDERS+=("$FOLDER")
# Where they find what they import.
cp "$ROOT"/exchange/foreign/*.mjs "$FOLDER/"
ln -s "$PLACE/node_modules" "$FOLDER/node_modules"
CARGO=(cargo --quiet)
MANIFEST=(--manifest-path "$ROOT/exchange/Cargo.toml" --locked -p salus-gateway)

case ${1-} in
	read)
		"${CARGO[@]}" build "${MANIFEST[@]}" --example open
		mkfifo "$FOLDER/input"
		"$CARGO_TARGET_DIR/debug/examples/open" <"$FOLDER/input" >"$FOLDER/told" 2>"$FOLDER/log" &
		PIDS+=($!)
		# It answers until its input ends.
		exec 3>"$FOLDER/input"
		for _ in $(seq 300); do
			[ ! -s "$FOLDER/told" ] || break
			sleep 0.2
		done
		[ -s "$FOLDER/told" ] || {
			tail -20 "$FOLDER/log" >&2
			die "the gateway did not start"
		}
		node --test-reporter=tap "$FOLDER/read.mjs" <"$FOLDER/told"
		;;
	validate)
		if [ ! -x "$PLACE/python/bin/pip" ] || ! "$PLACE/python/bin/python" -c 'import fhirclient' 2>/dev/null; then
			have python3 || die "needs python3 with venv (apt-get install python3-venv)"
			say "models of FHIR from PyPI"
			python3 -m venv "$PLACE/python"
			"$PLACE/python/bin/pip" install --quiet --disable-pip-version-check fhirclient==4.4.0
		fi
		export SALUS_FHIR_ANSWERS=$FOLDER/answers
		mkdir "$SALUS_FHIR_ANSWERS"
		# That one test is of answers that are too large to be kept.
		"${CARGO[@]}" test "${MANIFEST[@]}" --test face --test releases --test emergency -- --skip a_page_of_large_resources >"$FOLDER/log" 2>&1 || {
			tail -40 "$FOLDER/log" >&2
			die "the gateway's tests fail"
		}
		RC=0
		node --test-reporter=tap "$FOLDER/validate.mjs" || RC=1
		"$PLACE/python/bin/python" "$ROOT/exchange/foreign/validate.py" || RC=1
		exit $RC
		;;
	*)
		sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
		exit 2
		;;
esac
