//! Random sequences of calls against a model: each revocation has one end at most, and the counters are the sum of them.

use super::*;
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as Proptest, RngAlgorithm, TestRng, TestRunner},
};
use std::{
	cell::RefCell,
	collections::BTreeMap,
	time::{SystemTime, UNIX_EPOCH},
};

const CASES: u32 = 96;
const STEPS: usize = 150;
const DIRECTIVES: DirectiveId = 24;

#[derive(Clone, Debug)]
enum Step {
	Revoke(OrgId),
	Acknowledge(OrgId, DirectiveId),
	Mark(DirectiveId),
	Forget(DirectiveId),
	Flag(OrgId, bool),
	Pass(Moment),
}

fn step() -> impl Strategy<Value = Step> {
	let organisation = || prop_oneof![3 => Just(HOSPITAL), 2 => Just(CLINIC)];
	prop_oneof![
		4 => organisation().prop_map(Step::Revoke),
		8 => (organisation(), 0..DIRECTIVES)
			.prop_map(|(organisation, directive)| Step::Acknowledge(organisation, directive)),
		8 => (0..DIRECTIVES).prop_map(Step::Mark),
		1 => (0..DIRECTIVES).prop_map(Step::Forget),
		3 => (organisation(), 0u8..3).prop_map(|(org, on)| Step::Flag(org, on == 0)),
		5 => prop_oneof![Just(1), Just(HOUR), Just(DAY), Just(DEADLINE)].prop_map(Step::Pass),
	]
}

/// What the model knows of one revocation.
#[derive(Clone, Copy, Debug)]
struct Known {
	organisation: OrgId,
	at: Moment,
	told: bool,
	marked: bool,
	/// Acknowledged, and whether on time.
	acknowledged: Option<bool>,
}

#[derive(Default)]
struct Model {
	known: BTreeMap<DirectiveId, Known>,
	/// When each organisation was flagged, and whether it was, at each change.
	flags: BTreeMap<OrgId, Vec<(Moment, bool)>>,
	/// Refused, on time, late unmarked, late marked, marked, on time though the deadline was over if flags did not count.
	met: [u32; 6],
}

impl Model {
	fn is_flagged(&self, organisation: OrgId) -> bool {
		let last = self.flags.get(&organisation).and_then(|changes| changes.last());
		last.is_some_and(|(_, flagged)| *flagged)
	}

	/// How many seconds up to now the organisation has had for `known`: those since the revocation in which it was not flagged.
	fn had(&self, known: &Known) -> Moment {
		let changes = self.flags.get(&known.organisation).cloned().unwrap_or_default();
		let flagged_for = |i: usize| {
			let (from, flagged) = changes[i];
			let until = changes.get(i + 1).map_or(now(), |(next, _)| *next);
			if flagged {
				until.saturating_sub(from.max(known.at))
			} else {
				0
			}
		};
		now() - known.at - (0..changes.len()).map(flagged_for).sum::<Moment>()
	}

	fn acknowledge(&mut self, organisation: OrgId, directive: DirectiveId) -> bool {
		if self.is_flagged(organisation) {
			return false;
		}
		let Some(known) = self.known.get(&directive).copied() else { return false };
		let had = self.had(&known);
		let Some(known) = self.known.get_mut(&directive) else { return false };
		if known.organisation != organisation
			|| known.acknowledged.is_some()
			|| !(known.told || known.marked)
		{
			return false;
		}
		let on_time = !known.marked && had < DEADLINE;
		self.met[5] += u32::from(on_time && now() - known.at >= DEADLINE);
		known.acknowledged = Some(on_time);
		let kind = match (on_time, known.marked) {
			(true, _) => 1,
			(false, false) => 2,
			(false, true) => 3,
		};
		self.met[kind] += 1;
		true
	}

	fn mark(&mut self, directive: DirectiveId) -> bool {
		let Some(known) = self.known.get(&directive).copied() else { return false };
		let may = known.told
			&& !known.marked
			&& known.acknowledged.is_none()
			&& self.had(&known) >= DEADLINE
			&& !self.is_flagged(known.organisation);
		if may {
			self.known.insert(directive, Known { marked: true, ..known });
			self.met[4] += 1;
		}
		may
	}

	fn tally(&self, organisation: OrgId) -> Tally {
		let mut tally = Tally::default();
		for known in self.known.values().filter(|known| known.organisation == organisation) {
			match known.acknowledged {
				Some(true) => tally.on_time += 1,
				Some(false) => tally.late += 1,
				None if known.marked => tally.overdue += 1,
				None => (),
			}
		}
		tally
	}
}

fn runner() -> TestRunner {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	};
	println!("SALUS_SEED={seed}");
	let bytes: Vec<u8> = (0..4u64).flat_map(|i| seed.wrapping_add(i).to_le_bytes()).collect();
	TestRunner::new_with_rng(
		Proptest { cases: CASES, failure_persistence: None, ..Proptest::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	)
}

fn play(steps: Vec<Step>, met: &mut [u32; 6]) {
	let mut model = Model::default();
	for step in steps {
		match step {
			Step::Revoke(organisation) => {
				let directive = model.known.len() as DirectiveId;
				if directive < DIRECTIVES {
					revoke(directive, organisation);
					let (at, told) = (now(), true);
					let known = Known { organisation, at, told, marked: false, acknowledged: None };
					model.known.insert(directive, known);
				}
			},
			Step::Acknowledge(organisation, directive) => {
				let by = if organisation == HOSPITAL { STEWARD } else { OFFICER };
				let done = acknowledge_by(by, organisation, directive);
				assert_eq!(done.is_ok(), model.acknowledge(organisation, directive), "{done:?}");
				model.met[0] += u32::from(done.is_err());
			},
			Step::Mark(directive) => {
				let done = mark_overdue(directive);
				assert_eq!(done.is_ok(), model.mark(directive), "{done:?}");
				model.met[0] += u32::from(done.is_err());
			},
			Step::Forget(directive) => {
				forget(directive);
				if let Some(known) = model.known.get_mut(&directive) {
					known.told = false;
				}
			},
			Step::Flag(organisation, flagged) => {
				flag(organisation, flagged);
				if model.is_flagged(organisation) != flagged {
					model.flags.entry(organisation).or_default().push((now(), flagged));
				}
			},
			Step::Pass(seconds) => pass(seconds),
		}
		for organisation in [HOSPITAL, CLINIC] {
			assert_eq!(Acknowledgement::tally(organisation), model.tally(organisation));
		}
	}
	check_everything();
	for (sum, new) in met.iter_mut().zip(model.met) {
		*sum += new;
	}
}

#[test]
fn whatever_happens_each_revocation_ends_once_and_the_counters_are_their_sum() {
	let met = RefCell::new([0; 6]);
	runner()
		.run(&vec(step(), STEPS), |steps| {
			new_test_ext().execute_with(|| play(steps, &mut met.borrow_mut()));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let met = met.into_inner();
	println!("refused, on time, late, late and marked, marked, on time by a flag: {met:?}");
	assert!(met.iter().all(|times| *times > 50), "{met:?}");
}
