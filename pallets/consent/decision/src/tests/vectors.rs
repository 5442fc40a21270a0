//! The vectors of `docs/vectors/sealed.json`, which other implementations of the commitment are checked against, too.
//!
//! With `SALUS_WRITE_VECTORS` set, the test writes the file instead of checking it.

use crate::{sealed::*, *};
use codec::Encode;
use salus_primitives::*;
use serde_json::{json, Value};

const FILE: &str = include_str!("../../../../../docs/vectors/sealed.json");
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/vectors/sealed.json");

type AccountId = [u8; 32];

const GENESIS: [u8; 32] = [0x47; 32];

/// When every directive of the file begins.
const FROM: Moment = 1_750_000_000;

fn text(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn names<T: core::fmt::Debug>(codes: impl Iterator<Item = T>) -> Value {
	codes.map(|code| format!("{code:?}")).collect()
}

fn grantee(grantee: &Grantee<AccountId>) -> Value {
	match grantee {
		Grantee::Any => json!("Any"),
		Grantee::Organisation(org) => json!({ "Organisation": org }),
		Grantee::RoleAt(org, role) => json!({ "RoleAt": [org, format!("{role:?}")] }),
		Grantee::Practitioner(who) => json!({ "Practitioner": text(who) }),
		Grantee::PractitionerAt(who, org) => json!({ "PractitionerAt": [text(who), org] }),
	}
}

fn vector(
	about: &str,
	number: SealedId,
	effect: Effect,
	salt: u8,
	content: SealedContent<AccountId>,
) -> Value {
	let patient = PatientId::repeat_byte(0x11);
	let opening = Opening { salt: [salt; 32], content };
	let commitment = commit(&GENESIS, &patient, number, effect, &opening);
	let period = Interval::new(FROM, FROM + 86_400);
	let held = SealedDirective { effect, commitment, period, ended: None, version: VERSION };
	let message = (SEALED_DOMAIN, GENESIS, patient, number, effect, &opening).encode();
	let Opening { content: SealedContent { grantee: whom, scope, erase_after }, .. } = &opening;
	// Moments are strings: a number of JSON is not exact beyond 2^53.
	json!({
		"about": about,
		"genesis": text(GENESIS),
		"patient": text(patient),
		"number": number,
		"effect": format!("{effect:?}"),
		"salt": text(opening.salt),
		"content": {
			"grantee": grantee(whom),
			"actions": names(scope.actions.iter()),
			"purposes": names(scope.purposes.iter()),
			"classes": names(scope.classes.iter()),
			"labels": names(scope.labels.iter()),
			"data": { "from": scope.data.from.to_string(), "until": scope.data.until.to_string() },
			"eraseAfter": erase_after.map(|moment| moment.to_string()),
		},
		"opening": text(opening.encode()),
		"message": text(&message),
		"commitment": text(commitment),
		"from": FROM.to_string(),
		"version": VERSION,
		"opens": opening.opens(&GENESIS, &patient, number, &held),
	})
}

fn scope(labels: &[SensitivityLabel]) -> Scope {
	Scope {
		actions: ActionSet::of(&[Action::Read]),
		purposes: PurposeSet::of(&[Purpose::Treat]),
		classes: DataClassSet::of(&[DataClass::Laboratory, DataClass::Medications]),
		labels: LabelSet::of(labels),
		data: Interval::ALWAYS,
	}
}

/// The whole file, made anew.
fn vectors() -> Value {
	use SensitivityLabel::{Hiv, Psy};
	let content =
		|grantee, labels: &[_]| SealedContent { grantee, scope: scope(labels), erase_after: None };
	let person = [0xd4; 32];
	let dated = SealedContent {
		grantee: Grantee::PractitionerAt(person, 70_000),
		scope: Scope { data: Interval::new(1_700_000_000, 1_800_000_000), ..scope(&[Psy]) },
		erase_after: Some(1_900_000_000),
	};
	let everything = SealedContent {
		grantee: Grantee::Practitioner(person),
		scope: Scope {
			actions: ActionSet::ALL,
			purposes: PurposeSet::ALL.without(Purpose::Btg),
			classes: DataClassSet::ALL,
			labels: LabelSet::ALL,
			data: Interval::ALWAYS,
		},
		erase_after: None,
	};
	let cases = [
		vector(
			"lets an organisation read",
			0,
			Effect::Permit,
			0x21,
			content(Grantee::Organisation(7), &[Hiv]),
		),
		vector(
			"the same, another salt",
			0,
			Effect::Permit,
			0x22,
			content(Grantee::Organisation(7), &[Hiv]),
		),
		vector(
			"the same, another number",
			1,
			Effect::Permit,
			0x21,
			content(Grantee::Organisation(7), &[Hiv]),
		),
		vector(
			"the same, as a denial",
			0,
			Effect::Deny,
			0x21,
			content(Grantee::Organisation(7), &[Hiv]),
		),
		vector("forbids everybody", 2, Effect::Deny, 0x23, content(Grantee::Any, &[Hiv, Psy])),
		vector(
			"lets a role",
			300,
			Effect::Permit,
			0x24,
			content(Grantee::RoleAt(7, Role::Pharmacist), &[]),
		),
		vector("lets a person there, for data of some years", 4, Effect::Permit, 0x25, dated),
		vector("forbids a person everything", 5, Effect::Deny, 0x26, everything.clone()),
		vector(
			"lets pass on, which nothing sealed can: it opens nothing",
			6,
			Effect::Permit,
			0x27,
			everything,
		),
		vector(
			"its salt is all zeros, which nobody draws: it opens nothing",
			7,
			Effect::Permit,
			0,
			content(Grantee::Organisation(7), &[Hiv]),
		),
		vector(
			"was to be erased when it began: it opens nothing",
			8,
			Effect::Permit,
			0x28,
			SealedContent { erase_after: Some(FROM), ..content(Grantee::Organisation(7), &[Hiv]) },
		),
	];
	json!({
		"about": "Commitments to sealed directives. The commitment is blake2b-256 of the message, which is the domain tag, \
			genesis hash, handle, number (4 bytes, little-endian), effect (0 Permit, 1 Deny) and the opening, one after the \
			other; the opening is the salt and the content, SCALE-encoded. A salt is 32 bytes, drawn anew for each directive from \
			all 2^256 there are; the salts of this file are for tests alone. `from` and `version` are what the chain keeps beside the \
			commitment: when it begins, and which version of the code lists there was. `opens` says whether the opening then opens it. `kinds` are the kinds of organisations that act for each purpose, one of which \
			will do. See pallets/consent/decision/src/sealed.rs.",
		"kinds": Purpose::ALL
			.iter()
			.map(|purpose| (format!("{purpose:?}"), names(kinds_for(*purpose).iter())))
			.collect::<serde_json::Map<_, _>>(),
		"domain": String::from_utf8_lossy(SEALED_DOMAIN),
		"vectors": cases,
	})
}

#[test]
fn the_vectors_are_what_this_code_makes() {
	let made = vectors();
	if std::env::var_os("SALUS_WRITE_VECTORS").is_some() {
		let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
		std::fs::write(PATH, text).unwrap();
		return;
	}
	let file: Value = serde_json::from_str(FILE).unwrap();
	assert_eq!(file, made, "to write the file anew, set SALUS_WRITE_VECTORS");
}

/// A reader that knows only the file makes the same commitments from the messages, and finds the parts in them.
#[test]
fn the_file_alone_tells_what_is_hashed() {
	let file: Value = serde_json::from_str(FILE).unwrap();
	let bytes =
		|value: &Value| hex::decode(value.as_str().unwrap().trim_start_matches("0x")).unwrap();
	let mut commitments = std::collections::BTreeSet::new();
	for vector in file["vectors"].as_array().unwrap() {
		let message = bytes(&vector["message"]);
		let commitment = sp_crypto_hashing::blake2_256(&message).to_vec();
		assert_eq!(commitment, bytes(&vector["commitment"]));
		assert!(commitments.insert(commitment), "two vectors have one commitment");
		let number = vector["number"].as_u64().unwrap().to_le_bytes()[..4].to_vec();
		let effect = vec![u8::from(vector["effect"] == "Deny")];
		let parts = [
			file["domain"].as_str().unwrap().as_bytes().to_vec(),
			bytes(&vector["genesis"]),
			bytes(&vector["patient"]),
			number,
			effect,
			bytes(&vector["opening"]),
		];
		assert_eq!(message, parts.concat());
		assert!(bytes(&vector["opening"]).starts_with(&bytes(&vector["salt"])));
	}
	assert_eq!(commitments.len(), 11);
}
