//! The two-sample test of Kolmogorov and Smirnov, with exact p values.

/// How far two samples lie apart: the greatest distance D between their empirical distributions, and the probability that two samples of
/// one continuous distribution lie at least as far apart.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Apart {
	/// D, from 0 to 1.
	pub distance: f64,
	/// The two-sided p value.
	pub p: f64,
}

/// Compares two samples; neither may be empty, and no value may be NaN.
///
/// D is the greatest |F(x) - G(x)| over all values x of both. The p value is exact if no value occurs twice. Under the hypothesis all orders of
/// the values of both samples are equally likely, so the values in their order are draws without replacement, and the probability is that
/// of a walk that leaves the band |i/m - j/n| < D, where i and j count what was drawn of each sample. It is summed where the walk first leaves it, so
/// that small values are not lost in rounding. It takes m · n steps: one million for two samples of 1,000. If values occur twice, D is taken where all
/// equal values have been counted, and the true probability is lower than what is told: ties make the test say less often that samples
/// differ, and never more often.
pub fn compare(a: &[f64], b: &[f64]) -> Apart {
	assert!(!a.is_empty() && !b.is_empty(), "a sample is empty");
	let (m, n) = (a.len() as u64, b.len() as u64);
	let greatest = distance(a, b);
	Apart { distance: greatest as f64 / (m * n) as f64, p: at_least(greatest, m, n) }
}

/// D · m · n, which is a whole number.
fn distance(a: &[f64], b: &[f64]) -> u64 {
	let sorted = |sample: &[f64]| {
		let mut sample = sample.to_vec();
		sample.sort_by(|a, b| a.partial_cmp(b).expect("a value is no number"));
		sample
	};
	let (a, b) = (sorted(a), sorted(b));
	let (m, n) = (a.len() as u64, b.len() as u64);
	let no_more = |sample: &[f64], most: f64| sample.partition_point(|each| *each <= most) as u64;
	let at = |value: &f64| (no_more(&a, *value) * n).abs_diff(no_more(&b, *value) * m);
	a.iter().chain(&b).map(at).max().unwrap_or(0)
}

/// The probability that D · m · n is at least `least`.
fn at_least(least: u64, m: u64, n: u64) -> f64 {
	if least == 0 {
		return 1.0;
	}
	// The probability to be at (i, j) without having left the band, for the present i and each j.
	let mut inside = vec![0.0_f64; n as usize + 1];
	let mut left = 0.0;
	for i in 0..=m {
		for j in 0..=n {
			let here = match (i, j) {
				(0, 0) => 1.0,
				_ => {
					let share = |of: u64| of as f64 / (m + n - i - j + 1) as f64;
					let from_a = if i > 0 { inside[j as usize] * share(m - i + 1) } else { 0.0 };
					let from_b =
						if j > 0 { inside[j as usize - 1] * share(n - j + 1) } else { 0.0 };
					from_a + from_b
				},
			};
			let is_inside = (i * n).abs_diff(j * m) < least;
			inside[j as usize] = if is_inside { here } else { 0.0 };
			left += if is_inside { 0.0 } else { here };
		}
	}
	left.min(1.0)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn is_close(a: f64, b: f64) -> bool {
		(a - b).abs() <= 1e-9 * b.abs()
	}

	/// Whole numbers from 0 on, each more by `by`.
	fn numbers(count: u32, by: f64) -> Vec<f64> {
		(0..count).map(|each| f64::from(each) + by).collect()
	}

	/// Worked out by `scipy.stats.ks_2samp(a, b, method="exact")` of scipy 1.17.1.
	#[test]
	fn values_that_are_known() {
		let a = vec![
			0.61, 0.29, 0.06, 0.59, -1.73, -0.74, 0.51, -0.56, 0.39, 1.64, 0.05, -0.06, 0.64,
			-0.82, 0.37, 1.77, 1.09, -1.28, 2.36, 1.31,
		];
		let b = vec![-0.95, 1.08, 0.44, 2.71, 2.02, 3.55, 1.27];
		let thousand = |by: f64| (numbers(1_000, 0.0), numbers(1_000, by));
		for ((a, b), distance, p) in [
			((vec![1.0, 2.0], vec![3.0, 4.0]), 1.0, 1.0 / 3.0),
			((vec![1.0, 2.0, 3.0], vec![1.5, 2.5]), 1.0 / 3.0, 1.0),
			((numbers(5, 1.0), numbers(5, 6.0)), 1.0, 2.0 / 252.0),
			((a, b), 0.464_285_714_285_714_2, 0.151_464_477_551_434_08),
			(thousand(20.5), 0.021, 0.980_262_732_290_035_5),
			(thousand(72.5), 0.073, 0.009_677_754_744_468_86),
			(thousand(200.5), 0.201, 4.405_076_877_136_010_5e-18),
		] {
			for (a, b) in [(&a, &b), (&b, &a)] {
				let apart = compare(a, b);
				assert!(
					is_close(apart.distance, distance) && is_close(apart.p, p),
					"{apart:?} {distance} {p}"
				);
			}
		}
	}

	/// All orders of five values and four, counted one by one.
	#[test]
	fn the_p_value_is_the_share_of_all_orders_that_lie_as_far_apart() {
		const M: u32 = 5;
		const N: u32 = 4;
		let orders = (0_u32..1 << (M + N)).filter(|order| order.count_ones() == M);
		let split = |order: u32| -> (Vec<f64>, Vec<f64>) {
			let (a, b): (Vec<u32>, Vec<u32>) = (0..M + N).partition(|at| order >> at & 1 == 1);
			(a.into_iter().map(f64::from).collect(), b.into_iter().map(f64::from).collect())
		};
		let all: Vec<(u64, Apart)> =
			orders.map(split).map(|(a, b)| (distance(&a, &b), compare(&a, &b))).collect();
		assert_eq!(all.len(), 126);
		for (far, apart) in &all {
			let as_far = all.iter().filter(|(each, _)| each >= far).count();
			assert!(is_close(apart.p, as_far as f64 / 126.0), "{far} {apart:?} {as_far}");
		}
	}

	#[test]
	fn equal_samples_are_not_apart_and_ties_are_counted_together() {
		let same = compare(&[1.0, 2.0, 2.0], &[2.0, 1.0, 2.0]);
		assert_eq!(same, Apart { distance: 0.0, p: 1.0 });
		assert_eq!(compare(&[1.0, 1.0, 2.0, 3.0], &[1.0, 2.0, 2.0, 4.0]).distance, 0.25);
	}
}
