//! Queries: what they are reserved under (E1, E4), and the budgets that they spend (E3).

use super::*;
use sp_runtime::DispatchError;

impl Model {
	/// E3: each budget is what was done with it, and nothing that was done with another's.
	pub fn check_budgets(&self) {
		for (custodian, _) in CUSTODIANS {
			let found = Populations::<Test>::get(custodian).map(|found| found.budget);
			let kept = self.budgets.get(&custodian);
			assert_eq!(found.as_ref(), kept, "of {custodian}");
			let Some(budget) = kept else { continue };
			let queries = self.queries.get(&custodian).map_or(&[][..], Vec::as_slice);
			let sum = |settled| {
				queries.iter().filter(|one| one.1 == settled).map(|one| one.0).sum::<u64>()
			};
			assert_eq!((sum(false), sum(true)), (budget.reserved, budget.settled));
			assert!(budget.reserved + budget.settled <= budget.total);
		}
	}

	/// In each history queries of both custodians are wanted.
	pub fn close(&self, met: &mut Met) {
		let both = CUSTODIANS.iter().all(|(custodian, _)| self.queries.contains_key(custodian));
		met.came_up("histories with queries of both", u32::from(both));
	}

	/// A query; if it is `crossed`, one that another custodian than the dataset's would answer.
	pub(super) fn reserve(
		&mut self,
		permit: AccessRequestId,
		epsilon: MicroEpsilon,
		crossed: bool,
		met: &mut Met,
	) {
		let Some(record) = Permits::<Test>::get(permit) else { return };
		let kept = &self.datasets[record.dataset as usize];
		let version = kept.published.len() as u32 - 1;
		let those = CUSTODIANS.iter().find(|(org, _)| (*org == kept.custodian) != crossed);
		let (custodian, steward) = *those.unwrap();
		self.commitments += 1;
		let commitment = Commitment::from_low_u64_be(1_000 + self.commitments);
		let reserve = Call::reserve_query { custodian, permit, version, commitment, epsilon };
		self.call(steward, reserve, met);
	}

	/// E1, E3 and E4: a query is reserved only under a permit of which nothing has lapsed, on the budget of the dataset's custodian,
	/// and no withdrawal that is older than an epoch is unheard.
	pub(super) fn reserved(
		&mut self,
		who: u64,
		custodian: OrgId,
		(permit, version): (AccessRequestId, u32),
		epsilon: MicroEpsilon,
		met: &mut Met,
	) {
		let record = Permits::<Test>::get(permit).unwrap();
		let kept = &self.datasets[record.dataset as usize];
		assert_eq!(kept.custodian, custodian, "a query on another's budget");
		assert!(self.answers_for(who, custodian));
		assert_eq!(version as usize + 1, kept.published.len());
		let lapses = self.lapses(&record);
		assert!(lapses.is_empty() && record.permit.ended.is_none(), "{lapses:?} had lapsed");
		let (old, unheard) = kept.withdrawn();
		assert_eq!(unheard, 0, "a withdrawal that nobody heard");
		met.came_up("queries after a withdrawal that was heard", u32::from(old > 0));
		let queries = self.queries.entry(custodian).or_default();
		let query = queries.len() as QueryId;
		let told = Event::QueryReserved { custodian, query, permit, epsilon };
		assert_eq!(events().pop(), Some(told));
		queries.push((epsilon, false));
		self.budgets.get_mut(&custodian).unwrap().reserved += epsilon;
		met.came_up(
			match custodian {
				HOSPITAL => "queries of the first custodian",
				_ => "queries of the second custodian",
			},
			1,
		);
	}

	pub(super) fn not_reserved(
		&self,
		custodian: OrgId,
		permit: AccessRequestId,
		error: DispatchError,
		met: &mut Met,
	) {
		let record = Permits::<Test>::get(permit).expect("others are not asked");
		if self.datasets[record.dataset as usize].custodian != custodian {
			assert_eq!(error, DispatchError::from(PalletError::NotAuthorised));
			met.came_up("queries on another's budget", 1);
			return;
		}
		let (lapses, over) = (self.lapses(&record), record.permit.ended.is_some());
		if error == DispatchError::from(PalletError::NotActive) {
			assert!(!lapses.is_empty() || over, "refused, and nothing had lapsed");
		} else if error == DispatchError::from(PalletError::DatasetRetired) {
			assert!(lapses.contains(&Lapse::Retired), "refused, and it was not taken back");
		} else {
			return;
		}
		if !over {
			assert_eq!(Research::permit_at(permit, now()).unwrap(), suspended(&lapses));
		}
		for lapse in lapses {
			met.lapsed(lapse);
		}
	}
}
