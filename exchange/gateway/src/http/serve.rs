//! Connections: how many there may be, and how long whoever connects may take. Who is slow, or opens many, gets none of what others need.

use super::addresses::Addresses;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
	rt::{TokioIo, TokioTimer},
	service::TowerToHyperService,
};
use std::{
	future::Future,
	io,
	pin::Pin,
	sync::Arc,
	task::{Context, Poll},
	time::Duration,
};
use tokio::{
	io::{AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
	net::{TcpListener, TcpStream},
	sync::{watch, Semaphore},
	task::JoinSet,
	time::{sleep, timeout, Sleep},
};

/// How long the line and the headers of a request may take to come, from when they are waited for until the last of them is there, in however many
/// pieces; and how long a connection may be silent between requests.
pub(crate) const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long whoever reads may take for a part of an answer. Downloads have a stricter limit of their own.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// The most bytes of a request's line and headers. A connection whose head has more and is not whole is refused here; of one that came in larger steps
/// [`super::bounds::outside`] counts it.
pub(crate) const MAX_HEAD: usize = 64 << 10;
/// How long what was begun may take when the gateway stops.
const FINISH_TIME: Duration = Duration::from_secs(30);
/// How many are told at a time that there are too many.
const MOST_REFUSED: usize = 64;
/// How long it may take to tell them.
const REFUSE_TIME: Duration = Duration::from_secs(1);

/// A connection whose other end must read.
struct Timed {
	stream: TcpStream,
	/// Runs while a part waits to be written.
	waiting: Option<Pin<Box<Sleep>>>,
}

impl Timed {
	fn checked<T>(
		&mut self,
		context: &mut Context,
		poll: Poll<io::Result<T>>,
	) -> Poll<io::Result<T>> {
		if poll.is_ready() {
			self.waiting = None;
			return poll;
		}
		let until = || Box::pin(sleep(WRITE_TIME));
		match self.waiting.get_or_insert_with(until).as_mut().poll(context) {
			Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
			Poll::Pending => Poll::Pending,
		}
	}
}

impl tokio::io::AsyncRead for Timed {
	fn poll_read(
		mut self: Pin<&mut Self>,
		context: &mut Context,
		buffer: &mut ReadBuf,
	) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_read(context, buffer)
	}
}

impl AsyncWrite for Timed {
	fn poll_write(
		mut self: Pin<&mut Self>,
		context: &mut Context,
		bytes: &[u8],
	) -> Poll<io::Result<usize>> {
		let poll = Pin::new(&mut self.stream).poll_write(context, bytes);
		self.checked(context, poll)
	}

	fn poll_write_vectored(
		mut self: Pin<&mut Self>,
		context: &mut Context,
		parts: &[io::IoSlice],
	) -> Poll<io::Result<usize>> {
		let poll = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
		self.checked(context, poll)
	}

	fn is_write_vectored(&self) -> bool {
		self.stream.is_write_vectored()
	}

	fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_flush(context)
	}

	fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_shutdown(context)
	}
}

/// Tells somebody that there are too many connections.
async fn refuse(mut stream: TcpStream) {
	let response = super::outcome::busy();
	let Ok(body) = axum::body::to_bytes(response.into_body(), usize::MAX).await else { return };
	let head = format!(
		"HTTP/1.1 503 Service Unavailable\r\ncontent-type: {}\r\ncache-control: no-store\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
		super::outcome::FHIR,
		body.len()
	);
	let tell = async {
		stream.write_all(head.as_bytes()).await?;
		stream.write_all(&body).await?;
		stream.shutdown().await?;
		// What was sent is read: a connection that is closed with bytes unread takes the answer with it.
		let mut rest = [0; 4_096];
		while stream.read(&mut rest).await? > 0 {}
		io::Result::Ok(())
	};
	// Whoever does not listen needs no answer.
	let _ = timeout(REFUSE_TIME, tell).await;
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
	// Without whoever could stop it, it goes on.
	if stop.wait_for(|stopped| *stopped).await.is_err() {
		std::future::pending::<()>().await;
	}
}

/// Answers on one connection. `head`: as [`HEAD_TIME`].
async fn connection(
	stream: TcpStream,
	router: Router,
	mut stop: watch::Receiver<bool>,
	head: Duration,
) {
	// Answers are small: they do not wait to be sent with others.
	let _ = stream.set_nodelay(true);
	let mut http = http1::Builder::new();
	http.timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(MAX_HEAD);
	let stream = TokioIo::new(Timed { stream, waiting: None });
	let mut connection =
		std::pin::pin!(http.serve_connection(stream, TowerToHyperService::new(router)));
	let done = tokio::select! {
		done = connection.as_mut() => done,
		() = stopped(&mut stop) => {
			connection.as_mut().graceful_shutdown();
			connection.await
		},
	};
	// Connections that break off, or say what is no HTTP, are none of the operator's business.
	if let Err(error) = done {
		tracing::debug!(%error, "a connection");
	}
}

/// Answers on one face until `stop` is true, and then finishes what was begun. Of more than `most` connections at a time, or of more from one
/// address than it may have, those that come later are told so, and closed.
pub(crate) async fn serve(
	listener: TcpListener,
	router: Router,
	(most, addresses): (usize, Arc<Addresses>),
	mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
	let (free, refused) = (Arc::new(Semaphore::new(most)), Arc::new(Semaphore::new(MOST_REFUSED)));
	let mut open = JoinSet::new();
	loop {
		let accepted = tokio::select! {
			() = stopped(&mut stop) => break,
			accepted = listener.accept() => accepted,
		};
		while open.try_join_next().is_some() {}
		let (stream, from) = match accepted {
			Ok(accepted) => accepted,
			Err(error) => {
				use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
				if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
				{
					// The process has too many files open, say: it may be over soon.
					tracing::error!(%error, "a connection");
					sleep(Duration::from_secs(1)).await;
				}
				continue;
			},
		};
		let of_address = addresses.place(from.ip());
		let place = of_address.zip(Arc::clone(&free).try_acquire_owned().ok());
		if let Some(places) = place {
			let (router, stop) = (router.clone(), stop.clone());
			open.spawn(async move {
				connection(stream, router, stop, HEAD_TIME).await;
				drop(places);
			});
		} else if let Ok(place) = Arc::clone(&refused).try_acquire_owned() {
			open.spawn(async move {
				refuse(stream).await;
				drop(place);
			});
		}
	}
	drop(listener);
	let finished = async { while open.join_next().await.is_some() {} };
	if timeout(FINISH_TIME, finished).await.is_err() {
		tracing::warn!("some who ask were too slow to get their answer before the gateway stopped");
	}
	open.shutdown().await;
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use axum::routing::get;
	use std::time::Instant;

	/// Shorter than in earnest. Between two pieces there is much less.
	const HEAD: Duration = Duration::from_secs(1);
	const PIECE: Duration = Duration::from_millis(100);
	/// Only what hangs takes so long, on however busy a machine.
	const LONG: Duration = Duration::from_secs(120);

	/// The other end of a connection that is answered.
	async fn connected() -> TcpStream {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let (client, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
		let (stream, _) = accepted.unwrap();
		let (sender, stop) = watch::channel(false);
		tokio::spawn(async move {
			let router = Router::new().route("/", get(|| async { "ok" }));
			connection(stream, router, stop, HEAD).await;
			drop(sender);
		});
		client.unwrap()
	}

	/// Sends a piece again and again until the connection ends, and tells what was answered.
	async fn drip(stream: &mut TcpStream, piece: &[u8]) -> Vec<u8> {
		let begin = Instant::now();
		let (mut answer, mut buffer) = (Vec::new(), [0; 1_024]);
		loop {
			match timeout(PIECE, stream.read(&mut buffer)).await {
				Ok(Ok(0) | Err(_)) => return answer,
				Ok(Ok(count)) => answer.extend(&buffer[..count]),
				// It may be closed at this very moment.
				Err(_) => drop(stream.write_all(piece).await),
			}
			assert!(begin.elapsed() < LONG, "it may drip for ever");
		}
	}

	#[tokio::test]
	async fn a_head_has_its_time_as_a_whole_in_however_many_pieces_it_comes() {
		let cases: [(&str, &str, &str); 6] = [
			("the method", "", "G"),
			("the path", "GET /", "a"),
			("a header", "GET / HTTP/1.1\r\nhost: x\r\nx: ", "a"),
			("header by header", "GET / HTTP/1.1\r\nhost: x\r\n", "x: y\r\n"),
			("empty lines before all", "", "\r\n"),
			("the second request", "GET / HTTP/1.1\r\nhost: x\r\n\r\n", "G"),
		];
		let mut all = JoinSet::new();
		for (what, first, piece) in cases {
			all.spawn(async move {
				let begin = Instant::now();
				let mut stream = connected().await;
				stream.write_all(first.as_bytes()).await.unwrap();
				let answer = drip(&mut stream, piece.as_bytes()).await;
				// The time runs from when the head is waited for, which is after this began.
				assert!(begin.elapsed() >= HEAD, "{what}: ended after {:?}", begin.elapsed());
				let is_answered = answer.starts_with(b"HTTP/1.1 200");
				assert_eq!(is_answered, first.ends_with("\r\n\r\n"), "{what}");
			});
		}
		while let Some(done) = all.join_next().await {
			done.unwrap();
		}
	}
}
