//! Whatever the bytes, the answer is a value or a fault.

use proptest::prelude::*;
use salus_exchange_protocol::{
	account::{Account, Address},
	fhir,
	log::Line,
	release::ReleaseReceipt,
	request::SignedRequest,
	sealed::SealedRecord,
	signature,
};

fn read_all(bytes: &[u8]) {
	let _ = SignedRequest::read(bytes);
	let _ = ReleaseReceipt::read(bytes);
	let _ = SealedRecord::read(bytes).map(|sealed| sealed.commitment());
	if let Ok(line) = Line::read(bytes) {
		let _ = line.event();
		assert_eq!(Line::read(line.to_text().as_bytes()), Ok(line));
	}
	if let Ok(value) = fhir::read(bytes) {
		assert_eq!(fhir::read(&value.canonical()), Ok(value));
	}
}

proptest! {
	#[test]
	fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
		read_all(&bytes);
	}

	#[test]
	fn any_text_of_the_alphabet_of_json_is_read_or_refused(text in "[\\[\\]{}\",:\\\\au0-9.eE+-]{0,60}") {
		read_all(text.as_bytes());
	}

	#[test]
	fn any_signature_and_any_address_are_refused(account in any::<[u8; 32]>(), bytes in proptest::collection::vec(any::<u8>(), 0..70), text in ".{0,70}") {
		prop_assert!(!signature::holds(Account(account), b"message", &bytes));
		let _ = Address::read(&text);
	}
}
