//! What came up in random histories, and whether it is enough to mean something.

use super::super::*;
use std::collections::BTreeMap;

/// How often something came up.
#[derive(Default, Debug)]
pub struct Met {
	/// Calls that succeeded, by name.
	calls: BTreeMap<&'static str, u32>,
	/// Queries that were refused because of a lapse, by its name.
	lapses: BTreeMap<String, u32>,
	/// What was true of permits, by kind.
	standings: BTreeMap<String, u32>,
	/// All else that is in [`LEAST`].
	others: BTreeMap<&'static str, u32>,
}

/// How often each comes up at least in the usual number of histories.
const LEAST: [(&str, u32); 38] = [
	("votes that were counted", 50),
	("votes that did not count", 5),
	("budgets that grew", 5),
	("budgets that did not", 5),
	("votes on budgets that did not count", 2),
	("votes against that stood though the voter came to have a part", 2),
	("votes against budgets that stood though the voter came to have a part", 2),
	("calls about permits that were refused", 200),
	("requests of whoever had too many employers", 5),
	("votes refused because of a part in the request", 5),
	("votes refused because of a part in the budget", 5),
	("requests whose committee was administered by one of the parties", 50),
	("counts refused because of whoever administers the committee", 2),
	("budgets whose committee was administered by one of the custodian", 50),
	("matches without a vote", 20),
	("matches with a vote because of whoever administers the committee", 5),
	("committees that changed hands", 100),
	("custodians that changed hands", 100),
	("institutions that changed hands", 20),
	("ethics bodies that changed hands", 20),
	("approvals by a body that one of the parties administered", 2),
	("queries of the first custodian", 150),
	("queries of the second custodian", 100),
	("histories with queries of both", 30),
	("queries on another's budget", 100),
	("proposals for both custodians at a time", 20),
	("acceptances of changed terms", 5),
	("acceptances under a disease", 4),
	("acceptances under a region", 5),
	("acceptances under a moratorium", 5),
	("acceptances under no profit or no commerce", 5),
	("terms that were tightened", 50),
	("terms that were not loosened", 50),
	("publications before a moratorium", 1),
	("protocols that were amended", 50),
	("approvals of an earlier protocol that were refused", 20),
	("queries after a withdrawal that was heard", 20),
	("permits suspended with a withdrawal unheard", 50),
];

fn both<K: Ord>(mut one: BTreeMap<K, u32>, other: BTreeMap<K, u32>) -> BTreeMap<K, u32> {
	for (key, count) in other {
		*one.entry(key).or_default() += count;
	}
	one
}

impl Met {
	/// How often all came up in both.
	pub fn and(self, other: Self) -> Self {
		Self {
			calls: both(self.calls, other.calls),
			lapses: both(self.lapses, other.lapses),
			standings: both(self.standings, other.standings),
			others: both(self.others, other.others),
		}
	}

	pub fn called(&mut self, name: &'static str) {
		*self.calls.entry(name).or_default() += 1;
	}

	/// That populations were opened, as each history begins: the calls of the history find them open.
	pub fn opened(&mut self, begin: &Self) {
		const NAME: &str = "open_population";
		*self.calls.entry(NAME).or_default() += begin.calls[NAME];
	}

	pub fn lapsed(&mut self, lapse: Lapse) {
		*self.lapses.entry(format!("{lapse:?}")).or_default() += 1;
	}

	pub fn stood(&mut self, standing: &Standing) {
		let kind = format!("{standing:?}").split('(').next().unwrap().to_owned();
		*self.standings.entry(kind).or_default() += 1;
	}

	/// `what` is in [`LEAST`], or a number of answers or comparisons.
	pub fn came_up(&mut self, what: &'static str, times: u32) {
		*self.others.entry(what).or_default() += times;
	}

	/// Whether enough came up to mean something, `times` more than usual.
	pub fn check(&self, times: u32) {
		use frame_support::traits::GetCallName;
		let mut missing = Vec::new();
		let mut demand = |what: &str, met: Option<&u32>, least: u32| {
			let met = met.copied().unwrap_or_default();
			if met < least * times {
				missing.push(format!("{what}: {met} times only"));
			}
		};
		for name in Call::<Test>::get_call_names() {
			demand(name, self.calls.get(name), 5);
		}
		for (what, least) in LEAST {
			demand(what, self.others.get(what), least);
		}
		for what in ["answers about the past", "standings compared", "protocols compared"] {
			demand(what, self.others.get(what), 5_000);
		}
		for lapse in Lapse::ALL {
			let lapse = format!("{lapse:?}");
			demand(&lapse, self.lapses.get(&lapse), 5);
		}
		assert!(missing.is_empty(), "{missing:#?}");
		// Not yet, active, suspended and ended.
		assert_eq!(self.standings.len(), 4, "{:?}", self.standings);
	}
}
