//! Which origin has the power of which.

use super::governance::{CouncilSuperMajority, TechnicalSuperMajority};
use crate::*;
use core::cmp::Ordering;
use frame_support::traits::{EnsureOrigin, PrivilegeCmp};

/// Compares what two origins may do, not who they were: whoever schedules with two thirds of the Council
/// and whoever cancels with two thirds of it have the same power, whatever the number of ayes or of seats was
/// or is.
///
/// | | Root | two thirds of a body | fewer of it, or one seat | another body, an account |
/// |---|---|---|---|---|
/// | Root | equal | greater | greater | greater |
/// | two thirds of a body | less | equal | greater | none |
/// | fewer of it, or one seat | less | less | none | none |
///
/// *None*: the two cannot be compared, and neither undoes what the other did, unless they are the very same.
pub struct ByMajority;

/// What of a body an origin speaks for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Share {
	/// A minority or a single seat.
	Less,
	/// The majority that decisions of the body take.
	TwoThirds,
}

impl PrivilegeCmp<OriginCaller> for ByMajority {
	fn cmp_privilege(left: &OriginCaller, right: &OriginCaller) -> Option<Ordering> {
		use OriginCaller::{system, Council, TechnicalCommittee};
		const ROOT: OriginCaller = system(frame_system::RawOrigin::Root);
		if left == right {
			return Some(Ordering::Equal);
		}
		match (left, right) {
			(root, _) if *root == ROOT => Some(Ordering::Greater),
			(_, root) if *root == ROOT => Some(Ordering::Less),
			(Council(_), Council(_)) => {
				compare(share::<CouncilSuperMajority>(left), share::<CouncilSuperMajority>(right))
			},
			(TechnicalCommittee(_), TechnicalCommittee(_)) => compare(
				share::<TechnicalSuperMajority>(left),
				share::<TechnicalSuperMajority>(right),
			),
			_ => None,
		}
	}
}

fn share<Majority: EnsureOrigin<RuntimeOrigin>>(of: &OriginCaller) -> Share {
	match Majority::try_origin(of.clone().into()) {
		Ok(_) => Share::TwoThirds,
		Err(_) => Share::Less,
	}
}

fn compare(left: Share, right: Share) -> Option<Ordering> {
	// One minority is not another.
	(left != Share::Less || right != Share::Less).then(|| left.cmp(&right))
}
