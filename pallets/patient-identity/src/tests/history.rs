//! Past answers.

use super::*;
use crate::{AsOfError, StateHistory};
use salus_primitives::traits::Patients as _;

#[test]
fn a_past_answer_never_changes() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		let at = |moment| PatientIdentity::state_at(&id, moment);
		let mut expected = vec![(START - 1, None), (START, Some(PatientState::Active))];
		for _ in 0..20 {
			advance(100);
			assert_ok!(freeze(&first));
			expected.push((now() - 1, Some(PatientState::Active)));
			expected.push((now(), Some(PatientState::Frozen)));
			advance(100);
			assert_ok!(unfreeze(&first));
			assert_ok!(PatientIdentity::cancel_unfreeze(signed(&first.account())));
			assert_ok!(unfreeze(&first));
			advance(UNFREEZE_DELAY);
			expected.push((now() - 1, Some(PatientState::Frozen)));
			expected.push((now(), Some(PatientState::Active)));
			// In this second a freeze may still come.
			advance(1);
			for (moment, state) in &expected {
				assert_eq!(at(*moment), Ok(*state), "{moment}");
			}
		}
		retired(&first, id);
		for (moment, state) in expected {
			assert_eq!(at(moment), Ok(state), "{moment}");
		}
		assert_eq!(at(now()), Ok(Some(PatientState::Retired)));
		assert_eq!(StateHistory::<Test>::iter_prefix(id).count(), 41);
	});
}

#[test]
fn the_future_has_no_answer_and_a_stranger_no_state() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		assert_ok!(freeze(&first));
		assert_ok!(unfreeze(&first));
		assert_eq!(PatientIdentity::state_at(&id, now() + 1), Err(AsOfError::InFuture));
		let trait_state_at = <PatientIdentity as salus_primitives::traits::Patients<_>>::state_at;
		assert_eq!(trait_state_at(&id, now() + UNFREEZE_DELAY), None);
		assert_eq!(trait_state_at(&id, now()), Some(PatientState::Frozen));
		let nobody = PatientId::repeat_byte(1);
		assert_eq!(PatientIdentity::state_at(&nobody, now()), Ok(None));
		assert_eq!(PatientIdentity::agreement_key_at(&nobody, now()), Ok(None));
		assert_eq!(PatientIdentity::state(&nobody), None);
		assert_eq!(PatientIdentity::last_left_active(&nobody), None);
		assert_eq!(PatientIdentity::registered_by(&nobody), None);
		assert_eq!(PatientIdentity::resolve(&nobody), None);
		assert_eq!(PatientIdentity::patient_of(&member(HOSPITAL)), None);
		assert_eq!(PatientIdentity::key(&member(HOSPITAL)), None);
	});
}

#[test]
fn a_freeze_in_the_second_of_unfreezing_leaves_a_sound_history() {
	build_and_execute(|| {
		let (first, id) = registered(1);
		advance(10);
		assert_ok!(freeze(&first));
		assert_ok!(unfreeze(&first));
		advance(UNFREEZE_DELAY);
		assert_ok!(freeze(&first));
		assert_eq!(PatientIdentity::state_at(&id, now()), Ok(Some(PatientState::Frozen)));
		assert_eq!(PatientIdentity::state_at(&id, now() - 1), Ok(Some(PatientState::Frozen)));
		assert_eq!(PatientIdentity::last_left_active(&id), Some(now()));
	});
}
