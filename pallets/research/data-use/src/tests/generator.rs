//! Random offers and requests from a world so small that codes, diseases and regions keep meeting.

use super::disease;
use crate::*;
use proptest::{
	collection::vec,
	option::{self, weighted},
	prelude::*,
	sample::select,
	test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// An offer, a request, and the diseases of the request with their ancestors, `None` where nobody has
/// said them.
#[derive(Clone, Debug)]
pub struct Case {
	pub offer: Offer,
	pub request: Request,
	pub diseases: Vec<(DiseaseCode, Option<Vec<DiseaseCode>>)>,
}

impl Case {
	fn diseases(&self) -> Vec<Disease<'_>> {
		self.diseases
			.iter()
			.map(|(code, ancestors)| Disease {
				code: *code,
				lineage: ancestors.as_deref().map_or(Lineage::Unknown, Lineage::Ancestors),
			})
			.collect()
	}

	pub fn answer(&self) -> Answer {
		match_terms(&self.offer, &self.request, &self.diseases()).answer
	}

	pub fn failure(&self) -> Option<Rule> {
		first_failure(&self.offer, &self.request, &self.diseases())
	}
}

/// A runner over `cases` cases. The seed is printed; `SALUS_SEED` repeats a run.
pub fn runner(cases: u32) -> TestRunner {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	};
	println!("SALUS_SEED={seed}");
	let bytes: Vec<u8> = (0..4u64).flat_map(|i| seed.wrapping_add(i).to_le_bytes()).collect();
	TestRunner::new_with_rng(
		Config { cases, failure_persistence: None, ..Config::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	)
}

/// A few bits of `mostly`, seldom any bit at all.
fn bits(mostly: u32) -> impl Strategy<Value = u32> {
	prop_oneof![
		1 => Just(0),
		10 => (any::<u32>(), any::<u32>()).prop_map(move |(one, other)| one & other & mostly),
		4 => any::<u32>().prop_map(move |bits| bits & mostly),
		1 => (0u32..32).prop_map(|bit| 1 << bit),
		1 => any::<u32>(),
	]
}

pub fn name() -> impl Strategy<Value = DiseaseCode> {
	select(vec!["cancer", "lung cancer", "diabetes", "asthma"]).prop_map(disease)
}

pub fn permission() -> impl Strategy<Value = Permission> {
	prop_oneof![
		2 => Just(Permission::Nres),
		3 => Just(Permission::Gru),
		3 => Just(Permission::Hmb),
		4 => name().prop_map(Permission::Ds),
		2 => Just(Permission::Poa),
		1 => Just(Permission::Other),
	]
}

pub fn region() -> impl Strategy<Value = Region> {
	prop_oneof![2 => (1u16..3).prop_map(Region::Country), 1 => (1u16..3).prop_map(Region::Area)]
}

pub fn modifiers() -> impl Strategy<Value = ModifierSet> {
	bits(ModifierSet::WITH_RULE.0 & !ModifierSet::of(&[Modifier::Us, Modifier::Ps, Modifier::Is]).0)
		.prop_map(ModifierSet)
}

pub fn offer() -> impl Strategy<Value = Offer> {
	let parameters = (weighted(0.2, region()), weighted(0.2, 0u16..6), weighted(0.2, 0u64..6));
	(permission(), modifiers(), parameters).prop_map(
		|(permission, modifiers, (region, months, moratorium))| Offer {
			permission,
			modifiers,
			region,
			months,
			moratorium,
		},
	)
}

/// Mostly what a restriction asks for.
pub fn stated(good: Stated) -> impl Strategy<Value = Stated> {
	prop_oneof![
		8 => Just(good),
		1 => Just(Stated::Nothing),
		1 => Just(Stated::No),
		1 => Just(Stated::Yes)
	]
}

pub fn uses() -> impl Strategy<Value = UseSet> {
	let likely = vec![Use::Disease, Use::Disease, Use::Ancestry, Use::Methods, Use::Biomedical];
	prop_oneof![
		3 => select(likely).prop_map(|one| UseSet::EMPTY.with(one)),
		4 => bits(UseSet::WITH_RULE.0).prop_map(UseSet),
	]
}

pub fn request() -> impl Strategy<Value = Request> {
	let organisation = (stated(Stated::No), stated(Stated::No));
	let promises =
		(stated(Stated::Yes), stated(Stated::Yes), stated(Stated::Yes), stated(Stated::Yes));
	let parameters = (option::of(region()), option::of(0u16..6), option::of(0u64..6));
	(uses(), stated(Stated::Yes), organisation, promises, parameters).prop_map(
		|(uses, genotypes, organisation, promises, parameters)| Request {
			uses,
			genotypes,
			for_profit: organisation.0,
			commercial: organisation.1,
			publishes: promises.0,
			collaborates: promises.1,
			returns: promises.2,
			ethics_approved: promises.3,
			region: parameters.0,
			months: parameters.1,
			publishes_from: parameters.2,
		},
	)
}

pub fn diseases() -> impl Strategy<Value = Vec<(DiseaseCode, Option<Vec<DiseaseCode>>)>> {
	let one = || (name(), weighted(0.7, vec(name(), 0..4)));
	prop_oneof![2 => vec(one(), 0..2), 1 => vec(one(), 2..5)]
}

pub fn case() -> impl Strategy<Value = Case> {
	(offer(), request(), diseases()).prop_map(|(offer, request, diseases)| Case {
		offer,
		request,
		diseases,
	})
}
