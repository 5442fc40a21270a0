//! The client, without proofs of its state.
//!
//! The SDK installs the handler of light-client requests where no gate fits before it. What that
//! handler asks of the client are proofs alone, so on a closed network it is given a client that has
//! none: nobody is answered. Members' nodes do not use that protocol.

use salus_runtime::{opaque::Block, BlockNumber, Hash};
use sc_client_api::{
	BlockBackend, BlockchainEvents, CompactProof, FinalityNotifications, ImportNotifications,
	ProofProvider, StorageEventStream, StorageProof,
};
use sp_api::{ApiRef, ProvideRuntimeApi};
use sp_blockchain::{
	BlockStatus, CachedHeaderMetadata, Error, HeaderBackend, HeaderMetadata, Info, Result,
};
use sp_core::{
	storage::{ChildInfo, StorageKey},
	H256,
};
use sp_runtime::{
	generic::{BlockId, SignedBlock},
	traits::{Block as BlockT, BlockIdTo},
	Justifications,
};
use sp_state_machine::{KeyValueStates, KeyValueStorageLevel};
use std::sync::Arc;

/// A client `C` that proves nothing.
pub struct Proofless<C>(pub Arc<C>);

type Header = <Block as BlockT>::Header;
type Extrinsic = <Block as BlockT>::Extrinsic;

fn refused<T>() -> Result<T> {
	Err(Error::Backend("a closed network gives no proofs to light clients".into()))
}

impl<C> ProofProvider<Block> for Proofless<C> {
	fn read_proof(&self, _: Hash, _: &mut dyn Iterator<Item = &[u8]>) -> Result<StorageProof> {
		refused()
	}

	fn read_child_proof(
		&self,
		_: Hash,
		_: &ChildInfo,
		_: &mut dyn Iterator<Item = &[u8]>,
	) -> Result<StorageProof> {
		refused()
	}

	fn execution_proof(&self, _: Hash, _: &str, _: &[u8]) -> Result<(Vec<u8>, StorageProof)> {
		refused()
	}

	fn read_proof_collection(
		&self,
		_: Hash,
		_: &[Vec<u8>],
		_: usize,
	) -> Result<(CompactProof, u32)> {
		refused()
	}

	fn storage_collection(
		&self,
		_: Hash,
		_: &[Vec<u8>],
		_: usize,
	) -> Result<Vec<(KeyValueStorageLevel, bool)>> {
		refused()
	}

	fn verify_range_proof(
		&self,
		_: Hash,
		_: CompactProof,
		_: &[Vec<u8>],
	) -> Result<(KeyValueStates, usize)> {
		refused()
	}
}

// Everything else is the client's.

impl<C: ProvideRuntimeApi<Block>> ProvideRuntimeApi<Block> for Proofless<C> {
	type Api = C::Api;

	fn runtime_api(&self) -> ApiRef<'_, Self::Api> {
		self.0.runtime_api()
	}
}

impl<C: HeaderMetadata<Block>> HeaderMetadata<Block> for Proofless<C> {
	type Error = C::Error;

	fn header_metadata(
		&self,
		hash: Hash,
	) -> std::result::Result<CachedHeaderMetadata<Block>, Self::Error> {
		self.0.header_metadata(hash)
	}

	fn insert_header_metadata(&self, hash: Hash, metadata: CachedHeaderMetadata<Block>) {
		self.0.insert_header_metadata(hash, metadata);
	}

	fn remove_header_metadata(&self, hash: Hash) {
		self.0.remove_header_metadata(hash);
	}
}

impl<C: HeaderBackend<Block>> HeaderBackend<Block> for Proofless<C> {
	fn header(&self, hash: Hash) -> Result<Option<Header>> {
		self.0.header(hash)
	}

	fn info(&self) -> Info<Block> {
		self.0.info()
	}

	fn status(&self, hash: Hash) -> Result<BlockStatus> {
		self.0.status(hash)
	}

	fn number(&self, hash: Hash) -> Result<Option<BlockNumber>> {
		self.0.number(hash)
	}

	fn hash(&self, number: BlockNumber) -> Result<Option<Hash>> {
		self.0.hash(number)
	}
}

impl<C: BlockIdTo<Block>> BlockIdTo<Block> for Proofless<C> {
	type Error = C::Error;

	fn to_hash(&self, id: &BlockId<Block>) -> std::result::Result<Option<Hash>, Self::Error> {
		self.0.to_hash(id)
	}

	fn to_number(
		&self,
		id: &BlockId<Block>,
	) -> std::result::Result<Option<BlockNumber>, Self::Error> {
		self.0.to_number(id)
	}
}

impl<C: sp_consensus::block_validation::Chain<Block>> sp_consensus::block_validation::Chain<Block>
	for Proofless<C>
{
	fn block_status(
		&self,
		hash: Hash,
	) -> std::result::Result<sp_consensus::BlockStatus, Box<dyn std::error::Error + Send>> {
		self.0.block_status(hash)
	}
}

impl<C: BlockBackend<Block>> BlockBackend<Block> for Proofless<C> {
	fn block_body(&self, hash: Hash) -> Result<Option<Vec<Extrinsic>>> {
		self.0.block_body(hash)
	}

	fn block_indexed_body(&self, hash: Hash) -> Result<Option<Vec<Vec<u8>>>> {
		self.0.block_indexed_body(hash)
	}

	fn block_indexed_hashes(&self, hash: Hash) -> Result<Option<Vec<H256>>> {
		self.0.block_indexed_hashes(hash)
	}

	fn block(&self, hash: Hash) -> Result<Option<SignedBlock<Block>>> {
		self.0.block(hash)
	}

	fn block_status(&self, hash: Hash) -> Result<sp_consensus::BlockStatus> {
		self.0.block_status(hash)
	}

	fn justifications(&self, hash: Hash) -> Result<Option<Justifications>> {
		self.0.justifications(hash)
	}

	fn block_hash(&self, number: BlockNumber) -> Result<Option<Hash>> {
		self.0.block_hash(number)
	}

	fn indexed_transaction(&self, hash: H256) -> Result<Option<Vec<u8>>> {
		self.0.indexed_transaction(hash)
	}

	fn requires_full_sync(&self) -> bool {
		self.0.requires_full_sync()
	}
}

impl<C: BlockchainEvents<Block>> BlockchainEvents<Block> for Proofless<C> {
	fn import_notification_stream(&self) -> ImportNotifications<Block> {
		self.0.import_notification_stream()
	}

	fn every_import_notification_stream(&self) -> ImportNotifications<Block> {
		self.0.every_import_notification_stream()
	}

	fn finality_notification_stream(&self) -> FinalityNotifications<Block> {
		self.0.finality_notification_stream()
	}

	fn storage_changes_notification_stream(
		&self,
		keys: Option<&[StorageKey]>,
		child_keys: Option<&[(StorageKey, Option<Vec<StorageKey>>)]>,
	) -> Result<StorageEventStream<Hash>> {
		self.0.storage_changes_notification_stream(keys, child_keys)
	}
}
