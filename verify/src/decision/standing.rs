//! What a custodian's gateway must know besides a verdict: whether an organisation was ever admitted and who administers it,
//! whether its licence was stopped, and which emergencies were recorded late. Read as facts are: by keys that follow from what is
//! asked, each item proven, or proven not to be there.

use super::{
	facts::{before, policy, read, Source},
	items::{Account, Item},
	stored::{Emergency, Licence, Organisation, Pair},
};
use crate::Error;
use alloc::{vec, vec::Vec};
use salus_consent_decision::{Actor, Question};
use salus_primitives::{
	Action, CarePolicy, DataClassSet, EmergencyId, EmergencyReason, Moment, OrgId, OrgKindSet,
	PatientId, Purpose, RelationshipId,
};

/// That there is an organisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Admission {
	/// The account that administers it.
	pub admin: Account,
	/// Whether it has a licence that was not revoked, be it suspended or past its term.
	pub is_licensed: bool,
}

/// The items to which others lead, whose numbers stand in them, for a question about the moment `now`: the relationship and the emergency of
/// which [`Facts::read`](super::Facts::read) may want to know, and what is known of the flags of other organisations at which the person works.
///
/// How many there are, and of which kinds, follows from who asks what for, and from what holds for the whole network; never from the patient. Where
/// there is no relationship or emergency the first of the chain stands in its place. So whoever has these proven in one go, whatever the
/// patient, does not tell by the number of questions whether there is something.
///
/// # Errors
/// Those of [`Facts::read`](super::Facts::read) about an item.
pub fn led_to(
	question: &Question<Account>,
	now: Moment,
	source: &impl Source,
) -> Result<Vec<Item>, Error> {
	let patient = question.subject;
	let (who, organisation) = match question.actor {
		Actor::Own(_) => return Ok(Vec::new()),
		Actor::Organisation(organisation) => (None, organisation),
		Actor::Practitioner { who, organisation } => (Some(who), organisation),
	};
	let mut items = match (question.purpose, question.action, who) {
		(Purpose::Treat, Action::Read, _) if policy(source, now)? == CarePolicy::CareTeam => {
			let pair: Pair = read(source, Item::Pair(patient, organisation))?.unwrap_or_default();
			vec![Item::Relationship(pair.latest.unwrap_or(RelationshipId::MIN))]
		},
		(Purpose::Btg, Action::Read, Some(who)) => {
			let latest: Option<EmergencyId> =
				read(source, Item::LatestEmergency(patient, organisation, who))?;
			vec![Item::Emergency(latest.unwrap_or(EmergencyId::MIN))]
		},
		_ => Vec::new(),
	};
	if let Some(who) = who {
		let employers: Vec<OrgId> = read(source, Item::Employers(who))?.unwrap_or_default();
		for employer in employers.into_iter().filter(|employer| *employer != organisation) {
			items.extend([
				Item::Flags(employer),
				Item::Organisation(employer),
				Item::Affiliation(employer, who),
			]);
		}
	}
	Ok(items)
}

/// Whether a registrar admitted an organisation, if there is one of that number.
///
/// # Errors
/// Those of [`Facts::read`](super::Facts::read) about an item.
pub fn admission(source: &impl Source, id: OrgId) -> Result<Option<Admission>, Error> {
	let found: Option<Organisation> = read(source, Item::Organisation(id))?;
	let Some(Organisation { admin, held, .. }) = found else { return Ok(None) };
	let mut is_licensed = false;
	for kind in held.iter() {
		let licence: Option<Licence> = read(source, Item::Licence(id, kind))?;
		is_licensed |= licence.is_some_and(|licence| licence.revoked.is_none());
	}
	Ok(Some(Admission { admin, is_licensed }))
}

/// Whether a licence of one of these kinds was suspended or revoked, at `at`, before the end of its term.
///
/// # Errors
/// Those of [`Facts::read`](super::Facts::read) about an item.
pub fn was_stopped(
	source: &impl Source,
	id: OrgId,
	kinds: OrgKindSet,
	at: Moment,
) -> Result<bool, Error> {
	for kind in kinds.iter() {
		let licence: Option<Licence> = read(source, Item::Licence(id, kind))?;
		let Some(licence) = licence else { continue };
		let stopped = licence.intervals.iter().any(|interval| {
			let agreed = interval.from <= at && at < interval.until;
			agreed && interval.ended.as_ref().is_some_and(|(ended, _)| *ended <= at)
		});
		if stopped || licence.revoked.is_some_and(|revoked| revoked <= at) {
			return Ok(true);
		}
	}
	Ok(false)
}

/// An emergency that was recorded after it had happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecordedLate {
	/// Its number.
	pub id: EmergencyId,
	/// The patient.
	pub patient: PatientId,
	/// Whose it is.
	pub who: Account,
	/// For which organisation.
	pub organisation: OrgId,
	/// Why.
	pub reason: EmergencyReason,
	/// Of which data.
	pub classes: DataClassSet,
	/// The commitment to what was written down about it.
	pub detail: [u8; 32],
	/// When it happened, in seconds since 1970.
	pub happened_at: Moment,
	/// When it was recorded, in seconds since 1970.
	pub recorded_at: Moment,
}

/// The emergencies that a person at an organisation recorded late for a patient, the last ones first, at most `most` of them.
///
/// # Errors
/// Those of [`Facts::read`](super::Facts::read) about an item.
pub fn recorded_late(
	source: &impl Source,
	patient: PatientId,
	organisation: OrgId,
	who: Account,
	most: usize,
) -> Result<Vec<RecordedLate>, Error> {
	let mut next: Option<EmergencyId> = read(source, Item::LatestLate(patient, organisation, who))?;
	let mut found = Vec::new();
	while let Some(id) = next.filter(|_| found.len() < most) {
		let item = Item::Emergency(id);
		let unreadable = Error::UnreadableFact { item };
		let emergency: Emergency = read(source, item)?.ok_or_else(|| unreadable.clone())?;
		let access = emergency.access;
		found.push(RecordedLate {
			id,
			patient: emergency.patient,
			who: access.who,
			organisation: access.organisation,
			reason: emergency.reason,
			classes: access.classes,
			detail: emergency.detail,
			happened_at: access.period.from,
			recorded_at: emergency.recorded_at,
		});
		next = before(id, emergency.previous, unreadable)?;
	}
	Ok(found)
}
