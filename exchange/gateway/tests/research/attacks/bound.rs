//! What somebody can learn, calculated: from epsilon alone, and from the distribution of the noise and what is told of a noisy count.

use salus_counts::{
	noise::Bits,
	told::{tell, Told},
};
use std::{collections::BTreeMap, convert::Infallible};

/// The least cohort of the gateways that are attacked.
pub const LEAST: u32 = 10;
/// Noise beyond this comes less often than once in 10^40, at an epsilon of 0.05.
const REACH: i64 = 2_000;
/// Answers that come less often than this are left out where two probabilities are compared: they are cut off by [`REACH`].
const SELDOM: f64 = 1e-15;
/// How often a right gateway misses a bound of these tests at most.
const LUCK: f64 = 1e-9;

/// An epsilon that is told in millionths.
pub fn ones(epsilon: u64) -> f64 {
	epsilon as f64 / 1e6
}

/// What somebody takes an answer for: a number, and 0 if there are fewer than the least cohort.
pub fn size(told: Told) -> u64 {
	match told {
		Told::About(size) => size,
		Told::FewerThan(_) => 0,
	}
}

/// The probability of noise under the discrete Laplace distribution.
pub fn probability(noise: i64, epsilon: f64) -> f64 {
	let ratio = (-epsilon).exp();
	(1.0 - ratio) / (1.0 + ratio) * ratio.powf(noise.unsigned_abs() as f64)
}

/// How far such noise is from 0: its standard deviation.
pub fn deviation(epsilon: f64) -> f64 {
	let ratio = (-epsilon).exp();
	(2.0 * ratio).sqrt() / (1.0 - ratio)
}

/// How probable each answer about so many people is.
pub fn answers(people: u64, epsilon: f64) -> BTreeMap<u64, f64> {
	let mut answers = BTreeMap::new();
	for noise in -REACH..=REACH {
		let answer = size(tell(people, noise, LEAST));
		*answers.entry(answer).or_insert(0.0) += probability(noise, epsilon);
	}
	answers
}

/// How probable it is that the answer about so many people is at least `least`.
pub fn at_least(least: u64, people: u64, epsilon: f64) -> f64 {
	answers(people, epsilon).range(least..).map(|(_, probability)| probability).sum()
}

/// How many times as probable an answer is in one of two worlds as in the other, at most; and by how much more often the best guess by one
/// answer says "this world" there than in the other.
pub fn apart(one: &BTreeMap<u64, f64>, other: &BTreeMap<u64, f64>) -> (f64, f64) {
	let in_other = |answer: &u64| other.get(answer).copied().unwrap_or(0.0);
	let pairs: Vec<(f64, f64)> = one
		.iter()
		.map(|(answer, probability)| (*probability, in_other(answer)))
		.filter(|(a, b)| a.min(*b) > SELDOM)
		.collect();
	let times = pairs.iter().map(|(a, b)| (a / b).max(b / a)).fold(1.0, f64::max);
	let more = pairs.iter().map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0;
	(times, more)
}

/// By how much more often any guess says that somebody is there if she is than if she is not, at most, if all that it rests on has cost
/// this epsilon: (e^epsilon - 1) / (e^epsilon + 1). It follows from what epsilon says of both: "yes" is at most e^epsilon times as probable if she is
/// there, and "no" if she is not.
pub fn bound(epsilon: f64) -> f64 {
	(epsilon / 2.0).tanh()
}

/// By how much the difference of two rates is above what it is in the long run, of so many tries each, less often than once in 10^9: of `2 n` tries of
/// which each changes it by `1 / n` at most, by more than `t` with a probability of `exp(-n t^2)` at most (Hoeffding 1963, theorem 2).
pub fn luck(tries: u32) -> f64 {
	(-LUCK.ln() / f64::from(tries)).sqrt()
}

/// In how many of so many tries comes what has this probability, at most, but for less often than once in 10^9.
pub fn most(tries: u32, probability: f64) -> u32 {
	// The probability of all of them, of one fewer, and so on.
	let (mut exactly, mut more) = (probability.powf(f64::from(tries)), 0.0);
	for hits in (1..=tries).rev() {
		if more + exactly > LUCK {
			return hits;
		}
		more += exactly;
		let ways = f64::from(hits) / f64::from(tries - hits + 1);
		exactly *= ways * (1.0 - probability) / probability;
	}
	0
}

/// How often what says "she is there" does so in some tries.
pub fn rate<T>(tries: &[T], says: impl Fn(&T) -> bool) -> f64 {
	tries.iter().filter(|each| says(each)).count() as f64 / tries.len() as f64
}

/// SplitMix64 (Steele, Lea, Flood 2014), for scripts that are played many times: each time the same comes of it.
pub struct Fixed(pub u64);

impl Bits for Fixed {
	type Error = Infallible;

	fn next(&mut self) -> Result<u64, Infallible> {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		Ok(z ^ (z >> 31))
	}
}

#[test]
fn what_is_calculated_is_what_it_is_said_to_be() {
	for epsilon in [0.05, 0.5, 1.0] {
		let all: f64 = answers(22, epsilon).values().sum();
		assert!((all - 1.0).abs() < 1e-9, "{all}");
		let square = |noise: i64| (noise as f64).powi(2) * probability(noise, epsilon);
		let variance: f64 = (-REACH..=REACH).map(square).sum();
		assert!((variance.sqrt() - deviation(epsilon)).abs() < 1e-6, "{variance}");
		// 22 and 23 are as far apart as epsilon lets two numbers be.
		let (times, more) = apart(&answers(23, epsilon), &answers(22, epsilon));
		assert!((times - epsilon.exp()).abs() < 1e-6, "{times}");
		assert!((more - bound(epsilon)).abs() < 1e-9, "{more}");
		let least = at_least(25, 23, epsilon) - at_least(25, 22, epsilon);
		assert!((least - more).abs() < 1e-9, "{least}");
	}
	// One of 2^30 is once in 10^9; one of 2^29 is not.
	assert_eq!((most(30, 0.5), most(29, 0.5)), (29, 29));
	assert_eq!((most(5, 1.0), most(5, 1e-10)), (5, 0));
	assert!(luck(21) < 1.0 && luck(20) > 1.0);
}
