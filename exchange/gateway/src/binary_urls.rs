//! How else a URL may spell a Binary of the house. Senders write hosts in capitals, ports, queries and blanks; what may mean a Binary makes it stricter.

use crate::ingest::is_id;
use salus_exchange_policy::BINARY;

/// The Binaries that a URL may mean, as `host/Binary/id`; `/Binary/id` if it names no host.
pub(crate) fn meant_by(url: &str) -> Vec<String> {
	let plain = plain(url);
	let (host, path) = split(&plain);
	let mut parts: Vec<&str> = Vec::new();
	for part in path.split('/') {
		match part {
			"" | "." => {},
			".." => _ = parts.pop(),
			part => parts.push(part),
		}
	}
	let pairs = parts.windows(2).filter_map(|pair| match pair {
		[name, id] if name.eq_ignore_ascii_case(BINARY) && is_id(id) => {
			Some(format!("{host}/{BINARY}/{id}"))
		},
		_ => None,
	});
	pairs.collect()
}

/// The id of the Binary that something meant has, if it is of that host.
pub(crate) fn meant_at<'a>(meant: &'a str, host: &str) -> Option<&'a str> {
	meant.strip_prefix(host)?.strip_prefix('/')?.strip_prefix(BINARY)?.strip_prefix('/')
}

/// The host of a URL, in lower case and without the port if that is a usual one; empty if it names none.
pub(crate) fn host_of(url: &str) -> String {
	split(&plain(url)).0
}

/// A URL without blanks, and without what asks for it.
fn plain(url: &str) -> String {
	let url = decoded(url);
	let all = url.chars().filter(|c| !c.is_whitespace() && !c.is_control());
	let all = all.map(|c| if c == '\\' { '/' } else { c });
	all.take_while(|c| !matches!(c, '?' | '#')).collect()
}

/// The host and the path of a plain URL.
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
	let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
	let host = [":80", ":443"].iter().find_map(|port| host.strip_suffix(*port)).unwrap_or(host);
	(host.trim_end_matches(['.', ':']).to_ascii_lowercase(), path)
}

/// A text in which `%41` is what it stands for.
fn decoded(text: &str) -> String {
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
			"Bin%61ry/b",
			"Binary\\b",
			"fhir//Binary/b",
			"x/../Binary/b",
			"Binary/b/_history/1",
			"Binary/b/_history",
			"Binary/b/$x",
			"https:/x/Binary/b",
		] {
			assert_eq!(meant_by(url), ["/Binary/b"], "{url}");
		}
		for url in [
			"https://h.example/fhir/Binary/b",
			"http://h.example/Binary/b",
			"HTTPS://H.Example/fhir/Binary/b",
			"https://h.example:443/fhir/Binary/b",
			"https://h.example./fhir/Binary/b",
			"https://user@h.example/fhir/Binary/b",
			"//h.example/fhir/Binary/b?x",
		] {
			assert_eq!(meant_by(url), ["h.example/Binary/b"], "{url}");
		}
		assert_eq!(meant_by("https://h.example:8080/Binary/b"), ["h.example:8080/Binary/b"]);
		for none in ["", "Binary", "Binary/", "Media/b", "urn:uuid:1", "%", "Binary/é"] {
			assert_eq!(meant_by(none), [""; 0], "{none}");
		}
		assert_eq!(host_of("https://H.example:443"), "h.example");
	}

	#[test]
	fn what_is_meant_is_of_one_host() {
		assert_eq!(meant_at("/Binary/b", ""), Some("b"));
		assert_eq!(meant_at("h.example/Binary/b", "h.example"), Some("b"));
		assert_eq!(meant_at("h.example/Binary/b", ""), None);
		assert_eq!(meant_at("h.example/Binary/b", "h"), None);
	}
}
