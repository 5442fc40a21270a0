"""Validates FHIR answers against the definitions of R4 (4.0.1): types, formats of dates, cardinality and unknown members, by the models of `fhirclient` of
PyPI. The answers are in the folder that SALUS_FHIR_ANSWERS names. Writes as node's test runner does."""

import importlib
import json
import os
import pathlib
import sys

from fhirclient.models.fhirabstractbase import FHIRValidationError


def faults(resource):
    name = resource["resourceType"]
    model = getattr(importlib.import_module(f"fhirclient.models.{name.lower()}"), name)
    try:
        model(resource, strict=True)
    except FHIRValidationError as error:
        return [str(error)]
    found = []
    for entry in resource.get("entry", []) if name == "Bundle" else []:
        found += faults(entry["resource"])
    return found


WRONG = [
    {"resourceType": "Observation", "code": {"text": "a"}},
    {"resourceType": "Observation", "status": "final", "code": {"text": "a"}, "effectiveDateTime": "2020-13"},
    {"resourceType": "AuditEvent", "type": {"code": "a"}, "recorded": "2020-01-01", "agent": [{"requestor": True}], "source": {"observer": {}}},
    {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": {"resourceType": "Observation", "status": "final"}}]},
    {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "login", "other": 1}]},
]

passed = failed = 0
for resource in WRONG:
    if not faults(resource):
        print(f"not ok: the validator takes {json.dumps(resource)}")
        failed += 1
answers = sorted(pathlib.Path(os.environ["SALUS_FHIR_ANSWERS"]).iterdir())
kinds = {}
for file in answers:
    resource = json.loads(file.read_text())
    found = faults(resource)
    kinds[resource["resourceType"]] = kinds.get(resource["resourceType"], 0) + 1
    if found:
        failed += 1
        if failed <= 20:
            print(f"not ok {file.name}: {found[0][:600]}")
    else:
        passed += 1
if not passed:
    failed += 1
print(f"answers: {kinds}")
print(f"# pass {passed}")
print(f"# fail {failed}")
sys.exit(1 if failed else 0)
