//! The chain's lists of codes, as `pallets/primitives/src/codes.rs` has them: `docs/vectors/exchange/codes.json`.

/// A list of codes; the index of a code is its place in its list, and its name the chain's.
macro_rules! codes {
	($(#[$about:meta])* $list:ident { $($(#[$what:meta])* $code:ident),* $(,)? }) => {
		$(#[$about])*
		#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
		pub enum $list {
			$($(#[$what])* #[doc = stringify!($code)] $code),*
		}

		impl $list {
			/// All of them, in the chain's order.
			pub const ALL: &'static [Self] = &[$(Self::$code),*];

			/// Its name on the chain.
			pub const fn name(self) -> &'static str {
				match self { $(Self::$code => stringify!($code)),* }
			}

			/// The code of that name.
			pub fn named(name: &str) -> Option<Self> {
				Self::ALL.iter().copied().find(|code| code.name() == name)
			}

			/// Its index on the chain.
			pub fn index(self) -> u8 {
				(0u8..).zip(Self::ALL).find_map(|(at, code)| (*code == self).then_some(at)).unwrap_or(u8::MAX)
			}
		}

		impl std::fmt::Display for $list {
			fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
				f.write_str(self.name())
			}
		}
	};
}

codes! {
	/// What the data is asked for: HL7 v3 PurposeOfUse. Matched exactly: a parent does not imply its children.
	Purpose {
		Treat, Etreat, Btg, Hpaymt, Hoperat, Hresch, Clintrch, Pubhlth, Caremgt, Patrqt, Famrqt, Coverage, Eligdtrm,
		Hmarkt, Hdirect, Hlegal, Train, Hsysadmin,
	}
}

codes! {
	/// What is to be done with the data.
	Action { Read, Export, Amend, Redisclose }
}

codes! {
	/// Of which kind data is.
	DataClass {
		Demographics, Problems, Medications, Laboratory, Observations, Imaging, Procedures, Encounters, Documents,
		CarePlans, Questionnaires, Genomics, Financial,
	}
}

codes! {
	/// Why data needs more care than other data.
	SensitivityLabel { Eth, Ethud, Opioidud, Psy, Sdv, Hiv, Sex, Minor }
}

/// A set of labels.
pub type Labels = std::collections::BTreeSet<SensitivityLabel>;
