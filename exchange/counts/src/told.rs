//! What of a noisy count is told. It depends on the noisy count alone, and so costs no privacy.

/// The least cohort, unless a dataset or a site says more.
pub const K: u32 = 10;
/// What is told is a multiple of this.
pub const STEP: u32 = 5;

/// What is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
	/// About so many: a multiple of [`STEP`].
	About(u64),
	/// Fewer than so many, and perhaps none.
	FewerThan(u32),
}

/// The least cohort that is told: what the site and the dataset say, the larger, up to the next multiple of [`STEP`], so that
/// nothing that is rounded down comes to be below it.
pub fn least_cohort(site: u32, dataset: u32) -> u32 {
	let least = site.max(dataset).max(STEP);
	least.checked_next_multiple_of(STEP).unwrap_or(u32::MAX)
}

/// What is told of a count with noise, where `least` is the [least cohort](least_cohort).
pub fn tell(count: u64, noise: i64, least: u32) -> Told {
	let noisy = count.saturating_add_signed(noise);
	if noisy < u64::from(least) {
		return Told::FewerThan(least);
	}
	let step = u64::from(STEP);
	// A multiple of an odd step lies never in the middle: two below it go down to it, and two above.
	let rest = noisy.checked_rem(step).unwrap_or(0);
	let down = noisy.saturating_sub(rest);
	Told::About(if rest > step >> 1 { down.saturating_add(step) } else { down })
}
