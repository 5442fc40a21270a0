//! What a call is, said once and by its own pallet.
//!
//! Every pallet implements [`CallPolicy`] for its calls, with one row a call and without a wildcard: a
//! call without a policy does not compile. What a runtime does with calls (its call filter, who pays,
//! what safe mode stops, what can be paused, what a proxy may do) is computed from the policies and
//! from nothing else.
//!
//! A runtime decides in two ways. From a call, [`CallPolicy::policy`]; and where only names are known,
//! as for pausing, from the name of the call, [`CallPolicy::policy_of`]. The macro
//! [`policies!`](crate::policies) makes both from the same rows.

use crate::{LabelSet, OrgId, RelationshipId, Role};
use alloc::vec::Vec;

/// What a call does to what others may see or do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
	/// Ends what somebody may see, do or claim, or keeps it from beginning. Never paused, and open in
	/// safe mode.
	Tightening,
	/// Widens what others may see, do or claim in the name of a patient or a member, or changes who
	/// controls a handle. Nobody makes such a call for the patient or the member.
	Loosening,
	/// What an organisation's staff or a registrar does in the course of its work.
	Professional,
	/// Changes rules, members or powers.
	Administrative,
	/// None of these.
	Neutral,
}

/// Whose budget pays for an account that holds no tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Payer {
	/// The organisation that [`Names::org`] says, if the signer is on its staff.
	Organisation,
	/// The same; and where its budget for staff does not suffice, and the signer is a clinician, on one that is for nothing
	/// else.
	OrganisationInEmergency,
	/// The same organisation, for what patients can make it answer: on a budget that is for nothing else, and on no other, if
	/// the signer answers for it as a privacy officer or data steward; else as [`Payer::Organisation`].
	OrganisationAnswering,
	/// The patient whose live key the signer is.
	Patient,
	/// The payer of the coverage that [`Names::coverage`] says, if the signer is its member.
	Coverage,
	/// The organisation that [`Names::org`] says, if it has invited the signer in the role that
	/// [`Names::role`] says.
	Inviter,
}

/// Who pays for a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fee {
	/// Nobody, where the call takes effect (the call has a `feeless_if`); else the signer. Such a call
	/// uses up state that a paid call has made, so that nothing free can be repeated.
	FreeWhenEffective,
	/// The signer; for a signer without tokens the sponsor, on this budget.
	Sponsored(Payer),
	/// The signer.
	Own,
}

/// Who can make a call with success.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signer {
	/// Any account, for itself.
	Anybody,
	/// A patient's own key.
	PatientKey,
	/// The key of the member of a coverage, present or next.
	Member,
	/// Somebody who acts for an organisation in a role.
	Staff,
	/// The account that administers an organisation.
	Administrator,
	/// A registrar.
	Registrar,
	/// A member of a collective, for itself.
	Seat,
	/// The majority of a collective, by a motion.
	Collective,
	/// Root, and so both collectives after a public delay, if the catalogue has the call.
	Root,
	/// A node, without a signature.
	Node,
	/// Nobody: the call filter refuses the call whoever makes it.
	Nobody,
}

/// The narrowest kind of proxy that may make a call. Every wider kind may make it too.
///
/// What hands over control (of an organisation, a key, a seat, a licence, an affiliation, a plan, a member's coverage, a
/// record's protection, a validator, the receiver of money or of what is encrypted, or of powers themselves) is for [`Proxy::Any`] alone: it would stay
/// handed over when the proxy is taken away. So is what moves money, what ends something for good, and what cuts a patient off from care at large.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proxy {
	/// Only the kind that may do everything.
	Any,
	/// Every kind that is not for one task only.
	NonTransfer,
	/// That for the votes of a seat.
	Governance,
	/// That for taking a validator out of service.
	ValidatorOperation,
	/// That for anchoring records and asking for access.
	Records,
	/// That for tightening a patient's protection.
	Tightening,
	/// Either of the two above.
	RecordsOrTightening,
	/// That of a billing service.
	Billing,
	/// Whatever kind may make all that the call carries.
	AsCarried,
}

macro_rules! clocks {
	($($(#[$doc:meta])+ $clock:ident,)+) => {
		/// A time that runs, within which somebody has to act: when it is over, it is decided
		/// without them, or what they had is gone.
		///
		/// The one list of all clocks. A call that answers a clock can neither be paused nor stopped
		/// by safe mode. A *term* is no clock: the end of a licence, an affiliation, a coverage or a
		/// permit was agreed when it began, and can be moved at any time before. Nor is the expiry of a
		/// signature, which is signed again.
		#[derive(Clone, Copy, PartialEq, Eq, Debug)]
		pub enum Clock {
			$($(#[$doc])+ $clock,)+
		}

		impl Clock {
			/// All of them.
			pub const ALL: &[Self] = &[$(Self::$clock,)+];
		}
	};
}

clocks! {
	/// Until another key of a patient becomes live, the present ones can stop it.
	KeyAddition,
	/// Until a key of a patient is removed, the others can stop it.
	KeyRemoval,
	/// Until the agreement key of a patient changes, every key can stop it.
	AgreementKeyRotation,
	/// Until a frozen handle is active again, it can be stopped.
	Unfreezing,
	/// Until a handle is retired, every key can stop it.
	Retirement,
	/// Until a denial, a veto or a block is lifted, every key can stop it.
	Lift,
	/// An organisation's time to acknowledge that a patient revoked what it was permitted. When it is over, the
	/// acknowledgement is late, and anybody may mark it overdue.
	RevocationAcknowledgement,
	/// Other eyes' time to review an emergency. When it is over, the emergency stands as unjustified.
	EmergencyReview,
	/// A patient's time to dispute that an emergency was justified. When it is over, it stands as justified.
	EmergencyDispute,
	/// A custodian's time to commit to what it has logged. When it is over, its log is seen to be stale.
	LogHeartbeat,
	/// A custodian's time to say what it found when it compared its log with another's.
	Reconciliation,
	/// A patient's time to answer a request for access. When it is over, the request is declined; it can be
	/// approved in time, but nothing that the patient has is lost if it is not.
	AccessRequest,
	/// An author's time to answer a dispute. When it is over, the dispute stands unanswered for ever.
	DisputeAnswer,
	/// An author's time to erase a record, or to say why not. When it is over, the wish stands unanswered.
	ErasureAnswer,
	/// Until a record may be evicted, retention can be extended and the record be held.
	Retention,
	/// An institution's time to co-sign a researcher's request for data. When it is over, the request has lapsed.
	InstitutionSignature,
	/// A data access committee's time to vote on a request for data or a privacy budget. When it is over without a
	/// conclusion, it has lapsed.
	CommitteeVote,
	/// A researcher's time to accept the terms of a dataset to which it was let in. When it is over, the approval has lapsed.
	TermsAcceptance,
	/// A custodian's time to publish a dataset's next withdrawal epoch. When it is over, the permits for it are suspended.
	WithdrawalEpoch,
	/// A researcher's time to report on a year of a permit. When it is over, the permit is suspended.
	YearlyReport,
	/// A researcher's time to attest, after a permit, that the data was destroyed. When it is over, that is seen.
	CloseOut,
	/// Until another member key may take over a coverage, the present one can stop it.
	CoverageRekey,
	/// A member's time to attest an emergency. When it is over, the claim is denied (CO 16).
	Attestation,
	/// A provider's time to close an encounter. When it is over, it cannot be claimed.
	EncounterClosing,
	/// A provider's time to claim, and to correct a claim. When it is over, the claim is denied (CO 29).
	Filing,
	/// A payer's time to decide about a pended claim. When it is over, the rules decide.
	Decision,
	/// A provider's time to answer a payer's question. When it is over, the claim is denied (CO 226).
	Information,
	/// A payer's time to pay. When it is over, it owes interest.
	Payment,
	/// The second body's time to approve a proposal for enactment.
	EnactmentApproval,
	/// Until a proposal can be enacted, either body can cancel it.
	EnactmentDelay,
	/// Everybody's time to enact what is due.
	EnactmentWindow,
	/// A collective's time to vote on a motion.
	Motion,
	/// Until a scheduled decision is carried out, it can be cancelled.
	Scheduled,
	/// The time in which a payment that the treasury promised can be taken.
	TreasuryPayout,
	/// Until safe mode ends by itself, it can be extended.
	SafeMode,
	/// Until a proxy with a delay may carry out what it announced, the account can reject it.
	Announcement,
	/// The time in which misbehaviour of a validator can be reported.
	MisbehaviourReport,
}

/// What a call is, whatever its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Policy {
	/// What it does.
	pub effect: Effect,
	/// Who can make it.
	pub signer: Signer,
	/// Who pays for it.
	pub fee: Fee,
	/// Whether either collective may pause it.
	pub may_be_paused: bool,
	/// Whether it is open in safe mode. A call that is not, and carries others, is open if they all are.
	pub open_in_safe_mode: bool,
	/// Which proxies may make it.
	pub proxy: Proxy,
	/// The clocks that it answers.
	pub clocks: &'static [Clock],
	/// Whether the account that signs the transaction makes it itself: carried by what makes it the act of another account
	/// (a proxy of whatever kind, a multisignature, a derived account) it is refused.
	pub in_person: bool,
}

impl Policy {
	/// The strictest policy for such a call: pausable, shut in safe mode, for no proxy but one that may
	/// do everything. What tightens is never paused and open in safe mode.
	pub const fn new(effect: Effect, signer: Signer, fee: Fee) -> Self {
		let tightening = matches!(effect, Effect::Tightening);
		Self {
			effect,
			signer,
			fee,
			may_be_paused: !tightening,
			open_in_safe_mode: tightening,
			proxy: Proxy::Any,
			clocks: &[],
			in_person: false,
		}
	}

	/// It ends what somebody may see or do, and is free where it takes effect.
	pub const fn tightening(signer: Signer) -> Self {
		Self::new(Effect::Tightening, signer, Fee::FreeWhenEffective)
	}

	/// It widens what others may do for a patient or a member.
	pub const fn loosening(signer: Signer, payer: Payer) -> Self {
		Self::new(Effect::Loosening, signer, Fee::Sponsored(payer))
	}

	/// Staff makes it, at the expense of the organisation that it names.
	pub const fn staff() -> Self {
		Self::new(Effect::Professional, Signer::Staff, Fee::Sponsored(Payer::Organisation))
	}

	/// Staff answers a patient who can make the organisation answer.
	pub const fn answering() -> Self {
		Self::staff().paid_by(Fee::Sponsored(Payer::OrganisationAnswering))
	}

	/// The administrator of an organisation makes it, at its own expense.
	pub const fn administrator() -> Self {
		Self::new(Effect::Administrative, Signer::Administrator, Fee::Own)
	}

	/// A registrar makes it, at its own expense.
	pub const fn registrar() -> Self {
		Self::new(Effect::Professional, Signer::Registrar, Fee::Own)
	}

	/// Any account makes it, for itself and at its own expense.
	pub const fn anybody() -> Self {
		Self::new(Effect::Neutral, Signer::Anybody, Fee::Own)
	}

	/// It governs, or the chain cannot do without it: never paused and open in safe mode.
	pub const fn governs(signer: Signer) -> Self {
		Self::new(Effect::Administrative, signer, Fee::Own).never_paused().in_safe_mode()
	}

	/// The call filter refuses it, whoever makes it.
	pub const fn refused() -> Self {
		Self::new(Effect::Neutral, Signer::Nobody, Fee::Own)
	}

	/// The same, but that this pays for it.
	pub const fn paid_by(self, fee: Fee) -> Self {
		Self { fee, ..self }
	}

	/// The same, but that it cannot be paused.
	pub const fn never_paused(self) -> Self {
		Self { may_be_paused: false, ..self }
	}

	/// The same, but that it is open in safe mode.
	pub const fn in_safe_mode(self) -> Self {
		Self { open_in_safe_mode: true, ..self }
	}

	/// The same, but that this kind of proxy may make it, and every wider one.
	pub const fn by_proxy(self, proxy: Proxy) -> Self {
		Self { proxy, ..self }
	}

	/// The same, but that nobody makes it through another account.
	pub const fn in_person(self) -> Self {
		Self { in_person: true, ..self }
	}

	/// The same, but that it answers these clocks; so it is never paused, and open in safe mode.
	pub const fn answers(self, clocks: &'static [Clock]) -> Self {
		Self { clocks, ..self }.never_paused().in_safe_mode()
	}
}

/// Whether a call says that a patient or a member has to do with what it names. Nobody may say that of
/// an organisation whose very name says something about its patients. And who signs such a call for another
/// than itself is named beside the patient: it may be nobody who works at such an organisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Ties {
	/// It does not.
	#[default]
	Nothing,
	/// It does.
	Patient,
	/// It does, unless the record that this author has in this slot names the patient already.
	PatientOfRecord {
		/// The author.
		author: OrgId,
		/// The slot.
		seq: u64,
	},
	/// It does, unless the relationship with this number is of this organisation: then the state says so already.
	PatientOfRelationship {
		/// The organisation.
		organisation: OrgId,
		/// The number of the relationship.
		relationship: RelationshipId,
	},
	/// It says that the member of this coverage was at the provider of this encounter, and at the organisation
	/// that is named, unless the encounter names the coverage already.
	MemberOfEncounter {
		/// The number of the encounter.
		encounter: u64,
		/// The number of the coverage.
		coverage: u64,
	},
}

/// Whom a call names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Names<AccountId> {
	/// The organisation for which it is made, or about which it says something.
	pub org: Option<OrgId>,
	/// A second organisation about which it says something.
	pub other_org: Option<OrgId>,
	/// The practitioner about whom it says something.
	pub practitioner: Option<AccountId>,
	/// The role at the organisation that is meant.
	pub role: Option<Role>,
	/// The number of the coverage for which it is made.
	pub coverage: Option<u64>,
	/// The sensitive labels that it says in plain.
	pub labels: LabelSet,
	/// Whether it ties a patient or a member to them.
	pub ties: Ties,
}

impl<AccountId> Names<AccountId> {
	/// Nobody.
	pub const fn nobody() -> Self {
		Self {
			org: None,
			other_org: None,
			practitioner: None,
			role: None,
			coverage: None,
			labels: LabelSet::EMPTY,
			ties: Ties::Nothing,
		}
	}

	/// An organisation, and no patient or member.
	pub fn org(org: OrgId) -> Self {
		Self { org: Some(org), ..Self::nobody() }
	}

	/// A coverage.
	pub fn coverage(coverage: u64) -> Self {
		Self { coverage: Some(coverage), ..Self::nobody() }
	}

	/// The same, and says that a patient or a member has to do with them.
	pub fn tied_to_patient(self) -> Self {
		Self { ties: Ties::Patient, ..self }
	}
}

/// The policies of a pallet's calls. Implemented by each pallet for its `Call`.
pub trait CallPolicy<RuntimeCall> {
	/// Who signs.
	type AccountId;

	/// What this call is.
	fn policy(&self) -> Policy;

	/// What the call of this name is; `None` if the pallet has none of this name.
	fn policy_of(name: &str) -> Option<Policy>;

	/// Whom this call names.
	fn names(&self) -> Names<Self::AccountId> {
		Names::nobody()
	}

	/// The calls that this call carries, one level down.
	fn inner(&self) -> Vec<&RuntimeCall> {
		Vec::new()
	}
}

/// The functions [`CallPolicy::policy`] and [`CallPolicy::policy_of`](crate::policy::CallPolicy::policy_of), from one row for
/// each call of the pallet. There is no row for calls that are not named: a call without one does not compile.
///
/// [`CallPolicy::policy`]: crate::policy::CallPolicy::policy
#[macro_export]
macro_rules! policies {
	($($call:ident => $policy:expr,)*) => {
		// Calls that the SDK is about to drop are there, and need a policy.
		#[allow(deprecated)]
		fn policy(&self) -> $crate::policy::Policy {
			match self {
				$(Self::$call { .. } => $policy,)*
				// Of this variant, which FRAME adds, there is no value.
				Self::__Ignore(_, never) => match *never {},
			}
		}

		fn policy_of(name: &str) -> Option<$crate::policy::Policy> {
			match name {
				$(stringify!($call) => Some($policy),)*
				_ => None,
			}
		}
	};
}
