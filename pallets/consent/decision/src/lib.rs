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
//! 3. **Veto.** A veto of the purpose in force at the moment beats every Permit:
//!    [`Reason::Veto`].
//! 4. **Directives** in force at the moment that cover the question. The most specific tier that
//!    has one decides; within a tier Deny beats Permit; of several with the same effect the one
//!    with the lowest id is named. [`Basis::Directive`] or [`Reason::Directive`].
//! 5. **Labels.** A labelled question needs a Permit that names every label. (Part of "covers".)
//! 6. **Base decision** of the patient, Deny unless stated otherwise: [`Reason::Default`]. A base
//!    Permit never covers a labelled question.
//!
//! ## State × purpose
//!
//! | State                          | TREAT | HPAYMT | any other |
//! |--------------------------------|-------|--------|-----------|
//! | Active                         | yes   | yes    | yes       |
//! | Frozen, Recovering, Contested  | yes   | no     | no        |
//! | DeceasedProvisional            | yes   | yes    | no        |
//! | DeceasedFinal                  | no    | yes    | no        |
//! | Retired                        | no    | no     | no        |
//!
//! "yes" lets existing Permits go on; no state permits by itself. New Permits need an Active
//! handle, which is checked where they are made.
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
//! ## Laws (tested)
//!
//! Taking away a Deny or a veto never turns Permit into Deny; adding one never turns Deny into
//! Permit; adding a Permit never turns Permit into Deny; the order of the directives means
//! nothing; nobody without a credential is ever permitted.

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
mod types;

#[cfg(test)]
mod tests;

pub use types::*;

use core::cmp::Reverse;
use salus_primitives::{Interval, Moment, OrgKind, OrgKindSet, PatientState, Purpose, RoleSet};

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
	/// What holds where no directive speaks.
	pub base: Effect,
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

/// Answers `context.question` as of `context.at`. The rules are those of the crate's
/// documentation, in that order.
pub fn decide<AccountId: PartialEq>(context: &Context<AccountId>) -> Verdict {
	let Context { question, at, state, standing, .. } = *context;

	let licensed = standing.kinds.intersects(kinds_for(question.purpose));
	let credible = match question.actor {
		Actor::Own(_) if standing.own_key => return Verdict::Permit(Basis::Own),
		Actor::Own(_) => return Verdict::Deny(Reason::Credential),
		Actor::Organisation(_) => licensed,
		Actor::Practitioner { .. } => licensed && !standing.roles.is_empty(),
	};
	if !goes_on(state, question.purpose) {
		return Verdict::Deny(Reason::State);
	}
	if !credible {
		return Verdict::Deny(Reason::Credential);
	}
	if context.vetoes.iter().any(|veto| veto.purpose == question.purpose && veto.in_force(at)) {
		return Verdict::Deny(Reason::Veto);
	}

	// The greatest of (tier, Deny over Permit, lowest id) decides.
	let strongest = context
		.directives
		.iter()
		.filter(|(_, directive)| directive.in_force(at) && covers(directive, question))
		.filter_map(|(id, directive)| {
			let tier = tier(&directive.grantee, &question.actor, standing.roles)?;
			Some((tier, directive.effect == Effect::Deny, Reverse(*id)))
		})
		.max();
	match strongest {
		Some((_, true, Reverse(id))) => Verdict::Deny(Reason::Directive(id)),
		Some((_, false, Reverse(id))) => Verdict::Permit(Basis::Directive(id)),
		None if context.base == Effect::Permit && question.labels.is_empty() => {
			Verdict::Permit(Basis::Base)
		},
		None => Verdict::Deny(Reason::Default),
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

/// Whether `directive` speaks about what `question` asks, whoever asks and whenever.
fn covers<AccountId>(directive: &Directive<AccountId>, question: &Question<AccountId>) -> bool {
	let Scope { actions, purposes, classes, labels, data } = &directive.scope;
	let (labelled, timed) = match directive.effect {
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
