//! Random histories against a reference: what was written stays, and what was answered stays true.

use crate::{mock::*, *};
use proptest::prelude::*;
use salus_primitives::{
	commitment::{merkle_root, Form},
	Moment, OrgId, PatientId,
};

#[derive(Clone, Debug)]
enum Step {
	Wait(u64),
	Anchor { clinic: bool, n: u64, subject: Option<bool>, previous: Option<(Seq, Relation)> },
	Batch { clinic: bool, leaves: u64 },
	Retract { clinic: bool, foreign: bool, seq: Seq, leaf: Option<u64> },
	Acknowledge { clinic: bool, seq: Seq, key: AccountId },
	Consent { live: bool },
	Suspend,
	License,
}

fn relation() -> impl Strategy<Value = Relation> {
	prop_oneof![
		1 => Just(Relation::New),
		4 => Just(Relation::Amends),
		4 => Just(Relation::Corrects),
		2 => Just(Relation::Supersedes),
		1 => Just(Relation::EnteredInError),
	]
}

fn step() -> impl Strategy<Value = Step> {
	let seq = 0u64..12;
	prop_oneof![
		3 => (1u64..50).prop_map(Step::Wait),
		8 => (
			any::<bool>(),
			0u64..40,
			proptest::option::of(any::<bool>()),
			proptest::option::of((seq.clone(), relation())),
		)
			.prop_map(|(clinic, n, subject, previous)| Step::Anchor {
				clinic,
				n,
				subject,
				previous,
			}),
		2 => (any::<bool>(), 0u64..9).prop_map(|(clinic, leaves)| Step::Batch { clinic, leaves }),
		4 => (any::<bool>(), any::<bool>(), seq.clone(), proptest::option::of(0u64..9)).prop_map(
			|(clinic, foreign, seq, leaf)| Step::Retract { clinic, foreign, seq, leaf }
		),
		2 => (any::<bool>(), seq, prop_oneof![Just(PATIENT_KEY), Just(OTHER_KEY), Just(DOCTOR)])
			.prop_map(|(clinic, seq, key)| Step::Acknowledge { clinic, seq, key }),
		1 => any::<bool>().prop_map(|live| Step::Consent { live }),
		1 => Just(Step::Suspend),
		2 => Just(Step::License),
	]
}

fn author(clinic: bool) -> (OrgId, AccountId) {
	if clinic {
		(CLINIC, CLINICIAN)
	} else {
		(HOSPITAL, DOCTOR)
	}
}

/// A question that was once answered.
type Asked = (OrgId, Seq, u64, Option<MerkleProof>, Moment, Result<Verification, VerifyError>);

/// What the test remembers.
#[derive(Default)]
struct Memory {
	slots: Vec<(OrgId, Seq, Anchor, Option<PatientId>)>,
	asked: Vec<Asked>,
}

impl Memory {
	/// Does one step. Tells whether the call, if it was one, was accepted.
	fn take(&mut self, step: Step) {
		let before = [HOSPITAL, CLINIC].map(NextSeq::<Test>::get);
		let result = match step.clone() {
			Step::Wait(seconds) => {
				set_now(now() + seconds);
				Ok(())
			},
			Step::Anchor { clinic, n, subject, previous } => {
				let (org, who) = author(clinic);
				RecordAnchor::anchor(
					RuntimeOrigin::signed(who),
					org,
					commitment(n),
					Form::Bytes,
					subject.map(|first| if first { patient() } else { other_patient() }),
					previous,
					RetentionClass::Standard,
				)
				.map(|_| ())
				.map_err(|refused| refused.error)
			},
			Step::Batch { clinic, leaves } => {
				let (org, who) = author(clinic);
				RecordAnchor::anchor_batch(
					RuntimeOrigin::signed(who),
					org,
					merkle_root(&commitments(leaves)).unwrap_or_default(),
					leaves,
					Form::Bytes,
					RetentionClass::Standard,
				)
			},
			Step::Retract { clinic, foreign, seq, leaf } => {
				let (org, _) = author(clinic);
				let (_, who) = author(clinic != foreign);
				let reason = RetractReason::TechnicalFault;
				let origin = RuntimeOrigin::signed(who);
				let result = RecordAnchor::retract(origin, org, seq, leaf, reason);
				assert!(!foreign || result.is_err(), "retracted by somebody else");
				result
			},
			Step::Acknowledge { clinic, seq, key } => {
				RecordAnchor::acknowledge(RuntimeOrigin::signed(key), author(clinic).0, seq)
			},
			Step::Consent { live } => {
				if live {
					permit(other_patient(), CLINIC, CLINICIAN);
				} else {
					revoke(other_patient(), CLINIC, CLINICIAN);
				}
				Ok(())
			},
			Step::Suspend => {
				suspend(CLINIC, now());
				Ok(())
			},
			Step::License => {
				suspend(CLINIC, now());
				license(CLINIC, salus_primitives::OrgKind::Provider, now(), END);
				Ok(())
			},
		};

		// Only an accepted call that anchors fills a slot, and it fills one.
		let after = [HOSPITAL, CLINIC].map(NextSeq::<Test>::get);
		let filled =
			usize::from(result.is_ok() && matches!(step, Step::Anchor { .. } | Step::Batch { .. }));
		assert!(before.iter().zip(&after).all(|(before, after)| before <= after));
		assert_eq!(after.iter().sum::<u64>() - before.iter().sum::<u64>(), filled as u64);
		for (org, seq) in [(HOSPITAL, before[0]), (CLINIC, before[1])] {
			if let Some(anchor) = Anchors::<Test>::get(org, seq) {
				assert_eq!(anchor.anchored_at, now());
				self.slots.push((org, seq, anchor, Subjects::<Test>::get(org, seq)));
			}
		}
		self.ask();
	}

	/// Asks about every slot as of now, for later.
	fn ask(&mut self) {
		for (org, seq, anchor, _) in &self.slots {
			let (n, proof) = match anchor.kind {
				Kind::Single => ((0..40).find(|n| commitment(*n) == anchor.commitment), None),
				Kind::Batch { leaves, .. } => (Some(leaves / 2), Some(proof(leaves, leaves / 2))),
			};
			let n = n.unwrap();
			let at = now() - 1;
			let answer = RecordAnchor::verify(*org, *seq, commitment(n), proof.clone(), Some(at));
			assert!(answer.is_ok());
			self.asked.push((*org, *seq, n, proof, at, answer));
		}
		// The newest are enough, and keep the test quick.
		let surplus = self.asked.len().saturating_sub(200);
		self.asked.drain(..surplus / 2);
	}

	/// C1, and that no answer changed.
	fn check(&self) {
		for (org, seq, anchor, subject) in &self.slots {
			assert_eq!(Anchors::<Test>::get(org, seq), Some(*anchor));
			assert_eq!(Subjects::<Test>::get(org, seq), *subject);
			let length = anchor.version;
			assert!(length == 1 || anchor.previous.is_some());
		}
		for (org, seq, n, proof, at, answer) in &self.asked {
			assert_eq!(
				RecordAnchor::verify(*org, *seq, commitment(*n), proof.clone(), Some(*at)),
				*answer
			);
		}
		// C2: from each head, the lineage is walked back to its first version without a gap.
		for (org, seq, anchor, _) in &self.slots {
			let head = RecordAnchor::head(*org, *seq, anchor);
			let (mut at, mut seen) = (Some(head), false);
			let mut version = Anchors::<Test>::get(org, head).unwrap().version;
			while let Some(here) = at {
				let slot = Anchors::<Test>::get(org, here).unwrap();
				assert_eq!(slot.version, version);
				seen |= here == *seq;
				version -= 1;
				at = slot.previous;
			}
			assert!(seen && version == 0);
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn a_random_history_stays_what_it_was(steps in proptest::collection::vec(step(), 1..80)) {
		build_and_execute(|| {
			let mut memory = Memory::default();
			for step in steps {
				memory.take(step);
			}
			memory.check();
		});
	}
}
