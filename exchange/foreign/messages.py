"""Sends messages of HL7 v2 that others have published to a running gateway, by a client that nobody here wrote (`hl7.client.MLLPClient` of PyPI), and tells
what became of each: taken, waiting in quarantine and why, or refused and why. The messages are in the packages of SALUS_HL7_SAMPLES, as their registries have them;
what is told of the gateway is on the input, as one line of JSON (gateway/examples/open.rs). Writes as node's test runner does."""

import collections
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.error
import urllib.request

import hl7
from hl7.client import MLLPClient

TOLD = json.loads(sys.stdin.readline())
SAMPLES = pathlib.Path(os.environ["SALUS_HL7_SAMPLES"])
# What the gateway says that it takes.
TYPES = {"ORU^R01", "MDM^T02", "ADT^A01", "ADT^A04", "ADT^A08", "ADT^A28", "ADT^A31", "ADT^A40"}
# Of what a refusal speaks.
REASONS = [
    "messages of the type", "is missing", "neither UTF-8 nor of the character set", "does not begin with MSH",
]


def house(path, body=None):
    """Asks the gateway's inside face: status and JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(TOLD["inside"] + path, data=data, headers={"authorization": f"Bearer {TOLD['token']}"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def of_text(data):
    """The messages in a file of text, with the ends of segments that the standard has. What stands before the first is no message."""
    lines = [line for line in re.split(rb"[\r\n]+", data) if line]
    messages = []
    for line in lines:
        if line.startswith(b"MSH"):
            messages.append([])
        if messages and re.match(rb"[A-Z][A-Z0-9]{2}.", line):
            messages[-1].append(line)
    return [b"\r".join(lines) + b"\r" for lines in messages]


def of_python(path):
    spec = importlib.util.spec_from_file_location("samples", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    texts = [text for name, text in vars(module).items() if isinstance(text, str) and "MSH|" in text and not name.startswith("_")]
    return [message for text in texts for message in of_text(text.encode())]


def of_javascript(path):
    """The messages in template literals."""
    texts = re.findall(r"`(MSH[^`]*)`", path.read_text())
    return [message for text in texts for message in of_text(text.replace("\\r", "\r").replace("\\\\", "\\").encode())]


def generated(kind, count):
    """Messages of hl7gen, which fills every field with something of its type at random."""
    program = pathlib.Path(sys.executable).with_name("hl7gen")
    out = [subprocess.run([program, "generate", kind], check=True, capture_output=True, timeout=120).stdout for _ in range(count)]
    return [message for text in out for message in of_text(text)]


def samples():
    """Name of the source and its messages, each once."""
    found = []
    for pattern, read in [
        ("hl7-0.4.5/tests/samples.py", of_python),
        ("hl7v2_fhir_bridge-0.1.0/samples/*.hl7", lambda path: of_text(path.read_bytes())),
        ("simple-hl7-3.3.0/test/samples/*.hl7", lambda path: of_text(path.read_bytes())),
        ("nodehl7-2.0.0/test/testfiles/*.adm", lambda path: of_text(path.read_bytes())),
        ("hl7-1.1.1/test/fixtures/*.txt", lambda path: of_text(path.read_bytes())),
        ("hl7-standard-1.0.4/tests/data/*.hl7", lambda path: of_text(path.read_bytes())),
        ("hl7-standard-1.0.4/examples/data/input.hl7", lambda path: of_text(path.read_bytes())),
        ("rimiti-hl7-object-parser-2.9.0/__tests__/*/index.js", of_javascript),
    ]:
        paths = sorted(SAMPLES.glob(pattern))
        if not paths:
            raise SystemExit(f"there are no {pattern}")
        for path in paths:
            found += [(path.relative_to(SAMPLES).parts[0], message) for message in read(path)]
    seen, each = set(), []
    for source, message in found:
        if message not in seen:
            seen.add(message)
            each.append((source, message))
    return each


def decoded(message):
    try:
        return message.decode()
    except UnicodeDecodeError:
        return message.decode("latin-1")


def field(message, segment, number, component=0):
    """A part of a message as the client's own reader finds it; none if it does not."""
    try:
        value = hl7.parse(decoded(message)).segment(segment)[number]
        return str(value[0][component]) if len(value) and isinstance(value[0], hl7.Container) and len(value[0]) > component else str(value).split("^")[component]
    except Exception:  # Whatever a reader of others thinks of a sample.
        return ""


def kind(message):
    parts = message.split(b"\r")[0].split(message[3:4])
    return "^".join(part.decode("latin-1") for part in parts[8].split(b"^")[:2]) if len(parts) > 8 else ""


def control(message):
    parts = message.split(b"\r")[0].split(message[3:4])
    return parts[9].decode("latin-1") if len(parts) > 9 else ""


def handle(name):
    return "0x" + hashlib.sha256(name.encode()).hexdigest()


def link(name):
    """Ties an id to a handle of its own. True if it is tied to that."""
    return house("/links", {"handle": handle(name), "patient": name})[0] == 200


def quarantine():
    found, after = [], 0
    while True:
        page = house(f"/quarantine?after={after}")[1]["quarantine"]
        if not page:
            return found
        found += page
        after = page[-1]["number"]


passed = failed = 0


def check(name, holds, why=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    print(f"{'ok' if holds else 'not ok'} {passed + failed} - {name}{'' if holds else ': ' + str(why)}", flush=True)


host, port = TOLD["hl7"].rsplit(":", 1)


def send(message):
    with MLLPClient(host, int(port)) as client:
        client.socket.settimeout(60)
        # The client sends and receives; the frame is its own.
        return hl7.parse(client.send_message(message).strip(b"\x0b\x1c\r").decode())


messages = samples()
ids = {id for _, message in messages for id in [field(message, "PID", 3), field(message, "MRG", 1)] if re.fullmatch(r"[A-Za-z0-9.-]{1,64}", id)}
check("the patients of the samples are tied", ids and all(link(id) for id in ids))
answers, refusals, per_source = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
wrong, codes_sent = [], []
for source, message in messages:
    answer = send(message)
    code, number, words = (str(answer.segment("MSA")[at]) if len(answer.segment("MSA")) > at else "" for at in (1, 2, 3))
    answers[code, kind(message) if kind(message) in TYPES else "other"] += 1
    per_source[source][code] += 1
    if code == "AR":
        refusals[re.sub(r"\d{5,}", "…", words)] += 1
    codes_sent.append(code)
    is_right = code in ("AA", "AR") and number == control(message) and (code == "AA" or any(reason in words for reason in REASONS))
    is_right &= kind(message) in TYPES or code == "AR"
    if not is_right:
        wrong.append((source, kind(message), code, number, words))
check(f"each of {len(messages)} messages has an answer of its own, AA or AR with a reason", not wrong, wrong)

waiting = quarantine()
again = [str(send(message).segment("MSA")[1]) for _, message in messages]
check("sent again, each has the same answer, and nothing is there twice", again == codes_sent and len(quarantine()) == len(waiting))
taken = re.findall(r"a message is taken .*?resources=(\d+) quarantined=(\d+)", re.sub(r"\x1b\[[0-9;]*m", "", pathlib.Path(os.environ["SALUS_LOG"]).read_text()))
resources = sum(int(all) for all, _ in taken) // 2
faults = collections.Counter((entry["fault"], entry["reference"].split("/")[0]) for entry in waiting)

# A merge joins nothing: both ids stay tied as they were, and a person is told.
merges = {(field(message, "PID", 3), field(message, "MRG", 1)) for _, message in messages if kind(message) == "ADT^A40"}
told = {(merge["stays"], merge["goes"]) for merge in house("/merges")[1]["merges"]}
check(f"{len(merges)} merges are told to a person", merges and told == merges, (merges, told))
for stays, goes in sorted(merges):
    check("the ids of a merge stay tied as they were", link(stays) and link(goes))
    check("and neither becomes the other's", house("/links", {"handle": handle(stays), "patient": goes})[0] == 409)

random = generated("MDM_T02", 10) + generated("ORU_R01", 5) + generated("ADT_A01", 5)
codes = collections.Counter()
odd = []
for message in random:
    answer = send(message)
    codes[kind(message), str(answer.segment("MSA")[1])] += 1
    if str(answer.segment("MSA")[1]) not in ("AA", "AR"):
        odd.append(str(answer))
check(f"{len(random)} messages that are filled at random are answered", not odd, odd)
check("and documents are among those that are taken", codes["MDM^T02", "AA"] > 0, codes)

print("# answers:", ", ".join(f"{code} {name} {count}" for (code, name), count in sorted(answers.items())))
for source, codes_of in sorted(per_source.items()):
    print(f"# {source}:", ", ".join(f"{code} {count}" for code, count in sorted(codes_of.items())))
for words, count in sorted(refusals.items()):
    print(f"# refused, {count}: {words}")
print(f"# resources: {resources}, of which in quarantine now {len(waiting)}")
for (fault, name), count in sorted(faults.items()):
    print(f"# quarantined, {count}: {fault} {name}")
print("# at random:", ", ".join(f"{name} {code} {count}" for (name, code), count in sorted(codes.items())))
print(f"1..{passed + failed}\n# tests {passed + failed}\n# pass {passed}\n# fail {failed}")
sys.exit(failed > 0)
