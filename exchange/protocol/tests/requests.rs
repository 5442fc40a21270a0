//! Signed requests: the vectors, and what else is no request.

mod shared;

use salus_exchange_protocol::{
	account::{Account, Address},
	codes::{Action, DataClass, Purpose, SensitivityLabel},
	event::RequesterKind,
	request::{
		Gate, ReleaseRequest, RequestFault, SignedRequest, MAX_RECORD_ID, MAX_REQUEST,
		MAX_REQUEST_LIFE,
	},
	signature, Hash,
};
use serde_json::{json, Value};
use shared::{bytes, hash, list, text, vectors};

fn gate(vectors: &Value) -> Gate {
	let gate = &vectors["gate"];
	Gate {
		genesis: hash(gate, "genesisHash"),
		custodian: u32::try_from(gate["custodian"].as_u64().unwrap()).unwrap(),
		now: gate["now"].as_u64().unwrap(),
	}
}

fn signed(request: &Value, signature: &str) -> SignedRequest {
	let document = json!({ "request": request, "signature": signature }).to_string();
	SignedRequest::read(document.as_bytes()).unwrap_or_else(|fault| panic!("{fault}: {document}"))
}

#[test]
fn requests_are_the_bytes_that_the_client_signs_and_their_signatures_hold() {
	let vectors = vectors("exchange/requests.json");
	let gate = gate(&vectors);
	assert_eq!(
		vectors["limits"],
		json!({ "requestLife": MAX_REQUEST_LIFE, "recordId": MAX_RECORD_ID })
	);
	for case in list(&vectors, "accepted") {
		let name = format!("{}, {}", text(case, "name"), text(case, "kind"));
		for kind in ["raw", "wrapped", "typed"] {
			let signed = signed(&case["request"], text(&case["signatures"], kind));
			assert_eq!(signed.request.message(&gate.genesis), bytes(case, "message"), "{name}");
			assert_eq!(signed.request.requester.account().0, hash(case, "account").0, "{name}");
			assert_eq!(signed.check(&gate), Ok(()), "{name}, {kind}");
		}
	}
}

#[test]
fn what_the_client_refuses_is_refused_for_the_same_reason() {
	let vectors = vectors("exchange/requests.json");
	let gate = gate(&vectors);
	let mut seen = std::collections::BTreeSet::new();
	for case in list(&vectors, "refused") {
		let (name, document) = (text(case, "name"), text(case, "document"));
		let fault = SignedRequest::read(document.as_bytes())
			.and_then(|signed| signed.check(&gate))
			.unwrap_err();
		assert_eq!(fault.code(), text(case, "failure"), "{name}: {document}");
		// The part that is named is the one that the case is about.
		if let (RequestFault::Malformed { part }, Some(wrong)) =
			(&fault, name.strip_prefix("a wrong "))
		{
			assert!(wrong.starts_with(part) || *part == "document", "{name}: {part}");
		}
		seen.insert(fault.code());
	}
	assert_eq!(seen.len(), 5, "{seen:?}");
}

#[test]
fn one_flipped_bit_of_a_signature_or_of_the_message_is_refused() {
	let vectors = vectors("exchange/requests.json");
	for kind in ["ed25519", "sr25519", "ecdsa"] {
		let case =
			list(&vectors, "accepted").iter().find(|case| text(case, "kind") == kind).unwrap();
		let (account, message) = (Account(hash(case, "account").0), bytes(case, "message"));
		let good = bytes(&case["signatures"], "raw");
		assert!(signature::holds(account, &message, &good));
		for at in 0..good.len() {
			let mut other = good.clone();
			other[at] ^= 1;
			assert!(!signature::holds(account, &message, &other), "{kind}, byte {at}");
		}
		for at in [0, 40, message.len() - 1] {
			let mut other = message.clone();
			other[at] ^= 1;
			assert!(!signature::holds(account, &other, &good), "{kind}, byte {at} of the message");
		}
		for length in 0..good.len() {
			assert!(
				!signature::holds(account, &message, &good[..length]),
				"{kind}, {length} bytes"
			);
		}
	}
}

/// What the client's reader of JSON takes and this one does not: two readings, or numbers written in another way.
#[test]
fn a_document_of_two_readings_is_refused() {
	let vectors = vectors("exchange/requests.json");
	let case = &list(&vectors, "accepted")[0];
	let good =
		json!({ "request": case["request"], "signature": case["signatures"]["raw"] }).to_string();
	let read = |document: &str| SignedRequest::read(document.as_bytes());
	assert!(read(&good).is_ok());
	let malformed = Err(RequestFault::Malformed { part: "document" });
	for (from, to) in [
		("\"custodian\":4", "\"custodian\":4,\"custodian\":4"),
		("\"custodian\":4", "\"custodian\":4.0"),
		("\"custodian\":4", "\"custodian\":4e0"),
		("\"custodian\":4", "\"custodian\":04"),
		("\"recordId\":\"r1\"", "\"recordId\":\"\\ud800\""),
		("\"recordId\":\"r1\"", "\"recordId\":\"r1\u{0}\""),
	] {
		assert!(good.contains(from));
		assert_eq!(read(&good.replace(from, to)), malformed, "{to}");
	}
	assert_eq!(read(&format!("{good}x")), malformed);
	assert_eq!(read(""), malformed);
	assert_eq!(SignedRequest::read(b"\"\xff\""), malformed);
	assert_eq!(read(&"[".repeat(MAX_REQUEST)), malformed);
	let long = good.replacen('{', &format!("{{\"x\":\"{}\",", "x".repeat(MAX_REQUEST)), 1);
	assert_eq!(read(&long), malformed);
	// What a request does not have is not signed, and means nothing.
	assert!(read(&good.replacen('{', "{\"x\":\"1\",", 1)).is_ok());
}

#[test]
fn an_account_made_here_is_read_again() {
	let account = Account([7; 32]);
	let address = Address::from(account);
	assert_eq!(Address::read(address.as_str()), Ok(address));
}

#[test]
fn an_account_has_many_addresses_and_one_that_is_written() {
	let vectors = vectors("exchange/requests.json");
	let cases = list(&vectors, "accepted").iter().filter(|case| text(case, "kind") == "ed25519");
	let addresses: std::collections::BTreeSet<&str> =
		cases.map(|case| text(&case["request"], "requester")).collect();
	assert_eq!(addresses.len(), 5, "{addresses:?}");
	let written: std::collections::BTreeSet<String> = addresses
		.iter()
		.map(|text| Address::from(Address::read(text).unwrap().account()).as_str().to_owned())
		.collect();
	let account = Account(hash(&list(&vectors, "accepted")[0], "account").0);
	assert_eq!(written, [format!("0x{}", hex::encode(account.0))].into());
}

#[test]
fn who_asks_is_said_by_the_request_or_follows_from_for_whom_it_is() {
	use RequesterKind::{Machine, Person};
	let request = |organisation, requester_kind| ReleaseRequest {
		id: Hash([1; 32]),
		custodian: 4,
		record_id: "r1".into(),
		requester: Account([2; 32]).into(),
		organisation,
		requester_kind,
		purpose: Purpose::Treat,
		action: Action::Read,
		expiry: 1,
	};
	for (organisation, said, kind) in [
		(None, None, Person),
		(None, Some(Person), Person),
		(None, Some(Machine), Machine),
		(Some(5), None, Machine),
		(Some(5), Some(Person), Person),
		(Some(5), Some(Machine), Machine),
	] {
		assert_eq!(request(organisation, said).kind(), kind, "{organisation:?} {said:?}");
	}
	// Each is signed for itself: nobody on the way makes one of another.
	let messages: std::collections::BTreeSet<Vec<u8>> = [None, Some(Person), Some(Machine)]
		.map(|said| request(Some(5), said).message(&Hash([3; 32])))
		.into();
	assert_eq!(messages.len(), 3);
	// What says nothing of it is signed as it always was.
	assert_eq!(messages.iter().map(Vec::len).collect::<Vec<_>>(), [162, 163, 163]);
	assert!(messages.first().is_some_and(|silent| silent.starts_with(b"salus:release:v1")));
	assert!(messages.iter().skip(1).all(|told| told.starts_with(b"salus:release:v2")));
}

#[test]
fn codes_are_those_of_the_client_at_the_same_places() {
	let vectors = vectors("exchange/codes.json");
	let check = |name: &str, ours: Vec<(&'static str, u8)>| {
		let theirs: Vec<&str> =
			list(&vectors, name).iter().map(|code| code.as_str().unwrap()).collect();
		assert_eq!(ours.iter().map(|(name, _)| *name).collect::<Vec<_>>(), theirs);
		assert!(ours.iter().enumerate().all(|(at, (_, index))| at == usize::from(*index)));
	};
	check("purposes", Purpose::ALL.iter().map(|code| (code.name(), code.index())).collect());
	check("actions", Action::ALL.iter().map(|code| (code.name(), code.index())).collect());
	check("dataClasses", DataClass::ALL.iter().map(|code| (code.name(), code.index())).collect());
	check(
		"sensitivityLabels",
		SensitivityLabel::ALL.iter().map(|code| (code.name(), code.index())).collect(),
	);
	assert_eq!(Purpose::named("treat"), None);
}

#[test]
fn a_patient_signs_the_number_of_no_organisation() {
	let request = |organisation| ReleaseRequest {
		id: Hash([1; 32]),
		custodian: 4,
		record_id: "r1".into(),
		requester: Account([2; 32]).into(),
		organisation,
		requester_kind: None,
		purpose: Purpose::Treat,
		action: Action::Read,
		expiry: 1,
	};
	let message = |organisation| request(organisation).message(&Hash([3; 32]));
	assert_eq!(message(None), message(Some(u32::MAX)));
	assert_ne!(message(None), message(Some(0)));
	// So no organisation may have it.
	let written = json!({ "id": Hash([1; 32]).to_string(), "custodian": 4, "recordId": "r1", "requester": Address::from(Account([2; 32])).as_str(),
		"organisation": u32::MAX, "purpose": "Treat", "action": "Read", "expiry": 1 });
	let document = json!({ "request": written, "signature": "0x" }).to_string();
	assert_eq!(
		SignedRequest::read(document.as_bytes()),
		Err(RequestFault::Malformed { part: "organisation" })
	);
}
