//! Whatever the bytes, an answer and no panic.

use crate::support::{
	self,
	cases::{decisions::with_past, Maker},
	decisions::{self, Storage},
	hex,
	relay::PARA,
	NOW,
};
use proptest::prelude::*;
use salus_primitives::Purpose;
use salus_verify::{
	bytes::{compact, from_decimal, from_hex, Reader},
	decision::{sentence, DecisionReceipt, Facts, Runtime},
	fhir,
	header::Header,
	justification::Justification,
	status,
	trie::Proof,
	Checkpoint, Genesis, GenesisFile, Hash, Opened, Parachain, Presented, Receipt, Sets, Start,
	StartFile, Trail,
};
use std::sync::LazyLock;

/// Genuine files, to be spoilt.
static FILES: LazyLock<Vec<String>> = LazyLock::new(|| {
	let maker = Maker::default();
	let case = |name| maker.all().into_iter().find(|case| case.name == name).expect("it is there");
	let start = case("start-genuine");
	let relay = case("relay-genuine").receipt.to_string();
	let case = case("forced-vouched");
	let decisions = maker.of_decisions();
	let decision = |name| {
		let found = decisions.iter().find(|case| case.name == name);
		found.expect("it is there").receipt.to_string()
	};
	vec![
		maker
			.block()
			.receipt(&maker.chain, &[maker.letter.clone(), maker.of_batch.clone()])
			.to_string(),
		maker.chain.trail_json().to_string(),
		case.genesis.to_string(),
		case.checkpoint.expect("it has one").to_string(),
		maker.chain.spec.to_string(),
		String::from_utf8(maker.of_batch.record.clone()).expect("it is text"),
		relay,
		start.trail.to_string(),
		start.pins.and_then(|pins| pins.start).expect("it has one").to_string(),
		decision("past-emergency"),
		decision("parachain"),
	]
});
static SETS: LazyLock<Sets> = LazyLock::new(|| Maker::default().chain.follow());
static PARACHAIN: LazyLock<Parachain> = LazyLock::new(|| Parachain {
	relay: &SETS,
	id: PARA,
	genesis: Maker::default().under().genesis,
});

/// Everything that reads bytes.
fn read(bytes: &[u8]) {
	if let Ok(receipt) = Receipt::parse(bytes) {
		for opened in
			[Opened::new(&receipt, &*SETS), Opened::new(&receipt, *PARACHAIN)].into_iter().flatten()
		{
			let _ = opened.find(&Presented { file: "f", name: None, bytes });
			receipt.records.iter().for_each(|record| drop(opened.verify(record)));
		}
	}
	if let Ok(receipt) = DecisionReceipt::parse(bytes) {
		for decided in [receipt.verify(&*SETS), receipt.verify(*PARACHAIN)].into_iter().flatten() {
			let _ = sentence(&decided);
		}
	}
	if let Ok(file) = StartFile::parse(bytes) {
		if let Ok(start) = Start::from_file(&file, file.header.hash) {
			let _ = Sets::follow_from(&start, Trail::parse(FILES[7].as_bytes()).ok().as_ref(), &[]);
		}
	}
	if let (Ok(trail), Ok((genesis, _))) =
		(Trail::parse(bytes), Genesis::from_chain_spec(FILES[4].as_bytes()))
	{
		let _ = Sets::follow(&genesis, Some(&trail), &[]);
	}
	if let Ok(file) = GenesisFile::parse(bytes) {
		let _ = Genesis::from_file(&file, file.header.hash);
	}
	let _ = Checkpoint::parse(bytes);
	let _ = Genesis::from_chain_spec(bytes);
	let _ = fhir::canonical(bytes);
	let _ = Header::decode(bytes);
	if let Ok(justification) = Justification::decode(bytes) {
		let authorities: Vec<_> = justification.votes.iter().map(|vote| (vote.voter, 1)).collect();
		let _ = justification.verify(justification.target, justification.number, 0, &authorities);
	}
	let _ = Proof::new(Hash::of(bytes), [bytes]).get(b"key");
	let _ = status::answer(bytes);
	let _ = std::str::from_utf8(bytes).map(from_hex);
}

/// The file with another hexadecimal digit somewhere in its bytes.
fn with_another_digit(text: &str, at: prop::sample::Index, digit: u8) -> serde_json::Value {
	let digits: Vec<usize> = text
		.match_indices(|c: char| c.is_ascii_hexdigit())
		.map(|(i, _)| i)
		.filter(|i| {
			let bytes = text[..*i].rfind("0x").map(|x| &text[x + 2..*i]);
			bytes.is_some_and(|bytes| bytes.bytes().all(|b| b.is_ascii_hexdigit()))
		})
		.collect();
	let at = digits[at.index(digits.len())];
	let old = u8::from_str_radix(&text[at..at + 1], 16).unwrap();
	let mut changed = text.to_string();
	changed.replace_range(at..at + 1, &format!("{:x}", old ^ digit));
	serde_json::from_str(&changed).unwrap()
}

proptest! {
	#[test]
	fn garbage_is_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
		read(&bytes);
	}

	/// Small counts and kinds, so that more of it decodes.
	#[test]
	fn likely_scale_is_read_without_panic(bytes in prop::collection::vec(prop_oneof![Just(0), Just(1), Just(4), Just(8), 0..64_u8], 0..600)) {
		read(&bytes);
	}

	#[test]
	fn spoilt_files_are_read_without_panic(
		file in 0..11_usize, at in any::<prop::sample::Index>(), with in prop::collection::vec(any::<u8>(), 0..4), gone in 0..40_usize,
	) {
		let mut bytes = FILES[file].clone().into_bytes();
		let at = at.index(bytes.len());
		let end = (at + gone).min(bytes.len());
		bytes.splice(at..end, with);
		read(&bytes);
	}

	/// A digit of a genuine receipt's is changed: malformed or refused, never verified, but where
	/// the digit says nothing (the name of the file).
	#[test]
	fn no_changed_digit_of_a_receipt_is_verified(at in any::<prop::sample::Index>(), digit in 1..16_u8) {
		let maker = Maker::default();
		let text = maker.block().receipt(&maker.chain, std::slice::from_ref(&maker.of_batch)).to_string();
		let changed = with_another_digit(&text, at, digit);
		let found = support::check(&changed, &*SETS, &maker.of_batch.record);
		prop_assert!(found.is_err(), "{:?}", found);
	}

	/// The same of a parachain's receipt, in which the relay chain's part is evidence too.
	#[test]
	fn no_changed_digit_of_a_parachains_receipt_is_verified(at in any::<prop::sample::Index>(), digit in 1..16_u8) {
		let maker = Maker::default();
		let text = maker.under().receipt(&maker.chain, std::slice::from_ref(&maker.of_batch)).to_string();
		let changed = with_another_digit(&text, at, digit);
		let found = support::check(&changed, *PARACHAIN, &maker.of_batch.record);
		prop_assert!(found.is_err(), "{:?}", found);
	}

	/// The same of a decision receipt, in which a digit of the patient or of who asked is one of the question.
	#[test]
	fn no_changed_digit_of_a_decision_is_verified(at in any::<prop::sample::Index>(), digit in 1..16_u8) {
		let changed = with_another_digit(&FILES[9], at, digit).to_string();
		let found = DecisionReceipt::parse(changed.as_bytes()).and_then(|receipt| receipt.verify(&*SETS));
		prop_assert!(found.is_err(), "{:?}", found);
	}

	/// Whatever stands under a key that an answer depends on.
	#[test]
	fn spoilt_items_of_a_state_are_read_without_panic(
		item in any::<prop::sample::Index>(), purpose in any::<bool>(), at in any::<prop::sample::Index>(),
		with in prop::collection::vec(any::<u8>(), 0..12), gone in 0..12_usize, ago in 0..60_u64,
	) {
		let mut state = with_past();
		let purpose = if purpose { Purpose::Treat } else { Purpose::Btg };
		let question = decisions::question(purpose, NOW - ago * decisions::DAY / 2);
		let items = decisions::items(&state, &question);
		let key = items[item.index(items.len())].key();
		let mut bytes = state.get(&key).cloned().unwrap_or_default();
		let at = at.index(bytes.len() + 1);
		let end = (at + gone).min(bytes.len());
		bytes.splice(at..end, with);
		state.insert(key, bytes);
		let storage = Storage::new(&state);
		let _ = Runtime::of(&storage);
		let _ = Facts::read(&question, NOW, &storage).map(|facts| facts.verdict(&question));
	}

	#[test]
	fn a_number_has_one_compact_form(number in prop_oneof![0..70_u32, 16_000..17_000_u32, any::<u32>()]) {
		let bytes = compact(number);
		let mut reader = Reader::new(&bytes, "number");
		prop_assert_eq!(reader.compact(), Ok(number));
		prop_assert_eq!(reader.finish(), Ok(()));
	}
}

#[test]
fn numbers_that_are_not_in_their_shortest_form_are_refused() {
	for bytes in [
		&[1, 0][..],
		&[0xfd, 0],
		&[2, 0, 0, 0],
		&[3, 1, 0, 0, 0],
		&[3, 0xff, 0xff, 0xff, 0x3f],
		&[7, 0, 0, 0, 0, 1],
	] {
		let found = Reader::new(bytes, "number").compact();
		assert!(found.is_err(), "{bytes:?} {found:?}");
	}
}

/// A few bytes must not announce gigabytes.
#[test]
fn announced_sizes_are_bounded_by_what_is_there() {
	let huge = [0xfe, 0xff, 0xff, 0xff];
	let justification = [&[0; 44][..], &huge].concat();
	assert!(Justification::decode(&justification).unwrap_err().is_malformed());
	let header = [&[0; 32][..], &[0], &[0; 64], &huge].concat();
	assert!(Header::decode(&header).unwrap_err().is_malformed());
	let header = [&[0; 32][..], &[0], &[0; 64], &[4, 0], &huge].concat();
	assert!(Header::decode(&header).unwrap_err().is_malformed());
}

#[test]
fn oversized_files_are_refused() {
	let maker = Maker::default();
	let mut receipt = maker.block().receipt(&maker.chain, std::slice::from_ref(&maker.of_batch));
	let path = receipt.pointer_mut("/records/0/leaf/path").unwrap();
	*path = serde_json::json!(vec![Hash([1; 32]); 33]);
	let error = Receipt::parse(receipt.to_string().as_bytes()).unwrap_err();
	assert_eq!(
		error.to_string(),
		"the receipt is malformed: it has 33 hashes in a path, and 32 are the most"
	);
	let record = receipt["records"][0].clone();
	receipt["records"] = vec![record; 0].into();
	assert!(Receipt::parse(receipt.to_string().as_bytes()).unwrap_err().is_malformed());
	let kept = [maker.of_batch.clone(), maker.of_batch.clone()];
	let receipt = maker.block().receipt(&maker.chain, &kept);
	let error = Receipt::parse(receipt.to_string().as_bytes()).unwrap_err();
	assert_eq!(
		error.to_string(),
		"the receipt is malformed: it has the record of organisation 7 in slot 40, number 3 of its batch twice"
	);
	let large = vec![b' '; salus_verify::files::MAX_RECEIPT + 1];
	let error = Receipt::parse(&large).unwrap_err();
	assert_eq!(
		error.to_string(),
		"the receipt is malformed: it has 67108865 bytes, and 67108864 are the most"
	);
}

#[test]
fn what_is_written_in_two_ways_is_refused() {
	let maker = Maker::default();
	let text = maker.block().receipt(&maker.chain, std::slice::from_ref(&maker.letter)).to_string();
	Receipt::parse(text.as_bytes()).unwrap();
	let twice = text.replacen("\"author\":7", "\"author\":8,\"author\":7", 1);
	assert!(twice != text && Receipt::parse(twice.as_bytes()).unwrap_err().is_malformed());
	for (from, to) in [
		("\"seq\":\"5\"", "\"seq\":\"05\""),
		("\"seq\":\"5\"", "\"seq\":\"+5\""),
		("\"seq\":\"5\"", "\"seq\":\"\""),
		("\"seq\":\"5\"", "\"seq\":\"18446744073709551616\""),
		("\"author\":7", "\"author\":4294967296"),
		("\"author\":7", "\"author\":-1"),
		("\"form\":\"Bytes\"", "\"form\":\"bytes\""),
		("\"version\":1", "\"version\":\"1\""),
		("\"salt\":\"0x", "\"salt\":\""),
		("\"header\":\"0x", "\"header\":\"0x0"),
	] {
		let changed = text.replacen(from, to, 1);
		assert!(changed != text, "{from} is not there");
		assert!(Receipt::parse(changed.as_bytes()).unwrap_err().is_malformed(), "{to}");
	}
	// A file of another kind is told as such.
	let trail = maker.chain.trail_json().to_string();
	let error = Receipt::parse(trail.as_bytes()).unwrap_err().to_string();
	assert_eq!(
		error,
		"the receipt is malformed: its format is \"salus-trail\" and not \"salus-receipt\""
	);
	assert!(hex([0xab]) == "0xab" && from_hex("0xab") == Ok(vec![0xab]));
	for text in ["0xAB", "0xaB", "0Xab", "ab", "0xa", "0x a", "0xag", " 0xab", "0xab ", ""] {
		assert!(from_hex(text).is_err(), "{text}");
	}
	for (text, number) in [
		("0", Some(0)),
		("7", Some(7)),
		("18446744073709551615", Some(u64::MAX)),
		("18446744073709551616", None),
		("00", None),
		("07", None),
		("+7", None),
		("-7", None),
		(" 7", None),
		("7 ", None),
		("0x7", None),
		("7.0", None),
		("7e0", None),
		("\u{667}", None),
		("", None),
	] {
		assert_eq!(from_decimal(text), number, "{text}");
	}
}
