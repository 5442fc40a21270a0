//! Encrypted files in a folder. What is told to be there is whole and on the disk. A file is written under another name and renamed. A few are
//! flushed one by one, with the folders that they are in. Many that come together are flushed by one call that flushes the file system: waiting
//! for the disk once costs less than twice for each of them.

use super::is_name;
use std::{
	collections::{BTreeSet, HashSet},
	fs::{self, File, OpenOptions},
	io::{self, Write},
	path::{Path, PathBuf},
};

/// From how many files on the file system is flushed in the place of each of them.
const MANY: usize = 16;

/// The folder.
#[derive(Clone, Debug)]
pub struct Folder {
	root: PathBuf,
}

impl Folder {
	/// Opens the folder, or makes it with all that are in it. What a process that was killed left half written is removed.
	pub fn open(root: &Path) -> io::Result<Self> {
		let folder = Self { root: root.into() };
		fs::create_dir_all(folder.unfinished())?;
		for start in 0..=u8::MAX {
			fs::create_dir_all(root.join(hex::encode([start])))?;
		}
		File::open(root)?.sync_all()?;
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
		self.put_all(&[(name, bytes)])
	}

	/// Writes files. When this returns all of them are on the disk.
	pub fn put_all(&self, files: &[(&str, &[u8])]) -> io::Result<()> {
		let mut places = Vec::with_capacity(files.len());
		for (name, _) in files {
			places.push(self.place(name)?);
		}
		// Opened before the first byte is written: what goes wrong from then on is told to whoever flushes by it.
		let root = File::open(&self.root)?;
		let many = cfg!(target_os = "linux") && files.len() >= MANY;
		let renamed = self.write_unfinished(files, !many).and_then(|()| {
			files.iter().zip(&places).try_for_each(|((name, _), (_, path))| {
				fs::rename(self.unfinished().join(name), path)
			})
		});
		if let Err(error) = renamed {
			for (name, _) in files {
				// It may not be there, or the disk may not let it go: the next start removes it.
				let _ = fs::remove_file(self.unfinished().join(name));
			}
			return Err(error);
		}
		if many {
			return flush_all(&root);
		}
		let folders: BTreeSet<&PathBuf> = places.iter().map(|(folder, _)| folder).collect();
		for folder in folders {
			File::open(folder)?.sync_all()?;
		}
		Ok(())
	}

	/// Writes files under the names that they have until they are whole, and flushes each if that is wanted.
	fn write_unfinished(&self, files: &[(&str, &[u8])], flush: bool) -> io::Result<()> {
		for (name, bytes) in files {
			let path = self.unfinished().join(name);
			let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
			file.write_all(bytes)?;
			if flush {
				file.sync_all()?;
			}
		}
		Ok(())
	}

	/// Reads a file.
	pub fn get(&self, name: &str) -> io::Result<Vec<u8>> {
		fs::read(self.place(name)?.1)
	}

	/// How many bytes a file has.
	pub fn size(&self, name: &str) -> io::Result<u64> {
		Ok(fs::metadata(self.place(name)?.1)?.len())
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

	/// Removes all files but those that are `known` among the names that begin with two digits: a process that was killed leaves files of
	/// which the database knows nothing. Tells how many.
	pub fn sweep(&self, known: impl Fn(&str) -> io::Result<HashSet<String>>) -> io::Result<u64> {
		let mut removed = 0_u64;
		for folder in fs::read_dir(&self.root)? {
			let folder = folder?.path();
			if folder == self.unfinished() || !folder.is_dir() {
				continue;
			}
			let Some(start) = folder.file_name().and_then(|name| name.to_str()) else { continue };
			let known = known(start)?;
			for file in fs::read_dir(&folder)? {
				let name = file?.file_name();
				// One that stands in another folder than its own is nobody's, and is left alone.
				let own = |name: &&str| self.place(name).is_ok_and(|(place, _)| place == folder);
				let Some(name) = name.to_str().filter(own) else { continue };
				if !known.contains(name) {
					removed = removed.saturating_add(super::swept(self.remove(name)));
				}
			}
		}
		Ok(removed)
	}
}

/// Flushes the file system that a folder is in: what was written to it is on the disk then, with the names.
#[cfg(target_os = "linux")]
fn flush_all(folder: &File) -> io::Result<()> {
	Ok(rustix::fs::syncfs(folder)?)
}

/// Files are flushed one by one where there is no such call.
#[cfg(not(target_os = "linux"))]
fn flush_all(folder: &File) -> io::Result<()> {
	folder.sync_all()
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
		assert_eq!(blobs.size(&a).unwrap(), 1);
		assert!(blobs.put(&a, b"3").is_ok(), "the same name once more");
		let known = |start: &str| {
			Ok([a.clone()].into_iter().filter(|name| name.starts_with(start)).collect())
		};
		assert_eq!(blobs.sweep(known).unwrap(), 1);
		assert!(blobs.get(&b).is_err());
		blobs.remove(&a).unwrap();
		blobs.remove(&a).unwrap();
		assert!(blobs.get(&a).is_err());
	}

	#[test]
	fn files_that_come_together_are_all_there_or_it_is_said_that_they_are_not() {
		let folder = tempfile::tempdir().unwrap();
		let blobs = Folder::open(folder.path()).unwrap();
		for count in [0, 1, 2, MANY - 1, MANY, 3 * MANY + 1] {
			let names: Vec<String> = (0..count).map(|_| new_name().unwrap()).collect();
			let files: Vec<_> = names.iter().map(|name| (name.as_str(), name.as_bytes())).collect();
			blobs.put_all(&files).unwrap();
			for name in &names {
				assert_eq!(blobs.get(name).unwrap(), name.as_bytes());
			}
		}
		assert_eq!(fs::read_dir(blobs.unfinished()).unwrap().count(), 0);
		// One of them cannot be written.
		let names: Vec<String> = (0..100).map(|_| new_name().unwrap()).collect();
		fs::write(blobs.unfinished().join(&names[77]), b"in the way").unwrap();
		let files: Vec<_> = names.iter().map(|name| (name.as_str(), name.as_bytes())).collect();
		assert!(blobs.put_all(&files).is_err());
		assert!(names.iter().all(|name| blobs.get(name).is_err()));
		assert_eq!(
			fs::read_dir(blobs.unfinished()).unwrap().count(),
			0,
			"nothing half written stays"
		);
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
