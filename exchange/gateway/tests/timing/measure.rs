//! How long answers take. So that a test neither passes nor fails by luck:
//!
//! - The kinds are asked about by turns, in an order that is drawn anew in each round. What else the machine does makes all of them slower
//!   alike.
//! - The last kind is as the first one, and a proxy between the two lets what asks about it wait for 1 ms. A run in which it is not told from each
//!   other kind has no power, and counts as none.
//! - Two samples of one distribution lie so far apart that p is below 0.01 once in a hundred times. So there are three runs, with records of
//!   their own, and a pair of kinds fails if it is told apart in two of them: for the six pairs of four kinds that is luck once in five hundred times. A
//!   kind that is slower by so much that one run of ten overlooks it is overlooked by the whole once in thirty-five times.

use crate::{
	common::{Faces, Got, Running},
	smirnov,
};
use salus_gateway::vault::random;
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};
use tokio::{
	io::{copy, AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpStream},
	sync::Mutex,
};

const SAMPLES: usize = 1_000;
const WARMING: usize = 20;
const DELAY: Duration = Duration::from_millis(1);
const RUNS: usize = 3;
/// In how many of them a pair is told apart by more than luck.
const MOST_TOLD: usize = 1;
/// The most runs without power before this gives up: the machine is too loud.
const MOST_WITHOUT_POWER: usize = 3;
const LEAST: f64 = 0.01;

/// What is asked, of which kinds.
pub(crate) trait Asking {
	/// Who asks, in words.
	fn name(&self) -> String;
	/// The kinds. The last one is as the first one, but delayed.
	fn kinds(&self) -> &'static [&'static str];
	/// What stands in the path of what is delayed, and of nothing else.
	fn planted(&self) -> String;
	/// Makes what the run of that number asks about.
	async fn prepare(&self, running: &Running, run: usize);
	/// The path and the signed request for a kind.
	fn asks(&self, running: &Running, kind: usize, run: usize) -> (String, String);
	/// What of an answer must be the same for all kinds.
	fn told(&self, got: Got) -> Got;
}

/// An order of so many kinds.
fn drawn(kinds: usize) -> Vec<usize> {
	let mut order: Vec<usize> = (0..kinds).collect();
	let bytes = random::<8>().unwrap();
	for at in (1..order.len()).rev() {
		order.swap(at, usize::from(bytes[at]) % (at + 1));
	}
	order
}

/// All pairs of kinds.
fn pairs(kinds: usize) -> impl Iterator<Item = (usize, usize)> {
	(0..kinds).flat_map(move |a| (a + 1..kinds).map(move |b| (a, b)))
}

/// A proxy before the outside face, which holds back what asks about the planted kind. All kinds go through it.
async fn delaying(outside: String, planted: String) -> String {
	let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let address = listener.local_addr().unwrap().to_string();
	tokio::spawn(async move {
		while let Ok((near, _)) = listener.accept().await {
			let far = TcpStream::connect(&outside).await.unwrap();
			let ((mut asks, mut hears), (mut answers, mut takes)) =
				(near.into_split(), far.into_split());
			let planted = planted.clone();
			tokio::spawn(async move {
				let mut buffer = vec![0; 64 << 10];
				while let Ok(count @ 1..) = asks.read(&mut buffer).await {
					let line = buffer[..count].split(|byte| *byte == b'\r').next().unwrap();
					if String::from_utf8_lossy(line).contains(&planted) {
						// Not a sleep: those are longer than they are told to be.
						let begin = Instant::now();
						while begin.elapsed() < DELAY {
							std::hint::spin_loop();
						}
					}
					takes.write_all(&buffer[..count]).await.unwrap();
				}
			});
			tokio::spawn(async move { copy(&mut answers, &mut hears).await });
		}
	});
	address
}

/// One run: how long answers about each kind took, in milliseconds.
async fn run(
	running: &Running,
	faces: &Faces,
	asking: &impl Asking,
	number: usize,
) -> Vec<Vec<f64>> {
	asking.prepare(running, number).await;
	let kinds = asking.kinds();
	let mut samples = vec![Vec::new(); kinds.len()];
	let mut told: Option<Got> = None;
	for round in 0..SAMPLES + WARMING {
		for at in drawn(kinds.len()) {
			let (got, took) = loop {
				let (path, header) = asking.asks(running, at, number);
				let begin = Instant::now();
				let got = faces.get(&path, &header).await.unwrap();
				let took = begin.elapsed().as_secs_f64() * 1_000.0;
				// A machine that has no time for the node lets its blocks grow old.
				if got.status != 503 {
					break (got, took);
				}
			};
			let got = asking.told(got);
			assert_eq!(told.get_or_insert_with(|| got.clone()), &got, "{}", kinds[at]);
			if round >= WARMING {
				samples[at].push(took);
			}
		}
	}
	samples
}

/// Which pairs were told apart in one run.
fn told_apart(samples: &[Vec<f64>]) -> BTreeMap<(usize, usize), f64> {
	let p = |(a, b): (usize, usize)| smirnov::compare(&samples[a], &samples[b]).p;
	pairs(samples.len()).map(|pair| (pair, p(pair))).filter(|(_, p)| *p < LEAST).collect()
}

/// Prints what was measured in one run.
fn print(name: &str, kinds: &[&str], number: usize, samples: &[Vec<f64>]) {
	for (kind, sample) in kinds.iter().zip(samples) {
		let mut sorted = sample.clone();
		sorted.sort_by(f64::total_cmp);
		let at = |share: usize| sorted[sorted.len() * share / 100];
		println!(
			"{name}, run {number}: {kind}: {} samples, median {:.3} ms, half of them from {:.3} to {:.3} ms",
			sorted.len(),
			at(50),
			at(25),
			at(75)
		);
	}
	for (a, b) in pairs(kinds.len()) {
		let smirnov::Apart { distance, p } = smirnov::compare(&samples[a], &samples[b]);
		println!(
			"{name}, run {number}: {} and {}: D = {distance:.3}, p = {p:.2e}",
			kinds[a], kinds[b]
		);
	}
}

/// In how many runs each pair was told apart.
async fn runs(
	running: &Running,
	faces: &Faces,
	asking: &impl Asking,
) -> BTreeMap<(usize, usize), usize> {
	let kinds = asking.kinds();
	let planted = kinds.len() - 1;
	let mut told: BTreeMap<_, _> = pairs(kinds.len()).map(|pair| (pair, 0)).collect();
	let (mut counted, mut without_power) = (0, 0);
	while counted < RUNS {
		let number = counted + without_power + 1;
		let samples = run(running, faces, asking, number).await;
		print(&asking.name(), kinds, number, &samples);
		let apart = told_apart(&samples);
		if (0..planted).any(|kind| !apart.contains_key(&(kind, planted))) {
			without_power += 1;
			println!("a delay of 1 ms was not noticed: this run counts as none");
			assert!(
				without_power < MOST_WITHOUT_POWER,
				"the machine is too loud: nothing can be said"
			);
			continue;
		}
		counted += 1;
		for pair in apart.keys() {
			*told.entry(*pair).or_default() += 1;
		}
	}
	told
}

/// One at a time: who else asks makes an answer late.
static ALONE: Mutex<()> = Mutex::const_new(());

/// What is told apart from what by the time of an answer.
pub(crate) async fn times_tell_nothing(running: &Running, asking: &impl Asking) {
	let _alone = ALONE.lock().await;
	let bare = |face: &str| face.trim_start_matches("http://").to_owned();
	let outside = delaying(bare(&running.faces.outside), asking.planted()).await;
	let faces = Faces::new(outside, bare(&running.faces.inside));
	let told = runs(running, &faces, asking).await;
	let kinds = asking.kinds();
	// What is planted is red by the same rule that all else must pass.
	let wrong =
		told.iter().filter(|((_, b), told)| (**told > MOST_TOLD) != (*b == kinds.len() - 1));
	let wrong: Vec<String> = wrong
		.map(|((a, b), told)| {
			format!(
				"{}: {} was told from {} in {told} of {RUNS} runs",
				asking.name(),
				kinds[*a],
				kinds[*b]
			)
		})
		.collect();
	assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether such tests are to run; says so if not.
pub(crate) fn is_long() -> bool {
	let is_long = std::env::var_os("SALUS_LONG").is_some();
	if !is_long {
		println!("skipped: it takes minutes; SALUS_LONG=1 runs it");
	}
	is_long
}
