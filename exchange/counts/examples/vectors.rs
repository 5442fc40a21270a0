//! Writes `vectors/`: what the tests here and the TypeScript client check. `cargo run -p salus-counts --example vectors`.

use ed25519_zebra::{SigningKey, VerificationKey};
use p384::ecdsa::{signature::Signer, Signature, SigningKey as P384};
use salus_counts::{
	job::{Job, SignedJob, MAX_AHEAD, MAX_JOB, MAX_JOB_LIFE},
	mailbox::{jobs_path, reply_path, Page, MAX_PAGE, MAX_PAGE_BYTES, MIN_TOKEN},
	query::{Query, LAST_BAND, MAX_CODE, MAX_GROUPS, MAX_QUERY, YEARS},
	reply::{with_signature, Answer, Code, Count, Refusal, Reply, Says, SignedReply, MAX_REPLY},
	told::{least_cohort, tell, Told, K, STEP},
	values::{ValueSet, MAX_CODES, MAX_CONCEPTS, MAX_VALUE_SET},
	views::{beacon, measure_report},
	Hash,
};
use salus_exchange_protocol::account::Account;
use serde_json::{json, Value};
use std::{collections::BTreeSet, fs, path::Path};

const NOW: u64 = 1_800_000_000;
const GENESIS: Hash = Hash([0x47; 32]);

fn write(name: &str, value: &Value) {
	let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
	let text = serde_json::to_string_pretty(value).unwrap();
	fs::write(file, format!("{text}\n")).unwrap();
}

fn values() -> Value {
	json!({
		"id": "salus-example", "version": 2,
		"codes": [
			{ "code": "diabetes", "of": [
				{ "system": "http://snomed.info/sct", "code": "44054006" },
				{ "system": "http://hl7.org/fhir/sid/icd-10", "code": "E11" },
			] },
			{ "code": "asthma", "of": [{ "system": "http://snomed.info/sct", "code": "195967001" }] },
		],
	})
}

fn set() -> ValueSet {
	ValueSet::read(values().to_string().as_bytes()).unwrap()
}

fn reference() -> Value {
	let of = set().reference();
	json!({ "hash": of.hash.to_string(), "id": of.id, "version": of.version })
}

fn query(groups: Value) -> Value {
	json!({ "valueSet": reference(), "groups": groups })
}

fn plain() -> Value {
	query(json!([{ "code": "diabetes", "from": "2020-01", "until": "2024-12" }]))
}

fn whole() -> Value {
	query(json!([
		{ "code": "diabetes", "from": "2020-01", "until": "2024-12", "sex": "male", "age": 45, "region": "DE" },
		{ "code": "asthma", "from": "2024-12", "until": "2024-12", "age": 90, "region": "DE-BE" },
		{ "code": "asthma", "from": "2023-06", "until": "2024-12", "sex": "unknown", "age": 0 },
	]))
}

fn queries() -> Value {
	let salt = Hash([0x5a; 32]);
	let accepted = [("one group", plain()), ("three groups, sorted", whole())].map(|(name, it)| {
		let read = Query::read(it.to_string().as_bytes()).unwrap();
		json!({
			"name": name, "document": it.to_string(), "canonical": read.canonical(),
			"salt": salt.to_string(), "commitment": read.commitment(&salt).to_string(),
		})
	});
	let one = |more: Value| {
		let mut group = json!({ "code": "asthma", "from": "2024-01", "until": "2024-02" });
		for (name, value) in more.as_object().unwrap() {
			group[name] = value.clone();
		}
		query(json!([group]))
	};
	let mut with_more = plain();
	with_more["epsilon"] = json!(1);
	let mut other_set = plain();
	other_set["valueSet"]["hash"] = json!("0xAB");
	let many: Vec<Value> = (1..=9)
		.map(
			|month| json!({ "code": "asthma", "from": format!("2024-0{month}"), "until": "2024-12" }),
		)
		.collect();
	let twice = plain()["groups"][0].clone();
	let refused = [
		("a parameter of privacy", with_more),
		("no groups", query(json!([]))),
		("nine groups", query(json!(many))),
		("a group twice", query(json!([twice, twice]))),
		("a member that is not known", one(json!({ "name": "Jo" }))),
		("text as a code", one(json!({ "code": "a b" }))),
		("a day", one(json!({ "from": "2024-01-01" }))),
		("no month", one(json!({ "from": "2024-13" }))),
		("a year out of range", one(json!({ "from": "1899-12" }))),
		("an end before the beginning", one(json!({ "from": "2024-03" }))),
		("an age between bands", one(json!({ "age": 47 }))),
		("an age beyond the last band", one(json!({ "age": 95 }))),
		("an age as text", one(json!({ "age": "45" }))),
		("a sex that FHIR does not have", one(json!({ "sex": "f" }))),
		("a region in small letters", one(json!({ "region": "de" }))),
		("a town", one(json!({ "region": "DE-BERLIN" }))),
		("null for any", one(json!({ "sex": null }))),
		("a hash in another spelling", other_set),
	]
	.map(|(name, it)| {
		let fault = Query::read(it.to_string().as_bytes()).unwrap_err();
		json!({ "name": name, "document": it.to_string(), "part": fault.0 })
	});
	json!({
		"about": "Queries: as written, their canonical form, and their commitment: blake2b-256 of \"salus:record:v1\", salt, 0x00, blake2b-256 of the canonical form. What is refused, and which part of it.",
		"limits": { "groups": MAX_GROUPS, "bytes": MAX_QUERY, "code": MAX_CODE, "lastBand": LAST_BAND, "firstYear": YEARS.0, "lastYear": YEARS.1 },
		"accepted": accepted, "refused": refused,
	})
}

fn value_sets() -> Value {
	let read = set();
	let mut twice = values();
	twice["codes"][1]["code"] = json!("diabetes");
	let mut more = values();
	more["title"] = json!("x");
	let mut none = values();
	none["codes"][0]["of"] = json!([]);
	let refused =
		[("a code twice", twice), ("a member that is not known", more), ("no concepts", none)].map(
			|(name, it)| {
				let fault = ValueSet::read(it.to_string().as_bytes()).unwrap_err();
				json!({ "name": name, "document": it.to_string(), "part": fault.0 })
			},
		);
	json!({
		"about": "Value sets: as written, their canonical form, and its hash (blake2b-256), by which queries name them.",
		"limits": { "bytes": MAX_VALUE_SET, "codes": MAX_CODES, "concepts": MAX_CONCEPTS },
		"accepted": [{ "document": values().to_string(), "canonical": read.canonical(), "hash": read.reference().hash.to_string() }],
		"refused": refused,
	})
}

fn key() -> SigningKey {
	SigningKey::from([11; 32])
}

fn job() -> Job {
	Job {
		genesis: GENESIS,
		id: Hash([0x0a; 32]),
		permit: 12,
		dataset: 7,
		version: 3,
		investigator: Account(VerificationKey::from(&key()).into()),
		query: Query::read(whole().to_string().as_bytes()).unwrap(),
		salt: Hash([0x5a; 32]),
		issued: NOW - 60,
		expires: NOW + 86_400,
	}
}

fn signed(job: Job) -> SignedJob {
	let signature: [u8; 64] = key().sign(&job.message()).into();
	SignedJob { job, signature: signature.to_vec() }
}

fn jobs() -> Value {
	let good = signed(job());
	let wrapped = {
		let message = [b"<Bytes>".as_slice(), &good.job.message(), b"</Bytes>"].concat();
		let signature: [u8; 64] = key().sign(&message).into();
		SignedJob { job: job(), signature: signature.to_vec() }
	};
	let accepted = [("signed as it is", &good), ("signed as wallets wrap it", &wrapped)].map(|(name, it)| {
		json!({
			"name": name, "document": it.canonical(), "message": format!("0x{}", hex::encode(it.job.message())),
			"commitment": it.job.commitment().to_string(),
		})
	});
	let with = |change: &dyn Fn(&mut Job)| {
		let mut changed = job();
		change(&mut changed);
		signed(changed)
	};
	let mut tampered = good.clone();
	tampered.job.permit = 13;
	let mut resalted = good.clone();
	resalted.job.salt = Hash([0x5b; 32]);
	let faults = [
		("of another chain", with(&|it| it.genesis = Hash([1; 32]))),
		("expired", with(&|it| it.expires = NOW)),
		("issued ahead of the clock", with(&|it| it.issued = NOW + MAX_AHEAD + 1)),
		("runs for too long", with(&|it| it.expires = it.issued + MAX_JOB_LIFE + 1)),
		("ends when it begins", with(&|it| (it.issued, it.expires) = (NOW + 10, NOW + 10))),
		("another permit than the one that was signed", tampered),
		("another salt than the one that was signed", resalted),
		("of another investigator", with(&|it| it.investigator = Account([3; 32]))),
	]
	.map(|(name, it)| {
		let fault = it.check(&GENESIS, NOW).unwrap_err();
		json!({ "name": name, "document": it.canonical(), "failure": fault.code() })
	});
	let document: Value = serde_json::from_str(&good.canonical()).unwrap();
	let change = |at: &str, value: Value| {
		let mut changed = document.clone();
		*changed.pointer_mut(at).unwrap() = value;
		changed
	};
	let mut more = document.clone();
	more["job"]["epsilon"] = json!(1_000_000);
	let mut less = document.clone();
	less["job"].as_object_mut().unwrap().remove("salt");
	let malformed = [
		("a parameter of privacy", more),
		("no salt", less),
		("an id in another spelling", change("/job/id", json!(format!("0x{}", "AB".repeat(32))))),
		("a signature that is too short", change("/signature", json!("0x00"))),
		("a permit beyond its range", change("/job/permit", json!(4_294_967_296_u64))),
		("a query that is none", change("/job/query/groups", json!([]))),
	]
	.map(|(name, it)| {
		let fault = SignedJob::read(it.to_string().as_bytes()).unwrap_err();
		json!({ "name": name, "document": it.to_string(), "part": fault.0 })
	});
	let mailbox = Hash([0x3c; 32]);
	let page = Page::write(&mailbox, [(5, &good), (9, &wrapped)]);
	json!({
		"about": "Jobs. The message is \"salus:count-job:v1\", genesis hash, id, permit (u32), dataset (u32), version (u32), investigator's account, commitment of the query, issued (u64), expires (u64), all little-endian. The key is the Ed25519 key of 32 bytes 11. A signature is taken over the message or over <Bytes>message</Bytes>.",
		"limits": { "bytes": MAX_JOB, "life": MAX_JOB_LIFE, "ahead": MAX_AHEAD, "page": MAX_PAGE, "pageBytes": MAX_PAGE_BYTES, "token": MIN_TOKEN },
		"gate": { "genesis": GENESIS.to_string(), "now": NOW },
		"accepted": accepted, "refused": faults, "malformed": malformed,
		"page": { "document": page, "mailbox": mailbox.to_string(), "numbers": [5, 9] },
		"paths": { "jobs": jobs_path(7, 5), "reply": reply_path(7, &good.job.id) },
	})
}

fn count(result: Told) -> Count {
	let job = job();
	Count {
		genesis: GENESIS,
		custodian: 4,
		dataset: 7,
		version: 3,
		epoch: 2,
		permit: 12,
		query: job.commitment(),
		reservation: 41,
		epsilon: 100_000,
		block: Hash([0xb1; 32]),
		block_number: 123_456,
		moment: NOW - 30,
		result,
	}
}

fn replies() -> Value {
	let key = P384::from_slice(&[9; 48]).unwrap();
	let other = P384::from_slice(&[8; 48]).unwrap();
	let point = key.verifying_key().to_encoded_point(false);
	let coordinate = |bytes: &[u8]| {
		use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
		URL_SAFE_NO_PAD.encode(bytes)
	};
	let reply = |says| Reply {
		genesis: GENESIS,
		custodian: 4,
		dataset: 7,
		job: job().id,
		permit: Some(12),
		told: NOW,
		says,
	};
	let answer = |result| {
		Says::Answer(Box::new(Answer {
			count: count(result),
			query_salt: job().salt,
			result_salt: Hash([0x6b; 32]),
		}))
	};
	let sign = |reply: &Reply, key: &P384| {
		let text = reply.to_sign("counts-1");
		let signature: Signature = key.sign(text.as_bytes());
		with_signature(&text, &signature.to_bytes())
	};
	let lapsed =
		Refusal { code: Code::PermitSuspended, lapses: BTreeSet::from(["Ethics", "Report"]) };
	let accepted = [
		("a count", reply(answer(Told::About(125)))),
		("fewer than ten", reply(answer(Told::FewerThan(10)))),
		("a permit that is suspended", reply(Says::Refusal(lapsed))),
		("a budget that is spent", reply(Says::Refusal(Code::BudgetSpent.into()))),
	]
	.map(|(name, it)| {
		let text = sign(&it, &key);
		let read = SignedReply::read(&text).unwrap();
		let result = match &it.says {
			Says::Answer(answer) => json!(answer.result_commitment().to_string()),
			Says::Refusal(_) => Value::Null,
		};
		let view = |text: Option<String>| text.map(|it| serde_json::from_str::<Value>(&it).unwrap());
		json!({
			"name": name, "reply": text, "claims": it.canonical(), "resultCommitment": result,
			"beacon": view(beacon(&read, &text)), "measureReport": view(measure_report(&read, &job().query, &text)),
		})
	});
	let with = |change: &dyn Fn(&mut Reply)| {
		let mut changed = reply(answer(Told::About(125)));
		change(&mut changed);
		changed
	};
	let in_count = |change: &dyn Fn(&mut Count)| {
		let mut changed = count(Told::About(125));
		change(&mut changed);
		let salts = (job().salt, Hash([0x6b; 32]));
		let answer = Answer { count: changed, query_salt: salts.0, result_salt: salts.1 };
		reply(Says::Answer(Box::new(answer)))
	};
	let refused = [
		("to another job", with(&|it| it.job = Hash([2; 32]))),
		("of another custodian", with(&|it| it.custodian = 5)),
		("under another permit", with(&|it| it.permit = Some(13))),
		("of another version", in_count(&|it| it.version = 2)),
		("of another custodian's count", in_count(&|it| it.custodian = 5)),
		("to another query", in_count(&|it| it.query = Hash([3; 32]))),
	]
	.map(|(name, it)| {
		let fault = it.check(&job(), 4).unwrap_err();
		json!({ "name": name, "reply": sign(&it, &key), "failure": fault.code() })
	});
	let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
	codes.sort_unstable();
	json!({
		"about": "Replies: signed JSON in its compact form (ES384, typ salus-count-reply), and what they say. A count is settled on the chain with the commitment under its resultSalt: blake2b-256 of \"salus:record:v1\", salt, 0x00, blake2b-256 of the count's canonical form. What is refused does not answer the job of that custodian.",
		"limits": { "bytes": MAX_REPLY },
		"key": { "kty": "EC", "crv": "P-384", "kid": "counts-1", "x": coordinate(point.x().unwrap()), "y": coordinate(point.y().unwrap()) },
		"custodian": 4,
		"job": signed(job()).canonical(),
		"codes": codes,
		"accepted": accepted, "refused": refused,
		"otherKey": sign(&reply(answer(Told::About(125))), &other),
	})
}

fn told() -> Value {
	let cases: Vec<Value> = [
		(0, 0, 10),
		(9, 0, 10),
		(10, 0, 10),
		(12, 0, 10),
		(13, 0, 10),
		(17, 0, 10),
		(18, 0, 10),
		(3, 8, 10),
		(25, -16, 10),
		(25, -300, 10),
		(1_000_002, 0, 10),
		(1_000_003, 0, 10),
		(14, 0, 15),
		(15, 0, 15),
	]
	.into_iter()
	.map(|(count, noise, least)| {
		let told = match tell(count, noise, least) {
			Told::About(about) => json!({ "count": about }),
			Told::FewerThan(least) => json!({ "fewerThan": least }),
		};
		json!({ "count": count, "noise": noise, "least": least, "told": told })
	})
	.collect();
	let least: Vec<Value> = [(10, 5), (10, 7), (10, 11), (0, 0), (12, 5)]
		.into_iter()
		.map(|(site, dataset)| json!({ "site": site, "dataset": dataset, "least": least_cohort(site, dataset) }))
		.collect();
	json!({
		"about": "What is told of a count with noise, and the least cohort that is told.",
		"k": K, "step": STEP, "cases": cases, "leastCohorts": least,
	})
}

fn main() {
	write("queries.json", &queries());
	write("value-sets.json", &value_sets());
	write("jobs.json", &jobs());
	write("replies.json", &replies());
	write("told.json", &told());
}
