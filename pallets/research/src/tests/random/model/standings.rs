//! What the pallet tells: what is true of permits and of datasets now (E1, E4), that protocols are as they were registered (E9), and that
//! answers about the past stay as they were.

use super::*;

/// What was told of a moment: of each request where it stood, and what was true of its permit; and the versions of datasets.
pub(super) type Told = (Vec<Option<Stage>>, Vec<Option<Standing>>, Vec<Option<VersionInfo>>);

pub(super) fn ask(at: Moment, known: u32) -> Told {
	(
		(0..known).map(|id| Research::stage_at(id, at)).collect(),
		(0..known).map(|id| Research::permit_at(id, at)).collect(),
		(0..4).map(|dataset| Research::version_at(dataset, at)).collect(),
	)
}

impl Model {
	/// E9: every protocol that was registered is there as it was, and no other.
	pub fn check_protocols(&self, met: &mut Met) {
		for (id, study) in (0..).zip(&self.studies) {
			let found = Studies::<Test>::get(id).expect("it was registered");
			assert_eq!(found.protocols.as_slice(), study.protocols, "of study {id}");
			met.came_up("protocols compared", study.protocols.len() as u32);
		}
	}

	pub fn check_past(&self, met: &mut Met) {
		for (at, answer) in &self.told {
			let known = answer.0.len() as u32;
			assert_eq!(ask(*at, known), *answer, "at {at}");
			met.came_up("answers about the past", 2 * known);
		}
	}

	/// E1 and E4: of every permit that is told now which is true, and nothing else.
	pub(super) fn check_standings(&self, told: &Told, met: &mut Met) {
		for (id, standing) in (0..).zip(&told.1) {
			let standing = standing.as_ref().expect("it was asked for");
			met.stood(standing);
			self.check_permit(id);
			let Some(record) = self.permits.get(&id) else {
				assert_eq!(*standing, Standing::NotYet);
				continue;
			};
			met.came_up("standings compared", 1);
			if let Some(end) = record.permit.ended {
				assert_eq!(*standing, Standing::Ended(end.how));
				continue;
			}
			let lapses = self.lapses(record);
			let expected = if lapses.is_empty() { Standing::Active } else { suspended(&lapses) };
			assert_eq!(*standing, expected, "of permit {id}");
			let unheard = self.datasets[record.dataset as usize].withdrawn().1 > 0;
			if unheard {
				assert!(lapses.contains(&Lapse::Epoch), "a withdrawal that nobody heard");
				met.came_up("permits suspended with a withdrawal unheard", 1);
			}
		}
		for (kept, version) in self.datasets.iter().zip(&told.2) {
			let (last, version) = (kept.last(), version.as_ref().expect("it was offered"));
			assert_eq!(version.number as usize + 1, kept.published.len());
			assert_eq!(
				(version.terms, version.terms_version, version.epoch, version.at),
				(last.terms, last.terms_version, last.epoch, last.at)
			);
			let epoch_at = kept.epochs().last().expect("the first is one");
			assert_eq!(version.next_epoch_due, epoch_at + 30 * DAY);
		}
	}

	/// Which inputs of the permit have lapsed now: each looked up on its own.
	pub fn lapses(&self, record: &PermitRecord) -> Vec<Lapse> {
		let study = Studies::<Test>::get(record.study).unwrap();
		let approved = study.approvals.iter().any(|one| {
			one.period.from <= now()
				&& now() < one.period.until
				&& one.ended.is_none_or(|(at, _)| now() < at)
		});
		let dataset = &self.datasets[record.dataset as usize];
		let accepted = record.accepted.last().unwrap().terms.version;
		let Interval { from, until } = record.permit.period;
		let until = record.permit.renewal.map_or(until, |renewal| renewal.until);
		let late = (1..20u64).any(|year| {
			from + year * YEAR + 30 * DAY <= now()
				&& !record.reports.iter().any(|report| report.filed.year == year)
		});
		let researches = |who| Register::was_affiliated(INSTITUTE, who, Role::Researcher, now());
		[
			(Lapse::Ethics, !approved),
			(Lapse::Licence, !Register::was_licensed(INSTITUTE, OrgKind::Research, now())),
			(Lapse::Affiliation, !researches(&study.investigator)),
			(Lapse::Terms, accepted != dataset.last().terms_version),
			(Lapse::Epoch, dataset.is_overdue()),
			(Lapse::Report, late),
			(Lapse::Expired, until <= now()),
			(Lapse::Retired, dataset.retired),
		]
		.into_iter()
		.filter(|(_, lapsed)| *lapsed)
		.map(|(lapse, _)| lapse)
		.collect()
	}
}
