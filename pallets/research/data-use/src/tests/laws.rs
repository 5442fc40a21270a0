//! What holds for every case, whatever the rules in detail.

use super::generator::{case, modifiers, name, permission, region, request, runner, stated, Case};
use crate::*;
use proptest::{option, prelude::*, sample::Index};

const CASES: u32 = 10_000;

/// Runs a law, and checks that it was not empty: that `matters` was so in many cases.
fn law<S: Strategy>(strategy: S, test: impl Fn(S::Value) -> Result<bool, TestCaseError>)
where
	S::Value: Clone,
{
	let mattered = std::cell::Cell::new(0);
	runner(CASES)
		.run(&strategy, |value| {
			if test(value)? {
				mattered.set(mattered.get() + 1);
			}
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let mattered = mattered.get();
	println!("{mattered} of {CASES} cases mattered");
	assert!(mattered >= CASES / 200, "only {mattered} cases mattered");
}

/// A restriction that an offer did not have: any bit of the mask but CC, or a parameter.
#[derive(Clone, Debug)]
enum Restriction {
	Bit(u8),
	Region(Region),
	Months(u16),
	Moratorium(u64),
}

impl Restriction {
	fn added_to(&self, offer: &Offer) -> Offer {
		let mut offer = *offer;
		match *self {
			Self::Bit(bit) => offer.modifiers.0 |= 1 << bit,
			Self::Region(region) => offer.region = offer.region.or(Some(region)),
			// Fewer months, and a later end, restrict further.
			Self::Months(months) => {
				offer.months = Some(offer.months.map_or(months, |before| before.min(months)));
			},
			Self::Moratorium(end) => {
				offer.moratorium = Some(offer.moratorium.map_or(end, |before| before.max(end)));
			},
		}
		offer
	}
}

fn restriction() -> impl Strategy<Value = Restriction> {
	let bit = (0u8..31).prop_map(|bit| if bit < Modifier::Cc.index() { bit } else { bit + 1 });
	prop_oneof![
		4 => bit.prop_map(Restriction::Bit),
		1 => region().prop_map(Restriction::Region),
		1 => (0u16..6).prop_map(Restriction::Months),
		1 => (0u64..6).prop_map(Restriction::Moratorium),
	]
}

#[test]
fn adding_a_restriction_never_makes_a_match() {
	law((case(), restriction()), |(case, restriction)| {
		let more = Case { offer: restriction.added_to(&case.offer), ..case.clone() };
		let (before, after) = (case.answer(), more.answer());
		prop_assert!(after != Answer::Match || before == Answer::Match, "{before:?}, {after:?}");
		Ok(before != Answer::Match && more.offer != case.offer)
	});
}

#[test]
fn taking_a_restriction_away_never_unmakes_a_match() {
	law((case(), restriction()), |(case, restriction)| {
		let more = Case { offer: restriction.added_to(&case.offer), ..case.clone() };
		prop_assert!(more.answer() != Answer::Match || case.answer() == Answer::Match);
		Ok(more.answer() == Answer::Match && more.offer != case.offer)
	});
}

#[test]
fn no_match_stays_unless_a_code_without_a_rule_is_added() {
	law((case(), restriction()), |(case, restriction)| {
		let more = Case { offer: restriction.added_to(&case.offer), ..case.clone() };
		let Answer::NoMatch(before) = case.answer() else { return Ok(false) };
		match more.answer() {
			Answer::NoMatch(after) => prop_assert!(after <= before),
			Answer::Abstain(Code::Modifier(_)) => {},
			other => prop_assert!(false, "{other:?}"),
		}
		Ok(more.offer != case.offer)
	});
}

#[test]
fn cc_permits_and_never_unmakes_a_match() {
	law(case(), |case| {
		let with = |modifiers| Case { offer: Offer { modifiers, ..case.offer }, ..case.clone() };
		let modifiers = case.offer.modifiers;
		let (without, with) =
			(with(modifiers.without(Modifier::Cc)), with(modifiers.with(Modifier::Cc)));
		prop_assert!(without.answer() != Answer::Match || with.answer() == Answer::Match);
		if !case.request.uses.contains(Use::ClinicalCare) {
			prop_assert_eq!(without.answer(), with.answer());
		}
		Ok(without.answer() != with.answer() || without.answer() == Answer::Match)
	});
}

#[test]
fn adding_a_use_never_makes_a_match() {
	law((case(), 0u8..32), |(case, bit)| {
		// Without any use the answer is `NoUse`, and the first use may well match.
		if case.request.uses.is_empty() && case.diseases.is_empty() {
			return Ok(false);
		}
		let mut more = case.clone();
		more.request.uses.0 |= 1 << bit;
		prop_assert!(more.answer() != Answer::Match || case.answer() == Answer::Match);
		Ok(case.answer() != Answer::Match && more.request != case.request)
	});
}

#[test]
fn adding_a_further_disease_never_makes_a_match() {
	law((case(), name(), option::of(name())), |(case, code, ancestor)| {
		// Of no disease it is not known whether it is within the offer's; the first may be.
		if case.diseases.is_empty() {
			return Ok(false);
		}
		let mut more = case.clone();
		more.diseases.push((code, ancestor.map(|ancestor| vec![ancestor])));
		prop_assert!(more.answer() != Answer::Match || case.answer() == Answer::Match);
		Ok(case.answer() != Answer::Match)
	});
}

#[test]
fn a_code_without_a_rule_always_abstains() {
	law((case(), any::<Index>(), 0u8..3), |(mut case, index, where_to)| {
		let unruled = |known: u32| {
			let bits: Vec<u8> = (0..32).filter(|bit| known & (1 << bit) == 0).collect();
			bits[index.index(bits.len())]
		};
		match where_to {
			0 => case.offer.permission = Permission::Other,
			1 => case.offer.modifiers.0 |= 1 << unruled(ModifierSet::WITH_RULE.0),
			_ => case.request.uses.0 |= 1 << unruled(UseSet::WITH_RULE.0),
		}
		let codes = matches!(
			case.answer(),
			Answer::Abstain(Code::Permission | Code::Modifier(_) | Code::Use(_))
		);
		prop_assert!(codes, "{:?}", case.answer());
		Ok(true)
	});
}

#[test]
fn every_sensitive_use_abstains_by_its_name() {
	let sensitive = Use::ALL.iter().copied().filter(|one| !UseSet::WITH_RULE.contains(*one));
	for one in sensitive {
		let offer = Offer::new(Permission::Nres);
		let request = Request::new(UseSet::EMPTY.with(Use::Biomedical).with(one));
		let answer = match_terms(&offer, &request, &[]).answer;
		assert_eq!(answer, Answer::Abstain(Code::Use(one.index())));
	}
}

/// Puts what is asked for in place of everything that is not stated.
fn stated_in_full(request: &Request, with: &Request) -> Request {
	let or = |stated, other| if stated == Stated::Nothing { other } else { stated };
	Request {
		uses: request.uses,
		genotypes: or(request.genotypes, with.genotypes),
		for_profit: or(request.for_profit, with.for_profit),
		commercial: or(request.commercial, with.commercial),
		publishes: or(request.publishes, with.publishes),
		collaborates: or(request.collaborates, with.collaborates),
		returns: or(request.returns, with.returns),
		ethics_approved: or(request.ethics_approved, with.ethics_approved),
		region: request.region.or(with.region),
		months: request.months.or(with.months),
		publishes_from: request.publishes_from.or(with.publishes_from),
	}
}

#[test]
fn saying_more_changes_no_answer_but_abstain() {
	law((case(), request(), name()), |(case, other, ancestor)| {
		let mut more = case.clone();
		more.request = stated_in_full(&case.request, &other);
		for (_, ancestors) in &mut more.diseases {
			ancestors.get_or_insert_with(|| vec![ancestor]);
		}
		let (before, after) = (case.answer(), more.answer());
		match (before, after) {
			(Answer::Match, _) => prop_assert_eq!(after, Answer::Match),
			// A rule that comes earlier may turn out to fail too.
			(Answer::NoMatch(before), Answer::NoMatch(after)) => prop_assert!(after <= before),
			(Answer::NoMatch(_), _) => prop_assert!(false, "{before:?}, {after:?}"),
			(Answer::Abstain(Code::Condition(_)), _) => {},
			(Answer::Abstain(_), _) => prop_assert_eq!(before, after),
		}
		Ok(before != after)
	});
}

#[test]
fn with_everything_known_only_the_custodian_areas_and_unnamed_diseases_abstain() {
	let yes_or_no = || any::<bool>().prop_map(|yes| if yes { Stated::Yes } else { Stated::No });
	let rest = (yes_or_no(), region(), 0u16..6, 0u64..6, name());
	law((case(), rest), |(mut case, (answer, region, months, moment, ancestor))| {
		let with = Request {
			uses: UseSet::EMPTY,
			genotypes: answer,
			for_profit: answer,
			commercial: answer,
			publishes: answer,
			collaborates: answer,
			returns: answer,
			ethics_approved: answer,
			region: Some(region),
			months: Some(months),
			publishes_from: Some(moment),
		};
		case.request = stated_in_full(&case.request, &with);
		case.offer.modifiers.0 &= ModifierSet::WITH_RULE.0;
		case.request.uses.0 &= UseSet::WITH_RULE.0;
		for (_, ancestors) in &mut case.diseases {
			ancestors.get_or_insert_with(|| vec![ancestor]);
		}
		let allowed = match case.answer() {
			Answer::Abstain(Code::Permission | Code::NoUse) => true,
			Answer::Abstain(Code::Condition(Rule::Us | Rule::Ps | Rule::Is)) => true,
			Answer::Abstain(Code::Condition(Rule::Gs)) => [case.offer.region, case.request.region]
				.iter()
				.any(|region| matches!(region, Some(Region::Area(_)))),
			Answer::Abstain(Code::Condition(Rule::Disease | Rule::ClinicalCare)) => {
				case.diseases.is_empty()
			},
			Answer::Abstain(_) => false,
			_ => true,
		};
		prop_assert!(allowed, "{:?}", case.answer());
		Ok(!matches!(case.answer(), Answer::Abstain(_)))
	});
}

#[test]
fn what_no_term_asks_about_does_not_matter() {
	law((case(), request()), |(case, other)| {
		let (offer, request) = (case.offer, case.request);
		let has = |modifier| offer.modifiers.contains(modifier);
		let asked = |asks: bool, stated, instead| if asks { stated } else { instead };
		let changed = Case {
			request: Request {
				uses: request.uses,
				genotypes: asked(has(Modifier::Gso), request.genotypes, other.genotypes),
				for_profit: asked(
					has(Modifier::Npu) || has(Modifier::Npuncu),
					request.for_profit,
					other.for_profit,
				),
				commercial: asked(
					has(Modifier::Ncu) || has(Modifier::Npuncu),
					request.commercial,
					other.commercial,
				),
				publishes: asked(has(Modifier::Pub), request.publishes, other.publishes),
				collaborates: asked(has(Modifier::Col), request.collaborates, other.collaborates),
				returns: asked(has(Modifier::Rtn), request.returns, other.returns),
				ethics_approved: asked(
					has(Modifier::Irb),
					request.ethics_approved,
					other.ethics_approved,
				),
				region: if offer.region.is_some() { request.region } else { other.region },
				months: if offer.months.is_some() { request.months } else { other.months },
				publishes_from: if offer.moratorium.is_some() {
					request.publishes_from
				} else {
					other.publishes_from
				},
			},
			..case.clone()
		};
		prop_assert_eq!(case.answer(), changed.answer());
		Ok(changed.request != case.request)
	});
}

#[test]
fn the_order_of_diseases_and_of_ancestors_means_nothing() {
	law((case(), any::<Index>()), |(case, index)| {
		let mut turned = case.clone();
		if !turned.diseases.is_empty() {
			let by = index.index(turned.diseases.len());
			turned.diseases.rotate_left(by);
		}
		for (_, ancestors) in &mut turned.diseases {
			if let Some(ancestors) = ancestors {
				ancestors.reverse();
			}
		}
		prop_assert_eq!(case.answer(), turned.answer());
		Ok(turned.diseases != case.diseases)
	});
}

#[test]
fn who_is_for_profit_or_commercial_never_matches_what_excludes_them() {
	law((case(), 0u8..4), |(mut case, which)| {
		let (modifier, profit) = [
			(Modifier::Npu, true),
			(Modifier::Ncu, false),
			(Modifier::Npuncu, true),
			(Modifier::Npuncu, false),
		][usize::from(which)];
		let before = case.answer();
		case.offer.modifiers = case.offer.modifiers.with(modifier);
		if profit {
			case.request.for_profit = Stated::Yes;
		} else {
			case.request.commercial = Stated::Yes;
		}
		prop_assert!(case.answer() != Answer::Match);
		Ok(before == Answer::Match)
	});
}

#[test]
fn npuncu_is_npu_with_ncu() {
	law(case(), |case| {
		let bare = case
			.offer
			.modifiers
			.without(Modifier::Npu)
			.without(Modifier::Ncu)
			.without(Modifier::Npuncu);
		let with = |modifiers| Case { offer: Offer { modifiers, ..case.offer }, ..case.clone() };
		let one = with(bare.with(Modifier::Npuncu)).answer();
		let two = with(bare.with(Modifier::Npu).with(Modifier::Ncu)).answer();
		let named = |answer| match answer {
			Answer::NoMatch(Rule::Npu | Rule::Ncu) => Answer::NoMatch(Rule::Npuncu),
			Answer::Abstain(Code::Condition(Rule::Npu | Rule::Ncu)) => {
				Answer::Abstain(Code::Condition(Rule::Npuncu))
			},
			other => other,
		};
		prop_assert_eq!(named(one), named(two));
		Ok(one != two)
	});
}

#[test]
fn nres_alone_matches_every_request_whose_codes_have_rules() {
	law(case(), |mut case| {
		case.offer = Offer::new(Permission::Nres);
		case.request.uses.0 &= UseSet::WITH_RULE.0;
		let nothing = case.request.uses.is_empty() && case.diseases.is_empty();
		let expected = if nothing { Answer::Abstain(Code::NoUse) } else { Answer::Match };
		prop_assert_eq!(case.answer(), expected);
		Ok(!nothing)
	});
}

#[test]
fn a_permission_matches_the_use_that_it_is_named_after() {
	let alone = |permission, one| {
		let request = Request::new(UseSet::EMPTY.with(one));
		match_terms(&Offer::new(permission), &request, &[]).answer
	};
	assert_eq!(alone(Permission::Gru, Use::General), Answer::Match);
	assert_eq!(alone(Permission::Hmb, Use::Biomedical), Answer::Match);
	assert_eq!(alone(Permission::Poa, Use::Ancestry), Answer::Match);
	law((case(), name()), |(_, code)| {
		let disease = Disease { code, lineage: Lineage::Unknown };
		let request = Request::default();
		let answer = match_terms(&Offer::new(Permission::Ds(code)), &request, &[disease]).answer;
		prop_assert_eq!(answer, Answer::Match);
		Ok(true)
	});
}

#[test]
fn the_answer_is_the_same_each_time_and_says_the_version() {
	law((case(), permission(), modifiers(), stated(Stated::Yes)), |(case, ..)| {
		prop_assert_eq!(case.answer(), case.clone().answer());
		let decision = match_terms(&case.offer, &case.request, &[]);
		prop_assert_eq!(decision.version, TABLE_VERSION);
		Ok(true)
	});
}
