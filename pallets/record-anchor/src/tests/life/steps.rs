//! Steps of random histories.

use super::model::{Model, Refused, Slot};
use crate::{mock::*, *};
use proptest::prelude::*;
use salus_primitives::{commitment::Form, OrgId};
use sp_runtime::DispatchResult;

/// One step. Slots are counted from the newest backwards: those about the patient for what the
/// patient and the author say to each other, batches for leaves, any for the rest.
#[derive(Clone, Debug)]
pub enum Step {
	Wait(u64),
	Anchor {
		back: Option<usize>,
		subject: bool,
		class: RetentionClass,
	},
	Batch {
		leaves: u64,
		class: RetentionClass,
	},
	Retract {
		back: usize,
		leaf: u64,
	},
	Dispute {
		back: usize,
	},
	ExtendDispute {
		back: usize,
	},
	Answer {
		back: usize,
		by: Option<usize>,
	},
	ExtendRetention {
		back: usize,
		seconds: u64,
	},
	Hold {
		back: usize,
		judge: bool,
		seconds: u64,
	},
	Release {
		back: usize,
		judge: bool,
	},
	Request {
		back: usize,
	},
	Withdraw {
		back: usize,
	},
	Refuse {
		back: usize,
	},
	Shred {
		back: usize,
	},
	/// From among those that are kept, counted from the oldest.
	Evict {
		picks: Vec<usize>,
	},
	Sweep {
		back: usize,
		limit: u32,
	},
}

/// Among the slots about the patient, or the batches: any slot at all, which is neither as a rule.
const STRAY: usize = 9;

fn class() -> impl Strategy<Value = RetentionClass> {
	prop_oneof![
		2 => Just(RetentionClass::Standard),
		3 => Just(RetentionClass::EmergencySummary),
		1 => Just(RetentionClass::Imaging),
	]
}

pub fn step() -> impl Strategy<Value = Step> {
	use Step::*;
	let back = || 0usize..8;
	let about = || prop_oneof![9 => 0usize..3, 1 => Just(STRAY)];
	prop_oneof![
		10 => (1u64..40).prop_map(Wait),
		1 => (100u64..400).prop_map(Wait),
		20 => (proptest::option::of(0usize..4), any::<bool>(), class())
			.prop_map(|(back, subject, class)| Anchor { back, subject, class }),
		4 => (1u64..9, class()).prop_map(|(leaves, class)| Batch { leaves, class }),
		6 => (about(), 0u64..9).prop_map(|(back, leaf)| Retract { back, leaf }),
		8 => about().prop_map(|back| Dispute { back }),
		6 => about().prop_map(|back| ExtendDispute { back }),
		6 => (about(), proptest::option::of(0usize..3)).prop_map(|(back, by)| Answer { back, by }),
		3 => (back(), 0u64..5_500)
			.prop_map(|(back, seconds)| ExtendRetention { back, seconds }),
		5 => (back(), any::<bool>(), 0u64..=MAX_HOLD + 20)
			.prop_map(|(back, judge, seconds)| Hold { back, judge, seconds }),
		4 => (back(), any::<bool>()).prop_map(|(back, judge)| Release { back, judge }),
		6 => about().prop_map(|back| Request { back }),
		3 => about().prop_map(|back| Withdraw { back }),
		5 => about().prop_map(|back| Refuse { back }),
		8 => back().prop_map(|back| Shred { back }),
		12 => proptest::collection::vec(0usize..8, 1..4).prop_map(|picks| Evict { picks }),
		10 => (prop_oneof![6 => Just(0), 3 => 1usize..3, 1 => Just(STRAY)], 0u32..6)
			.prop_map(|(back, limit)| Sweep { back, limit }),
	]
}

fn registrar(judge: bool) -> (AccountId, OrgId) {
	if judge {
		(JUDGE, HIGH_COURT)
	} else {
		(INSPECTOR, REGULATOR)
	}
}

impl Step {
	pub fn name(&self) -> String {
		let whole = format!("{self:?}");
		whole.split([' ', '(']).next().unwrap().to_string()
	}

	/// What the pallet does, and what the model says that it should.
	pub fn take(&self, model: &mut Model) -> (DispatchResult, Refused) {
		let org = HOSPITAL;
		let origin = RuntimeOrigin::signed;
		let (doctor, officer) = (origin(DOCTOR), origin(OFFICER));
		let slots = model.slots.len();
		// A slot that was never filled, if there are fewer.
		let at = |back: usize| slots.checked_sub(1 + back).unwrap_or(slots + 3);
		let seq = |back: usize| at(back) as u64;
		let nth = |back: usize, of: &dyn Fn(&Slot) -> bool| {
			let mut found = (0..slots).rev().filter(|index| of(&model.slots[*index]));
			found.nth(back).unwrap_or(at(back))
		};
		let about = |back| nth(back, &|slot| slot.subject);
		let batch = |back| nth(back, &|slot| slot.leaves.is_some());
		let n = slots as u64;
		match self.clone() {
			Step::Wait(seconds) => {
				set_now(now() + seconds);
				(Ok(()), Ok(()))
			},
			Step::Anchor { back, subject, class } => {
				let previous = back.map(|back| (seq(back), Relation::Corrects));
				let subject = subject.then(patient);
				let record = NewAnchor { subject, previous, retention: class, ..record(n) };
				let records = vec![record].try_into().unwrap();
				(
					RecordAnchor::anchor_many(doctor, org, records)
						.map(|_| ())
						.map_err(|refused| refused.error),
					model.anchor(n, back.map(at), subject.is_some(), Terms::get().of(class)),
				)
			},
			Step::Batch { leaves, class } => {
				model.add(n, Some(leaves), false, None, Terms::get().of(class));
				let (root, form) = (commitment(n), Form::Bytes);
				(RecordAnchor::anchor_batch(doctor, org, root, leaves, form, class), Ok(()))
			},
			Step::Retract { back, leaf } => {
				let at = batch(back);
				let reason = RetractReason::Replaced;
				(
					RecordAnchor::retract(doctor, org, at as u64, Some(leaf), reason),
					model.retract(at, leaf),
				)
			},
			Step::Dispute { back } => {
				let at = about(back);
				(dispute(at as u64), model.dispute(at))
			},
			Step::ExtendDispute { back } => {
				let at = about(back);
				(RecordAnchor::extend_dispute(officer, org, at as u64), model.extend_dispute(at))
			},
			Step::Answer { back, by } => {
				let seq = about(back);
				let by = by.map(about);
				let outcome =
					by.map_or(Outcome::Rejected, |by| Outcome::Corrected { by: by as u64 });
				(
					RecordAnchor::answer_dispute(officer, org, seq as u64, outcome, commitment(1)),
					model.answer(seq, by),
				)
			},
			Step::ExtendRetention { back, seconds } => {
				let until = now() + seconds;
				(
					RecordAnchor::extend_retention(officer, org, seq(back), until),
					model.extend_retention(at(back), until),
				)
			},
			Step::Hold { back, judge, seconds } => {
				let (who, by) = registrar(judge);
				(hold(who, seq(back), seconds), model.hold(at(back), by, seconds))
			},
			Step::Release { back, judge } => {
				let (who, by) = registrar(judge);
				(RecordAnchor::release(origin(who), org, seq(back)), model.release(at(back), by))
			},
			Step::Request { back } => {
				let at = about(back);
				(request_erasure(at as u64), model.request(at))
			},
			Step::Withdraw { back } => {
				let at = about(back);
				(
					RecordAnchor::withdraw_erasure(origin(SECOND_KEY), org, at as u64),
					model.withdraw(at),
				)
			},
			Step::Refuse { back } => {
				let at = about(back);
				let reason = RefusalReason::LegalObligation;
				(RecordAnchor::refuse_erasure(officer, org, at as u64, reason), model.refuse(at))
			},
			Step::Shred { back } => (shred(seq(back)), model.shred(at(back))),
			Step::Evict { picks } => {
				let kept: Vec<_> =
					(0..slots).filter(|index| model.slots[*index].end.is_none()).collect();
				let seqs: Vec<_> =
					picks.iter().map(|pick| *kept.get(*pick).unwrap_or(pick)).collect();
				let numbers: Vec<_> = seqs.iter().map(|seq| *seq as u64).collect();
				(evict(&numbers), model.evict(&seqs))
			},
			Step::Sweep { back, limit } => {
				let at = nth(back, &|slot| !slot.retracted.is_empty() && slot.end.is_some());
				(
					RecordAnchor::sweep(origin(STRANGER), org, at as u64, limit),
					model.sweep(at, limit as usize),
				)
			},
		}
	}
}
