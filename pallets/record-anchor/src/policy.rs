//! What the calls of this pallet are: who makes them, who pays, what may stop them.

use crate::{Call, Config};
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Names, Payer, Policy, Proxy, Signer, Ties},
	OrgId,
};

/// The author's staff makes it.
const AUTHOR: Policy = Policy::staff().by_proxy(Proxy::Records);
/// The author's staff answers a patient with it, who can ask as often as its own budgets allow.
const ANSWER: Policy = Policy::answering().by_proxy(Proxy::Records);
/// A registrar makes it, for a court.
const COURT: Policy = Policy::registrar().by_proxy(Proxy::NonTransfer);
/// The patient whom the record names makes it. It takes state up, and is not free.
const PATIENT: Policy =
	Policy::new(Effect::Tightening, Signer::PatientKey, Fee::Sponsored(Payer::Patient))
		.by_proxy(Proxy::RecordsOrTightening);
/// Anybody clears away what nobody needs, at its own expense.
const CLEARS: Policy = Policy::anybody().by_proxy(Proxy::Records);

impl<T: Config> CallPolicy<<T as frame_system::Config>::RuntimeCall> for Call<T> {
	type AccountId = T::AccountId;

	policies! {
		anchor => AUTHOR,
		anchor_batch => AUTHOR,
		anchor_many => AUTHOR,
		// A record that is wrong must not be believed a moment longer.
		retract => AUTHOR.never_paused().in_safe_mode(),
		acknowledge =>
			Policy::new(Effect::Neutral, Signer::PatientKey, Fee::Sponsored(Payer::Patient))
				.by_proxy(Proxy::Records),
		// There are three, ever: a helper would use them up.
		dispute => Policy::new(Effect::Tightening, Signer::PatientKey, Fee::Sponsored(Payer::Patient)),
		extend_dispute => ANSWER.answers(&[Clock::DisputeAnswer]),
		answer_dispute => ANSWER.answers(&[Clock::DisputeAnswer]),
		// It can only grow, and the administrator's deposit with it.
		extend_retention => Policy::staff().answers(&[Clock::Retention]),
		hold => COURT.answers(&[Clock::Retention]),
		// What is not held can be shredded, and that stays when a proxy is taken away.
		release => Policy::registrar(),
		// It lets the author destroy what the patient could still want as evidence.
		request_erasure => Policy::loosening(Signer::PatientKey, Payer::Patient).never_paused(),
		withdraw_erasure => PATIENT,
		refuse_erasure => ANSWER.answers(&[Clock::ErasureAnswer]),
		// The commitment is gone for good.
		shred => Policy::answering().answers(&[Clock::ErasureAnswer]),
		evict => CLEARS,
		sweep => CLEARS,
	}

	fn names(&self) -> Names<T::AccountId> {
		match self {
			Self::anchor { org, subject: Some(_), .. } => Names::org(*org).tied_to_patient(),
			Self::anchor_many { org, records }
				if records.iter().any(|record| record.subject.is_some()) =>
			{
				Names::org(*org).tied_to_patient()
			},
			// Only a patient makes these, and so says to be the one whom the record is about.
			Self::acknowledge { author, seq }
			| Self::dispute { author, seq, .. }
			| Self::request_erasure { author, seq }
			| Self::withdraw_erasure { author, seq } => of_record(*author, *seq),
			Self::anchor { org, .. }
			| Self::anchor_many { org, .. }
			| Self::anchor_batch { org, .. }
			| Self::retract { org, .. }
			| Self::extend_dispute { org, .. }
			| Self::answer_dispute { org, .. }
			| Self::extend_retention { org, .. }
			| Self::refuse_erasure { org, .. }
			| Self::shred { org, .. } => Names::org(*org),
			Self::hold { author, .. }
			| Self::release { author, .. }
			| Self::evict { author, .. }
			| Self::sweep { author, .. } => Names::org(*author),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}

fn of_record<AccountId>(author: OrgId, seq: u64) -> Names<AccountId> {
	Names { ties: Ties::PatientOfRecord { author, seq }, ..Names::org(author) }
}
