//! A network backend that only describes request protocols.
//!
//! The SDK's request handlers make their protocol's configuration through the backend that they are
//! generic over, with the queue of their requests inside, and nothing takes that queue out again. Given
//! [`Describe`] they leave a [`Described`] instead, from which the real configuration is made, with a
//! gate's queue in the place of the handler's.

use futures::Future;
use salus_runtime::{opaque::Block, Hash};
use sc_network::{
	config::{IncomingRequest, NotificationHandshake, Params, SetConfig},
	error::Error,
	peer_store::PeerStoreProvider,
	service::{
		traits::{NetworkService, RequestResponseConfig},
		NotificationMetrics,
	},
	NetworkBackend, NotificationService, PeerId, ProtocolName,
};
use std::{convert::Infallible, marker::PhantomData, pin::Pin, sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// A request protocol, as its handler describes it.
#[derive(Debug)]
pub struct Described {
	/// The protocol's name on the wire.
	pub protocol_name: ProtocolName,
	/// Older names that it answers to.
	pub fallback_names: Vec<ProtocolName>,
	/// The largest request, in bytes.
	pub max_request_size: u64,
	/// The largest answer, in bytes.
	pub max_response_size: u64,
	/// After which time a request has failed.
	pub request_timeout: Duration,
	/// Where the handler waits for requests; none if it answers none.
	pub inbound_queue: Option<async_channel::Sender<IncomingRequest>>,
}

impl RequestResponseConfig for Described {
	fn protocol_name(&self) -> &ProtocolName {
		&self.protocol_name
	}
}

/// In the place of the backend `Net`, where only the description of a protocol is wanted. It has no
/// values: no network runs on it.
pub struct Describe<Net>(Infallible, PhantomData<fn() -> Net>);

impl<Net: NetworkBackend<Block, Hash>> NetworkBackend<Block, Hash> for Describe<Net> {
	type NotificationProtocolConfig = Net::NotificationProtocolConfig;
	type RequestResponseProtocolConfig = Described;
	type NetworkService<B, H> = Net::NetworkService<B, H>;
	type PeerStore = Net::PeerStore;

	fn new(_: Params<Block, Hash, Self>) -> Result<Self, Error> {
		Err(Error::ConnectionClosed)
	}

	fn network_service(&self) -> Arc<dyn NetworkService> {
		match self.0 {}
	}

	fn peer_store(bootnodes: Vec<PeerId>, metrics_registry: Option<Registry>) -> Self::PeerStore {
		Net::peer_store(bootnodes, metrics_registry)
	}

	fn register_notification_metrics(registry: Option<&Registry>) -> NotificationMetrics {
		Net::register_notification_metrics(registry)
	}

	fn notification_config(
		protocol_name: ProtocolName,
		fallback_names: Vec<ProtocolName>,
		max_notification_size: u64,
		handshake: Option<NotificationHandshake>,
		set_config: SetConfig,
		metrics: NotificationMetrics,
		peerstore_handle: Arc<dyn PeerStoreProvider>,
	) -> (Self::NotificationProtocolConfig, Box<dyn NotificationService>) {
		Net::notification_config(
			protocol_name,
			fallback_names,
			max_notification_size,
			handshake,
			set_config,
			metrics,
			peerstore_handle,
		)
	}

	fn request_response_config(
		protocol_name: ProtocolName,
		fallback_names: Vec<ProtocolName>,
		max_request_size: u64,
		max_response_size: u64,
		request_timeout: Duration,
		inbound_queue: Option<async_channel::Sender<IncomingRequest>>,
	) -> Described {
		Described {
			protocol_name,
			fallback_names,
			max_request_size,
			max_response_size,
			request_timeout,
			inbound_queue,
		}
	}

	// What `async fn run(mut self)` of the trait stands for.
	fn run<'run>(self) -> Pin<Box<dyn Future<Output = ()> + Send + 'run>>
	where
		Self: 'run,
	{
		match self.0 {}
	}
}
