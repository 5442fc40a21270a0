//! Texts in URLs: what would end a part of one there is written as the bytes of UTF-8, each after a percent sign (RFC 3986, section 2.1).

/// A text as it stands in a part of a URL. What is in `kept` ends nothing there, and stays as it is.
pub(crate) fn escaped(text: &str, kept: &[u8]) -> String {
	let mut out = String::new();
	for byte in text.bytes() {
		match byte {
			b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
				out.push(char::from(byte))
			},
			_ if kept.contains(&byte) => out.push(char::from(byte)),
			_ => out.push_str(&format!("%{byte:02X}")),
		}
	}
	out
}
