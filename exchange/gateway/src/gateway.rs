//! A gateway: its store, its vault, its node, and what it was told.

use crate::{
	blobs::{Blobs, Bucket, Folder},
	chain::{now, watch::Watch, Node, Silent},
	config::{read_filled, read_key, read_secret, read_token, Config, Faults},
	downloads::Downloads,
	fetch,
	hl7::mllp,
	keys::{Ed25519, KeyPlace},
	label_rules::Approved,
	login::Login,
	meters::Meters,
	orders::Place,
	others::Others,
	quotas::Quotas,
	reconcile::MOST_TOLD,
	research::Counting,
	room::Room,
	store::{Store, StoreFault},
	tally::Tally,
	vault::Vault,
};
use salus_exchange_policy::{BadTables, Tables};
use salus_exchange_protocol::Hash;
use std::{
	fmt, io,
	sync::{atomic::AtomicBool, Arc, Mutex},
	time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// All of a gateway. One for each process, and for each folder of data.
pub struct Gateway {
	/// What it was told.
	pub config: Config,
	/// What codes mean.
	pub tables: Tables,
	/// The database.
	pub store: Store,
	/// The encrypted files.
	pub blobs: Blobs,
	/// The keys of the vault.
	pub vault: Vault,
	/// The node.
	pub node: Node,
	/// How many requests came whose sender could not be authenticated.
	pub tally: Tally,
	/// A hash of the token of the house.
	pub inside_token: Hash,
	/// A hash of the token of the desk for emergencies, if there is one.
	pub desk_token: Option<Hash>,
	/// A hash of the token with which the house's FHIR server tells that something has changed, if it does.
	pub notify_token: Option<Hash>,
	/// That it has told so.
	pub changed_upstream: tokio::sync::Notify,
	/// What the gateway itself sees of the chain.
	pub watch: Watch,
	/// Logins of staff, if there are some.
	pub login: Option<Login>,
	/// When something of the chain was last kept for when it is silent.
	pub kept_at: Mutex<Option<Instant>>,
	/// The key with which other gateways are asked.
	pub signer: Option<Ed25519>,
	/// The key with which something is handed in to the chain.
	pub steward: Option<Ed25519>,
	/// What is counted.
	pub meters: Meters,
	/// How often somebody may ask.
	pub quotas: Quotas,
	/// The downloads that there are.
	pub downloads: Arc<Downloads>,
	/// Room in memory for answers on their way.
	pub room: Room,
	/// Room in memory for what other gateways answer.
	pub arriving: Room,
	/// The turns of those who send large messages of HL7 v2.
	pub large_messages: Arc<Semaphore>,
	/// Who is just being told what the log has about them.
	pub telling: Arc<Downloads>,
	/// Held while another gateway is asked for that: one answers an organisation once at a time.
	pub comparing: tokio::sync::Mutex<()>,
	/// The patient after whom it is looked on for revocations.
	pub looked_at: Mutex<Option<Hash>>,
	/// How far it was looked what the chain says of the house's records. Held while it is looked.
	pub(crate) orders_at: tokio::sync::Mutex<Place>,
	/// Whether something was heard since it was last looked which versions say what was retracted; so also at the start.
	pub(crate) is_heard: AtomicBool,
	/// Behind which file that is to go the next round of removals begins.
	pub(crate) leaving_after: Mutex<String>,
	/// Held by whoever hands in: the kind of what was handed in last.
	pub handing_in: tokio::sync::Mutex<Option<String>>,
	/// What counts for research are made with, if they are made.
	pub counting: Option<Counting>,
	/// Connections to other gateways.
	pub others: Others,
}

/// Says nothing of what is secret.
impl fmt::Debug for Gateway {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Gateway")
			.field("organisation", &self.config.organisation)
			.finish_non_exhaustive()
	}
}

/// Why a gateway does not start, or cannot go on.
#[derive(Debug)]
pub enum Failure {
	/// The database.
	Store(StoreFault),
	/// A file, a socket, or the system.
	Io(io::Error),
	/// A file with a secret.
	Secret(String),
	/// The tables of codes.
	Tables(BadTables),
	/// The house's own label rules.
	LabelRules(Faults),
	/// The connection to the node.
	Node(Silent),
	/// What is in the vault is not what was put there.
	Vault(&'static str),
}

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Store(fault) => fault.fmt(f),
			Self::Io(error) => error.fmt(f),
			Self::Secret(problem) => f.write_str(problem),
			Self::Tables(bad) => bad.fmt(f),
			Self::LabelRules(faults) => faults.fmt(f),
			Self::Node(silent) => silent.fmt(f),
			Self::Vault(problem) => write!(f, "the vault: {problem}"),
		}
	}
}

impl std::error::Error for Failure {}

impl From<StoreFault> for Failure {
	fn from(fault: StoreFault) -> Self {
		Self::Store(fault)
	}
}

impl From<io::Error> for Failure {
	fn from(error: io::Error) -> Self {
		Self::Io(error)
	}
}

/// When something is to be done again and again: for the first time after `every`, and not twice for what took longer.
pub(crate) fn ticks(every: Duration) -> tokio::time::Interval {
	let first = tokio::time::Instant::now().checked_add(every);
	let first = first.unwrap_or_else(tokio::time::Instant::now);
	let mut ticks = tokio::time::interval_at(first, every);
	ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
	ticks
}

impl Gateway {
	/// Opens what there is, checks the access log from its first entry, removes what a process that was killed left behind, opens
	/// the newest record with the vault's key, and looks at all that is held anew if the rules are others than those by which it was judged.
	pub fn open(mut config: Config) -> Result<Arc<Self>, Failure> {
		let approved = config.label_rules.as_deref().map(Approved::read_file).transpose();
		let approved = approved.map_err(|faults| Failure::LabelRules(Faults(faults)))?;
		if let Some(approved) = &approved {
			tracing::info!(
				version = approved.version,
				officers = approved.officers.len(),
				"the house's own label rules"
			);
			config.house = approved.with(config.house);
		}
		let store = Store::open_for(&config.data, config.database.as_ref(), config.take_older)?;
		let vault = Vault::new(&read_key(&config.vault_key).map_err(Failure::Secret)?);
		let blobs = match &config.bucket {
			None => Blobs::Folder(Folder::open(&config.data.join("vault"))?),
			Some(settings) => {
				let secret = read_secret(&settings.secret_access_key).map_err(Failure::Secret)?;
				Blobs::Bucket(Bucket::open(settings, secret.trim(), &config.data)?)
			},
		};
		let token = read_token(&config.inside_token).map_err(Failure::Secret)?;
		let desk = config.desk_token.as_deref().map(read_token).transpose();
		let desk_token = desk.map_err(Failure::Secret)?.map(|token| Hash::of(token.as_bytes()));
		if desk_token == Some(Hash::of(token.as_bytes())) {
			return Err(Failure::Secret(
				"emergency.token must be another token than inside.token".into(),
			));
		}
		let notify = config.upstream.as_ref().and_then(|upstream| upstream.notify.as_deref());
		let notify = notify.map(read_token).transpose().map_err(Failure::Secret)?;
		let notify_token = notify.map(|token| Hash::of(token.as_bytes()));
		if notify_token.is_some_and(|it| it == Hash::of(token.as_bytes()) || Some(it) == desk_token)
		{
			return Err(Failure::Secret(
				"upstream.notify must be another token than inside.token and emergency.token"
					.into(),
			));
		}
		let login = config.login.as_ref().map(|settings| {
			let secret = settings.client_secret.as_deref().map(read_filled).transpose();
			Ok::<_, Failure>(Login::new(settings, secret.map_err(Failure::Secret)?)?)
		});
		let login = login.transpose()?;
		let key = |name: &str, place: &Option<KeyPlace>| {
			let key = place.as_ref().map(Ed25519::open).transpose();
			let key = key.map_err(|fault| Failure::Secret(format!("{name}: {fault}")))?;
			for warning in key.iter().flat_map(Ed25519::warnings) {
				tracing::warn!("{name}: {warning}");
			}
			Ok::<_, Failure>(key)
		};
		let signer = key("signing_key", &config.signing_key)?;
		let steward = key("chain.key", &config.chain_key)?;
		let followed = store.followed(&config.chain.genesis)?;
		let node = Node::new(&config.chain, followed).map_err(Failure::Node)?;
		let others = Others::new(&config.others, config.chain.timeout.saturating_mul(2))?;
		let log = store.verify_log()?;
		let swept = blobs.sweep(|start| store.blobs(start).map_err(io::Error::other))?;
		tracing::info!(entries = log.length(), swept, "the access log holds together");
		let gateway = Arc::new(Self {
			tables: Tables::standard().map_err(Failure::Tables)?,
			store,
			blobs,
			vault,
			node,
			tally: Tally::new(now()),
			inside_token: Hash::of(token.as_bytes()),
			desk_token,
			notify_token,
			changed_upstream: tokio::sync::Notify::new(),
			watch: Watch::default(),
			login,
			kept_at: Mutex::default(),
			signer,
			steward,
			meters: Meters::default(),
			quotas: Quotas::new(config.rate),
			downloads: Arc::default(),
			room: Room::default(),
			arriving: fetch::room(),
			large_messages: Arc::new(Semaphore::new(mllp::MOST_LARGE)),
			telling: Arc::new(Downloads::at_most(MOST_TOLD, 1)),
			comparing: tokio::sync::Mutex::default(),
			looked_at: Mutex::default(),
			orders_at: tokio::sync::Mutex::default(),
			is_heard: AtomicBool::new(true),
			leaving_after: Mutex::default(),
			handing_in: tokio::sync::Mutex::default(),
			others,
			counting: config.research.as_ref().map(Counting::open).transpose()?,
			config,
		});
		// With another key new records would be kept beside such as nobody can open any more.
		if let Some(blob) = gateway.store.newest_blob()? {
			gateway.unseal(&blob)?;
		}
		// They are tried again and again: nobody waits for a record because a file of another one cannot be removed.
		if let Err(failure) = gateway.remove_leaving() {
			tracing::error!(%failure, "files of the vault that are to go are still there");
		}
		gateway.put_rules_in_force(approved.as_ref())?;
		if let Some(done) = gateway.relabel()? {
			let (looked_at, labelled, quarantined) =
				(done.looked_at, done.labelled, done.quarantined);
			tracing::info!(
				looked_at,
				labelled,
				quarantined,
				"the rules are others: what is held was judged anew"
			);
		}
		Ok(gateway)
	}

	/// Does something with the disk, where it does not keep others waiting.
	pub async fn blocking<T: Send + 'static>(
		self: &Arc<Self>,
		work: impl FnOnce(&Self) -> Result<T, Failure> + Send + 'static,
	) -> Result<T, Failure> {
		let gateway = Arc::clone(self);
		match tokio::task::spawn_blocking(move || work(&gateway)).await {
			Ok(done) => done,
			Err(error) => Err(Failure::Io(io::Error::other(error))),
		}
	}
}
