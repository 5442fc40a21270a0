//! The node as a service: client, pool, network, authorship, finality, offchain workers, RPC.

use crate::{closed, disk, equivocation::ReportingImport, rpc, runtime_cache};
use salus_runtime::{apis::RuntimeApi, opaque::Block, Hash};
use sc_client_api::Backend;
use sc_consensus::{DefaultImportQueue, LongestChain};
use sc_consensus_babe::{BabeLink, BabeWorkerHandle, SlotProportion};
use sc_consensus_grandpa::{
	BeforeBestBlockBy, FinalityProofProvider, GrandpaPruningFilter, SharedVoterState,
	ThreeQuartersOfTheUnfinalizedChain, VotingRulesBuilder,
};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_executor::WasmExecutor;
use sc_network::{
	config::{FullNetworkConfiguration, NetworkBackendType},
	Litep2pNetworkBackend, NetworkBackend, NetworkWorker,
};
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{
	error::Error as ServiceError, BuildNetworkParams, Configuration, PartialComponents,
	SpawnTasksParams, TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::{
	inherents::{BabeCreateInherentDataProviders, InherentDataProvider},
	SlotDuration,
};
use sp_runtime::Percent;
use std::{path::Path, sync::Arc, time::Duration};

/// Host functions that the runtime may call.
pub type HostFunctions = sp_io::SubstrateHostFunctions;

/// The client: database, runtime and their notifications.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, WasmExecutor<HostFunctions>>;
/// The database.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// The longest of the heaviest chains is best.
pub type FullSelectChain = LongestChain<FullBackend, Block>;
/// The transaction pool.
pub type FullPool = TransactionPoolHandle<Block, FullClient>;

type GrandpaBlockImport =
	sc_consensus_grandpa::GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, FullClient, FullSelectChain>;
type FullBlockImport = ReportingImport<
	sc_consensus_babe::BabeBlockImport<
		Block,
		FullClient,
		GrandpaBlockImport,
		BabeCreateInherentDataProviders<Block>,
		FullSelectChain,
	>,
>;

/// A justification is kept at least every so many blocks, besides those at each change of the
/// authority set. Short, because a receipt is proved final at the next justification.
const JUSTIFICATION_PERIOD: u32 = 32;

/// How long a GRANDPA message may take through the network.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// How many blocks behind the best one a vote is at least. The SDK's rules say two. One is enough to
/// let blocks of the same slot sort themselves out, and makes a block final one block time sooner.
const VOTES_BEHIND_BEST: u32 = 1;

/// The part of a slot that goes into building the block; the rest is for spreading it.
const PROPOSAL_SLOT_PORTION: f32 = 0.5;

/// The part of the time for building a block after which a block that seems full is finished, once eight more transactions were
/// tried in vain. Until then the proposer goes on looking for smaller ones: with thousands waiting that takes all of this time,
/// in every block, and finds nothing, since whoever sends the most sends calls of one size.
const STOP_TRYING_AFTER: Percent = Percent::from_percent(20);

/// What the consensus engines share between import and authorship or voting.
pub struct Consensus {
	block_import: FullBlockImport,
	babe_link: BabeLink<Block>,
	babe_worker: BabeWorkerHandle<Block>,
	grandpa_link: GrandpaLink,
	telemetry: Option<Telemetry>,
}

/// The parts of a node that the subcommands need too.
pub type Parts = PartialComponents<
	FullClient,
	FullBackend,
	FullSelectChain,
	DefaultImportQueue<Block>,
	FullPool,
	Consensus,
>;

/// Open the database, and set up everything up to the import of blocks. Compiled runtimes are kept
/// in `cache`, or beside the database.
///
/// # Errors
/// The database, the genesis, the keystore or the runtime's consensus configuration is unusable.
pub fn new_partial(config: &Configuration, cache: Option<&Path>) -> Result<Parts, ServiceError> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;

	let executor = runtime_cache::executor(config, cache);
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor,
			// Blocks with a justification are kept: warp sync proofs are made of them.
			vec![Arc::new(GrandpaPruningFilter)],
		)?;
	let client = Arc::new(client);

	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = LongestChain::new(backend.clone());

	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (grandpa_block_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(Telemetry::handle),
	)?;
	let justification_import = Box::new(grandpa_block_import.clone());

	let babe_config = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_config.slot_duration();
	// Reports of equivocation are submitted through it.
	let report_pool = OffchainTransactionPoolFactory::new(transaction_pool.clone());
	let (block_import, babe_link) = sc_consensus_babe::block_import(
		babe_config,
		grandpa_block_import,
		client.clone(),
		inherent_data_providers(slot_duration),
		select_chain.clone(),
		report_pool.clone(),
	)?;
	let block_import = ReportingImport::new(
		block_import,
		client.clone(),
		select_chain.clone(),
		report_pool,
		slot_duration,
	);

	let (import_queue, babe_worker) =
		sc_consensus_babe::import_queue(sc_consensus_babe::ImportQueueParams {
			link: babe_link.clone(),
			block_import: block_import.clone(),
			justification_import: Some(justification_import),
			client: client.clone(),
			slot_duration,
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			telemetry: telemetry.as_ref().map(Telemetry::handle),
		})?;

	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other: Consensus { block_import, babe_link, babe_worker, grandpa_link, telemetry },
	})
}

/// Start a node with the network stack that `config` names; it ends when the `disk` is full. Compiled
/// runtimes are kept in `cache`, or beside the database.
///
/// # Errors
/// Anything that keeps the node from starting; see [`new_partial`].
pub fn new_full(
	config: Configuration,
	disk: &disk::Watch,
	cache: Option<&Path>,
) -> Result<TaskManager, ServiceError> {
	match config.network.network_backend {
		NetworkBackendType::Litep2p => new_full_on::<Litep2pNetworkBackend>(config, disk, cache),
		NetworkBackendType::Libp2p => {
			new_full_on::<NetworkWorker<Block, Hash>>(config, disk, cache)
		},
	}
}

fn new_full_on<Net: NetworkBackend<Block, Hash>>(
	config: Configuration,
	disk: &disk::Watch,
	cache: Option<&Path>,
) -> Result<TaskManager, ServiceError> {
	let PartialComponents {
		client,
		backend,
		mut task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other: Consensus { block_import, babe_link, babe_worker, grandpa_link, mut telemetry },
	} = new_partial(&config, cache)?;
	let telemetry_handle = telemetry.as_ref().map(Telemetry::handle);
	disk.spawn(&task_manager.spawn_essential_handle())?;

	let metrics = Net::register_notification_metrics(config.prometheus_registry());
	let mut net_config = FullNetworkConfiguration::<_, _, Net>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);

	let genesis_hash = client.chain_info().genesis_hash;
	let grandpa_protocol =
		sc_consensus_grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
	let (grandpa_protocol_config, grandpa_notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<_, Net>(
			grandpa_protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(grandpa_protocol_config);

	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));

	let params = BuildNetworkParams {
		config: &config,
		net_config,
		client: client.clone(),
		transaction_pool: transaction_pool.clone(),
		spawn_handle: task_manager.spawn_handle(),
		spawn_essential_handle: task_manager.spawn_essential_handle(),
		import_queue,
		block_announce_validator_builder: None,
		warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
		block_relay: None,
		metrics,
		gap_sync_body_policy: None,
	};
	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		if closed::members(&*config.chain_spec).is_some() {
			let reserved = closed::Reserved::default();
			let parts = closed::network::prepare(params, &reserved)?;
			let parts = sc_service::build_network_advanced(parts)?;
			reserved.follow(parts.0.clone());
			closed::say_who(&*config.chain_spec, parts.0.local_peer_id());
			parts
		} else {
			sc_service::build_network(params)?
		};

	if config.offchain_worker.enabled {
		let workers = OffchainWorkers::new(OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			keystore: Some(keystore_container.keystore()),
			offchain_db: backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
			network_provider: Arc::new(network.clone()),
			is_validator: config.role.is_authority(),
			// The runtime has no business with the world outside the chain.
			enable_http_requests: false,
			custom_extensions: |_| Vec::new(),
		})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			Some("offchain-worker"),
			workers.run(client.clone(), task_manager.spawn_handle()),
		);
	}

	let grandpa_rpc = rpc::GrandpaDeps {
		voter_state: SharedVoterState::empty(),
		authority_set: grandpa_link.shared_authority_set().clone(),
		justifications: grandpa_link.justification_stream(),
		finality_proofs: FinalityProofProvider::new_for_service(
			backend.clone(),
			Some(grandpa_link.shared_authority_set().clone()),
		),
	};
	let voter_state = grandpa_rpc.voter_state.clone();

	let rpc_builder = {
		let client = client.clone();
		let pool = transaction_pool.clone();
		let select_chain = select_chain.clone();
		let chain_spec = config.chain_spec.cloned_box();
		let keystore = keystore_container.keystore();
		Box::new(move |subscription_executor| {
			rpc::create(rpc::FullDeps {
				client: client.clone(),
				pool: pool.clone(),
				select_chain: select_chain.clone(),
				chain_spec: chain_spec.cloned_box(),
				keystore: keystore.clone(),
				babe: babe_worker.clone(),
				grandpa: grandpa_rpc.clone(),
				subscription_executor,
			})
			.map_err(Into::into)
		})
	};

	let role = config.role;
	let force_authoring = config.force_authoring;
	let disable_grandpa = config.disable_grandpa;
	let node_name = config.network.node_name.clone();
	let prometheus_registry = config.prometheus_registry().cloned();

	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: client.clone(),
		backend,
		task_manager: &mut task_manager,
		keystore: keystore_container.keystore(),
		transaction_pool: transaction_pool.clone(),
		rpc_builder,
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	if role.is_authority() {
		let slot_duration = babe_link.config().slot_duration();
		let mut proposer = sc_basic_authorship::ProposerFactory::new(
			task_manager.spawn_handle(),
			client.clone(),
			transaction_pool.clone(),
			prometheus_registry.as_ref(),
			telemetry_handle.clone(),
		);
		proposer.set_soft_deadline(STOP_TRYING_AFTER);
		let babe = sc_consensus_babe::start_babe(sc_consensus_babe::BabeParams {
			keystore: keystore_container.keystore(),
			client: client.clone(),
			select_chain,
			env: proposer,
			block_import,
			sync_oracle: sync_service.clone(),
			justification_sync_link: sync_service.clone(),
			create_inherent_data_providers: inherent_data_providers(slot_duration),
			force_authoring,
			// Author less and less often while finality lags far behind, so that it can catch up.
			backoff_authoring_blocks: Some(BackoffAuthoringOnFinalizedHeadLagging::default()),
			babe_link,
			block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SLOT_PORTION),
			max_block_proposal_slot_portion: None,
			telemetry: telemetry_handle.clone(),
		})?;
		task_manager.spawn_essential_handle().spawn_blocking(
			"babe-proposer",
			Some("block-authoring"),
			babe,
		);
	}

	if !disable_grandpa {
		let voter = sc_consensus_grandpa::run_grandpa_voter(sc_consensus_grandpa::GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: GOSSIP_DURATION,
				justification_generation_period: JUSTIFICATION_PERIOD,
				observer_enabled: false,
				local_role: role,
				name: Some(node_name),
				// Without keys it follows the votes and casts none.
				keystore: role.is_authority().then(|| keystore_container.keystore()),
				telemetry: telemetry_handle.clone(),
				protocol_name: grandpa_protocol,
			},
			link: grandpa_link,
			network,
			sync: sync_service,
			notification_service: grandpa_notifications,
			voting_rule: VotingRulesBuilder::new()
				.add(BeforeBestBlockBy(VOTES_BEHIND_BEST))
				.add(ThreeQuartersOfTheUnfinalizedChain)
				.build(),
			prometheus_registry,
			shared_voter_state: voter_state,
			telemetry: telemetry_handle,
			// Reports of equivocation are submitted through it.
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
		})?;
		task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	}

	Ok(task_manager)
}

/// The inherent data of a block: the time now, and the slot it falls into.
fn inherent_data_providers(slot_duration: SlotDuration) -> BabeCreateInherentDataProviders<Block> {
	Arc::new(move |_parent, ()| async move {
		let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
		let slot =
			InherentDataProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration);
		Ok((slot, timestamp))
	})
}
