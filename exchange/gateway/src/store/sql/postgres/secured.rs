//! Connections to PostgreSQL by rustls. Certificates are always checked, so a login is not bound to the channel besides.

use rustls::{pki_types::ServerName, ClientConfig};
use std::{
	future::Future,
	io,
	pin::Pin,
	sync::Arc,
	task::{Context, Poll},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::{
	tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream},
	Socket,
};
use tokio_rustls::{client, TlsConnector};

/// What connections are secured with.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

impl Tls {
	pub(super) fn new(config: ClientConfig) -> Self {
		Self(Arc::new(config))
	}
}

/// The same, for the server with a name.
pub(super) struct To {
	connector: TlsConnector,
	/// None if it has none, as at a socket in a folder: there no TLS is asked for.
	name: Option<ServerName<'static>>,
}

/// A connection that is secured.
pub(super) struct Secured(client::TlsStream<Socket>);

impl MakeTlsConnect<Socket> for Tls {
	type Stream = Secured;
	type TlsConnect = To;
	type Error = io::Error;

	fn make_tls_connect(&mut self, name: &str) -> io::Result<To> {
		let name = ServerName::try_from(name.to_owned()).ok();
		Ok(To { connector: TlsConnector::from(Arc::clone(&self.0)), name })
	}
}

impl TlsConnect<Socket> for To {
	type Stream = Secured;
	type Error = io::Error;
	type Future = Pin<Box<dyn Future<Output = io::Result<Secured>> + Send>>;

	fn connect(self, socket: Socket) -> Self::Future {
		Box::pin(async move {
			let name = self.name.ok_or_else(|| {
				io::Error::other("what has no name of a host has no certificate that could be good")
			})?;
			self.connector.connect(name, socket).await.map(Secured)
		})
	}
}

impl TlsStream for Secured {
	fn channel_binding(&self) -> ChannelBinding {
		ChannelBinding::none()
	}
}

impl AsyncRead for Secured {
	fn poll_read(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		into: &mut ReadBuf<'_>,
	) -> Poll<io::Result<()>> {
		Pin::new(&mut self.0).poll_read(context, into)
	}
}

impl AsyncWrite for Secured {
	fn poll_write(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		bytes: &[u8],
	) -> Poll<io::Result<usize>> {
		Pin::new(&mut self.0).poll_write(context, bytes)
	}

	fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
		Pin::new(&mut self.0).poll_flush(context)
	}

	fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
		Pin::new(&mut self.0).poll_shutdown(context)
	}
}
