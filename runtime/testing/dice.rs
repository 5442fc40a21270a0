//! Numbers that look random, for tests over random histories.

use std::time::{SystemTime, UNIX_EPOCH};

/// Numbers that look random: the same ones for the same seed.
pub struct Dice(u64);

impl Dice {
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

/// With another seed in each run. It is printed, and `SALUS_SEED` repeats a run.
pub fn thrown() -> Dice {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => {
			SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_nanos() as u64
		},
	};
	println!("SALUS_SEED={seed}");
	Dice(seed | 1)
}
