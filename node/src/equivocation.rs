//! Reports validators that make two blocks for one slot.
//!
//! The engine looks for them too, but while it imports a block, and by then the seal is off the header. The
//! runtime believes two *sealed* headers and nothing else, so it refuses what the engine reports. This import
//! stands before the engine's, sees headers as they were sent, and reports those.

use crate::service::{FullClient, FullSelectChain};
use salus_runtime::{opaque::Block, Hash, Header};
use sc_client_api::AuxStore;
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sc_consensus_slots::check_equivocation;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_api::{ApiExt, ProvideRuntimeApi};
use sp_consensus::{BlockOrigin, Error as ConsensusError, SelectChain};
use sp_consensus_babe::{
	check_equivocation_proof, digests::CompatibleDigestItem, AuthorityIndex, BabeApi,
	EquivocationProof, Slot, SlotDuration,
};
use sp_runtime::traits::Header as _;
use sp_timestamp::Timestamp;
use std::{error::Error, sync::Arc};

const LOG_TARGET: &str = "equivocation";

/// Reports double authorship, then imports with `inner`.
#[derive(Clone)]
pub struct ReportingImport<Inner> {
	inner: Inner,
	client: Arc<FullClient>,
	select_chain: FullSelectChain,
	pool: OffchainTransactionPoolFactory<Block>,
	slot_duration: SlotDuration,
}

impl<Inner> ReportingImport<Inner> {
	/// Reports are submitted through `pool`, on top of the best block of `select_chain`.
	pub fn new(
		inner: Inner,
		client: Arc<FullClient>,
		select_chain: FullSelectChain,
		pool: OffchainTransactionPoolFactory<Block>,
		slot_duration: SlotDuration,
	) -> Self {
		Self { inner, client, select_chain, pool, slot_duration }
	}

	/// Report the author of `sealed` if it is its second header for the slot.
	///
	/// # Errors
	/// The database or the runtime failed, the report was not taken, or nobody can say who the author is. None of
	/// it is a reason to refuse the block.
	async fn report(&self, sealed: &Header) -> Result<(), Box<dyn Error + Send + Sync>> {
		let now = Slot::from_timestamp(Timestamp::current(), self.slot_duration);
		let Some(found) = second_for_slot(&*self.client, now, sealed)? else { return Ok(()) };
		log::info!(
			target: LOG_TARGET,
			"Slot author {} is equivocating at slot {} with headers {:?} and {:?}",
			found.author, *found.slot, found.first.hash(), found.second.hash(),
		);
		let best = self.select_chain.best_chain().await?.hash();
		// The author's key is in the states of its epoch, and of those the first header's is kept if any is.
		// A block that could not be imported has none.
		let mut failure = "its author is no validator".into();
		for at in [found.first.hash(), *found.second.parent_hash(), best] {
			match self.submit(&found, at, best) {
				Ok(true) => {
					log::info!(target: LOG_TARGET, "Reported slot author {}", found.author);
					return Ok(());
				},
				Ok(false) => {},
				Err(error) => failure = error,
			}
		}
		Err(failure)
	}

	/// Submit the report on top of `best`, with the author's key as it is known in the state of `at`. False if
	/// that state knows no key that made both seals.
	fn submit(
		&self,
		found: &SecondHeader,
		at: Hash,
		best: Hash,
	) -> Result<bool, Box<dyn Error + Send + Sync>> {
		let mut api = self.client.runtime_api();
		let Some((offender, _)) = usize::try_from(found.author)
			.ok()
			.and_then(|index| {
				api.current_epoch(at).map(|epoch| epoch.authorities.get(index).cloned()).transpose()
			})
			.transpose()?
		else {
			return Ok(false);
		};
		let proof = || EquivocationProof {
			slot: found.slot,
			offender: offender.clone(),
			first_header: found.first.clone(),
			second_header: found.second.clone(),
		};
		if !check_equivocation_proof(proof()) {
			return Ok(false);
		}
		let Some(owner) = api.generate_key_ownership_proof(at, found.slot, offender.clone())?
		else {
			return Ok(false);
		};
		api.register_extension(self.pool.offchain_transaction_pool(best));
		api.submit_report_equivocation_unsigned_extrinsic(best, proof(), owner)?
			.ok_or("the chain does not take the report; it may have one already")?;
		Ok(true)
	}
}

#[async_trait::async_trait]
impl<Inner> BlockImport<Block> for ReportingImport<Inner>
where
	Inner: BlockImport<Block, Error = ConsensusError> + Send + Sync,
{
	type Error = ConsensusError;

	async fn check_block(
		&self,
		block: BlockCheckParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(
		&self,
		block: BlockImportParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		// What is old is reported already, or too late.
		let old = matches!(
			block.origin,
			BlockOrigin::NetworkInitialSync | BlockOrigin::WarpSync | BlockOrigin::GapSync
		);
		if !old && !block.with_state() {
			if let Err(error) = self.report(&block.post_header()).await {
				log::warn!(target: LOG_TARGET, "cannot report a second block of one slot: {error}");
			}
		}
		self.inner.import_block(block).await
	}
}

/// Two headers of one author for one slot, both with their seals.
#[derive(Debug)]
struct SecondHeader {
	slot: Slot,
	author: AuthorityIndex,
	first: Header,
	second: Header,
}

/// Remembers the sealed header, and answers with the first one if it is its author's second for that slot. How
/// long headers are kept, in slots, is the SDK's to say.
fn second_for_slot<Store: AuxStore>(
	store: &Store,
	now: Slot,
	sealed: &Header,
) -> sp_blockchain::Result<Option<SecondHeader>> {
	let Some(claim) = sealed.digest().logs().iter().find_map(|item| item.as_babe_pre_digest())
	else {
		// Genesis, or what the engine refuses.
		return Ok(None);
	};
	let found =
		check_equivocation(&Sealed(store), now, claim.slot(), sealed, &claim.authority_index())?;
	Ok(found.map(|proof| SecondHeader {
		slot: proof.slot,
		author: proof.offender,
		first: proof.first_header,
		second: proof.second_header,
	}))
}

/// The same store under keys of its own: the engine keeps its headers, without seals, under the names that
/// [`check_equivocation`] uses.
struct Sealed<'store, Store>(&'store Store);

impl<Store> Sealed<'_, Store> {
	fn key(key: &[u8]) -> Vec<u8> {
		[b"salus_sealed:", key].concat()
	}
}

impl<Store: AuxStore> AuxStore for Sealed<'_, Store> {
	fn insert_aux<
		'a,
		'b: 'a,
		'c: 'a,
		I: IntoIterator<Item = &'a (&'c [u8], &'c [u8])>,
		D: IntoIterator<Item = &'a &'b [u8]>,
	>(
		&self,
		insert: I,
		delete: D,
	) -> sp_blockchain::Result<()> {
		let insert: Vec<_> =
			insert.into_iter().map(|(key, value)| (Self::key(key), *value)).collect();
		let delete: Vec<_> = delete.into_iter().map(|key| Self::key(key)).collect();
		let insert: Vec<_> = insert.iter().map(|(key, value)| (&key[..], *value)).collect();
		let delete: Vec<_> = delete.iter().map(|key| &key[..]).collect();
		self.0.insert_aux(&insert, &delete)
	}

	fn get_aux(&self, key: &[u8]) -> sp_blockchain::Result<Option<Vec<u8>>> {
		self.0.get_aux(&Self::key(key))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_consensus_babe::{
		digests::{PreDigest, SecondaryPlainPreDigest},
		AuthorityId,
	};
	use sp_core::Pair;
	use sp_keyring::Sr25519Keyring;
	use sp_runtime::{Digest, DigestItem};
	use std::{cell::RefCell, collections::BTreeMap};

	/// The number of some slot.
	const SLOT: u64 = 1_000_000;
	/// Of the validators Alice and Bob, in this order.
	const BOB: AuthorityIndex = 1;

	#[derive(Default)]
	struct Memory(RefCell<BTreeMap<Vec<u8>, Vec<u8>>>);

	impl AuxStore for Memory {
		fn insert_aux<
			'a,
			'b: 'a,
			'c: 'a,
			I: IntoIterator<Item = &'a (&'c [u8], &'c [u8])>,
			D: IntoIterator<Item = &'a &'b [u8]>,
		>(
			&self,
			insert: I,
			delete: D,
		) -> sp_blockchain::Result<()> {
			let mut map = self.0.borrow_mut();
			map.extend(insert.into_iter().map(|(key, value)| (key.to_vec(), value.to_vec())));
			delete.into_iter().for_each(|key| {
				map.remove(*key);
			});
			Ok(())
		}

		fn get_aux(&self, key: &[u8]) -> sp_blockchain::Result<Option<Vec<u8>>> {
			Ok(self.0.borrow().get(key).cloned())
		}
	}

	fn unsealed(parent: u8, authority_index: AuthorityIndex, slot: u64) -> Header {
		let claim = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
			authority_index,
			slot: slot.into(),
		});
		Header::new(
			7,
			Hash::zero(),
			Hash::zero(),
			Hash::repeat_byte(parent),
			Digest { logs: vec![DigestItem::babe_pre_digest(claim)] },
		)
	}

	/// Bob's block for `slot` on that parent.
	fn sealed(parent: u8, slot: u64) -> Header {
		let mut header = unsealed(parent, BOB, slot);
		let seal = Sr25519Keyring::Bob.pair().sign(header.hash().as_bytes());
		header.digest_mut().push(DigestItem::babe_seal(seal.into()));
		header
	}

	#[test]
	fn two_blocks_for_one_slot_are_a_proof_that_the_runtime_believes() {
		let store = Memory::default();
		let (first, second) = (sealed(1, SLOT), sealed(2, SLOT));
		assert!(second_for_slot(&store, SLOT.into(), &first).unwrap().is_none());
		let found = second_for_slot(&store, SLOT.into(), &second).unwrap().unwrap();
		assert_eq!((*found.slot, found.author), (SLOT, BOB));
		assert_eq!((&found.first, &found.second), (&first, &second));
		let proof = |offender: Sr25519Keyring| EquivocationProof {
			slot: found.slot,
			offender: AuthorityId::from(offender.public()),
			first_header: found.first.clone(),
			second_header: found.second.clone(),
		};
		assert!(check_equivocation_proof(proof(Sr25519Keyring::Bob)));
		assert!(!check_equivocation_proof(proof(Sr25519Keyring::Alice)));
	}

	#[test]
	fn one_block_twice_is_none_and_neither_are_two_authors_or_two_slots() {
		let store = Memory::default();
		let once = sealed(1, SLOT);
		for header in [&once, &once, &unsealed(2, 0, SLOT), &sealed(2, SLOT + 1)] {
			let found = second_for_slot(&store, (SLOT + 1).into(), header).unwrap();
			assert!(found.is_none(), "{header:?}");
		}
	}

	/// Two nodes with one key may make the same block; a signature is never the same again, so they are two.
	#[test]
	fn one_block_sealed_twice_is_two() {
		let store = Memory::default();
		assert!(second_for_slot(&store, SLOT.into(), &sealed(1, SLOT)).unwrap().is_none());
		assert!(second_for_slot(&store, SLOT.into(), &sealed(1, SLOT)).unwrap().is_some());
	}

	#[test]
	fn it_is_found_again_after_a_restart_and_shares_nothing_with_the_engine() {
		let store = Memory::default();
		let author = AuthorityId::from(Sr25519Keyring::Bob.public());
		let header = sealed(1, SLOT);
		// As the engine does, with the seal off.
		assert!(check_equivocation(
			&store,
			SLOT.into(),
			SLOT.into(),
			&unsealed(1, BOB, SLOT),
			&author
		)
		.unwrap()
		.is_none());
		assert!(second_for_slot(&store, SLOT.into(), &header).unwrap().is_none());
		let restarted = Memory(store.0.clone());
		assert!(second_for_slot(&restarted, SLOT.into(), &sealed(2, SLOT)).unwrap().is_some());
	}

	#[test]
	fn what_is_older_than_a_report_may_be_is_forgotten() {
		let store = Memory::default();
		let keep = sc_consensus_slots::MAX_SLOT_CAPACITY;
		for slot in (0..3 * keep).map(|n| SLOT + n) {
			assert!(second_for_slot(&store, slot.into(), &sealed(1, slot)).unwrap().is_none());
		}
		let kept = u64::try_from(store.0.borrow().len()).unwrap();
		assert!(kept <= sc_consensus_slots::PRUNING_BOUND + 2, "{kept} are kept");
		let now = SLOT + 3 * keep;
		assert!(second_for_slot(&store, now.into(), &sealed(2, SLOT)).unwrap().is_none());
		assert!(second_for_slot(&store, now.into(), &sealed(2, now - 1)).unwrap().is_some());
	}
}
