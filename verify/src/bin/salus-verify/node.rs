//! Asking a node what became of a record: JSON-RPC over plain HTTP, one request for a connection.
//!
//! Nothing that the node says can make a record verified: it comes on top of the proof. TLS is the
//! business of a tunnel or of a node of one's own.

use crate::commands::Failure;
use salus_verify::{
	bytes::from_hex,
	files::Leaf,
	status::{self, Age, Head, Today},
	Hash, Verified,
};
use serde_json::{json, Value};
use std::{
	cell::{OnceCell, RefCell},
	io::{self, BufRead, BufReader, Read, Write},
	net::{TcpStream, ToSocketAddrs},
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// How long one question may take, from the first connection to the last byte of the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer that is read.
const MAX_ANSWER: u64 = 1 << 20;

/// What a node says of a record: from which block, how that stands to the present, and what.
pub struct Told {
	pub head: Head,
	pub age: Age,
	pub today: Today,
}

/// A node, which must be of the chain with the hash `genesis` and have the receipt's block.
pub struct Node {
	url: String,
	genesis: Hash,
	block: (u32, Hash),
	/// How old its last final block may be, in seconds.
	max_age: u64,
	/// The last final block and its hash, once it was asked about; or why the node is of no use.
	head: OnceCell<Result<(Head, Value), String>>,
	/// Why it does not answer any more. It is not asked again.
	failed: RefCell<Option<String>>,
}

impl Node {
	/// The node at `url`. Nothing is sent yet.
	pub fn new(url: &str, genesis: Hash, block: (u32, Hash), max_age: u64) -> Self {
		let (head, failed) = (OnceCell::new(), RefCell::new(None));
		Self { url: url.into(), genesis, block, max_age, head, failed }
	}

	/// What the last final block says of `record`.
	pub fn today(&self, record: &Verified, leaf: Option<&Leaf>) -> Result<Told, Failure> {
		if let Some(why) = &*self.failed.borrow() {
			return Err(Failure::Node(why.clone()));
		}
		self.ask(record, leaf).map_err(|why| {
			*self.failed.borrow_mut() = Some(why.clone());
			Failure::Node(why)
		})
	}

	/// The last final block, of a node that is of this chain and has the receipt's block.
	fn final_head(&self) -> Result<(Head, Value), String> {
		let hash_of = |number: u32| self.call("chain_getBlockHash", json!([number]));
		let is = |found: Value, hash: Hash| found.as_str() == Some(hash.to_string().as_str());
		if !is(hash_of(0)?, self.genesis) {
			return Err("it is of another chain".into());
		}
		let (number, hash) = self.block;
		let head = self.call("chain_getFinalizedHead", json!([]))?;
		let header = self.call("chain_getHeader", json!([head]))?;
		let last = header["number"].as_str().and_then(|text| text.strip_prefix("0x"));
		let last = last.and_then(|digits| u32::from_str_radix(digits, 16).ok());
		let last = last.ok_or("it does not tell its last final block")?;
		if last < number {
			return Err(format!(
				"it is behind: its last final block is {last}, the receipt's {number}"
			));
		}
		if !is(hash_of(number)?, hash) {
			return Err(format!("it has another block {number} than the receipt's"));
		}
		let key = format!("0x{}", hex::encode(status::time_key()));
		let time = bytes_of(&self.call("state_getStorage", json!([key, head]))?)?;
		let time = status::time(&time).map_err(|error| error.to_string())?;
		Ok((Head { number: last, time }, head))
	}

	fn ask(&self, record: &Verified, leaf: Option<&Leaf>) -> Result<Told, String> {
		let (head, hash) = self.head.get_or_init(|| self.final_head()).clone()?;
		let question = status::question(record.author, record.seq, &record.commitment, leaf);
		let question = format!("0x{}", hex::encode(question));
		let answer = self.call("state_call", json!([status::VERIFY, question, hash]))?;
		let today = status::answer(&bytes_of(&answer)?).map_err(|error| error.to_string())?;
		Ok(Told { head, age: head.age(now()?, self.max_age), today })
	}

	fn call(&self, method: &str, params: Value) -> Result<Value, String> {
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let answer = post(&self.url, &request.to_string())?;
		let mut answer: Value = serde_json::from_slice(&answer)
			.map_err(|error| format!("{method}: its answer is no JSON: {error}"))?;
		match answer.get_mut("result").map(Value::take) {
			Some(result) => Ok(result),
			None => {
				let message = answer.pointer("/error/message").and_then(Value::as_str);
				let message = salus_verify::files::printable(message.unwrap_or("no result"));
				Err(format!("{method}: {message}"))
			},
		}
	}
}

/// The bytes of an answer.
fn bytes_of(answer: &Value) -> Result<Vec<u8>, String> {
	let text = answer.as_str().ok_or("its answer is no text")?;
	from_hex(text).map_err(|why| format!("its answer is no bytes: {why}"))
}

/// The time by the clock of this machine, in seconds since 1970.
fn now() -> Result<u64, String> {
	let since = SystemTime::now().duration_since(UNIX_EPOCH);
	since.map(|since| since.as_secs()).map_err(|_| "the clock here is before 1970".into())
}

/// Sends `body` to `url`, and reads the answer's body.
fn post(url: &str, body: &str) -> Result<Vec<u8>, String> {
	let rest = url.strip_prefix("http://").ok_or("its address does not begin with http://")?;
	let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
	let bracket = host.rfind(']').unwrap_or(0);
	let with_port = match host[bracket..].contains(':') {
		true => host.to_string(),
		false => format!("{host}:80"),
	};
	let addresses = with_port.to_socket_addrs().map_err(|error| format!("{host}: {error}"))?;
	let end = Instant::now() + PATIENCE;
	let io = |error: std::io::Error| format!("{host}: {}", in_words(&error));
	let mut stream = Err(format!("{host} has no address"));
	for address in addresses {
		let left = left(end).map_err(io)?;
		stream = TcpStream::connect_timeout(&address, left).map_err(io);
		if stream.is_ok() {
			break;
		}
	}
	let mut stream = Timed { stream: stream?, end };
	let length = body.len();
	let head = format!(
		"POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
	);
	stream
		.write_all(head.as_bytes())
		.and_then(|()| stream.write_all(body.as_bytes()))
		.map_err(io)?;
	response(&mut BufReader::new(stream.take(MAX_ANSWER))).map_err(|why| format!("{host}: {why}"))
}

/// A connection for as long as is left until `end`, however slowly the other side sends.
struct Timed {
	stream: TcpStream,
	end: Instant,
}

impl Read for Timed {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		self.stream.set_read_timeout(Some(left(self.end)?))?;
		self.stream.read(buffer)
	}
}

impl Write for Timed {
	fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
		self.stream.set_write_timeout(Some(left(self.end)?))?;
		self.stream.write(bytes)
	}

	fn flush(&mut self) -> io::Result<()> {
		self.stream.flush()
	}
}

/// The time until `end`.
fn left(end: Instant) -> io::Result<Duration> {
	end.checked_duration_since(Instant::now())
		.filter(|left| !left.is_zero())
		.ok_or(io::ErrorKind::TimedOut.into())
}

/// Systems call the end of patience by different names.
fn in_words(error: &io::Error) -> String {
	match error.kind() {
		io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => {
			format!("no whole answer within {} seconds", PATIENCE.as_secs())
		},
		_ => error.to_string(),
	}
}

/// Reads the body of an HTTP response.
fn response(reader: &mut impl BufRead) -> Result<Vec<u8>, String> {
	let status = line(reader)?;
	if status.split(' ').nth(1) != Some("200") {
		return Err(format!("it answers \"{}\"", salus_verify::files::printable(&status)));
	}
	let (mut length, mut chunked) = (None, false);
	loop {
		let header = line(reader)?.to_ascii_lowercase();
		match header.split_once(':').map(|(name, value)| (name, value.trim())) {
			Some(("content-length", value)) => length = value.parse::<u64>().ok(),
			Some(("transfer-encoding", value)) => chunked = value == "chunked",
			Some(_) => (),
			None if header.is_empty() => break,
			None => return Err("it does not speak HTTP".into()),
		}
	}
	let mut body = Vec::new();
	let mut part = |reader: &mut dyn BufRead, length: u64| {
		let got = reader.take(length).read_to_end(&mut body).map_err(|error| in_words(&error))?;
		match got as u64 == length {
			true => Ok(()),
			false => Err("its answer ends too early, or is too long".to_string()),
		}
	};
	if chunked {
		loop {
			let size = line(reader)?;
			let size = size.split(';').next().unwrap_or_default().trim();
			let size = u64::from_str_radix(size, 16).map_err(|_| "it does not speak HTTP")?;
			if size == 0 {
				break;
			}
			part(reader, size)?;
			line(reader)?;
		}
	} else {
		part(reader, length.ok_or("it does not say how long its answer is")?)?;
	}
	Ok(body)
}

fn line(reader: &mut impl BufRead) -> Result<String, String> {
	let mut line = String::new();
	let read = reader.read_line(&mut line).map_err(|error| in_words(&error))?;
	match read {
		0 => Err("its answer ends too early, or is too long".into()),
		_ => Ok(line.trim_end_matches(['\r', '\n']).to_string()),
	}
}
