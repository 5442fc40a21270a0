//! Draws noise with random numbers of the operating system and writes how often each value came, in lines `value times`: what
//! `scripts/noise.sh` compares with another library. `cargo run -p salus-counts --example draws EPSILON DRAWS`, epsilon in millionths.

use salus_counts::noise::{discrete_laplace, Bits};
use std::{
	collections::BTreeMap,
	env,
	fs::File,
	io::{self, BufReader, Read},
};

/// Random numbers of the operating system.
struct Os(BufReader<File>);

impl Bits for Os {
	type Error = io::Error;

	fn next(&mut self) -> io::Result<u64> {
		let mut bytes = [0; 8];
		self.0.read_exact(&mut bytes)?;
		Ok(u64::from_le_bytes(bytes))
	}
}

fn main() {
	let numbers: Vec<u64> = env::args().skip(1).map(|it| it.parse().unwrap()).collect();
	let [epsilon, draws] = numbers[..] else { panic!("draws EPSILON DRAWS") };
	let mut bits = Os(BufReader::new(File::open("/dev/urandom").unwrap()));
	let mut seen: BTreeMap<i64, u64> = BTreeMap::new();
	for _ in 0..draws {
		*seen.entry(discrete_laplace(epsilon, &mut bits).unwrap()).or_default() += 1;
	}
	for (value, times) in seen {
		println!("{value} {times}");
	}
}
