//! Heads, as bytes of SCALE.

use salus_exchange_protocol::Hash;
use salus_verify::bytes::compact;

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
