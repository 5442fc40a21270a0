//! The network of a closed chain: what `sc_service::build_network` sets up, with a [`Gate`] before
//! every request protocol.

use super::{
	describe::{Describe, Described},
	gate::{Gate, Reserved},
	proofless::Proofless,
};
use crate::service::{FullClient, FullPool};
use salus_runtime::{opaque::Block, Hash};
use sc_client_api::{BlockBackend, HeaderBackend};
use sc_network::{
	config::{FullNetworkConfiguration, Roles, SyncMode},
	service::traits::RequestResponseConfig,
	NetworkBackend,
};
use sc_network_sync::{
	block_relay_protocol::BlockRelayParams,
	block_request_handler::BlockRequestHandler,
	engine::SyncingEngine,
	service::network::NetworkServiceProvider,
	state_request_handler::StateRequestHandler,
	strategy::polkadot::{PolkadotSyncingStrategy, PolkadotSyncingStrategyConfig},
	warp_request_handler::RequestHandler as WarpSyncRequestHandler,
};
use sc_service::{
	default_gap_sync_body_policy, error::Error as ServiceError, BuildNetworkAdvancedParams,
	BuildNetworkParams, ImportQueue, SpawnTaskHandle, WarpSyncConfig,
};
use sp_consensus::block_validation::DefaultBlockAnnounceValidator;
use std::sync::Arc;

/// Set up synchronisation for reserved peers only; what remains is for
/// `sc_service::build_network_advanced`. Nobody is answered until `reserved` follows the network.
///
/// # Errors
/// The node's synchronisation mode does not go with its pruning, or a name is taken twice.
pub fn prepare<'config, Net, Queue>(
	params: BuildNetworkParams<'config, Block, Net, FullPool, Queue, FullClient>,
	reserved: &Reserved,
) -> Result<
	BuildNetworkAdvancedParams<'config, Block, Net, FullPool, Queue, Proofless<FullClient>>,
	ServiceError,
>
where
	Net: NetworkBackend<Block, Hash>,
	Queue: ImportQueue<Block> + 'static,
{
	let BuildNetworkParams {
		config,
		mut net_config,
		client,
		transaction_pool,
		spawn_handle,
		spawn_essential_handle,
		import_queue,
		metrics,
		warp_sync_config,
		..
	} = params;
	let Some(WarpSyncConfig::WithProvider(warp_proofs)) = warp_sync_config else {
		return Err("a closed network needs warp sync proofs".into());
	};
	if client.requires_full_sync() && config.network.sync_mode != SyncMode::Full {
		return Err("a node that keeps all blocks or states can only use --sync full".into());
	}

	let network_service_provider = NetworkServiceProvider::new();
	let protocol_id = config.protocol_id();
	let fork_id = config.chain_spec.fork_id();
	let metrics_registry = config.prometheus_registry();
	let peers_set = &config.network.default_peers_set;
	// A slot for a request of each peer.
	let peers = usize::try_from(config.network.default_peers_set_num_full).unwrap_or(usize::MAX);
	let peers = peers.saturating_add(peers_set.reserved_nodes.len());

	let BlockRelayParams { mut server, downloader, request_response_config } =
		BlockRequestHandler::new::<Describe<Net>>(
			network_service_provider.handle(),
			&protocol_id,
			fork_id,
			client.clone(),
			peers,
		);
	spawn_handle.spawn(
		"block-request-handler",
		Some("networking"),
		async move { server.run().await },
	);
	install(
		"block-request-gate",
		request_response_config,
		&mut net_config,
		reserved,
		&spawn_handle,
	);

	let (handler, described) =
		StateRequestHandler::new::<Describe<Net>>(&protocol_id, fork_id, client.clone(), peers);
	let state_request_protocol_name = described.protocol_name().clone();
	spawn_handle.spawn("state-request-handler", Some("networking"), handler.run());
	install("state-request-gate", described, &mut net_config, reserved, &spawn_handle);

	let (handler, described) = WarpSyncRequestHandler::new::<_, Describe<Net>>(
		protocol_id.clone(),
		client.info().genesis_hash,
		fork_id,
		warp_proofs.clone(),
	);
	let warp_sync_protocol_name = described.protocol_name().clone();
	spawn_handle.spawn("warp-sync-request-handler", Some("networking"), handler.run());
	install("warp-sync-request-gate", described, &mut net_config, reserved, &spawn_handle);

	let strategy = PolkadotSyncingStrategy::new(
		PolkadotSyncingStrategyConfig {
			mode: config.network.sync_mode,
			max_parallel_downloads: config.network.max_parallel_downloads,
			max_blocks_per_request: config.network.max_blocks_per_request,
			min_peers_to_start_warp_sync: config.network.min_peers_to_start_warp_sync,
			metrics_registry: metrics_registry.cloned(),
			state_request_protocol_name,
			block_downloader: downloader,
			gap_sync_body_policy: default_gap_sync_body_policy(config.blocks_pruning),
		},
		client.clone(),
		Some(WarpSyncConfig::WithProvider(warp_proofs)),
		Some(warp_sync_protocol_name),
	)?;
	let (engine, sync_service, block_announce_config) = SyncingEngine::new(
		Roles::from(&config.role),
		client.clone(),
		metrics_registry,
		metrics.clone(),
		&net_config,
		protocol_id.clone(),
		fork_id,
		Box::new(DefaultBlockAnnounceValidator),
		Box::new(strategy),
		network_service_provider.handle(),
		import_queue.service(),
		net_config.peer_store_handle(),
	)?;
	// A node that can no longer follow the chain had better end.
	spawn_essential_handle.spawn_blocking("syncing", None, engine.run());

	Ok(BuildNetworkAdvancedParams {
		role: config.role,
		protocol_id,
		fork_id,
		announce_block: config.announce_block,
		net_config,
		client: Arc::new(Proofless(client)),
		transaction_pool,
		spawn_handle,
		spawn_essential_handle,
		import_queue,
		sync_service,
		block_announce_config,
		network_service_provider,
		metrics_registry,
		metrics,
		blocks_pruning: config.blocks_pruning,
	})
}

/// Install the protocol with a gate before its handler.
fn install<Net: NetworkBackend<Block, Hash>>(
	task: &'static str,
	described: Described,
	net_config: &mut FullNetworkConfiguration<Block, Hash, Net>,
	reserved: &Reserved,
	spawner: &SpawnTaskHandle,
) {
	let guarded = described.inbound_queue.map(|handler| {
		let (requests, all) = async_channel::bounded(handler.capacity().unwrap_or(1).max(1));
		let gate = Gate::new(reserved.clone());
		spawner.spawn(task, Some("networking"), gate.run(all, handler));
		requests
	});
	net_config.add_request_response_protocol(Net::request_response_config(
		described.protocol_name,
		described.fallback_names,
		described.max_request_size,
		described.max_response_size,
		described.request_timeout,
		guarded,
	));
}
