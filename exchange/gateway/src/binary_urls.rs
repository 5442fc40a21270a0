//! How else a URL may spell a Binary of the house. Senders write hosts in capitals, ports, queries and blanks; what may mean a Binary makes it stricter.
//! Each URL is read twice: as a text, and as browsers read it (WHATWG), for the two differ where it is odd. What asks for Binaries of the house and does
//! not say which is told as such.

use crate::ingest::is_id;
use reqwest::Url;
use salus_exchange_policy::BINARY;
use std::collections::BTreeSet;

/// Where URLs that name no host are read from. Nobody is called so.
const NOWHERE: &str = "https://relative.invalid/fhir/";
/// How often `%` and two digits are taken for what they stand for: `%2525` is a `%`, too.
const MOST_DECODED: usize = 4;

/// One reading of a URL: its host, which is empty if it names none, the steps of its path, and what asks for it.
struct Reading {
	host: String,
	steps: Vec<String>,
	query: String,
}

impl Reading {
	fn of(host: String, path: &str, query: &str) -> Self {
		let mut steps: Vec<String> = Vec::new();
		for step in path.split('/') {
			// Parameters of a step stand behind a semicolon.
			match step.split_once(';').map_or(step, |(step, _)| step) {
				"" | "." => {},
				".." => _ = steps.pop(),
				step => steps.push(step.into()),
			}
		}
		Self { host, steps, query: query.into() }
	}

	/// Whether it is about Binaries at all, and the ids of those that it names.
	fn binaries(&self) -> (bool, BTreeSet<String>) {
		let is_type = |step: &str| step.eq_ignore_ascii_case(BINARY);
		let pairs = self.steps.windows(2).filter_map(|pair| match pair {
			[name, id] if is_type(name) && is_id(id) => Some(id.clone()),
			_ => None,
		});
		let mut ids: BTreeSet<String> = pairs.collect();
		let has_step = self.steps.iter().any(|step| is_type(step));
		let searches = match self.steps.as_slice() {
			[.., name] if is_type(name) => true,
			[.., name, search] => is_type(name) && search == "_search",
			_ => false,
		};
		let values = |wanted: &'static str| {
			let parts = self.query.split(['&', ';']).filter_map(|part| part.split_once('='));
			// `_id:exact`, say.
			let parts = parts.filter(move |(name, _)| name.split(':').next() == Some(wanted));
			parts.flat_map(|(_, value)| value.split(','))
		};
		let of_type = values("_type").any(is_type);
		if searches || of_type {
			let named = values("_id").map(|id| id.rsplit('/').next().unwrap_or_default());
			ids.extend(named.filter(|id| is_id(id)).map(str::to_owned));
		}
		(has_step || of_type, ids)
	}
}

/// The readings of a URL.
fn readings(url: &str) -> Vec<Reading> {
	let plain = plain(url);
	let (whole, query) = plain.split_once('?').unwrap_or((&plain, ""));
	let (host, path) = split(whole);
	let mut all = vec![Reading::of(host, path, query)];
	let Ok(nowhere) = Url::parse(NOWHERE) else { return all };
	if let Ok(read) = nowhere.join(&plain) {
		if !read.cannot_be_a_base() {
			let host = match (read.host_str(), read.port()) {
				(host, _) if host == nowhere.host_str() => String::new(),
				(Some(host), Some(port)) => normal_host(&format!("{host}:{port}")),
				(host, _) => normal_host(host.unwrap_or_default()),
			};
			let query = decoded(read.query().unwrap_or_default());
			all.push(Reading::of(host, &decoded(read.path()), &query));
		}
	}
	all
}

/// The Binaries that a URL may mean, as `host/Binary/id`; `/Binary/id` if it names no host.
pub(crate) fn meant_by(url: &str) -> Vec<String> {
	let mut meant = BTreeSet::new();
	for reading in readings(url) {
		let (_, ids) = reading.binaries();
		meant.extend(ids.iter().map(|id| format!("{}/{BINARY}/{id}", reading.host)));
	}
	meant.into_iter().collect()
}

/// Whether a URL asks for Binaries of one of these hosts, and does not say which.
pub(crate) fn is_unclear(url: &str, hosts: &BTreeSet<String>) -> bool {
	readings(url).into_iter().filter(|reading| hosts.contains(&reading.host)).any(|reading| {
		let (is_about, ids) = reading.binaries();
		is_about && ids.is_empty()
	})
}

/// The id of the Binary that something meant has, if it is of that host.
pub(crate) fn meant_at<'a>(meant: &'a str, host: &str) -> Option<&'a str> {
	meant.strip_prefix(host)?.strip_prefix('/')?.strip_prefix(BINARY)?.strip_prefix('/')
}

/// The host of a URL, as [`meant_by`] has it; empty if it names none.
pub(crate) fn host_of(url: &str) -> String {
	split(&plain(url)).0
}

/// A URL without blanks, and without the part of it that is behind `#`.
fn plain(url: &str) -> String {
	let url = decoded(url);
	let all = url.chars().filter(|c| !c.is_whitespace() && !c.is_control());
	let all = all.map(|c| if c == '\\' { '/' } else { c });
	all.take_while(|c| *c != '#').collect()
}

/// The host and the path of a plain URL without its query.
fn split(url: &str) -> (String, &str) {
	let scheme = url.split_once("://").filter(|(scheme, _)| !scheme.contains('/'));
	let Some(after) = scheme.map(|(_, after)| after).or_else(|| url.strip_prefix("//")) else {
		return (String::new(), url);
	};
	let (authority, path) = after.split_once('/').unwrap_or((after, ""));
	// No host is called so: there is a slash too many.
	if authority.eq_ignore_ascii_case(BINARY) {
		return (String::new(), after);
	}
	(normal_host(authority), path)
}

/// A host in lower case, without whoever asks, without a dot at its end, with its port if that is none of the usual ones, and as networks call it:
/// letters that are none of ASCII, and addresses, can be written in several ways.
fn normal_host(authority: &str) -> String {
	let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
	let is_port = |host: &str, port: &str| {
		port.bytes().all(|byte| byte.is_ascii_digit())
			&& (host.ends_with(']') || !host.contains(':'))
	};
	let (host, port) = match host.rsplit_once(':').filter(|(host, port)| is_port(host, port)) {
		Some((host, port)) => (host, port.trim_start_matches('0')),
		None => (host, ""),
	};
	let read = Url::parse(&format!("http://{host}/")).ok();
	let known = read.as_ref().and_then(Url::host_str).unwrap_or(host);
	let host = known.trim_end_matches(['.', ':']).to_lowercase();
	match port {
		"" | "80" | "443" => host,
		port => format!("{host}:{port}"),
	}
}

/// A text in which `%41` is what it stands for, and what that stands for.
fn decoded(text: &str) -> String {
	let mut text = text.to_owned();
	for _ in 0..MOST_DECODED {
		let next = decoded_once(&text);
		if next == text {
			break;
		}
		text = next;
	}
	text
}

fn decoded_once(text: &str) -> String {
	let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
	let mut out = Vec::new();
	let mut rest = text.as_bytes();
	while let [first, after @ ..] = rest {
		rest = after;
		let mut byte = *first;
		if let (b'%', [high, low, left @ ..]) = (byte, after) {
			if let (Some(high), Some(low)) = (digit(*high), digit(*low)) {
				byte = high.wrapping_shl(4) | low;
				rest = left;
			}
		}
		out.push(byte);
	}
	String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_binary_is_meant_however_it_is_spelled() {
		for url in [
			"Binary/b",
			"/Binary/b",
			"./Binary/b",
			"//Binary/b",
			"binary/b",
			" Binary/b ",
			"Binary/b/",
			"Binary/b?x=1",
			"Binary/b#f",
			"Binary/b%20",
			"Binary%2Fb",
			"Binary%252Fb",
			"Bin%61ry/b",
			"Binary\\b",
			"fhir//Binary/b",
			"x/../Binary/b",
			"Binary/b/_history/1",
			"Binary/b/_history",
			"Binary/b/$x",
			"Binary/b;v=1",
			"https:/x/Binary/b",
			"Binary?_id=b",
			"/fhir/Binary?_format=json&_id=b",
			"Binary/?_id=Binary/b",
			"Binary/_search?_id:exact=b",
			"?_type=Binary&_id=b",
			"Binary%3F_id%3Db",
		] {
			assert_eq!(meant_by(url), ["/Binary/b"], "{url}");
		}
		for url in [
			"https://h.example/fhir/Binary/b",
			"http://h.example/Binary/b",
			"HTTPS://H.Example/fhir/Binary/b",
			"https://h.example:443/fhir/Binary/b",
			"https://h.example:0443/fhir/Binary/b",
			"https://h.example:00080/fhir/Binary/b",
			"https://h.example:/fhir/Binary/b",
			"https://h.example./fhir/Binary/b",
			"https://h.exa\u{ad}mple/fhir/Binary/b",
			"https://h\u{3002}example/fhir/Binary/b",
			"https://\u{ff48}.example/fhir/Binary/b",
			"https://user@h.example/fhir/Binary/b",
			"https://h.example/fhir/Binary?_id=b",
			"//h.example/fhir/Binary/b?x",
		] {
			assert_eq!(meant_by(url), ["h.example/Binary/b"], "{url}");
		}
		for port in ["8080", "08080"] {
			let url = format!("https://h.example:{port}/Binary/b");
			assert_eq!(meant_by(&url), ["h.example:8080/Binary/b"]);
		}
		assert_eq!(meant_by("Binary?_id=b,c&_id=d"), ["/Binary/b", "/Binary/c", "/Binary/d"]);
		for none in
			["", "Binary", "Binary/", "Media/b", "Media?_id=b", "urn:uuid:1", "%", "Binary/é"]
		{
			assert_eq!(meant_by(none), [""; 0], "{none}");
		}
		assert_eq!(host_of("https://H.example:443"), "h.example");
	}

	#[test]
	fn what_asks_for_binaries_and_names_none_is_unclear_at_the_house_alone() {
		let hosts = ["", "h.example"].map(str::to_owned).into();
		for url in [
			"Binary",
			"Binary?identifier=x",
			"Binary/é",
			"https://h.example/Binary?x=1",
			"?_type=Binary",
		] {
			assert!(is_unclear(url, &hosts), "{url}");
		}
		for url in ["", "Binary/b", "Binary?_id=b", "Media/1", "https://x.example/Binary?x=1", "%"]
		{
			assert!(!is_unclear(url, &hosts), "{url}");
		}
	}

	#[test]
	fn what_is_meant_is_of_one_host() {
		assert_eq!(meant_at("/Binary/b", ""), Some("b"));
		assert_eq!(meant_at("h.example/Binary/b", "h.example"), Some("b"));
		assert_eq!(meant_at("h.example/Binary/b", ""), None);
		assert_eq!(meant_at("h.example/Binary/b", "h"), None);
	}
}
