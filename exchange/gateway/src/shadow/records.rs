//! Records of the server, each classified as it would be when it came in. Results and documents that a resource names are looked up at
//! the server, where a gateway would have taken them in before.

use super::links::Links;
use crate::{
	binaries::{unclear, unclear_attachment, ATTACHED, MEANT},
	binary_urls::{host_of, meant_at},
	ingest::{
		beside, by_target, codes_of, has_too_many_attached, is_id, is_type, local_patient, text_of,
		tokens_of_attached, NotTaken, PATIENT, TOO_MANY,
	},
	store::Token,
	upstream::{Onward, Page, Progress, Server, Unread},
	within::{others_in, Known, Others},
};
use salus_exchange_policy::{classify, Beside, Classified, House, NotClassified, Tables, BINARY};
use salus_exchange_protocol::{
	fhir::{self, Value},
	Hash,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How many bytes of records are kept in memory, for others that name them.
const MAX_KEPT: usize = 128 << 20;

/// What stands in the place of a fault of a class or label: its name, where, and the words.
pub(super) fn withheld(
	(fault, path, detail): (&'static str, &'static str, &'static str),
) -> Others {
	Others { fault, path: path.into(), detail }
}

/// Whose a record is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whose {
	/// It names no patient, or several.
	Nobody,
	/// It names one who is not linked to a handle: the house's id.
	Unlinked(String),
	/// It names one who is: the house's id, and the handle.
	Linked(String, Hash),
}

impl Whose {
	/// The house's id of the patient.
	pub fn local(&self) -> Option<&str> {
		match self {
			Self::Nobody => None,
			Self::Unlinked(local) | Self::Linked(local, _) => Some(local),
		}
	}
}

/// Why a record would not be held, whoever's it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotHeld {
	/// It would not be taken in at all.
	Refused(NotTaken),
	/// It would be in quarantine.
	Quarantined(NotClassified),
	/// It would be there for what is within it, for whom it names, or for what it has attached or is attached to.
	Withheld(Others),
}

impl NotHeld {
	/// The name of the fault.
	pub fn code(&self) -> &str {
		match self {
			Self::Refused(why) => why.code(),
			Self::Quarantined(reason) => reason.code(),
			Self::Withheld(others) => others.fault,
		}
	}
}

/// A record that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
	/// Its type, as it was asked for.
	pub resource_type: String,
	/// Its type and id; only the type if it has no id.
	pub reference: String,
	/// Whose it is.
	pub whose: Whose,
	/// How it is to be treated.
	pub judged: Result<Classified, NotHeld>,
	/// Its codes, if they are why it is not classified.
	pub codes: BTreeSet<Token>,
	/// The ids of the Binaries that it has attached, and whether it names each as the house does.
	pub attached: BTreeMap<String, bool>,
}

/// How a type was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeRead {
	/// The type.
	pub resource_type: String,
	/// Whether these are all that there are.
	pub is_all: bool,
	/// Why not all could be read.
	pub fault: Option<Unread>,
}

/// All that was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Read {
	/// The records.
	pub records: Vec<Record>,
	/// How each type was read.
	pub types: Vec<TypeRead>,
	/// Types that are to be read, and that the server does not offer.
	pub not_offered: Vec<String>,
	/// Types that the server offers, and that are not to be read.
	pub not_read: Vec<String>,
}

/// What is known beside a record of the server about whom it names. Of the patient's own record it is told that it is wanted, if it was not asked for.
struct Here<'a> {
	patient: Option<Option<Vec<u8>>>,
	links: &'a Links,
	base: &'a str,
}

/// The patient's own record is wanted.
struct Wanted;

impl Known for Here<'_> {
	type Fault = Wanted;

	fn patient(&self, _: &str) -> Result<Option<Vec<u8>>, Wanted> {
		self.patient.clone().ok_or(Wanted)
	}

	fn is_linked(&self, local: &str) -> Result<bool, Wanted> {
		Ok(self.links.handle_of(local).is_some())
	}

	fn bases(&self) -> Vec<String> {
		vec![format!("{}/", self.base)]
	}
}

/// Reads and classifies.
pub struct Reader<'a> {
	pub(super) server: &'a Server,
	pub(super) tables: &'a Tables,
	pub(super) house: &'a House,
	links: &'a Links,
	/// The server's base URL, and the hosts that name it.
	base: &'a str,
	hosts: BTreeSet<String>,
	kept: HashMap<(String, String), Option<Vec<u8>>>,
	kept_bytes: usize,
}

impl<'a> Reader<'a> {
	/// Reads from a server.
	pub fn new(
		(server, base): (&'a Server, &'a str),
		tables: &'a Tables,
		house: &'a House,
		links: &'a Links,
	) -> Self {
		let hosts = [String::new(), host_of(base)].into();
		Self { server, tables, house, links, base, hosts, kept: HashMap::new(), kept_bytes: 0 }
	}

	/// Reads resources of a type, as many as there may be. If the server cannot be read at all, nothing else can; a fault of this type is
	/// told with the others.
	pub async fn read_type(
		&mut self,
		resource_type: &str,
		most: usize,
		read: &mut Read,
	) -> Result<(), Unread> {
		let mut here = Vec::new();
		let done = self.read_pages(resource_type, most, &mut here).await;
		let (is_all, fault) = match done {
			Ok(is_all) => (is_all, None),
			Err(unread) if unread.is_of_the_server() => return Err(unread),
			Err(unread) => (false, Some(unread)),
		};
		read.records.append(&mut here);
		read.types.push(TypeRead { resource_type: resource_type.into(), is_all, fault });
		Ok(())
	}

	async fn read_pages(
		&mut self,
		resource_type: &str,
		most: usize,
		out: &mut Vec<Record>,
	) -> Result<bool, Unread> {
		let mut page = self.server.first(resource_type, None).await?;
		// One that is changed meanwhile comes again.
		let (mut progress, mut references) = (Progress::new(0), HashSet::new());
		loop {
			self.keep_all(&page);
			let by_target = by_target(page.entries.iter().map(|entry| &entry.value));
			for entry in &page.entries {
				if out.len() >= most {
					return Ok(false);
				}
				if entry.text("resourceType").is_some_and(|name| name != resource_type) {
					continue;
				}
				let around = Some((&page.bundle, &entry.value));
				let record = self.judge(resource_type, &entry.record, &by_target, around).await?;
				if !record.reference.contains('/') || references.insert(record.reference.clone()) {
					out.push(record);
				}
			}
			drop(by_target);
			page = match progress.after(&page)? {
				Onward::End => return Ok(true),
				Onward::Since(since) => self.server.first(resource_type, Some(&since)).await?,
				Onward::Link => match self.server.next(&page).await? {
					Some(next) => next,
					None => return Ok(true),
				},
			};
		}
	}

	/// Reads one resource; none if it is not there, or cannot be read.
	pub async fn read_one(&mut self, reference: &str) -> Result<Option<Record>, Unread> {
		let Some((name, id)) = reference.split_once('/') else { return Ok(None) };
		match self.server.read(name, id).await {
			Ok(bytes) => self.judge(name, &bytes, &BTreeMap::new(), None).await.map(Some),
			Err(unread) if unread.is_of_the_server() => Err(unread),
			Err(_) => Ok(None),
		}
	}

	fn keep(&mut self, key: (String, String), bytes: Option<Vec<u8>>) {
		let size = bytes.as_ref().map_or(0, Vec::len).saturating_add(128);
		if self.kept_bytes.saturating_add(size) > MAX_KEPT {
			self.kept.clear();
			self.kept_bytes = 0;
		}
		self.kept_bytes = self.kept_bytes.saturating_add(size);
		self.kept.insert(key, bytes);
	}

	fn keep_all(&mut self, page: &Page) {
		for entry in &page.entries {
			if let (Some(name), Some(id)) = (entry.text("resourceType"), entry.text("id")) {
				self.keep((name.into(), id.into()), Some(entry.record.clone()));
			}
		}
	}

	/// What ingest would say of a record, with its reasons in the same order.
	async fn judge(
		&mut self,
		resource_type: &str,
		record: &[u8],
		by_target: &BTreeMap<String, &Value>,
		around: Option<(&Value, &Value)>,
	) -> Result<Record, Unread> {
		let refused = |why| Record {
			resource_type: resource_type.into(),
			reference: resource_type.into(),
			whose: Whose::Nobody,
			judged: Err(NotHeld::Refused(why)),
			codes: BTreeSet::new(),
			attached: BTreeMap::new(),
		};
		let Ok(resource) = fhir::read(record) else { return Ok(refused(NotTaken::NotJson)) };
		let Some(name) = text_of(&resource, "resourceType").filter(|name| is_type(name)) else {
			return Ok(refused(NotTaken::NoType));
		};
		let Some(id) = text_of(&resource, "id").filter(|id| is_id(id)) else {
			return Ok(refused(NotTaken::NoId));
		};
		let given = self.beside(&resource, by_target, around).await?;
		let given: Vec<&[u8]> = given.iter().map(Vec::as_slice).collect();
		let beside = Beside { given: &given, ..Beside::default() };
		let judged = classify(record, &beside, self.tables, self.house);
		let whose = match local_patient(&resource) {
			None => Whose::Nobody,
			Some(local) => match self.links.handle_of(&local) {
				Some(handle) => Whose::Linked(local, handle),
				None => Whose::Unlinked(local),
			},
		};
		let others = match (&judged, whose.local()) {
			(Ok(_), Some(local)) => self.others(&resource, local).await?,
			_ => None,
		};
		let codes = match &judged {
			Err(reason) if reason.code().starts_with("class-") => codes_of(&resource),
			_ => BTreeSet::new(),
		};
		let codes = codes.into_iter().filter(|token| token.name != "status").collect();
		Ok(Record {
			resource_type: resource_type.into(),
			reference: format!("{name}/{id}"),
			whose,
			judged: match others {
				_ if has_too_many_attached(&resource) => Err(NotHeld::Withheld(withheld(TOO_MANY))),
				Some(others) => Err(NotHeld::Withheld(others)),
				None => judged.map_err(NotHeld::Quarantined),
			},
			codes,
			attached: self.attached_to(&resource),
		})
	}

	/// What ingest would find within a record, or named by it, that is somebody else's; or attached to it that it cannot tell.
	async fn others(&mut self, resource: &Value, local: &str) -> Result<Option<Others>, Unread> {
		let here = Here { patient: None, links: self.links, base: self.base };
		let others = match others_in(&here, resource) {
			Ok(others) => others,
			Err(Wanted) => {
				let patient = Some(self.bytes(PATIENT, local).await?);
				// Now nothing is wanted any more.
				others_in(&Here { patient, ..here }, resource).ok().flatten()
			},
		};
		let is_unclear = || unclear_attachment(resource, &self.hosts);
		Ok(others.or_else(|| is_unclear().then(|| withheld(unclear()))))
	}

	/// The Binaries of the house that a resource has attached.
	fn attached_to(&self, resource: &Value) -> BTreeMap<String, bool> {
		let tokens = tokens_of_attached(resource);
		let meant = tokens.iter().filter(|token| token.name == MEANT);
		let ids = meant.filter_map(|token| {
			self.hosts.iter().find_map(|host| meant_at(&token.code, host)).map(str::to_owned)
		});
		let named = |id: &str| {
			let names = [format!("{BINARY}/{id}"), format!("{}/{BINARY}/{id}", self.base)];
			tokens.iter().any(|token| token.name == ATTACHED && names.contains(&token.code))
		};
		ids.map(|id| (id.clone(), named(&id))).collect()
	}

	/// The bytes of a resource, of those that are kept or of the server; none if it is not there, or cannot be read.
	pub(super) async fn bytes(&mut self, name: &str, id: &str) -> Result<Option<Vec<u8>>, Unread> {
		let key = (name.to_owned(), id.to_owned());
		if let Some(kept) = self.kept.get(&key) {
			return Ok(kept.clone());
		}
		let bytes = match self.server.read(name, id).await {
			Ok(bytes) => Some(bytes),
			Err(unread) if unread.is_of_the_server() => return Err(unread),
			Err(_) => None,
		};
		self.keep(key, bytes.clone());
		Ok(bytes)
	}

	/// What is known beside a resource. What is not here is asked for, and then it is looked anew: it may name something else.
	async fn beside(
		&mut self,
		resource: &Value,
		by_target: &BTreeMap<String, &Value>,
		around: Option<(&Value, &Value)>,
	) -> Result<Vec<Vec<u8>>, Unread> {
		let mut asked: HashMap<(String, String), Option<Vec<u8>>> = HashMap::new();
		loop {
			let (kept, mut missing) = (&self.kept, Vec::new());
			let found = beside(resource, by_target, around, |name, id| {
				let key = (name.to_owned(), id.to_owned());
				let found = asked.get(&key).or_else(|| kept.get(&key)).cloned();
				if found.is_none() {
					missing.push(key);
				}
				Ok::<_, Unread>(found.flatten())
			})?;
			if missing.is_empty() {
				return Ok(found);
			}
			for (name, id) in missing {
				let bytes = match self.server.read(&name, &id).await {
					Ok(bytes) => Some(bytes),
					Err(unread) if unread.is_of_the_server() => return Err(unread),
					Err(_) => None,
				};
				asked.insert((name.clone(), id.clone()), bytes.clone());
				self.keep((name, id), bytes);
			}
		}
	}
}
