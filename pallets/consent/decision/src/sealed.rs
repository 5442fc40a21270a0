//! Sealed directives: what the chain holds of them, what opens them, and the commitment that binds the two.
//!
//! A directive that names a label, or an organisation whose very name says something about its patients, would
//! disclose what it protects by standing on the chain. So the chain holds a commitment, a period and whether it
//! lets or forbids. What it says reaches those whom it concerns off the chain, as an [`Opening`].
//!
//! ## The commitment
//!
//! BLAKE2b with 256 bits of output over these bytes, one after the other:
//!
//! | Length   | What                                                                                  |
//! |----------|---------------------------------------------------------------------------------------|
//! | 25       | the domain tag, `salus:sealed-directive:v1` in ASCII                                  |
//! | 32       | the genesis hash of the chain                                                         |
//! | 32       | the patient's handle                                                                  |
//! | 4        | the number of the sealed directive, little-endian                                     |
//! | 1        | the effect: 0 for Permit, 1 for Deny                                                  |
//! | 32       | the salt: fresh random bytes for each directive                                       |
//! | the rest | the [`SealedContent`], SCALE-encoded: grantee, scope, erase-after                     |
//!
//! SCALE here comes to: grantee: 1 byte (0 anybody; 1 an organisation; 2 a role there; 3 a person; 4 a person at
//! an organisation) and behind it what it names, an organisation as 4 bytes little-endian, a role as 1 byte, an
//! account as 32 bytes, in the order of [`Grantee`]; actions: 1 byte; purposes: 4; classes: 4; labels: 2; from and until of the
//! data: 8 each, all little-endian; erase-after: 0, or 1 and 8 bytes. `docs/vectors/sealed.json` has examples.
//!
//! The salt is drawn anew for each directive, from all 2^256 there are: there are so few things to say that whoever
//! knows the salt finds what was said by trying. A salt of zeros, which nobody draws, opens nothing.
//!
//! The number is the one that the chain gives the directive: whoever makes one asks for the next number first. A
//! commitment over another number is never opened: as a Permit it lets nothing, as a Deny it forbids all that it
//! could be about until it is lifted.
//!
//! ## Versions of the code lists
//!
//! The lists of purposes, classes, labels, actions and roles grow. With each sealed directive the chain keeps which
//! [version](VERSION) of them it had at that moment, and an opening that names a code beyond that version opens nothing, for
//! ever. Else a later list would change what was answered about the time before, and a directive would take effect that nobody
//! could have made in plain. The version is not in the content: a wallet could claim one that the chain did not have.

use crate::{Effect, Ended, Grantee, Scope};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use salus_primitives::{
	Action, ActionSet, Commitment, DataClassSet, Interval, LabelSet, Moment, PatientId, Purpose,
	PurposeSet, RoleSet, SealedId,
};
use scale_info::TypeInfo;
use sp_crypto_hashing::blake2_256;

/// The first bytes of what is hashed.
pub const SEALED_DOMAIN: &[u8; 25] = b"salus:sealed-directive:v1";

/// The present version of the lists of codes. Whoever adds a code to one of them adds a version.
pub const VERSION: u8 = 2;

/// Which codes a version of the lists has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lists {
	/// Every action that it has.
	pub actions: ActionSet,
	/// Every purpose.
	pub purposes: PurposeSet,
	/// Every class of data.
	pub classes: DataClassSet,
	/// Every sensitivity label.
	pub labels: LabelSet,
	/// Every role.
	pub roles: RoleSet,
}

/// The lists of `version`; `None` if it is not known here. What is said of a version never changes.
pub const fn lists(version: u8) -> Option<Lists> {
	match version {
		1 => Some(Lists {
			actions: ActionSet(0xf),
			purposes: PurposeSet(0x3_ffff),
			classes: DataClassSet(0x1fff),
			labels: LabelSet(0xff),
			roles: RoleSet(0xff),
		}),
		// With the roles of research.
		2 => Some(Lists {
			actions: ActionSet(0xf),
			purposes: PurposeSet(0x3_ffff),
			classes: DataClassSet(0x1fff),
			labels: LabelSet(0xff),
			roles: RoleSet(0x7ff),
		}),
		_ => None,
	}
}

/// What the chain holds of a sealed directive. Immutable but for its end.
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
pub struct SealedDirective {
	/// Whether it lets or forbids.
	pub effect: Effect,
	/// The commitment to what it says.
	pub commitment: Commitment,
	/// When it is in force, unless it ends earlier.
	pub period: Interval,
	/// When and why it ended before its time.
	pub ended: Option<Ended>,
	/// The [version](VERSION) of the lists of codes that the chain had when this was made.
	pub version: u8,
}

impl SealedDirective {
	/// The first moment at which the directive is in force no more.
	pub fn end(&self) -> Moment {
		self.ended.map_or(self.period.until, |ended| ended.at.min(self.period.until))
	}

	/// Whether the directive was in force at `at`.
	pub fn in_force(&self, at: Moment) -> bool {
		self.period.from <= at && at < self.end()
	}
}

/// What a sealed directive says, beyond what the chain holds of it. Data that it lets see is never passed on: its
/// depth of redisclosure is 0. Nor does it count uses.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct SealedContent<AccountId> {
	/// Whom it is about.
	pub grantee: Grantee<AccountId>,
	/// What it is about, with its labels.
	pub scope: Scope,
	/// The moment by which the grantee must have erased its copies; `None` if the law alone says. Always `None` in
	/// a Deny.
	pub erase_after: Option<Moment>,
}

impl<AccountId> SealedContent<AccountId> {
	/// Whether a plain directive with the effect and the beginning of `held` could have said the same, labels and organisations
	/// apart, by the code lists of its version. What none could say opens nothing: sets that are empty or have bits that nobody
	/// knew, a role that nobody knew, an empty interval, breaking the glass, a Permit to pass data on, an erasure that is not
	/// after the beginning, or after a Deny.
	pub fn is_well_formed(&self, held: &SealedDirective) -> bool {
		let Scope { actions, purposes, classes, labels, data } = &self.scope;
		let Some(lists) = lists(held.version) else { return false };
		let known = actions.is_subset_of(lists.actions)
			&& purposes.is_subset_of(lists.purposes)
			&& classes.is_subset_of(lists.classes)
			&& labels.is_subset_of(lists.labels)
			&& match &self.grantee {
				Grantee::RoleAt(_, role) => lists.roles.contains(*role),
				Grantee::Any
				| Grantee::Organisation(_)
				| Grantee::Practitioner(_)
				| Grantee::PractitionerAt(..) => true,
			};
		let says_something = !actions.is_empty() && !purposes.is_empty() && !classes.is_empty();
		let fits_effect = match held.effect {
			Effect::Permit => {
				!actions.contains(Action::Redisclose)
					&& self.erase_after.is_none_or(|erased| erased > held.period.from)
			},
			Effect::Deny => self.erase_after.is_none(),
		};
		known
			&& says_something
			&& fits_effect
			&& !purposes.contains(Purpose::Btg)
			&& !data.is_empty()
	}
}

/// What opens a sealed directive: its salt and its content. It never enters a transaction.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Opening<AccountId> {
	/// 32 fresh random bytes, not all zero. Whoever has them can tell what the commitment is to by trying.
	pub salt: [u8; 32],
	/// What the directive says.
	pub content: SealedContent<AccountId>,
}

impl<AccountId: Encode> Opening<AccountId> {
	/// Whether this opens `sealed`, which `patient` has under `number` on the chain with the hash `genesis`: the
	/// commitments are the same, the content is well-formed, and there is a salt.
	pub fn opens(
		&self,
		genesis: &[u8; 32],
		patient: &PatientId,
		number: SealedId,
		sealed: &SealedDirective,
	) -> bool {
		self.salt != [0; 32]
			&& self.content.is_well_formed(sealed)
			&& commit(genesis, patient, number, sealed.effect, self) == sealed.commitment
	}
}

/// The commitment to `opening` under which `patient` seals a directive with this number and effect, on the chain with the
/// hash `genesis`. The module's documentation has the bytes.
pub fn commit<AccountId: Encode>(
	genesis: &[u8; 32],
	patient: &PatientId,
	number: SealedId,
	effect: Effect,
	opening: &Opening<AccountId>,
) -> Commitment {
	let hash = (SEALED_DOMAIN, genesis, patient, number, effect, opening).using_encoded(blake2_256);
	Commitment::from(hash)
}
