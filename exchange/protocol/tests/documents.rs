//! Trees, what is inside envelopes, profiles and receipts of releases: the vectors, and what else is refused.

mod shared;

use salus_exchange_protocol::{
	commitment::Form,
	fhir,
	json::Part,
	profile::{Profile, ProfileFault, MAX_PROFILE},
	release::{Anchored, ReleaseFault, ReleaseReceipt, MAX_RECEIPT},
	request::ReleaseRequest,
	sealed::SealedRecord,
	tree::{MerklePath, MerkleTree},
	Hash, RecordError,
};
use serde_json::{json, Value};
use shared::{bytes, hash, list, text, vectors};

#[test]
fn trees_have_the_roots_and_paths_of_the_vectors() {
	let vectors = vectors("merkle.json");
	for tree in list(&vectors, "trees") {
		let leaves = tree["leaves"].as_u64().unwrap();
		let commitments: Vec<Hash> = (0..leaves).map(|i| Hash::of(&i.to_le_bytes())).collect();
		let made = MerkleTree::new(&commitments).unwrap();
		assert_eq!((made.root(), made.leaves()), (hash(tree, "root"), leaves));
		for path in list(tree, "paths") {
			let index = path["index"].as_u64().unwrap();
			let theirs: Vec<Hash> = path["path"]
				.as_array()
				.unwrap()
				.iter()
				.map(|each| each.as_str().unwrap().parse().unwrap())
				.collect();
			let ours = made.path(index).unwrap();
			assert_eq!(ours, MerklePath { index, leaves, path: theirs });
			assert!(ours.proves(&made.root(), &commitments[usize::try_from(index).unwrap()]));
			assert!(!ours.proves(&made.root(), &Hash([0; 32])));
		}
		assert_eq!(made.path(leaves), None);
	}
	assert!(MerkleTree::new(&[]).is_none());
}

#[test]
fn every_path_of_every_small_tree_proves_its_own_commitment_alone() {
	for leaves in 1..=17u64 {
		let commitments: Vec<Hash> = (0..leaves).map(|i| Hash::of(&i.to_le_bytes())).collect();
		let tree = MerkleTree::new(&commitments).unwrap();
		for index in 0..leaves {
			let path = tree.path(index).unwrap();
			for (other, commitment) in (0..).zip(&commitments) {
				assert_eq!(
					path.proves(&tree.root(), commitment),
					index == other,
					"{index}, {other} of {leaves}"
				);
			}
		}
	}
}

/// The reader of records is that of `salus-verify`: the same vectors, for what was made of it since.
#[test]
fn records_have_the_form_of_the_vectors() {
	let vectors = vectors("fhir-forms.json");
	let cases = vectors.as_array().unwrap();
	assert!(cases.len() > 80);
	for case in cases {
		let input = match case["input"].as_str() {
			Some(text) => text.into(),
			None => {
				let parts = list(case, "parts").iter();
				parts
					.map(|part| {
						part[0]
							.as_str()
							.unwrap()
							.repeat(usize::try_from(part[1].as_u64().unwrap()).unwrap())
					})
					.collect::<String>()
			},
		};
		let name = text(case, "name");
		match fhir::canonical(input.as_bytes()) {
			Ok(form) => {
				assert_eq!(Hash::of(&form).to_string(), text(case, "digest"), "{name}");
				if let Some(canonical) = case["canonical"].as_str() {
					assert_eq!(form, canonical.as_bytes(), "{name}");
				}
				assert_eq!(fhir::canonical(&form), Ok(form), "{name}");
			},
			Err(RecordError::NotFhir { fault, .. }) => {
				assert_eq!(Some(fault.code()), case["fault"].as_str(), "{name}")
			},
			Err(error) => panic!("{name}: {error}"),
		}
	}
}

#[test]
fn a_member_is_found_by_its_name_whatever_the_order_of_code_units() {
	let record =
		fhir::read("{\"\u{1f600}\":1,\"\u{fb01}\":2,\"a\":3,\"z\":{\"b\":[]}}".as_bytes()).unwrap();
	for (name, value) in [("\u{1f600}", "1"), ("\u{fb01}", "2"), ("a", "3")] {
		assert_eq!(record.get(name), Some(&fhir::Value::Number(value.into())), "{name}");
	}
	assert_eq!(record.get("z").and_then(|z| z.get("b")), Some(&fhir::Value::List(vec![])));
	assert_eq!((record.get("b"), record.get("")), (None, None));
}

#[test]
fn what_is_inside_an_envelope_is_what_the_client_puts_there() {
	let vectors = vectors("exchange/sealed.json");
	for case in list(&vectors, "accepted") {
		let plain = bytes(case, "plain");
		let sealed = SealedRecord::read(&plain).unwrap();
		let form = if text(case, "form") == "Bytes" { Form::Bytes } else { Form::FhirJson };
		assert_eq!(
			(sealed.form, sealed.salt, &sealed.record),
			(form, hash(case, "salt"), &bytes(case, "record"))
		);
		assert_eq!(sealed.plain(), plain);
		assert_eq!(sealed.commitment(), Ok(hash(case, "commitment")));
		let shown = format!("{sealed:?}");
		assert!(
			!shown.contains(&hash(case, "salt").to_string()) && !shown.contains("value"),
			"{shown}"
		);
	}
	for case in list(&vectors, "refused") {
		assert!(SealedRecord::read(&bytes(case, "plain")).is_err(), "{}", text(case, "name"));
	}
	let not_json =
		SealedRecord { form: Form::FhirJson, salt: Hash([1; 32]), record: b"{".to_vec() };
	assert!(matches!(not_json.commitment(), Err(RecordError::NotFhir { .. })));
}

#[test]
fn a_profile_is_the_document_behind_its_commitment_or_it_is_not() {
	let vectors = vectors("exchange/profiles.json");
	for case in list(&vectors, "profiles") {
		let profile = Profile::read(text(case, "document").as_bytes(), hash(case, "salt")).unwrap();
		assert_eq!(profile.name, text(case, "name"));
		assert_eq!(profile.gateway.as_deref(), case["gateway"].as_str());
		assert_eq!(profile.document(), text(case, "document").as_bytes());
		assert_eq!(profile.commitment(), hash(case, "commitment"));
		assert!(profile.is_of(&hash(case, "commitment")));
		assert_eq!(Profile::shown(text(case, "shown").as_bytes()), Ok((4, profile.clone())));
		assert_eq!(profile.to_show(4), text(case, "shown"));
		let thumbprints = case["thumbprints"].as_array().cloned().unwrap_or_default();
		let ours = profile.keys.iter().map(|each| json!(each.key.thumbprint().to_string()));
		assert_eq!(ours.collect::<Vec<_>>(), thumbprints);
		assert!(
			!Profile { salt: Hash([0xff; 32]), ..profile.clone() }.is_of(&hash(case, "commitment"))
		);
		assert!(!Profile { name: format!("{} ", profile.name), ..profile }
			.is_of(&hash(case, "commitment")));
	}
}

#[test]
fn keys_of_a_profile_are_of_one_curve_with_a_name_each_and_what_is_shown_has_nothing_else() {
	let vectors = vectors("exchange/profiles.json");
	let with_keys = list(&vectors, "profiles").iter().find(|case| case["keys"].is_array()).unwrap();
	let shown: Value = serde_json::from_str(text(with_keys, "shown")).unwrap();
	let read = |value: &Value| Profile::shown(value.to_string().as_bytes());
	assert!(read(&shown).is_ok());
	let key = shown["keys"][0].clone();
	let changed = |member: &str, value: Value| {
		let mut changed = key.clone();
		changed[member] = value;
		changed
	};
	for keys in [
		json!([]),
		json!({}),
		json!([key, key]),
		json!([key, changed("kid", json!("b"))]),
		json!([changed("crv", json!("P-256"))]),
		json!([changed("kid", json!(""))]),
		json!([changed("kid", json!("a b"))]),
		json!([changed("x", key["y"].clone())]),
		json!([changed("d", json!("AA"))]),
		json!(vec![key.clone(); 17]),
	] {
		let mut other = shown.clone();
		other["keys"] = keys.clone();
		assert_eq!(read(&other), Err(ProfileFault::Keys), "{keys}");
	}
	for (member, value, fault) in [
		("contact", json!("x"), ProfileFault::OtherForm),
		("organisation", json!(-1), ProfileFault::Malformed),
		("salt", json!("0x00"), ProfileFault::Malformed),
		("gateway", json!("http://plain.example"), ProfileFault::Malformed),
		("name", json!(7), ProfileFault::Malformed),
	] {
		let mut other = shown.clone();
		other[member] = value;
		assert_eq!(read(&other), Err(fault), "{member}");
	}
	// A key's other members would not be what was committed to.
	let mut other: Value = serde_json::from_str(text(with_keys, "document")).unwrap();
	other["keys"][0]["use"] = json!("sig");
	let read = Profile::read(other.to_string().as_bytes(), hash(with_keys, "salt"));
	assert_eq!(read, Err(ProfileFault::OtherForm));
}

#[test]
fn what_is_no_profile_is_refused() {
	let read = |document: &str| Profile::read(document.as_bytes(), Hash([1; 32]));
	for document in [
		"",
		"{",
		"{}",
		"7",
		"{\"name\":7}",
		"{\"name\":\"a\",\"name\":\"b\"}",
		"{\"name\":\"\\ud800\"}",
	] {
		assert_eq!(read(document), Err(ProfileFault::Malformed), "{document}");
	}
	for document in [
		"{\"name\": \"a\"}",
		"{\"name\":\"a\",\"url\":\"b\"}",
		"{\"name\":\"\\u0061\"}",
		" {\"name\":\"a\"}",
	] {
		assert_eq!(read(document), Err(ProfileFault::OtherForm), "{document}");
	}
	assert_eq!(
		read(&format!("{{\"name\":\"{}\"}}", "a".repeat(MAX_PROFILE))),
		Err(ProfileFault::Malformed)
	);
}

fn request(value: &Value) -> ReleaseRequest {
	ReleaseRequest::from_part(&Part::read(value.to_string().as_bytes(), MAX_RECEIPT).unwrap())
		.unwrap()
}

#[test]
fn a_receipt_answers_its_request_or_is_refused_as_by_the_client() {
	let vectors = vectors("exchange/releases.json");
	for case in list(&vectors, "releases") {
		let receipt = ReleaseReceipt::read(case["receipt"].to_string().as_bytes()).unwrap();
		let found = receipt.answers(&request(&case["request"]));
		assert_eq!(
			found.as_ref().err().map(ReleaseFault::code),
			case["fault"].as_str(),
			"{}",
			text(case, "name")
		);
	}
}

#[test]
fn what_is_no_receipt_is_refused_by_the_name_of_the_part() {
	let vectors = vectors("exchange/releases.json");
	let good = &list(&vectors, "releases")[1]["receipt"];
	assert!(ReleaseReceipt::read(good.to_string().as_bytes()).is_ok());
	for (pointer, value, part) in [
		("/requestId", Value::Null, "requestId"),
		("/recordId", 7.into(), "recordId"),
		("/anchor", Value::Null, "anchor.org"),
		("/anchor/org", u32::MAX.into(), "anchor.org"),
		("/anchor/org", (-1).into(), "anchor.org"),
		("/anchor/seq", "1".into(), "anchor.seq"),
		("/anchor/proof", Value::Null, "anchor.proof"),
		("/anchor/proof/path", vec!["0x00"].into(), "anchor.proof"),
		("/anchor/proof/path", vec![Hash([1; 32]).to_string(); 33].into(), "anchor.proof"),
		("/anchor/proof/index", (-1).into(), "anchor.proof"),
		("/anchor/proof/leaves", Value::Null, "anchor.proof"),
		("/entry", Vec::<u8>::new().into(), "entry"),
	] {
		let mut wrong = good.clone();
		*wrong.pointer_mut(pointer).unwrap() = value;
		assert_eq!(
			ReleaseReceipt::read(wrong.to_string().as_bytes()),
			Err(ReleaseFault::Malformed { part }),
			"{pointer}"
		);
	}
	assert!(matches!(ReleaseReceipt::read(b"{"), Err(ReleaseFault::Json(_))));
	assert!(matches!(
		ReleaseReceipt::read(&vec![b' '; MAX_RECEIPT + 1]),
		Err(ReleaseFault::Json(_))
	));
}

#[test]
fn a_receipt_proves_the_record_that_is_anchored_and_no_other() {
	let record =
		|salt| SealedRecord { form: Form::Bytes, salt: Hash([salt; 32]), record: b"{}".to_vec() };
	let commitments: Vec<Hash> = (0..5).map(|salt| record(salt).commitment().unwrap()).collect();
	let tree = MerkleTree::new(&commitments).unwrap();
	let vectors = vectors("exchange/releases.json");
	let mut single =
		ReleaseReceipt::read(list(&vectors, "releases")[0]["receipt"].to_string().as_bytes())
			.unwrap();
	single.anchor.proof = None;
	let mut batched = single.clone();
	batched.anchor.proof = tree.path(3);
	let one = Anchored::Record(commitments[3]);
	let batch = Anchored::Batch { root: tree.root(), leaves: 5 };
	assert_eq!(single.proves(&record(3), &one), Ok(()));
	assert_eq!(batched.proves(&record(3), &batch), Ok(()));
	assert_eq!(single.proves(&record(2), &one), Err(ReleaseFault::NotTheRecord));
	assert_eq!(batched.proves(&record(2), &batch), Err(ReleaseFault::NotTheRecord));
	assert_eq!(
		batched.proves(&record(3), &Anchored::Batch { root: tree.root(), leaves: 6 }),
		Err(ReleaseFault::NotTheRecord)
	);
	assert_eq!(batched.proves(&record(3), &one), Err(ReleaseFault::PathUnexpected));
	assert_eq!(single.proves(&record(3), &batch), Err(ReleaseFault::PathMissing));
	let no_json = SealedRecord { form: Form::FhirJson, record: b"{".to_vec(), ..record(3) };
	assert!(matches!(single.proves(&no_json, &one), Err(ReleaseFault::Form(_))));
}
