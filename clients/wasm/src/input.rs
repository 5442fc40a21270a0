//! What the functions take: the arguments of the rules as values that own what they are made of, field by field in the
//! order in which they are encoded.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use salus_claims_adjudication::{Accumulators, Adjudication, ClaimLine, Error, Plan};
use salus_consent_decision::{
	self as decision, BaseDecision, Context, Directive, DirectiveId, Opening, PurposeVeto,
	Question, SealedDirective, SealedId, Verdict,
};
use salus_primitives::{
	AdvanceDirective, CarePolicy, EmergencyAccess, EmergencyId, Interval, Moment, OptOut,
	OrgKindSet, PatientState, RelationshipId, RoleSet, Treatment,
};

/// An account by its public key, as the chain stores it.
pub type AccountId = [u8; 32];

/// Everything that a decision depends on: a [`Context`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Case {
	/// What is asked. Its `at` is not read.
	pub question: Question<AccountId>,
	/// The moment for which the answer is given, in Unix seconds.
	pub at: Moment,
	/// The state of the subject's handle at that moment.
	pub state: PatientState,
	/// What was known of the actor at that moment.
	pub standing: Standing,
	/// The subject's vetoes, past and present, in any order.
	pub vetoes: Vec<PurposeVeto>,
	/// The subject's directives with their numbers, at least all that were in force at that moment, in any order.
	pub directives: Vec<(DirectiveId, Directive<AccountId>)>,
	/// What holds at that moment where neither a directive nor a relationship speaks: a Permit whose term was over is
	/// [`BaseDecision::Unset`], see [`BaseDecision::left_at`].
	pub base: BaseDecision,
	/// Who treats the subject, and what that means.
	pub care: Care,
	/// What was let in emergencies.
	pub emergency: Emergency,
	/// What the subject has said without saying it on the chain.
	pub sealed: Sealed,
}

/// What the registry and the subject's keys say of the actor: [`decision::Standing`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Standing {
	/// Whether the account was a live key of the subject, for viewing.
	pub own_key: bool,
	/// The kinds of which the organisation held a licence.
	pub kinds: OrgKindSet,
	/// The roles in which the practitioner was affiliated to the organisation.
	pub roles: RoleSet,
}

/// What is known of the subject's care relationships: [`decision::Care`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Care {
	/// The network's care policy at the moment.
	pub policy: CarePolicy,
	/// The relationships of the subject with their numbers, at least all with the organisation of the actor that
	/// lasted at the moment, in any order.
	pub relationships: Vec<(RelationshipId, Treatment)>,
	/// The subject's opt-outs, past and present, in any order.
	pub opt_outs: Vec<OptOut>,
}

/// What is known of emergency access to the subject's data: [`decision::Emergency`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Emergency {
	/// What the subject had said about it by the moment.
	pub advance: AdvanceDirective,
	/// The emergencies with their numbers, at least all of the actor that lasted at the moment, in any order.
	pub accesses: Vec<(EmergencyId, EmergencyAccess<AccountId>)>,
}

/// What is known of the subject's sealed directives: [`decision::Sealed`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Sealed {
	/// The genesis hash of the chain.
	pub genesis: [u8; 32],
	/// When the actor could not be denied in plain, at least as far as that began by the moment, in any order: when its
	/// organisation was flagged, and when the practitioner was affiliated to one that was. They may overlap.
	pub flagged: Vec<Interval>,
	/// The subject's sealed directives with their numbers, at least all that were in force at that moment, in any order.
	pub directives: Vec<(SealedId, SealedDirective)>,
	/// The openings that who decides has, each with the number of what it is for, in any order. Those that do not match
	/// mean nothing.
	pub openings: Vec<(SealedId, Opening<AccountId>)>,
}

impl Case {
	/// The answer of [`decision::decide`].
	pub fn verdict(&self) -> Verdict {
		// Whole patterns: what the decision comes to depend on does not compile until it is read here too.
		let Self {
			question,
			at,
			state,
			standing,
			vetoes,
			directives,
			base,
			care,
			emergency,
			sealed,
		} = self;
		let Standing { own_key, kinds, roles } = *standing;
		let Care { policy, relationships, opt_outs } = care;
		let Emergency { advance, accesses } = emergency;
		let Sealed { genesis, flagged, directives: held, openings } = sealed;
		decision::decide(&Context {
			question,
			at: *at,
			state: *state,
			standing: decision::Standing { own_key, kinds, roles },
			vetoes,
			directives,
			base: *base,
			care: decision::Care { policy: *policy, relationships, opt_outs },
			emergency: decision::Emergency { advance: *advance, accesses },
			sealed: decision::Sealed { genesis: *genesis, flagged, directives: held, openings },
		})
	}
}

/// A claim, and the plan under which it is adjudicated.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Claim {
	/// The version of the plan, as far as the arithmetic goes.
	pub plan: Plan,
	/// What the member has used of it before.
	pub before: Accumulators,
	/// The lines in the order of the claim.
	pub lines: Vec<ClaimLine>,
}

impl Claim {
	/// The answer of [`salus_claims_adjudication::adjudicate`].
	///
	/// # Errors
	///
	/// As there.
	pub fn adjudicate(&self) -> Result<Adjudication, Error> {
		salus_claims_adjudication::adjudicate(&self.plan, &self.before, &self.lines)
	}
}
