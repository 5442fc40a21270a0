//! What a runtime's functions answer, and heads, as bytes of SCALE. The layouts are those of `pallets/registry/src/{types,runtime_api}.rs`:
//! released versions do not change them.

use salus_exchange_protocol::{account::Account, Hash, RecordError as Error};
use salus_verify::bytes::{compact, Reader};

/// The most licences of an organisation that are read of one answer.
const MAX_ITEMS: usize = 65_536;

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

/// The roles of whoever may see what both sides logged: privacy officers, data stewards and auditors.
pub const OFFICERS: u16 = 1 << 4 | 1 << 6 | 1 << 7;

/// The answer of `RegistryApi_roles`: a bit for each role.
pub fn roles(bytes: &[u8]) -> Result<u16, Error> {
	let mut reader = Reader::new(bytes, "answer about roles");
	if reader.u8()? != 0 {
		return Err(reader.bad("it is about a moment after the block's own"));
	}
	let roles = reader.u16()?;
	reader.finish()?;
	Ok(roles)
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
