//! Code lists: modifiers of an offer and uses of a request, and sets of them as bit masks.
//!
//! In a set, bit *n* stands for the code with index *n*. The lists grow at the end only, and an index is
//! never given another meaning. A bit without a code may be set: it is an unknown code, and the
//! matcher abstains because of it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Defines a code list as an enum with explicit indices, and the set type over it.
macro_rules! code_list {
	(
		$(#[$enum_doc:meta])* $name:ident,
		$(#[$set_doc:meta])* $set:ident,
		{ $( $(#[$doc:meta])* $variant:ident = $index:literal, $shorthand:literal, $duo:expr );+ $(;)? }
	) => {
		$(#[$enum_doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking,
			MaxEncodedLen, TypeInfo,
		)]
		pub enum $name {
			$( $(#[$doc])* #[codec(index = $index)] $variant, )+
		}

		impl $name {
			/// Every code of the list, in the order of the indices.
			pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

			/// The code's index: its bit in a set.
			pub const fn index(self) -> u8 {
				match self { $( Self::$variant => $index, )+ }
			}

			/// The code with this index, or `None` if the list has none.
			pub const fn from_index(index: u8) -> Option<Self> {
				match index { $( $index => Some(Self::$variant), )+ _ => None }
			}

			/// The code's short name: DUO's own where DUO has one. The published vectors use it.
			pub const fn shorthand(self) -> &'static str {
				match self { $( Self::$variant => $shorthand, )+ }
			}

			/// The number of the term in DUO: 42 for `DUO:0000042`. `None` where DUO has no such term.
			pub const fn duo(self) -> Option<u32> {
				match self { $( Self::$variant => $duo, )+ }
			}

			const fn bit(self) -> u32 {
				match self { $( Self::$variant => 1 << $index, )+ }
			}
		}

		$(#[$set_doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking,
			MaxEncodedLen, TypeInfo,
		)]
		pub struct $set(pub u32);

		impl $set {
			/// No code.
			pub const EMPTY: Self = Self(0);
			/// Every code that the list has.
			pub const ALL: Self = Self(0 $( | (1 << $index) )+);

			/// The set of the given codes.
			pub fn of(codes: &[$name]) -> Self {
				codes.iter().copied().fold(Self::EMPTY, Self::with)
			}

			/// The codes in the set, in the order of the indices. Bits without a code are left out.
			pub fn iter(self) -> impl Iterator<Item = $name> {
				$name::ALL.iter().copied().filter(move |code| self.contains(*code))
			}

			/// This set and `code`.
			#[must_use]
			pub const fn with(self, code: $name) -> Self {
				Self(self.0 | code.bit())
			}

			/// This set without `code`.
			#[must_use]
			pub const fn without(self, code: $name) -> Self {
				Self(self.0 & !code.bit())
			}

			/// Whether `code` is in the set.
			pub const fn contains(self, code: $name) -> bool {
				self.0 & code.bit() != 0
			}

			/// Whether the set has no bit.
			pub const fn is_empty(self) -> bool {
				self.0 == 0
			}

			/// Whether every bit of this set is in `other`.
			pub const fn is_subset_of(self, other: Self) -> bool {
				self.0 & !other.0 == 0
			}

			/// The lowest bit of this set that is not in `other`.
			pub fn first_not_in(self, other: Self) -> Option<u8> {
				let rest = self.0 & !other.0;
				// A mask has 32 bits, so the number always fits.
				(rest != 0).then(|| u8::try_from(rest.trailing_zeros()).unwrap_or(u8::MAX))
			}
		}
	};
}

code_list! {
	/// A condition that an offer adds to its permission: data use modifiers of DUO (release 2021-02-23).
	///
	/// Modifiers that need a parameter are not here but fields of [`Offer`](crate::Offer): GS is
	/// [`region`](crate::Offer::region), TS [`months`](crate::Offer::months), MOR
	/// [`moratorium`](crate::Offer::moratorium). All but [`Modifier::Cc`] restrict.
	Modifier,
	/// A set of [`Modifier`]s.
	ModifierSet,
	{
		/// NPU: use by not-for-profit organisations only.
		Npu = 0, "NPU", Some(45);
		/// NCU: not-for-profit use only, by whichever organisation.
		Ncu = 1, "NCU", Some(46);
		/// NPUNCU: both NPU and NCU.
		Npuncu = 2, "NPUNCU", Some(18);
		/// GSO: studies that include genotypes only, alone or with phenotypes.
		Gso = 3, "GSO", Some(16);
		/// NMDS: no development of methods (software, algorithms).
		Nmds = 4, "NMDS", Some(15);
		/// PUB: the results must be made available to the scientific community.
		Pub = 5, "PUB", Some(19);
		/// COL: collaboration with the primary investigators of the dataset.
		Col = 6, "COL", Some(20);
		/// IRB: documentation of an ethics approval.
		Irb = 7, "IRB", Some(21);
		/// RTN: derived or enriched data must be returned to the dataset's custodian.
		Rtn = 8, "RTN", Some(29);
		/// US: approved users only. Whom the custodian has approved is not known here: the matcher abstains.
		Us = 9, "US", Some(26);
		/// PS: within an approved project only. As for US.
		Ps = 10, "PS", Some(27);
		/// IS: within an approved institution only. As for US.
		Is = 11, "IS", Some(28);
		/// CC: clinical care is allowed too. The one modifier that permits.
		Cc = 12, "CC", Some(43);
		/// RS: studies of a certain type only. DUO has no codes for the types: the matcher abstains.
		Rs = 13, "RS", Some(12);
		/// NPOA: no study of population origins or ancestry. Without a rule in this version: the matcher
		/// abstains.
		Npoa = 14, "NPOA", Some(44);
		/// A condition for which this list has no code. The matcher abstains.
		Other = 15, "OTHER", None;
	}
}

impl ModifierSet {
	/// The modifiers that the rules know, and those of which they know that only the custodian can tell.
	pub const WITH_RULE: Self =
		Self::ALL.without(Modifier::Rs).without(Modifier::Npoa).without(Modifier::Other);
}

code_list! {
	/// What a request wants the data for. A request states every use that applies, and the most specific
	/// of those that include each other: who studies a disease does not state
	/// [`Use::Biomedical`] as well.
	Use,
	/// A set of [`Use`]s.
	UseSet,
	{
		/// Research in general, whether or not it is about health.
		General = 0, "GENERAL", Some(42);
		/// Health, medical or biomedical research of no particular disease.
		Biomedical = 1, "BIOMEDICAL", Some(37);
		/// Research of certain diseases, which the request names.
		Disease = 2, "DISEASE", Some(40);
		/// The study of population origins or ancestry.
		Ancestry = 3, "ANCESTRY", Some(33);
		/// Development or validation of methods (software, algorithms).
		Methods = 4, "METHODS", Some(31);
		/// Clinical care: decisions about a patient, not research.
		ClinicalCare = 5, "CLINICAL-CARE", None;
		/// As controls for a study of something else. From here on the matcher abstains.
		Control = 6, "CONTROL", Some(36);
		/// Research of a population group.
		PopulationGroup = 7, "POPULATION-GROUP", Some(32);
		/// Research of an age group: of children, above all.
		AgeGroup = 8, "AGE-GROUP", Some(34);
		/// Research of one sex or gender.
		Gender = 9, "GENDER", Some(35);
		/// Research that targets vulnerable people: prisoners, pregnant women, people who cannot consent,
		/// the poor.
		Vulnerable = 10, "VULNERABLE", None;
		/// Research of illegal behaviour: violence, abuse, prostitution.
		IllegalBehaviour = 11, "ILLEGAL-BEHAVIOUR", None;
		/// Research of abuse of alcohol, drugs and other addictive products.
		Addiction = 12, "ADDICTION", None;
		/// Research of sexual preferences or sexually transmitted diseases.
		Sexual = 13, "SEXUAL", None;
		/// Research of psychological traits: intelligence, attention, emotion.
		Psychological = 14, "PSYCHOLOGICAL", None;
		/// Research of illnesses that stigmatise.
		Stigmatising = 15, "STIGMATISING", None;
		/// Ethnicity, race or gender with genotypes or phenotypes, for purposes that are not easily related
		/// to health.
		NotHealth = 16, "NOT-HEALTH", None;
		/// Development of drugs. Not sensitive, but without a rule in this version.
		DrugDevelopment = 17, "DRUG-DEVELOPMENT", Some(39);
		/// A purpose for which this list has no code.
		Other = 18, "OTHER", None;
	}
}

impl UseSet {
	/// The uses that the rules decide. For every other one the matcher abstains.
	pub const WITH_RULE: Self = Self::EMPTY
		.with(Use::General)
		.with(Use::Biomedical)
		.with(Use::Disease)
		.with(Use::Ancestry)
		.with(Use::Methods)
		.with(Use::ClinicalCare);
}
