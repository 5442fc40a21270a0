//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config, CoverageId, EncounterId};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Names, Payer, Policy, Proxy, Signer, Ties},
};

/// The staff of a payer or a provider makes it, or a billing service for them. What it claims is paid by the
/// rules of a plan, for a coverage of it: neither is a billing service's to make.
const BILLING: Policy = Policy::staff().by_proxy(Proxy::Billing);
/// What a member says of itself. Nobody says it in its place; with its signature a provider may hand it in.
const MEMBER: Policy = Policy::loosening(Signer::Member, Payer::Coverage);

// Answers to clocks stay open, also those that pay. What they move stays in settlement accounts, and
// out of these only `withdraw` leads, which can be stopped.
impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		// By these a payer says for what and for whom it pays, and a plan and a coverage stay when a proxy is taken away.
		create_plan => Policy::administrator(),
		revise_plan => Policy::administrator(),
		enrol => Policy::staff(),
		// Without a coverage that was accepted no visit can be claimed in time.
		accept_coverage => MEMBER.answers(&[Clock::Filing]),
		terminate_coverage =>
			Policy::new(Effect::Neutral, Signer::Member, Fee::Sponsored(Payer::Coverage)),
		// These two hand over a member's coverage. By them a member's stolen key is taken out of service.
		rekey_coverage => Policy::staff().never_paused(),
		accept_rekey => MEMBER.never_paused(),
		cancel_rekey => Policy::tightening(Signer::Member)
			.by_proxy(Proxy::Billing)
			.answers(&[Clock::CoverageRekey]),
		open_encounter => BILLING,
		open_emergency => BILLING,
		attest => MEMBER.answers(&[Clock::Attestation]),
		attest_for => BILLING.answers(&[Clock::Attestation]),
		close_encounter => BILLING.answers(&[Clock::EncounterClosing]),
		// A claim takes the lines as they were written down.
		amend_encounter => BILLING.answers(&[Clock::Filing]),
		submit => BILLING.answers(&[Clock::Filing]),
		// Corrected to nothing, a claim is taken back, and what was paid for it.
		correct => Policy::staff().answers(&[Clock::Filing]),
		// What was paid goes back to the payer.
		void => Policy::staff().in_safe_mode(),
		request_information => BILLING.answers(&[Clock::Decision]),
		answer => BILLING.answers(&[Clock::Information]),
		// A person may pay more than the rules say, and what was paid stays paid when a proxy is taken away.
		decide => Policy::staff().answers(&[Clock::Decision, Clock::Payment]),
		poke => Policy::anybody().by_proxy(Proxy::Billing),
		settle_waiting => Policy::anybody().by_proxy(Proxy::Billing).answers(&[Clock::Payment]),
		fund => Policy::anybody().answers(&[Clock::Payment]),
		withdraw => Policy::administrator(),
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			// Here a member key, or a visit, is first named together with the organisation.
			Self::enrol { org, .. } | Self::open_encounter { org } => {
				Names::org(*org).tied_to_patient()
			},
			// Another member key is named, too.
			Self::open_emergency { org, coverage } | Self::rekey_coverage { org, coverage, .. } => {
				Names { coverage: Some(*coverage), ..Names::org(*org) }.tied_to_patient()
			},
			Self::attest { encounter, coverage } => at_encounter(*encounter, *coverage),
			Self::attest_for { org, encounter, coverage, .. } => {
				Names { org: Some(*org), ..at_encounter(*encounter, *coverage) }
			},
			Self::accept_coverage { coverage }
			| Self::terminate_coverage { coverage, .. }
			| Self::accept_rekey { coverage }
			| Self::cancel_rekey { coverage } => Names::coverage(*coverage),
			Self::create_plan { org, .. }
			| Self::revise_plan { org, .. }
			| Self::close_encounter { org, .. }
			| Self::amend_encounter { org, .. }
			| Self::submit { org, .. }
			| Self::correct { org, .. }
			| Self::void { org, .. }
			| Self::request_information { org, .. }
			| Self::answer { org, .. }
			| Self::decide { org, .. }
			| Self::fund { org, .. }
			| Self::withdraw { org, .. } => Names::org(*org),
			Self::settle_waiting { payer, .. } => Names::org(*payer),
			Self::poke { .. } => Names::nobody(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}

fn at_encounter<AccountId>(encounter: EncounterId, coverage: CoverageId) -> Names<AccountId> {
	Names { ties: Ties::MemberOfEncounter { encounter, coverage }, ..Names::coverage(coverage) }
}
