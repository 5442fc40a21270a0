//! The keys that sign: files, or keys in a token.

use super::{is_ours, text, Config, Fault, Reader, Section};
use crate::keys::{Ed25519, KeyFault, KeyPlace, P384};
use std::{fs, path::Path};

/// The longest PIN.
const LONGEST_PIN: usize = 255;

impl Reader {
	/// A key that need not be there.
	pub(super) fn key(&mut self, from: &mut Section, member: &str) -> Option<KeyPlace> {
		let written = self.may(from, member, KeyPlace::MUST, text)?;
		match KeyPlace::read(&written) {
			Ok(place) => Some(place),
			Err(problem) => {
				self.fault(from.at(member), problem);
				None
			},
		}
	}

	/// What is wrong with the keys of accounts.
	pub(super) fn keys_on_this_host(&mut self, config: &Config) {
		for (name, place) in config.accounts_keys() {
			if let Err(fault) = Ed25519::open(place) {
				self.fault(name, said(place, &fault));
			}
		}
	}
}

/// A fault of a file names it already.
fn said(place: &KeyPlace, fault: &KeyFault) -> String {
	match place {
		KeyPlace::File(_) => fault.to_string(),
		KeyPlace::Token(uri) => format!("{uri}: {fault}"),
	}
}

/// What is wrong with the key of answers for research.
pub(super) fn p384_on_this_host(r: &mut Reader, place: &KeyPlace) {
	if let Err(fault) = P384::open(place) {
		r.fault("research.key", said(place, &fault));
	}
}

impl Config {
	fn accounts_keys(&self) -> impl Iterator<Item = (&'static str, &KeyPlace)> {
		let all = [("signing_key", &self.signing_key), ("chain.key", &self.chain_key)];
		all.into_iter().filter_map(|(name, place)| Some((name, place.as_ref()?)))
	}

	/// What weakens keys that are in tokens. Of keys that cannot be opened nothing is said: that is a fault.
	pub fn warnings(&self) -> Vec<Fault> {
		let mut warnings = Vec::new();
		let mut add = |at: &str, told: &[String]| {
			let fault = |problem: &String| Fault { at: at.into(), problem: problem.clone() };
			warnings.extend(told.iter().map(fault));
		};
		let in_tokens = |(_, place): &(&str, &KeyPlace)| matches!(place, KeyPlace::Token(_));
		for (name, place) in self.accounts_keys().filter(in_tokens) {
			Ed25519::open(place).iter().for_each(|key| add(name, key.warnings()));
		}
		if let Some(place @ KeyPlace::Token(_)) = self.research.as_ref().map(|it| &it.key) {
			P384::open(place).iter().for_each(|key| add("research.key", key.warnings()));
		}
		warnings
	}
}

/// Reads the file with the PIN of a token, without the end of its line. Whoever has it wipes it.
pub(crate) fn read_pin(file: &Path) -> Result<Vec<u8>, String> {
	let read = || {
		is_ours(file)?;
		fs::read(file).map_err(|error| format!("cannot be read: {error}"))
	};
	let mut pin: Vec<u8> = read().map_err(|problem| format!("{} {problem}", file.display()))?;
	for end in [b'\n', b'\r'] {
		if pin.last() == Some(&end) {
			pin.pop();
		}
	}
	match pin.len() {
		1..=LONGEST_PIN => Ok(pin),
		_ => Err(format!("{} must hold a PIN of 1 to {LONGEST_PIN} bytes", file.display())),
	}
}

#[cfg(test)]
mod tests {
	use super::super::{
		tests::{faults, GOOD},
		Config,
	};
	use super::*;

	const URI: &str = "pkcs11:token=t;object=o?module-path=/m.so&pin-source=/pin";

	#[test]
	fn a_key_is_a_file_or_in_a_token() {
		let with = |key: &str| Config::read(&format!("signing_key = \"{key}\"\n{GOOD}"));
		assert_eq!(
			with("/etc/signing.key").unwrap().signing_key,
			Some(KeyPlace::File("/etc/signing.key".into()))
		);
		let config = with(URI).unwrap();
		assert!(
			matches!(&config.signing_key, Some(KeyPlace::Token(uri)) if uri.to_string() == URI)
		);
		assert_eq!(
			with("signing.key").unwrap_err().0[0].problem,
			"must be an absolute path, or a pkcs11: URI"
		);
		let fault = with(&format!("{URI}&pin-value=4711")).unwrap_err();
		assert!(fault.0[0].at == "signing_key" && !fault.to_string().contains("4711"), "{fault}");
		assert_eq!(faults(&format!("{GOOD}key = \"pkcs11:token=t\"\n")), ["chain.key"]);
	}

	#[test]
	fn a_pin_is_read_without_the_end_of_its_line_from_a_file_of_ones_own() {
		use std::os::unix::fs::PermissionsExt;
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("pin");
		let put = |text: &[u8], mode| {
			fs::write(&file, text).unwrap();
			fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
			read_pin(&file)
		};
		for text in ["12 34", "12 34\n", "12 34\r\n"] {
			assert_eq!(put(text.as_bytes(), 0o600).unwrap(), b"12 34");
		}
		assert!(put(b"1234", 0o640).unwrap_err().contains("chmod 600"));
		assert!(put(b"\n", 0o600).unwrap_err().contains("1 to 255"));
		assert!(put(&[b'1'; 256], 0o600).unwrap_err().contains("1 to 255"));
		assert!(read_pin(Path::new("/nowhere")).unwrap_err().contains("cannot be read"));
	}
}
