//! Offers, requests and answers.

use crate::{Modifier, ModifierSet, UseSet};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A disease: a commitment to its code in a terminology (MONDO for DUO), made by the caller so that the
/// same code always gives the same 32 bytes. The matcher compares, and reads nothing into it.
pub type DiseaseCode = [u8; 32];

/// For which research a dataset is offered: data use permissions of DUO (release 2021-02-23), one of
/// them.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Permission {
	/// NRES (`DUO:0000004`): any use.
	#[codec(index = 0)]
	Nres,
	/// GRU (`DUO:0000042`): any research.
	#[codec(index = 1)]
	Gru,
	/// HMB (`DUO:0000006`): health, medical or biomedical research, but not of origins or ancestry.
	#[codec(index = 2)]
	Hmb,
	/// DS (`DUO:0000007`): research of this disease, which includes the kinds of it.
	#[codec(index = 3)]
	Ds(DiseaseCode),
	/// POA (`DUO:0000011`): research of population origins or ancestry, and no other.
	#[codec(index = 4)]
	Poa,
	/// Another, none, or several at once; or DS for a disease that is not named. The matcher abstains.
	#[codec(index = 5)]
	Other,
}

impl Permission {
	/// The number of the term in DUO: 42 for `DUO:0000042`.
	pub const fn duo(&self) -> Option<u32> {
		match self {
			Self::Nres => Some(4),
			Self::Gru => Some(42),
			Self::Hmb => Some(6),
			Self::Ds(_) => Some(7),
			Self::Poa => Some(11),
			Self::Other => None,
		}
	}

	/// Whether everything that this permits was permitted by `earlier`. Of two diseases only equality is
	/// known.
	fn is_within(&self, earlier: &Self) -> bool {
		let breadth = |permission: &Self| match permission {
			Self::Nres => Some(3u8),
			Self::Gru => Some(2),
			Self::Hmb => Some(1),
			Self::Ds(_) => Some(0),
			Self::Poa | Self::Other => None,
		};
		match (self, earlier) {
			(Self::Poa, Self::Nres | Self::Gru) => true,
			(Self::Ds(_), Self::Ds(_)) => self == earlier,
			_ => match (breadth(self), breadth(earlier)) {
				(Some(now), Some(before)) => now <= before,
				_ => self == earlier,
			},
		}
	}
}

/// Where data is used.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Region {
	/// A country: its number in ISO 3166-1, 276 for Germany.
	#[codec(index = 0)]
	Country(u16),
	/// Several countries: the number of a UN M49 area (150 for Europe), or another that the network has
	/// agreed on. Which countries are in it is not known here.
	#[codec(index = 1)]
	Area(u16),
}

/// What a custodian offers a dataset for: one permission, and conditions. Everything that is said
/// holds; what is not said does not restrict.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Offer {
	/// For which research.
	pub permission: Permission,
	/// The conditions that need no parameter.
	pub modifiers: ModifierSet,
	/// GS (`DUO:0000022`): where alone it may be used.
	pub region: Option<Region>,
	/// TS (`DUO:0000025`): for at most how many months it may be used.
	pub months: Option<u16>,
	/// MOR (`DUO:0000024`): the moment before which nothing may be published, Unix time in seconds.
	pub moratorium: Option<u64>,
}

impl Offer {
	/// An offer with this permission and no condition.
	pub const fn new(permission: Permission) -> Self {
		Self {
			permission,
			modifiers: ModifierSet::EMPTY,
			region: None,
			months: None,
			moratorium: None,
		}
	}

	/// Whether this offer allows nothing that `earlier` did not allow: whatever matches it matches
	/// `earlier` (tested as a law). False also where that cannot be told: for another disease, another
	/// region, another code that has no rule.
	pub fn keeps_or_tightens(&self, earlier: &Self) -> bool {
		let restrictions = |offer: &Self| spelled_out(offer.modifiers).without(Modifier::Cc);
		let at_most = |now: Option<u16>, before: Option<u16>| match (now, before) {
			(Some(now), Some(before)) => now <= before,
			(_, before) => before.is_none(),
		};
		let at_least = |now: Option<u64>, before: Option<u64>| match (now, before) {
			(Some(now), Some(before)) => before <= now,
			(_, before) => before.is_none(),
		};
		let care = |offer: &Self| {
			offer.permission == Permission::Nres || offer.modifiers.contains(Modifier::Cc)
		};
		self.permission.is_within(&earlier.permission)
			&& restrictions(earlier).is_subset_of(restrictions(self))
			&& (care(earlier) || !care(self))
			&& (earlier.region.is_none() || earlier.region == self.region)
			&& at_most(self.months, earlier.months)
			&& at_least(self.moratorium, earlier.moratorium)
	}
}

/// The set with NPUNCU beside NPU and NCU wherever one of the two ways to say so is used.
const fn spelled_out(modifiers: ModifierSet) -> ModifierSet {
	let both = ModifierSet::EMPTY.with(Modifier::Npu).with(Modifier::Ncu);
	if modifiers.contains(Modifier::Npuncu) {
		modifiers.with(Modifier::Npu).with(Modifier::Ncu)
	} else if both.is_subset_of(modifiers) {
		modifiers.with(Modifier::Npuncu)
	} else {
		modifiers
	}
}

/// What a request says of a matter that can be so or not. What is not stated never counts as a yes
/// or a no: where an offer asks about it, the matcher abstains.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Stated {
	/// Nothing.
	#[default]
	#[codec(index = 0)]
	Nothing,
	/// It is not so.
	#[codec(index = 1)]
	No,
	/// It is so.
	#[codec(index = 2)]
	Yes,
}

/// What a request says of itself, but for the diseases, which [`match_terms`](crate::match_terms)
/// takes beside it. Whether it is true is for the caller: what a chain knows of an
/// organisation or an approval it fills in, and does not ask for.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Request {
	/// Every use that the data is wanted for.
	pub uses: UseSet,
	/// Whether the study includes genotypes. Read for GSO.
	pub genotypes: Stated,
	/// Whether the organisation that asks is for profit. Read for NPU and NPUNCU.
	pub for_profit: Stated,
	/// Whether the use is commercial, whoever asks. Read for NCU and NPUNCU.
	pub commercial: Stated,
	/// Whether the results will be made available to the scientific community. Read for PUB.
	pub publishes: Stated,
	/// Whether the primary investigators of the dataset will be collaborated with. Read for COL.
	pub collaborates: Stated,
	/// Whether derived data will be returned. Read for RTN.
	pub returns: Stated,
	/// Whether there is an ethics approval of the study. Read for IRB.
	pub ethics_approved: Stated,
	/// The one place where the data will be used. Read for GS.
	pub region: Option<Region>,
	/// For how many months the data is wanted. Read for TS.
	pub months: Option<u16>,
	/// The earliest moment at which anything will be published, Unix time in seconds. Read for MOR.
	pub publishes_from: Option<u64>,
}

impl Request {
	/// A request for these uses that states nothing else.
	pub fn new(uses: UseSet) -> Self {
		Self { uses, ..Self::default() }
	}
}

/// A disease that a request is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Disease<'a> {
	/// Which.
	pub code: DiseaseCode,
	/// What it is a kind of.
	pub lineage: Lineage<'a>,
}

/// What a disease is a kind of. The matcher believes it, so it must not come from whoever asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lineage<'a> {
	/// Nobody has said. The disease is then known to be within itself and nothing else.
	Unknown,
	/// Every ancestor in the terminology, in any order, as somebody whom the caller trusts has found
	/// them. What is not among them is not an ancestor.
	Ancestors(&'a [DiseaseCode]),
}

/// The rules, by their number, in the order in which they are asked. The table in the crate's
/// documentation says what each demands. The list grows at the end only.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Rule {
	/// 1: research in general is permitted.
	#[codec(index = 1)]
	General,
	/// 2: biomedical research is permitted.
	#[codec(index = 2)]
	Biomedical,
	/// 3: research of these diseases is permitted.
	#[codec(index = 3)]
	Disease,
	/// 4: research of origins or ancestry is permitted.
	#[codec(index = 4)]
	Ancestry,
	/// 5: development of methods is not prohibited (NMDS).
	#[codec(index = 5)]
	Methods,
	/// 6: clinical care is permitted (CC).
	#[codec(index = 6)]
	ClinicalCare,
	/// 7: the organisation is not for profit (NPU).
	#[codec(index = 7)]
	Npu,
	/// 8: the use is not commercial (NCU).
	#[codec(index = 8)]
	Ncu,
	/// 9: neither for profit nor commercial (NPUNCU).
	#[codec(index = 9)]
	Npuncu,
	/// 10: genotypes are included (GSO).
	#[codec(index = 10)]
	Gso,
	/// 11: results are made available (PUB).
	#[codec(index = 11)]
	Pub,
	/// 12: there is collaboration (COL).
	#[codec(index = 12)]
	Col,
	/// 13: there is an ethics approval (IRB).
	#[codec(index = 13)]
	Irb,
	/// 14: derived data is returned (RTN).
	#[codec(index = 14)]
	Rtn,
	/// 15: the user is approved (US).
	#[codec(index = 15)]
	Us,
	/// 16: the project is approved (PS).
	#[codec(index = 16)]
	Ps,
	/// 17: the institution is approved (IS).
	#[codec(index = 17)]
	Is,
	/// 18: it is used in the region (GS).
	#[codec(index = 18)]
	Gs,
	/// 19: it is used for no longer than the months (TS).
	#[codec(index = 19)]
	Ts,
	/// 20: nothing is published before the moratorium ends (MOR).
	#[codec(index = 20)]
	Mor,
}

impl Rule {
	/// Every rule, in the order in which they are asked.
	pub const ALL: [Self; 20] = [
		Self::General,
		Self::Biomedical,
		Self::Disease,
		Self::Ancestry,
		Self::Methods,
		Self::ClinicalCare,
		Self::Npu,
		Self::Ncu,
		Self::Npuncu,
		Self::Gso,
		Self::Pub,
		Self::Col,
		Self::Irb,
		Self::Rtn,
		Self::Us,
		Self::Ps,
		Self::Is,
		Self::Gs,
		Self::Ts,
		Self::Mor,
	];
}

/// On which code the table gives no answer, so that people must.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Code {
	/// The offer's permission is [`Permission::Other`].
	#[codec(index = 0)]
	Permission,
	/// The offer's modifier with this index has no rule.
	#[codec(index = 1)]
	Modifier(u8),
	/// The request's use with this index is sensitive, has no rule, or is unknown.
	#[codec(index = 2)]
	Use(u8),
	/// The request states no use.
	#[codec(index = 3)]
	NoUse,
	/// Whether what this rule demands is so is not known here: the request does not say, or only the
	/// custodian can tell.
	#[codec(index = 4)]
	Condition(Rule),
}

/// What the table says of a request for an offer.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Answer {
	/// The offer allows what is asked for. Every rule holds.
	#[codec(index = 0)]
	Match,
	/// The offer does not: this is the first rule that fails.
	#[codec(index = 1)]
	NoMatch(Rule),
	/// The table does not decide: this is the first code on which it has no answer.
	#[codec(index = 2)]
	Abstain(Code),
}

/// An answer, and the version of the table that gave it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Decision {
	/// [`TABLE_VERSION`](crate::TABLE_VERSION) at the time.
	pub version: u16,
	/// The answer.
	pub answer: Answer,
}
