//! What may happen in a history, and how often.

use crate::{mock::USD, Terms};
use proptest::{collection::vec, option, prelude::*, sample::select};
use salus_claims_adjudication::{
	AmountLimit, Benefit,
	BenefitCategory::{self, *},
	Money, PartsPerMillion, Plan as Rules,
};
use salus_primitives::{
	time::{DAY, HOUR},
	Moment,
};

/// One step, and who takes it: whoever may or, if a number is given, one of the cast.
#[derive(Clone, Debug)]
pub struct Move {
	pub step: Step,
	pub by: Option<usize>,
}

/// A history: how it begins, and what happens then.
#[derive(Clone, Debug)]
pub struct History {
	pub offers: [Offer; 2],
	pub funds: [Money; 2],
	pub moves: Vec<Move>,
}

/// What of a plan's terms differs from history to history.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
	deductible: Money,
	out_of_pocket_maximum: Option<Money>,
	auto_limit: Money,
	filing_limit: Moment,
	pub decision_time: Moment,
	answer_time: Moment,
	payment_time: Moment,
	interest: PartsPerMillion,
}

/// A number that chooses one of what there is.
pub type Pick = usize;

/// How a visit is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
	Attested,
	Relayed,
	Emergency,
	Nobody,
}

/// A line to be.
#[derive(Clone, Debug)]
pub struct Draft {
	pub category: BenefitCategory,
	pub quantity: u32,
	pub charge: Money,
	/// Which earlier service it is once more, if so.
	pub again: Option<Pick>,
}

/// How the lines that are claimed differ from those written down.
#[derive(Clone, Copy, Debug)]
pub enum Twist {
	Faithful,
	Reversed,
	Shorter,
	Repriced(Money),
}

/// What a person decides about a line.
#[derive(Clone, Copy, Debug)]
pub enum Ruling {
	Whole,
	Nothing,
	/// So much of a hundred is paid.
	Part(u8),
	/// One unit too much or too little.
	Unbalanced(bool),
	PaidThoughDenied,
}

#[derive(Clone, Debug)]
pub enum Step {
	/// A visit from its beginning to its claim.
	Visit {
		clinic: bool,
		coverage: Pick,
		way: Way,
		lines: Vec<Draft>,
		/// Whether the licence ends in the moment in which it begins.
		suspended: bool,
		/// The time before the claim.
		late: Moment,
	},
	Open(bool),
	Emergency(bool, Pick),
	Attest(Pick, Pick),
	Relay(Pick, Moment),
	Close(Pick, Vec<Draft>),
	Amend(Pick, Vec<Draft>),
	Submit(Pick, Twist),
	/// Other lines, if there are any, or the same at so much of a hundred.
	Correct(Pick, Vec<Draft>, Money),
	Void(Pick),
	Ask(Pick),
	Answer(Pick),
	Decide(Pick, Vec<Ruling>),
	Poke(Pick),
	Settle(u32),
	Fund(Pick, Money, bool),
	Withdraw(Pick, Money),
	Publish(Offer, Option<Pick>),
	Enrol(Pick, Pick, Moment, Moment),
	Accept(Pick),
	Terminate(Pick, Moment),
	Rekey(Pick, Pick),
	AcceptRekey(Pick),
	CancelRekey(Pick),
	Suspend(Pick),
	Pass(Moment),
}

impl Offer {
	/// With benefits of every kind. Dental care is covered by none.
	pub fn terms(&self) -> Terms<u32> {
		let Self { deductible, out_of_pocket_maximum, .. } = *self;
		let mut rules = Rules { deductible, out_of_pocket_maximum, ..Rules::default() };
		let covered = Benefit { covered: true, ..Benefit::default() };
		let benefits = [
			(PrimaryCare, Benefit { copay: 20, coinsurance: 200_000, ..covered }),
			(HospitalStay, Benefit { deductible_applies: true, coinsurance: 200_000, ..covered }),
			(Preventive, Benefit { visit_limit: Some(4), ..covered }),
			(Imaging, Benefit { allowed_cap: Some(150), coinsurance: 333_333, ..covered }),
			(Prescription, Benefit { amount_limit: Some(AmountLimit::Paid(900)), ..covered }),
			(
				Rehabilitation,
				Benefit {
					amount_limit: Some(AmountLimit::Considered(1_200)),
					deductible_applies: true,
					copay: 15,
					..covered
				},
			),
		];
		for (category, benefit) in benefits {
			*rules.benefits.get_mut(category) = benefit;
		}
		Terms {
			asset: USD,
			rules,
			auto_limit: self.auto_limit,
			filing_limit: self.filing_limit,
			decision_time: self.decision_time,
			answer_time: self.answer_time,
			payment_time: self.payment_time,
			interest: self.interest,
		}
	}
}

fn offer() -> impl Strategy<Value = Offer> {
	let sharing = (select(&[0, 400][..]), select(&[None, Some(500), Some(3_000)][..]));
	let auto_limit = select(&[0, 300, 1_000, 1_000, 1_000_000][..]);
	let clocks = (
		select(&[90 * DAY, 180 * DAY][..]),
		select(&[DAY, 30 * DAY, 90 * DAY][..]),
		select(&[7 * DAY, 45 * DAY][..]),
		select(&[0, 10 * DAY, 30 * DAY][..]),
	);
	let interest = select(&[0, 100_000, 1_000_000][..]);
	(sharing, auto_limit, clocks, interest).prop_map(|(sharing, auto_limit, clocks, interest)| {
		let (deductible, out_of_pocket_maximum) = sharing;
		let (filing_limit, decision_time, answer_time, payment_time) = clocks;
		Offer {
			deductible,
			out_of_pocket_maximum,
			auto_limit,
			filing_limit,
			decision_time,
			answer_time,
			payment_time,
			interest,
		}
	})
}

const CATEGORIES: [BenefitCategory; 9] = [
	PrimaryCare,
	PrimaryCare,
	HospitalStay,
	HospitalStay,
	Preventive,
	Imaging,
	Prescription,
	Rehabilitation,
	DentalAndVision,
];

fn draft() -> impl Strategy<Value = Draft> {
	let quantity = prop_oneof![40 => Just(1), 20 => 2u32..5, 1 => Just(0)];
	let charge = prop_oneof![
		1 => Just(0),
		8 => 1u128..400,
		4 => 400u128..2_000,
		2 => 2_000u128..9_000,
	];
	let again = option::weighted(0.03, any::<Pick>());
	(select(&CATEGORIES[..]), quantity, charge, again)
		.prop_map(|(category, quantity, charge, again)| Draft { category, quantity, charge, again })
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
	prop_oneof![6 => vec(draft(), 1..2), 4 => vec(draft(), 2..5), 1 => vec(draft(), 0..9)]
}

fn visit() -> impl Strategy<Value = Step> {
	let way = prop_oneof![
		16 => Just(Way::Attested),
		1 => Just(Way::Relayed),
		5 => Just(Way::Emergency),
		1 => Just(Way::Nobody),
	];
	let late = prop_oneof![16 => Just(0), 3 => 1..3 * DAY, 1 => 91 * DAY..200 * DAY];
	let flags = (prop::bool::weighted(0.25), prop::bool::weighted(0.06));
	(flags, any::<Pick>(), way, drafts(), late).prop_map(|(flags, coverage, way, lines, late)| {
		let (clinic, suspended) = flags;
		Step::Visit { clinic, coverage, way, lines, suspended, late }
	})
}

fn ruling() -> impl Strategy<Value = Ruling> {
	prop_oneof![
		3 => Just(Ruling::Whole),
		3 => Just(Ruling::Nothing),
		8 => (0u8..=100).prop_map(Ruling::Part),
		1 => any::<bool>().prop_map(Ruling::Unbalanced),
		1 => Just(Ruling::PaidThoughDenied),
	]
}

fn amount() -> impl Strategy<Value = Money> {
	prop_oneof![1 => Just(0), 8 => 1u128..300, 12 => 300u128..3_000, 3 => 3_000u128..20_000]
}

/// Seconds, days, months.
fn time() -> impl Strategy<Value = Moment> {
	prop_oneof![4 => 1..HOUR, 6 => HOUR..5 * DAY, 3 => 5 * DAY..40 * DAY, 1 => 40 * DAY..120 * DAY]
}

fn pick() -> impl Strategy<Value = Pick> {
	any::<Pick>()
}

/// Payer and provider at work.
fn business() -> impl Strategy<Value = Step> {
	let twist = prop_oneof![
		4 => Just(Twist::Faithful),
		2 => Just(Twist::Reversed),
		2 => Just(Twist::Shorter),
		2 => (0u128..300).prop_map(Twist::Repriced),
	];
	let other = prop_oneof![3 => Just(vec![]), 2 => drafts()];
	prop_oneof![
		12 => (pick(), other, 0u128..300)
			.prop_map(|(claim, lines, percent)| Step::Correct(claim, lines, percent)),
		5 => pick().prop_map(Step::Void),
		4 => pick().prop_map(Step::Ask),
		5 => pick().prop_map(Step::Answer),
		10 => (pick(), prop_oneof![2 => Just(vec![]), 3 => vec(ruling(), 1..3)])
			.prop_map(|(claim, rulings)| Step::Decide(claim, rulings)),
		7 => pick().prop_map(Step::Poke),
		4 => (0u32..6).prop_map(Step::Settle),
		9 => (pick(), amount(), prop::bool::weighted(0.95))
			.prop_map(|(org, amount, suitable)| Step::Fund(org, amount, suitable)),
		6 => (pick(), 0u128..120).prop_map(|(org, percent)| Step::Withdraw(org, percent)),
		3 => (pick(), twist).prop_map(|(visit, twist)| Step::Submit(visit, twist)),
	]
}

/// Visits in pieces.
fn care() -> impl Strategy<Value = Step> {
	prop_oneof![
		2 => any::<bool>().prop_map(Step::Open),
		1 => (any::<bool>(), pick()).prop_map(|(clinic, cover)| Step::Emergency(clinic, cover)),
		6 => (pick(), pick()).prop_map(|(visit, cover)| Step::Attest(visit, cover)),
		1 => (pick(), 0..2 * HOUR).prop_map(|(visit, life)| Step::Relay(visit, life)),
		2 => (pick(), drafts()).prop_map(|(visit, lines)| Step::Close(visit, lines)),
		2 => (pick(), drafts()).prop_map(|(visit, lines)| Step::Amend(visit, lines)),
		1 => pick().prop_map(Step::Suspend),
	]
}

/// Plans and coverages.
fn cover() -> impl Strategy<Value = Step> {
	let term = prop_oneof![1 => Just(0), 4 => 1..30 * DAY, 4 => 300 * DAY..367 * DAY];
	let begin = prop_oneof![4 => Just(0), 2 => 1..40 * DAY];
	prop_oneof![
		1 => (offer(), option::weighted(0.5, pick()))
			.prop_map(|(offer, plan)| Step::Publish(offer, plan)),
		4 => (pick(), pick(), begin, term)
			.prop_map(|(plan, key, begin, term)| Step::Enrol(plan, key, begin, term)),
		4 => pick().prop_map(Step::Accept),
		3 => (pick(), prop_oneof![2 => Just(0), 1 => 0..20 * DAY])
			.prop_map(|(cover, ahead)| Step::Terminate(cover, ahead)),
		4 => (pick(), pick()).prop_map(|(cover, key)| Step::Rekey(cover, key)),
		4 => pick().prop_map(Step::AcceptRekey),
		3 => pick().prop_map(Step::CancelRekey),
	]
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		5 => visit(),
		12 => business(),
		3 => time().prop_map(Step::Pass),
		3 => care(),
		3 => cover(),
	]
}

pub fn history() -> impl Strategy<Value = History> {
	let funds = || select(&[0, 500, 3_000, 20_000, 20_000, 100_000][..]);
	let one = (step(), option::weighted(0.08, pick())).prop_map(|(step, by)| Move { step, by });
	let visits = vec(visit().prop_map(|step| Move { step, by: None }), 1..3);
	let world = ((offer(), offer()), (funds(), funds()));
	(world, visits, vec(one, 4..30)).prop_map(|((offers, funds), mut moves, rest)| {
		moves.extend(rest);
		History { offers: offers.into(), funds: funds.into(), moves }
	})
}
