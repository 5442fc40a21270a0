//! How long an answer takes does not tell what is behind it: whether a record is unknown, hidden, in quarantine or erased. Nor does the
//! answer itself, nor how often the node is asked. The first takes minutes: `SALUS_LONG=1 cargo test --release --test timing -- --nocapture`.
//!
//! So that it neither passes nor fails by luck:
//!
//! - The kinds are asked about by turns, in an order that is drawn anew in each round. What else the machine does makes all of them slower
//!   alike.
//! - A fifth kind is unknown too, and a proxy between the two lets what asks about it wait for 1 ms. A run in which it is not told from each
//!   other kind has no power, and counts as none.
//! - Two samples of one distribution lie so far apart that p is below 0.01 once in a hundred times. So there are three runs, with records of
//!   their own, and a pair of kinds fails if it is told apart in two of them: for the six pairs of one who asks that is luck once in five hundred times. A
//!   kind that is slower by so much that one run of ten overlooks it is overlooked by the whole once in thirty-five times.

mod common;
#[path = "common/smirnov.rs"]
mod smirnov;

use common::{
	doctor, node::Node, result, start, world, Faces, Got, Person, Running, CUSTODIAN, PATIENT,
};
use salus_exchange_protocol::{codes::Purpose, request::ReleaseRequest};
use salus_gateway::{fetch::signed_header, vault::random};
use salus_primitives::AdvanceDirective;
use serde_json::json;
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
const KINDS: [&str; 5] = ["unknown", "hidden", "quarantined", "erased", "planted"];
/// Where the kind with a delay stands among them.
const PLANTED: usize = 4;
const DELAY: Duration = Duration::from_millis(1);
const RUNS: usize = 3;
/// In how many of them a pair is told apart by more than luck.
const MOST_TOLD: usize = 1;
/// The most runs without power before this gives up: the machine is too loud.
const MOST_WITHOUT_POWER: usize = 3;
const LEAST: f64 = 0.01;
/// An organisation with a licence, to which the patient has permitted nothing; one that treats the patient; and one where somebody has declared
/// an emergency.
const OTHERS: u32 = 5;
const TREATING: u32 = 6;
const RESCUING: u32 = 7;

/// An order of the kinds.
fn drawn() -> [usize; 5] {
	let mut order = [0, 1, 2, 3, 4];
	let bytes = random::<5>().unwrap();
	for at in (1..order.len()).rev() {
		order.swap(at, usize::from(bytes[at]) % (at + 1));
	}
	order
}

/// All pairs of kinds.
fn pairs() -> impl Iterator<Item = (usize, usize)> {
	(0..KINDS.len()).flat_map(|a| (a + 1..KINDS.len()).map(move |b| (a, b)))
}

/// A proxy before the outside face, which holds back what asks about the planted kind. All kinds go through it.
async fn delaying(outside: String) -> String {
	let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let address = listener.local_addr().unwrap().to_string();
	tokio::spawn(async move {
		while let Ok((near, _)) = listener.accept().await {
			let far = TcpStream::connect(&outside).await.unwrap();
			let ((mut asks, mut hears), (mut answers, mut takes)) =
				(near.into_split(), far.into_split());
			tokio::spawn(async move {
				let mut buffer = vec![0; 64 << 10];
				while let Ok(count @ 1..) = asks.read(&mut buffer).await {
					if buffer[..count].starts_with(b"GET /fhir/Observation/planted") {
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

/// Somebody who asks, and what is hidden from them.
struct Scene {
	name: &'static str,
	who: Person,
	/// What for.
	purpose: Purpose,
	/// The label of the record that is hidden.
	label: Option<&'static str>,
}

impl Scene {
	/// What a record of that kind is called in one run.
	fn id(&self, kind: &str, number: usize) -> String {
		format!("{kind}-{}-{number}", self.name)
	}

	/// A signed request for a record.
	fn signed(&self, running: &Running, target: &str) -> String {
		let request =
			ReleaseRequest { purpose: self.purpose, ..self.who.request(CUSTODIAN, target) };
		signed_header(&request, &running.genesis(), &self.who.key)
	}

	/// Takes in a record of each kind that there is.
	async fn prepare(&self, running: &Running, number: usize) {
		let labelled = |kind: &str, system: &str, code: &str| {
			let mut resource = result(&self.id(kind, number));
			resource["meta"] = json!({ "security": [{ "system": system, "code": code }] });
			resource
		};
		let hidden = match self.label {
			Some(code) => {
				labelled("hidden", "http://terminology.hl7.org/CodeSystem/v3-ActCode", code)
			},
			None => result(&self.id("hidden", number)),
		};
		let unlabelled = labelled("quarantined", "urn:unknown", "X");
		let erased = self.id("erased", number);
		for (resource, state) in
			[(&hidden, "held"), (&unlabelled, "quarantined"), (&result(&erased), "held")]
		{
			assert_eq!(running.faces.ingest(resource).await["state"], state);
		}
		let erased = running.faces.delete(&format!("/records/Observation/{erased}")).await;
		assert_eq!(erased.status, 200);
	}
}

/// A gateway with a patient, and those who ask.
async fn scenes() -> (Node, Running, [Scene; 4]) {
	let node = world().await;
	let of = |organisation: u32| Person::new(organisation as u8, Some(organisation));
	node.change(|world| {
		for organisation in [OTHERS, TREATING] {
			world.organisations.insert(organisation);
			world.members.insert((organisation, of(organisation).account()));
		}
		// The second one works elsewhere too.
		world.members.insert((OTHERS, of(TREATING).account()));
		world.treated.insert((PATIENT, TREATING));
		world.members.insert((RESCUING, of(RESCUING).account()));
		world.organisations.insert(RESCUING);
		world.emergencies.insert((PATIENT, of(RESCUING).account()));
		world.advance.insert(PATIENT, AdvanceDirective::NoLabelled);
	});
	let running = start(&node, CUSTODIAN, "[limits]\nrate = 100000\n").await;
	running.link(PATIENT, "p").await;
	let scenes = [
		("without-standing", of(OTHERS), Purpose::Treat, None),
		("with-a-permit-for-other-data", doctor(), Purpose::Treat, Some("PSY")),
		("treating", of(TREATING), Purpose::Treat, Some("PSY")),
		("in-an-emergency", of(RESCUING), Purpose::Btg, Some("PSY")),
	];
	let scenes = scenes.map(|(name, who, purpose, label)| Scene { name, who, purpose, label });
	(node, running, scenes)
}

#[tokio::test(flavor = "multi_thread")]
async fn how_many_proofs_are_asked_for_does_not_tell_what_is_behind_it() {
	let (node, running, scenes) = scenes().await;
	for scene in &scenes {
		scene.prepare(&running, 0).await;
		let mut counted = Vec::new();
		for kind in &KINDS[..PLANTED] {
			let target = format!("Observation/{}", scene.id(kind, 0));
			let mut least = u64::MAX;
			// Besides, the gateway keeps for an emergency what it has not kept yet: that is once.
			for _ in 0..3 {
				let before = node.proofs();
				let header = scene.signed(&running, &target);
				let got = running.faces.get(&format!("/fhir/{target}"), &header).await.unwrap();
				assert_eq!(got.status, 404, "{got:?}");
				least = least.min(node.proofs() - before);
			}
			counted.push(least);
		}
		assert!(
			counted[0] > 0 && counted.iter().all(|each| *each == counted[0]),
			"{} {counted:?}",
			scene.name
		);
	}
}

/// One run: how long answers about each kind took, in milliseconds.
async fn run(running: &Running, faces: &Faces, scene: &Scene, number: usize) -> [Vec<f64>; 5] {
	scene.prepare(running, number).await;
	let mut samples: [Vec<f64>; 5] = Default::default();
	let mut told: Option<Got> = None;
	for round in 0..SAMPLES + WARMING {
		for at in drawn() {
			let target = format!("Observation/{}", scene.id(KINDS[at], number));
			let (got, took) = loop {
				let header = scene.signed(running, &target);
				let begin = Instant::now();
				let got = faces.get(&format!("/fhir/{target}"), &header).await.unwrap();
				let took = begin.elapsed().as_secs_f64() * 1_000.0;
				// A machine that has no time for the node lets its blocks grow old.
				if got.status != 503 {
					break (got, took);
				}
			};
			assert_eq!(got.status, 404);
			// Status, headers but for the date, and body: to the byte.
			assert_eq!(told.get_or_insert_with(|| got.clone()), &got, "{}", KINDS[at]);
			if round >= WARMING {
				samples[at].push(took);
			}
		}
	}
	samples
}

/// Which pairs were told apart in one run.
fn told_apart(samples: &[Vec<f64>; 5]) -> BTreeMap<(usize, usize), f64> {
	let p = |(a, b): (usize, usize)| smirnov::compare(&samples[a], &samples[b]).p;
	pairs().map(|pair| (pair, p(pair))).filter(|(_, p)| *p < LEAST).collect()
}

/// Prints what was measured in one run.
fn print(scene: &Scene, number: usize, samples: &[Vec<f64>; 5]) {
	for (kind, sample) in KINDS.iter().zip(samples) {
		let mut sorted = sample.clone();
		sorted.sort_by(f64::total_cmp);
		let at = |share: usize| sorted[sorted.len() * share / 100];
		println!(
			"{}, run {number}: {kind}: {} samples, median {:.3} ms, half of them from {:.3} to {:.3} ms",
			scene.name,
			sorted.len(),
			at(50),
			at(25),
			at(75)
		);
	}
	for (a, b) in pairs() {
		let smirnov::Apart { distance, p } = smirnov::compare(&samples[a], &samples[b]);
		println!(
			"{}, run {number}: {} and {}: D = {distance:.3}, p = {p:.2e}",
			scene.name, KINDS[a], KINDS[b]
		);
	}
}

/// The runs of one who asks: in how many of them each pair was told apart.
async fn runs(running: &Running, faces: &Faces, scene: &Scene) -> BTreeMap<(usize, usize), usize> {
	let mut told: BTreeMap<_, _> = pairs().map(|pair| (pair, 0)).collect();
	let (mut counted, mut without_power) = (0, 0);
	while counted < RUNS {
		let number = counted + without_power + 1;
		let samples = run(running, faces, scene, number).await;
		print(scene, number, &samples);
		let apart = told_apart(&samples);
		if (0..PLANTED).any(|kind| !apart.contains_key(&(kind, PLANTED))) {
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

/// What is told apart from what by the time of an answer, to the one of that name.
async fn times_tell_nothing(name: &str) {
	if std::env::var_os("SALUS_LONG").is_none() {
		println!("skipped: it takes minutes; SALUS_LONG=1 runs it");
		return;
	}
	let _alone = ALONE.lock().await;
	let (_node, running, scenes) = scenes().await;
	let bare = |face: &str| face.trim_start_matches("http://").to_owned();
	let outside = delaying(bare(&running.faces.outside)).await;
	let faces = Faces::new(outside, bare(&running.faces.inside));
	let scene = scenes.iter().find(|scene| scene.name == name).unwrap();
	let told = runs(&running, &faces, scene).await;
	// What is planted is red by the same rule that all else must pass.
	let wrong = told.iter().filter(|((_, b), told)| (**told > MOST_TOLD) != (*b == PLANTED));
	let wrong: Vec<String> = wrong
		.map(|((a, b), told)| {
			format!("{name}: {} was told from {} in {told} of {RUNS} runs", KINDS[*a], KINDS[*b])
		})
		.collect();
	assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn times_tell_nothing_to_somebody_without_standing() {
	times_tell_nothing("without-standing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_tell_nothing_to_whom_other_data_is_permitted() {
	times_tell_nothing("with-a-permit-for-other-data").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_tell_nothing_to_who_treats_the_patient() {
	times_tell_nothing("treating").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_tell_nothing_in_an_emergency() {
	times_tell_nothing("in-an-emergency").await;
}
