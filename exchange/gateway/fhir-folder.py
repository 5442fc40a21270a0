#!/usr/bin/env python3
"""Splits Bundles of patients into a folder `resources/Type/id.json`, as the server `fhirsnake` has it, to try the shadow on.

    fhir-folder.py FOLDER BUNDLE...

References by `urn:uuid` become `Type/id`, as a server makes them when it takes a transaction in.
"""
import json
import pathlib
import sys


def rewritten(value, names):
    if isinstance(value, dict):
        return {name: rewritten(each, names) for name, each in value.items()}
    if isinstance(value, list):
        return [rewritten(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


def main(folder, *bundles):
    resources = 0
    for bundle in bundles:
        entries = json.loads(pathlib.Path(bundle).read_text())["entry"]
        names = {
            entry["fullUrl"]: f'{entry["resource"]["resourceType"]}/{entry["resource"]["id"]}'
            for entry in entries
        }
        for entry in entries:
            resource = rewritten(entry["resource"], names)
            place = pathlib.Path(folder) / "resources" / resource["resourceType"]
            place.mkdir(parents=True, exist_ok=True)
            (place / f'{resource["id"]}.json').write_text(json.dumps(resource))
            resources += 1
    print(resources, "resources")


if __name__ == "__main__":
    main(*sys.argv[1:])
