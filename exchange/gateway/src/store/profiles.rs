//! Profiles of organisations that were handed in.

use super::{sql::params, stored, Store, StoreFault};
use salus_exchange_protocol::profile::Profile;

/// How many of one organisation are kept: the newest. One that is handed in ahead of its time does not put out the present one.
const KEPT: u32 = 4;

impl Store {
	/// Keeps a profile.
	pub fn keep_profile(
		&self,
		organisation: u32,
		profile: &Profile,
		now: u64,
	) -> Result<(), StoreFault> {
		self.write(|transaction| {
			transaction.execute(
				"INSERT INTO profile (organisation, commitment, shown, received) VALUES (?1, ?2, ?3, ?4)
				 ON CONFLICT (organisation, commitment) DO UPDATE SET received = excluded.received",
				params![
					organisation,
					profile.commitment().0,
					profile.to_show(organisation),
					stored(now)?
				],
			)?;
			transaction.execute(
				"DELETE FROM profile WHERE organisation = ?1 AND commitment NOT IN
				 (SELECT commitment FROM profile WHERE organisation = ?1 ORDER BY received DESC, rowid DESC LIMIT ?2)",
				params![organisation, KEPT],
			)?;
			Ok(())
		})
	}

	/// Forgets the profiles of an organisation. False if there were none.
	pub fn forget_profiles(&self, organisation: u32) -> Result<bool, StoreFault> {
		self.write(|transaction| {
			let gone = transaction
				.execute("DELETE FROM profile WHERE organisation = ?1", params![organisation])?;
			Ok(gone > 0)
		})
	}

	/// The organisations of which there are profiles.
	pub fn organisations_with_profiles(&self) -> Result<Vec<u32>, StoreFault> {
		self.read(|connection| {
			let sql = "SELECT DISTINCT organisation FROM profile ORDER BY 1";
			connection.query_map(sql, params![], |row| row.get(0))
		})
	}

	/// The profiles of an organisation that are kept, the newest first.
	pub fn profiles(&self, organisation: u32) -> Result<Vec<Profile>, StoreFault> {
		self.read(|connection| {
			let rows = connection.query_map("SELECT shown FROM profile WHERE organisation = ?1 ORDER BY received DESC, rowid DESC", params![organisation], |row| row.get::<String>(0))?;
			rows.into_iter().map(|shown| {
				let read = Profile::shown(shown.as_bytes());
				read.map(|(_, profile)| profile).map_err(|_| StoreFault::Corrupt("a profile"))
			})
			.collect()
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::tests::Fresh;
	use salus_exchange_protocol::Hash;

	#[test]
	fn the_newest_profiles_of_each_organisation_are_kept() {
		let fresh = Fresh::new();
		let store = fresh.open();
		let profile = |salt: u8| Profile {
			name: "Clinic".into(),
			gateway: None,
			keys: Vec::new(),
			salt: Hash([salt; 32]),
		};
		for salt in 0..6 {
			store.keep_profile(4, &profile(salt), 10).unwrap();
		}
		store.keep_profile(5, &profile(9), 1).unwrap();
		let salts = |of| -> Vec<u8> {
			store.profiles(of).unwrap().iter().map(|each| each.salt.0[0]).collect()
		};
		assert_eq!((salts(4), salts(5), salts(6)), (vec![5, 4, 3, 2], vec![9], vec![]));
		store.keep_profile(4, &profile(2), 11).unwrap();
		assert_eq!(salts(4), [2, 5, 4, 3], "handed in again");
		assert_eq!(store.organisations_with_profiles().unwrap(), [4, 5]);
		assert!(store.forget_profiles(4).unwrap() && !store.forget_profiles(4).unwrap());
		assert_eq!((salts(4), salts(5)), (vec![], vec![9]));
	}
}
