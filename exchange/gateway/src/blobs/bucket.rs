//! Encrypted files in a bucket of an object store that speaks S3. An object is whole or not there.
//!
//! A bucket, or a prefix in it, belongs to one folder of data: what its database does not know is removed at the start. So that a second
//! gateway that is given the same place, or the same one with an empty folder, removes nothing, the place has an object that names its owner,
//! which is compared first.

use super::{is_name, new_name, no_name};
use object_store::{
	aws::{AmazonS3, AmazonS3Builder},
	path::Path,
	Error, ObjectStore, PutMode, PutPayload,
};
use std::{
	collections::HashSet,
	fmt, fs,
	future::Future,
	io,
	path::{Path as FilePath, PathBuf},
	sync::{mpsc, Arc},
	time::Duration,
};
use tokio::{
	runtime::{Builder, Runtime},
	task::JoinSet,
};

/// The name of the object that says whose place it is.
const OWNER: &str = "salus-gateway-owner";
/// How long the store may take for one request, and for all attempts at it.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How many objects are written at a time.
const AT_ONCE: usize = 16;

/// Which bucket, and how it is reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BucketSettings {
	/// Its name.
	pub bucket: String,
	/// What the names of all objects begin with, without slashes at its ends; may be empty.
	pub prefix: String,
	/// The region; object stores of one's own mostly take any.
	pub region: String,
	/// Where the store is, unless it is Amazon's.
	pub endpoint: Option<String>,
	/// The id of the key with which it is asked.
	pub access_key_id: String,
	/// The file with the secret of that key.
	pub secret_access_key: PathBuf,
}

/// The bucket.
pub struct Bucket {
	store: Arc<AmazonS3>,
	prefix: Path,
	/// Requests run here, so that it can be waited for them on any thread. Taken when the bucket is dropped.
	runtime: Option<Runtime>,
}

/// Says nothing of what is secret.
impl fmt::Debug for Bucket {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Bucket").field("prefix", &self.prefix).finish_non_exhaustive()
	}
}

impl Drop for Bucket {
	fn drop(&mut self) {
		// Waiting for its threads is not allowed on a thread that drives others' requests.
		if let Some(runtime) = self.runtime.take() {
			runtime.shutdown_background();
		}
	}
}

/// Only which kind of failure it is: the store's own words have URLs and names of objects.
fn failure(error: Error) -> io::Error {
	let (kind, words) = match error {
		Error::NotFound { .. } => (io::ErrorKind::NotFound, "there is no such object"),
		Error::AlreadyExists { .. } => (io::ErrorKind::AlreadyExists, "there is such an object"),
		Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
			(io::ErrorKind::PermissionDenied, "the object store refuses the key")
		},
		_ => (io::ErrorKind::Other, "the object store does not answer as it should"),
	};
	io::Error::new(kind, words)
}

impl Bucket {
	/// Connects to a bucket, for the gateway with this folder of data. A place that is another one's is refused.
	pub fn open(settings: &BucketSettings, secret: &str, data: &FilePath) -> io::Result<Self> {
		let mut builder = AmazonS3Builder::new()
			.with_bucket_name(&settings.bucket)
			.with_region(&settings.region)
			.with_access_key_id(&settings.access_key_id)
			.with_secret_access_key(secret)
			.with_retry(object_store::RetryConfig {
				max_retries: 3,
				retry_timeout: TIMEOUT,
				..Default::default()
			});
		let mut options = object_store::ClientOptions::new().with_timeout(TIMEOUT);
		if let Some(endpoint) = &settings.endpoint {
			builder = builder.with_endpoint(endpoint);
			options = options.with_allow_http(endpoint.starts_with("http://"));
		}
		let store = builder
			.with_client_options(options)
			.build()
			.map_err(|_| io::Error::other("the settings of the bucket cannot be used"))?;
		let runtime = Builder::new_multi_thread()
			.worker_threads(1)
			.thread_name("bucket")
			.enable_all()
			.build()?;
		let prefix = Path::parse(&settings.prefix).map_err(io::Error::other)?;
		let bucket = Self { store: Arc::new(store), prefix, runtime: Some(runtime) };
		bucket.belongs_to(&owner_of(data)?)?;
		Ok(bucket)
	}

	/// Waits for a request. May be called on any thread.
	fn wait<T: Send + 'static>(
		&self,
		work: impl Future<Output = Result<T, Error>> + Send + 'static,
	) -> io::Result<T> {
		let runtime = self.runtime.as_ref().ok_or_else(|| io::Error::other("it is closed"))?;
		let (tell, told) = mpsc::sync_channel(1);
		runtime.spawn(async move {
			// Whoever waited is gone: nobody wants to know.
			let _ = tell.send(work.await);
		});
		told.recv().map_err(io::Error::other)?.map_err(failure)
	}

	/// Takes a place that is nobody's, and refuses one that is somebody else's.
	fn belongs_to(&self, owner: &str) -> io::Result<()> {
		// Read first: there are stores that overwrite in spite of the condition.
		let found = match self.owner() {
			Ok(found) => found,
			Err(error) if error.kind() == io::ErrorKind::NotFound => {
				self.take(owner)?;
				if self.take(owner)? {
					return Err(io::Error::other(
						"the object store overwrites what must not be there yet (If-None-Match): two gateways could take one place",
					));
				}
				self.owner()?
			},
			Err(error) => return Err(error),
		};
		match found == owner.as_bytes() {
			true => Ok(()),
			false => Err(io::Error::other(
				"this place in the bucket belongs to another gateway, or to another folder of data",
			)),
		}
	}

	/// What says whose the place is.
	fn owner(&self) -> io::Result<Vec<u8>> {
		let (store, path) = (Arc::clone(&self.store), self.prefix.child(OWNER));
		self.wait(async move { store.get(&path).await?.bytes().await }).map(Into::into)
	}

	/// Writes whose the place is, if it is nobody's. False if that is written already.
	fn take(&self, owner: &str) -> io::Result<bool> {
		let (store, path) = (Arc::clone(&self.store), self.prefix.child(OWNER));
		let mine = PutPayload::from(owner.as_bytes().to_vec());
		let put = self.wait(async move {
			store.put_opts(&path, mine, PutMode::Create.into()).await.map(|_| ())
		});
		match put {
			Ok(()) => Ok(true),
			Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
			Err(error) => Err(error),
		}
	}

	/// Where an object is. Only names that [`super::new_name`] makes have one.
	fn place(&self, name: &str) -> io::Result<Path> {
		match is_name(name) {
			true => Ok(self.prefix.child("records").child(name)),
			false => Err(no_name()),
		}
	}

	/// Writes an object. When this returns the store has it.
	pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
		let (store, path) = (Arc::clone(&self.store), self.place(name)?);
		let payload = PutPayload::from(bytes.to_vec());
		self.wait(async move { store.put(&path, payload).await }).map(|_| ())
	}

	/// Writes objects, some at a time. When this returns the store has all of them; if it fails, it may have some.
	pub fn put_all(&self, files: &[(&str, &[u8])]) -> io::Result<()> {
		let mut objects = Vec::with_capacity(files.len());
		for (name, bytes) in files {
			objects.push((self.place(name)?, PutPayload::from(bytes.to_vec())));
		}
		let store = Arc::clone(&self.store);
		self.wait(async move {
			let (mut left, mut running) = (objects.into_iter(), JoinSet::new());
			loop {
				while running.len() < AT_ONCE {
					let Some((path, payload)) = left.next() else { break };
					let store = Arc::clone(&store);
					running.spawn(async move { store.put(&path, payload).await });
				}
				match running.join_next().await {
					None => return Ok(()),
					// What runs yet is broken off when the set is dropped.
					Some(done) => done.map_err(|source| Error::JoinError { source })??,
				};
			}
		})
	}

	/// Reads an object.
	pub fn get(&self, name: &str) -> io::Result<Vec<u8>> {
		let (store, path) = (Arc::clone(&self.store), self.place(name)?);
		self.wait(async move { store.get(&path).await?.bytes().await }).map(Into::into)
	}

	/// How many bytes an object has.
	pub fn size(&self, name: &str) -> io::Result<u64> {
		let (store, path) = (Arc::clone(&self.store), self.place(name)?);
		self.wait(async move { store.head(&path).await }).map(|found| found.size)
	}

	/// Removes an object; one that is not there is removed.
	pub fn remove(&self, name: &str) -> io::Result<()> {
		let (store, path) = (Arc::clone(&self.store), self.place(name)?);
		match self.wait(async move { store.delete(&path).await }) {
			Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
			done => done,
		}
	}

	/// Removes all records but those that are `known` among the names that begin with two digits. Tells how many. The store lists names in their
	/// order; some are looked at at a time, as all names of a large house are much to hold at once.
	pub fn sweep(&self, known: impl Fn(&str) -> io::Result<HashSet<String>>) -> io::Result<u64> {
		let records = self.prefix.child("records");
		let mut listed = self.store.list(Some(&records));
		let mut removed = 0_u64;
		loop {
			let of = records.clone();
			let (found, more) = self.wait(async move {
				let found = some_names(&mut listed, &of).await?;
				Ok((found, listed))
			})?;
			listed = more;
			let Some(found) = found else { return Ok(removed) };
			for some in found.chunk_by(|a, b| a.get(..2) == b.get(..2)) {
				let start = some.first().and_then(|name| name.get(..2)).unwrap_or_default();
				let known = known(start)?;
				for name in some.iter().filter(|name| !known.contains(*name)) {
					removed = removed.saturating_add(super::swept(self.remove(name)));
				}
			}
		}
	}
}

/// How many names are looked at at a time.
const NAMES: usize = 10_000;

/// The next names of records that are listed, in their order; none if that was all.
async fn some_names<S>(listed: &mut S, records: &Path) -> Result<Option<Vec<String>>, Error>
where
	S: futures_core::Stream<Item = Result<object_store::ObjectMeta, Error>> + Unpin,
{
	let (mut names, mut is_over) = (Vec::new(), true);
	while let Some(object) = next(listed).await {
		let found = object?.location;
		// Deeper ones are somebody else's.
		let own = |name: &&str| is_name(name) && records.child(*name) == found;
		names.extend(found.filename().filter(own).map(String::from));
		is_over = false;
		if names.len() >= NAMES {
			break;
		}
	}
	names.sort_unstable();
	Ok((!is_over).then_some(names))
}

/// What names the gateway with this folder of data: random, made once, and copied with the folder.
fn owner_of(data: &FilePath) -> io::Result<String> {
	let file = data.join(OWNER);
	match fs::read_to_string(&file) {
		Err(error) if error.kind() == io::ErrorKind::NotFound => {
			let owner = new_name()?;
			fs::write(&file, &owner)?;
			fs::File::open(&file)?.sync_all()?;
			fs::File::open(data)?.sync_all()?;
			Ok(owner)
		},
		Ok(owner) if is_name(&owner) => Ok(owner),
		Ok(_) => Err(io::Error::other(format!("{} does not hold what it held", file.display()))),
		Err(error) => Err(error),
	}
}

/// The next of a stream.
async fn next<S: futures_core::Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
	std::future::poll_fn(|context| std::pin::Pin::new(&mut *stream).poll_next(context)).await
}
