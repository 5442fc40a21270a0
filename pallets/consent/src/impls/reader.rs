//! What a decision reads, each of it once for all questions about it in one block.

use crate::*;
use alloc::{collections::BTreeMap, rc::Rc, vec::Vec};
use codec::Encode;
use frame_support::BoundedVec;
use frame_system::pallet_prelude::BlockNumberFor;
use salus_consent_decision::{Care, Emergency, Sealed, Standing};
use salus_primitives::{
	traits::{CareRelations, Credentials, Emergencies, Patients, PlainDenials, SealedDirectives},
	Action, AdvanceDirective, CarePolicy, EmergencyAccess, EmergencyId, Interval, KeyPurpose,
	Moment, OptOut, OrgId, OrgKindSet, PatientId, PatientState, Purpose, RelationshipId, Role,
	RoleSet, Treatment,
};
use sp_runtime::traits::Zero;

/// What other pallets know that an answer may depend on, where the patient has not consented.
pub(super) struct Known<AccountId> {
	policy: CarePolicy,
	relationships: Vec<(RelationshipId, Treatment)>,
	opt_outs: Rc<Vec<OptOut>>,
	advance: AdvanceDirective,
	accesses: Vec<(EmergencyId, EmergencyAccess<AccountId>)>,
}

impl<AccountId> Known<AccountId> {
	/// Nothing.
	fn nothing() -> Self {
		Self {
			policy: CarePolicy::ConsentOnly,
			relationships: Vec::new(),
			opt_outs: Rc::default(),
			advance: AdvanceDirective::Unrestricted,
			accesses: Vec::new(),
		}
	}

	pub(super) fn care(&self) -> Care<'_> {
		Care { policy: self.policy, relationships: &self.relationships, opt_outs: &self.opt_outs }
	}

	pub(super) fn emergency(&self) -> Emergency<'_, AccountId> {
		Emergency { advance: self.advance, accesses: &self.accesses }
	}
}

/// What the patient has said without saying it on the chain, and what tells for whom it counts.
pub(super) struct Hidden {
	genesis: [u8; 32],
	/// Of the times at which the actor could not be denied in plain, the one that ended last.
	flagged: Option<Interval>,
	sealed: Rc<Vec<(SealedId, SealedDirective)>>,
}

impl Hidden {
	pub(super) fn sealed<'a, AccountId>(
		&'a self,
		openings: &'a [(SealedId, Opening<AccountId>)],
	) -> Sealed<'a, AccountId> {
		let Self { genesis, flagged, sealed } = self;
		Sealed { genesis: *genesis, flagged: flagged.as_slice(), directives: sealed, openings }
	}
}

/// What a patient had said by a moment.
pub(super) struct Said<T: Config> {
	pub vetoes: BoundedVec<PurposeVeto, frame_support::traits::ConstU32<MAX_VETOES>>,
	/// All directives that were in force, and some that had ended.
	pub directives: Vec<Numbered<T::AccountId>>,
	pub base: BaseDecision,
}

/// Reads for questions of one block, and remembers what it has read. What is kept for 256 questions about as many patients are
/// their sets of directives: a few megabytes, for as long as the call of the runtime API lasts.
pub(super) struct Reader<T: Config> {
	/// The moment of the block.
	pub now: Moment,
	states: BTreeMap<(PatientId, Moment), Option<PatientState>>,
	said: BTreeMap<(PatientId, Moment), Result<Rc<Said<T>>, QuestionError>>,
	sealed: BTreeMap<(PatientId, Moment), Option<Rc<Vec<(SealedId, SealedDirective)>>>>,
	opt_outs: BTreeMap<PatientId, Rc<Vec<OptOut>>>,
	relationships: BTreeMap<(PatientId, OrgId, Moment), Option<(RelationshipId, Treatment)>>,
	policies: BTreeMap<Moment, CarePolicy>,
	kinds: BTreeMap<(OrgId, Moment), OrgKindSet>,
	roles: BTreeMap<(OrgId, T::AccountId, Moment), RoleSet>,
	flagged: BTreeMap<(OrgId, Option<T::AccountId>, Moment), Option<Interval>>,
}

/// What is in `known` under `key`; read first if it is not.
fn once<K: Ord, V: Clone>(known: &mut BTreeMap<K, V>, key: K, read: impl FnOnce() -> V) -> V {
	known.entry(key).or_insert_with(read).clone()
}

impl<T: Config> Reader<T> {
	/// One that has read nothing yet.
	pub(super) fn new() -> Self {
		Self {
			now: Pallet::<T>::now(),
			states: BTreeMap::new(),
			said: BTreeMap::new(),
			sealed: BTreeMap::new(),
			opt_outs: BTreeMap::new(),
			relationships: BTreeMap::new(),
			policies: BTreeMap::new(),
			kinds: BTreeMap::new(),
			roles: BTreeMap::new(),
			flagged: BTreeMap::new(),
		}
	}

	/// The state of the patient at `at`, which is not after now.
	pub(super) fn state(&mut self, patient: &PatientId, at: Moment) -> Option<PatientState> {
		let now = self.now;
		once(&mut self.states, (*patient, at), || {
			if at == now {
				T::Patients::state(patient).map(|(state, _)| state)
			} else {
				T::Patients::state_at(patient, at)
			}
		})
	}

	/// What the patient had said by `at`.
	///
	/// # Errors
	/// [`QuestionError::HistoryUnavailable`]
	pub(super) fn said(
		&mut self,
		patient: &PatientId,
		at: Moment,
	) -> Result<Rc<Said<T>>, QuestionError> {
		let now = self.now;
		once(&mut self.said, (*patient, at), || {
			let live = Live::<T>::get(patient);
			let directives = if at == now {
				live.entries.into_inner()
			} else {
				directives_at::<T>(patient, live, at)?
			};
			let base = Pallet::<T>::base_of(&BaseDecisions::<T>::get(patient), at);
			Ok(Rc::new(Said { vetoes: Vetoes::<T>::get(patient), directives, base }))
		})
	}

	fn kinds(&mut self, organisation: OrgId, at: Moment) -> OrgKindSet {
		let read = || T::Credentials::licensed_kinds(organisation, at);
		once(&mut self.kinds, (organisation, at), read)
	}

	/// The roles of `who` at the organisation.
	pub(super) fn roles(&mut self, organisation: OrgId, who: &T::AccountId, at: Moment) -> RoleSet {
		let read = || T::Credentials::roles(organisation, who, at);
		once(&mut self.roles, (organisation, who.clone(), at), read)
	}

	/// What is known of the actor of `question` at `at`.
	pub(super) fn standing(&mut self, question: &Question<T::AccountId>, at: Moment) -> Standing {
		match &question.actor {
			Actor::Own(who) => Standing {
				own_key: T::Patients::key(who).is_some_and(|key| {
					key.patient == question.subject
						&& key.was_live(at)
						&& key.purposes.contains(KeyPurpose::View)
				}),
				kinds: OrgKindSet::EMPTY,
				roles: RoleSet::EMPTY,
			},
			Actor::Organisation(organisation) => Standing {
				own_key: false,
				kinds: self.kinds(*organisation, at),
				roles: RoleSet::EMPTY,
			},
			Actor::Practitioner { who, organisation } => Standing {
				own_key: false,
				kinds: self.kinds(*organisation, at),
				roles: self.roles(*organisation, who, at),
			},
		}
	}

	/// What is sealed that the answer to `question` as of `at` may depend on, whatever its purpose, action and class. Flags
	/// are asked for only where a denial is sealed that could be about the question for no other reason. With `opened` there
	/// are openings. `None` if history is not in this state.
	pub(super) fn hidden(
		&mut self,
		question: &Question<T::AccountId>,
		at: Moment,
		opened: bool,
	) -> Option<Hidden> {
		let (who, organisation) = match &question.actor {
			Actor::Own(_) => {
				return Some(Hidden { genesis: [0; 32], flagged: None, sealed: Rc::default() })
			},
			Actor::Organisation(organisation) => (None, *organisation),
			Actor::Practitioner { who, organisation } => (Some(who), *organisation),
		};
		let patient = &question.subject;
		let sealed = once(&mut self.sealed, (*patient, at), || {
			T::Sealed::sealed_at(patient, at).map(Rc::new)
		})?;
		let denied = sealed.iter().any(|(_, sealed)| sealed.effect == Effect::Deny);
		let flagged = if denied && question.labels.is_empty() {
			once(&mut self.flagged, (organisation, who.cloned(), at), || {
				let times = T::Credentials::refused_times(organisation, who, at);
				// A denial counts if one of them had not ended before it began. All of them began by `at`, so the one that
				// ended last says what all of them say, and is compared with every denial for every class.
				times.into_iter().max_by_key(|time| time.until)
			})
		} else {
			None
		};
		let genesis = if opened { genesis::<T>() } else { [0; 32] };
		Some(Hidden { genesis, flagged, sealed })
	}

	/// What other pallets know of `question` as of `at`. Asks no more than the answer can depend on: relationships for
	/// reading unlabelled data for treatment, and emergencies for reading under BTG by a clinician.
	pub(super) fn known(
		&mut self,
		question: &Question<T::AccountId>,
		standing: &Standing,
		at: Moment,
	) -> Known<T::AccountId> {
		let mut known = Known::nothing();
		let (who, organisation) = match &question.actor {
			Actor::Own(_) => return known,
			Actor::Organisation(organisation) => (None, *organisation),
			Actor::Practitioner { who, organisation } => (Some(who), *organisation),
		};
		let patient = &question.subject;
		match (question.purpose, question.action, who) {
			(Purpose::Treat, Action::Read, _) if question.labels.is_empty() => {
				known.policy = once(&mut self.policies, at, || T::Care::policy(at));
				if known.policy == CarePolicy::CareTeam {
					let key = (*patient, organisation, at);
					let read = || T::Care::relationship(patient, organisation, at);
					known.relationships =
						once(&mut self.relationships, key, read).into_iter().collect();
				}
				if !known.relationships.is_empty() {
					let read = || Rc::new(T::Care::opt_outs(patient));
					known.opt_outs = once(&mut self.opt_outs, *patient, read);
				}
			},
			(Purpose::Btg, Action::Read, Some(who)) if standing.roles.contains(Role::Clinician) => {
				known.accesses = T::Emergencies::emergencies(patient, organisation, who, at);
				if !known.accesses.is_empty() {
					known.advance = T::Emergencies::advance_directive(patient, at);
				}
			},
			_ => {},
		}
		known
	}
}

/// The genesis hash, which every commitment to a sealed directive binds.
fn genesis<T: Config>() -> [u8; 32] {
	let hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
	// Hashes of another length are on no chain of ours; with zeros no opening fits.
	hash.using_encoded(|bytes| <[u8; 32]>::try_from(bytes)).unwrap_or_default()
}

/// All directives of `patient` that were in force at `at`, a moment before now.
///
/// Reads the history from its end, and only as far back as `at`: what was moved to it by then
/// had ended by then.
fn directives_at<T: Config>(
	patient: &PatientId,
	live: LiveSet<T::AccountId>,
	at: Moment,
) -> Result<Vec<Numbered<T::AccountId>>, QuestionError> {
	let mut directives = live.entries.into_inner();
	for number in (0..live.swept.div_ceil(PAGE)).rev() {
		let page = History::<T>::get(patient, number).ok_or(QuestionError::HistoryUnavailable)?;
		if page.swept <= at {
			break;
		}
		directives.extend(page.entries.into_iter().filter(|(_, found)| found.in_force(at)));
	}
	Ok(directives)
}
