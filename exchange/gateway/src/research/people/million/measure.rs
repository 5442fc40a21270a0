//! What a process uses, as Linux tells it: memory, and time of processors.

use std::{fs, time::Duration};

/// A line of what is told of a process, in KiB.
fn told(process: &str, name: &str) -> u64 {
	let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
	let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
	line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

/// The most memory that a process has had, in KiB: since it began, or since that was forgotten.
pub(super) fn peak(process: &str) -> u64 {
	told(process, "VmHWM:")
}

/// For how long processors have worked for a process.
pub(super) fn processor_time(process: &str) -> Duration {
	let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
	// The name of the program stands in brackets, and may have anything in it. Behind it the state is the third of all.
	let (_, rest) = stat.rsplit_once(')').unwrap();
	let ticks: u64 =
		rest.split_whitespace().skip(11).take(2).map(|it| it.parse::<u64>().unwrap()).sum();
	// Linux tells it in hundredths of a second, whatever the processor.
	Duration::from_millis(ticks * 10)
}

/// What memory this process had when something began.
pub(super) struct Memory(u64);

impl Memory {
	/// Begins, with what there is now.
	pub(super) fn begin() -> Self {
		forget_peak();
		Self(told("self", "VmRSS:"))
	}

	/// What was at the peak before is not counted from now on. What there was when this began stays what it is compared with: memory that an
	/// earlier part has left to this process counts for a later one.
	pub(super) fn again(&self) {
		forget_peak();
	}

	/// How much more there was at the peak, in KiB.
	pub(super) fn more(&self) -> u64 {
		peak("self").saturating_sub(self.0)
	}
}

/// The peak is what there is now (`man 5 proc`: a 5 in `clear_refs`).
fn forget_peak() {
	fs::write("/proc/self/clear_refs", "5").expect("Linux lets each process forget its own peak");
}

#[test]
fn the_peak_is_that_of_what_was_done_since_it_was_forgotten() {
	// Much more than others use at the same time.
	const LARGE: usize = 256 << 20;
	const HALF: u64 = 128 << 10;
	let memory = Memory::begin();
	let large = vec![1_u8; LARGE];
	assert_eq!(std::hint::black_box(&large).last(), Some(&1));
	assert!(memory.more() > HALF, "{}", memory.more());
	drop(large);
	let after = Memory::begin();
	assert!(after.more() < HALF, "{}", after.more());
	let (begun, before) = (std::time::Instant::now(), processor_time("self"));
	while processor_time("self") < before + Duration::from_millis(30) {
		assert!(begun.elapsed() < Duration::from_secs(60), "it works, and no time is told");
	}
}
