//! The section `[research]`: which datasets are counted in, for whom, and at what cost. Nothing of it comes from whoever asks.

use super::{
	keys::p384_on_this_host, number, path, secret, sources::is_open, text, token, url, Reader,
	Section, Value, PATH, URL,
};
use crate::{keys::KeyPlace, vault::random};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_counts::{
	told::K,
	values::{ValueSet, MAX_VALUE_SET},
};
use std::{
	fs,
	path::{Path, PathBuf},
	time::Duration,
};

/// The most mailboxes, and the most datasets.
const MOST: usize = 16;
/// The most value sets of a dataset.
const MOST_SETS: usize = 16;
/// How long one count may take unless it is said, in seconds. A node that is not set otherwise forgets states after 256 blocks: what has taken 25
/// minutes cannot be proven any more.
const LONGEST: u64 = 1_200;
/// What a query may cost, in millionths of epsilon: the chain's own bounds.
const EPSILON: std::ops::RangeInclusive<u64> = 10_000..=1_000_000;

/// How counts are made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Research {
	/// The private P-384 key that signs replies: a file with it, or a key in a token.
	pub key: KeyPlace,
	/// The name of that key in the organisation's profile.
	pub kid: String,
	/// How often mailboxes are asked.
	pub every: Duration,
	/// How many jobs without a reply a permit may have.
	pub most_jobs: u32,
	/// How long one count may take.
	pub longest: Duration,
	/// The mailboxes.
	pub mailboxes: Vec<Mailbox>,
	/// The datasets.
	pub datasets: Vec<Dataset>,
}

/// A mailbox that is asked for jobs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mailbox {
	/// Its URL, without a slash at the end.
	pub url: String,
	/// The file with the token that it gave this house.
	pub token: PathBuf,
}

/// A dataset that is counted in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dataset {
	/// Its number on the chain.
	pub id: u32,
	/// The files with the value sets of which queries may be.
	pub values: Vec<PathBuf>,
	/// What a query costs, in millionths of epsilon.
	pub epsilon: u64,
	/// The least cohort that is told; the dataset's own, if that is larger.
	pub k: u32,
	/// Whether its epochs are published from here. If not, its steward does it.
	pub publish: bool,
}

impl Reader {
	/// The section, if it is there: without it nothing is counted.
	pub(super) fn research(&mut self, top: &mut Section, has_chain_key: bool) -> Option<Research> {
		if !top.members.contains_key("research") {
			return None;
		}
		let mut section = self.section(top, "research");
		if !has_chain_key {
			self.fault(
				"chain.key",
				"is missing: with it the gateway reserves the budget of a query before it counts",
			);
		}
		if !section.members.contains_key("key") {
			self.fault(section.at("key"), format!("is missing; it must be {}", KeyPlace::MUST));
		}
		let key = self.key(&mut section, "key");
		let kid = self.need(
			&mut section,
			"kid",
			"the name of the key in your organisation's profile",
			|it| text(it).filter(|it| it.len() <= 256 && it.bytes().all(|b| b.is_ascii_graphic())),
		);
		let every =
			self.may(&mut section, "every", "a whole number of seconds from 10 to 86400", |it| {
				number(it).filter(|seconds| (10..=86_400).contains(seconds))
			});
		let most = self.may(&mut section, "most_jobs", "a whole number from 1 to 1000", |it| {
			number(it).filter(|most| (1..=1_000).contains(most))
		});
		let longest =
			self.may(&mut section, "longest", "a whole number of seconds from 1 to 86400", |it| {
				number(it).filter(|seconds| (1..=86_400).contains(seconds))
			});
		let mailboxes = self.mailboxes(&mut section);
		let datasets = self.datasets(&mut section);
		self.end(section);
		Some(Research {
			key: key?,
			kid: kid?,
			every: Duration::from_secs(every.unwrap_or(60)),
			most_jobs: u32::try_from(most.unwrap_or(32)).unwrap_or(u32::MAX),
			longest: Duration::from_secs(longest.unwrap_or(LONGEST)),
			mailboxes,
			datasets,
		})
	}

	fn mailboxes(&mut self, section: &mut Section) -> Vec<Mailbox> {
		let rows = self.sections(section, "mailbox");
		if rows.is_empty() || rows.len() > MOST {
			self.fault("research.mailbox", "must be 1 to 16 sections [[research.mailbox]]");
		}
		let mut mailboxes: Vec<Mailbox> = Vec::new();
		for mut row in rows {
			let at = row.at("url");
			let plain =
				self.may(&mut row, "plain_http", "true or false", Value::as_bool).unwrap_or(false);
			let url = self.need(&mut row, "url", URL, url);
			let token = self.need(&mut row, "token", PATH, path);
			self.end(row);
			let (Some(url), Some(token)) = (url, token) else { continue };
			if is_open(&url) && !plain {
				self.fault(&at, "queries and the token would go over the network without TLS; write https://, or say plain_http = true if something else protects this network");
			}
			if mailboxes.iter().any(|there| there.url == url) {
				self.fault(&at, "is there twice");
			}
			mailboxes.push(Mailbox { url, token });
		}
		mailboxes
	}

	fn datasets(&mut self, section: &mut Section) -> Vec<Dataset> {
		let rows = self.sections(section, "dataset");
		if rows.is_empty() || rows.len() > MOST {
			self.fault("research.dataset", "must be 1 to 16 sections [[research.dataset]]");
		}
		let mut datasets: Vec<Dataset> = Vec::new();
		for mut row in rows {
			let at = row.at("id");
			let id = self.need(&mut row, "id", "the number of a dataset on the chain", |it| {
				number(it).and_then(|number| u32::try_from(number).ok())
			});
			let values = self.need(
				&mut row,
				"values",
				"a list of 1 to 16 absolute paths of files with value sets",
				|it| {
					let paths: Option<Vec<PathBuf>> = it.as_array()?.iter().map(path).collect();
					paths.filter(|paths| (1..=MOST_SETS).contains(&paths.len()))
				},
			);
			let epsilon = self.need(
				&mut row,
				"epsilon",
				"a whole number of millionths from 10000 to 1000000",
				|it| number(it).filter(|epsilon| EPSILON.contains(epsilon)),
			);
			let k = self.may(&mut row, "k", "a whole number from 10 to 1000", |it| {
				number(it).filter(|k| (u64::from(K)..=1_000).contains(k))
			});
			let publish =
				self.may(&mut row, "publish", "true or false", Value::as_bool).unwrap_or(false);
			self.end(row);
			let (Some(id), Some(values), Some(epsilon)) = (id, values, epsilon) else { continue };
			if datasets.iter().any(|there| there.id == id) {
				self.fault(&at, "is there twice");
			}
			let k = k.and_then(|k| u32::try_from(k).ok()).unwrap_or(K);
			datasets.push(Dataset { id, values, epsilon, k, publish });
		}
		datasets
	}
}

/// Reads a file with a private key on the curve P-384: `0x` and 96 hexadecimal digits.
pub fn read_p384(file: &Path) -> Result<p384::ecdsa::SigningKey, String> {
	const MUST: &str = "must hold 0x and 96 hexadecimal digits, a private key on the curve P-384";
	let text = secret(file)?;
	let bytes = text.trim().strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
	let key = bytes.and_then(|bytes| p384::ecdsa::SigningKey::from_slice(&bytes).ok());
	key.ok_or_else(|| MUST.into())
}

/// Draws a private key on the curve P-384 with random bits of the operating system, into a file that only its owner reads and that must not
/// be there yet: an earlier key is never lost.
pub fn draw_p384(file: &Path) -> Result<(), String> {
	use std::{io::Write, os::unix::fs::OpenOptionsExt};
	// Nearly every number of 48 bytes is a key; the few that are none are passed over.
	let key = std::iter::repeat_with(random::<48>)
		.find_map(|bytes| match bytes {
			Ok(bytes) => p384::ecdsa::SigningKey::from_slice(&bytes).ok().map(Ok),
			Err(error) => Some(Err(error)),
		})
		.transpose();
	let no_random = |error| format!("is not written: there are no random bits: {error}");
	let key = key.map_err(no_random)?.ok_or("is not written: no key was drawn")?;
	let text = format!("0x{}\n", hex::encode(key.to_bytes()));
	let mut options = fs::OpenOptions::new();
	let written =
		options.write(true).create_new(true).mode(0o600).open(file).and_then(|mut out| {
			out.write_all(text.as_bytes())?;
			out.sync_all()
		});
	written.map_err(|error| match error.kind() {
		std::io::ErrorKind::AlreadyExists => {
			"is there already: leave --new out, or name another file".into()
		},
		_ => format!("cannot be written: {error}"),
	})
}

/// A public key, as the key of this name in an organisation's profile.
pub fn profile_key(kid: &str, key: &p384::ecdsa::VerifyingKey) -> String {
	let point = key.to_encoded_point(false);
	let part = |bytes: Option<&p384::FieldBytes>| {
		URL_SAFE_NO_PAD.encode(bytes.map_or(&[][..], |bytes| &bytes[..]))
	};
	let kid = serde_json::Value::from(kid);
	let (x, y) = (part(point.x()), part(point.y()));
	format!(r#"{{"kid":{kid},"crv":"P-384","kty":"EC","x":"{x}","y":"{y}"}}"#)
}

/// Reads a value set.
pub fn read_values(file: &Path) -> Result<ValueSet, String> {
	let unread = |error| format!("cannot be read: {error}");
	let size = fs::metadata(file).map_err(unread)?.len();
	if usize::try_from(size).map_or(true, |size| size > MAX_VALUE_SET) {
		return Err(format!("is larger than {MAX_VALUE_SET} bytes"));
	}
	let bytes = fs::read(file).map_err(unread)?;
	ValueSet::read(&bytes).map_err(|malformed| format!("is no value set: {malformed}"))
}

impl Research {
	/// What is wrong with the files that it names.
	pub(super) fn on_this_host(&self, r: &mut Reader) {
		p384_on_this_host(r, &self.key);
		for (at, mailbox) in self.mailboxes.iter().enumerate() {
			if let Err(problem) = secret(&mailbox.token).and_then(token) {
				let file = mailbox.token.display();
				r.fault(format!("research.mailbox[{at}].token"), format!("{file} {problem}"));
			}
		}
		for (at, dataset) in self.datasets.iter().enumerate() {
			for file in &dataset.values {
				if let Err(problem) = read_values(file) {
					let name = format!("research.dataset[{at}].values");
					r.fault(name, format!("{} {problem}", file.display()));
				}
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::super::{tests::GOOD, Config};

	const SECTION: &str =
		"key = \"/etc/chain.key\"\n[research]\nkey = \"/etc/r.key\"\nkid = \"counts-1\"\n\
		[[research.mailbox]]\nurl = \"https://counts.example/\"\ntoken = \"/etc/m.token\"\n\
		[[research.dataset]]\nid = 7\nvalues = [\"/etc/v.json\"]\nepsilon = 100000\n";

	fn with(section: &str) -> Result<Config, crate::config::Faults> {
		Config::read(&format!("{GOOD}{section}"))
	}

	#[test]
	fn counts_are_made_if_the_section_is_there() {
		assert_eq!(with("").unwrap().research, None);
		let research = with(SECTION).unwrap().research.unwrap();
		assert_eq!((research.every.as_secs(), research.most_jobs), (60, 32));
		assert_eq!(research.longest.as_secs(), 1_200);
		assert_eq!(research.mailboxes[0].url, "https://counts.example");
		let dataset = &research.datasets[0];
		assert_eq!((dataset.id, dataset.epsilon, dataset.k), (7, 100_000, 10));
		assert!(!dataset.publish, "the steward does it, unless it is said");
		let publishes = with(&SECTION.replace("= 100000", "= 100000\npublish = true")).unwrap();
		assert!(publishes.research.unwrap().datasets[0].publish);
	}

	#[test]
	fn what_would_weaken_privacy_or_cannot_work_is_a_fault() {
		for (from, to, at) in [
			("epsilon = 100000", "epsilon = 1000001", "research.dataset[0].epsilon"),
			("epsilon = 100000", "epsilon = 9999", "research.dataset[0].epsilon"),
			("epsilon = 100000", "epsilon = 100000\nk = 9", "research.dataset[0].k"),
			("epsilon = 100000", "epsilon = 100000\nnoise = 0", "research.dataset[0].noise"),
			("https://", "http://", "research.mailbox[0].url"),
			("values = [\"/etc/v.json\"]", "values = []", "research.dataset[0].values"),
			("key = \"/etc/chain.key\"\n", "", "chain.key"),
			("kid = \"counts-1\"", "kid = \"counts-1\"\nevery = 9", "research.every"),
			("kid = \"counts-1\"", "kid = \"counts-1\"\nlongest = 0", "research.longest"),
			("kid = \"counts-1\"", "kid = \"a b\"", "research.kid"),
		] {
			let faults = with(&SECTION.replacen(from, to, 1)).unwrap_err().0;
			assert!(faults.iter().any(|fault| fault.at == at), "{to}: {faults:?}");
		}
		let twice = format!(
			"{SECTION}[[research.dataset]]\nid = 7\nvalues = [\"/etc/v.json\"]\nepsilon = 100000\n"
		);
		assert_eq!(with(&twice).unwrap_err().0[0].at, "research.dataset[1].id");
		let plain = SECTION
			.replace("https://", "http://")
			.replace("token = \"/etc/m", "plain_http = true\ntoken = \"/etc/m");
		assert!(with(&plain).is_ok());
	}
}
