//! `keeps_or_tightens`: what matches the tighter offer matches the earlier one.

use super::{
	disease,
	generator::{case, modifiers, offer, permission, region, runner, Case},
};
use crate::*;
use proptest::{option, prelude::*};

const CASES: u32 = 50_000;

/// An offer near another: some of its parts changed.
pub fn near(earlier: Offer) -> impl Strategy<Value = Offer> {
	let parts = (
		option::weighted(0.3, permission()),
		option::weighted(0.3, modifiers()),
		option::weighted(0.2, option::of(region())),
		option::weighted(0.2, option::of(0u16..6)),
		option::weighted(0.2, option::of(0u64..6)),
	);
	(parts, modifiers()).prop_map(move |(parts, more)| Offer {
		permission: parts.0.unwrap_or(earlier.permission),
		modifiers: parts.1.unwrap_or(ModifierSet(earlier.modifiers.0 | (more.0 & more.0 >> 1))),
		region: parts.2.unwrap_or(earlier.region),
		months: parts.3.unwrap_or(earlier.months),
		moratorium: parts.4.unwrap_or(earlier.moratorium),
	})
}

#[test]
fn what_matches_a_tighter_offer_matches_the_earlier_one() {
	let cases = case().prop_flat_map(|case| {
		let offer = case.offer;
		(Just(case), near(offer))
	});
	let counts = std::cell::Cell::new((0u32, 0u32));
	runner(CASES)
		.run(&cases, |(case, later)| {
			let tighter = later.keeps_or_tightens(&case.offer);
			let after = Case { offer: later, ..case.clone() };
			if tighter && later != case.offer && after.answer() == Answer::Match {
				counts.set((counts.get().0 + 1, counts.get().1));
				prop_assert_eq!(case.answer(), Answer::Match);
			}
			if !tighter && after.answer() == Answer::Match && case.answer() != Answer::Match {
				counts.set((counts.get().0, counts.get().1 + 1));
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let (held, loosened) = counts.get();
	println!("{held} tightened offers still matched; {loosened} loosened ones began to match");
	assert!(held >= 500 && loosened >= 500);
}

#[test]
fn an_offer_keeps_itself_and_tightening_twice_is_tightening() {
	let offers = offer().prop_flat_map(|first| {
		(Just(first), near(first))
			.prop_flat_map(|(first, second)| (Just(first), Just(second), near(second)))
	});
	let chains = std::cell::Cell::new(0u32);
	runner(CASES)
		.run(&offers, |(first, second, third)| {
			prop_assert!(first.keeps_or_tightens(&first));
			if second.keeps_or_tightens(&first) && third.keeps_or_tightens(&second) {
				prop_assert!(third.keeps_or_tightens(&first));
				chains.set(chains.get() + 1);
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	assert!(chains.get() >= 500, "{} chains", chains.get());
}

#[test]
fn each_part_of_an_offer_can_loosen_it() {
	let earlier = Offer {
		modifiers: ModifierSet::of(&[Modifier::Npuncu, Modifier::Irb, Modifier::Rs]),
		region: Some(Region::Country(276)),
		months: Some(12),
		moratorium: Some(1_800_000_000),
		..Offer::new(Permission::Hmb)
	};
	let tightens = |change: &dyn Fn(&mut Offer)| {
		let mut later = earlier;
		change(&mut later);
		assert_ne!(later, earlier);
		later.keeps_or_tightens(&earlier)
	};
	let cancer = Permission::Ds(disease("cancer"));

	assert!(tightens(&|o| o.permission = cancer));
	assert!(!tightens(&|o| o.permission = Permission::Gru));
	assert!(!tightens(&|o| o.permission = Permission::Nres));
	assert!(!tightens(&|o| o.permission = Permission::Poa));
	assert!(!tightens(&|o| o.permission = Permission::Other));

	assert!(tightens(&|o| o.modifiers = o.modifiers.with(Modifier::Nmds)));
	assert!(tightens(&|o| o.modifiers = ModifierSet(o.modifiers.0 | 1 << 31)));
	assert!(!tightens(&|o| o.modifiers = o.modifiers.without(Modifier::Irb)));
	assert!(!tightens(&|o| o.modifiers = o.modifiers.without(Modifier::Rs)));
	assert!(!tightens(&|o| o.modifiers = o.modifiers.with(Modifier::Cc)));
	// The same said in two codes is kept; one of the two is not.
	let bare = |o: &Offer| o.modifiers.without(Modifier::Npuncu);
	assert!(tightens(&|o| o.modifiers = bare(o).with(Modifier::Npu).with(Modifier::Ncu)));
	assert!(!tightens(&|o| o.modifiers = bare(o).with(Modifier::Npu)));
	assert!(!tightens(&|o| o.modifiers = bare(o).with(Modifier::Ncu)));

	assert!(!tightens(&|o| o.region = Some(Region::Country(40))));
	assert!(!tightens(&|o| o.region = None));
	assert!(tightens(&|o| o.months = Some(11)));
	assert!(!tightens(&|o| o.months = Some(13)));
	assert!(!tightens(&|o| o.months = None));
	assert!(tightens(&|o| o.moratorium = Some(1_800_000_001)));
	assert!(!tightens(&|o| o.moratorium = Some(1_799_999_999)));
	assert!(!tightens(&|o| o.moratorium = None));

	let open = Offer::new(Permission::Ds(disease("cancer")));
	assert!(!Offer::new(Permission::Ds(disease("asthma"))).keeps_or_tightens(&open));
	for condition in [
		Offer { region: Some(Region::Area(150)), ..open },
		Offer { months: Some(0), ..open },
		Offer { moratorium: Some(0), ..open },
	] {
		assert!(condition.keeps_or_tightens(&open));
		assert!(!open.keeps_or_tightens(&condition));
	}
	// Clinical care: NRES has it without saying so.
	let nres = Offer::new(Permission::Nres);
	let gru = Offer::new(Permission::Gru);
	let with_care = Offer { modifiers: ModifierSet::EMPTY.with(Modifier::Cc), ..gru };
	assert!(gru.keeps_or_tightens(&nres) && with_care.keeps_or_tightens(&nres));
	assert!(Offer::new(Permission::Poa).keeps_or_tightens(&gru));
	assert!(gru.keeps_or_tightens(&with_care) && !with_care.keeps_or_tightens(&gru));
}
