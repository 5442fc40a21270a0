//! What one request may take, and what answers look like that are not ours.

use super::{
	outcome::{busy, no_such_method, outcome, FHIR},
	serve::MAX_HEAD,
};
use axum::{
	body::{to_bytes, Body, Bytes, HttpBody},
	extract::{Request, State},
	http::{header, HeaderValue, StatusCode, Version},
	middleware::Next,
	response::Response,
};
use hyper::body::{Frame, SizeHint};
use std::{
	pin::Pin,
	sync::Arc,
	task::{Context, Poll},
	time::Duration,
};
use tokio::{sync::Semaphore, time::timeout};

/// The most requests of the outside face at a time.
pub(crate) const MOST_OUTSIDE: usize = 128;
/// The most requests with a large body at a time.
pub(crate) const MOST_LARGE: usize = 4;
/// The largest body, in bytes: that of a record.
pub(crate) const MAX_RECORD: usize = 64 << 20;
/// The largest body of anything else.
pub(crate) const MAX_ORDER: usize = 64 << 10;
/// The largest form, in bytes.
pub(crate) const MAX_FORM: usize = 16 << 10;
/// How long a body may take to come, inside.
const BODY_TIME: Duration = Duration::from_secs(60);
/// How long a form may take to come.
const FORM_TIME: Duration = Duration::from_secs(10);
/// How long a large body waits until it is its turn.
const TURN_TIME: Duration = Duration::from_secs(60);

/// So many at a time.
pub(crate) type Places = Arc<Semaphore>;

/// Where records come in. All else that has a body is an order of a few words.
fn takes_records(path: &str) -> bool {
	path == "/ingest"
}

/// Where others send forms, or say about whom they ask. All else that they ask has no body.
fn takes_a_form(path: &str) -> bool {
	matches!(path, "/token" | "/challenge" | "/revoke" | "/fhir/Patient/$match")
}

/// Closes the connection after the answer: what was not read of the request would be taken for the next one.
fn closing(mut response: Response) -> Response {
	response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
	response
}

fn too_large(most: usize) -> Response {
	let text = match most {
		0 => "a request here has no body".into(),
		most => format!("the body of this request may have {most} bytes"),
	};
	closing(outcome(StatusCode::PAYLOAD_TOO_LARGE, "too-long", "too-large", &text))
}

/// How many bytes the line and the headers of a request have, as they are written in the shortest way.
fn head_size(request: &Request) -> usize {
	let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
	// Its spaces, its version, and the two ends of a line.
	let line = request.method().as_str().len().saturating_add(target).saturating_add(14);
	request.headers().iter().fold(line, |size, (name, value)| {
		// A colon, a space, and the end of the line.
		size.saturating_add(name.as_str().len()).saturating_add(value.len()).saturating_add(4)
	})
}

/// For the face for others: no bodies but forms, and so many requests at a time.
pub(crate) async fn outside(
	State(places): State<Places>,
	request: Request,
	next: Next,
) -> Response {
	// The server reads in steps, and may have taken more than it was told: here the limit is one.
	if head_size(&request) > MAX_HEAD {
		let text = format!("the line and the headers of a request may have {MAX_HEAD} bytes");
		let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
		return closing(outcome(status, "too-long", "too-large", &text));
	}
	// RFC 9112, 3.2: a server must refuse it. What is on the way may take one host for another.
	if request.version() == Version::HTTP_11
		&& request.headers().get_all(header::HOST).iter().count() != 1
	{
		let text = "a request of HTTP/1.1 has one header Host";
		return closing(outcome(StatusCode::BAD_REQUEST, "invalid", "host", text));
	}
	let most = if takes_a_form(request.uri().path()) { MAX_FORM } else { 0 };
	// Before it has a place: who sends a form slowly takes none from others.
	let request = match (most, request.body().is_end_stream()) {
		(_, true) => request,
		(0, false) => return too_large(0),
		_ => match whole(request, most, FORM_TIME).await {
			Ok(request) => request,
			Err(response) => return *response,
		},
	};
	let Ok(place) = places.try_acquire_owned() else { return busy() };
	held(explained(next.run(request).await), place)
}

/// A body with the place of its request, or with the room that it takes: an answer that waits to be read is in memory.
struct Held<T> {
	body: Body,
	_kept: T,
}

impl<T: Unpin> hyper::body::Body for Held<T> {
	type Data = Bytes;
	type Error = axum::Error;

	fn poll_frame(
		mut self: Pin<&mut Self>,
		context: &mut Context,
	) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
		Pin::new(&mut self.body).poll_frame(context)
	}

	/// Never: a body that says so with its last part is dropped before that part is written.
	fn is_end_stream(&self) -> bool {
		false
	}

	fn size_hint(&self) -> SizeHint {
		self.body.size_hint()
	}
}

/// Holds something until the body of an answer is written, or the connection is closed.
pub(super) fn held<T: Send + Unpin + 'static>(response: Response, kept: T) -> Response {
	let (parts, body) = response.into_parts();
	let body = match body.is_end_stream() {
		true => body,
		false => Body::new(Held { body, _kept: kept }),
	};
	Response::from_parts(parts, body)
}

/// For the face for the house: bodies are read whole, within a time, and large ones a few at a time. Behind the check of a token.
pub(crate) async fn inside(State(large): State<Places>, request: Request, next: Next) -> Response {
	let mut most = MAX_ORDER;
	let mut place = None;
	if takes_records(request.uri().path()) {
		most = MAX_RECORD;
		place = match timeout(TURN_TIME, large.acquire()).await {
			Ok(Ok(place)) => Some(place),
			_ => return closing(busy()),
		};
	}
	let request = match whole(request, most, BODY_TIME).await {
		Ok(request) => request,
		Err(response) => return *response,
	};
	let response = next.run(request).await;
	drop(place);
	explained(response)
}

/// A request with its body, read whole within a time.
async fn whole(request: Request, most: usize, time: Duration) -> Result<Request, Box<Response>> {
	let (mut parts, body) = request.into_parts();
	if body.size_hint().lower() > u64::try_from(most).unwrap_or(u64::MAX) {
		return Err(Box::new(too_large(most)));
	}
	let no = |status, code, ours, text: &str| Box::new(closing(outcome(status, code, ours, text)));
	let body = match timeout(time, to_bytes(body, most)).await {
		Ok(Ok(body)) => body,
		Ok(Err(error)) if is_limit(&error) => return Err(Box::new(too_large(most))),
		Ok(Err(_)) => {
			let text = "the body broke off, or is none of HTTP";
			return Err(no(StatusCode::BAD_REQUEST, "invalid", "body", text));
		},
		Err(_) => {
			let text = format!("the body took longer than {} seconds", time.as_secs());
			return Err(no(StatusCode::REQUEST_TIMEOUT, "timeout", "slow", &text));
		},
	};
	// It is whole now, however it came.
	parts.headers.remove(header::TRANSFER_ENCODING);
	Ok(Request::from_parts(parts, Body::from(body)))
}

fn is_limit(error: &axum::Error) -> bool {
	let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
	while let Some(error) = source {
		if error.to_string().contains("length limit exceeded") {
			return true;
		}
		source = error.source();
	}
	false
}

/// Refusals of the library, as OperationOutcomes as all others are.
fn explained(response: Response) -> Response {
	let status = response.status();
	let content_type = response.headers().get(header::CONTENT_TYPE);
	let is_ours = content_type
		.is_some_and(|value| value == FHIR || value.as_bytes().starts_with(b"application/json"));
	if is_ours || !(status.is_client_error() || status.is_server_error()) {
		return response;
	}
	match status {
		StatusCode::METHOD_NOT_ALLOWED => no_such_method(response.headers().get(header::ALLOW)),
		StatusCode::PAYLOAD_TOO_LARGE => too_large(MAX_ORDER),
		StatusCode::BAD_REQUEST => outcome(status, "invalid", "path", "a part of the path is not what it must be: a number, or UTF-8 where it has percent signs"),
		status => outcome(status, "processing", "refused", "this is not offered"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// A body of which a piece comes again and again, and never the last one.
	struct Dripping(tokio::time::Interval);

	impl futures_core::Stream for Dripping {
		type Item = Result<Bytes, std::convert::Infallible>;

		fn poll_next(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<Self::Item>> {
			self.0.poll_tick(context).map(|_| Some(Ok(Bytes::from_static(b"a"))))
		}
	}

	#[tokio::test]
	async fn a_body_has_its_time_as_a_whole_in_however_many_pieces_it_comes() {
		const TIME: Duration = Duration::from_millis(500);
		let begin = std::time::Instant::now();
		let body = Body::from_stream(Dripping(tokio::time::interval(TIME / 50)));
		let read = timeout(Duration::from_secs(60), whole(Request::new(body), MAX_FORM, TIME));
		let refused = read.await.expect("it may drip for ever").unwrap_err();
		assert_eq!(refused.status(), StatusCode::REQUEST_TIMEOUT);
		assert_eq!(refused.headers()[header::CONNECTION], "close", "the rest is not read");
		assert!(begin.elapsed() >= TIME);
	}

	#[test]
	fn the_head_of_a_request_has_as_many_bytes_as_are_written() {
		let request = axum::http::Request::builder().uri("/a?b").header("x", "yy");
		let size = head_size(&request.body(Body::empty()).unwrap());
		assert_eq!(size, "GET /a?b HTTP/1.1\r\nx: yy\r\n\r\n".len());
	}

	#[tokio::test]
	async fn the_place_of_a_request_is_held_until_its_answer_is_read_or_given_up() {
		let places = Arc::new(Semaphore::new(1));
		let answer = |body: Body| {
			let place = Arc::clone(&places).try_acquire_owned().unwrap();
			held(Response::new(body), place)
		};
		let response = answer(Body::from("much"));
		assert_eq!(response.body().size_hint().exact(), Some(4), "its length is told");
		assert_eq!(places.available_permits(), 0, "nobody has read it");
		assert_eq!(to_bytes(response.into_body(), 9).await.unwrap(), "much");
		assert_eq!(places.available_permits(), 1);
		let response = answer(Body::from("much"));
		drop(response);
		assert_eq!(places.available_permits(), 1, "the connection is closed");
		let mut body = answer(Body::from("much")).into_body();
		let part = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
		assert!(part.is_some() && !body.is_end_stream(), "its last part may not be written yet");
		assert_eq!(places.available_permits(), 0);
		drop(body);
		drop(answer(Body::empty()));
		assert_eq!(places.available_permits(), 1);
	}
}
