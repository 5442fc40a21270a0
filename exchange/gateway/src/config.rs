//! The configuration: one file in TOML, and all that is wrong with it at once.

mod auth;
mod bucket;
mod chain;
mod database;
mod emergency;
mod keys;
mod limits;
mod login;
mod others;
mod research;
mod sources;

use crate::{
	blobs::BucketSettings, keys::KeyPlace, label_rules::Approved, store::PostgresSettings,
};
pub use auth::Auth;
pub use chain::{Chain, Kind, Limits};
pub(crate) use keys::read_pin;
pub use login::{Login, Row};
pub use others::{OtherGateway, OthersSettings};
pub use research::{draw_p384, profile_key, read_p384, read_values, Dataset, Mailbox, Research};
pub(crate) use sources::is_open;
pub use sources::{Question, Shadow, ShadowConfig, Upstream};

use salus_exchange_policy::{DataClass, House, Labels, SensitivityLabel};
use salus_exchange_protocol::{request::NO_ORGANISATION, Hash};
use std::{
	fmt, fs,
	net::{IpAddr, SocketAddr},
	path::{Path, PathBuf},
	time::Duration,
};
use toml::{Table, Value};

/// A configuration without faults.
#[derive(Clone, Debug)]
pub struct Config {
	/// The organisation whose gateway it is.
	pub organisation: u32,
	/// The folder of the database and of the vault, unless the one is in PostgreSQL and the other in a bucket.
	pub data: PathBuf,
	/// The database in PostgreSQL, if it is not in the folder.
	pub database: Option<PostgresSettings>,
	/// The database in PostgreSQL that is taken although the folder knows of a newer state: how many transactions it has. The command line says so.
	pub take_older: Option<u64>,
	/// The bucket with the files of the vault, if they are not in the folder.
	pub bucket: Option<BucketSettings>,
	/// The file with the vault's key.
	pub vault_key: PathBuf,
	/// The Ed25519 key with which other gateways are asked, if they are: a file with its seed, or a key in a token.
	pub signing_key: Option<KeyPlace>,
	/// The Ed25519 key of an account that hands in for the organisation, if the gateway does, in the same way.
	pub chain_key: Option<KeyPlace>,
	/// How often the access log is committed to on the chain.
	pub heads_every: Duration,
	/// Where others ask.
	pub outside: SocketAddr,
	/// How others write where they ask, without a slash at its end.
	pub url: String,
	/// Where the house itself asks.
	pub inside: SocketAddr,
	/// Where messages of HL7 v2 come, if they do.
	pub hl7: Option<SocketAddr>,
	/// The file with the token of the house.
	pub inside_token: PathBuf,
	/// The file with the token of the desk for emergencies, if there is one.
	pub desk_token: Option<PathBuf>,
	/// The node.
	pub chain: Chain,
	/// How often what is not anchored yet is made into a batch.
	pub batch_every: Duration,
	/// How many requests a second one organisation, or one patient, may make.
	pub rate: u32,
	/// How many connections there may be outside.
	pub connections: usize,
	/// How many of them from one address.
	pub per_address: usize,
	/// The addresses of proxies in front of the outside face: from these there may be as many as there are.
	pub proxies: Vec<IpAddr>,
	/// The house's own codes.
	pub house: House,
	/// How tokens are issued, if they are.
	pub auth: Option<Auth>,
	/// How staff signs in, if it does.
	pub login: Option<Login>,
	/// The file with the house's own label rules, if it has some.
	pub label_rules: Option<PathBuf>,
	/// The house's own FHIR server, if it is read.
	pub upstream: Option<Upstream>,
	/// At which second of the day (UTC) the log is compared with others', if it is by itself.
	pub nightly: Option<u64>,
	/// How other organisations' gateways are reached.
	pub others: OthersSettings,
	/// How counts for research are made, if they are.
	pub research: Option<Research>,
}

/// Something that is wrong with a configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
	/// Where: `chain.genesis`, `code[2].class`; or `file`.
	pub at: String,
	/// What, and what would be right.
	pub problem: String,
}

impl fmt::Display for Fault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "{}: {}", self.at, self.problem)
	}
}

/// All that is wrong with a configuration, in the order in which it was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		let lines: Vec<String> = self.0.iter().map(Fault::to_string).collect();
		f.write_str(&lines.join("\n"))
	}
}

impl std::error::Error for Faults {}

/// Takes members out of tables, and collects faults.
#[derive(Default)]
struct Reader {
	faults: Vec<Fault>,
}

/// A table while it is read, with its name.
struct Section {
	name: String,
	members: Table,
}

impl Section {
	fn at(&self, member: &str) -> String {
		match self.name.is_empty() {
			true => member.into(),
			false => format!("{}.{member}", self.name),
		}
	}
}

impl Reader {
	fn fault(&mut self, at: impl Into<String>, problem: impl Into<String>) {
		self.faults.push(Fault { at: at.into(), problem: problem.into() });
	}

	/// A member that must be there, as `read` takes it.
	fn need<T>(
		&mut self,
		from: &mut Section,
		member: &str,
		must: &str,
		read: impl Fn(&Value) -> Option<T>,
	) -> Option<T> {
		match from.members.remove(member) {
			None => {
				self.fault(from.at(member), format!("is missing; it must be {must}"));
				None
			},
			Some(value) => self.taken(from, member, must, &value, read),
		}
	}

	/// A member that need not be there.
	fn may<T>(
		&mut self,
		from: &mut Section,
		member: &str,
		must: &str,
		read: impl Fn(&Value) -> Option<T>,
	) -> Option<T> {
		let value = from.members.remove(member)?;
		self.taken(from, member, must, &value, read)
	}

	fn taken<T>(
		&mut self,
		from: &Section,
		member: &str,
		must: &str,
		value: &Value,
		read: impl Fn(&Value) -> Option<T>,
	) -> Option<T> {
		let read = read(value);
		if read.is_none() {
			self.fault(from.at(member), format!("must be {must}"));
		}
		read
	}

	fn section(&mut self, from: &mut Section, member: &str) -> Section {
		let name = from.at(member);
		let members = match from.members.remove(member) {
			Some(Value::Table(members)) => members,
			Some(_) => {
				self.fault(&name, "must be a section");
				Table::new()
			},
			None => Table::new(),
		};
		Section { name, members }
	}

	fn sections(&mut self, from: &mut Section, member: &str) -> Vec<Section> {
		let items = match from.members.remove(member) {
			None => return Vec::new(),
			Some(Value::Array(items)) => items,
			Some(_) => {
				let whole = from.at(member);
				self.fault(&whole, format!("must be sections [[{whole}]]"));
				return Vec::new();
			},
		};
		let mut sections = Vec::new();
		for (at, item) in items.into_iter().enumerate() {
			let whole = from.at(member);
			let name = format!("{whole}[{at}]");
			match item {
				Value::Table(members) => sections.push(Section { name, members }),
				_ => self.fault(name, format!("must be a section [[{whole}]]")),
			}
		}
		sections
	}

	/// A name that is not known may be a known one that was misspelt, and then what it should say would not hold.
	fn end(&mut self, section: Section) {
		for member in section.members.keys() {
			self.fault(section.at(member), "there is no such setting");
		}
	}
}

fn text(value: &Value) -> Option<String> {
	value.as_str().filter(|text| !text.is_empty()).map(Into::into)
}

fn path(value: &Value) -> Option<PathBuf> {
	text(value).map(PathBuf::from).filter(|path| path.is_absolute())
}

fn number(value: &Value) -> Option<u64> {
	value.as_integer().and_then(|number| u64::try_from(number).ok())
}

fn url(value: &Value) -> Option<String> {
	web_url(&text(value)?)
}

/// A URL to which a path can be added, without a slash at its end. None if it is no such URL.
pub(crate) fn web_url(text: &str) -> Option<String> {
	let url = reqwest::Url::parse(text).ok()?;
	let plain = url.query().is_none()
		&& url.fragment().is_none()
		&& url.username().is_empty()
		&& url.password().is_none();
	(matches!(url.scheme(), "http" | "https") && plain).then(|| text.trim_end_matches('/').into())
}

fn address(value: &Value) -> Option<SocketAddr> {
	value.as_str()?.parse().ok()
}

const PATH: &str = "an absolute path";
const ADDRESS: &str = "an address and a port, such as \"127.0.0.1:8480\"";
const URL: &str = "a URL that begins with http:// or https://, without user, query or fragment";

impl Config {
	/// Reads a configuration. Nothing outside of it is looked at: for that there is [`Config::on_this_host`].
	pub fn read(file: &str) -> Result<Self, Faults> {
		let mut r = Reader::default();
		let members: Table = match file.parse() {
			Ok(members) => members,
			Err(error) => {
				return Err(Faults(vec![Fault {
					at: "file".into(),
					problem: format!("is not TOML: {error}"),
				}]))
			},
		};
		let mut top = Section { name: String::new(), members };
		let organisation = r.need(
			&mut top,
			"organisation",
			"the number of your organisation on the chain",
			|value| {
				number(value)
					.and_then(|number| u32::try_from(number).ok())
					.filter(|number| *number != NO_ORGANISATION)
			},
		);
		let data = r.need(&mut top, "data", PATH, path);
		let vault_key = r.need(&mut top, "vault_key", PATH, path);
		let signing_key = r.key(&mut top, "signing_key");

		let mut outside = r.section(&mut top, "outside");
		let listen = r.need(&mut outside, "listen", ADDRESS, address);
		let plain_http =
			r.may(&mut outside, "plain_http", "true or false", Value::as_bool).unwrap_or(false);
		if listen.is_some_and(|listen| !listen.ip().is_loopback()) && !plain_http {
			r.fault("outside.listen", "others could reach the gateway without TLS; listen on 127.0.0.1 behind a proxy that has a certificate, or say outside.plain_http = true if something else protects this network");
		}
		let public = r.need(&mut outside, "url", URL, url);
		let proxies = r.proxies(&mut outside);
		r.end(outside);

		let mut inside = r.section(&mut top, "inside");
		let inside_listen = r.need(&mut inside, "listen", ADDRESS, address);
		if inside_listen.is_some_and(|listen| !listen.ip().is_loopback()) {
			r.fault("inside.listen", "must be an address of this host alone, such as 127.0.0.1: whoever reaches it administers the gateway");
		}
		if inside_listen.is_some_and(|inside| inside.port() != 0 && Some(inside) == listen) {
			r.fault("inside.listen", "must be another address than outside.listen");
		}
		let inside_token = r.need(&mut inside, "token", PATH, path);
		r.end(inside);

		let mut section = r.section(&mut top, "hl7");
		let hl7 = r.may(&mut section, "listen", ADDRESS, address);
		let plain =
			r.may(&mut section, "plain_tcp", "true or false", Value::as_bool).unwrap_or(false);
		if hl7.is_some_and(|listen| !listen.ip().is_loopback()) && !plain {
			r.fault("hl7.listen", "messages would come without TLS and from anybody; listen on 127.0.0.1 behind a proxy that asks for certificates, or say hl7.plain_tcp = true if something else protects this network");
		}
		r.end(section);

		let mut section = r.section(&mut top, "chain");
		let chain_key = r.key(&mut section, "key");
		let chain = r.chain(&mut section);
		r.end(section);

		let mut batches = r.section(&mut top, "batches");
		let batch_every =
			r.may(&mut batches, "every", "a whole number of seconds from 1 to 604800", |value| {
				number(value).filter(|seconds| (1..=604_800).contains(seconds))
			});
		r.end(batches);

		let mut log = r.section(&mut top, "log");
		let heads_every =
			r.may(&mut log, "every", "a whole number of seconds from 600 to 86400", |value| {
				number(value).filter(|seconds| (600..=86_400).contains(seconds))
			});
		r.end(log);

		let database = r.database(&mut top);
		let bucket = r.bucket(&mut top);
		let desk_token = r.emergency(&mut top, inside_token.as_deref());
		let login = r.login(&mut top, desk_token.is_some());
		let limits = r.limits(&mut top);
		let upstream = r.upstream(&mut top);
		// For `shadow` alone; what is wrong with it is named here too.
		r.shadow(&mut top);
		let house = r.house(&mut top);
		let auth = r.auth(&mut top);
		let nightly = r.nightly(&mut top);
		let others = r.others(&mut top);
		let research = r.research(&mut top, chain_key.is_some());
		let label_rules = r.may(&mut top, "label_rules", PATH, path);
		r.end(top);
		let whole = (|| {
			Some(Self {
				organisation: organisation?,
				data: data?,
				database,
				take_older: None,
				bucket,
				vault_key: vault_key?,
				signing_key,
				chain_key,
				heads_every: Duration::from_secs(heads_every.unwrap_or(86_400)),
				outside: listen?,
				url: public?,
				inside: inside_listen?,
				hl7,
				inside_token: inside_token?,
				desk_token,
				chain: chain?,
				batch_every: Duration::from_secs(batch_every.unwrap_or(3_600)),
				rate: limits.rate,
				connections: limits.connections,
				per_address: limits.per_address,
				proxies,
				house,
				auth,
				login,
				label_rules,
				upstream,
				nightly,
				others,
				research,
			})
		})();
		match whole {
			Some(config) if r.faults.is_empty() => Ok(config),
			_ => Err(Faults(r.faults)),
		}
	}

	/// Reads a configuration from a file.
	pub fn read_file(file: &Path) -> Result<Self, Faults> {
		let unreadable = |error| {
			Faults(vec![Fault {
				at: "file".into(),
				problem: format!("{} cannot be read: {error}", file.display()),
			}])
		};
		Self::read(&fs::read_to_string(file).map_err(unreadable)?)
	}

	/// What is wrong with the files and folders that it names.
	pub fn on_this_host(&self) -> Vec<Fault> {
		let mut r = Reader::default();
		match fs::metadata(&self.data) {
			Ok(found) if !found.is_dir() => {
				r.fault("data", format!("{} is no folder", self.data.display()))
			},
			Ok(_) => {
				let probe = self.data.join(".salus-gateway-probe");
				if let Err(error) = fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe)) {
					r.fault(
						"data",
						format!("in {} nothing can be written: {error}", self.data.display()),
					);
				}
			},
			Err(error) => {
				r.fault("data", format!("{} cannot be used: {error}", self.data.display()))
			},
		}
		if let Err(problem) = secret(&self.vault_key).and_then(|text| key(&text)) {
			r.fault("vault_key", format!("{} {problem}", self.vault_key.display()));
		}
		r.keys_on_this_host(self);
		if let Some(Err(faults)) = self.label_rules.as_deref().map(Approved::read_file) {
			r.faults.extend(faults);
		}
		if let Some(database) = &self.database {
			r.database_on_this_host(database);
		}
		if let Some(bucket) = &self.bucket {
			if let Err(problem) = secret(&bucket.secret_access_key) {
				let file = bucket.secret_access_key.display();
				r.fault("bucket.secret_access_key", format!("{file} {problem}"));
			}
		}
		if let Some(file) = self.login.as_ref().and_then(|login| login.client_secret.as_ref()) {
			if let Err(problem) = secret(file).and_then(filled) {
				r.fault("login.client_secret", format!("{} {problem}", file.display()));
			}
		}
		let profiles = self.auth.as_ref().and_then(|auth| auth.profiles.as_ref());
		if let Some(folder) = profiles.filter(|folder| !folder.is_dir()) {
			r.fault("auth.profiles", format!("{} is no folder", folder.display()));
		}
		let tokens = [
			("inside.token", Some(&self.inside_token)),
			("emergency.token", self.desk_token.as_ref()),
			("upstream.notify", self.upstream.as_ref().and_then(|it| it.notify.as_ref())),
		];
		for (name, file) in tokens {
			let Some(file) = file else { continue };
			if let Err(problem) = secret(file).and_then(token) {
				r.fault(name, format!("{} {problem}", file.display()));
			}
		}
		if let Some(upstream) = &self.upstream {
			upstream.on_this_host(&mut r);
		}
		if let Some(research) = &self.research {
			research.on_this_host(&mut r);
		}
		r.faults
	}
}

impl Reader {
	fn house(&mut self, top: &mut Section) -> House {
		let mut house = House::default();
		for mut row in self.sections(top, "code") {
			let system = self.need(&mut row, "system", "the URL of a code system", text);
			let code = self.need(&mut row, "code", "a code", text);
			let class = self.need(
				&mut row,
				"class",
				"the name of a class of data, such as \"Laboratory\"",
				|value| DataClass::named(value.as_str()?),
			);
			self.end(row);
			if let (Some(system), Some(code), Some(class)) = (system, code, class) {
				house = house.with_class(&system, &code, class);
			}
		}
		for mut row in self.sections(top, "label") {
			let system = self.need(&mut row, "system", "the URL of a code system", text);
			let code = self.need(&mut row, "code", "a code", text);
			let labels = self.need(&mut row, "labels", "a list of labels, such as [\"Psy\"]; an empty one says that any record gets that care", |value| {
				let names = value.as_array()?.iter();
				names.map(|name| SensitivityLabel::named(name.as_str()?)).collect::<Option<Labels>>()
			});
			self.end(row);
			if let (Some(system), Some(code), Some(labels)) = (system, code, labels) {
				house = house.with_labels(&system, &code, labels);
			}
		}
		house
	}
}

/// Whether a file is one that nobody else may read.
fn is_ours(file: &Path) -> Result<(), String> {
	use std::os::unix::fs::PermissionsExt;
	let found = fs::metadata(file).map_err(|error| format!("cannot be read: {error}"))?;
	match found.permissions().mode() & 0o077 {
		0 => Ok(()),
		_ => Err("can be read by others: chmod 600".into()),
	}
}

/// What stands in a file that nobody else may read.
fn secret(file: &Path) -> Result<String, String> {
	is_ours(file)?;
	fs::read_to_string(file).map_err(|error| format!("cannot be read: {error}"))
}

fn key(text: &str) -> Result<[u8; 32], String> {
	let key: Result<Hash, _> = text.trim().parse();
	key.map(|Hash(key)| key)
		.map_err(|_| "must hold 0x and 64 hexadecimal digits in lower case, 32 random bytes".into())
}

fn token(text: String) -> Result<String, String> {
	let token = text.trim();
	match token.len() >= 32 && token.bytes().all(|b| b.is_ascii_graphic()) {
		true => Ok(token.into()),
		false => Err("must hold at least 32 characters without blanks".into()),
	}
}

/// A secret that others chose: whatever it is, but not nothing.
fn filled(text: String) -> Result<String, String> {
	match text.trim() {
		"" => Err("must hold something".into()),
		text => Ok(text.into()),
	}
}

/// Reads a file with a key: 32 bytes, as `0x` and 64 hexadecimal digits.
pub fn read_key(file: &Path) -> Result<[u8; 32], String> {
	secret(file)
		.and_then(|text| key(&text))
		.map_err(|problem| format!("{} {problem}", file.display()))
}

/// Reads a file that nobody else may read.
pub fn read_secret(file: &Path) -> Result<String, String> {
	secret(file).map_err(|problem| format!("{} {problem}", file.display()))
}

/// Reads a file with a secret that others chose.
pub fn read_filled(file: &Path) -> Result<String, String> {
	secret(file).and_then(filled).map_err(|problem| format!("{} {problem}", file.display()))
}

/// Reads a file with a token.
pub fn read_token(file: &Path) -> Result<String, String> {
	secret(file).and_then(token).map_err(|problem| format!("{} {problem}", file.display()))
}

#[cfg(test)]
mod tests {
	use super::*;

	pub(super) const GOOD: &str = r#"
organisation = 3
data = "/var/lib/salus-gateway"
vault_key = "/etc/salus-gateway/vault.key"
[outside]
listen = "127.0.0.1:8480"
url = "https://records.hospital.example/"
[inside]
listen = "127.0.0.1:8481"
token = "/etc/salus-gateway/inside.token"
[chain]
node = "http://127.0.0.1:9944"
genesis = "0x1111111111111111111111111111111111111111111111111111111111111111"
kind = "solo"
"#;

	pub(super) fn faults(file: &str) -> Vec<String> {
		Config::read(file).unwrap_err().0.iter().map(|fault| fault.at.clone()).collect()
	}

	#[test]
	fn the_shortest_configuration_has_the_rules_limits() {
		let config = Config::read(GOOD).unwrap();
		assert_eq!(config.chain.limits, Limits::SOLO);
		assert_eq!(config.url, "https://records.hospital.example");
		assert_eq!(config.batch_every, Duration::from_secs(3_600));
		let parachain = Config::read(&GOOD.replace("solo", "parachain")).unwrap();
		assert_eq!(parachain.chain.limits, Limits::PARACHAIN);
		let by = |clock: &str| Config::read(&format!("{GOOD}clock = \"{clock}\"\n"));
		assert_eq!(
			[&config, &by("host").unwrap(), &by("chain").unwrap()].map(|it| it.chain.by_its_clock),
			[false, false, true]
		);
		assert!(by("mine").is_err());
	}

	#[test]
	fn every_fault_is_named_at_once() {
		let file = "organisation = 4294967295\ndata = \"relative\"\nvault_kye = \"/x\"\n[outside]\nlisten = \"0.0.0.0:1\"\nurl = \"ftp://x\"\n[inside]\nlisten = \"10.0.0.1:1\"\ntoken = 7\n[chain]\nnode = \"\"\ngenesis = \"0xAB\"\nkind = \"solo\"\nmax_best_age = 13\n[[code]]\nsystem = \"s\"\ncode = \"c\"\nclass = \"Lab\"\n[[label]]\nlabels = [\"Nothing\"]\n";
		assert_eq!(
			faults(file),
			[
				"organisation",
				"data",
				"vault_key",
				"outside.listen",
				"outside.url",
				"inside.listen",
				"inside.token",
				"chain.node",
				"chain.genesis",
				"chain.max_best_age",
				"code[0].class",
				"label[0].system",
				"label[0].code",
				"label[0].labels",
				"vault_kye",
			]
		);
		assert_eq!(faults("organisation = "), ["file"]);
		assert!(faults("").len() >= 9);
	}

	#[test]
	fn the_two_faces_do_not_share_an_address() {
		assert_eq!(faults(&GOOD.replace("8481", "8480")), ["inside.listen"]);
	}

	#[test]
	fn a_bucket_is_reached_with_tls_or_on_purpose_without() {
		let with = |section: &str| Config::read(&format!("{GOOD}[bucket]\n{section}"));
		let at = |section: &str| {
			let faults = with(section).map(|_| ()).unwrap_err().0;
			faults.into_iter().map(|fault| fault.at).collect::<Vec<_>>()
		};
		const KEY: &str = "name = \"records\"\naccess_key_id = \"id\"\nsecret_access_key = \"/etc/salus-gateway/s3.key\"\n";
		assert_eq!(Config::read(GOOD).unwrap().bucket, None);
		let bucket = with(KEY).unwrap().bucket.unwrap();
		assert_eq!((bucket.prefix.as_str(), bucket.endpoint), ("", None));
		assert_eq!(at(""), ["bucket.name", "bucket.access_key_id", "bucket.secret_access_key"]);
		let plain = format!("{KEY}endpoint = \"http://127.0.0.1:9000\"\n");
		assert_eq!(at(&plain), ["bucket.endpoint"]);
		assert!(with(&format!("{plain}plain_http = true\n")).is_ok());
		for prefix in ["/a", "a/", "a//b", "../b", "a b", ""] {
			assert_eq!(at(&format!("{KEY}prefix = \"{prefix}\"\n")), ["bucket.prefix"], "{prefix}");
		}
		assert_eq!(
			with(&format!("{KEY}prefix = \"a/b-1\"\n")).unwrap().bucket.unwrap().prefix,
			"a/b-1"
		);
	}

	#[test]
	fn secrets_are_files_that_nobody_else_reads() {
		use std::os::unix::fs::PermissionsExt;
		let folder = tempfile::tempdir().unwrap();
		let mut config = Config::read(GOOD).unwrap();
		config.data = folder.path().into();
		config.vault_key = folder.path().join("vault.key");
		config.inside_token = folder.path().join("token");
		let put = |file: &Path, text: &str, mode| {
			fs::write(file, text).unwrap();
			fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
		};
		let at = |config: &Config| {
			config.on_this_host().into_iter().map(|fault| fault.at).collect::<Vec<_>>()
		};
		assert_eq!(at(&config), ["vault_key", "inside.token"]);
		put(&config.vault_key, &format!("0x{}\n", "ab".repeat(32)), 0o600);
		put(&config.inside_token, &"t".repeat(32), 0o600);
		assert_eq!(at(&config), [""; 0]);
		put(&config.vault_key, &format!("0x{}\n", "ab".repeat(32)), 0o640);
		put(&config.inside_token, &"t".repeat(31), 0o600);
		assert_eq!(at(&config), ["vault_key", "inside.token"]);
		config.data = folder.path().join("vault.key");
		assert_eq!(at(&config), ["data", "vault_key", "inside.token"]);
	}
}
