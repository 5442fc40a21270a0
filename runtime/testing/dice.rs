//! Numbers that look random, for tests over random histories.

use std::{
	env,
	time::{SystemTime, UNIX_EPOCH},
};

/// Numbers that look random: the same ones for the same seed.
pub struct Dice(u64);

impl Dice {
	/// Of a seed. It is printed, so that a test that fails tells it.
	pub fn of(seed: u64) -> Self {
		println!("SALUS_SEED={seed}");
		// Neighbours begin far apart, and none is 0.
		Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
	}

	/// A number below `sides`.
	pub fn throw(&mut self, sides: u64) -> u64 {
		// xorshift64*
		self.0 ^= self.0 >> 12;
		self.0 ^= self.0 << 25;
		self.0 ^= self.0 >> 27;
		(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % sides
	}

	/// One of `all`.
	pub fn pick<T: Clone>(&mut self, all: &[T]) -> T {
		all[self.throw(all.len() as u64) as usize].clone()
	}
}

/// How many histories nobody has seen before are played in each run, and with `SALUS_LONG`.
const UNKNOWN: u64 = 2;
const UNKNOWN_LONG: u64 = 100;

/// The seeds of a run: those of `known`, in which everything happens that a test wants to have happened, and some that are
/// others in each run. So a run takes as long as the one before. `SALUS_SEED` repeats the history of one seed alone;
/// `SALUS_KNOWN=5,9` tries whether everything happens in those, and plays no others.
pub fn seeds(known: &[u64]) -> (Vec<u64>, Vec<u64>) {
	if let Ok(list) = env::var("SALUS_KNOWN") {
		let number = |text: &str| text.parse().expect("SALUS_KNOWN is numbers");
		return (list.split(',').map(number).collect(), Vec::new());
	}
	if let Ok(seed) = env::var("SALUS_SEED") {
		return (Vec::new(), vec![seed.parse().expect("SALUS_SEED is a number")]);
	}
	let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_nanos() as u64;
	let unknown = if env::var_os("SALUS_LONG").is_some() { UNKNOWN_LONG } else { UNKNOWN };
	(known.to_vec(), (0..unknown).map(|at| now.wrapping_add(at)).collect())
}
