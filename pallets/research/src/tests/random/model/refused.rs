//! Why each call that was refused must have been.

use super::*;
use sp_runtime::DispatchError;

impl Model {
	/// That the call was refused, and must have been.
	pub(super) fn refused(&self, who: u64, call: &Call<Test>, error: DispatchError, met: &mut Met) {
		let is = |what: PalletError| error == DispatchError::from(what);
		let chair = self.admins[&COMMITTEE];
		match call {
			Call::request { .. } if is(PalletError::TooManyEmployers) => {
				assert!(self.others(who, now()).count() > MAX_OTHER_EMPLOYERS, "they are few");
				met.came_up("requests of whoever had too many employers", 1);
			},
			Call::vote { request, .. } | Call::conclude { request, .. } => {
				let Some(asked) = self.requests.get(*request as usize) else { return };
				if is(PalletError::TooManyEmployers) {
					assert!(
						self.others(asked.leads, asked.at).count() > MAX_OTHER_EMPLOYERS,
						"they are few"
					);
					met.came_up("requests of whoever had too many employers", 1);
				} else if is(PalletError::AdministratorRecused) {
					assert!(self.has_a_part(chair, asked), "{chair} has no part in it");
					met.came_up(
						"requests whose committee was administered by one of the parties",
						1,
					);
					let counted = matches!(call, Call::conclude { .. }) && asked.votes.len() >= 3;
					met.came_up(
						"counts refused because of whoever administers the committee",
						u32::from(counted),
					);
				} else if is(PalletError::Recused) {
					assert!(!self.may_vote(who, asked), "{who} may vote");
					met.came_up("votes refused because of a part in the request", 1);
				}
			},
			Call::propose_budget { custodian, more } if is(PalletError::AdministratorRecused) => {
				let proposed = self.proposal(who, *custodian, *more);
				assert!(self.wants(chair, *custodian, &proposed), "{chair} has no part in it");
				met.came_up("budgets whose committee was administered by one of the custodian", 1);
			},
			Call::vote_budget { custodian, .. } | Call::conclude_budget { custodian, .. } => {
				let Some(proposed) = self.motions.get(custodian) else { return };
				if is(PalletError::AdministratorRecused) {
					assert!(self.wants(chair, *custodian, proposed), "{chair} has no part in it");
					met.came_up(
						"budgets whose committee was administered by one of the custodian",
						1,
					);
				} else if is(PalletError::Recused) {
					assert!(!self.may_vote_on_budget(who, *custodian, proposed), "{who} may vote");
					met.came_up("votes refused because of a part in the budget", 1);
				}
			},
			Call::approve_ethics { study, .. } if is(PalletError::AdministratorRecused) => {
				let studied = &self.studies[*study as usize];
				assert!(self.has_a_part_in_study(self.admins[&ETHICS], studied), "it has none");
				met.came_up("approvals by a body that one of the parties administered", 1);
			},
			Call::approve_ethics { study, protocol, .. } if is(PalletError::WrongProtocol) => {
				let protocols = &self.studies[*study as usize].protocols;
				assert_ne!(protocols.last().unwrap().commitment, *protocol, "it is the last one");
				met.came_up("approvals of an earlier protocol that were refused", 1);
			},
			Call::publish_version { dataset, terms, .. } if is(PalletError::TermsLoosened) => {
				assert_ne!(self.datasets[*dataset as usize].last().terms, *terms);
				met.came_up("terms that were not loosened", 1);
			},
			Call::record_output { permit, .. } if is(PalletError::Moratorium) => {
				let moratorium = self.accepted_terms(&self.permits[permit]).moratorium;
				assert!(now() < moratorium.unwrap(), "it is over");
				met.came_up("publications before a moratorium", 1);
			},
			Call::reserve_query { custodian, permit, .. } => {
				self.not_reserved(*custodian, *permit, error, met)
			},
			_ => {},
		}
	}
}
