//! What a patient has said on the chain, as Consents: for that patient, and nobody else.

use crate::common::{
	doctor,
	node::{Node, Tampers},
	oauth::{self, Bound},
	start, world, Got, Person, Running, CUSTODIAN, OTHER, PATIENT,
};
use salus_consent_decision::{
	sealed::VERSION, Directive, DirectiveBasis, DirectiveId, Effect, EndReason, Ended, GrantedBy,
	Grantee, PurposeVeto, Scope, SealedDirective,
};
use salus_exchange_protocol::{
	consent::{consent, sealed_consent, veto},
	Hash,
};
use salus_gateway::chain::now;
use salus_primitives::{
	Action, ActionSet, Commitment, DataClass, DataClassSet, Interval, LabelSet, Purpose,
	PurposeSet, Role,
};
use serde_json::{json, Value};
use std::collections::BTreeSet;

const UNKNOWN: Hash = Hash([0x33; 32]);
/// An id that nothing has.
const NO_ID: &str = "77fbe2d2b7bd5f2b6ae4b0ef9ba9a1d5ed02c6d6a4ae17b1cf7b42f2fdb1d177";

/// When each of these directives was made: that is a day.
fn begin() -> u64 {
	now() - 86_400
}

fn directive(effect: Effect, grantee: Grantee<[u8; 32]>, period: Interval) -> Directive<[u8; 32]> {
	Directive {
		effect,
		grantee,
		scope: Scope {
			actions: ActionSet::of(&[Action::Read, Action::Export]),
			purposes: PurposeSet::of(&[Purpose::Treat]),
			classes: DataClassSet::of(&[DataClass::Laboratory]),
			labels: LabelSet::EMPTY,
			data: Interval::ALWAYS,
		},
		period,
		max_uses: None,
		redisclose_depth: 0,
		erase_after: None,
		granted_by: GrantedBy::Key,
		basis: DirectiveBasis::SelfMade,
		ended: None,
	}
}

fn patient() -> Person {
	Person::new(78, None)
}

fn other() -> Person {
	Person::new(79, None)
}

/// What the patient has said that is in force, in the order in which it is shown.
struct Said {
	directives: Vec<(DirectiveId, Directive<[u8; 32]>)>,
	sealed: SealedDirective,
	vetoed: u64,
}

impl Said {
	fn consents(&self) -> Vec<Value> {
		let research = PurposeVeto { purpose: Purpose::Hresch, from: self.vetoed, until: None };
		let directives = self.directives.iter().map(|(_, each)| consent(&PATIENT, each));
		let rest = [veto(&PATIENT, &research), sealed_consent(&PATIENT, &self.sealed)];
		directives.chain(rest).collect()
	}
}

/// A patient with four directives, a veto and a sealed directive in force; with one that is over, one that has not begun, and one that was
/// revoked; and another with a directive of the same number.
async fn said() -> (Node, Running, Said) {
	let node = world().await;
	let begin = begin();
	let until = |until| Interval::new(begin, until);
	let (person, year) = ([0x51; 32], until(begin + 31_536_000));
	let permit = |grantee| directive(Effect::Permit, grantee, year);
	let directives = vec![
		(11, permit(Grantee::Organisation(4))),
		(
			12,
			Directive {
				erase_after: Some(begin + 40_000_000),
				..permit(Grantee::RoleAt(4, Role::Nurse))
			},
		),
		(13, permit(Grantee::PractitionerAt(person, 4))),
		(14, directive(Effect::Deny, Grantee::Practitioner(person), until(u64::MAX))),
	];
	let revoked = Ended { at: begin + 60, why: EndReason::Revoked };
	let gone = [
		(15, Directive { ended: Some(revoked), ..permit(Grantee::Organisation(5)) }),
		(16, directive(Effect::Permit, Grantee::Organisation(6), until(begin + 10))),
		(
			17,
			directive(Effect::Permit, Grantee::Any, Interval::new(now() + 80_000, now() + 90_000)),
		),
	];
	let sealed = SealedDirective {
		effect: Effect::Deny,
		commitment: Commitment::repeat_byte(5),
		period: year,
		ended: None,
		version: VERSION,
	};
	let all = directives.clone();
	node.change(|world| {
		// The number is that of the grant of the first world, which has others.
		world.grants.clear();
		world.patients.insert(OTHER);
		world.keys.insert((PATIENT, patient().account()));
		world.keys.insert((OTHER, other().account()));
		world.said.extend(all.into_iter().chain(gone).map(|each| (PATIENT, each)));
		let same = directive(Effect::Deny, Grantee::Any, Interval::ALWAYS);
		world.said.push((OTHER, (11, same)));
		world.sealed.push((PATIENT, (3, sealed)));
		world.research.vetoes.insert(PATIENT, begin);
	});
	let running = start(&node, CUSTODIAN, "[auth]\n").await;
	(node, running, Said { directives, sealed, vetoed: begin })
}

fn query() -> String {
	format!("patient={PATIENT}")
}

/// The resources of a page, with their ids taken out and told beside.
fn resources(page: &Got) -> Vec<(String, Value)> {
	assert_eq!(page.status, 200, "{page:?}");
	let page = page.json();
	assert_eq!((&page["type"], page.get("total")), (&json!("searchset"), None));
	let entries = page.get("entry").map_or(&[][..], |it| it.as_array().unwrap());
	let each = entries.iter().map(|entry| {
		let mut resource = entry["resource"].clone();
		let id = resource.as_object_mut().unwrap().remove("id").unwrap();
		let id = id.as_str().unwrap().to_owned();
		assert_eq!(entry["fullUrl"], format!("https://gateway.example/fhir/Consent/{id}"));
		(id, resource)
	});
	each.collect()
}

/// The query of the next page.
fn next(page: &Got) -> Option<String> {
	let page = page.json();
	let link = page["link"].as_array().unwrap().iter().find(|link| link["relation"] == "next")?;
	Some(link["url"].as_str().unwrap().split_once('?').unwrap().1.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_sees_what_she_has_said_that_is_in_force_by_search_and_by_read() {
	let (_node, running, said) = said().await;
	let page = running.search(&patient(), "Consent", &query()).await;
	let found = resources(&page);
	let told: Vec<Value> = found.iter().map(|(_, told)| told.clone()).collect();
	assert_eq!(told, said.consents());
	assert!(told.iter().all(|told| told["status"] == "active"));
	assert_eq!(next(&page), None);
	let ids: BTreeSet<&String> = found.iter().map(|(id, _)| id).collect();
	assert_eq!(ids.len(), 6);
	for (id, told) in &found {
		let got = running.read(&patient(), &format!("Consent/{id}")).await;
		assert_eq!(got.status, 200, "{got:?}");
		let mut resource = got.json();
		assert_eq!(resource.as_object_mut().unwrap().remove("id"), Some(json!(id)));
		assert_eq!(&resource, told);
		let header = |name: &str| got.headers.iter().find(|(there, _)| there == name);
		assert_eq!(header("etag").unwrap().1, "W/\"1\"");
		assert!(header("salus-log-entry").is_some());
	}
	// Of another patient what has the same number has another id.
	let page = running.search(&other(), "Consent", &format!("patient={OTHER}")).await;
	let others = resources(&page);
	assert_eq!((others.len(), ids.contains(&others[0].0)), (1, false));
	// Each look is an entry of the log, which names no patient, and is one of hers.
	let log = running.faces.log().await;
	let words: Vec<&str> = log
		.iter()
		.map(|entry| {
			assert_eq!(entry["outcome"], "released");
			assert!(!entry.to_string().contains(&PATIENT.to_string()));
			entry["decision"].as_str().unwrap().split(';').next().unwrap()
		})
		.collect();
	assert_eq!(words[0], "the patient sees her directives");
	assert_eq!(words[1..7], ["the patient sees a directive of hers"; 6]);
	assert_eq!(log[1]["recordId"], format!("Consent/{}", found[0].0));
	let events = running.search(&patient(), "AuditEvent", &query()).await.json();
	assert_eq!(events["entry"].as_array().unwrap().len(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn page_by_page_there_is_the_same_and_a_cursor_is_its_searchs_alone() {
	let (_node, running, said) = said().await;
	for (count, pages) in [(1, 6), (4, 2), (3, 2), (6, 1), (100, 1)] {
		let mut query = format!("{}&_count={count}", query());
		let (mut told, mut got) = (Vec::new(), 0);
		loop {
			let page = running.search(&patient(), "Consent", &query).await;
			got += 1;
			told.extend(resources(&page).into_iter().map(|(_, told)| told));
			match next(&page) {
				Some(further) => query = further,
				None => break,
			}
		}
		assert_eq!((got, told), (pages, said.consents()), "{count}");
	}
	let first = running.search(&patient(), "Consent", &format!("{}&_count=2", query())).await;
	let next = next(&first).unwrap();
	for who in [&other(), &doctor()] {
		assert_eq!(running.search(who, "Consent", &next).await.code(), "search");
	}
	let others = next.replace("_count=2", "_count=3");
	assert_eq!(running.search(&patient(), "Consent", &others).await.code(), "search");
	assert_eq!(running.search(&patient(), "AuditEvent", &next).await.code(), "search");
	for more in ["&status=active", "&date=2026", "&_id=1", "&_summary=count", "&_total=accurate"] {
		let got = running.search(&patient(), "Consent", &format!("{}{more}", query())).await;
		assert_eq!((got.status, got.code().as_str()), (400, "search"), "{more}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn to_others_it_is_as_if_there_was_no_such_patient_and_as_much_is_asked_for() {
	let (node, running, _) = said().await;
	let found = resources(&running.search(&patient(), "Consent", &query()).await);
	let hers = format!("Consent/{}", found[0].0);
	let none = format!("Consent/{NO_ID}");
	for who in [&other(), &doctor(), &Person::new(99, None)] {
		let mut searches = Vec::new();
		for handle in [PATIENT, UNKNOWN] {
			let mut least = u64::MAX;
			let mut answer = None;
			// The gateway itself asks now and then: the least is what the request takes.
			for _ in 0..3 {
				let before = node.proofs();
				let got = running.search(who, "Consent", &format!("patient={handle}")).await;
				least = least.min(node.proofs() - before);
				let text = String::from_utf8(got.body).unwrap();
				answer = Some((got.status, text.replace(&handle.to_string(), "")));
			}
			searches.push((least, answer));
		}
		assert_eq!(searches[0], searches[1]);
		let mut reads = Vec::new();
		for reference in [&hers, &none] {
			let mut least = u64::MAX;
			let mut answer = None;
			for _ in 0..3 {
				let before = node.proofs();
				let got = running.read(who, reference).await;
				least = least.min(node.proofs() - before);
				answer = Some(got);
			}
			reads.push((least, answer));
		}
		assert_eq!(reads[0], reads[1]);
		let (_, Some((200, page))) = &searches[0] else { panic!("{searches:?}") };
		assert!(
			page.starts_with("{\"resourceType\":\"Bundle\"") && !page.contains("entry"),
			"{page}"
		);
		assert_eq!(reads[0].1.as_ref().unwrap().status, 404);
	}
	// To the patient what is not there is not there either, nor by another way.
	let missing = running.read(&patient(), &none).await;
	assert_eq!(missing, running.read(&doctor(), &none).await);
	for more in ["_history/1", "_history/2"] {
		assert_eq!(running.read(&patient(), &format!("{hers}/{more}")).await.status, 404);
	}
	let receipt = |who: &Person| who.signed(CUSTODIAN, &hers, running.genesis());
	let got = running.faces.get(&format!("/records/{hers}"), &receipt(&patient())).await.unwrap();
	assert_eq!(got.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_revoked_or_sealed_otherwise_and_whose_key_was_removed_is_seen_no_more() {
	let (node, running, mut said) = said().await;
	let found = resources(&running.search(&patient(), "Consent", &query()).await);
	node.change(|world| {
		let (_, (number, revoked)) = &mut world.said[0];
		assert_eq!(*number, 11);
		revoked.ended = Some(Ended { at: now() - 10, why: EndReason::Revoked });
	});
	said.directives.remove(0);
	let page = running.search(&patient(), "Consent", &query()).await;
	let left: Vec<Value> = resources(&page).into_iter().map(|(_, told)| told).collect();
	assert_eq!(left, said.consents());
	assert_eq!(running.read(&patient(), &format!("Consent/{}", found[0].0)).await.status, 404);
	assert_eq!(running.read(&patient(), &format!("Consent/{}", found[1].0)).await.status, 200);
	// What is said in the best block is not shown before it is final.
	let permit = directive(Effect::Permit, Grantee::Any, Interval::ALWAYS);
	node.change_best(|world| world.said.push((PATIENT, (18, permit))));
	let page = running.search(&patient(), "Consent", &query()).await;
	assert_eq!(resources(&page).len(), left.len());
	node.finality_goes_on();
	let page = running.search(&patient(), "Consent", &query()).await;
	assert_eq!(resources(&page).len(), left.len() + 1);
	// A key that is removed in the best block alone is none.
	node.change_best(|world| {
		world.removed.insert(patient().account(), now() - 5);
	});
	let page = running.search(&patient(), "Consent", &query()).await;
	assert_eq!(resources(&page), []);
	assert_eq!(running.read(&patient(), &format!("Consent/{}", found[1].0)).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_lies_about_what_a_patient_has_said_is_not_believed() {
	let (node, running, said) = said().await;
	let found = resources(&running.search(&patient(), "Consent", &query()).await);
	let hers = format!("Consent/{}", found[0].0);
	let stale = |got: Got| assert_eq!((got.status, got.code().as_str()), (503, "chain-stale"));
	// It goes on with proofs of a state in which the directive was not revoked yet.
	node.decides_by_this_block(true);
	node.change(|world| {
		let ended = Some(Ended { at: now() - 10, why: EndReason::Revoked });
		world.said[0].1 .1.ended = ended;
	});
	stale(running.search(&patient(), "Consent", &query()).await);
	stale(running.read(&patient(), &hers).await);
	node.decides_by_this_block(false);
	assert_eq!(running.read(&patient(), &hers).await.status, 404);
	for tampers in [Tampers::Value, Tampers::Nothing] {
		node.tampers(tampers);
		stale(running.search(&patient(), "Consent", &query()).await);
		stale(running.read(&patient(), &hers).await);
	}
	node.tampers(Tampers::Not);
	let page = running.search(&patient(), "Consent", &query()).await;
	assert_eq!(resources(&page).len(), said.consents().len() - 1);
	node.change(|world| world.runtime = 2_001);
	stale(running.search(&patient(), "Consent", &query()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patients_program_sees_them_with_a_token_for_that_type() {
	let (_node, running, said) = said().await;
	let (faces, bound) = (&running.faces, Bound::new(5));
	let path = format!("/fhir/Consent?{}", query());
	for (scope, status) in
		[("patient/Consent.rs", 200), ("patient/*.rs", 200), ("patient/AuditEvent.rs", 403)]
	{
		let form = oauth::challenge_form(&running, &patient(), &bound, scope).await;
		let proof = bound.proof("POST", "/token", None, &json!({}));
		let token = oauth::issued(&oauth::post(faces, "/token", &form, &[&proof]).await);
		let page = oauth::read(faces, &path, &token, &bound).await;
		assert_eq!(page.status, status, "{scope} {page:?}");
		if status == 200 {
			let found = resources(&page);
			assert_eq!(found.len(), said.consents().len());
			let path = format!("/fhir/Consent/{}", found[0].0);
			assert_eq!(oauth::read(faces, &path, &token, &bound).await.status, 200);
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn the_capabilities_name_what_is_offered_of_it() {
	let (_node, running, _) = said().await;
	let told = running.faces.anybody("/fhir/metadata").await.json();
	let types = told["rest"][0]["resource"].as_array().unwrap();
	let own: Vec<&Value> = types.iter().filter(|each| each["type"] == "Consent").collect();
	assert_eq!(own.len(), 1);
	let offered: Vec<&str> = own[0]["interaction"]
		.as_array()
		.unwrap()
		.iter()
		.map(|each| each["code"].as_str().unwrap())
		.collect();
	assert_eq!(offered, ["read", "search-type"]);
}
