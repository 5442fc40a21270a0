//! Of the configuration: the house's own FHIR server, and what is asked about it in shadow.

use super::{
	number, path, secret, text, url, Chain, Fault, Faults, House, Reader, Section, Value, PATH, URL,
};
use crate::{
	decide::Asker,
	ingest::is_type,
	upstream::{Credentials, TYPES},
};
use salus_consent_decision::Actor;
use salus_exchange_protocol::{
	account::Address,
	codes::{Action, Purpose},
};
use std::{
	fs,
	path::{Path, PathBuf},
	time::Duration,
};
use toml::Table;

/// The house's FHIR R4 server. It is only read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upstream {
	/// Its base URL, without a slash at the end.
	pub url: String,
	/// What it asks for.
	pub credentials: Credentials,
	/// The types that are read, in this order: what others refer to comes first.
	pub types: Vec<String>,
	/// Whether what is new there is taken in, again and again.
	pub ingest: bool,
	/// The file with the token with which the server tells that something has changed, if it does.
	pub notify: Option<PathBuf>,
	/// How often it is looked for what is new.
	pub every: Duration,
	/// How often all is read, so that what is not there any more is noticed.
	pub whole_every: Duration,
	/// How many resources a page has.
	pub count: u64,
	/// How long an answer may take.
	pub timeout: Duration,
	/// How long it waits before it asks a second time, and twice as long before each further time. Not a setting.
	pub first_wait: Duration,
}

/// What the report in shadow is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shadow {
	/// The folder of the report.
	pub report: PathBuf,
	/// The file that says who is who: a handle and an id of the house in each line.
	pub links: Option<PathBuf>,
	/// The file with what was asked of the server: a JSON object in each line.
	pub requests: Option<PathBuf>,
	/// The most resources that are read of each type.
	pub most: usize,
	/// The most examples of each fault and each refusal.
	pub examples: usize,
	/// Who might ask, and what for.
	pub questions: Vec<Question>,
}

/// Somebody who might ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
	/// What the house calls them.
	pub name: String,
	/// Who it is on the chain, and what for.
	pub asker: Asker,
	/// The number of the organisation.
	pub organisation: u32,
}

/// A configuration for the shadow alone: neither a vault nor a licence is needed, and without `chain` nothing is decided.
#[derive(Clone, Debug)]
pub struct ShadowConfig {
	/// The server.
	pub upstream: Upstream,
	/// What the report is about.
	pub shadow: Shadow,
	/// The node, if there is one.
	pub chain: Option<Chain>,
	/// The house's own codes.
	pub house: House,
}

const SERVER: &str = "the base URL of a FHIR R4 server";

impl Reader {
	pub(super) fn upstream(&mut self, top: &mut Section) -> Option<Upstream> {
		if !top.members.contains_key("upstream") {
			return None;
		}
		let mut section = self.section(top, "upstream");
		let url = self.need(&mut section, "url", URL, url);
		let plain =
			self.may(&mut section, "plain_http", "true or false", Value::as_bool).unwrap_or(false);
		if url.as_deref().is_some_and(is_open) && !plain {
			self.fault("upstream.url", "records and the token would go over the network without TLS; write https://, or say upstream.plain_http = true if something else protects this network");
		}
		let token = self.may(&mut section, "token", PATH, path);
		let basic = self.may(&mut section, "basic", PATH, path);
		let credentials = match (token, basic) {
			(None, None) => Credentials::None,
			(Some(file), None) => Credentials::Bearer(file),
			(None, Some(file)) => Credentials::Basic(file),
			(Some(_), Some(_)) => {
				self.fault("upstream.basic", "must not be there beside upstream.token");
				Credentials::None
			},
		};
		let notify = self.may(&mut section, "notify", PATH, path);
		let types = self.may(&mut section, "types", "a list of types of resources", |value| {
			let names = value.as_array()?.iter().map(|name| name.as_str().map(str::to_owned));
			let names: Vec<String> = names.collect::<Option<_>>()?;
			(!names.is_empty() && names.iter().all(|name| is_type(name))).then_some(names)
		});
		let ingest =
			self.may(&mut section, "ingest", "true or false", Value::as_bool).unwrap_or(false);
		let mut within = |member: &str, least: u64, most: u64, unless: u64| {
			let must = format!("a whole number from {least} to {most}");
			let set = self.may(&mut section, member, &must, |value| {
				number(value).filter(|value| (least..=most).contains(value))
			});
			set.unwrap_or(unless)
		};
		let every = Duration::from_secs(within("every", 10, 86_400, 300));
		let whole_every = Duration::from_secs(within("whole_every", 3_600, 2_678_400, 86_400));
		let count = within("count", 1, 1_000, 100);
		let timeout = Duration::from_secs(within("timeout", 1, 600, 30));
		self.end(section);
		Some(Upstream {
			url: url?,
			credentials,
			types: types.unwrap_or_else(|| TYPES.iter().map(|name| (*name).into()).collect()),
			ingest,
			notify,
			every,
			whole_every,
			count,
			timeout,
			first_wait: Duration::from_millis(500),
		})
	}

	pub(super) fn shadow(&mut self, top: &mut Section) -> Option<Shadow> {
		if !top.members.contains_key("shadow") {
			return None;
		}
		let mut section = self.section(top, "shadow");
		let report = self.need(&mut section, "report", PATH, path);
		let links = self.may(&mut section, "links", PATH, path);
		let requests = self.may(&mut section, "requests", PATH, path);
		let mut within = |member: &str, least: u64, most: u64, unless: usize| {
			let must = format!("a whole number from {least} to {most}");
			let set = self.may(&mut section, member, &must, |value| {
				let value = number(value).filter(|value| (least..=most).contains(value))?;
				usize::try_from(value).ok()
			});
			set.unwrap_or(unless)
		};
		let most = within("most", 1, 100_000, 1_000);
		let examples = within("examples", 0, 50, 5);
		let mut questions: Vec<Question> = Vec::new();
		for row in self.sections(&mut section, "question") {
			let at = row.name.clone();
			let question = self.question(row);
			let is_twice =
				|question: &Question| questions.iter().any(|it| it.name == question.name);
			match question {
				Some(question) if is_twice(&question) => {
					self.fault(format!("{at}.name"), "is the name of another question too")
				},
				question => questions.extend(question),
			}
		}
		self.end(section);
		Some(Shadow { report: report?, links, requests, most, examples, questions })
	}

	fn question(&mut self, mut row: Section) -> Option<Question> {
		let name = self.need(&mut row, "name", "what you call who asks", text);
		let organisation =
			self.need(&mut row, "organisation", "the number of an organisation", |value| {
				number(value).and_then(|number| u32::try_from(number).ok())
			});
		let who = self.may(&mut row, "who", "the address of an account", |value| {
			Some(Address::read(value.as_str()?).ok()?.account())
		});
		let purpose = self.need(&mut row, "purpose", "a purpose, such as \"Treat\"", |value| {
			Purpose::named(value.as_str()?)
		});
		let action = self.may(&mut row, "action", "an action, such as \"Read\"", |value| {
			Action::named(value.as_str()?)
		});
		self.end(row);
		let organisation = organisation?;
		let actor = match who {
			Some(who) => Actor::Practitioner { who: who.0, organisation },
			None => Actor::Organisation(organisation),
		};
		let asker = Asker { actor, purpose: purpose?, action: action.unwrap_or(Action::Read) };
		Some(Question { name: name?, asker, organisation })
	}
}

/// Whether what is sent to a URL can be read on its way: by HTTP, and to another host.
pub(crate) fn is_open(url: &str) -> bool {
	let Ok(url) = reqwest::Url::parse(url) else { return false };
	let is_here = match url.host_str() {
		Some("localhost") => true,
		Some(host) => host
			.trim_start_matches('[')
			.trim_end_matches(']')
			.parse::<std::net::IpAddr>()
			.is_ok_and(|address| address.is_loopback()),
		None => false,
	};
	url.scheme() == "http" && !is_here
}

impl ShadowConfig {
	/// Reads what the shadow needs. What else a gateway needs may be missing, and is not looked at.
	pub fn read(file: &str) -> Result<Self, Faults> {
		let mut r = Reader::default();
		let members: Table = file.parse::<Table>().map_err(|error| {
			Faults(vec![Fault { at: "file".into(), problem: format!("is not TOML: {error}") }])
		})?;
		let mut top = Section { name: String::new(), members };
		for (section, what) in [("upstream", SERVER), ("shadow", "report = \"/a/folder\"")] {
			if !top.members.contains_key(section) {
				r.fault(section, format!("is missing; it must be a section with {what}"));
			}
		}
		let (upstream, shadow) = (r.upstream(&mut top), r.shadow(&mut top));
		let chain = match top.members.contains_key("chain") {
			true => {
				let mut section = r.section(&mut top, "chain");
				// The gateway's: it hands nothing in.
				section.members.remove("key");
				let chain = r.chain(&mut section);
				r.end(section);
				chain
			},
			false => None,
		};
		let house = r.house(&mut top);
		match (upstream, shadow) {
			(Some(upstream), Some(shadow)) if r.faults.is_empty() => {
				Ok(Self { upstream, shadow, chain, house })
			},
			_ => Err(Faults(r.faults)),
		}
	}

	/// Reads it from a file, and looks whether what it names can be used.
	pub fn read_file(file: &Path) -> Result<Self, Faults> {
		let unreadable = |error| {
			Faults(vec![Fault {
				at: "file".into(),
				problem: format!("{} cannot be read: {error}", file.display()),
			}])
		};
		let config = Self::read(&fs::read_to_string(file).map_err(unreadable)?)?;
		let mut r = Reader::default();
		config.upstream.on_this_host(&mut r);
		if let Some(file) = &config.shadow.links {
			// Which patient has which handle: as secret as a key.
			if let Err(problem) = secret(file) {
				r.fault("shadow.links", format!("{} {problem}", file.display()));
			}
		}
		if let Some(file) = &config.shadow.requests {
			if let Err(error) = fs::metadata(file) {
				r.fault("shadow.requests", format!("{} cannot be read: {error}", file.display()));
			}
		}
		match r.faults.is_empty() {
			true => Ok(config),
			false => Err(Faults(r.faults)),
		}
	}
}

impl Upstream {
	pub(super) fn on_this_host(&self, r: &mut Reader) {
		if let Err(problem) = self.credentials.header() {
			let at = match &self.credentials {
				Credentials::Basic(_) => "upstream.basic",
				_ => "upstream.token",
			};
			r.fault(at, problem);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const SHORTEST: &str =
		"[upstream]\nurl = \"https://fhir.example/r4/\"\n[shadow]\nreport = \"/r\"\n";

	fn faults(file: &str) -> Vec<String> {
		ShadowConfig::read(file).unwrap_err().0.iter().map(|fault| fault.at.clone()).collect()
	}

	#[test]
	fn the_shadow_needs_a_server_and_a_folder_and_nothing_else() {
		let config = ShadowConfig::read(SHORTEST).unwrap();
		assert_eq!(config.upstream.url, "https://fhir.example/r4");
		assert_eq!((config.upstream.ingest, config.upstream.count), (false, 100));
		assert_eq!((config.shadow.most, config.shadow.examples), (1_000, 5));
		assert!(config.chain.is_none() && config.upstream.types.len() > 20);
		assert_eq!(faults(""), ["upstream", "shadow"]);
		assert_eq!(faults("[upstream]\n[shadow]\n"), ["upstream.url", "shadow.report"]);
	}

	#[test]
	fn every_fault_of_server_and_questions_is_named() {
		let file = "[upstream]\nurl = \"http://10.0.0.1/fhir\"\ntoken = \"/t\"\nbasic = \"/b\"\ntypes = [\"patient\"]\nevery = 1\ncuont = 7\n\
			[shadow]\nreport = \"r\"\nmost = 0\n[[shadow.question]]\nname = \"a\"\norganisation = 4\npurpose = \"Treat\"\n\
			[[shadow.question]]\nname = \"a\"\norganisation = 5\npurpose = \"Treat\"\n[[shadow.question]]\nwho = \"0x12\"\npurpose = \"Cure\"\n";
		assert_eq!(
			faults(file),
			[
				"upstream.url",
				"upstream.basic",
				"upstream.types",
				"upstream.every",
				"upstream.cuont",
				"shadow.report",
				"shadow.most",
				"shadow.question[1].name",
				"shadow.question[2].name",
				"shadow.question[2].organisation",
				"shadow.question[2].who",
				"shadow.question[2].purpose",
			]
		);
	}

	#[test]
	fn plain_http_is_for_this_host_or_on_purpose() {
		let with =
			|url: &str| ShadowConfig::read(&SHORTEST.replace("https://fhir.example/r4/", url));
		for url in ["http://127.0.0.1:8080/fhir", "http://[::1]/fhir", "http://localhost/fhir"] {
			assert!(with(url).is_ok(), "{url}");
		}
		assert!(with("http://fhir.example/fhir").is_err());
		assert!(with("http://fhir.example/fhir\"\nplain_http = true\n#\"").is_ok());
	}
}
