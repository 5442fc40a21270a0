//! A folder for files that programs are given.

use std::{
	path::PathBuf,
	sync::atomic::{AtomicUsize, Ordering},
};

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
	pub fn new() -> Self {
		static NUMBER: AtomicUsize = AtomicUsize::new(0);
		let number = NUMBER.fetch_add(1, Ordering::Relaxed);
		let path =
			std::env::temp_dir().join(format!("salus-verify-{}-{number}", std::process::id()));
		std::fs::create_dir_all(&path).unwrap();
		Self(path)
	}

	pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
		let path = self.0.join(name);
		std::fs::write(&path, bytes).unwrap();
		path.to_str().unwrap().into()
	}
}

impl Drop for Folder {
	fn drop(&mut self) {
		let _ = std::fs::remove_dir_all(&self.0);
	}
}
