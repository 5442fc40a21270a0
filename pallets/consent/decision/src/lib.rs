//! # The consent decision
//!
//! One pure function answers who may see what, for which purpose, at a moment: [`decide`]. The
//! pallet, its runtime API, other pallets' checks, tests and tools all call it; there is no second
//! implementation. It reads nothing but its [`Context`], so the same answer can be computed in a
//! browser from data that a node delivered.
//!
//! ## Own access comes before everything
//!
//! A patient's own key that was live at the moment and is for viewing is permitted, for every
//! purpose, action, class and label, whatever the state of the handle. A key that was not live, or
//! that only manages the handle or consents, is refused as [`Reason::Credential`]. The rules below
//! are for everybody else.
//!
//! ## The rules, in order
//!
//! 1. **State of the handle.** Refused as [`Reason::State`] unless the table below has a yes.
//! 2. **Credential.** The organisation held, at the moment, a licence of a kind that the purpose is
//!    for ([`kinds_for`]) and, when a practitioner asks, the practitioner was affiliated to it in
//!    some role. Otherwise [`Reason::Credential`].
//! 3. **Emergency.** An emergency that covers the question (below) lets, whatever the patient's other
//!    words: [`Verdict::Emergency`]. It answers to the advance directive alone. A review changes no answer: what
//!    a finding says of the past is another question.
//! 4. **Veto.** A veto of the purpose in force at the moment beats every Permit:
//!    [`Reason::Veto`].
//! 5. **Sealed denials** in force at the moment that who decides cannot open: they forbid all that they could be
//!    about (below), [`Reason::Sealed`].
//! 6. **Directives** in force at the moment that cover the question, plain ones and sealed ones that are opened
//!    alike. The most specific tier that has one decides; within a tier Deny beats Permit; of several
//!    with the same effect a plain one is named before a sealed one, and then the one with the lowest id:
//!    [`Basis::Directive`] or [`Reason::Directive`], [`Basis::SealedDirective`] or [`Reason::SealedDirective`].
//! 7. **Labels.** A labelled question needs a Permit that names every label. (Part of "covers".)
//! 8. **Treatment relationship.** Under the care policy `CareTeam`, a relationship that covers the question
//!    (below) lets: [`LawfulCode::TreatmentRelationship`].
//! 9. **Base decision** of the patient: Deny, chosen or not, is [`Reason::Default`]. A base Permit lets no more than the
//!    narrowest of plain ones. It covers no labelled question: labels need a Permit that names them. It is not for BTG: breaking the
//!    glass is an emergency's alone, with its review, as for directives. It does not let amend, nor pass on, since it has no depth
//!    to tell a receiver. It lets nothing of a handle whose person is dead, or reported dead: nobody can take it
//!    back. And it ends by itself: [`BASE_PERMIT_TERM`].
//!
//! ## State × purpose
//!
//! | State                          | TREAT | HPAYMT | BTG, in an emergency | any other |
//! |--------------------------------|-------|--------|----------------------|-----------|
//! | Active                         | yes   | yes    | yes                  | yes       |
//! | Frozen, Recovering, Contested  | yes   | no     | yes                  | no        |
//! | DeceasedProvisional            | yes   | yes    | yes                  | no        |
//! | DeceasedFinal                  | no    | yes    | no                   | no        |
//! | Retired                        | no    | no     | no                   | no        |
//!
//! "yes" lets existing Permits, relationships and emergencies go on; no state permits by itself. New Permits and
//! relationships need an Active handle, which is checked where they are made. Lost keys and a false report of
//! death must not keep a patient from being treated, so emergencies can also begin in those states.
//!
//! ## When an emergency covers a question
//!
//! Who asks is the very person who broke the glass, for the same organisation, and is affiliated to it as
//! `Clinician` at the moment; the purpose is BTG, the action is to read; the class is in its set; the moment lies
//! in its period. The labels do not matter, unless the advance directive in force at the moment is `NoLabelled`:
//! then there are none. Under `NoEmergency` none covers anything.
//!
//! ## When a treatment relationship covers a question
//!
//! The care policy of the moment is `CareTeam`; the purpose is TREAT, the action is to read, and there are no
//! labels; who asks is the organisation as such, or a `Clinician`, `Nurse`, `Pharmacist` or `LabScientist` there;
//! the relationship with that organisation lasted at the moment; the patient has not opted out since it began,
//! neither towards everybody nor towards that organisation; and the patient's base decision is not Deny.
//!
//! ## Purpose × kind of licence
//!
//! | Purpose                                         | Kinds, any of which will do                     |
//! |-------------------------------------------------|-------------------------------------------------|
//! | TREAT, ETREAT, BTG                              | Provider, Pharmacy, Laboratory                  |
//! | HPAYMT, COVERAGE, ELIGDTRM, CAREMGT             | those, Payer                                    |
//! | HOPERAT, TRAIN, HSYSADMIN, HMARKT, HDIRECT      | those, Payer                                    |
//! | HRESCH, CLINTRCH                                | those, Research                                 |
//! | PUBHLTH                                         | those, Payer, Research                          |
//! | PATRQT, FAMRQT, HLEGAL                          | any                                             |
//!
//! An insurer that also runs a clinic and loses the clinic's licence treats nobody from that second
//! on, whatever else it may still do.
//!
//! ## Tiers: whom a directive is about
//!
//! | Tier (most specific first)     | asked by the organisation | asked by a practitioner          |
//! |--------------------------------|---------------------------|----------------------------------|
//! | `PractitionerAt(who, organisation)` | never                | if it is `who`, acting for it    |
//! | `Practitioner(who)`            | never                     | if it is `who`, at any employer  |
//! | `RoleAt(organisation, role)`   | never                     | if affiliated there in that role |
//! | `Organisation(organisation)`   | if it is that one         | if affiliated there              |
//! | `Any`                          | always                    | always                           |
//!
//! The first two are one tier. A Permit that the patient gives a person of its own accord may name
//! `Practitioner`, and then holds at each of that person's employers, also at one whom a Deny names: a
//! person is more specific than an organisation. **A Permit that came from a request holds only for
//! the organisation that asked**: it names that organisation, a role at it or a `PractitionerAt`. It
//! lets nobody else, and nothing while that organisation has no licence for the purpose.
//!
//! ## When a directive covers a question
//!
//! | Part       | Permit                                             | Deny                                   |
//! |------------|----------------------------------------------------|----------------------------------------|
//! | in force   | `from <= at < until`, not ended at or before `at`  | the same                               |
//! | action     | is in the set                                      | the same                               |
//! | purpose    | is in the set (no parent, no child)                | the same                               |
//! | class      | is in the set                                      | the same                               |
//! | labels     | every label of the question is in the set          | the set is empty, or they share a label |
//! | data time  | lies in the interval                               | the same                               |
//! | no data time asked | only if the interval is all of time        | covers                                 |
//!
//! What is unknown therefore never helps a Permit and never escapes a Deny.
//!
//! ## Sealed directives
//!
//! The chain has a commitment to a [sealed directive](sealed) and not what it says. Who decides may have its
//! [`Opening`], from the patient or from the organisation that it lets, and then it ranks exactly as its plain form
//! would. An opening that does not match the commitment, or says what no plain directive could say, is as if there
//! were none:
//!
//! | In force, and      | Permit                          | Deny                                                     |
//! |--------------------|---------------------------------|----------------------------------------------------------|
//! | opened             | as the plain directive          | as the plain directive                                   |
//! | not opened         | lets nothing                    | forbids every labelled question, and every question of somebody who could not be denied in plain (below) |
//!
//! What is not opened means nothing beyond that: a denial that is about neither a label nor somebody like that is to be
//! made in plain, else nobody who lacks its opening keeps to it.
//!
//! **Who could not be denied in plain**: an organisation that was flagged, because its very name says something about its
//! patients, and a practitioner who then was affiliated to one, wherever that practitioner asks. When that was so, is
//! [`Sealed::flagged`]. It is judged for each denial: it forbids if it was so at the moment of the question, **or at any moment since that
//! denial began**. The patient had no other way then, and whoever takes a flag off, or leaves such an organisation, must not end a denial.
//! A flag that was taken off in the very second in which the denial began counts.
//!
//! ## Laws (tested)
//!
//! Of answers, some allow ([`Verdict::allows`]) and the others refuse. Taking away a Deny, a veto or an opt-out
//! never makes an answer refuse that allowed; adding one never makes it allow. Adding a Permit, a relationship or
//! an emergency never makes it refuse. Of sealed directives the same holds, opened or not, and what is
//! opened decides as if it was plain. An opening of a Permit never makes it refuse. The order of anything means nothing; nobody without a credential is ever allowed
//! anything. A relationship reaches no labelled question, and nothing but reading for treatment; without one,
//! or under `ConsentOnly`, it is as if relationships were not known. An emergency reaches nothing but BTG, and only its invoker.
//! A flag more never allows; one that ends after a denial began, or changes after the moment of the question, changes nothing.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::as_conversions,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used,
		clippy::unreachable,
		clippy::todo
	)
)]

// What the derive of `Encode` expands to converts indices by `as`.
#[allow(clippy::as_conversions)]
pub mod sealed;
// As above.
#[allow(clippy::as_conversions)]
mod types;

#[cfg(test)]
mod tests;

pub use salus_primitives::SealedId;
pub use sealed::{Opening, SealedContent, SealedDirective};
pub use types::*;

use codec::Encode;
use core::cmp::Reverse;
use salus_primitives::{
	Action, AdvanceDirective, CarePolicy, EmergencyAccess, EmergencyId, Interval, Moment, OptOut,
	OrgKind, OrgKindSet, PatientState, Purpose, RelationshipId, Role, RoleSet, Treatment,
};

/// The roles of those who treat: who has one of them reads within a care relationship.
pub const CARE_ROLES: RoleSet = RoleSet::EMPTY
	.with(Role::Clinician)
	.with(Role::Nurse)
	.with(Role::Pharmacist)
	.with(Role::LabScientist);

/// Everything that a decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a, AccountId> {
	/// What is asked. Its `at` is not read: [`Context::at`] is the resolved moment.
	pub question: &'a Question<AccountId>,
	/// The moment for which the answer is given.
	pub at: Moment,
	/// The state of the subject's handle at that moment.
	pub state: PatientState,
	/// What was known of the actor at that moment.
	pub standing: Standing,
	/// The subject's vetoes, past and present, in any order.
	pub vetoes: &'a [PurposeVeto],
	/// The subject's directives, at least all that were in force at that moment, in any order.
	pub directives: &'a [(DirectiveId, Directive<AccountId>)],
	/// What holds at that moment where neither a directive nor a relationship speaks: see [`BaseDecision::left_at`].
	pub base: BaseDecision,
	/// Who treats the subject, and what that means.
	pub care: Care<'a>,
	/// What was let in emergencies.
	pub emergency: Emergency<'a, AccountId>,
	/// What the subject has said without saying it on the chain.
	pub sealed: Sealed<'a, AccountId>,
}

/// What is known of the subject's care relationships.
#[derive(Clone, Copy, Default, Debug)]
pub struct Care<'a> {
	/// The network's care policy at the moment.
	pub policy: CarePolicy,
	/// The relationships of the subject, at least all with the organisation of the actor that lasted at
	/// the moment, in any order.
	pub relationships: &'a [(RelationshipId, Treatment)],
	/// The subject's opt-outs, past and present, in any order.
	pub opt_outs: &'a [OptOut],
}

/// What is known of emergency access to the subject's data.
#[derive(Clone, Copy, Debug)]
pub struct Emergency<'a, AccountId> {
	/// What the subject had said about it by the moment.
	pub advance: AdvanceDirective,
	/// The emergencies, at least all of the actor that lasted at the moment, in any order.
	pub accesses: &'a [(EmergencyId, EmergencyAccess<AccountId>)],
}

impl<AccountId> Default for Emergency<'_, AccountId> {
	fn default() -> Self {
		Self { advance: AdvanceDirective::Unrestricted, accesses: &[] }
	}
}

/// What is known of the subject's sealed directives.
#[derive(Clone, Copy, Debug)]
pub struct Sealed<'a, AccountId> {
	/// The genesis hash of the chain, which every commitment binds.
	pub genesis: [u8; 32],
	/// When the actor could not be denied in plain, at least as far as that began by the moment of the question, in any order:
	/// when its organisation was flagged, and when the practitioner was affiliated to one that was. They may overlap.
	pub flagged: &'a [Interval],
	/// The subject's sealed directives, at least all that were in force at the moment, in any order.
	pub directives: &'a [(SealedId, SealedDirective)],
	/// The openings that who decides has, each with the number of what it is for, in any order. Those that do
	/// not match mean nothing.
	pub openings: &'a [(SealedId, Opening<AccountId>)],
}

/// What the registry and the subject's keys say of the actor at the moment of the question.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Standing {
	/// Whether the account was a live key of the subject, for viewing. Read for [`Actor::Own`] only.
	pub own_key: bool,
	/// The kinds of which the organisation held a licence.
	pub kinds: OrgKindSet,
	/// The roles in which the practitioner was affiliated to the organisation.
	pub roles: RoleSet,
}

/// How specific a directive is about the actor, the least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
	Any,
	Organisation,
	Role,
	Practitioner,
}

/// A directive by its number. Plain ones come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
	Plain(DirectiveId),
	Sealed(SealedId),
}

/// Answers as [`decide`] does, with `openings` in place of those that `context` has: the decision of whoever was
/// given them, over what a node has told. **The verdict is as secret as the openings**: to whoever asked, and in
/// records that others read, goes what [`Verdict::told`] leaves of it.
pub fn decide_with<AccountId: PartialEq + Encode>(
	context: &Context<AccountId>,
	openings: &[(SealedId, Opening<AccountId>)],
) -> Verdict {
	let Context { question, at, state, standing, vetoes, directives, base, care, .. } = *context;
	let Emergency { advance, accesses } = context.emergency;
	let Sealed { genesis, flagged, directives: sealed, .. } = context.sealed;
	decide(&Context {
		question,
		at,
		state,
		standing,
		vetoes,
		directives,
		base,
		care,
		emergency: Emergency { advance, accesses },
		sealed: Sealed { genesis, flagged, directives: sealed, openings },
	})
}

/// Answers `context.question` as of `context.at`. The rules are those of the crate's
/// documentation, in that order.
pub fn decide<AccountId: PartialEq + Encode>(context: &Context<AccountId>) -> Verdict {
	let Context { question, at, state, standing, .. } = *context;

	let licensed = standing.kinds.intersects(kinds_for(question.purpose));
	let credible = match question.actor {
		Actor::Own(_) if standing.own_key => return Verdict::Permit(Basis::Own),
		Actor::Own(_) => return Verdict::Deny(Reason::Credential),
		Actor::Organisation(_) => licensed,
		Actor::Practitioner { .. } => licensed && !standing.roles.is_empty(),
	};
	let emergency = covering_emergency(context).filter(|_| credible);
	if !goes_on(state, question.purpose) && emergency.is_none() {
		return Verdict::Deny(Reason::State);
	}
	if !credible {
		return Verdict::Deny(Reason::Credential);
	}
	if let Some(id) = emergency {
		return Verdict::Emergency(id);
	}
	if context.vetoes.iter().any(|veto| veto.purpose == question.purpose && veto.in_force(at)) {
		return Verdict::Deny(Reason::Veto);
	}

	if let Some(id) = unopened_denial(context) {
		return Verdict::Deny(Reason::Sealed(id));
	}

	// The greatest of (tier, Deny over Permit, plain before sealed, lowest id) decides.
	let plain = context
		.directives
		.iter()
		.filter(|(_, directive)| directive.in_force(at))
		.map(|(id, found)| (Named::Plain(*id), found.effect, &found.grantee, &found.scope));
	let unsealed = context
		.sealed
		.directives
		.iter()
		.filter(|(_, directive)| directive.in_force(at))
		.filter_map(|(id, found)| {
			let content = opened(context, *id, found)?;
			Some((Named::Sealed(*id), found.effect, &content.grantee, &content.scope))
		});
	let strongest = plain
		.chain(unsealed)
		.filter(|(_, effect, _, scope)| covers(*effect, scope, question))
		.filter_map(|(name, effect, grantee, _)| {
			let tier = tier(grantee, &question.actor, standing.roles)?;
			Some((tier, effect == Effect::Deny, Reverse(name)))
		})
		.max();
	match strongest {
		Some((_, true, Reverse(Named::Plain(id)))) => Verdict::Deny(Reason::Directive(id)),
		Some((_, true, Reverse(Named::Sealed(id)))) => Verdict::Deny(Reason::SealedDirective(id)),
		Some((_, false, Reverse(Named::Plain(id)))) => Verdict::Permit(Basis::Directive(id)),
		Some((_, false, Reverse(Named::Sealed(id)))) => Verdict::Permit(Basis::SealedDirective(id)),
		None => match covering_relationship(context) {
			Some(id) => Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(id)),
			None if base_permits(context) => Verdict::Permit(Basis::Base),
			None => Verdict::Deny(Reason::Default),
		},
	}
}

/// Whether the patient's base decision lets what `context` asks, if nothing else has spoken.
fn base_permits<AccountId>(context: &Context<AccountId>) -> bool {
	let Context { question, base, state, .. } = context;
	let by_action = match question.action {
		Action::Read | Action::Export => true,
		Action::Amend | Action::Redisclose => false,
	};
	let by_state = match state {
		PatientState::Active
		| PatientState::Frozen
		| PatientState::Recovering
		| PatientState::Contested => true,
		PatientState::DeceasedProvisional | PatientState::DeceasedFinal | PatientState::Retired => {
			false
		},
	};
	*base == BaseDecision::Permit
		&& question.labels.is_empty()
		&& question.purpose != Purpose::Btg
		&& by_action
		&& by_state
}

/// What the sealed directive `number` says, if one of the openings opens it.
fn opened<'a, AccountId: Encode>(
	context: &Context<'a, AccountId>,
	number: SealedId,
	sealed: &SealedDirective,
) -> Option<&'a SealedContent<AccountId>> {
	let Sealed { genesis, openings, .. } = &context.sealed;
	let subject = &context.question.subject;
	openings
		.iter()
		.filter(|(id, _)| *id == number)
		.map(|(_, opening)| opening)
		.find(|opening| opening.opens(genesis, subject, number, sealed))
		.map(|opening| &opening.content)
}

/// The first sealed denial in force that could be about the question, as far as who decides knows.
fn unopened_denial<AccountId: Encode>(context: &Context<AccountId>) -> Option<SealedId> {
	let Context { question, at, sealed, .. } = context;
	let could_be_about = |denial: &SealedDirective| {
		let since = |flag: &Interval| flag.from <= *at && denial.period.from <= flag.until;
		!question.labels.is_empty() || sealed.flagged.iter().any(since)
	};
	sealed
		.directives
		.iter()
		.filter(|(_, found)| found.effect == Effect::Deny && found.in_force(*at))
		.filter(|(_, found)| could_be_about(found))
		.filter(|(id, found)| opened(context, *id, found).is_none())
		.map(|(id, _)| *id)
		.min()
}

/// The first emergency that covers the question, credentials of the organisation apart.
fn covering_emergency<AccountId: PartialEq>(context: &Context<AccountId>) -> Option<EmergencyId> {
	let Context { question, at, standing, emergency, .. } = context;
	let Actor::Practitioner { who, organisation } = &question.actor else { return None };
	let excluded = match emergency.advance {
		AdvanceDirective::Unrestricted => false,
		AdvanceDirective::NoLabelled => !question.labels.is_empty(),
		AdvanceDirective::NoEmergency => true,
	};
	if excluded
		|| !emergency_goes_on(context.state)
		|| question.purpose != Purpose::Btg
		|| question.action != Action::Read
		|| !standing.roles.contains(Role::Clinician)
	{
		return None;
	}
	emergency
		.accesses
		.iter()
		.filter(|(_, access)| {
			access.who == *who
				&& access.organisation == *organisation
				&& access.classes.contains(question.class)
				&& access.period.contains(*at)
		})
		.map(|(id, _)| *id)
		.min()
}

/// The first care relationship that covers the question.
fn covering_relationship<AccountId>(context: &Context<AccountId>) -> Option<RelationshipId> {
	let Context { question, at, standing, care, .. } = context;
	let organisation = match &question.actor {
		Actor::Own(_) => return None,
		Actor::Organisation(organisation) => *organisation,
		Actor::Practitioner { organisation, .. } => {
			standing.roles.intersects(CARE_ROLES).then_some(*organisation)?
		},
	};
	if care.policy != CarePolicy::CareTeam
		|| context.base == BaseDecision::Deny
		|| question.purpose != Purpose::Treat
		|| question.action != Action::Read
		|| !question.labels.is_empty()
	{
		return None;
	}
	care.relationships
		.iter()
		.filter(|(_, treatment)| {
			treatment.organisation == organisation
				&& treatment.in_force(*at)
				&& !care.opt_outs.iter().any(|out| out.voids(treatment, *at))
		})
		.map(|(id, _)| *id)
		.min()
}

/// Whether there is emergency access to the data of a handle in `state`.
pub const fn emergency_goes_on(state: PatientState) -> bool {
	match state {
		PatientState::Active
		| PatientState::Frozen
		| PatientState::Recovering
		| PatientState::Contested
		| PatientState::DeceasedProvisional => true,
		PatientState::DeceasedFinal | PatientState::Retired => false,
	}
}

/// Whether existing Permits for `purpose` go on while a handle is in `state`.
pub const fn goes_on(state: PatientState, purpose: Purpose) -> bool {
	match state {
		PatientState::Active => true,
		PatientState::Frozen | PatientState::Recovering | PatientState::Contested => {
			matches!(purpose, Purpose::Treat)
		},
		PatientState::DeceasedProvisional => matches!(purpose, Purpose::Treat | Purpose::Hpaymt),
		PatientState::DeceasedFinal => matches!(purpose, Purpose::Hpaymt),
		PatientState::Retired => false,
	}
}

/// The kinds of organisations that act for `purpose` by their licence: holding one of them will do.
pub const fn kinds_for(purpose: Purpose) -> OrgKindSet {
	const CARE: OrgKindSet =
		OrgKindSet::EMPTY.with(OrgKind::Provider).with(OrgKind::Pharmacy).with(OrgKind::Laboratory);
	match purpose {
		Purpose::Treat | Purpose::Etreat | Purpose::Btg => CARE,
		Purpose::Hpaymt
		| Purpose::Coverage
		| Purpose::Eligdtrm
		| Purpose::Caremgt
		| Purpose::Hoperat
		| Purpose::Train
		| Purpose::Hsysadmin
		| Purpose::Hmarkt
		| Purpose::Hdirect => CARE.with(OrgKind::Payer),
		Purpose::Hresch | Purpose::Clintrch => CARE.with(OrgKind::Research),
		Purpose::Pubhlth => CARE.with(OrgKind::Payer).with(OrgKind::Research),
		Purpose::Patrqt | Purpose::Famrqt | Purpose::Hlegal => OrgKindSet::ALL,
	}
}

/// How specifically `grantee` means `actor`, or `None` if it does not.
fn tier<AccountId: PartialEq>(
	grantee: &Grantee<AccountId>,
	actor: &Actor<AccountId>,
	roles: RoleSet,
) -> Option<Tier> {
	let (who, organisation) = match actor {
		Actor::Own(_) => return None,
		Actor::Organisation(organisation) => (None, *organisation),
		Actor::Practitioner { who, organisation } => (Some(who), *organisation),
	};
	match grantee {
		Grantee::Any => Some(Tier::Any),
		Grantee::Organisation(named) => (*named == organisation).then_some(Tier::Organisation),
		Grantee::RoleAt(named, role) => {
			let meant = *named == organisation && who.is_some() && roles.contains(*role);
			meant.then_some(Tier::Role)
		},
		Grantee::Practitioner(named) => (who == Some(named)).then_some(Tier::Practitioner),
		Grantee::PractitionerAt(named, at) => {
			(who == Some(named) && *at == organisation).then_some(Tier::Practitioner)
		},
	}
}

/// Whether a directive with this effect and this scope speaks about what `question` asks, whoever asks and
/// whenever.
fn covers<AccountId>(effect: Effect, scope: &Scope, question: &Question<AccountId>) -> bool {
	let Scope { actions, purposes, classes, labels, data } = scope;
	let (labelled, timed) = match effect {
		Effect::Permit => (
			question.labels.is_subset_of(*labels),
			question.data_time.map_or(*data == Interval::ALWAYS, |time| data.contains(time)),
		),
		Effect::Deny => (
			labels.is_empty() || labels.intersects(question.labels),
			question.data_time.is_none_or(|time| data.contains(time)),
		),
	};
	actions.contains(question.action)
		&& purposes.contains(question.purpose)
		&& classes.contains(question.class)
		&& labelled
		&& timed
}
