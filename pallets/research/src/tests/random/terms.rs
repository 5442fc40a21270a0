//! Terms and statements: drawn, changed, and compared in the plainest way.

use super::super::*;
use proptest::{option, prelude::*, sample::subsequence};

/// Two diseases, neither of which is known to be a kind of the other.
const DISEASES: [DiseaseCode; 2] = [[7; 32], [8; 32]];

const GERMANY: Region = Region::Country(276);
const FRANCE: Region = Region::Country(250);
const EUROPE: Region = Region::Area(150);

/// The two ends of moratoria. Most histories are over before the second, and most who ask publish nothing before it.
const SOON: Moment = START + 300 * DAY;
const LATER: Moment = START + 2_500 * DAY;

/// What is asked for: a statement, and the disease beside it.
pub type Asks = (Request, Option<DiseaseCode>);

/// Fits whatever condition these histories know, if the permission allows it.
pub fn agreeable() -> Request {
	Request {
		for_profit: Stated::No,
		commercial: Stated::No,
		genotypes: Stated::Yes,
		publishes: Stated::Yes,
		returns: Stated::Yes,
		region: Some(GERMANY),
		publishes_from: Some(LATER),
		..statement()
	}
}

/// All that the studies of these histories are for.
pub fn uses() -> UseSet {
	UseSet::of(&[Use::Biomedical, Use::Methods, Use::Vulnerable, Use::General, Use::Ancestry])
}

pub fn statements() -> impl Strategy<Value = Asks> {
	let uses = prop_oneof![
		12 => Just(UseSet::of(&[Use::Biomedical])),
		2 => Just(UseSet::of(&[Use::General])),
		4 => Just(UseSet::of(&[Use::Biomedical, Use::Vulnerable])),
		1 => Just(UseSet::of(&[Use::General, Use::Vulnerable])),
		1 => Just(UseSet::of(&[Use::Ancestry])),
		6 => Just(UseSet::EMPTY),
	];
	let disease = prop_oneof![
		4 => Just(None::<DiseaseCode>),
		5 => Just(Some(DISEASES[0])),
		1 => Just(Some(DISEASES[1])),
	];
	let months =
		prop_oneof![3 => Just(1u16), 3 => Just(6), 3 => Just(24), 1 => Just(100), 1 => Just(0)];
	let stated =
		|| prop_oneof![10 => Just(Stated::No), 1 => Just(Stated::Yes), 1 => Just(Stated::Nothing)];
	let region =
		prop_oneof![10 => Just(Some(GERMANY)), 1 => Just(Some(FRANCE)), 1 => Just(None::<Region>)];
	let from = prop_oneof![
		10 => Just(Some(LATER)),
		1 => Just(Some(SOON - DAY)),
		1 => Just(None::<Moment>),
	];
	(uses, disease, months, stated(), stated(), region, from).prop_map(
		|(uses, disease, months, for_profit, commercial, region, publishes_from)| {
			let asked = Request {
				uses,
				months: Some(months),
				for_profit,
				commercial,
				region,
				publishes_from,
				..agreeable()
			};
			(asked, disease)
		},
	)
}

fn regions() -> impl Strategy<Value = Region> {
	prop_oneof![6 => Just(GERMANY), 1 => Just(FRANCE), 2 => Just(EUROPE)]
}

fn moratoria() -> impl Strategy<Value = Moment> {
	prop_oneof![1 => Just(SOON), 2 => Just(LATER)]
}

pub fn offers() -> impl Strategy<Value = Offer> {
	let permission = prop_oneof![
		6 => Just(Permission::Hmb),
		2 => Just(Permission::Gru),
		1 => Just(Permission::Nres),
		14 => Just(Permission::Ds(DISEASES[0])),
		1 => Just(Permission::Poa),
	];
	let months = prop_oneof![3 => Just(None::<u16>), 2 => Just(Some(60)), 1 => Just(Some(24))];
	let all = vec![Modifier::Npu, Modifier::Ncu, Modifier::Npuncu, Modifier::Us, Modifier::Gso];
	(
		permission,
		option::weighted(0.3, regions()),
		months,
		option::weighted(0.3, moratoria()),
		subsequence(all, 0..3),
	)
		.prop_map(|(permission, region, months, moratorium, modifiers)| Offer {
			permission,
			region,
			months,
			moratorium,
			modifiers: ModifierSet::of(&modifiers),
		})
}

/// What the next version changes of the terms. Some of it loosens them.
#[derive(Clone, Debug)]
pub enum Change {
	Nothing,
	Months(u16),
	In(Region),
	Until(Moment),
	And(Modifier),
	All(Offer),
}

impl Change {
	pub fn of(self, terms: Offer) -> Offer {
		match self {
			Self::Nothing => terms,
			Self::Months(months) => Offer { months: Some(months), ..terms },
			Self::In(region) => Offer { region: Some(region), ..terms },
			Self::Until(end) => Offer { moratorium: Some(end), ..terms },
			Self::And(one) => Offer { modifiers: terms.modifiers.with(one), ..terms },
			Self::All(others) => others,
		}
	}
}

pub fn changes() -> impl Strategy<Value = Change> {
	let modifier = prop_oneof![
		Just(Modifier::Npu),
		Just(Modifier::Ncu),
		Just(Modifier::Npuncu),
		Just(Modifier::Us),
		Just(Modifier::Pub),
	];
	prop_oneof![
		12 => Just(Change::Nothing),
		2 => prop_oneof![Just(60u16), Just(48), Just(36)].prop_map(Change::Months),
		1 => regions().prop_map(Change::In),
		1 => moratoria().prop_map(Change::Until),
		1 => modifier.prop_map(Change::And),
		2 => offers().prop_map(Change::All),
	]
}

fn matches(terms: &Offer, (statement, disease): &Asks) -> bool {
	Research::match_statement(terms, statement, *disease).answer == Answer::Match
}

/// E2: whether of much that can be asked nothing matches `later` that did not match `earlier`.
pub fn loosens_nothing(later: &Offer, earlier: &Offer) -> bool {
	let uses = [Use::Biomedical, Use::General, Use::Ancestry, Use::Methods, Use::ClinicalCare];
	let uses = uses.map(|one| UseSet::of(&[one])).into_iter().chain([UseSet::EMPTY]);
	let mut asked = uses.flat_map(|uses| {
		let whole = move |(n, months): (u32, u16)| {
			let stated = |bit: u32| if n & bit == 0 { Stated::No } else { Stated::Yes };
			Request {
				uses,
				for_profit: stated(1),
				commercial: stated(2),
				region: if n & 4 == 0 { Some(GERMANY) } else { Some(FRANCE) },
				publishes_from: if n & 8 == 0 { Some(SOON) } else { Some(LATER) },
				months: Some(months),
				..agreeable()
			}
		};
		(0..16).flat_map(|n| [24, 50].map(|months| (n, months))).map(whole)
	});
	asked.all(|statement| {
		[None, Some(DISEASES[0]), Some(DISEASES[1])].into_iter().all(|disease| {
			let asks = (statement, disease);
			!matches(later, &asks) || matches(earlier, &asks)
		})
	})
}

/// Whether `terms` exclude what is asked: as far as these histories know conditions, each looked at on its own.
pub fn excludes(terms: &Offer, (statement, disease): &Asks) -> bool {
	let wants = |one| statement.uses.contains(one);
	let has = |one| terms.modifiers.contains(one);
	let broad = match terms.permission {
		Permission::Nres | Permission::Gru => false,
		Permission::Hmb => wants(Use::General) || wants(Use::Ancestry),
		Permission::Ds(_) => wants(Use::General) || wants(Use::Ancestry) || wants(Use::Biomedical),
		Permission::Poa => wants(Use::General) || wants(Use::Biomedical) || disease.is_some(),
		Permission::Other => false,
	};
	let elsewhere = match (terms.region, statement.region) {
		(Some(Region::Country(offered)), Some(Region::Country(stated))) => offered != stated,
		_ => false,
	};
	let for_profit = statement.for_profit == Stated::Yes;
	let commercial = statement.commercial == Stated::Yes;
	broad
		|| elsewhere
		|| (for_profit && (has(Modifier::Npu) || has(Modifier::Npuncu)))
		|| (commercial && (has(Modifier::Ncu) || has(Modifier::Npuncu)))
		|| terms.months.is_some_and(|most| statement.months.is_some_and(|asked| asked > most))
		|| terms
			.moratorium
			.is_some_and(|end| statement.publishes_from.is_some_and(|from| from < end))
}
