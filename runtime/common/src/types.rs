//! The types of accounts, amounts, blocks and hashes.

use sp_runtime::{
	generic,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};

/// A signature by any of the key types that accounts may have.
pub type Signature = MultiSignature;
/// An account: the public key of a signer, or the hash of one.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// An amount in the smallest unit of the native token, 10^-12 SLS.
pub type Balance = u128;
/// How many transactions an account has sent.
pub type Nonce = u32;
/// A hash of 32 bytes.
pub type Hash = sp_core::H256;
/// The number of a block.
pub type BlockNumber = u32;
/// How callers name accounts.
pub type Address = MultiAddress<AccountId, ()>;
/// The number of an asset of pallet-assets.
pub type AssetId = u32;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;

/// Types that a node uses without knowing what is inside a transaction.
pub mod opaque {
	use sp_runtime::generic;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// A header.
	pub type Header = super::Header;
	/// A block of opaque transactions.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
}
