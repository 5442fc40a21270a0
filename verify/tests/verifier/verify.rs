//! Receipts, genuine and not, through the library.

use crate::support::{
	self,
	cases::{Maker, Verdict, LETTER},
	check, hex,
	relay::PARA,
	Block, Kept, PATIENT,
};
use salus_verify::{sentence, Error, Opened, Parachain, Presented, Receipt, Sets, Standing};
use std::collections::BTreeSet;

#[test]
fn every_case_is_judged_as_it_must_be() {
	let mut names = BTreeSet::new();
	for case in Maker::default().all() {
		assert!(names.insert(case.name), "{} is there twice", case.name);
		let found = match case.judge() {
			Ok(record) if record.standing == Standing::Current => Verdict::Stood,
			Ok(_) => Verdict::Ended,
			Err(error) if error.is_malformed() => Verdict::Malformed,
			Err(error) => Verdict::Refused(error.code()),
		};
		assert_eq!(found, case.verdict, "{}: {:?}", case.name, case.judge());
	}
}

/// Whoever reads a refusal must be able to tell it from any other.
#[test]
fn every_refusal_has_a_sentence_of_its_own() {
	let mut sentences = BTreeSet::new();
	for case in Maker::default().all() {
		if let Err(error) = case.judge() {
			let sentence = error.to_string();
			assert!(sentence.len() > 20 && sentence.lines().count() == 1, "{sentence}");
			assert!(!sentence.ends_with('.'), "{sentence}");
			sentences.insert((error.code(), sentence));
		}
	}
	let codes: BTreeSet<_> = sentences.iter().map(|(code, _)| *code).collect();
	let texts: BTreeSet<_> = sentences.iter().map(|(_, text)| text).collect();
	assert_eq!(sentences.len(), texts.len(), "two refusals of different kinds say the same");
	assert!(codes.len() >= 38, "{codes:?}");
}

#[test]
fn a_receipt_from_before_three_changes_of_the_set_still_verifies() {
	let maker = Maker::default();
	let block = Block { number: 3, set: 0, voters: maker.chain.sets[0].clone(), ..maker.block() };
	let receipt = block.receipt(&maker.chain, std::slice::from_ref(&maker.letter));
	let without = Sets::follow(&maker.chain.genesis, None, &[]).unwrap();
	assert_eq!(without.latest(), 0);
	check(&receipt, &without, LETTER.as_bytes()).unwrap();
	let with = maker.chain.follow();
	assert_eq!(with.latest(), 3);
	check(&receipt, &with, LETTER.as_bytes()).unwrap();
}

/// The block that hands over is the last of the old set, and the next one the first of the new.
#[test]
fn each_set_has_its_blocks_and_no_others() {
	let maker = Maker::default();
	let sets = maker.chain.follow();
	for (number, set, fine) in [
		(9, 0, true),
		(9, 1, false),
		(11, 0, false),
		(11, 1, true),
		(19, 1, true),
		(21, 1, false),
		(21, 2, true),
		(31, 3, true),
		(4_000_000, 3, true),
		(30, 3, false),
	] {
		let voters = maker.chain.sets[set].clone();
		let block = Block { number, set: set as u64, voters, ..maker.block() };
		let receipt = block.receipt(&maker.chain, std::slice::from_ref(&maker.letter));
		let found = check(&receipt, &sets, LETTER.as_bytes());
		assert_eq!(found.is_ok(), fine, "block {number} by set {set}: {found:?}");
	}
	// Another block 10 than the one that handed over, by those who signed that one too.
	let voters = maker.chain.sets[0].clone();
	let block = Block { number: 10, set: 0, voters, ..maker.block() };
	let receipt = block.receipt(&maker.chain, std::slice::from_ref(&maker.letter));
	let found = check(&receipt, &sets, LETTER.as_bytes());
	assert_eq!(found, Err(Error::OtherHandoff { set: 0, number: 10 }));
}

#[test]
fn a_bundle_is_one_proof_for_many_records() {
	let maker = Maker::default();
	let kept = [maker.letter.clone(), maker.of_batch.clone()];
	let receipt = maker.block().receipt(&maker.chain, &kept);
	let parsed = Receipt::parse(receipt.to_string().as_bytes()).unwrap();
	let sets = maker.chain.follow();
	let opened = Opened::new(&parsed, &sets).unwrap();
	for (i, kept) in kept.iter().enumerate() {
		let presented = Presented { file: "file", name: None, bytes: &kept.record };
		let found = opened.find(&presented).unwrap();
		assert_eq!(found, [&parsed.records[i]]);
		assert_eq!(opened.verify(found[0]).unwrap().seq, kept.seq);
	}
	let changed = |name| opened.find(&Presented { file: "file", name, bytes: b"changed" });
	assert_eq!(changed(None), Err(Error::NotInReceipt { file: "file".into() }));
	assert!(matches!(changed(Some("letter.txt")), Err(Error::Changed { .. })));
	assert_eq!(changed(Some("other")), Err(Error::NoSuchName { name: "other".into() }));
	let right = Presented { file: "file", name: Some("letter.txt"), bytes: LETTER.as_bytes() };
	assert_eq!(opened.find(&right).unwrap(), [&parsed.records[0]]);
}

#[test]
fn two_records_of_one_name_are_not_guessed_between() {
	let maker = Maker::default();
	let again = Kept { seq: 6, ..maker.letter.clone() };
	let receipt = maker.block().receipt(&maker.chain, &[maker.letter.clone(), again]);
	let parsed = Receipt::parse(receipt.to_string().as_bytes()).unwrap();
	let sets = maker.chain.follow();
	let opened = Opened::new(&parsed, &sets).unwrap();
	let named = Presented { file: "f", name: Some("letter.txt"), bytes: LETTER.as_bytes() };
	assert_eq!(opened.find(&named), Err(Error::AmbiguousName { name: "letter.txt".into() }));
	assert_eq!(opened.find(&Presented { name: None, ..named }).unwrap().len(), 2);
}

/// The state has a handle for the slot; the receipt, of whatever record, does not show it.
#[test]
fn a_receipt_has_no_handle() {
	let maker = Maker::default();
	let kept = [maker.letter.clone(), maker.of_batch.clone()];
	let handle = &hex(PATIENT.0)[2..];
	let all: String = maker.state.values().map(hex).collect();
	assert!(all.contains(handle), "the test's state has no handle to begin with");
	assert!(!maker.block().receipt(&maker.chain, &kept).to_string().contains(handle));
}

#[test]
fn the_sentence_says_who_when_and_how_it_stood() {
	let maker = Maker::default();
	let sets = maker.chain.follow();
	let receipt = maker.block().receipt(&maker.chain, std::slice::from_ref(&maker.letter));
	let parsed = Receipt::parse(receipt.to_string().as_bytes()).unwrap();
	let opened = Opened::new(&parsed, &sets).unwrap();
	let verified = opened.verify(&parsed.records[0]).unwrap();
	assert_eq!(
		sentence::verified(&verified, &opened.block),
		"Verified: organisation 7, as provider, anchored this record in its slot 5 on 2026-03-01 \
		 09:00:00 UTC, and as of 2026-03-01 10:00:00 UTC (block 12) it stood; 4 of 4 authorities of \
		 set 1 made that final."
	);
	// By a trail that was cut behind the set.
	let mut cut = maker.chain.trail();
	cut.handoffs.truncate(1);
	let sets = Sets::follow(&maker.chain.genesis, Some(&cut), &[]).unwrap();
	let opened = Opened::new(&parsed, &sets).unwrap();
	let sentence = sentence::verified(&verified, &opened.block);
	let told = "4 of 4 authorities of set 1, the last that the trail knows, made that final.";
	assert!(sentence.ends_with(told), "{sentence}");
	// Without any.
	let block = Block { number: 3, set: 0, voters: maker.chain.sets[0].clone(), ..maker.block() };
	let early = block.receipt(&maker.chain, std::slice::from_ref(&maker.letter));
	let early = Receipt::parse(early.to_string().as_bytes()).unwrap();
	let sets = Sets::follow(&maker.chain.genesis, None, &[]).unwrap();
	let opened = Opened::new(&early, &sets).unwrap();
	let sentence = sentence::verified(&verified, &opened.block);
	let told = "4 of 4 authorities of set 0, whose end no trail tells, made that final.";
	assert!(sentence.ends_with(told), "{sentence}");
}

#[test]
fn the_sentence_says_which_relay_block_names_the_receipts() {
	let maker = Maker::default();
	let (sets, under) = (maker.chain.follow(), maker.under());
	let receipt = under.receipt(&maker.chain, std::slice::from_ref(&maker.letter));
	let parsed = Receipt::parse(receipt.to_string().as_bytes()).unwrap();
	let parachain = Parachain { relay: &sets, id: PARA, genesis: under.genesis };
	let opened = Opened::new(&parsed, parachain).unwrap();
	let verified = opened.verify(&parsed.records[0]).unwrap();
	let told = "as of 2026-03-01 10:00:00 UTC (block 300) it stood; 4 of 4 authorities of the relay chain's set 1 \
	            made its block 12 final, which names block 300 as the head of parachain 2000.";
	let sentence = sentence::verified(&verified, &opened.block);
	assert!(sentence.ends_with(told), "{sentence}");
}

#[test]
fn moments_are_written_as_dates() {
	for (seconds, text) in [
		(0, "1970-01-01 00:00:00 UTC"),
		(951_782_399, "2000-02-28 23:59:59 UTC"),
		(951_782_400, "2000-02-29 00:00:00 UTC"),
		(1_709_251_199, "2024-02-29 23:59:59 UTC"),
		(1_735_689_599, "2024-12-31 23:59:59 UTC"),
		(4_107_542_400, "2100-03-01 00:00:00 UTC"),
		(253_402_300_799, "9999-12-31 23:59:59 UTC"),
		(u64::MAX, "second 18446744073709551615 after 1970"),
	] {
		assert_eq!(sentence::moment(seconds), text);
	}
}

/// Copying somebody's commitment into a slot of one's own shows only that.
#[test]
fn a_copied_commitment_is_its_copiers() {
	let maker = Maker::default();
	let copied = Kept { author: 8, ..maker.letter.clone() };
	let state = maker.and(
		salus_verify::state::slot_key(b"Anchors", 8, 5),
		support::anchor(&copied.commitment(), copied.form, None),
	);
	let receipt = maker.block_with(state).receipt(&maker.chain, &[copied]);
	let verified = check(&receipt, &maker.chain.follow(), LETTER.as_bytes()).unwrap();
	assert_eq!(verified.author, 8);
}
