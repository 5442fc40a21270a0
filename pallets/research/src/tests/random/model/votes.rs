//! What a committee decides: about requests, and about proposals of more budget (E5). Whose vote counts is in `judges`.

use super::*;

/// Those of `votes` that `counts` lets count.
fn tally(votes: &[(u64, bool)], counts: impl Fn((u64, bool)) -> bool) -> Tally {
	let those =
		|which| votes.iter().filter(|vote| vote.1 == which && counts(**vote)).count() as u32;
	Tally { in_favour: those(true), against: those(false) }
}

impl Model {
	/// What `by` proposes now for `custodian`.
	pub(super) fn proposal(&self, by: u64, custodian: OrgId, more: MicroEpsilon) -> Proposed {
		let number = self.motions.get(&custodian).map_or(0, |before| before.number + 1);
		let (admin, votes, concluded) = (self.admins[&custodian], Vec::new(), false);
		Proposed { number, more, by, admin, at: now(), votes, concluded }
	}

	/// The number of the last proposal for `custodian`.
	pub fn motion(&self, custodian: OrgId) -> MotionId {
		self.motions.get(&custodian).map_or(0, |last| last.number)
	}

	/// A match is approved without a vote if the committee has agreed to that, and nobody administers it who has a part in the request.
	pub(super) fn cosigned(&mut self, who: u64, request: AccessRequestId, met: &mut Met) {
		assert_eq!(who, self.admins[&INSTITUTE]);
		self.requests[request as usize].people.push(who);
		let asked = &self.requests[request as usize];
		let found = Requests::<Test>::get(request).unwrap();
		let matches = found.cosigned.unwrap().decision.answer == Answer::Match;
		let agreed = matches && self.datasets[asked.dataset as usize].shortcut;
		let recused = self.has_a_part(self.admins[&COMMITTEE], asked);
		let few = self.others(asked.leads, asked.at).count() <= MAX_OTHER_EMPLOYERS;
		let at_once = agreed && few && !recused;
		assert_eq!(found.outcome.is_some(), at_once, "{who} has co-signed request {request}");
		met.came_up("matches without a vote", u32::from(at_once));
		met.came_up(
			"matches with a vote because of whoever administers the committee",
			u32::from(agreed && recused),
		);
	}

	/// E5: the votes that counted are those of whoever could still vote.
	pub(super) fn concluded(&self, request: AccessRequestId, met: &mut Met) {
		let asked = &self.requests[request as usize];
		assert!(!self.has_a_part(self.admins[&COMMITTEE], asked), "recused");
		let tally = tally(&asked.votes, |vote| self.counts(vote, asked));
		let outcome = Requests::<Test>::get(request).unwrap().outcome.unwrap();
		assert_eq!(outcome.by, DecidedBy::Vote(tally));
		assert!(tally.counted() >= 3, "no quorum");
		assert_eq!(outcome.approved, tally.in_favour > tally.against);
		met.came_up("votes that were counted", 1);
		met.came_up("votes that did not count", asked.votes.len() as u32 - tally.counted());
		met.came_up(
			"votes against that stood though the voter came to have a part",
			self.stood(&asked.votes, asked),
		);
	}

	pub(super) fn budget_concluded(&mut self, custodian: OrgId, motion: MotionId, met: &mut Met) {
		let proposed = &self.motions[&custodian];
		assert_eq!(proposed.number, motion, "a count of a proposal that is not the last");
		assert!(!proposed.concluded, "it was counted");
		assert!(proposed.at + 7 * DAY <= now() && now() < proposed.at + 21 * DAY);
		assert!(!self.wants(self.admins[&COMMITTEE], custodian, proposed), "recused");
		let Some(Event::BudgetConcluded { granted, tally: told, .. }) = events().pop() else {
			panic!("nothing was told")
		};
		let tally = tally(&proposed.votes, |vote| self.counts_on_budget(vote, custodian, proposed));
		assert!(tally.counted() >= 3);
		assert_eq!(told, tally);
		assert_eq!(granted, tally.in_favour > tally.against);
		let not_counted = proposed.votes.len() as u32 - tally.counted();
		met.came_up("votes on budgets that did not count", not_counted);
		let stood = |vote: &&(u64, bool)| {
			let counts = self.counts_on_budget(**vote, custodian, proposed);
			!vote.1 && counts && self.wants(vote.0, custodian, proposed)
		};
		met.came_up(
			"votes against budgets that stood though the voter came to have a part",
			proposed.votes.iter().filter(stood).count() as u32,
		);
		let more = proposed.more;
		self.motions.get_mut(&custodian).unwrap().concluded = true;
		if granted {
			self.budgets.get_mut(&custodian).unwrap().total += more;
			met.came_up("budgets that grew", 1);
		} else {
			met.came_up("budgets that did not", 1);
		}
	}
}
