//! The vectors, which the TypeScript client checks too.

use salus_counts::{
	job::{SignedJob, MAX_AHEAD, MAX_JOB, MAX_JOB_LIFE},
	mailbox::{jobs_path, reply_path, Page, MAX_PAGE, MAX_PAGE_BYTES, MIN_TOKEN},
	query::{Query, LAST_BAND, MAX_CODE, MAX_GROUPS, MAX_QUERY, YEARS},
	reply::{Code, Says, SignedReply, MAX_REPLY},
	told::{least_cohort, tell, Told, K, STEP},
	values::{ValueSet, MAX_CODES, MAX_CONCEPTS, MAX_VALUE_SET},
	views::{beacon, measure_report},
	Hash,
};
use salus_exchange_protocol::{json::Part, jws::Jwk};
use serde_json::{json, Value};

fn vectors(name: &str) -> Value {
	let path = format!("{}/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
	serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
	let items = value[name].as_array().unwrap();
	assert!(!items.is_empty(), "{name} is empty");
	items
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
	value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

fn hash(value: &Value, name: &str) -> Hash {
	text(value, name).parse().unwrap()
}

/// The object with its members in the other order.
fn reversed(value: &Value) -> String {
	match value {
		Value::Object(members) => {
			let members = members.iter().rev();
			let members: Vec<String> =
				members.map(|(name, it)| format!("{}: {}", json!(name), reversed(it))).collect();
			format!("{{ {} }}", members.join(" , "))
		},
		Value::Array(items) => {
			let items: Vec<String> = items.iter().map(reversed).collect();
			format!("[ {} ]", items.join(", "))
		},
		other => other.to_string(),
	}
}

#[test]
fn queries_have_the_forms_and_commitments_of_the_vectors() {
	let all = vectors("queries");
	let limits = json!({ "groups": MAX_GROUPS, "bytes": MAX_QUERY, "code": MAX_CODE, "lastBand": LAST_BAND, "firstYear": YEARS.0, "lastYear": YEARS.1 });
	assert_eq!(all["limits"], limits);
	for case in list(&all, "accepted") {
		let query = Query::read(text(case, "document").as_bytes()).unwrap();
		assert_eq!(query.canonical(), text(case, "canonical"));
		assert_eq!(query.commitment(&hash(case, "salt")), hash(case, "commitment"));
		// Neither the order of members nor that of groups, nor white space, makes another query.
		let mut document: Value = serde_json::from_str(text(case, "document")).unwrap();
		document["groups"].as_array_mut().unwrap().reverse();
		assert_eq!(Query::read(reversed(&document).as_bytes()), Ok(query));
	}
	for case in list(&all, "refused") {
		let fault = Query::read(text(case, "document").as_bytes()).unwrap_err();
		assert_eq!(fault.0, text(case, "part"), "{}", case["name"]);
	}
	let long = format!("{}{}", text(&all["accepted"][0], "document"), " ".repeat(MAX_QUERY));
	assert!(Query::read(long.as_bytes()).is_err());
}

#[test]
fn value_sets_have_the_forms_and_hashes_of_the_vectors() {
	let all = vectors("value-sets");
	let limits = json!({ "bytes": MAX_VALUE_SET, "codes": MAX_CODES, "concepts": MAX_CONCEPTS });
	assert_eq!(all["limits"], limits);
	for case in list(&all, "accepted") {
		let set = ValueSet::read(text(case, "document").as_bytes()).unwrap();
		assert_eq!(set.canonical(), text(case, "canonical"));
		assert_eq!(set.reference().hash, hash(case, "hash"));
		assert_eq!(set.concepts("diabetes").unwrap().len(), 2);
		assert_eq!(set.concepts("nothing"), None);
	}
	for case in list(&all, "refused") {
		let fault = ValueSet::read(text(case, "document").as_bytes()).unwrap_err();
		assert_eq!(fault.0, text(case, "part"), "{}", case["name"]);
	}
}

#[test]
fn jobs_are_signed_and_refused_as_the_vectors_say() {
	let all = vectors("jobs");
	let limits = json!({ "bytes": MAX_JOB, "life": MAX_JOB_LIFE, "ahead": MAX_AHEAD, "page": MAX_PAGE, "pageBytes": MAX_PAGE_BYTES, "token": MIN_TOKEN });
	assert_eq!(all["limits"], limits);
	let (genesis, now) = (hash(&all["gate"], "genesis"), all["gate"]["now"].as_u64().unwrap());
	for case in list(&all, "accepted") {
		let job = SignedJob::read(text(case, "document").as_bytes()).unwrap();
		assert_eq!(job.canonical(), text(case, "document"));
		assert_eq!(format!("0x{}", hex::encode(job.job.message())), text(case, "message"));
		assert_eq!(job.job.commitment(), hash(case, "commitment"));
		assert_eq!(job.check(&genesis, now), Ok(()), "{}", case["name"]);
	}
	for case in list(&all, "refused") {
		let job = SignedJob::read(text(case, "document").as_bytes()).unwrap();
		let fault = job.check(&genesis, now).unwrap_err();
		assert_eq!(fault.code(), text(case, "failure"), "{}", case["name"]);
	}
	for case in list(&all, "malformed") {
		let fault = SignedJob::read(text(case, "document").as_bytes()).unwrap_err();
		assert_eq!(fault.0, text(case, "part"), "{}", case["name"]);
	}
	let page = Page::read(text(&all["page"], "document").as_bytes()).unwrap();
	assert_eq!(page.mailbox, hash(&all["page"], "mailbox"));
	let numbers: Vec<u64> = page.jobs.iter().map(|entry| entry.seq).collect();
	assert_eq!(json!(numbers), all["page"]["numbers"]);
	let jobs: Vec<(u64, &SignedJob)> =
		page.jobs.iter().map(|entry| (entry.seq, entry.job.as_ref().unwrap())).collect();
	assert_eq!(Page::write(&page.mailbox, jobs), text(&all["page"], "document"));
	let id = page.jobs[0].id.unwrap();
	assert_eq!(json!({ "jobs": jobs_path(7, 5), "reply": reply_path(7, &id) }), all["paths"]);
}

#[test]
fn a_malformed_job_does_not_keep_back_the_others_and_pages_are_bounded() {
	let all = vectors("jobs");
	let mut page: Value = serde_json::from_str(text(&all["page"], "document")).unwrap();
	page["jobs"][0]["job"]["job"]["permit"] = json!("twelve");
	let read = Page::read(page.to_string().as_bytes()).unwrap();
	assert!(read.jobs[0].job.is_err() && read.jobs[0].id.is_some() && read.jobs[1].job.is_ok());
	page["jobs"][1]["seq"] = json!(5);
	assert!(Page::read(page.to_string().as_bytes()).is_err(), "numbers do not rise");
	page["jobs"] = (1..=33).map(|seq| json!({ "seq": seq, "job": {} })).collect();
	assert!(Page::read(page.to_string().as_bytes()).is_err(), "33 jobs");
	page["jobs"].as_array_mut().unwrap().pop();
	let read = Page::read(page.to_string().as_bytes()).unwrap();
	assert!(read.jobs.iter().all(|entry| entry.job.is_err() && entry.id.is_none()));
}

#[test]
fn replies_are_signed_told_and_refused_as_the_vectors_say() {
	let all = vectors("replies");
	assert_eq!(all["limits"], json!({ "bytes": MAX_REPLY }));
	let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
	codes.sort_unstable();
	assert_eq!(json!(codes), all["codes"]);
	let part = Part::read(all["key"].to_string().as_bytes(), 1 << 10).unwrap();
	let key = Jwk::from_part(&part).unwrap();
	let job = SignedJob::read(text(&all, "job").as_bytes()).unwrap().job;
	let custodian = u32::try_from(all["custodian"].as_u64().unwrap()).unwrap();
	let as_json = |text: Option<String>| -> Value {
		text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
	};
	for case in list(&all, "accepted") {
		let name = text(case, "name");
		let signed = SignedReply::read(text(case, "reply")).unwrap();
		assert!(signed.is_of(&key), "{name}");
		assert_eq!(signed.kid, text(&all["key"], "kid"));
		assert_eq!(signed.reply.canonical(), text(case, "claims"));
		assert_eq!(signed.reply.check(&job, custodian), Ok(()), "{name}");
		let result = match &signed.reply.says {
			Says::Answer(answer) => json!(answer.result_commitment().to_string()),
			Says::Refusal(_) => Value::Null,
		};
		assert_eq!(result, case["resultCommitment"], "{name}");
		assert_eq!(as_json(beacon(&signed, text(case, "reply"))), case["beacon"], "{name}");
		let report = measure_report(&signed, &job.query, text(case, "reply"));
		assert_eq!(as_json(report), case["measureReport"], "{name}");
	}
	for case in list(&all, "refused") {
		let signed = SignedReply::read(text(case, "reply")).unwrap();
		assert!(signed.is_of(&key), "{}", case["name"]);
		let fault = signed.reply.check(&job, custodian).unwrap_err();
		assert_eq!(fault.code(), text(case, "failure"), "{}", case["name"]);
	}
	assert!(!SignedReply::read(text(&all, "otherKey")).unwrap().is_of(&key));
	// A byte of what is signed that is another breaks it.
	let good = text(&all["accepted"][0], "reply");
	for at in (0..good.len()).step_by(7) {
		let mut changed = good.as_bytes().to_vec();
		changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
		let changed = String::from_utf8(changed).unwrap();
		let holds = SignedReply::read(&changed).is_ok_and(|it| it.is_of(&key));
		// The last digits of a part may stand for bits that are not there.
		assert!(
			!holds
				|| SignedReply::read(&changed).unwrap().reply.canonical()
					== text(&all["accepted"][0], "claims"),
			"{at}"
		);
	}
}

#[test]
fn what_is_told_is_as_the_vectors_say() {
	let all = vectors("told");
	assert_eq!((json!(K), json!(STEP)), (all["k"].clone(), all["step"].clone()));
	let small = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
	for case in list(&all, "cases") {
		let least = small(&case["least"]);
		let told = tell(case["count"].as_u64().unwrap(), case["noise"].as_i64().unwrap(), least);
		let told = match told {
			Told::About(about) => json!({ "count": about }),
			Told::FewerThan(least) => json!({ "fewerThan": least }),
		};
		assert_eq!(told, case["told"], "{case}");
	}
	for case in list(&all, "leastCohorts") {
		let least = least_cohort(small(&case["site"]), small(&case["dataset"]));
		assert_eq!(least, small(&case["least"]), "{case}");
	}
}
