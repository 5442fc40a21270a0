//! Who may vote, and whose vote counts, as the record of a random history has it (E5).

use super::{
	super::*,
	model::{Asked, Model, Proposed},
};
use salus_primitives::traits::Credentials;

/// Whether `who` is a member now and was one at `asked_at`.
fn is_member(who: u64, asked_at: Moment) -> bool {
	[asked_at, now()]
		.into_iter()
		.all(|at| Register::was_affiliated(COMMITTEE, &who, Role::DacMember, at))
}

impl Model {
	/// Whether `who` was employed by `organisation` at some moment since a year before `asked_at`. Whoever is hired and dismissed in
	/// the same second has never worked there.
	fn worked(&self, who: u64, organisation: OrgId, asked_at: Moment) -> bool {
		let since = asked_at.saturating_sub(YEAR);
		self.employed.iter().any(|(employer, member, from, until)| {
			*employer == organisation && *member == who && since < *until && from < until
		})
	}

	/// Where the investigator worked besides, at some moment since a year before `asked_at`.
	pub fn others(&self, asked_at: Moment) -> impl Iterator<Item = OrgId> + '_ {
		let everywhere = ELSEWHERE.into_iter().chain([HOSPITAL, CLINIC, ETHICS]);
		everywhere.filter(move |place| self.worked(INVESTIGATOR, *place, asked_at))
	}

	/// Whether `who` leads the study, administers the institute or did at a step of the request, or was employed there, or where the
	/// investigator was besides.
	pub fn has_a_part(&self, who: u64, asked: &Asked) -> bool {
		asked.people.contains(&who)
			|| self.admins[&INSTITUTE] == who
			|| self.worked(who, INSTITUTE, asked.at)
			|| self.others(asked.at).any(|place| self.worked(who, place, asked.at))
	}

	/// Whether `who` is a member and has no part in the request, of an investigator who was at few places besides.
	pub fn may_vote(&self, who: u64, asked: &Asked) -> bool {
		is_member(who, asked.at)
			&& !self.has_a_part(who, asked)
			&& self.others(asked.at).count() <= MAX_OTHER_EMPLOYERS
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
}
