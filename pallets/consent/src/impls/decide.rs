//! Gathering what the pure decision needs, and answering for others.

use crate::*;
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{ensure, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use salus_consent_decision::{decide, Care, Context, Emergency, Sealed, Standing};
use salus_primitives::{
	traits::{
		CareRelations, Credentials, Emergencies, Patients, PlainDenials, SealedDirectives,
		TreatmentRelation,
	},
	Action, AdvanceDirective, CarePolicy, DataClass, DataClassSet, EmergencyAccess, EmergencyId,
	Interval, KeyPurpose, LabelSet, Moment, OptOut, OrgId, OrgKindSet, PatientId, Purpose,
	RelationshipId, Role, RoleSet, Treatment,
};
use sp_runtime::traits::Zero;

/// What other pallets know that an answer may depend on, where the patient has not consented.
struct Known<AccountId> {
	policy: CarePolicy,
	relationships: Vec<(RelationshipId, Treatment)>,
	opt_outs: Vec<OptOut>,
	advance: AdvanceDirective,
	accesses: Vec<(EmergencyId, EmergencyAccess<AccountId>)>,
}

impl<AccountId> Known<AccountId> {
	/// Nothing.
	fn nothing() -> Self {
		Self {
			policy: CarePolicy::ConsentOnly,
			relationships: Vec::new(),
			opt_outs: Vec::new(),
			advance: AdvanceDirective::Unrestricted,
			accesses: Vec::new(),
		}
	}

	fn care(&self) -> Care<'_> {
		Care { policy: self.policy, relationships: &self.relationships, opt_outs: &self.opt_outs }
	}

	fn emergency(&self) -> Emergency<'_, AccountId> {
		Emergency { advance: self.advance, accesses: &self.accesses }
	}
}

/// What the patient has said without saying it on the chain, and what tells for whom it counts.
#[derive(Default)]
struct Hidden {
	genesis: [u8; 32],
	/// Of the times at which the actor could not be denied in plain, the one that ended last.
	flagged: Option<Interval>,
	sealed: Vec<(SealedId, SealedDirective)>,
}

impl Hidden {
	fn sealed<'a, AccountId>(
		&'a self,
		openings: &'a [(SealedId, Opening<AccountId>)],
	) -> Sealed<'a, AccountId> {
		let Self { genesis, flagged, sealed } = self;
		Sealed { genesis: *genesis, flagged: flagged.as_slice(), directives: sealed, openings }
	}
}

impl<T: Config> Pallet<T> {
	/// What is known of the actor of `question` at `at`.
	fn standing(question: &Question<T::AccountId>, at: Moment) -> Standing {
		let kinds = |organisation| T::Credentials::licensed_kinds(organisation, at);
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
			Actor::Organisation(organisation) => {
				Standing { own_key: false, kinds: kinds(*organisation), roles: RoleSet::EMPTY }
			},
			Actor::Practitioner { who, organisation } => Standing {
				own_key: false,
				kinds: kinds(*organisation),
				roles: T::Credentials::roles(*organisation, who, at),
			},
		}
	}

	/// What is sealed that the answer to `question` as of `at` may depend on, whatever its purpose, action and class. Flags
	/// are asked for only where a denial is sealed that could be about the question for no other reason. With `opened` there
	/// are openings. `None` if history is not in this state.
	fn hidden(question: &Question<T::AccountId>, at: Moment, opened: bool) -> Option<Hidden> {
		let (who, organisation) = match &question.actor {
			Actor::Own(_) => return Some(Hidden::default()),
			Actor::Organisation(organisation) => (None, *organisation),
			Actor::Practitioner { who, organisation } => (Some(who), *organisation),
		};
		let sealed = T::Sealed::sealed_at(&question.subject, at)?;
		let denied = sealed.iter().any(|(_, sealed)| sealed.effect == Effect::Deny);
		let flagged = (denied && question.labels.is_empty())
			.then(|| T::Credentials::refused_times(organisation, who, at))
			// A denial counts if one of them had not ended before it began. All of them began by `at`, so the one that ended
			// last says what all of them say, and is compared with every denial for every class.
			.and_then(|times| times.into_iter().max_by_key(|time| time.until));
		let genesis = if opened { Self::genesis() } else { [0; 32] };
		Some(Hidden { genesis, flagged, sealed })
	}

	/// What other pallets know of `question` as of `at`. Asks no more than the answer can depend on: relationships for
	/// reading unlabelled data for treatment, and emergencies for reading under BTG by a clinician.
	fn known(
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
				known.policy = T::Care::policy(at);
				if known.policy == CarePolicy::CareTeam {
					known.relationships =
						T::Care::relationship(patient, organisation, at).into_iter().collect();
				}
				if !known.relationships.is_empty() {
					known.opt_outs = T::Care::opt_outs(patient);
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

	/// The genesis hash, which every commitment to a sealed directive binds.
	fn genesis() -> [u8; 32] {
		let hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		// Hashes of another length are on no chain of ours; with zeros no opening fits.
		hash.using_encoded(|bytes| <[u8; 32]>::try_from(bytes)).unwrap_or_default()
	}

	/// All directives of `patient` that were in force at `at`, a moment before now.
	///
	/// Reads the history from its end, and only as far back as `at`: what was moved to it by then
	/// had ended by then.
	fn directives_at(
		patient: &PatientId,
		live: LiveSet<T::AccountId>,
		at: Moment,
	) -> Result<Vec<Numbered<T::AccountId>>, QuestionError> {
		let mut directives = live.entries.into_inner();
		for number in (0..live.swept.div_ceil(PAGE)).rev() {
			let page =
				History::<T>::get(patient, number).ok_or(QuestionError::HistoryUnavailable)?;
			if page.swept <= at {
				break;
			}
			directives.extend(page.entries.into_iter().filter(|(_, found)| found.in_force(at)));
		}
		Ok(directives)
	}

	/// Answers one question, as of now or of any moment before.
	///
	/// The answer for a moment before now never changes.
	///
	/// # Errors
	/// - [`QuestionError::FutureMoment`]: `at` is after now.
	/// - [`QuestionError::UnknownPatient`]: there is no such handle, or there was none at `at`.
	/// - [`QuestionError::HistoryUnavailable`]: a page of the history is not in this state.
	pub fn decide(question: &Question<T::AccountId>) -> Result<Verdict, QuestionError> {
		Self::decide_with(question, &[])
	}

	/// Answers as [`Pallet::decide`] does, and knows what is in the sealed directives that `openings` open. Never in a
	/// transaction: an opening stands in no block. **The verdict is as secret as the openings**: whoever asked is told, and
	/// records that others read keep, what [`Verdict::told`] leaves of it.
	///
	/// # Errors
	/// - Those of [`Pallet::decide`].
	/// - [`QuestionError::TooManyOpenings`]: there are more than [`MAX_OPENINGS`].
	pub fn decide_with(
		question: &Question<T::AccountId>,
		openings: &[(SealedId, Opening<T::AccountId>)],
	) -> Result<Verdict, QuestionError> {
		ensure!(
			u32::try_from(openings.len()).is_ok_and(|count| count <= MAX_OPENINGS),
			QuestionError::TooManyOpenings
		);
		let now = Self::now();
		let at = question.at.unwrap_or(now);
		ensure!(at <= now, QuestionError::FutureMoment);
		let patient = &question.subject;
		let state = if at == now {
			T::Patients::state(patient).map(|(state, _)| state)
		} else {
			T::Patients::state_at(patient, at)
		};
		let state = state.ok_or(QuestionError::UnknownPatient)?;
		let standing = Self::standing(question, at);
		let (vetoes, live, base) = match question.actor {
			// Own access asks no directive.
			Actor::Own(_) => (BoundedVec::new(), LiveSet::default(), BaseDecision::Unset),
			_ => {
				let base = Self::base_of(&BaseDecisions::<T>::get(patient), at);
				(Vetoes::<T>::get(patient), Live::<T>::get(patient), base)
			},
		};
		let hidden = Self::hidden(question, at, !openings.is_empty())
			.ok_or(QuestionError::HistoryUnavailable)?;
		let known = Self::known(question, &standing, at);
		let directives = if at == now {
			live.entries.into_inner()
		} else {
			Self::directives_at(patient, live, at)?
		};
		Ok(decide(&Context {
			question,
			at,
			state,
			standing,
			vetoes: &vetoes,
			directives: &directives,
			base,
			care: known.care(),
			emergency: known.emergency(),
			sealed: hidden.sealed(openings),
		}))
	}

	/// Answers up to [`MAX_QUESTIONS`] questions, each as [`Pallet::decide`] does.
	///
	/// # Errors
	/// - [`QuestionError::TooManyQuestions`]: there are more.
	pub fn decide_many(
		questions: Vec<Question<T::AccountId>>,
	) -> Result<Vec<Result<Verdict, QuestionError>>, QuestionError> {
		ensure!(
			u32::try_from(questions.len()).is_ok_and(|count| count <= MAX_QUESTIONS),
			QuestionError::TooManyQuestions
		);
		Ok(questions.iter().map(Self::decide).collect())
	}

	/// The directives of `patient` in force, and those that ended but are not in the history yet.
	pub fn directives(patient: &PatientId) -> Vec<Numbered<T::AccountId>> {
		Live::<T>::get(patient).entries.into_inner()
	}

	/// Page `number` of the directives of `patient` that ended; `None` past the last page.
	pub fn history(patient: &PatientId, number: u32) -> Option<Vec<Numbered<T::AccountId>>> {
		History::<T>::get(patient, number).map(|page| page.entries.into_inner())
	}

	/// The open requests to `patient`, also those that have expired but are still there.
	pub fn requests(patient: &PatientId) -> Vec<(RequestId, Request<T::AccountId, ()>)> {
		let known = OpenRequests::<T>::get(patient).open;
		let request = |(id, _)| {
			let Request {
				organisation,
				requested_by,
				grantee,
				access,
				terms,
				expires_at,
				payer,
				ticket: _,
			} = Requests::<T>::get(patient, id)?;
			let request = Request {
				organisation,
				requested_by,
				grantee,
				access,
				terms,
				expires_at,
				payer,
				ticket: (),
			};
			Some((id, request))
		};
		known.into_iter().filter_map(request).collect()
	}

	/// The vetoes of `patient`, past and present.
	pub fn vetoes(patient: &PatientId) -> Vec<PurposeVeto> {
		Vetoes::<T>::get(patient).into_inner()
	}

	/// The base decisions of `patient`, past and present, in the order in which they were made.
	pub fn base_decisions(patient: &PatientId) -> Vec<BaseTerm> {
		BaseDecisions::<T>::get(patient).into_inner()
	}

	/// The lifts of `patient` that wait, also those that a freeze has stopped.
	pub fn pending_lifts(patient: &PatientId) -> Vec<PendingLift> {
		PendingLifts::<T>::get(patient).into_inner()
	}
}

/// Decides for now alone, over the at most [`MAX_LIVE`] directives of one item, whatever the
/// number of classes.
impl<T: Config> TreatmentRelation<T::AccountId> for Pallet<T> {
	/// Whether a record made now, in at least one of `classes`, may be read for treatment, or in an emergency.
	///
	/// Who has a role at the organisation is asked about as that practitioner; its administrator
	/// without a role as the organisation.
	fn treats(patient: &PatientId, org: OrgId, who: &T::AccountId, classes: DataClassSet) -> bool {
		let now = Self::now();
		let roles = T::Credentials::roles(org, who, now);
		let actor = if !roles.is_empty() {
			Actor::Practitioner { who: who.clone(), organisation: org }
		} else if T::Credentials::admin(org).as_ref() == Some(who) {
			Actor::Organisation(org)
		} else {
			return false;
		};
		let Some((state, _)) = T::Patients::state(patient) else { return false };
		let kinds = T::Credentials::licensed_kinds(org, now);
		let standing = Standing { own_key: false, kinds, roles };
		let vetoes = Vetoes::<T>::get(patient);
		let live = Live::<T>::get(patient);
		let base = Self::base_of(&BaseDecisions::<T>::get(patient), now);
		let mut question = Question {
			subject: *patient,
			actor,
			purpose: Purpose::Treat,
			action: Action::Read,
			class: DataClass::Demographics,
			labels: LabelSet::EMPTY,
			data_time: Some(now),
			at: None,
		};
		// The same for both purposes and all classes.
		let Some(hidden) = Self::hidden(&question, now, false) else { return false };
		[Purpose::Treat, Purpose::Btg].into_iter().any(|purpose| {
			question.purpose = purpose;
			let known = Self::known(&question, &standing, now);
			classes.iter().any(|class| {
				question.class = class;
				let verdict = decide(&Context {
					question: &question,
					at: now,
					state,
					standing,
					vetoes: &vetoes,
					directives: &live.entries,
					base,
					care: known.care(),
					emergency: known.emergency(),
					sealed: hidden.sealed(&[]),
				});
				match (purpose, verdict) {
					// Whom a directive permits to break the glass has not broken it.
					(Purpose::Btg, verdict) => matches!(verdict, Verdict::Emergency(_)),
					// A base decision lets everybody read, and makes nobody one who treats: a record that names the
					// patient is a tie for ever, which the patient has not chosen with it.
					(_, Verdict::Permit(Basis::Base)) => false,
					(_, verdict) => verdict.allows(),
				}
			})
		})
	}

	/// Fills the patient's directives, vetoes and base decisions with what is about others or is over, and its sealed
	/// directives with denials that would count for `org` and `who`, had their flags lasted longer. And permits `org`, unless an
	/// emergency lets `who`, which is looked at last: the decision reads as much as it can.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_treatment(patient: &PatientId, org: OrgId, who: &T::AccountId) -> bool {
		use frame_support::traits::Get;
		use salus_primitives::{ActionSet, PurposeSet};
		let now = Self::now();
		T::Care::benchmark_relationship(patient, org);
		let emergency = T::Emergencies::benchmark_emergency(patient, org, who);
		T::Sealed::benchmark_denials(patient);
		T::Credentials::benchmark_refused_times(org, who);
		crate::benchmarking::fill_vetoes::<T>(*patient, Some(Purpose::Treat));
		crate::benchmarking::fill_base::<T>(*patient, 1, BaseDecision::Unset);
		let permitted = (!emergency).then_some((org, Effect::Permit));
		let others = (1..MAX_LIVE).map(|n| {
			let effect = if n < MAX_PERMITS { Effect::Permit } else { Effect::Deny };
			(org.saturating_add(n), effect)
		});
		for (organisation, effect) in others.chain(permitted) {
			let directive = Directive {
				effect,
				grantee: Grantee::Organisation(organisation),
				scope: Scope {
					actions: ActionSet::ALL,
					purposes: PurposeSet::of(&[Purpose::Treat]),
					classes: DataClassSet::ALL,
					labels: LabelSet::EMPTY,
					data: Interval::ALWAYS,
				},
				period: Interval::new(now, now.saturating_add(T::MaxCareTerm::get())),
				max_uses: None,
				redisclose_depth: 1,
				erase_after: None,
				granted_by: GrantedBy::Key,
				basis: DirectiveBasis::SelfMade,
				ended: None,
			};
			Self::record(patient, now, directive).expect("there is room in a benchmark");
		}
		emergency
	}
}
