//! Random lives of records: whatever is called and whatever time does, the pallet does what a plain
//! list of slots says, nothing that is held leaves, no number is given twice, and no answer changes
//! while its slot is kept.

mod model;
mod steps;

use crate::{mock::*, *};
use frame_support::assert_storage_noop;
use model::{End, Model};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use salus_primitives::Moment;
use std::{
	cell::RefCell,
	collections::BTreeMap,
	time::{SystemTime, UNIX_EPOCH},
};
use steps::Step;

/// How many histories are run.
const CASES: u32 = 1_500;

/// How often each of [`SEEN`] has to have happened. The rarest happens some seventy times, so that this
/// fails when a step cannot be reached any more, and not by chance.
const AT_LEAST: u32 = 10;

/// What has to have happened, or the histories show nothing.
const SEEN: [&str; 34] = [
	"Anchor",
	"Batch",
	"Retract",
	"Dispute",
	"ExtendDispute",
	"Answer",
	"ExtendRetention",
	"Hold",
	"Release",
	"Request",
	"Withdraw",
	"Refuse",
	"Shred",
	"Evict",
	"Sweep",
	"AlreadyAnswered",
	"AlreadyExtended",
	"AlreadyRefused",
	"AlreadyRequested",
	"AnswerTooLate",
	"DisputeOpen",
	"EarlierVersionKept",
	"HoldNotLonger",
	"NotACorrection",
	"NotFound",
	"NotHeld",
	"OnHold",
	"PreviousNotFound",
	"RetentionNotLonger",
	"RetentionNotOver",
	"StillKept",
	"shredded at the patient's wish",
	"shredded after retention",
	"a version after one that is gone",
];

type Seen = BTreeMap<String, u32>;
type Answer = (usize, Moment, Result<Verification, VerifyError>);

/// Everything that can be asked about a slot is what the list says.
fn check_slot(model: &Model, index: usize) {
	let (slot, seq) = (&model.slots[index], index as Seq);
	let told = RecordAnchor::slot(HOSPITAL, seq);
	match slot.end {
		None => assert_eq!(told, SlotState::Kept),
		Some(End::Evicted) => assert_eq!(told, SlotState::Evicted),
		Some(End::Shredded(at, why)) => {
			let SlotState::Shredded(tombstone) = told else { panic!("{told:?}") };
			assert_eq!((tombstone.at, tombstone.why), (at, why));
		},
	}
	assert_eq!(
		Commitments::<Test>::get(HOSPITAL, commitment(slot.n)),
		slot.end.is_none().then_some(seq)
	);
	assert_eq!(Subjects::<Test>::contains_key(HOSPITAL, seq), slot.subject && slot.end.is_none());
	let leaves = Retractions::<Test>::iter_key_prefix((HOSPITAL, seq)).count();
	assert_eq!(leaves, slot.retracted.len());
	let Some(info) = RecordAnchor::anchor_info(HOSPITAL, seq) else {
		assert!(slot.end.is_some());
		return;
	};
	assert_eq!(info.anchor.commitment, commitment(slot.n));
	assert_eq!(info.anchor.anchored_at, slot.anchored_at);
	assert_eq!(info.retention_until, slot.until);
	assert_eq!(info.head, model.head(index) as Seq);
	assert_eq!(!info.holds.is_empty(), slot.is_held());
	let states: Vec<_> = info.disputes.iter().map(|dispute| dispute.state).collect();
	let expected: Vec<_> = slot
		.disputes
		.iter()
		.map(|round| match (round.answered, round.due) {
			(true, _) => DisputeState::Answered,
			(false, due) if now() < due => DisputeState::Open { due },
			(false, since) => DisputeState::Unanswered { since },
		})
		.collect();
	assert_eq!(states, expected);
	match (info.erasure.map(|erasure| erasure.state), slot.request) {
		(None, None) | (Some(ErasureState::Refused { .. }), Some((_, true))) => {},
		(Some(ErasureState::Open { due }), Some((at, false))) => {
			assert!(due == at + ERASURE_TIME && now() < due)
		},
		(Some(ErasureState::Overdue { since }), Some((at, false))) => {
			assert!(since == at + ERASURE_TIME && since <= now())
		},
		other => panic!("{other:?}"),
	}
}

/// What the chain says of a record as of a moment. Batches are asked about in `machine`.
fn ask(model: &Model, index: usize, at: Moment) -> Result<Verification, VerifyError> {
	verify(index as Seq, model.slots[index].n, Some(at))
}

fn play(steps: &[Step], seen: &mut Seen) {
	let mut model = Model::default();
	let mut answers: Vec<Answer> = Vec::new();
	let mut count = |what: &str| *seen.entry(what.to_string()).or_default() += 1;
	for (number, step) in steps.iter().enumerate() {
		let before: Vec<_> = model.slots.iter().map(|slot| slot.end).collect();
		let held: Vec<_> = (0..model.slots.len())
			.filter(|i| model.slots[*i].is_held() && model.slots[*i].end.is_none())
			.collect();
		let next = NextSeq::<Test>::get(HOSPITAL);
		let (result, expected) = step.take(&mut model);
		match &expected {
			Ok(()) => count(&step.name()),
			Err(error) => count(&format!("{error:?}")),
		}
		assert_eq!(result, expected.map_err(Into::into), "{step:?}");
		for (slot, before) in model.slots.iter().zip(before) {
			match slot.end.filter(|_| before.is_none()) {
				Some(End::Shredded(_, ShredReason::ErasureRequested)) => {
					count("shredded at the patient's wish")
				},
				Some(End::Shredded(_, ShredReason::RetentionOver)) => {
					count("shredded after retention")
				},
				Some(End::Evicted) | None => {},
			}
		}
		// C3: one number after another, and none a second time.
		assert_eq!(NextSeq::<Test>::get(HOSPITAL), model.slots.len() as Seq);
		assert!(next <= model.slots.len() as Seq);
		// C5: what is held is there.
		for index in held.into_iter().filter(|index| model.slots[*index].is_held()) {
			assert_eq!(slot(index as Seq), SlotState::Kept, "a held slot has left");
		}
		if number % 12 == 11 || number + 1 == steps.len() {
			check_state();
			(0..model.slots.len()).for_each(|index| check_slot(&model, index));
			// What was answered once is answered again, or the slot is gone.
			for (index, at, before) in &answers {
				let again = ask(&model, *index, *at);
				match model.slots[*index].end {
					None => assert_eq!(again, *before),
					Some(End::Evicted) => assert_eq!(again, Err(VerifyError::Evicted)),
					Some(End::Shredded(at, _)) => {
						assert_eq!(again, Err(VerifyError::Shredded { at }))
					},
				}
			}
			for (index, kept) in model.slots.iter().enumerate() {
				if kept.end.is_none() && kept.leaves.is_none() {
					let answer = ask(&model, index, now() - 1);
					assert!(answer.is_ok());
					answers.push((index, now() - 1, answer));
				}
				if kept.end.is_none() && kept.previous.is_some_and(|i| model.slots[i].end.is_some())
				{
					count("a version after one that is gone");
				}
			}
		}
	}
	assert_storage_noop!(RecordAnchor::do_try_state().unwrap());
}

#[test]
fn whatever_happens_to_a_record_it_is_what_the_list_says() {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	};
	println!("SALUS_SEED={seed}");
	let bytes: Vec<u8> = (0..4u64).flat_map(|i| seed.wrapping_add(i).to_le_bytes()).collect();
	let mut runner = TestRunner::new_with_rng(
		Config { cases: CASES, failure_persistence: None, ..Config::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	);
	let seen = RefCell::new(Seen::new());
	let histories = proptest::collection::vec(steps::step(), 60..160);
	let run = |history: Vec<Step>| -> Result<(), TestCaseError> {
		new_test_ext().execute_with(|| play(&history, &mut seen.borrow_mut()));
		Ok(())
	};
	runner.run(&histories, run).unwrap_or_else(|failure| panic!("{failure}"));
	let seen = seen.into_inner();
	println!("{seen:#?}");
	for what in SEEN {
		let times = seen.get(what).copied().unwrap_or_default();
		assert!(times >= AT_LEAST, "{what}: {times} times");
	}
}
