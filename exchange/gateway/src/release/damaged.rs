//! Records of which the file in the vault cannot be read. Such a record does not leave: it is put into quarantine, where the house sees it, and to
//! whoever asks it is one that is not there. It keeps no other record back.

use crate::{
	gateway::{Failure, Gateway},
	relabel::is_damaged,
};
use rustix::io::Errno;

/// Of how many other records, besides the newest one, it is looked whether their files are there, before it is believed that one is not.
const OTHERS: u32 = 10;

/// Whether the matter may be with the file of one record: it is not what was written, it is not there, or the disk does not give it back. A store that
/// does not answer, or refuses the key, says nothing of one record.
fn is_unreadable(failure: &Failure) -> bool {
	let by_disk = Some(Errno::IO.raw_os_error());
	match failure {
		Failure::Io(error) if error.raw_os_error() == by_disk => true,
		failure => is_damaged(failure),
	}
}

/// That, once it is known to be of one file.
fn of_one_file(failure: Failure) -> Failure {
	match failure {
		Failure::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
			Failure::Vault("the file of a record is not there")
		},
		Failure::Io(_) => Failure::Vault("the disk does not give the file of a record back"),
		failure => failure,
	}
}

impl Gateway {
	/// The bytes of a record. None if its file cannot be read: it is withheld then, and whatever else is to be read goes on.
	pub(crate) fn opened_or_withheld(
		&self,
		number: u64,
		blob: &str,
	) -> Result<Option<Vec<u8>>, Failure> {
		self.or_withheld(number, blob, self.unseal(blob))
	}

	/// What came of doing something with the file of a record. None if the matter is with that file alone: the record is withheld then.
	pub(crate) fn or_withheld<T>(
		&self,
		number: u64,
		blob: &str,
		done: Result<T, Failure>,
	) -> Result<Option<T>, Failure> {
		match done {
			Ok(done) => Ok(Some(done)),
			Err(failure) if self.is_of_one_file(blob, &failure)? => {
				self.set_aside(number, of_one_file(failure))?;
				Ok(None)
			},
			Err(failure) => Err(failure),
		}
	}

	/// Whether a failure is that of the file with this name alone. If no other record's file is there either, the vault is not: a folder that is not
	/// mounted, say. No record has a fault then.
	pub(crate) fn is_of_one_file(&self, blob: &str, failure: &Failure) -> Result<bool, Failure> {
		if !is_unreadable(failure) {
			return Ok(false);
		}
		let newest = self.store.newest_blob()?;
		let first = self.store.held(0, OTHERS)?;
		let others = newest.into_iter().chain(first.into_iter().map(|(_, blob, _)| blob));
		let mut others = others.filter(|other| other != blob).peekable();
		let is_alone = others.peek().is_none();
		Ok(is_alone || others.any(|other| self.blobs.size(&other).is_ok()))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io::{Error, ErrorKind};

	#[test]
	fn a_store_that_does_not_answer_says_nothing_of_one_record() {
		let of_one = [
			Failure::Vault("it does not open"),
			Failure::Io(Error::from(ErrorKind::NotFound)),
			Failure::Io(Error::from(Errno::IO)),
		];
		for failure in of_one {
			assert!(is_unreadable(&failure), "{failure}");
			assert!(matches!(of_one_file(failure), Failure::Vault(_)));
		}
		let of_all = [
			Failure::Io(Error::other("the object store does not answer as it should")),
			Failure::Io(Error::from(ErrorKind::PermissionDenied)),
			Failure::Io(Error::from(Errno::NOTDIR)),
			Failure::Secret("a file with a secret".into()),
		];
		assert!(!of_all.iter().any(is_unreadable));
	}
}
