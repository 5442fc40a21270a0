//! Consents: those of the client's vectors.

mod shared;

use salus_consent_decision::{
	Directive, DirectiveBasis, Effect, EndReason, Ended, GrantedBy, Grantee, PurposeVeto, Scope,
	SealedDirective,
};
use salus_exchange_protocol::{
	account::{Account, Address},
	consent::{consent, sealed_consent, veto},
};
use salus_primitives::{
	Action, ActionSet, Commitment, DataClass, DataClassSet, Interval, LabelSet, Purpose,
	PurposeSet, Role, SensitivityLabel,
};
use serde_json::{json, Value};
use shared::{hash, list, text, vectors};
use std::fmt::Debug;

/// A code of a list by its name.
fn named<T: Copy + Debug>(all: &[T], name: &Value) -> T {
	let found = all.iter().copied().find(|code| json!(format!("{code:?}")) == *name);
	found.unwrap_or_else(|| panic!("there is no {name}"))
}

fn all_named<T: Copy + Debug, S: FromIterator<T>>(all: &[T], names: &Value) -> S {
	names.as_array().unwrap().iter().map(|name| named(all, name)).collect()
}

/// A time; without an end if none is written.
fn interval(value: &Value) -> Interval {
	let until = value.get("until").map_or(u64::MAX, |until| until.as_u64().unwrap());
	Interval::new(value["from"].as_u64().unwrap(), until)
}

fn number(value: &Value) -> Option<u32> {
	value.as_u64().map(|it| it.try_into().unwrap())
}

fn grantee(value: &Value) -> Grantee<[u8; 32]> {
	if value == "Any" {
		return Grantee::Any;
	}
	match value["practitioner"].as_str() {
		Some(who) => {
			let who = Address::read(who).unwrap().account().0;
			number(&value["at"])
				.map_or(Grantee::Practitioner(who), |at| Grantee::PractitionerAt(who, at))
		},
		None => {
			let id = number(&value["organisation"]).unwrap();
			match &value["role"] {
				Value::Null => Grantee::Organisation(id),
				role => Grantee::RoleAt(id, named(Role::ALL, role)),
			}
		},
	}
}

fn ended(each: &Value) -> Option<Ended> {
	each["ended"].as_u64().map(|at| Ended { at, why: EndReason::Revoked })
}

fn effect(value: &Value) -> Effect {
	named(&[Effect::Permit, Effect::Deny], &value["effect"])
}

fn directive(each: &Value) -> Directive<[u8; 32]> {
	let said = &each["directive"];
	let scope = &said["scope"];
	Directive {
		effect: effect(said),
		grantee: grantee(&said["grantee"]),
		scope: Scope {
			actions: all_named::<_, ActionSet>(Action::ALL, &scope["actions"]),
			purposes: all_named::<_, PurposeSet>(Purpose::ALL, &scope["purposes"]),
			classes: all_named::<_, DataClassSet>(DataClass::ALL, &scope["classes"]),
			labels: all_named::<_, LabelSet>(SensitivityLabel::ALL, &said["labels"]),
			data: scope.get("data").map_or(Interval::ALWAYS, interval),
		},
		period: interval(said),
		max_uses: None,
		redisclose_depth: said["rediscloseDepth"].as_u64().unwrap_or(0).try_into().unwrap(),
		erase_after: said["eraseAfter"].as_u64(),
		granted_by: GrantedBy::Key,
		basis: DirectiveBasis::SelfMade,
		ended: ended(each),
	}
}

#[test]
fn directives_are_the_consents_that_the_client_makes() {
	let vectors = vectors("exchange/consents.json");
	let directives = list(&vectors, "directives");
	assert!(directives.len() > 30);
	for each in directives {
		let patient = hash(&each["directive"], "patient");
		assert_eq!(consent(&patient, &directive(each)), each["consent"], "{}", text(each, "name"));
	}
	for each in list(&vectors, "vetoes") {
		let purpose = named(Purpose::ALL, &each["purpose"]);
		let of = PurposeVeto { purpose, from: each["from"].as_u64().unwrap(), until: None };
		assert_eq!(veto(&hash(each, "patient"), &of), each["consent"], "{purpose:?}");
	}
	for each in list(&vectors, "sealed") {
		let said = &each["sealed"];
		let sealed = SealedDirective {
			effect: effect(said),
			commitment: Commitment::repeat_byte(5),
			period: interval(said),
			ended: ended(each),
			version: 1,
		};
		let made = sealed_consent(&hash(said, "patient"), &sealed);
		assert_eq!(made, each["consent"], "{}", text(each, "name"));
	}
}

#[test]
fn a_moment_that_fhir_cannot_tell_is_the_last_that_it_can() {
	let vectors = vectors("exchange/consents.json");
	let mut said = directive(&list(&vectors, "directives")[0]);
	(said.erase_after, said.scope.data) = (Some(u64::MAX), Interval::new(0, u64::MAX - 1));
	let made = consent(&salus_exchange_protocol::Hash([1; 32]), &said);
	let rule = &made["provision"]["provision"][0];
	assert_eq!(rule["modifierExtension"][0]["valueDateTime"], "9999-12-31T23:59:59Z");
	assert_eq!(rule["dataPeriod"]["end"], "9999-12-31T23:59:59Z");
}

#[test]
fn an_account_is_written_as_the_address_that_is_read_back() {
	for text in [
		"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
		"5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM",
	] {
		assert_eq!(Address::read(text).unwrap().account().ss58(), text);
	}
	for byte in 0..=255 {
		let account = Account([byte; 32]);
		assert_eq!(Address::read(&account.ss58()).unwrap().account(), account);
	}
}
