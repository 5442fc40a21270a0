//! Gathering what the pure decision needs, and answering for others.

use super::reader::Reader;
use crate::*;
use alloc::vec::Vec;
use frame_support::ensure;
use salus_consent_decision::{decide, Context};
use salus_primitives::{
	traits::{Credentials, TreatmentRelation},
	Action, DataClass, DataClassSet, LabelSet, OrgId, PatientId, Purpose,
};

impl<T: Config> Pallet<T> {
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
		Self::answer(&mut Reader::new(), question, openings)
	}

	/// Answers one question with what `reader` has read, and lets it read what it has not.
	fn answer(
		reader: &mut Reader<T>,
		question: &Question<T::AccountId>,
		openings: &[(SealedId, Opening<T::AccountId>)],
	) -> Result<Verdict, QuestionError> {
		let at = question.at.unwrap_or(reader.now);
		ensure!(at <= reader.now, QuestionError::FutureMoment);
		let patient = &question.subject;
		let state = reader.state(patient, at).ok_or(QuestionError::UnknownPatient)?;
		let standing = reader.standing(question, at);
		let said = match question.actor {
			// Own access asks no directive.
			Actor::Own(_) => None,
			_ => Some(reader.said(patient, at)?),
		};
		let hidden = reader
			.hidden(question, at, !openings.is_empty())
			.ok_or(QuestionError::HistoryUnavailable)?;
		let known = reader.known(question, &standing, at);
		Ok(decide(&Context {
			question,
			at,
			state,
			standing,
			vetoes: said.as_ref().map(|said| said.vetoes.as_slice()).unwrap_or_default(),
			directives: said.as_ref().map(|said| said.directives.as_slice()).unwrap_or_default(),
			base: said.as_ref().map_or(BaseDecision::Unset, |said| said.base),
			care: known.care(),
			emergency: known.emergency(),
			sealed: hidden.sealed(openings),
		}))
	}

	/// Answers up to [`MAX_QUESTIONS`] questions, each as [`Pallet::decide`] does. What several of them are about is read once.
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
		let mut reader = Reader::new();
		Ok(questions.iter().map(|question| Self::answer(&mut reader, question, &[])).collect())
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
		let mut reader = Reader::<T>::new();
		let now = reader.now;
		let roles = reader.roles(org, who, now);
		let actor = if !roles.is_empty() {
			Actor::Practitioner { who: who.clone(), organisation: org }
		} else if T::Credentials::admin(org).as_ref() == Some(who) {
			Actor::Organisation(org)
		} else {
			return false;
		};
		let Some(state) = reader.state(patient, now) else { return false };
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
		let standing = reader.standing(&question, now);
		let Ok(said) = reader.said(patient, now) else { return false };
		let Some(hidden) = reader.hidden(&question, now, false) else { return false };
		[Purpose::Treat, Purpose::Btg].into_iter().any(|purpose| {
			question.purpose = purpose;
			let known = reader.known(&question, &standing, now);
			classes.iter().any(|class| {
				question.class = class;
				let verdict = decide(&Context {
					question: &question,
					at: now,
					state,
					standing,
					vetoes: &said.vetoes,
					directives: &said.directives,
					base: said.base,
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
		use salus_primitives::{
			traits::{CareRelations, Emergencies, PlainDenials, SealedDirectives},
			ActionSet, Interval, PurposeSet,
		};
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
