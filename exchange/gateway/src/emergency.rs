//! An emergency while the chain is silent. Somebody of the house's own staff, whom the house vouches for, sees the house's own records of one
//! patient, for four hours at most, under what is kept of the chain ([`crate::standby`]): the licence, the role and the advance directive of a
//! final state that is at most a day old. Everything is in the access log before the first byte leaves, and is handed in to the chain
//! afterwards ([`crate::late`]). As soon as the chain answers again this way is shut: then the glass is broken there.

use crate::{
	chain::{facts::question, now},
	decide::{Decided, Why},
	gateway::{Failure, Gateway},
	release::{asks_of, Leaving, Refusal},
	search::Page,
	store::{Emergency, Found, State, StoreFault},
	vault::{random, Kind},
};
use codec::Encode;
use salus_consent_decision::{kinds_for, Actor, Verdict};
use salus_exchange_policy::{Ask, DataClass, Labels};
use salus_exchange_protocol::{
	account::{Account, Address},
	codes::{Action, Purpose},
	event::{Access, Event, Outcome, RequesterKind},
	Hash,
};
use salus_primitives::{
	AdvanceDirective, DataClassSet, EmergencyAccess, EmergencyReason, Interval, PatientState, Role,
};
use salus_verify::{
	decision::{advance, was_stopped, Facts},
	Error,
};
use std::{
	collections::BTreeSet,
	fmt,
	sync::{Arc, PoisonError},
	time::Instant,
};

/// How long an emergency lets, in seconds: as long as on the chain.
pub const LENGTH: u64 = 4 * 3_600;
/// How old what is kept of the chain may be, in seconds.
pub const MAX_AGE: u64 = 24 * 3_600;
/// As what a declaration stands in the access log, where other entries have a record.
pub const TARGET: &str = "$emergency";
/// The longest note, in bytes.
pub const MAX_NOTE: usize = 4_000;
/// How far the clock may be behind the time of the last block of which something is kept, in seconds.
const SLACK: u64 = 15;
/// How many records are looked at in one go.
const AT_ONCE: usize = 20;

/// Whom it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
	/// A handle of the chain.
	Handle(Hash),
	/// An id of the house.
	Own(String),
}

/// What somebody declares.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declaration {
	/// The account under which the chain knows who declares.
	pub who: Account,
	/// The patient.
	pub subject: Subject,
	/// Why.
	pub reason: EmergencyReason,
	/// Of which data.
	pub classes: DataClassSet,
	/// What the house writes down about it; at most [`MAX_NOTE`] bytes.
	pub note: String,
}

/// What of a patient is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
	/// A page of all there is, after the record of that number.
	After(u64),
	/// One record: its type and id.
	One(String, String),
}

/// Why nobody may look, or nothing is there.
#[derive(Debug)]
pub enum NotLet {
	/// The chain answers, or has not been silent for [`MISSES`](crate::chain::watch::MISSES) looks yet: the glass is to be broken there.
	ChainAnswers,
	/// The patient is not linked here.
	UnknownPatient,
	/// The account is not on the list of the house's staff.
	UnknownStaff,
	/// There is no emergency of that name.
	UnknownEmergency,
	/// It was declared more than four hours ago.
	Over,
	/// The clock here is behind a moment that is known to have been.
	Clock,
	/// What the chain says was never kept: of the house, of the person or of the patient.
	NothingKept,
	/// What is kept is so many seconds old.
	TooOld(u64),
	/// The chain did not know the patient.
	NoHandle,
	/// The patient is dead beyond dispute, or the handle is given up.
	HandleState,
	/// The person had no role at the organisation.
	NoRole,
	/// The person was no clinician.
	WrongRole,
	/// The organisation had no licence to treat.
	NotLicensed,
	/// Its licence to treat was suspended or revoked.
	LicenceStopped,
	/// The patient has excluded emergency access in advance.
	Excluded,
	/// There is no such record that may be seen.
	NotFound,
	/// Something here.
	Failure(Failure),
}

impl NotLet {
	/// The code of the refusal.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::ChainAnswers => "chain-answers",
			Self::UnknownPatient => "patient-unknown",
			Self::UnknownStaff => "staff-unknown",
			Self::UnknownEmergency => "emergency-unknown",
			Self::Over => "emergency-over",
			Self::Clock => "clock",
			Self::NothingKept => "nothing-kept",
			Self::TooOld(_) => "kept-too-old",
			Self::NoHandle => "handle-unknown",
			Self::HandleState => "handle-state",
			Self::NoRole => "no-role",
			Self::WrongRole => "wrong-role",
			Self::NotLicensed => "not-licensed",
			Self::LicenceStopped => "licence-stopped",
			Self::Excluded => "excluded",
			Self::NotFound => "not-found",
			Self::Failure(_) => "failure",
		}
	}
}

impl fmt::Display for NotLet {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::ChainAnswers => f.write_str("the chain answers, or has only just gone silent: break the glass there, and ask with the purpose Btg; if it does not answer, declare it here again in half a minute"),
			Self::UnknownPatient => f.write_str("the patient is not linked here, so that nothing of the chain is kept of the patient"),
			Self::UnknownStaff => f.write_str("the credential is not on the list of the house's staff"),
			Self::UnknownEmergency => f.write_str("there is no emergency of that name"),
			Self::Over => f.write_str("the emergency was declared four hours ago or more; if it goes on, declare it again"),
			Self::Clock => f.write_str("the clock of this host is behind a moment that is known to have been; it has to be set right first"),
			Self::NothingKept => f.write_str("what the chain says of the house, of this person or of this patient was never kept here"),
			Self::TooOld(age) => write!(f, "what is kept of the chain is {age} s old, and may be {MAX_AGE} s old"),
			Self::NoHandle => f.write_str("the chain did not know the patient"),
			Self::HandleState => f.write_str("the patient is dead, or the handle was given up"),
			Self::NoRole => f.write_str("the person had no role at the organisation"),
			Self::WrongRole => f.write_str("the person was no clinician of the organisation"),
			Self::NotLicensed => f.write_str("the organisation had no licence to treat"),
			Self::LicenceStopped => f.write_str("the organisation's licence to treat was suspended or revoked"),
			Self::Excluded => f.write_str("the patient has excluded emergency access in advance"),
			Self::NotFound => f.write_str("there is no such record that this emergency lets"),
			Self::Failure(_) => f.write_str("the gateway failed; its operator finds out why in its log"),
		}
	}
}

impl std::error::Error for NotLet {}

impl From<Failure> for NotLet {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}

impl From<StoreFault> for NotLet {
	fn from(fault: StoreFault) -> Self {
		Self::Failure(fault.into())
	}
}

/// Why somebody may look.
struct Grounds {
	facts: Facts,
	/// The block of what is kept, in words.
	by: String,
}

impl Gateway {
	/// Whether the chain is silent: then this way is open. By the gateway's own looks alone: whoever asks here, or anywhere else, has no part in it.
	fn chain_is_silent(&self) -> Result<(), NotLet> {
		match self.watch.is_silent() {
			true => Ok(()),
			false => Err(NotLet::ChainAnswers),
		}
	}

	/// Whether what is kept of the chain lets somebody declare an emergency at a moment, whatever the data.
	fn grounds(&self, who: &[u8; 32], patient: &Hash, at: u64) -> Result<Grounds, NotLet> {
		if at.saturating_add(SLACK) < self.store.kept_last()? {
			return Err(NotLet::Clock);
		}
		if !self.store.is_staff(who)? {
			return Err(NotLet::UnknownStaff);
		}
		let standby = self.standby(who, patient)?.ok_or(NotLet::NothingKept)?;
		// Of a clock that was set back, the time since the last block of the present tells nothing too young.
		let since = *self.kept_at.lock().unwrap_or_else(PoisonError::into_inner);
		let since = since.map_or(0, |kept: Instant| kept.elapsed().as_secs());
		let age = at.saturating_sub(standby.time).max(since);
		if age > MAX_AGE {
			return Err(NotLet::TooOld(age));
		}
		let organisation = self.config.organisation;
		let asked = self.asked(who, patient, DataClass::Demographics, &Labels::new());
		let asked = asked.ok_or(NotLet::NothingKept)?;
		let unreadable = |error: Error| {
			tracing::error!(%error, "what is kept of the chain");
			NotLet::NothingKept
		};
		let mut facts = match Facts::read(&asked, at, &standby) {
			Ok(facts) => facts,
			Err(Error::NoSuchPatient { .. }) => return Err(NotLet::NoHandle),
			Err(error) => return Err(unreadable(error)),
		};
		let care = kinds_for(asked.purpose);
		match facts.standing {
			standing if standing.roles.is_empty() => return Err(NotLet::NoRole),
			standing if !standing.roles.contains(Role::Clinician) => return Err(NotLet::WrongRole),
			standing if !standing.kinds.intersects(care) => {
				let stopped = was_stopped(&standby, organisation, care, at).map_err(unreadable)?;
				return Err(if stopped { NotLet::LicenceStopped } else { NotLet::NotLicensed });
			},
			_ => {},
		}
		if matches!(facts.state, PatientState::DeceasedFinal | PatientState::Retired) {
			return Err(NotLet::HandleState);
		}
		facts.advance = advance(&standby, asked.subject, at).map_err(unreadable)?;
		if facts.advance == AdvanceDirective::NoEmergency {
			return Err(NotLet::Excluded);
		}
		let by = format!(
			"by what was kept of final block {} {} of {}",
			standby.number, standby.hash, standby.time
		);
		Ok(Grounds { facts, by })
	}

	fn asked(
		&self,
		who: &[u8; 32],
		patient: &Hash,
		class: DataClass,
		labels: &Labels,
	) -> Option<crate::chain::facts::Question> {
		let actor = Actor::Practitioner { who: *who, organisation: self.config.organisation };
		question(patient, actor, (Purpose::Btg, Action::Read), (class, labels), None)
	}

	/// What an emergency lets, by the chain's own rules: as if it stood on the chain.
	fn lets(&self, emergency: &Emergency, grounds: &mut Grounds, ask: &Ask) -> bool {
		let Emergency { who, patient, classes, happened, until, .. } = emergency;
		let access = EmergencyAccess {
			who: *who,
			organisation: self.config.organisation,
			classes: DataClassSet(*classes),
			period: Interval::new(*happened, *until),
		};
		grounds.facts.accesses = vec![(0, access)];
		let asked = self.asked(who, patient, ask.data_class, &ask.labels);
		asked.is_some_and(|asked| matches!(grounds.facts.verdict(&asked), Verdict::Emergency(_)))
	}

	fn emergency_event(
		&self,
		(id, who): (Hash, &[u8; 32]),
		record_id: String,
		outcome: Outcome,
		decision: String,
	) -> Event {
		Event::Access(Access {
			time: now(),
			organisation: Some(self.config.organisation),
			outcome,
			request_id: id,
			record_id,
			requester: Address::from(Account(*who)),
			requester_organisation: Some(self.config.organisation),
			requester_kind: Some(RequesterKind::Person),
			purpose: Purpose::Btg,
			action: Action::Read,
			decision,
		})
	}

	/// Logs that somebody of the staff was refused, for whoever may see what the log says of that patient. Of who is none of the staff, and of a
	/// chain that answers, there is nothing to tell of.
	async fn not_let<T>(
		self: &Arc<Self>,
		(id, who): (Hash, [u8; 32]),
		(record_id, about): (&str, Option<Hash>),
		done: Result<T, NotLet>,
	) -> Result<T, NotLet> {
		let refused = match done {
			Err(NotLet::Failure(_) | NotLet::ChainAnswers) | Ok(_) => return done,
			Err(refused) => refused,
		};
		if let NotLet::UnknownStaff = refused {
			self.tally.count("affiliation");
			return Err(refused);
		}
		let words = format!("Emergency without the chain: {refused}");
		let event = self.emergency_event((id, &who), record_id.into(), Outcome::Refused, words);
		self.blocking(move |gateway| Ok(gateway.store.append_about(&[event], about)?)).await?;
		Err(refused)
	}

	/// Declares an emergency. When this returns, it is in the access log, on the disk. Of one that lets the same person all of it already,
	/// that one is told.
	pub async fn declare(self: &Arc<Self>, declaration: Declaration) -> Result<Emergency, NotLet> {
		self.chain_is_silent()?;
		let id = Hash(random::<32>().map_err(Failure::Io)?);
		let who = declaration.who.0;
		let done = self.blocking(move |gateway| {
			let handle = gateway.handle_of(&declaration.subject)?;
			Ok((handle, gateway.declare_now(id, &declaration, handle, now())))
		});
		let (handle, declared) = done.await?;
		self.not_let((id, who), (TARGET, handle), declared).await
	}

	/// The handle of a patient, as far as it is known.
	fn handle_of(&self, subject: &Subject) -> Result<Option<Hash>, Failure> {
		match subject {
			Subject::Handle(handle) => Ok(Some(*handle)),
			Subject::Own(local) => {
				Ok(self.store.handle_of(&self.vault.index("patient", local.as_bytes()))?)
			},
		}
	}

	fn declare_now(
		&self,
		id: Hash,
		declaration: &Declaration,
		handle: Option<Hash>,
		at: u64,
	) -> Result<Emergency, NotLet> {
		let Declaration { who, reason, classes, note, .. } = declaration;
		// First: whoever is none of the staff learns nothing of patients, and nothing is logged in that name.
		if !self.store.is_staff(&who.0)? {
			return Err(NotLet::UnknownStaff);
		}
		let patient = handle.ok_or(NotLet::UnknownPatient)?;
		if !self.store.is_linked(&patient)? {
			return Err(NotLet::UnknownPatient);
		}
		let grounds = self.grounds(&who.0, &patient, at)?;
		let open = self.store.emergencies_open(&who.0, &patient, at)?;
		let covers = |open: &Emergency| classes.is_subset_of(DataClassSet(open.classes));
		if let Some(open) = open.into_iter().find(covers) {
			return Ok(open);
		}
		let salt = random::<32>().map_err(Failure::Io)?;
		let written = [salt.as_slice(), note.as_bytes()].concat();
		let sealed = self.vault.seal(Kind::Note, &id.0, &written).map_err(Failure::Io)?;
		let emergency = Emergency {
			id,
			who: who.0,
			patient,
			reason: reason.encode().first().copied().unwrap_or_default(),
			classes: classes.0,
			happened: at,
			until: at.saturating_add(LENGTH),
			detail: Hash::of(&written),
			note: sealed,
			recorded: None,
		};
		let words = format!("Emergency without the chain, declared: {reason:?}; {}", grounds.by);
		let event = self.emergency_event((id, &who.0), TARGET.into(), Outcome::Released, words);
		self.store.declare(&emergency, &event)?;
		tracing::warn!("an emergency was declared while the chain is silent");
		Ok(emergency)
	}

	/// What an emergency lets of the house's records. When this returns, each resource has its entry in the access log, on the disk. What is
	/// not linked to this patient, is in quarantine or is not among the classes, is not there.
	pub async fn look(self: &Arc<Self>, id: Hash, wanted: Wanted) -> Result<Page, NotLet> {
		let found = self.blocking(move |gateway| Ok(gateway.store.emergency(&id)?)).await?;
		let emergency = found.ok_or(NotLet::UnknownEmergency)?;
		self.chain_is_silent()?;
		let record_id = match &wanted {
			Wanted::After(_) => TARGET.into(),
			Wanted::One(name, id) => format!("{name}/{id}"),
		};
		let done = self.looked(&emergency, wanted).await;
		self.not_let((id, emergency.who), (&record_id, Some(emergency.patient)), done).await
	}

	async fn looked(
		self: &Arc<Self>,
		emergency: &Emergency,
		wanted: Wanted,
	) -> Result<Page, NotLet> {
		if let Wanted::After(mut after) = wanted {
			loop {
				let (next, leaving) = self.some_of(emergency, Wanted::After(after)).await?;
				match (next, leaving.is_empty()) {
					(Some(next), true) => after = next,
					(next, _) => return self.leave(emergency, leaving, next).await,
				}
			}
		}
		let (_, leaving) = self.some_of(emergency, wanted).await?;
		if leaving.is_empty() {
			return Err(NotLet::NotFound);
		}
		self.leave(emergency, leaving, None).await
	}

	/// What may leave of the next records, and after which one it goes on.
	async fn some_of(
		self: &Arc<Self>,
		emergency: &Emergency,
		wanted: Wanted,
	) -> Result<(Option<u64>, Vec<Leaving>), NotLet> {
		let of = emergency.clone();
		let judged = self.blocking(move |gateway| Ok(gateway.some_judged(&of, wanted))).await?;
		let (next, records, decided) = judged?;
		// Whoever keeps the room of the outside face full keeps nobody from an emergency.
		let (leaving, is_cut, _) =
			self.leaving(records, decided, None).await.map_err(|refusal| match refusal {
				Refusal::Failure(failure) => NotLet::Failure(failure),
				_ => NotLet::NotFound,
			})?;
		let last = leaving.last().map(|each| each.found.number).filter(|_| is_cut);
		Ok((last.or(next), leaving))
	}

	fn some_judged(
		&self,
		emergency: &Emergency,
		wanted: Wanted,
	) -> Result<(Option<u64>, Vec<Found>, Decided), NotLet> {
		let at = now();
		if at >= emergency.until {
			return Err(NotLet::Over);
		}
		let mut grounds = self.grounds(&emergency.who, &emergency.patient, at)?;
		let (mut records, mut next) = (Vec::new(), None);
		match wanted {
			Wanted::After(after) => {
				let all = BTreeSet::new();
				let some = self.store.all_of(&emergency.patient, &all, after, AT_ONCE)?;
				next = some.last().map(|last| last.number).filter(|_| some.len() == AT_ONCE);
				for each in some {
					records.extend(self.store.numbered(each.number)?);
				}
			},
			Wanted::One(name, id) => {
				let found = self.store.current(&name, &id)?;
				records.extend(found.filter(|found| found.patient == Some(emergency.patient)));
			},
		}
		let mut decided = Decided::default();
		let words = format!(
			"Emergency without the chain, declared at {}; {}",
			emergency.happened, grounds.by
		);
		for found in &records {
			let State::Held(judged) = &found.state else { continue };
			for ask in asks_of(judged) {
				let allows = self.lets(emergency, &mut grounds, &ask);
				decided.permitted.insert(ask.clone(), allows);
				decided.reasons.insert(ask, Why { allows, words: words.clone() });
			}
		}
		Ok((next, records, decided))
	}

	async fn leave(
		self: &Arc<Self>,
		emergency: &Emergency,
		leaving: Vec<Leaving>,
		next: Option<u64>,
	) -> Result<Page, NotLet> {
		let name = |each: &Leaving| format!("{}/{}", each.found.resource_type, each.found.id);
		let events: Vec<Event> = leaving
			.iter()
			.map(|each| {
				let id = (emergency.id, &emergency.who);
				self.emergency_event(id, name(each), Outcome::Released, each.reason.clone())
			})
			.collect();
		let patient = Some(emergency.patient);
		self.blocking(move |gateway| Ok(gateway.store.append_about(&events, patient)?)).await?;
		Ok(Page { next: next.map(|next| format!("after={next}")), ..Page::of(leaving) })
	}
}
