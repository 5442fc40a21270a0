//! The RPC methods that depend on the chain's consensus and runtime.
//!
//! `sc-service` adds the others by itself: `author`, `chain`, `state`, `childstate`, `system` and
//! `offchain`, and those of the new JSON-RPC specification: `chainHead`, `chainSpec`,
//! `transaction`, `transactionWatch`, and on nodes that keep all state and blocks `archive`.

use crate::service::{FullBackend, FullClient, FullPool, FullSelectChain};
use jsonrpsee::RpcModule;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use salus_runtime::{opaque::Block, BlockNumber, Hash};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_babe_rpc::{Babe, BabeApiServer};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::{
	dev::{Dev, DevApiServer},
	SubscriptionTaskExecutor,
};
use sc_service::ChainSpec;
use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
use sp_keystore::KeystorePtr;
use std::{error::Error, sync::Arc};
use substrate_frame_rpc_system::{System, SystemApiServer};

/// What the RPC methods of GRANDPA need.
#[derive(Clone)]
pub struct GrandpaDeps {
	/// The round the local voter is in.
	pub voter_state: SharedVoterState,
	/// The current and the past authority sets.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// The justifications as they come.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proofs of finality of past blocks.
	pub finality_proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// What the RPC methods need.
pub struct FullDeps {
	/// The client.
	pub client: Arc<FullClient>,
	/// The transaction pool.
	pub pool: Arc<FullPool>,
	/// The rule that picks the best chain.
	pub select_chain: FullSelectChain,
	/// The chain specification the node runs with.
	pub chain_spec: Box<dyn ChainSpec>,
	/// The local keystore.
	pub keystore: KeystorePtr,
	/// Access to BABE's epochs.
	pub babe: BabeWorkerHandle<Block>,
	/// Access to GRANDPA's state.
	pub grandpa: GrandpaDeps,
	/// Runs subscriptions.
	pub subscription_executor: SubscriptionTaskExecutor,
}

/// Build the module with all methods that `sc-service` does not add by itself.
///
/// # Errors
/// A method name is taken twice, or the chain specification has no place for a light sync state.
pub fn create(deps: FullDeps) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let FullDeps {
		client,
		pool,
		select_chain,
		chain_spec,
		keystore,
		babe,
		grandpa,
		subscription_executor,
	} = deps;

	let mut module = RpcModule::new(());
	module.merge(System::<_, _, Block>::new(client.clone(), pool).into_rpc())?;
	module.merge(TransactionPayment::<_, Block>::new(client.clone()).into_rpc())?;
	module.merge(Babe::new(client.clone(), babe.clone(), keystore, select_chain).into_rpc())?;
	module.merge(
		SyncState::new(chain_spec, client.clone(), grandpa.authority_set.clone(), babe)?.into_rpc(),
	)?;
	module.merge(
		Grandpa::new(
			subscription_executor,
			grandpa.authority_set,
			grandpa.voter_state,
			grandpa.justifications,
			grandpa.finality_proofs,
		)
		.into_rpc(),
	)?;
	module.merge(Dev::<Block, _>::new(client).into_rpc())?;
	Ok(module)
}
