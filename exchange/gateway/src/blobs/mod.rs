//! Encrypted files, one for each version of a record: in a folder, or in a bucket of an object store that speaks S3. Neither knows what is in
//! them.

mod bucket;
mod folder;

pub use bucket::{Bucket, BucketSettings};
pub use folder::Folder;

use crate::vault::random;
use std::{collections::HashSet, io};

/// Where the files are.
#[derive(Debug)]
pub enum Blobs {
	/// In a folder of this host.
	Folder(Folder),
	/// In a bucket.
	Bucket(Bucket),
}

/// A name for a new file: 32 random hexadecimal digits.
pub fn new_name() -> io::Result<String> {
	random::<16>().map(hex::encode)
}

/// Whether [`new_name`] could have made it.
fn is_name(name: &str) -> bool {
	name.len() == 32 && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// How many files are gone after one that is nobody's was to be removed: none if it could not be, which stops nobody.
fn swept(removed: io::Result<()>) -> u64 {
	match removed {
		Ok(()) => 1,
		Err(error) => {
			tracing::warn!(%error, "a file of the vault that is nobody's is not removed");
			0
		},
	}
}

fn no_name() -> io::Error {
	io::Error::new(io::ErrorKind::InvalidInput, "no name of a file of the vault")
}

impl Blobs {
	/// Writes a file. When this returns it is kept.
	pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
		match self {
			Self::Folder(folder) => folder.put(name, bytes),
			Self::Bucket(bucket) => bucket.put(name, bytes),
		}
	}

	/// Writes files that come together. When this returns all are kept; if it fails, some may be.
	pub fn put_all(&self, files: &[(&str, &[u8])]) -> io::Result<()> {
		match self {
			Self::Folder(folder) => folder.put_all(files),
			Self::Bucket(bucket) => bucket.put_all(files),
		}
	}

	/// Reads a file.
	pub fn get(&self, name: &str) -> io::Result<Vec<u8>> {
		match self {
			Self::Folder(folder) => folder.get(name),
			Self::Bucket(bucket) => bucket.get(name),
		}
	}

	/// How many bytes a file has.
	pub fn size(&self, name: &str) -> io::Result<u64> {
		match self {
			Self::Folder(folder) => folder.size(name),
			Self::Bucket(bucket) => bucket.size(name),
		}
	}

	/// Removes a file; one that is not there is removed.
	pub fn remove(&self, name: &str) -> io::Result<()> {
		match self {
			Self::Folder(folder) => folder.remove(name),
			Self::Bucket(bucket) => bucket.remove(name),
		}
	}

	/// Removes all files but those that are `known` among the names that begin with two digits: a process that was killed leaves files of
	/// which the database knows nothing. Tells how many; one that cannot be removed is left. By these beginnings, since all names of a large
	/// house are much to hold at once.
	pub fn sweep(&self, known: impl Fn(&str) -> io::Result<HashSet<String>>) -> io::Result<u64> {
		match self {
			Self::Folder(folder) => folder.sweep(known),
			Self::Bucket(bucket) => bucket.sweep(known),
		}
	}
}
