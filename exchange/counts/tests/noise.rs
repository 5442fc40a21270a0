//! The sampler against the distribution that it must have. The bits are those of a fixed generator, so that the outcome is always the
//! same; the bound is one that a right sampler with other bits would miss less often than once in 10^9, and wrong samplers miss it. That each
//! step is exact is tested beside the sampler; `scripts/noise.sh` compares with a sampler of others.

use salus_counts::noise::{discrete_laplace, Bits, NoNoise, MAX_EPSILON, MIN_EPSILON};
use std::{cell::Cell, convert::Infallible};

/// SplitMix64 (Steele, Lea, Flood 2014): good enough to test with.
struct Fixed(u64);

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

impl Fixed {
	fn unit(&mut self) -> f64 {
		(self.next().unwrap() >> 11) as f64 / (1_u64 << 53) as f64
	}
}

const DRAWS: usize = 200_000;
/// Of so many values to each side of zero the frequency is compared by itself, and what is beyond together.
const REACH: i64 = 12;

/// The probability of a value under the discrete Laplace distribution.
fn probability(value: i64, epsilon: f64) -> f64 {
	let ratio = (-epsilon).exp();
	(1.0 - ratio) / (1.0 + ratio) * ratio.powi(value.unsigned_abs() as i32)
}

/// Pearson's statistic of draws against the distribution, over 2 * REACH + 3 classes.
fn statistic(epsilon: f64, mut draw: impl FnMut() -> i64) -> f64 {
	let classes = (2 * REACH + 3) as usize;
	let place = |value: i64| (value.clamp(-REACH - 1, REACH + 1) + REACH + 1) as usize;
	let mut seen = vec![0_u64; classes];
	(0..DRAWS).for_each(|_| seen[place(draw())] += 1);
	let inner: Vec<f64> = (-REACH..=REACH).map(|value| probability(value, epsilon)).collect();
	let beyond = (1.0 - inner.iter().sum::<f64>()) / 2.0;
	let expected = [&[beyond], inner.as_slice(), &[beyond]].concat();
	seen.iter()
		.zip(expected)
		.map(|(seen, expected)| {
			let expected = expected * DRAWS as f64;
			(*seen as f64 - expected).powi(2) / expected
		})
		.sum()
}

/// Above this is chi-square with 26 degrees of freedom less often than once in 10^9: by Laurent and Massart 2000, lemma 1, it is above
/// d + 2 sqrt(d x) + 2 x with a probability of at most exp(-x), and x = ln 10^9 = 20.73 gives 113.9.
const BOUND: f64 = 114.0;

const EPSILONS: [u64; 4] = [100_000, 250_000, 400_000, 693_147];

fn as_float(epsilon: u64) -> f64 {
	epsilon as f64 / 1e6
}

#[test]
fn noise_has_the_discrete_laplace_distribution() {
	for (seed, epsilon) in (1..).zip(EPSILONS) {
		let mut bits = Fixed(seed);
		let found = statistic(as_float(epsilon), || discrete_laplace(epsilon, &mut bits).unwrap());
		assert!(found < BOUND, "{epsilon}: {found}");
	}
}

/// What the bound is worth: each of these is wrong by a little, and each is found.
#[test]
fn wrong_samplers_are_found() {
	let bits = Cell::new(5_u64);
	let with = |work: &dyn Fn(&mut Fixed) -> i64| {
		let mut fixed = Fixed(bits.get());
		let drawn = work(&mut fixed);
		bits.set(fixed.0);
		drawn
	};
	let right = |fixed: &mut Fixed, epsilon| discrete_laplace(epsilon, fixed).unwrap();
	let epsilon = 250_000;
	// A twentieth less noise than is said.
	let less = || with(&|fixed| right(fixed, epsilon + epsilon / 20));
	// Zero with either sign: it comes twice as often.
	let zeros = || {
		with(&|fixed| loop {
			let value = right(fixed, epsilon);
			if value != 0 || fixed.unit() < 0.5 {
				break value;
			}
		})
	};
	// Always upwards.
	let upwards = || with(&|fixed| right(fixed, epsilon).abs());
	// The continuous distribution, cut off towards zero.
	let cut = || {
		with(&|fixed| {
			let size = (-fixed.unit().max(1e-300).ln() / as_float(epsilon)) as i64;
			if fixed.unit() < 0.5 {
				-size
			} else {
				size
			}
		})
	};
	// None at all.
	let nothing = || 0;
	let wrong: [(&str, &dyn Fn() -> i64); 5] = [
		("less", &less),
		("zeros", &zeros),
		("upwards", &upwards),
		("cut", &cut),
		("nothing", &nothing),
	];
	for (name, draw) in wrong {
		let found = statistic(as_float(epsilon), draw);
		assert!(found > BOUND, "{name}: {found}");
	}
}

#[test]
fn far_values_come_as_often_as_they_must() {
	// At 0.01 the mean size of the noise is about 100: within 7 standard deviations of the mean of so many draws, and none beyond 40
	// times it, which happens less often than once in 10^12.
	let (mut bits, draws) = (Fixed(77), 50_000);
	let values: Vec<i64> =
		(0..draws).map(|_| discrete_laplace(10_000, &mut bits).unwrap()).collect();
	let mean =
		values.iter().map(|value| value.unsigned_abs() as f64).sum::<f64>() / f64::from(draws);
	assert!((mean - 100.0).abs() < 7.0 * 100.0 / f64::from(draws).sqrt(), "{mean}");
	assert!(values.iter().all(|value| value.abs() < 4_000));
	assert!(values.iter().any(|value| value.abs() > 500));
}

#[test]
fn nothing_is_drawn_for_an_epsilon_out_of_bounds_or_without_bits() {
	for epsilon in [0, MIN_EPSILON - 1, MAX_EPSILON + 1, u64::MAX] {
		assert_eq!(discrete_laplace(epsilon, &mut Fixed(1)), Err(NoNoise::Epsilon));
	}
	struct Broken(u32);
	impl Bits for Broken {
		type Error = &'static str;
		fn next(&mut self) -> Result<u64, &'static str> {
			self.0 = self.0.checked_sub(1).ok_or("no more")?;
			Ok(0)
		}
	}
	assert_eq!(discrete_laplace(100_000, &mut Broken(0)), Err(NoNoise::Bits("no more")));
	assert_eq!(discrete_laplace(100_000, &mut Broken(3)), Err(NoNoise::Bits("no more")));
}
