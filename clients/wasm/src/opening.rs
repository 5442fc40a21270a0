//! What an opening is worth to whoever was given it: whether it opens the sealed directive that the chain holds, and whether that
//! directive is in force.

use crate::AccountId;
use codec::{Decode, Encode};
use salus_consent_decision::{sealed::lists, EndReason, Opening, SealedDirective, SealedId};
use salus_primitives::{Moment, PatientId};

/// An opening, and what the chain holds of the sealed directive that it is for.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Disclosure {
	/// The genesis hash of the chain.
	pub genesis: [u8; 32],
	/// The patient whose directive it is.
	pub patient: PatientId,
	/// The number of the directive.
	pub number: SealedId,
	/// What the chain holds of it.
	pub held: SealedDirective,
	/// What is said to open it.
	pub opening: Opening<AccountId>,
	/// The moment that is asked about, in Unix seconds.
	pub at: Moment,
}

/// Whether a directive that was opened is in force at a moment. The list grows at the end only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Force {
	/// It begins later.
	#[codec(index = 0)]
	NotYet,
	/// It is in force: what its opening says holds.
	#[codec(index = 1)]
	InForce,
	/// Its time is over.
	#[codec(index = 2)]
	RunOut,
	/// It ended before its time.
	#[codec(index = 3)]
	Ended(EndReason),
}

/// Why an opening opens nothing. The list grows at the end only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum WrongOpening {
	/// The commitment is to something else: another content, salt, effect, number, patient or chain.
	#[codec(index = 0)]
	Mismatch,
	/// It says what no directive with this effect and this beginning can say, or has a salt of zeros.
	#[codec(index = 1)]
	IllFormed,
	/// The directive was made under a version of the lists of codes that is not known here: a later module can tell.
	#[codec(index = 2)]
	UnknownVersion,
}

impl Disclosure {
	/// Whether the opening opens the directive, by [`Opening::opens`], and whether the directive is in force.
	///
	/// # Errors
	///
	/// The opening opens nothing, and why.
	pub fn force(&self) -> Result<Force, WrongOpening> {
		// The whole pattern: what an opening comes to be bound to does not compile until it is read here too.
		let Self { genesis, patient, number, held, opening, at } = self;
		if !opening.opens(genesis, patient, *number, held) {
			let well_formed = opening.content.is_well_formed(held) && opening.salt != [0; 32];
			return Err(match lists(held.version) {
				None => WrongOpening::UnknownVersion,
				Some(_) if well_formed => WrongOpening::Mismatch,
				Some(_) => WrongOpening::IllFormed,
			});
		}
		if held.in_force(*at) {
			return Ok(Force::InForce);
		}
		if *at < held.period.from {
			return Ok(Force::NotYet);
		}
		let early = held.ended.filter(|ended| ended.at < held.period.until);
		Ok(early.map_or(Force::RunOut, |ended| Force::Ended(ended.why)))
	}
}
