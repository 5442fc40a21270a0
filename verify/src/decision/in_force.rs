//! What a patient has said that holds: for whoever shows it, and decides nothing by it.

use super::{
	facts::{directives, read, sealed, Source},
	items::Item,
	stored::{Numbered, NumberedSealed},
};
use crate::Error;
use alloc::vec::Vec;
use salus_consent_decision::PurposeVeto;
use salus_primitives::{Moment, PatientId};

/// What a patient has said that is in force.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct InForce {
	/// The directives, each with its number.
	pub directives: Vec<Numbered>,
	/// The vetoes.
	pub vetoes: Vec<PurposeVeto>,
	/// The sealed directives, each with its number.
	pub sealed: Vec<NumberedSealed>,
}

impl InForce {
	/// Reads what was in force at `now`, the time of the block whose state it is read from. Of whom the chain does not know, nothing is.
	///
	/// # Errors
	/// [`Error::FactUnproven`], [`Error::UnreadableFact`]: an item is not proven, or is none of its layout.
	pub fn read(patient: PatientId, now: Moment, source: &impl Source) -> Result<Self, Error> {
		let mut directives = directives(source, patient, now, now)?;
		directives.retain(|(_, found)| found.in_force(now));
		let mut vetoes: Vec<PurposeVeto> = read(source, Item::Vetoes(patient))?.unwrap_or_default();
		vetoes.retain(|veto| veto.in_force(now));
		Ok(Self { directives, vetoes, sealed: sealed(source, patient, now, now)? })
	}
}
