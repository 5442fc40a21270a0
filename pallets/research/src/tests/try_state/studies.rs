//! What `try_state` notices of studies, of their approvals, and of how many there are.

use super::*;

#[test]
fn studies_that_nobody_could_have_registered_are_noticed() {
	for uses in [UseSet::EMPTY, UseSet(1 << 31)] {
		noticed("a study for nothing, or for what nobody knows", || {
			study(|found| found.uses = uses);
		});
	}
	noticed("protocols out of order", || study(|found| found.protocols[0].at = now() + 1));
	noticed("protocols out of order", || {
		let earlier = Protocol { commitment: commitment(9), at: START - 1 };
		study(|found| found.protocols.try_push(earlier).unwrap());
	});
}

#[test]
fn approvals_out_of_their_time_are_noticed() {
	noticed("approvals out of order", || {
		study(|found| found.approvals[0].period.from = now() + 1);
	});
	noticed("approvals out of order", || {
		study(|found| {
			let mut earlier = found.approvals[0].clone();
			earlier.period.from = START - 1;
			found.approvals.try_push(earlier).unwrap();
		});
	});
	for at in [START - 1, START + DAY + 1] {
		noticed("an approval that ended out of time", || {
			study(|found| found.approvals[0].ended = Some((at, ApprovalEnding::Suspended)));
		});
	}
	// Its time was over by then.
	noticed("an approval that ended out of time", || {
		study(|found| {
			let approval = &mut found.approvals[0];
			approval.period.until = now();
			approval.ended = Some((now(), ApprovalEnding::Suspended));
		});
	});
}

/// The mock lets a study ask eight times.
#[test]
fn too_many_requests_of_a_study_are_noticed() {
	noticed("a study with too many requests", || {
		for id in 1..9 {
			let again = Requests::<Test>::get(0).unwrap();
			Requests::<Test>::insert(id, again);
		}
		NextRequest::<Test>::put(9);
		study(|found| found.requests = 9);
	});
}

/// The mock lets a researcher have three of them.
#[test]
fn too_many_studies_that_wait_for_a_signature_are_noticed() {
	noticed("more studies wait for a signature than may", || {
		for _ in 0..3 {
			registered();
		}
		let again = Studies::<Test>::get(3).unwrap();
		Studies::<Test>::insert(4, again);
		NextStudy::<Test>::put(5);
		UnsignedStudies::<Test>::insert(INSTITUTE, INVESTIGATOR, 4);
	});
}

/// It was approved at the start.
#[test]
fn approvals_of_those_who_judge_for_themselves_are_noticed() {
	noticed("approved by somebody who was no member of the ethics body", || {
		study(|found| found.approvals[0].by = STRANGER);
	});
	let before = START - 1;
	let what = "approved by somebody who had a part in the study";
	noticed(what, || hire_since(INSTITUTE, ETHICIST, Role::Nurse, before));
	noticed(what, || {
		for who in [ETHICIST, INVESTIGATOR] {
			hire_since(CLINIC, who, Role::Nurse, before);
		}
	});
	noticed("approved by a body for which the investigator worked", || {
		hire_since(ETHICS, INVESTIGATOR, Role::Nurse, before);
	});
}
