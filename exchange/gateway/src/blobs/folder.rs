//! Encrypted files in a folder. A file is whole or not there: it is written under another name, flushed to the disk, and renamed.

use super::is_name;
use std::{
	collections::HashSet,
	fs::{self, File, OpenOptions},
	io::{self, Write},
	path::{Path, PathBuf},
};

/// The folder.
#[derive(Clone, Debug)]
pub struct Folder {
	root: PathBuf,
}

impl Folder {
	/// Opens the folder, or makes it. What a process that was killed left half written is removed.
	pub fn open(root: &Path) -> io::Result<Self> {
		let folder = Self { root: root.into() };
		fs::create_dir_all(folder.unfinished())?;
		for left in fs::read_dir(folder.unfinished())? {
			fs::remove_file(left?.path())?;
		}
		Ok(folder)
	}

	fn unfinished(&self) -> PathBuf {
		self.root.join("unfinished")
	}

	/// The folder and the path of a file. Only names that [`super::new_name`] makes have one.
	fn place(&self, name: &str) -> io::Result<(PathBuf, PathBuf)> {
		match name.get(..2) {
			Some(start) if is_name(name) => {
				let folder = self.root.join(start);
				let path = folder.join(name);
				Ok((folder, path))
			},
			_ => Err(super::no_name()),
		}
	}

	/// Writes a file. When this returns it is on the disk.
	pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
		let (folder, path) = self.place(name)?;
		let unfinished = self.unfinished().join(name);
		let mut file = OpenOptions::new().write(true).create_new(true).open(&unfinished)?;
		file.write_all(bytes)?;
		file.sync_all()?;
		if !folder.is_dir() {
			fs::create_dir_all(&folder)?;
			File::open(&self.root)?.sync_all()?;
		}
		fs::rename(&unfinished, &path)?;
		File::open(&folder)?.sync_all()
	}

	/// Reads a file.
	pub fn get(&self, name: &str) -> io::Result<Vec<u8>> {
		fs::read(self.place(name)?.1)
	}

	/// Removes a file; one that is not there is removed.
	pub fn remove(&self, name: &str) -> io::Result<()> {
		let (folder, path) = self.place(name)?;
		match fs::remove_file(path) {
			Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
			Err(error) => Err(error),
			Ok(()) => File::open(&folder)?.sync_all(),
		}
	}

	/// Removes all files but those: a process that was killed leaves files of which the database knows nothing. Tells how many.
	pub fn sweep(&self, known: &HashSet<String>) -> io::Result<u64> {
		let mut removed = 0_u64;
		for folder in fs::read_dir(&self.root)? {
			let folder = folder?.path();
			if folder == self.unfinished() || !folder.is_dir() {
				continue;
			}
			for file in fs::read_dir(&folder)? {
				let name = file?.file_name();
				let Some(name) = name.to_str().filter(|name| self.place(name).is_ok()) else {
					continue;
				};
				if !known.contains(name) {
					self.remove(name)?;
					removed = removed.saturating_add(1);
				}
			}
		}
		Ok(removed)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::blobs::new_name;

	#[test]
	fn a_file_is_found_again_until_it_is_removed_or_swept() {
		let folder = tempfile::tempdir().unwrap();
		let blobs = Folder::open(folder.path()).unwrap();
		let [a, b] = [(); 2].map(|()| new_name().unwrap());
		blobs.put(&a, b"1").unwrap();
		blobs.put(&b, b"2").unwrap();
		assert_eq!(blobs.get(&a).unwrap(), b"1");
		assert!(blobs.put(&a, b"3").is_ok(), "the same name once more");
		assert_eq!(blobs.sweep(&HashSet::from([a.clone()])).unwrap(), 1);
		assert!(blobs.get(&b).is_err());
		blobs.remove(&a).unwrap();
		blobs.remove(&a).unwrap();
		assert!(blobs.get(&a).is_err());
	}

	#[test]
	fn a_name_that_leads_elsewhere_is_refused() {
		let folder = tempfile::tempdir().unwrap();
		let blobs = Folder::open(folder.path()).unwrap();
		for name in [
			"",
			"../../../../etc/passwd",
			&"A".repeat(32),
			&"0".repeat(31),
			&format!("{}/", "0".repeat(31)),
		] {
			assert!(
				blobs.get(name).is_err()
					&& blobs.put(name, b"").is_err()
					&& blobs.remove(name).is_err(),
				"{name}"
			);
		}
	}

	#[test]
	fn what_was_left_half_written_is_gone_after_a_restart() {
		let folder = tempfile::tempdir().unwrap();
		let blobs = Folder::open(folder.path()).unwrap();
		let half = blobs.unfinished().join(new_name().unwrap());
		fs::write(&half, b"half").unwrap();
		Folder::open(folder.path()).unwrap();
		assert!(!half.exists());
	}
}
