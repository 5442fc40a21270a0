//! HL7 v2: what the systems of a hospital send each other. Messages come over MLLP ([`mllp`]), are read ([`message`]), and become resources of
//! FHIR R4 ([`resources`]), which are taken in as any others are: classified, or into quarantine. Results (ORU^R01), documents (MDM^T02),
//! patients and their visits (ADT^A01, A04, A08, A28, A31). A merge (ADT^A40) joins nothing: a person finds out.

pub mod message;
pub mod mllp;
pub mod resources;
mod values;

use crate::{
	gateway::{Failure, Gateway},
	ingest::{Outcome, Taken},
	vault::Kind,
};
use message::{Message, Unreadable};
use resources::{mapped, Mapped, NotMapped};
use salus_exchange_protocol::fhir::Value;
use std::fmt;

/// Why a message is not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotTaken {
	/// It is no message.
	Unreadable(Unreadable),
	/// It is one that becomes no resource.
	NotMapped(NotMapped),
	/// One of its records was erased, or cannot be named: which, and why.
	Refused(String, &'static str),
}

impl fmt::Display for NotTaken {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Unreadable(why) => why.fmt(f),
			Self::NotMapped(why) => why.fmt(f),
			Self::Refused(reference, why) => write!(f, "{reference} is refused: {why}"),
		}
	}
}

impl Gateway {
	/// Takes a message. When this returns, all that came of it is on the disk; a message that comes again changes nothing.
	pub fn take_message(
		&self,
		message: &Message,
	) -> Result<Result<Vec<Outcome>, NotTaken>, Failure> {
		let Mapped { resources, merges } = match mapped(message) {
			Ok(mapped) => mapped,
			Err(why) => return Ok(Err(NotTaken::NotMapped(why))),
		};
		for (surviving, prior) in merges {
			let both = format!("{surviving}\n{prior}");
			let index = self.vault.index("merge", both.as_bytes());
			let sealed = self.vault.seal(Kind::Merge, &index.0, both.as_bytes())?;
			self.store.put_merge(&index, &sealed, crate::chain::now())?;
		}
		if resources.is_empty() {
			return Ok(Ok(Vec::new()));
		}
		let entries = resources
			.into_iter()
			.map(|resource| Value::Object(vec![("resource".into(), resource)]))
			.collect();
		let bundle = Value::Object(vec![
			("entry".into(), Value::List(entries)),
			("resourceType".into(), Value::Text("Bundle".into())),
			("type".into(), Value::Text("collection".into())),
		]);
		let outcomes = self.ingest_bundle(&bundle)?;
		let refused = outcomes.iter().find_map(|outcome| match outcome.taken {
			Taken::Refused(why) => Some(NotTaken::Refused(outcome.reference.clone(), why.code())),
			_ => None,
		});
		Ok(refused.map_or(Ok(outcomes), Err))
	}

	/// The merges that nobody has looked at: the number, the id that stays, the id that goes, and when it came.
	pub fn merges(&self) -> Result<Vec<(u64, String, String, u64)>, Failure> {
		const DAMAGED: Failure = Failure::Vault("a merge does not open with the vault's key");
		let merges = self.store.merges()?.into_iter().map(|(number, index, sealed, received)| {
			let both = self.vault.open(Kind::Merge, &index.0, &sealed).map_err(|_| DAMAGED)?;
			let both = String::from_utf8(both).map_err(|_| DAMAGED)?;
			let (surviving, prior) = both.split_once('\n').ok_or(DAMAGED)?;
			Ok((number, surviving.into(), prior.into(), received))
		});
		merges.collect()
	}
}
