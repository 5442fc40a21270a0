//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Names, Payer, Policy, Proxy, Signer},
};

/// The custodian's staff makes it, or a service for it.
const CUSTODIAN: Policy = Policy::staff().by_proxy(Proxy::Records);
/// The custodian's staff makes it, and it cannot be taken back.
const COMMITS_CUSTODIAN: Policy = Policy::staff();
/// The researcher makes it, or somebody to whom the researcher has delegated the ordinary work.
const RESEARCHER: Policy = Policy::staff().by_proxy(Proxy::NonTransfer);
/// A vote or an approval: in person, so that one signer does not act as several by a proxy or a derived account.
const JUDGES: Policy = Policy::staff().in_person();
/// It takes away, at once: never paused, open in safe mode. Not free: it is paid for by whoever took on to watch. What ends for
/// good is for no narrow proxy.
const TAKES_AWAY: Policy = Policy::staff().never_paused().in_safe_mode();
/// Anybody counts what others have voted. Members of a committee hold no tokens: for its staff the committee pays.
const COUNTS: Policy =
	Policy::new(Effect::Neutral, Signer::Anybody, Fee::Sponsored(Payer::Organisation))
		.by_proxy(Proxy::NonTransfer);

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		open_population => COMMITS_CUSTODIAN,
		propose_budget => CUSTODIAN,
		vote_budget => JUDGES.answers(&[Clock::CommitteeVote]),
		conclude_budget => COUNTS.answers(&[Clock::CommitteeVote]),
		offer_dataset => COMMITS_CUSTODIAN,
		publish_version => CUSTODIAN.answers(&[Clock::WithdrawalEpoch]),
		// A request can be co-signed whatever is stopped, so that it needs no vote must be taken back whatever is stopped.
		set_shortcut => Policy::administrator().never_paused().in_safe_mode(),
		retire_dataset => TAKES_AWAY,
		register_study => RESEARCHER,
		amend_study => RESEARCHER,
		approve_ethics => JUDGES,
		suspend_ethics => TAKES_AWAY,
		withdraw_ethics => TAKES_AWAY,
		request => RESEARCHER,
		cosign => Policy::administrator().answers(&[Clock::InstitutionSignature]),
		vote => JUDGES.answers(&[Clock::CommitteeVote]),
		conclude => COUNTS.answers(&[Clock::CommitteeVote]),
		accept_terms => RESEARCHER.answers(&[Clock::TermsAcceptance]),
		renew => RESEARCHER,
		report => RESEARCHER.answers(&[Clock::YearlyReport]),
		record_output => RESEARCHER,
		close_out => Policy::staff().answers(&[Clock::CloseOut]),
		revoke => TAKES_AWAY,
		reserve_query => CUSTODIAN,
		settle_query => CUSTODIAN,
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			Self::open_population { custodian, committee, .. } => {
				Names { other_org: Some(*committee), ..Names::org(*custodian) }
			},
			Self::register_study { organisation, ethics, .. } => {
				Names { other_org: Some(*ethics), ..Names::org(*organisation) }
			},
			Self::offer_dataset { custodian, rule, .. } => {
				Names { other_org: Some(rule.committee), ..Names::org(*custodian) }
			},
			Self::vote_budget { committee, custodian, .. }
			| Self::conclude_budget { committee, custodian, .. } => {
				Names { other_org: Some(*custodian), ..Names::org(*committee) }
			},
			Self::propose_budget { custodian: org, .. }
			| Self::publish_version { custodian: org, .. }
			| Self::retire_dataset { custodian: org, .. }
			| Self::reserve_query { custodian: org, .. }
			| Self::settle_query { custodian: org, .. }
			| Self::set_shortcut { committee: org, .. }
			| Self::vote { committee: org, .. }
			| Self::conclude { committee: org, .. }
			| Self::amend_study { organisation: org, .. }
			| Self::request { organisation: org, .. }
			| Self::cosign { organisation: org, .. }
			| Self::accept_terms { organisation: org, .. }
			| Self::renew { organisation: org, .. }
			| Self::report { organisation: org, .. }
			| Self::record_output { organisation: org, .. }
			| Self::close_out { organisation: org, .. }
			| Self::approve_ethics { ethics: org, .. }
			| Self::suspend_ethics { ethics: org, .. }
			| Self::withdraw_ethics { ethics: org, .. }
			| Self::revoke { acting_for: org, .. } => Names::org(*org),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}
