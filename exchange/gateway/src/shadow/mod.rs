//! The shadow: what the gateway would do with the records of the house's FHIR server, told without doing it. It reads there, and in
//! the chain; it takes nothing in, releases nothing, anchors nothing and signs nothing, and keeps nothing but its report.
//!
//! [`records`] reads and classifies as [`crate::ingest`] does, and `binaries` what records have attached. [`decisions`] asks the chain as [`crate::release`] does. [`requests`] plays
//! back what was asked of the server. [`report`] counts, and [`text`] writes that for people.

mod binaries;
pub mod decisions;
pub mod links;
pub mod records;
pub mod report;
pub mod requests;
pub mod text;

use crate::{
	chain::Node,
	config::ShadowConfig,
	upstream::{Server, Unread},
};
use decisions::Decisions;
use links::{BadLinks, Links};
use records::Reader;
use report::Report;
use requests::BadRequests;
use salus_exchange_policy::{BadTables, Tables};
use std::{collections::HashSet, fmt, fs, io, path::Path};

/// Why there is no report.
#[derive(Debug)]
pub enum NoReport {
	/// The server cannot be read at all.
	Server(Unread),
	/// The file that says who is who.
	Links(BadLinks),
	/// The file with what was asked.
	Requests(BadRequests),
	/// The tables of codes.
	Tables(BadTables),
	/// A file, or the system.
	Io(io::Error),
}

impl fmt::Display for NoReport {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Server(unread) => unread.fmt(f),
			Self::Links(bad) => write!(f, "shadow.links: {bad}"),
			Self::Requests(bad) => write!(f, "shadow.requests: {bad}"),
			Self::Tables(bad) => bad.fmt(f),
			Self::Io(error) => error.fmt(f),
		}
	}
}

impl std::error::Error for NoReport {}

impl From<Unread> for NoReport {
	fn from(unread: Unread) -> Self {
		Self::Server(unread)
	}
}

impl From<io::Error> for NoReport {
	fn from(error: io::Error) -> Self {
		Self::Io(error)
	}
}

/// Reads the server, asks the chain, and counts.
pub async fn look(config: &ShadowConfig) -> Result<Report, NoReport> {
	let tables = Tables::standard().map_err(NoReport::Tables)?;
	let links = match &config.shadow.links {
		Some(file) => Links::read_file(file).map_err(NoReport::Links)?,
		None => Links::default(),
	};
	let asked = match &config.shadow.requests {
		Some(file) => Some(requests::read_file(file).map_err(NoReport::Requests)?),
		None => None,
	};
	let server = Server::new(&config.upstream)?;
	let offered = server.offered().await?;
	let from = (&server, config.upstream.url.as_str());
	let mut reader = Reader::new(from, &tables, &config.house, &links);
	let mut read = records::Read::default();
	for resource_type in &config.upstream.types {
		if offered.as_ref().is_some_and(|all| !all.get(resource_type).is_some_and(|it| it.search)) {
			read.not_offered.push(resource_type.clone());
			continue;
		}
		tracing::info!(resource_type, "is read");
		reader.read_type(resource_type, config.shadow.most, &mut read).await?;
	}
	reader.read_binaries(config.shadow.most, &mut read).await?;
	let searched = offered.into_iter().flatten().filter(|(_, offered)| offered.search);
	read.not_read = searched
		.map(|(name, _)| name)
		.filter(|name| !config.upstream.types.contains(name))
		.collect();
	// What was asked for and is not among what was read: for the answers to requests, and not counted.
	let mut more = Vec::new();
	let mut there: HashSet<String> =
		read.records.iter().map(|record| record.reference.clone()).collect();
	for reference in asked.iter().flatten().filter_map(|each| each.what.record()) {
		if there.insert(reference.clone()) {
			more.extend(reader.read_one(&reference).await?);
		}
	}
	let node = config.chain.as_ref().map(|chain| Node::new(chain, None));
	let node = node.transpose().map_err(|silent| io::Error::other(silent.to_string()))?;
	let all: Vec<&records::Record> = read.records.iter().chain(&more).collect();
	let decisions = Decisions::ask(node.as_ref(), &config.shadow.questions, &all).await;
	let requests = asked.map(|asked| requests::answer(&asked, &config.shadow, &all, &decisions));
	Ok(Report::of(config, &read, &decisions, requests))
}

/// Writes a report into its folder, as `shadow.json` and as `shadow.md`, for nobody else to read: it names records.
pub fn write(report: &Report, folder: &Path) -> io::Result<()> {
	use std::os::unix::fs::DirBuilderExt;
	fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
	let json = serde_json::to_vec_pretty(report).map_err(io::Error::other)?;
	put(folder, "shadow.json", &json)?;
	put(folder, "shadow.md", text::page(report).as_bytes())
}

/// A file is whole or not there.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
	use std::{io::Write, os::unix::fs::OpenOptionsExt};
	let unfinished = folder.join(format!(".{name}.unfinished"));
	match fs::remove_file(&unfinished) {
		Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
		_ => {},
	}
	let mut options = fs::OpenOptions::new();
	let mut file = options.write(true).create_new(true).mode(0o600).open(&unfinished)?;
	file.write_all(bytes)?;
	file.sync_all()?;
	fs::rename(&unfinished, folder.join(name))
}
