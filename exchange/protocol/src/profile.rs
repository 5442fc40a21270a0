//! An organisation's profile: the public document behind the `profile` commitment with which it applied. The chain holds the
//! commitment alone; whoever is shown the document checks it against the chain.

use crate::{
	commitment::{commit, Form},
	json::Part,
	jws::{Curve, Jwk},
	request::organisation,
	Hash,
};
use std::fmt;

/// The largest document of a profile, in bytes.
pub const MAX_PROFILE: usize = 16 << 10;
/// The most keys of a profile.
pub const MAX_KEYS: usize = 16;
/// The longest name of a key, and the longest URL, in bytes.
pub const MAX_TEXT: usize = 256;

/// A profile, as `clients/exchange/src/profile.ts` has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
	/// The organisation's name.
	pub name: String,
	/// Where its gateway is, if it has one.
	pub gateway: Option<String>,
	/// With which keys its systems authenticate; on the curve P-384, each with a name of its own.
	pub keys: Vec<ProfileKey>,
	/// 32 random bytes: without them a guessed name would confirm itself against the chain.
	pub salt: Hash,
}

/// A key in a profile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProfileKey {
	/// Its name: the `kid` of what it signs.
	pub kid: String,
	/// The key.
	pub key: Jwk,
}

/// Why a document is no profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProfileFault {
	/// It is no JSON with a name, or larger than [`MAX_PROFILE`].
	Malformed,
	/// It is not written as profiles are: its commitment would be another one.
	OtherForm,
	/// Of its keys one is none of the curve P-384, or has no name of its own; or there are more than [`MAX_KEYS`].
	Keys,
}

impl fmt::Display for ProfileFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::Malformed => "the document is no profile",
			Self::OtherForm => "the document is not written as profiles are",
			Self::Keys => {
				"the keys are not up to 16 of the curve P-384, each with a name of its own"
			},
		})
	}
}

impl std::error::Error for ProfileFault {}

impl Profile {
	/// Reads a document that somebody shows, with its salt. Whose it is, [`is_of`](Self::is_of) tells.
	pub fn read(document: &[u8], salt: Hash) -> Result<Self, ProfileFault> {
		let whole = Part::read(document, MAX_PROFILE).map_err(|_| ProfileFault::Malformed)?;
		let profile = Self::from_part(&whole, salt)?;
		match profile.document() == document {
			true => Ok(profile),
			false => Err(ProfileFault::OtherForm),
		}
	}

	/// Reads what an organisation hands to others: the members of its document, in any order, with `salt` and `organisation`, its number.
	pub fn shown(bytes: &[u8]) -> Result<(u32, Self), ProfileFault> {
		let bad = ProfileFault::Malformed;
		let whole = Part::read(bytes, MAX_PROFILE).map_err(|_| bad)?;
		let number = whole.get("organisation").and_then(organisation).ok_or(bad)?;
		let salt = whole.get("salt").and_then(Part::text).and_then(|text| text.parse().ok());
		let Part::Object(members) = &whole else { return Err(bad) };
		let known = ["organisation", "salt", "name", "gateway", "keys"];
		// A member that is passed over would be missing in what is committed to.
		if members.iter().any(|(name, _)| !known.contains(&name.as_str())) {
			return Err(ProfileFault::OtherForm);
		}
		Ok((number, Self::from_part(&whole, salt.ok_or(bad)?)?))
	}

	fn from_part(whole: &Part, salt: Hash) -> Result<Self, ProfileFault> {
		let bad = ProfileFault::Malformed;
		let name = whole.get("name").and_then(Part::text).ok_or(bad)?.into();
		let gateway = match whole.get("gateway") {
			None => None,
			Some(part) => {
				let url = part.text().filter(|url| is_text(url) && url.starts_with("https://"));
				Some(url.ok_or(bad)?.into())
			},
		};
		let mut keys: Vec<ProfileKey> = Vec::new();
		match whole.get("keys") {
			None => {},
			Some(Part::List(list)) if !list.is_empty() && list.len() <= MAX_KEYS => {
				for part in list {
					let kid = part.get("kid").and_then(Part::text).filter(|kid| is_text(kid));
					let key = Jwk::from_part(part).filter(|key| key.curve() == Curve::P384);
					let (Some(kid), Some(key)) = (kid, key) else { return Err(ProfileFault::Keys) };
					if keys.iter().any(|there| there.kid == kid || there.key == key) {
						return Err(ProfileFault::Keys);
					}
					keys.push(ProfileKey { kid: kid.into(), key });
				}
			},
			Some(_) => return Err(ProfileFault::Keys),
		}
		Ok(Self { name, gateway, keys, salt })
	}

	/// The document as a value.
	fn part(&self) -> Vec<(String, Part)> {
		let mut members = vec![("name".to_owned(), Part::of(&self.name))];
		members.extend(self.gateway.iter().map(|url| ("gateway".to_owned(), Part::of(url))));
		if !self.keys.is_empty() {
			let keys = self.keys.iter().map(|each| {
				let mut members = vec![("kid".to_owned(), Part::of(&each.kid))];
				members.extend(each.key.members());
				Part::Object(members)
			});
			members.push(("keys".into(), Part::List(keys.collect())));
		}
		members
	}

	/// The document: `{"name":…}`, with `gateway` and `keys` after it if there are any, as JavaScript writes it. A key is
	/// `{"kid":…,"crv":"P-384","kty":"EC","x":…,"y":…}`.
	pub fn document(&self) -> Vec<u8> {
		let mut text = String::new();
		Part::Object(self.part()).put(&mut text);
		text.into_bytes()
	}

	/// What [`shown`](Self::shown) reads.
	pub fn to_show(&self, organisation: u32) -> String {
		let mut members = vec![("organisation".to_owned(), Part::Whole(organisation.into()))];
		members.extend(self.part());
		members.push(("salt".into(), Part::of(self.salt)));
		let mut text = String::new();
		Part::Object(members).put(&mut text);
		text
	}

	/// What the organisation gave as `profile` when it applied.
	pub fn commitment(&self) -> Hash {
		commit(&self.salt, Form::Bytes, &Hash::of(&self.document()))
	}

	/// Whether this is the document behind `commitment`.
	pub fn is_of(&self, commitment: &Hash) -> bool {
		self.commitment() == *commitment
	}
}

fn is_text(text: &str) -> bool {
	!text.is_empty() && text.len() <= MAX_TEXT && text.bytes().all(|b| b.is_ascii_graphic())
}
