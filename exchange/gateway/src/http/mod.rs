//! The two faces, over HTTP.

mod addresses;
mod bounds;
mod desk;
mod inside;
mod login;
mod metadata;
mod notified;
mod oauth;
mod openapi;
mod others;
mod outcome;
mod outside;
mod serve;

use crate::gateway::{Failure, Gateway};
use addresses::Addresses;
use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch};

/// How often what was counted of strangers is logged.
const SUMMARY: Duration = Duration::from_secs(3_600);

/// The most connections of the outside face, and of the inside face.
const CONNECTIONS: [usize; 2] = [512, 64];

/// A gateway that listens.
pub struct Listening {
	/// Where others ask.
	pub outside: SocketAddr,
	/// Where the house asks.
	pub inside: SocketAddr,
	/// Where messages of HL7 v2 come.
	pub hl7: Option<SocketAddr>,
	gateway: Arc<Gateway>,
	listeners: [TcpListener; 2],
	messages: Option<TcpListener>,
}

impl Listening {
	/// Takes the two addresses.
	pub async fn bind(gateway: Arc<Gateway>) -> Result<Self, Failure> {
		let outside = TcpListener::bind(gateway.config.outside).await?;
		let inside = TcpListener::bind(gateway.config.inside).await?;
		let messages = match gateway.config.hl7 {
			Some(address) => Some(TcpListener::bind(address).await?),
			None => None,
		};
		Ok(Self {
			hl7: messages.as_ref().map(TcpListener::local_addr).transpose()?,
			messages,
			outside: outside.local_addr()?,
			inside: inside.local_addr()?,
			gateway,
			listeners: [outside, inside],
		})
	}

	/// Answers until `stop` is done, and then finishes what was begun.
	pub async fn serve(
		self,
		stop: impl Future<Output = ()> + Send + 'static,
	) -> Result<(), Failure> {
		let Self { gateway, listeners: [outside, inside], messages, .. } = self;
		let (sender, receiver) = watch::channel(false);
		tokio::spawn(async move {
			stop.await;
			// Nobody listens any more if both faces have failed.
			let _ = sender.send(true);
		});
		let batches = tokio::spawn(Arc::clone(&gateway).keep_batches());
		let handing_in = tokio::spawn(Arc::clone(&gateway).keep_handing_in());
		let tokens = gateway.config.auth.is_some();
		let tokens = tokens.then(|| tokio::spawn(Arc::clone(&gateway).keep_tokens()));
		let standby = tokio::spawn(Arc::clone(&gateway).keep_standby());
		let polling = tokio::spawn(Arc::clone(&gateway).keep_polling());
		let nightly = tokio::spawn(Arc::clone(&gateway).keep_reconciling());
		let research = tokio::spawn(Arc::clone(&gateway).keep_counting());
		let messages =
			messages.map(|listener| tokio::spawn(Arc::clone(&gateway).serve_mllp(listener)));
		let watch = tokio::spawn(Arc::clone(&gateway).keep_watch());
		let hourly = Arc::clone(&gateway);
		let summaries = tokio::spawn(async move {
			let mut ticks = tokio::time::interval(SUMMARY);
			loop {
				ticks.tick().await;
				if let Err(failure) = hourly.summarise().await {
					tracing::error!(%failure, "the summary of strangers");
				}
			}
		});
		let [others, house] = CONNECTIONS;
		let served = tokio::try_join!(
			serve::serve(
				outside,
				outside::router(Arc::clone(&gateway)),
				(others, Addresses::new(gateway.config.per_address, &gateway.config.proxies)),
				receiver.clone(),
			),
			serve::serve(
				inside,
				inside::router(Arc::clone(&gateway)),
				(house, Addresses::new(house, &[])),
				receiver,
			),
		);
		batches.abort();
		watch.abort();
		handing_in.abort();
		tokens.inspect(|task| task.abort());
		standby.abort();
		// What of a page was taken is known, and the page is read again.
		polling.abort();
		// What was not compared is compared the next night.
		nightly.abort();
		// What was begun goes on where it was.
		research.abort();
		// What was begun is answered, or sent again.
		messages.inspect(|task| task.abort());
		summaries.abort();
		gateway.summarise().await?;
		served.map(drop).map_err(Failure::Io)
	}
}
