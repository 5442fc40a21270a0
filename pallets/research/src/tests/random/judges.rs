//! Who may vote, and whose vote counts, as the record of a random history has it (E5).

use super::{
	super::*,
	model::{Asked, Model, Proposed, Studied},
};
use salus_primitives::traits::Credentials;

/// Whether `who` is a member now and was one at `asked_at`.
fn is_member(who: u64, asked_at: Moment) -> bool {
	[asked_at, now()]
		.into_iter()
		.all(|at| Register::was_affiliated(COMMITTEE, &who, Role::DacMember, at))
}

impl Model {
	/// Whether `who` was employed by `organisation` at some moment since a year before `asked_at`.
	fn worked(&self, who: u64, organisation: OrgId, asked_at: Moment) -> bool {
		let since = asked_at.saturating_sub(YEAR);
		self.employed.iter().any(|(employer, member, _, until)| {
			*employer == organisation && *member == who && since < *until
		})
	}

	/// Where whoever leads the study worked besides, at some moment since a year before `asked_at`.
	pub fn others(&self, leads: u64, asked_at: Moment) -> impl Iterator<Item = OrgId> + '_ {
		let everywhere = ELSEWHERE.into_iter().chain([HOSPITAL, CLINIC, ETHICS]);
		everywhere.filter(move |place| self.worked(leads, *place, asked_at))
	}

	/// Whether `who` administers the institute or was employed there since a year before `asked_at`, or so at a place where the
	/// investigator was besides. Those elsewhere are handed over to nobody.
	fn is_involved(&self, who: u64, leads: u64, asked_at: Moment) -> bool {
		let is_of = |place: OrgId| {
			self.admins.get(&place).copied().unwrap_or(STRANGER) == who
				|| self.worked(who, place, asked_at)
		};
		is_of(INSTITUTE) || self.others(leads, asked_at).any(is_of)
	}

	/// Whether `who` leads the study, administered the institute at a step of the request, or is involved.
	pub fn has_a_part(&self, who: u64, asked: &Asked) -> bool {
		asked.people.contains(&who) || self.is_involved(who, asked.leads, asked.at)
	}

	/// Whether `who` leads the study, administered the institute when it was registered, or is involved.
	pub fn has_a_part_in_study(&self, who: u64, study: &Studied) -> bool {
		[study.leads, study.admin].contains(&who) || self.is_involved(who, study.leads, now())
	}

	/// Whether `who` is a member and has no part in the request, of an investigator who was at few places besides.
	pub fn may_vote(&self, who: u64, asked: &Asked) -> bool {
		is_member(who, asked.at)
			&& !self.has_a_part(who, asked)
			&& self.others(asked.leads, asked.at).count() <= MAX_OTHER_EMPLOYERS
	}

	/// Whether this vote, which was allowed, counts: one in favour if it would be allowed still, and one against unless its voter has come
	/// to work for the institute, of an investigator who was at few places besides.
	pub fn counts(&self, (who, in_favour): (u64, bool), asked: &Asked) -> bool {
		match in_favour {
			true => self.may_vote(who, asked),
			false => {
				!self.worked(who, INSTITUTE, asked.at)
					&& self.others(asked.leads, asked.at).count() <= MAX_OTHER_EMPLOYERS
			},
		}
	}

	/// How many votes against the request count of those who have come to have a part in it.
	pub fn stood(&self, votes: &[(u64, bool)], asked: &Asked) -> u32 {
		let stands = |vote: &&(u64, bool)| !vote.1 && self.counts(**vote, asked);
		votes.iter().filter(stands).filter(|vote| self.has_a_part(vote.0, asked)).count() as u32
	}

	/// Whether `who` has proposed it, administers the custodian or did then, or was employed there since a year before.
	pub fn wants(&self, who: u64, custodian: OrgId, proposed: &Proposed) -> bool {
		who == proposed.by
			|| who == proposed.admin
			|| who == self.admins[&custodian]
			|| self.worked(who, custodian, proposed.at)
	}

	/// Whether `who` is a member and wants no budget.
	pub fn may_vote_on_budget(&self, who: u64, custodian: OrgId, proposed: &Proposed) -> bool {
		is_member(who, proposed.at) && !self.wants(who, custodian, proposed)
	}

	/// Whether this vote, which was allowed, counts: one in favour if it would be allowed still, and one against unless its voter has come
	/// to work for the custodian.
	pub fn counts_on_budget(
		&self,
		(who, in_favour): (u64, bool),
		custodian: OrgId,
		proposed: &Proposed,
	) -> bool {
		match in_favour {
			true => self.may_vote_on_budget(who, custodian, proposed),
			false => !self.worked(who, custodian, proposed.at),
		}
	}
}
