//! The two faces, over HTTP.

mod addresses;
mod bounds;
mod desk;
mod even;
mod inside;
mod links;
mod login;
mod metadata;
mod notified;
mod oauth;
mod openapi;
mod orders;
mod others;
mod outcome;
mod outside;
mod serve;

use crate::gateway::{Failure, Gateway};
use addresses::Addresses;
use std::{future::Future, net::SocketAddr, sync::Arc};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

/// The most connections of the inside face.
const INSIDE: usize = 64;

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
		// What of a page was taken is known, and the page is read again; what was not compared is compared the next
		// night; what was not answered is sent again. So each of these may be ended wherever it is.
		let mut work = JoinSet::new();
		work.spawn(Arc::clone(&gateway).keep_batches());
		work.spawn(Arc::clone(&gateway).keep_handing_in());
		work.spawn(Arc::clone(&gateway).keep_orders());
		if gateway.config.auth.is_some() {
			work.spawn(Arc::clone(&gateway).keep_tokens());
		}
		work.spawn(Arc::clone(&gateway).keep_standby());
		work.spawn(Arc::clone(&gateway).keep_polling());
		work.spawn(Arc::clone(&gateway).keep_reconciling());
		work.spawn(Arc::clone(&gateway).keep_counting());
		work.spawn(Arc::clone(&gateway).keep_removing());
		if let Some(listener) = messages {
			work.spawn(Arc::clone(&gateway).serve_mllp(listener));
		}
		work.spawn(Arc::clone(&gateway).keep_watch());
		work.spawn(Arc::clone(&gateway).keep_comparing());
		work.spawn(Arc::clone(&gateway).keep_summaries());
		let served = tokio::try_join!(
			serve::serve(
				outside,
				outside::router(Arc::clone(&gateway)),
				(
					gateway.config.connections,
					Addresses::new(gateway.config.per_address, &gateway.config.proxies),
				),
				receiver.clone(),
			),
			serve::serve(
				inside,
				inside::router(Arc::clone(&gateway)),
				(INSIDE, Addresses::new(INSIDE, &[])),
				receiver,
			),
		);
		// All of it has ended before this one does, but for what of it is just at the disk.
		work.shutdown().await;
		// Also where the database is another one now: by that the next start knows it.
		if let Err(failure) =
			gateway.blocking(|gateway| Ok(gateway.store.note_commits(false)?)).await
		{
			tracing::error!(%failure, "how far the database is cannot be noted");
		}
		gateway.summarise().await?;
		served.map(drop).map_err(Failure::Io)
	}
}
