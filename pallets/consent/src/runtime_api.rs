//! Questions from outside: Polkadot.js offers them as `api.call.consentApi.*`.

// What the macro expands to has no documentation of its own.
#![allow(missing_docs)]

use crate::types::{
	BaseTerm, Numbered, Opening, PendingLift, PurposeVeto, Question, QuestionError, Request,
	RequestId, SealedId, Verdict,
};
use alloc::vec::Vec;
use codec::Codec;
use salus_primitives::PatientId;

sp_api::decl_runtime_apis! {
	/// Who may see what. A client acts on Permit only if the best and the finalised state both say
	/// so, and on anything else if either does.
	///
	/// Version 2 knows the grantee `PractitionerAt` and the end reason `Replaced`. Version 3 names the lawful basis,
	/// answers by care relationships, emergencies and base decisions, and lists the latter. Version 4 answers by sealed
	/// directives, and takes their openings.
	#[api_version(4)]
	pub trait ConsentApi<AccountId>
	where
		AccountId: Codec,
	{
		/// Answers one question, as of the block's moment or of any moment before.
		fn decide(question: Question<AccountId>) -> Result<Verdict, QuestionError>;

		/// Answers up to 256 questions.
		fn decide_many(
			questions: Vec<Question<AccountId>>,
		) -> Result<Vec<Result<Verdict, QuestionError>>, QuestionError>;

		/// The patient's directives in force, and those that ended but are not in the history yet.
		fn directives(patient: PatientId) -> Vec<Numbered<AccountId>>;

		/// A page, from 0, of the patient's directives that ended; `None` past the last.
		fn history(patient: PatientId, page: u32) -> Option<Vec<Numbered<AccountId>>>;

		/// The open requests to the patient, also expired ones that are still there.
		fn requests(patient: PatientId) -> Vec<(RequestId, Request<AccountId, ()>)>;

		/// The patient's vetoes, past and present.
		fn vetoes(patient: PatientId) -> Vec<PurposeVeto>;

		/// The patient's base decisions, past and present, in the order in which they were made; none if it has never
		/// made one.
		fn base_decisions(patient: PatientId) -> Vec<BaseTerm>;

		/// The patient's lifts that wait, also those that a freeze has stopped.
		fn pending_lifts(patient: PatientId) -> Vec<PendingLift>;

		/// Answers one question with the openings of up to 64 sealed directives, each with its number. Only to be asked of
		/// one's own node: whoever else gets an opening knows what the patient has sealed. The verdict is as secret as the
		/// openings: whoever asked is told what `Verdict::told` leaves of it.
		fn decide_with(
			question: Question<AccountId>,
			openings: Vec<(SealedId, Opening<AccountId>)>,
		) -> Result<Verdict, QuestionError>;
	}
}
