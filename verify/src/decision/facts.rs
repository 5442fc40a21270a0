//! Reading what a decision depends on out of the chain's storage.
//!
//! It reads what `pallets/consent/src/impls/decide.rs` asks the other pallets for, and no more: so the list of keys
//! follows from the question and from what was read before. A place that is empty is read too, and so must be proven to be.

use super::{
	items::{Account, Item},
	stored::{
		AdvanceTerm, Affiliation, BaseTerm, Emergency, FlagInterval, Handle, HistoryPage, Key,
		Licence, Live, Numbered, NumberedSealed, Organisation, Pair, PolicyTerm, Relationship,
		Since, PAGE,
	},
};
use crate::{state::State, Error};
use alloc::vec::Vec;
use codec::{Decode, DecodeAll};
use salus_consent_decision::{
	decide, Actor, BaseDecision, Care, Context, Effect, Emergency as Accesses, Opening,
	PurposeVeto, Question, Sealed, SealedId, Standing, Verdict,
};
use salus_primitives::{
	Action, AdvanceDirective, CarePolicy, EmergencyAccess, EmergencyId, Interval, KeyPurpose,
	Moment, OptOut, OrgId, OrgKindSet, PatientId, PatientState, Purpose, RelationshipId, Role,
	RoleSet, Treatment,
};

/// Where items of the storage are read from.
pub trait Source {
	/// The bytes of `item`, or `None` if the storage has no such item.
	///
	/// # Errors
	/// [`Error::FactUnproven`] if the source cannot tell.
	fn get(&self, item: Item) -> Result<Option<Vec<u8>>, Error>;
}

impl Source for State<'_> {
	fn get(&self, item: Item) -> Result<Option<Vec<u8>>, Error> {
		match self.value(&item.key()) {
			Ok(value) => Ok(value.map(<[u8]>::to_vec)),
			Err(Error::ProofIncomplete) => Err(Error::FactUnproven { item }),
			Err(error) => Err(error),
		}
	}
}

/// What is stored as `item`, if anything is.
pub(crate) fn read<T: Decode>(source: &impl Source, item: Item) -> Result<Option<T>, Error> {
	let Some(bytes) = source.get(item)? else { return Ok(None) };
	T::decode_all(&mut bytes.as_slice()).map(Some).map_err(|_| Error::UnreadableFact { item })
}

/// All that the answer to one question depends on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
	/// The moment for which the answer is given.
	pub at: Moment,
	/// The state of the handle at that moment.
	pub state: PatientState,
	/// What was known of the actor.
	pub standing: Standing,
	/// The patient's vetoes, past and present.
	pub vetoes: Vec<PurposeVeto>,
	/// The patient's directives, at least all that were in force.
	pub directives: Vec<Numbered>,
	/// The patient's base decision at that moment: a Permit is `Unset` after its term.
	pub base: BaseDecision,
	/// The patient's sealed directives that were in force.
	pub sealed: Vec<NumberedSealed>,
	/// When the actor could not be denied in plain, as far as that began by the moment, if a sealed denial was in force that can
	/// be about the question for that reason alone; else empty.
	pub flagged: Vec<Interval>,
	/// The network's care policy, as far as the question can depend on it; else `ConsentOnly`.
	pub policy: CarePolicy,
	/// The relationship with the actor's organisation, under the same condition.
	pub relationships: Vec<(RelationshipId, Treatment)>,
	/// The patient's opt-outs, if there is such a relationship.
	pub opt_outs: Vec<OptOut>,
	/// The actor's emergencies, as far as the question can depend on them.
	pub accesses: Vec<(EmergencyId, EmergencyAccess<Account>)>,
	/// The patient's advance directive, if there are any.
	pub advance: AdvanceDirective,
}

impl Facts {
	/// Reads the facts for `question` out of the state after a block with the time `now`. Without a moment of its own the
	/// question is about `now`.
	///
	/// # Errors
	/// - [`Error::FutureMoment`]: the question is about a moment after `now`.
	/// - [`Error::NoSuchPatient`]: there was no such handle at that moment.
	/// - [`Error::FactUnproven`], [`Error::UnreadableFact`]: an item is not proven, or is none of its layout.
	pub fn read(
		question: &Question<Account>,
		now: Moment,
		source: &impl Source,
	) -> Result<Self, Error> {
		let at = question.at.unwrap_or(now);
		if at > now {
			return Err(Error::FutureMoment { at, now });
		}
		let patient = question.subject;
		let mut facts = Self {
			at,
			state: state(source, patient, at)?.ok_or(Error::NoSuchPatient { at })?,
			standing: standing(source, question, at)?,
			vetoes: Vec::new(),
			directives: Vec::new(),
			base: BaseDecision::Unset,
			sealed: Vec::new(),
			flagged: Vec::new(),
			policy: CarePolicy::ConsentOnly,
			relationships: Vec::new(),
			opt_outs: Vec::new(),
			accesses: Vec::new(),
			advance: AdvanceDirective::Unrestricted,
		};
		let (who, organisation) = match question.actor {
			// Own access asks for nothing else.
			Actor::Own(_) => return Ok(facts),
			Actor::Organisation(organisation) => (None, organisation),
			Actor::Practitioner { who, organisation } => (Some(who), organisation),
		};
		facts.vetoes = read(source, Item::Vetoes(patient))?.unwrap_or_default();
		facts.directives = directives(source, patient, at, now)?;
		facts.base = base(source, patient, at)?;
		facts.sealed = sealed(source, patient, at, now)?;
		let denied = facts.sealed.iter().any(|(_, found)| found.effect == Effect::Deny);
		if denied && question.labels.is_empty() {
			facts.flagged = refused_times(source, organisation, who, at)?;
		}
		match (question.purpose, question.action, who) {
			(Purpose::Treat, Action::Read, _) if question.labels.is_empty() => {
				facts.policy = policy(source, at)?;
				if facts.policy == CarePolicy::CareTeam {
					let found = relationship(source, patient, organisation, at)?;
					facts.relationships = found.into_iter().collect();
				}
				if !facts.relationships.is_empty() {
					facts.opt_outs = read(source, Item::OptOuts(patient))?.unwrap_or_default();
				}
			},
			(Purpose::Btg, Action::Read, Some(who))
				if facts.standing.roles.contains(Role::Clinician) =>
			{
				facts.accesses = accesses(source, patient, organisation, who, at)?;
				if !facts.accesses.is_empty() {
					facts.advance = advance(source, patient, at)?;
				}
			},
			_ => {},
		}
		Ok(facts)
	}

	/// What the rules of `salus-consent-decision` say to `question`, for which these facts were read: without the opening of any
	/// sealed directive, as the chain says it.
	pub fn verdict(&self, question: &Question<Account>) -> Verdict {
		// The genesis matters to openings alone.
		self.verdict_with(question, [0; 32], &[])
	}

	/// The same by whoever has these openings of sealed directives, on the chain with the hash `genesis`. The verdict is as secret
	/// as the openings.
	pub fn verdict_with(
		&self,
		question: &Question<Account>,
		genesis: [u8; 32],
		openings: &[(SealedId, Opening<Account>)],
	) -> Verdict {
		decide(&Context {
			question,
			at: self.at,
			state: self.state,
			standing: self.standing,
			vetoes: &self.vetoes,
			directives: &self.directives,
			base: self.base,
			care: Care {
				policy: self.policy,
				relationships: &self.relationships,
				opt_outs: &self.opt_outs,
			},
			emergency: Accesses { advance: self.advance, accesses: &self.accesses },
			sealed: Sealed { genesis, flagged: &self.flagged, directives: &self.sealed, openings },
		})
	}
}

/// The state of a handle at `at`, if there was such a handle.
fn state(
	source: &impl Source,
	patient: PatientId,
	at: Moment,
) -> Result<Option<PatientState>, Error> {
	let Some(Handle { state: line, .. }) = read(source, Item::Handle(patient))? else {
		return Ok(None);
	};
	let newest = line.next.filter(|next| next.from <= at).unwrap_or(line.current);
	if newest.from <= at {
		return Ok(Some(newest.value));
	}
	// The past states are sorted by strictly rising moments: the last that began by then is looked for.
	let (mut low, mut high, mut found) = (0, line.past, None);
	while low < high {
		let middle = low.saturating_add(high.saturating_sub(low) >> 1);
		let item = Item::PastState(patient, middle);
		let Since { value, from } = read(source, item)?.ok_or(Error::UnreadableFact { item })?;
		if from <= at {
			found = Some(value);
			low = middle.saturating_add(1);
		} else {
			high = middle;
		}
	}
	Ok(found)
}

/// From `from` to the earlier of `until` and `ended`.
pub(super) fn span(from: Moment, until: Moment, ended: Option<Moment>) -> Interval {
	Interval::new(from, ended.map_or(until, |ended| ended.min(until)))
}

/// What is known of the actor.
fn standing(
	source: &impl Source,
	question: &Question<Account>,
	at: Moment,
) -> Result<Standing, Error> {
	let none = Standing::default();
	match question.actor {
		Actor::Own(account) => {
			let key: Option<Key> = read(source, Item::Key(account))?;
			let own_key = key.is_some_and(|key| {
				key.patient == question.subject
					&& key.from <= at
					&& key.until.is_none_or(|until| at < until)
					&& key.purposes.contains(KeyPurpose::View)
			});
			Ok(Standing { own_key, ..none })
		},
		Actor::Organisation(organisation) => {
			Ok(Standing { kinds: kinds(source, organisation, at)?, ..none })
		},
		Actor::Practitioner { who, organisation } => {
			let kinds = kinds(source, organisation, at)?;
			Ok(Standing { kinds, roles: roles(source, organisation, who, at)?, ..none })
		},
	}
}

/// The kinds for which an organisation held a licence.
fn kinds(source: &impl Source, id: OrgId, at: Moment) -> Result<OrgKindSet, Error> {
	let organisation: Option<Organisation> = read(source, Item::Organisation(id))?;
	let mut kinds = OrgKindSet::EMPTY;
	for kind in organisation.map_or(OrgKindSet::EMPTY, |found| found.held).iter() {
		let licence: Option<Licence> = read(source, Item::Licence(id, kind))?;
		let lasts = |licence: Licence| {
			let mut intervals = licence.intervals.iter();
			intervals.any(|interval| {
				let ended = interval.ended.as_ref().map(|(ended, _)| *ended);
				span(interval.from, interval.until, ended).contains(at)
			})
		};
		if licence.is_some_and(lasts) {
			kinds = kinds.with(kind);
		}
	}
	Ok(kinds)
}

/// The roles in which somebody was affiliated to an organisation.
///
/// # Errors
/// Those of [`Facts::read`] about an item.
pub fn roles(source: &impl Source, id: OrgId, who: Account, at: Moment) -> Result<RoleSet, Error> {
	let affiliation: Option<Affiliation> = read(source, Item::Affiliation(id, who))?;
	let intervals = affiliation.map_or_else(Vec::new, |found| found.intervals);
	Ok(intervals
		.iter()
		.filter(|each| span(each.from, each.until, each.ended).contains(at))
		.map(|each| each.role)
		.collect())
}

/// The directives of a patient, at least all that were in force at `at`. Of the history, no page is read in which none
/// can have been.
pub(super) fn directives(
	source: &impl Source,
	patient: PatientId,
	at: Moment,
	now: Moment,
) -> Result<Vec<Numbered>, Error> {
	let live: Option<Live<Numbered>> = read(source, Item::Directives(patient))?;
	let Some(Live { swept, entries: mut directives, .. }) = live else { return Ok(Vec::new()) };
	if at < now {
		let page = |number| Item::PastDirectives(patient, number);
		let past: Vec<Numbered> = history(source, page, swept, at)?;
		directives.extend(past.into_iter().filter(|(_, found)| found.in_force(at)));
	}
	Ok(directives)
}

/// The sealed directives of a patient that were in force at `at`, from a history of the same form.
pub(super) fn sealed(
	source: &impl Source,
	patient: PatientId,
	at: Moment,
	now: Moment,
) -> Result<Vec<NumberedSealed>, Error> {
	let live: Option<Live<NumberedSealed>> = read(source, Item::Sealed(patient))?;
	let Some(Live { swept, entries: mut sealed, .. }) = live else { return Ok(Vec::new()) };
	if at < now {
		let page = |number| Item::PastSealed(patient, number);
		sealed.extend(history::<NumberedSealed>(source, page, swept, at)?);
	}
	sealed.retain(|(_, found)| found.in_force(at));
	Ok(sealed)
}

/// What stands on the pages of a history of `swept` entries from the last page back to the first that can have any that was in
/// force at `at`.
fn history<E: Decode>(
	source: &impl Source,
	page: impl Fn(u32) -> Item,
	swept: u32,
	at: Moment,
) -> Result<Vec<E>, Error> {
	let mut found = Vec::new();
	for number in (0..swept.div_ceil(PAGE)).rev() {
		let item = page(number);
		let page: HistoryPage<E> = read(source, item)?.ok_or(Error::UnreadableFact { item })?;
		if page.swept <= at {
			break;
		}
		found.extend(page.entries);
	}
	Ok(found)
}

/// The base decision of a patient.
fn base(source: &impl Source, patient: PatientId, at: Moment) -> Result<BaseDecision, Error> {
	let terms: Vec<BaseTerm> = read(source, Item::BaseDecisions(patient))?.unwrap_or_default();
	let found = terms.iter().rev().find(|term| term.from <= at);
	Ok(found.map(|term| term.decision.left_at(term.from, at)).unwrap_or_default())
}

/// When a plain denial of `id`, or of `who` who asks for it, was refused, as far as that began by `at`: the flags of the organisation, and
/// the times at which the person was affiliated to another one that was flagged.
fn refused_times(
	source: &impl Source,
	id: OrgId,
	who: Option<Account>,
	at: Moment,
) -> Result<Vec<Interval>, Error> {
	let mut times = flags(source, id)?;
	if let Some(who) = who {
		let employers: Vec<OrgId> = read(source, Item::Employers(who))?.unwrap_or_default();
		for employer in employers.into_iter().filter(|employer| *employer != id) {
			times.extend(worked_while_flagged(source, employer, who)?);
		}
	}
	times.retain(|time| time.from <= at);
	Ok(times)
}

/// When an organisation was flagged. Of one without a history the flag never changed.
fn flags(source: &impl Source, id: OrgId) -> Result<Vec<Interval>, Error> {
	let history: Vec<FlagInterval> = read(source, Item::Flags(id))?.unwrap_or_default();
	if history.is_empty() {
		let organisation: Option<Organisation> = read(source, Item::Organisation(id))?;
		let always = organisation.filter(|found| found.flagged).map(|_| Interval::ALWAYS);
		return Ok(always.into_iter().collect());
	}
	let interval =
		|flag: &FlagInterval| Interval::new(flag.from, flag.until.unwrap_or(Moment::MAX));
	Ok(history.iter().map(interval).collect())
}

/// When somebody was affiliated to an organisation while it was flagged. An interval without length is one, too: of a flag and an
/// affiliation of which one ended in the second in which the other began.
fn worked_while_flagged(
	source: &impl Source,
	id: OrgId,
	who: Account,
) -> Result<Vec<Interval>, Error> {
	let flags = flags(source, id)?;
	if flags.is_empty() {
		return Ok(Vec::new());
	}
	let affiliation: Option<Affiliation> = read(source, Item::Affiliation(id, who))?;
	let intervals = affiliation.map_or_else(Vec::new, |found| found.intervals);
	let worked = intervals.iter().map(|each| span(each.from, each.until, each.ended));
	Ok(worked
		.flat_map(|worked| {
			flags.iter().map(move |flag| {
				Interval::new(flag.from.max(worked.from), flag.until.min(worked.until))
			})
		})
		.filter(|both| both.from <= both.until)
		.collect())
}

/// The network's care policy.
pub(super) fn policy(source: &impl Source, at: Moment) -> Result<CarePolicy, Error> {
	let terms: Vec<PolicyTerm> = read(source, Item::CarePolicies)?.unwrap_or_default();
	let found = terms.iter().rev().find(|term| term.from <= at);
	Ok(found.map(|term| term.policy).unwrap_or_default())
}

/// The relationship of a patient with an organisation that lasted at `at`.
fn relationship(
	source: &impl Source,
	patient: PatientId,
	organisation: OrgId,
	at: Moment,
) -> Result<Option<(RelationshipId, Treatment)>, Error> {
	let pair: Pair = read(source, Item::Pair(patient, organisation))?.unwrap_or_default();
	let mut next = pair.latest;
	while let Some(id) = next {
		let item = Item::Relationship(id);
		let unreadable = Error::UnreadableFact { item };
		let found: Relationship = read(source, item)?.ok_or_else(|| unreadable.clone())?;
		// They follow each other, so only the last that began by then can have lasted.
		if found.treatment.period.from <= at {
			let lasted = found.treatment.in_force(at);
			return Ok(lasted.then_some((id, found.treatment)));
		}
		next = before(id, found.previous, unreadable)?;
	}
	Ok(None)
}

/// The emergencies of a person at an organisation for a patient that let something at `at`.
fn accesses(
	source: &impl Source,
	patient: PatientId,
	organisation: OrgId,
	who: Account,
	at: Moment,
) -> Result<Vec<(EmergencyId, EmergencyAccess<Account>)>, Error> {
	let mut next: Option<EmergencyId> =
		read(source, Item::LatestEmergency(patient, organisation, who))?;
	let mut accesses = Vec::new();
	while let Some(id) = next {
		let item = Item::Emergency(id);
		let unreadable = Error::UnreadableFact { item };
		let found: Emergency = read(source, item)?.ok_or_else(|| unreadable.clone())?;
		next = before(id, found.previous, unreadable)?;
		let declared = found.access.period;
		if declared.contains(at) {
			let mut access = found.access;
			access.period.until = found.stopped_at.unwrap_or(declared.until);
			if access.period.contains(at) {
				accesses.push((id, access));
			}
		} else if declared.until <= at {
			// All before ended earlier.
			break;
		}
	}
	Ok(accesses)
}

/// What a patient had said in advance.
///
/// # Errors
/// Those of [`Facts::read`] about an item.
pub fn advance(
	source: &impl Source,
	patient: PatientId,
	at: Moment,
) -> Result<AdvanceDirective, Error> {
	let terms: Vec<AdvanceTerm> =
		read(source, Item::AdvanceDirectives(patient))?.unwrap_or_default();
	let found = terms.iter().rev().find(|term| term.from <= at);
	Ok(found.map(|term| term.value).unwrap_or_default())
}

/// The one before in a chain of numbers, which only fall: else it would have no end.
pub(super) fn before<N: PartialOrd>(
	id: N,
	previous: Option<N>,
	unreadable: Error,
) -> Result<Option<N>, Error> {
	match previous {
		Some(previous) if previous >= id => Err(unreadable),
		previous => Ok(previous),
	}
}
