//! Where a key is in a token, as a `pkcs11:` URI (RFC 7512). Only what names one key, the module and the file with the PIN is taken; anything
//! else would be believed to have an effect.

use std::{
	fmt,
	path::{Path, PathBuf},
};

/// What such a URI begins with.
pub const SCHEME: &str = "pkcs11:";
/// What may stand in a value besides letters, digits and `-._~`.
const IN_VALUES: &[u8] = b":[]@!$'()*+,=";
/// The longest label and the longest serial number of a token: the fields of `CK_TOKEN_INFO`.
const MOST: [(&str, usize); 2] = [("token", 32), ("serial", 16)];

/// A key in a token, and how the token is reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenUri {
	text: String,
	/// The label of the token, if it is named by that.
	pub token: Option<String>,
	/// The serial number of the token, if it is named by that.
	pub serial: Option<String>,
	/// The label of the key, if it is named by that.
	pub object: Option<String>,
	/// The id of the key, if it is named by that.
	pub id: Option<Vec<u8>>,
	/// The file of the module, which is loaded into this process.
	pub module: PathBuf,
	/// The file with the PIN.
	pub pin: PathBuf,
}

/// As it was written. There is no PIN in it.
impl fmt::Display for TokenUri {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(&self.text)
	}
}

/// The bytes of a value in which some are written as `%` and two digits.
fn decoded(value: &str, also: &[u8]) -> Option<Vec<u8>> {
	let mut bytes = value.bytes();
	let mut whole = Vec::new();
	while let Some(byte) = bytes.next() {
		whole.push(match byte {
			b'%' => {
				let digits = [bytes.next()?, bytes.next()?];
				*hex::decode(digits).ok()?.first()?
			},
			_ if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => byte,
			_ if IN_VALUES.contains(&byte) || also.contains(&byte) => byte,
			_ => return None,
		});
	}
	Some(whole)
}

/// Attributes with their values, each once.
struct Attributes<'text>(Vec<(&'text str, Vec<u8>)>);

impl<'text> Attributes<'text> {
	/// Those of one part of a URI. What is wrong names an attribute, and never says its value.
	fn read(part: &'text str, separator: char, also: &[u8]) -> Result<Self, String> {
		let mut all: Vec<(&str, Vec<u8>)> = Vec::new();
		if part.is_empty() {
			return Ok(Self(all));
		}
		for each in part.split(separator) {
			let (name, value) = each.split_once('=').ok_or_else(|| {
				format!("must be attributes NAME=VALUE with {separator} between them")
			})?;
			let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
			if name.is_empty() || !is_name {
				return Err("has an attribute whose name is none".into());
			}
			if all.iter().any(|(there, _)| *there == name) {
				return Err(format!("has {name} twice"));
			}
			let value = decoded(value, also).filter(|value| !value.is_empty()).ok_or_else(|| {
				format!("has a value of {name} that is empty, or holds a character that must be written as % and two hexadecimal digits")
			})?;
			all.push((name, value));
		}
		Ok(Self(all))
	}

	fn take(&mut self, name: &str) -> Option<Vec<u8>> {
		let at = self.0.iter().position(|(there, _)| *there == name)?;
		Some(self.0.swap_remove(at).1)
	}

	fn text(&mut self, name: &str) -> Result<Option<String>, String> {
		let Some(value) = self.take(name) else { return Ok(None) };
		let text = String::from_utf8(value).ok().filter(|text| !text.contains('\0'));
		let text = text.ok_or_else(|| format!("has a value of {name} that is no text in UTF-8"))?;
		let most = MOST.iter().find(|(of, _)| *of == name).map(|(_, most)| *most);
		match most.filter(|most| text.len() > *most) {
			Some(most) => Err(format!("has a value of {name} that is longer than {most} bytes")),
			None => Ok(Some(text)),
		}
	}

	/// What is left is not known here.
	fn end(self, known: &str) -> Result<(), String> {
		match self.0.first() {
			Some((name, _)) => Err(format!("has the attribute {name}: taken are {known}")),
			None => Ok(()),
		}
	}
}

/// The absolute path of a file.
fn path(text: Option<String>, name: &str, what: &str) -> Result<PathBuf, String> {
	let path = text.as_deref().map(Path::new).filter(|path| path.is_absolute());
	path.map(Path::to_path_buf)
		.ok_or_else(|| format!("must have {name} with the absolute path of {what}"))
}

impl TokenUri {
	/// Reads a URI. What is wrong with it is said as what follows the name of a setting.
	pub fn read(text: &str) -> Result<Self, String> {
		let rest = text.strip_prefix(SCHEME).ok_or("must begin with pkcs11:")?;
		// Before anything else is looked at, so that no other fault tells a part of it.
		if rest.split(['?', '&', ';']).any(|each| each.trim_start().starts_with("pin-value")) {
			return Err("has pin-value, which is refused: the PIN would stand in the configuration, in its copies and in what is shown of it. Put it into a file that only the gateway reads, and name that: pin-source=/etc/salus-gateway/token.pin".into());
		}
		let (in_path, in_query) = rest.split_once('?').unwrap_or((rest, ""));
		let mut names = Attributes::read(in_path, ';', b"&")?;
		let mut reached = Attributes::read(in_query, '&', b"/?|")?;
		if names.take("type").is_some_and(|kind| kind != b"private") {
			return Err("has a type that is not private: it must name the private key".into());
		}
		let (token, serial) = (names.text("token")?, names.text("serial")?);
		let (object, id) = (names.text("object")?, names.take("id"));
		names.end("token, serial, object, id and type=private before the question mark")?;
		if reached.take("module-name").is_some() {
			return Err("has module-name, which is not taken: a search path would decide which program is loaded. Name its file: module-path=/usr/lib/…".into());
		}
		let module = path(reached.text("module-path")?, "module-path", "the module of your token")?;
		let pin = reached.text("pin-source")?;
		if pin.as_deref().is_some_and(|pin| pin.starts_with('|')) {
			return Err("has a pin-source that is a program, and none is run: name a file".into());
		}
		let pin = pin.map(|pin| match pin.strip_prefix("file:") {
			Some(file) => file.strip_prefix("//").unwrap_or(file).to_owned(),
			None => pin,
		});
		let pin = path(pin, "pin-source", "the file with the PIN")?;
		reached.end("module-path and pin-source after the question mark")?;
		if token.is_none() && serial.is_none() {
			return Err("must name the token by token or serial".into());
		}
		if object.is_none() && id.is_none() {
			return Err("must name the key by object or id".into());
		}
		Ok(Self { text: text.into(), token, serial, object, id, module, pin })
	}

	/// The key, as it is named in messages.
	pub(super) fn key(&self) -> String {
		let object = self.object.as_ref().map(|object| format!("labelled {object:?}"));
		let id = self.id.as_ref().map(|id| format!("of id {}", hex::encode(id)));
		[object, id].into_iter().flatten().collect::<Vec<_>>().join(" and ")
	}

	/// The token, as it is named in messages.
	pub(super) fn token(&self) -> String {
		let label = self.token.as_ref().map(|label| format!("labelled {label:?}"));
		let serial = self.serial.as_ref().map(|serial| format!("of serial number {serial:?}"));
		[label, serial].into_iter().flatten().collect::<Vec<_>>().join(" and ")
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const QUERY: &str = "?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/etc/pin";

	fn with(path: &str) -> Result<TokenUri, String> {
		TokenUri::read(&format!("pkcs11:{path}{QUERY}"))
	}

	#[test]
	fn what_it_names_is_read() {
		let uri = with("token=Hospital%20HSM;serial=00a1;object=signer&co;id=%01%fF.a").unwrap();
		assert_eq!(uri.token.as_deref(), Some("Hospital HSM"));
		assert_eq!(uri.serial.as_deref(), Some("00a1"));
		assert_eq!(uri.object.as_deref(), Some("signer&co"));
		assert_eq!(uri.id.as_deref(), Some(&[1, 0xff, b'.', b'a'][..]));
		assert_eq!(uri.module, Path::new("/usr/lib/softhsm/libsofthsm2.so"));
		assert_eq!(uri.pin, Path::new("/etc/pin"));
		assert_eq!(uri.to_string(), uri.text);
		assert_eq!(with("id=%00;type=private;token=t%c3%a4").unwrap().token.unwrap(), "tä");
		for pin in ["/a/b%20c", "file:/a/b%20c", "file:///a/b%20c"] {
			let text = format!("pkcs11:token=t;object=o?pin-source={pin}&module-path=/m");
			assert_eq!(TokenUri::read(&text).unwrap().pin, Path::new("/a/b c"));
		}
	}

	#[test]
	fn what_is_not_exactly_so_is_a_fault_that_says_what() {
		for (path, says) in [
			("", "must name the token"),
			("object=o", "must name the token"),
			("token=t", "must name the key"),
			("token=t;", "NAME=VALUE"),
			("token=t;;object=o", "NAME=VALUE"),
			("token=t;object", "NAME=VALUE"),
			("token=t;object=", "value of object"),
			("token=t;object=a%2", "value of object"),
			("token=t;object=a%g0", "value of object"),
			("token=t;object=a%+1", "value of object"),
			("token=t;object=a b", "value of object"),
			("token=t;object=a/b", "value of object"),
			("token=t;object=ä", "value of object"),
			("token=t;object=a#b", "value of object"),
			("token=t;object=%ff", "no text in UTF-8"),
			("token=t;object=a%00", "no text in UTF-8"),
			("token=t;object=a;object=b", "object twice"),
			("token=t;object=a;=b", "whose name is none"),
			("token=t;object=a;slot-id=1", "attribute slot-id"),
			("Token=t;object=a", "attribute Token"),
			("token=t;object=a;type=public", "private key"),
			("token=012345678901234567890123456789012;id=%01", "longer than 32"),
			("serial=01234567890123456;id=%01", "longer than 16"),
		] {
			let fault = with(path).unwrap_err();
			assert!(fault.contains(says), "{path}: {fault}");
		}
		for (query, says) in [
			("", "must have module-path"),
			("?", "must have module-path"),
			("?module-path=/m", "must have pin-source"),
			("?module-path=m&pin-source=/p", "must have module-path"),
			("?module-path=/m&pin-source=p", "must have pin-source"),
			("?module-path=/m&pin-source=file:p", "must have pin-source"),
			("?module-path=/m&pin-source=file://host/p", "must have pin-source"),
			("?module-path=/m&pin-source=|cat%20/p", "none is run"),
			("?module-name=m&pin-source=/p", "module-name"),
			("?module-path=/m&pin-source=/p&x-a=1", "attribute x-a"),
			("?module-path=/m&pin-source=/p;a", "value of pin-source"),
			("?module-path=/m&module-path=/n&pin-source=/p", "module-path twice"),
		] {
			let fault = TokenUri::read(&format!("pkcs11:token=t;object=o{query}")).unwrap_err();
			assert!(fault.contains(says), "{query}: {fault}");
		}
		assert!(TokenUri::read("PKCS11:token=t").unwrap_err().contains("pkcs11:"));
	}

	#[test]
	fn a_pin_is_refused_wherever_it_stands_and_not_told() {
		for text in [
			format!("pkcs11:token=t;object=o{QUERY}&pin-value=471112"),
			"pkcs11:token=t;object=o?pin-value=471112".into(),
			"pkcs11:token=t;object=o;pin-value=471112".into(),
			"pkcs11:pin-value=471112".into(),
			"pkcs11:token=t;object=o?x=1&x=2&pin-value=4711%zz12".into(),
			"pkcs11:pin-value=4711 12;b=c;;".into(),
		] {
			let fault = TokenUri::read(&text).unwrap_err();
			assert!(fault.contains("pin-value, which is refused"), "{fault}");
			assert!(fault.contains("pin-source=") && !fault.contains("4711"), "{fault}");
		}
	}

	proptest::proptest! {
		#[test]
		fn any_value_is_written_and_read_again(bytes in proptest::collection::vec(0_u8.., 1..40)) {
			let written: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
			let uri = with(&format!("token=t;id={written}")).unwrap();
			proptest::prop_assert_eq!(uri.id, Some(bytes));
		}

		#[test]
		fn nothing_makes_it_panic(text in ".{0,80}") {
			let _ = TokenUri::read(&format!("pkcs11:{text}"));
		}
	}
}
