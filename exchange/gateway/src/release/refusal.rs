//! Why nothing leaves, or no answer of the kind that was asked for.

use crate::{
	auth::NoToken, chain::Stale, decide::Undecided, downloads::Full, gateway::Failure,
	quotas::TooOften, room::NoRoom,
};
use salus_exchange_protocol::request::RequestFault;

/// Why there is no answer of the kind that was asked for.
#[derive(Debug)]
pub enum Refusal {
	/// What was signed is no request that is taken.
	Request(RequestFault),
	/// What was signed is for something else than what is asked.
	OtherTarget,
	/// The organisation is none that a registrar admitted.
	Organisation,
	/// Who asks has no role there.
	Affiliation,
	/// The token is not taken.
	Token(NoToken),
	/// The request was answered before.
	Replayed,
	/// The node's blocks are not those of the present, or it does not answer.
	Stale(Stale),
	/// The organisation, or the patient, or strangers altogether, asked too often: after how many seconds there is an answer again.
	TooOften(u64),
	/// There are as many downloads, or answers on their way have as many bytes, as there may be.
	Busy,
	/// There is nothing for whoever asks: nothing at all, or nothing that is permitted, or it is in quarantine, or was erased. Which, is
	/// for the log alone.
	NotFound(String),
	/// The openings that the request brings are no list of openings.
	Openings,
	/// The search is none that is offered: which part, and what would be right.
	Search(String),
	/// There is no receipt yet: the chain is not known to have the record.
	NotAnchored,
	/// Not all of the record is permitted, so that it would not be what was anchored.
	NotWhole,
	/// Something here.
	Failure(Failure),
}

impl Refusal {
	/// What the log says of it. Only words of this program: others may name a person or a path.
	pub(super) fn words(&self) -> String {
		match self {
			Self::Stale(Stale::Silent(_)) => "the gateway's node did not answer".into(),
			Self::Stale(stale) => stale.to_string(),
			Self::NotFound(why) => why.clone(),
			Self::Openings => "the openings are none".into(),
			Self::Busy => "as much is on its way as may be at a time".into(),
			Self::Search(_) => "the search is none that is offered".into(),
			Self::NotAnchored => "it is not anchored yet".into(),
			Self::Token(no) => no.to_string(),
			Self::NotWhole => {
				"not all of it is permitted, so that it would not be what was anchored".into()
			},
			_ => "the gateway failed".into(),
		}
	}
}

impl From<Failure> for Refusal {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}

impl From<TooOften> for Refusal {
	fn from(TooOften(seconds): TooOften) -> Self {
		Self::TooOften(seconds)
	}
}

impl From<Full> for Refusal {
	fn from(_: Full) -> Self {
		Self::Busy
	}
}

impl From<NoRoom> for Refusal {
	fn from(_: NoRoom) -> Self {
		Self::Busy
	}
}

impl From<Stale> for Refusal {
	fn from(stale: Stale) -> Self {
		Self::Stale(stale)
	}
}

impl From<NoToken> for Refusal {
	fn from(no: NoToken) -> Self {
		Self::Token(no)
	}
}

impl From<Undecided> for Refusal {
	fn from(undecided: Undecided) -> Self {
		match undecided {
			Undecided::Silent(silent) => Self::Stale(silent.into()),
			Undecided::Failure(failure) => Self::Failure(failure),
		}
	}
}
