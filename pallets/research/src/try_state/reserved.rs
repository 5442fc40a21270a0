//! That permits were active when budget was reserved under them.

use crate::*;
use frame_support::ensure;
use salus_primitives::{traits::Credentials, Moment, OrgKind, Role};
use salus_research_permits::{Lapse, Standing};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Every query was reserved under a permit that was active (E1).
	pub(super) fn check_reserved() -> Result<(), DispatchError> {
		for query in Queries::<T>::iter_values() {
			let record = Permits::<T>::get(query.permit).ok_or("a query without a permit")?;
			Self::check_active(&record, query.reserved_at)?;
		}
		Ok(())
	}

	/// Whether the permit was active at `at`, as far as that can be told later: what lapsed in that very second may have
	/// come after the query. A licence or an affiliation that came and went in one second left no trace, and is taken for none.
	fn check_active(record: &PermitRecord, at: Moment) -> Result<(), DispatchError> {
		let active = match Self::standing(record, at) {
			Some(Standing::Active) => true,
			// The end is looked at on its own.
			Some(Standing::Ended(_)) => record.permit.ended.is_some_and(|end| end.at == at),
			// What a permit depends on is there: queries, datasets, requests and permits were looked at before.
			Some(Standing::NotYet) | None => false,
			Some(Standing::Suspended(lapses)) => {
				let mut lapsed = Lapse::ALL.into_iter().filter(|lapse| lapses.contains(*lapse));
				lapsed.all(|lapse| Self::lapsed_in(record, lapse, at))
			},
		};
		ensure!(active, "a query under a permit that was not active");
		Ok(())
	}

	/// Whether `lapse` may have come in the second `at`, in which it holds.
	fn lapsed_in(record: &PermitRecord, lapse: Lapse, at: Moment) -> bool {
		let Some(study) = Studies::<T>::get(record.study) else { return false };
		let Some(dataset) = Datasets::<T>::get(record.dataset) else { return false };
		let before = at.saturating_sub(1);
		match lapse {
			Lapse::Ethics => study.approvals.iter().any(|approval| {
				approval.period.from <= at && approval.ended.is_some_and(|(end, _)| end == at)
			}),
			Lapse::Licence => {
				T::Credentials::was_licensed(study.organisation, OrgKind::Research, before)
			},
			Lapse::Affiliation => {
				let (lead, role) = (&study.investigator, Role::Researcher);
				T::Credentials::was_affiliated(study.organisation, lead, role, before)
			},
			Lapse::Terms => Self::version_by(record.dataset, &dataset, at)
				.is_some_and(|(_, version)| version.at == at),
			Lapse::Retired => dataset.retired_at == Some(at),
			// What mends these mends them for longer than a second.
			Lapse::Epoch | Lapse::Report | Lapse::Expired => false,
		}
	}
}
