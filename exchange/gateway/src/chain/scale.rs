//! What the chain is asked, and what it answers, as bytes of SCALE. The layouts are those of `pallets/consent/decision/src/types.rs`,
//! `pallets/registry/src/{types,runtime_api}.rs` and `pallets/primitives/src/codes.rs`: released versions do not change them.

use salus_exchange_policy::DataClass;
use salus_exchange_protocol::{
	account::Account,
	codes::{Action, Labels, Purpose},
	Hash, RecordError as Error,
};
use salus_verify::bytes::{compact, Reader};
use std::fmt;

/// The most questions of one call.
pub const MAX_QUESTIONS: usize = 256;
/// The most directives of a patient, and licences of an organisation, that are read of one answer.
const MAX_ITEMS: usize = 65_536;

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
	/// A person who acts for an organisation.
	Practitioner {
		/// The person.
		who: Account,
		/// The organisation.
		organisation: u32,
	},
	/// The patient, by one of the keys of the handle.
	Own(Account),
}

/// May `actor` do this with such data of `subject` now?
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
	/// The patient's handle.
	pub subject: Hash,
	/// Who asks.
	pub actor: Actor,
	/// For what.
	pub purpose: Purpose,
	/// What is to be done.
	pub action: Action,
	/// With which class of data.
	pub class: DataClass,
	/// With which labels.
	pub labels: Labels,
	/// Of what time the data is, in seconds since 1970; none if that is not known.
	pub data_time: Option<u64>,
}

/// What the chain says to a question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
	/// Yes, by the directive with that number.
	PermitByDirective(u32),
	/// Yes: the patient's own access.
	PermitOwn,
	/// Yes, by the patient's base decision.
	PermitBase,
	/// No, by the directive with that number.
	DenyByDirective(u32),
	/// No: no directive speaks.
	DenyDefault,
	/// No: the purpose is vetoed.
	DenyVeto,
	/// No: the state of the handle stops the purpose.
	DenyState,
	/// No: who asks has no credential for this.
	DenyCredential,
	/// Not by the patient's consent, but in the emergency with that number.
	Emergency(u32),
	/// Not by the patient's consent, but within the care relationship with that number.
	Relationship(u64),
	/// The chain does not know the patient.
	UnknownPatient,
	/// The chain cannot answer.
	NoAnswer(u8),
}

impl Verdict {
	/// Whether it lets: by consent, in an emergency, or by a care relationship. Of another lawful ground there is no verdict
	/// here: what it obliges to is not known, and an answer with it is none.
	pub const fn allows(self) -> bool {
		matches!(
			self,
			Self::PermitByDirective(_)
				| Self::PermitOwn
				| Self::PermitBase
				| Self::Emergency(_)
				| Self::Relationship(_)
		)
	}
}

impl fmt::Display for Verdict {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::PermitByDirective(id) => write!(f, "Permit by directive {id}"),
			Self::PermitOwn => f.write_str("Permit: the patient's own access"),
			Self::PermitBase => f.write_str("Permit by the base decision"),
			Self::DenyByDirective(id) => write!(f, "Deny by directive {id}"),
			Self::DenyDefault => f.write_str("Deny: no directive speaks"),
			Self::DenyVeto => f.write_str("Deny: the purpose is vetoed"),
			Self::DenyState => f.write_str("Deny by the state of the handle"),
			Self::DenyCredential => f.write_str("Deny: no credential"),
			Self::Emergency(id) => {
				write!(f, "Emergency {id}")
			},
			Self::Relationship(id) => write!(f, "Lawful basis: care relationship {id}"),
			Self::UnknownPatient => f.write_str("no such patient"),
			Self::NoAnswer(code) => write!(f, "no answer ({code})"),
		}
	}
}

/// The index of each code as a bit.
fn bits(indices: impl IntoIterator<Item = u8>) -> u32 {
	indices.into_iter().fold(0, |set, index| set | 1_u32.checked_shl(index.into()).unwrap_or(0))
}

fn option(out: &mut Vec<u8>, value: Option<u64>) {
	match value {
		None => out.push(0),
		Some(value) => {
			out.push(1);
			out.extend(value.to_le_bytes());
		},
	}
}

fn index_of<T: PartialEq>(all: &[T], code: &T) -> u8 {
	(0_u8..).zip(all).find_map(|(at, each)| (each == code).then_some(at)).unwrap_or(u8::MAX)
}

impl Question {
	/// The question as bytes.
	pub fn encode(&self) -> Vec<u8> {
		let mut out = self.subject.0.to_vec();
		match self.actor {
			Actor::Practitioner { who, organisation } => {
				out.push(1);
				out.extend(who.0);
				out.extend(organisation.to_le_bytes());
			},
			Actor::Own(account) => {
				out.push(2);
				out.extend(account.0);
			},
		}
		out.extend([
			self.purpose.index(),
			self.action.index(),
			index_of(DataClass::ALL, &self.class),
		]);
		let labels = bits(self.labels.iter().map(|label| label.index()));
		// The set has 16 bits; there are 8 labels.
		out.extend(u16::try_from(labels).unwrap_or(u16::MAX).to_le_bytes());
		option(&mut out, self.data_time);
		option(&mut out, None);
		out
	}
}

/// The argument of `ConsentApi_decide_many`.
pub fn questions(questions: &[Question]) -> Vec<u8> {
	let count = u32::try_from(questions.len()).unwrap_or(u32::MAX);
	let mut out = compact(count);
	questions.iter().for_each(|question| out.extend(question.encode()));
	out
}

/// The answer of `ConsentApi_decide_many` to so many questions.
pub fn verdicts(bytes: &[u8], count: usize) -> Result<Vec<Verdict>, Error> {
	let mut reader = Reader::new(bytes, "answer to questions");
	if reader.u8()? != 0 {
		return Err(reader.bad("the questions were refused"));
	}
	if reader.count(MAX_QUESTIONS)? != count {
		return Err(reader.bad("it has another number of answers than there were questions"));
	}
	let verdicts = (0..count).map(|_| verdict(&mut reader)).collect::<Result<_, _>>()?;
	reader.finish()?;
	Ok(verdicts)
}

fn verdict(reader: &mut Reader) -> Result<Verdict, Error> {
	match reader.u8()? {
		0 => {},
		1 => {
			return Ok(match reader.u8()? {
				1 => Verdict::UnknownPatient,
				code => Verdict::NoAnswer(code),
			})
		},
		_ => return Err(reader.bad("it is neither an answer nor an error")),
	}
	let unknown = |reader: &Reader| Err(reader.bad("it is of no known kind"));
	Ok(match reader.u8()? {
		0 => match reader.u8()? {
			0 => Verdict::PermitByDirective(reader.u32()?),
			1 => Verdict::PermitOwn,
			2 => Verdict::PermitBase,
			_ => return unknown(reader),
		},
		1 => match reader.u8()? {
			0 => Verdict::DenyByDirective(reader.u32()?),
			1 => Verdict::DenyDefault,
			2 => Verdict::DenyVeto,
			3 => Verdict::DenyState,
			4 => Verdict::DenyCredential,
			_ => return unknown(reader),
		},
		2 => Verdict::Emergency(reader.u32()?),
		3 if reader.u8()? == 0 => Verdict::Relationship(reader.u64()?),
		_ => return unknown(reader),
	})
}

/// The moments at which the data interval of one of a patient's directives begins or ends: of `ConsentApi_directives`.
pub fn bounds(bytes: &[u8]) -> Result<Vec<u64>, Error> {
	let mut reader = Reader::new(bytes, "list of directives");
	let mut bounds = Vec::new();
	for _ in 0..reader.count(MAX_ITEMS)? {
		let _number = reader.u32()?;
		let _effect = reader.u8()?;
		match reader.u8()? {
			0 => {},
			1 => drop(reader.u32()?),
			2 => {
				reader.u32()?;
				reader.u8()?;
			},
			3 => drop(reader.hash()?),
			4 => {
				reader.hash()?;
				reader.u32()?;
			},
			_ => return Err(reader.bad("a grantee is of no known kind")),
		}
		let _scope = (reader.u8()?, reader.u32()?, reader.u32()?, reader.u16()?);
		bounds.extend([reader.u64()?, reader.u64()?]);
		let _period = (reader.u64()?, reader.u64()?);
		let _max_uses = reader.option(|reader| reader.u32())?;
		let _redisclose_depth = reader.u8()?;
		let _erase_after = reader.option(|reader| reader.u64())?;
		// By a key, or a mandate; then by a request, or the patient's own initiative.
		if reader.u8()? == 1 {
			reader.u32()?;
		}
		if reader.u8()? == 0 {
			reader.u32()?;
		}
		let _ended = reader.option(|reader| Ok((reader.u64()?, reader.u8()?)))?;
	}
	reader.finish()?;
	Ok(bounds)
}

/// What is needed of an organisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Organisation {
	/// The account that administers it.
	pub admin: Account,
	/// Whether it has a licence that was not revoked. One that is suspended or has expired counts: its people are known.
	pub is_licensed: bool,
}

/// The answer of `RegistryApi_organisation`.
pub fn organisation(bytes: &[u8]) -> Result<Option<Organisation>, Error> {
	const REVOKED: u8 = 3;
	let mut reader = Reader::new(bytes, "answer about an organisation");
	let found = reader.option(|reader| {
		let admin = Account(reader.array()?);
		let _next_admin = reader.option(|reader| reader.hash())?;
		let _profile = reader.hash()?;
		// The key, and since when.
		let _agreement_key = reader.option(|reader| Ok((reader.hash()?, reader.u64()?)))?;
		let _flagged = reader.u8()?;
		let _pending = reader.u16()?;
		let mut is_licensed = false;
		for _ in 0..reader.count(MAX_ITEMS)? {
			let _kind = reader.u8()?;
			is_licensed |= reader.u8()? != REVOKED;
			let _revoked = reader.option(|reader| reader.u64())?;
			for _ in 0..reader.count(MAX_ITEMS)? {
				let _term = (reader.u64()?, reader.u64()?);
				let _ended = reader.option(|reader| Ok((reader.u64()?, reader.u8()?)))?;
			}
		}
		Ok(Organisation { admin, is_licensed })
	})?;
	reader.finish()?;
	Ok(found)
}

/// The answer of `RegistryApi_roles`: whether there is any role.
pub fn has_role(bytes: &[u8]) -> Result<bool, Error> {
	let mut reader = Reader::new(bytes, "answer about roles");
	if reader.u8()? != 0 {
		return Err(reader.bad("it is about a moment after the block's own"));
	}
	let roles = reader.u16()?;
	reader.finish()?;
	Ok(roles != 0)
}

/// The head of a block, as bytes, of the parts that JSON-RPC tells.
pub fn header(
	parent: &Hash,
	number: u32,
	state: &Hash,
	extrinsics: &Hash,
	digest: &[Vec<u8>],
) -> Vec<u8> {
	let items = u32::try_from(digest.len()).unwrap_or(u32::MAX);
	[
		parent.0.as_slice(),
		&compact(number),
		&state.0,
		&extrinsics.0,
		&compact(items),
		&digest.concat(),
	]
	.concat()
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_exchange_policy::SensitivityLabel;

	#[test]
	fn a_question_is_written_as_the_chain_reads_it() {
		let question = Question {
			subject: Hash([1; 32]),
			actor: Actor::Practitioner { who: Account([2; 32]), organisation: 0x0403_0201 },
			purpose: Purpose::Hpaymt,
			action: Action::Export,
			class: DataClass::Genomics,
			labels: Labels::from([SensitivityLabel::Eth, SensitivityLabel::Minor]),
			data_time: Some(5),
		};
		let bytes = [
			&[1; 32],
			[1].as_slice(),
			&[2; 32],
			&[1, 2, 3, 4],
			&[3, 1, 11],
			&[0b1000_0001, 0],
			&[1, 5, 0, 0, 0, 0, 0, 0, 0],
			&[0],
		];
		assert_eq!(question.encode(), bytes.concat());
		let own = Question { actor: Actor::Own(Account([3; 32])), data_time: None, ..question };
		let bytes =
			[&[1; 32], [2].as_slice(), &[3; 32], &[3, 1, 11], &[0b1000_0001, 0], &[0], &[0]];
		assert_eq!(own.encode(), bytes.concat());
		assert_eq!(
			questions(&[own.clone(), own.clone()]),
			[&[8], own.encode().as_slice(), &own.encode()].concat()
		);
	}

	#[test]
	fn answers_are_read_and_of_a_lawful_ground_that_is_not_known_none_is() {
		let answers = [
			&[0, 0, 0, 7, 0, 0, 0],
			[0, 0, 1].as_slice(),
			&[0, 0, 2],
			&[0, 1, 0, 1, 0, 0, 0],
			&[0, 1, 1],
			&[0, 1, 2],
			&[0, 1, 3],
			&[0, 1, 4],
			&[1, 1],
			&[1, 2],
			&[0, 2, 9, 0, 0, 0],
			&[0, 3, 0, 9, 0, 0, 0, 0, 0, 0, 0],
		];
		let bytes = [[0, 48].as_slice(), &answers.concat()].concat();
		let read = verdicts(&bytes, 12).unwrap();
		assert_eq!(
			read,
			[
				Verdict::PermitByDirective(7),
				Verdict::PermitOwn,
				Verdict::PermitBase,
				Verdict::DenyByDirective(1),
				Verdict::DenyDefault,
				Verdict::DenyVeto,
				Verdict::DenyState,
				Verdict::DenyCredential,
				Verdict::UnknownPatient,
				Verdict::NoAnswer(2),
				Verdict::Emergency(9),
				Verdict::Relationship(9),
			]
		);
		assert_eq!(read.iter().filter(|verdict| verdict.allows()).count(), 5);
		let unknown = [0, 4, 0, 3, 1, 9, 0, 0, 0, 0, 0, 0, 0];
		assert!(verdicts(&unknown, 1).is_err(), "a lawful ground of a later version");
		assert!(verdicts(&bytes, 11).is_err() && verdicts(&bytes[..20], 12).is_err());
		assert!(verdicts(&[1, 3], 1).is_err(), "too many questions");
	}
}
