//! Whether the chain has an emergency that happened while it was silent: by proofs, and by all of what it has of it.

use super::{
	facts::{of_runtime, Proven},
	Block, Node, Silent,
};
use codec::Encode;
use salus_primitives::{DataClassSet, EmergencyId, PatientId};
use salus_verify::{
	decision::{recorded_late, Item, RecordedLate, Runtime},
	Error,
};

/// How often items that turn out to be needed are asked for.
const MAX_ROUNDS: usize = 64;
/// The most emergencies of one person for one patient that are looked at: more than twelve in a day the chain does not take.
const MAX_LATE: usize = 32;
/// For how long the chain takes no second emergency beside one that has its classes, in seconds: `LateWindow` of the pallet.
const WINDOW: u64 = 86_400;

/// What the chain is told of an emergency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Told {
	/// The patient.
	pub patient: PatientId,
	/// The organisation.
	pub organisation: u32,
	/// The account of who declared it.
	pub who: [u8; 32],
	/// The index of the reason.
	pub reason: u8,
	/// Of which data.
	pub classes: DataClassSet,
	/// The commitment to what was written down about it.
	pub detail: [u8; 32],
	/// When it happened, in seconds since 1970.
	pub happened_at: u64,
}

impl Told {
	/// The number under which the chain has it, among what it has of this person for this patient, the last ones first. That is the very one; or,
	/// of several for one reason that happened up to a day before it and were recorded after it had happened, the last, if together they
	/// have all its classes: beside these the chain takes it no more.
	pub fn number(&self, late: &[RecordedLate]) -> Option<EmergencyId> {
		let is_of = |late: &&RecordedLate| {
			late.patient == self.patient
				&& late.organisation == self.organisation
				&& late.who == self.who
				&& late.reason.encode() == [self.reason]
		};
		let is_same = |late: &&RecordedLate| {
			late.detail == self.detail
				&& late.classes == self.classes
				&& late.happened_at == self.happened_at
		};
		if let Some(same) = late.iter().filter(is_of).find(is_same) {
			return Some(same.id);
		}
		let is_beside = |late: &&RecordedLate| {
			let before = self.happened_at.checked_sub(late.happened_at);
			before.is_some_and(|before| before <= WINDOW) && late.recorded_at >= self.happened_at
		};
		let beside: Vec<&RecordedLate> = late.iter().filter(is_of).filter(is_beside).collect();
		let all = beside.iter().fold(0, |all, late| all | late.classes.0);
		let last = beside.first().filter(|_| self.classes.is_subset_of(DataClassSet(all)));
		last.map(|late| late.id)
	}
}

impl Node {
	/// The number under which the chain has an emergency that its person recorded late, if it does.
	pub async fn late_record(
		&self,
		at: &Block,
		told: &Told,
	) -> Result<Option<EmergencyId>, Silent> {
		let Told { patient, organisation, who, .. } = *told;
		let mut proven = Proven::default();
		let mut items: Vec<Item> = of_runtime().collect();
		items.push(Item::LatestLate(patient, organisation, who));
		for _ in 0..MAX_ROUNDS {
			proven.prove(self, at, &items).await?;
			Runtime::of(&proven)?;
			match recorded_late(&proven, patient, organisation, who, MAX_LATE) {
				Ok(found) => return Ok(told.number(&found)),
				Err(Error::FactUnproven { item }) => items = vec![item],
				Err(error) => return Err(error.into()),
			}
		}
		Err(Silent::Wrong("an emergency depends on more than can be asked for".into()))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_primitives::EmergencyReason;

	const HAPPENED: u64 = 100_000;

	fn told() -> Told {
		Told {
			patient: PatientId::from([1; 32]),
			organisation: 3,
			who: [2; 32],
			reason: 0,
			classes: DataClassSet(0b110),
			detail: [4; 32],
			happened_at: HAPPENED,
		}
	}

	/// The emergency itself, as the chain has it.
	fn same() -> RecordedLate {
		RecordedLate {
			id: 50,
			patient: told().patient,
			who: told().who,
			organisation: 3,
			reason: EmergencyReason::UrgentCare,
			classes: told().classes,
			detail: told().detail,
			happened_at: HAPPENED,
			recorded_at: HAPPENED + 60,
		}
	}

	/// Another one for the same reason, a minute before.
	fn other(id: u32, classes: u32) -> RecordedLate {
		let classes = DataClassSet(classes);
		RecordedLate { id, classes, detail: [9; 32], happened_at: HAPPENED - 60, ..same() }
	}

	#[test]
	fn the_very_emergency_is_found_and_none_that_differs_in_anything() {
		assert_eq!(told().number(&[other(51, 1), same()]), Some(50));
		for different in [
			RecordedLate { patient: PatientId::from([7; 32]), ..same() },
			RecordedLate { who: [7; 32], ..same() },
			RecordedLate { organisation: 4, ..same() },
			RecordedLate { reason: EmergencyReason::Transfer, ..same() },
			RecordedLate { happened_at: HAPPENED + 1, ..same() },
			RecordedLate { classes: DataClassSet(0b10), ..same() },
		] {
			assert_eq!(told().number(&[different]), None, "{different:?}");
		}
	}

	#[test]
	fn those_beside_it_count_together_if_they_have_all_its_classes() {
		assert_eq!(told().number(&[other(52, 0b111)]), Some(52));
		assert_eq!(told().number(&[other(52, 0b100), other(51, 0b010)]), Some(52), "together");
		assert_eq!(told().number(&[other(52, 0b100), other(51, 0b001)]), None);
		let day_before = HAPPENED - WINDOW;
		for (different, counts) in [
			(RecordedLate { happened_at: day_before, ..other(51, 0b010) }, true),
			(RecordedLate { happened_at: day_before - 1, ..other(51, 0b010) }, false),
			(RecordedLate { happened_at: HAPPENED + 1, ..other(51, 0b010) }, false),
			(RecordedLate { recorded_at: HAPPENED, ..other(51, 0b010) }, true),
			// The chain takes this one again before its own day is over.
			(RecordedLate { recorded_at: HAPPENED - 1, ..other(51, 0b010) }, false),
			(RecordedLate { reason: EmergencyReason::Transfer, ..other(51, 0b010) }, false),
			(RecordedLate { patient: PatientId::from([7; 32]), ..other(51, 0b010) }, false),
			(RecordedLate { who: [7; 32], ..other(51, 0b010) }, false),
		] {
			let found = told().number(&[other(52, 0b100), different]);
			assert_eq!(found, counts.then_some(52), "{different:?}");
		}
	}
}
