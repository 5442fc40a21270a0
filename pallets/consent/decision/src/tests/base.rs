//! One named example for each limit of a base decision of Permit.

use super::precedence::*;
use crate::*;
use salus_primitives::*;

#[test]
fn a_base_permit_lets_nobody_amend_or_pass_on_nor_anything_of_the_dead() {
	let base = |change: fn(&mut Scene)| {
		scene(&[]).with(|s| s.base = BaseDecision::Permit).with(change).verdict()
	};
	let by_base = Verdict::Permit(Basis::Base);
	assert_eq!(base(|s| s.question.action = Action::Export), by_base);
	assert_eq!(base(|s| s.question.action = Action::Amend), BY_DEFAULT);
	assert_eq!(base(|s| s.question.action = Action::Redisclose), BY_DEFAULT);
	for living in [PatientState::Frozen, PatientState::Recovering, PatientState::Contested] {
		let scene = scene(&[]).with(|s| s.base = BaseDecision::Permit).with(|s| s.state = living);
		assert_eq!(scene.verdict(), by_base, "{living:?}");
	}
	// These purposes go on for the dead, if a directive lets.
	assert_eq!(base(|s| s.state = PatientState::DeceasedProvisional), BY_DEFAULT);
	for dead in [PatientState::DeceasedProvisional, PatientState::DeceasedFinal] {
		let payment = |directives: &[Directive<u8>]| {
			scene(directives).with(|s| {
				s.base = BaseDecision::Permit;
				s.state = dead;
				s.question.purpose = Purpose::Hpaymt;
			})
		};
		assert_eq!(payment(&[]).verdict(), BY_DEFAULT, "{dead:?}");
		assert_eq!(payment(&[permit(Grantee::Any)]).verdict(), permitted(0), "{dead:?}");
	}
}

#[test]
fn a_base_permit_is_unset_once_its_term_is_over_and_nothing_else_ends() {
	let from = 1_000;
	let term = 2 * time::YEAR;
	assert_eq!(BASE_PERMIT_TERM, term);
	let left = |decision: BaseDecision| {
		[from, from + term - 1, from + term, u64::MAX].map(|at| decision.left_at(from, at))
	};
	use BaseDecision::{Deny, Permit, Unset};
	assert_eq!(left(Permit), [Permit, Permit, Unset, Unset]);
	assert_eq!(left(Unset), [Unset; 4]);
	assert_eq!(left(Deny), [Deny; 4]);
	// At the end of time nothing overflows.
	assert_eq!(Permit.left_at(u64::MAX - 1, u64::MAX - 1), Permit);
}
