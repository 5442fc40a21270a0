//! What becomes of a permit, as the record of a random history has it: who may do what with it, when, and what that changes.

use super::{super::*, met::Met, model::Model, terms::excludes};
use frame_support::BoundedVec;
use salus_primitives::traits::Credentials;

/// For how long before and after its end a permit is renewed, and before the end of a year its report is filed.
const WINDOW: Moment = 60 * DAY;

/// The end of a permit as it was agreed, with its renewal.
fn end_of(record: &PermitRecord) -> Moment {
	record.permit.renewal.map_or(record.permit.period.until, |renewal| renewal.until)
}

fn begins(record: &PermitRecord, year: u64) -> Moment {
	record.permit.period.from + (year - 1) * YEAR
}

fn is_filed(record: &PermitRecord, year: u64) -> bool {
	record.reports.iter().any(|report| report.filed.year == year)
}

/// The years of the permit that have begun: the first one always has.
fn begun(record: &PermitRecord) -> Vec<u64> {
	let has_begun = |year: &u64| begins(record, *year) <= now().min(end_of(record) - 1);
	(1..=MAX_YEARS).filter(has_begun).collect()
}

/// Those that are not reported.
fn owed(record: &PermitRecord) -> Vec<u64> {
	begun(record).into_iter().filter(|year| !is_filed(record, *year)).collect()
}

fn file(record: &mut PermitRecord, year: u64, commitment: Commitment) {
	let filed = YearlyReport { year, at: now() };
	record.reports.try_push(Report { filed, commitment }).unwrap();
}

fn has_output(record: &PermitRecord, kind: OutputKind) -> bool {
	record.outputs.iter().any(|output| output.kind == kind)
}

impl Model {
	/// Whether `who` leads the study of the permit, and is a researcher of the institute now.
	fn leads(&self, who: u64, permit: AccessRequestId) -> bool {
		who == self.requests[permit as usize].leads
			&& Register::was_affiliated(INSTITUTE, &who, Role::Researcher, now())
	}

	/// Whether `who` reports, records and closes: whoever leads the study, or administers the institute.
	fn answers(&self, who: u64, permit: AccessRequestId) -> bool {
		who == self.admins[&INSTITUTE] || self.leads(who, permit)
	}

	/// The terms that were last accepted for the permit.
	pub fn accepted_terms(&self, record: &PermitRecord) -> Offer {
		let version = record.accepted.last().unwrap().version;
		self.datasets[record.dataset as usize].published[version as usize].terms
	}

	/// E2: whether the terms in force do not exclude what was approved, and a committee has voted under them on what they leave open.
	pub fn is_allowed(&self, permit: AccessRequestId) -> bool {
		let request = Requests::<Test>::get(permit).unwrap();
		let published = &self.datasets[request.dataset as usize].published;
		let last = published.last().unwrap();
		let study = Studies::<Test>::get(request.study).unwrap();
		let approved = Research::was_approved(&study, now());
		let ethics_approved = if approved { Stated::Yes } else { Stated::No };
		let statement = Request { ethics_approved, ..request.statement };
		let disease = request.disease;
		let excluded = excludes(&last.terms, &(statement, disease))
			|| Research::excluded_by(&last.terms, &statement, disease).is_some();
		let voted = matches!(request.outcome.unwrap().by, DecidedBy::Vote(_));
		let seen = &published[request.cosigned.unwrap().version as usize];
		!excluded
			&& match Research::match_statement(&last.terms, &statement, disease).answer {
				Answer::Match => true,
				Answer::Abstain(_) => voted && seen.terms_version == last.terms_version,
				Answer::NoMatch(_) => false,
			}
	}

	fn may_renew(&self, who: u64, permit: AccessRequestId) -> bool {
		let Some(record) = self.permits.get(&permit) else { return false };
		let Interval { from, until } = record.permit.period;
		let length = until - from;
		let months = self.datasets[record.dataset as usize].last().terms.months;
		self.leads(who, permit)
			&& record.permit.ended.is_none()
			&& record.permit.renewal.is_none()
			&& until - WINDOW <= now()
			&& now() < until + WINDOW.min(length)
			&& self.lapses(record).iter().all(|lapse| *lapse == Lapse::Expired)
			&& owed(record).is_empty()
			&& self.is_allowed(permit)
			&& months.is_none_or(|months| 2 * length <= u64::from(months) * MONTH)
	}

	fn may_report(&self, who: u64, permit: AccessRequestId, year: u64) -> bool {
		let Some(record) = self.permits.get(&permit) else { return false };
		let is_time = || {
			let over = end_of(record).min(begins(record, year) + YEAR);
			begins(record, year) <= now() && over - WINDOW <= now()
		};
		self.answers(who, permit)
			&& record.permit.ended.is_none()
			&& (1..=MAX_YEARS).contains(&year)
			&& is_time()
			&& !is_filed(record, year)
	}

	/// One place is kept for the other kind, if there is none of it.
	fn may_record(&self, who: u64, permit: AccessRequestId, kind: OutputKind) -> bool {
		let Some(record) = self.permits.get(&permit) else { return false };
		let moratorium = self.accepted_terms(record).moratorium;
		let other = match kind {
			OutputKind::Publication => OutputKind::Return,
			OutputKind::Return => OutputKind::Publication,
		};
		let kept = usize::from(!has_output(record, other));
		self.answers(who, permit)
			&& record.permit.ended.is_none()
			&& (kind == OutputKind::Return || moratorium.is_none_or(|end| end <= now()))
			&& record.outputs.len() + kept < MAX_OUTPUTS as usize
	}

	/// After a revocation nothing is asked but the destruction of the data, once. Else the outputs are that the terms demand, and the reports
	/// of all years that have begun, of which the last may come with it.
	fn may_close(&self, who: u64, permit: AccessRequestId, with_report: bool) -> bool {
		let Some(record) = self.permits.get(&permit) else { return false };
		if record.revoked.is_some() {
			return self.answers(who, permit) && record.destruction.is_none() && !with_report;
		}
		let terms = self.accepted_terms(record);
		let has_all =
			[(Modifier::Pub, OutputKind::Publication), (Modifier::Rtn, OutputKind::Return)]
				.into_iter()
				.all(|(modifier, kind)| {
					!terms.modifiers.contains(modifier) || has_output(record, kind)
				});
		let reported = match with_report {
			// That of the last year alone is missing.
			true => owed(record).first() == begun(record).last(),
			false => owed(record).is_empty(),
		};
		self.answers(who, permit) && record.permit.ended.is_none() && has_all && reported
	}

	fn may_revoke(&self, who: u64, acting_for: OrgId, permit: AccessRequestId) -> bool {
		let Some(record) = self.permits.get(&permit) else { return false };
		let custodian = self.datasets[record.dataset as usize].custodian;
		let is_member = || Register::was_affiliated(COMMITTEE, &who, Role::DacMember, now());
		let may = match acting_for {
			COMMITTEE => who == self.admins[&COMMITTEE] || is_member(),
			other => other == custodian && self.answers_for(who, custodian),
		};
		may && record.permit.ended.is_none()
	}

	/// Whether `who` may make this call now; `None` if it is none about a permit that there is.
	pub fn may_about_permit(&self, who: u64, call: &Call<Test>) -> Option<bool> {
		let may = match call {
			Call::renew { permit, .. } => self.may_renew(who, *permit),
			Call::report { permit, year, .. } => self.may_report(who, *permit, *year),
			Call::record_output { permit, kind, .. } => self.may_record(who, *permit, *kind),
			Call::close_out { permit, report, .. } => {
				self.may_close(who, *permit, report.is_some())
			},
			Call::revoke { acting_for, permit, .. } => self.may_revoke(who, *acting_for, *permit),
			_ => return None,
		};
		Some(may)
	}

	/// The last terms were accepted: the permit begins with it, or goes on under them.
	pub fn take_up(&mut self, permit: AccessRequestId, version: u32) {
		let asked = &self.requests[permit as usize];
		let (study, dataset) = (asked.study, asked.dataset);
		let until = now() + u64::from(asked.months) * MONTH;
		let published = &self.datasets[dataset as usize].published;
		assert_eq!(version as usize + 1, published.len(), "terms that are not the last ones");
		let terms = VersionFrom { version: published[version as usize].terms_version, from: now() };
		let record = self.permits.entry(permit).or_insert_with(|| PermitRecord {
			study,
			dataset,
			permit: Permit { period: Interval::new(now(), until), renewal: None, ended: None },
			accepted: BoundedVec::new(),
			reports: BoundedVec::new(),
			outputs: BoundedVec::new(),
			revoked: None,
			destruction: None,
		});
		assert_eq!(record.permit.ended, None, "terms were accepted for a permit that has ended");
		record.accepted.try_push(Accepted { terms, version }).unwrap();
		self.check_permit(permit);
	}

	/// E2: what was accepted just now is not excluded, and if the terms leave something open, a committee has voted under them.
	pub fn accepted(&self, permit: AccessRequestId, met: &mut Met) {
		let record = &self.permits[&permit];
		let terms = self.datasets[record.dataset as usize].last().terms;
		assert!(self.is_allowed(permit), "{terms:?} exclude it, or nobody has voted on them");
		let end = record.permit.renewal.map_or(record.permit.period.until, |renewal| renewal.until);
		let Some(Event::TermsAccepted { until, .. }) = events().pop() else {
			panic!("nothing was told")
		};
		assert_eq!(until, end);
		if let Some(months) = terms.months {
			assert!(end - record.permit.period.from <= u64::from(months) * MONTH, "for too long");
		}
		let has = |one| terms.modifiers.contains(one);
		for (what, is_so) in [
			("acceptances of changed terms", record.accepted.len() > 1),
			("acceptances under a disease", matches!(terms.permission, Permission::Ds(_))),
			("acceptances under a region", terms.region.is_some()),
			("acceptances under a moratorium", terms.moratorium.is_some()),
			(
				"acceptances under no profit or no commerce",
				has(Modifier::Npu) || has(Modifier::Ncu) || has(Modifier::Npuncu),
			),
		] {
			met.came_up(what, u32::from(is_so));
		}
	}

	/// What a call that was allowed changes of a permit, and tells.
	pub fn change_permit(&mut self, who: u64, call: Call<Test>) {
		let (Call::renew { permit, .. }
		| Call::report { permit, .. }
		| Call::record_output { permit, .. }
		| Call::close_out { permit, .. }
		| Call::revoke { permit, .. }) = call
		else {
			panic!("it is about no permit")
		};
		let record = self.permits.get_mut(&permit).expect("it was begun");
		let told = match call {
			Call::renew { .. } => {
				let Interval { from, until } = record.permit.period;
				let until = until + (until - from);
				record.permit.renewal = Some(Renewal { at: now(), until });
				Event::PermitRenewed { permit, until }
			},
			Call::report { year, commitment, .. } => {
				file(record, year, commitment);
				Event::ReportFiled { permit, year }
			},
			Call::record_output { kind, commitment, .. } => {
				let output = Output { kind, commitment, at: now() };
				record.outputs.try_push(output).unwrap();
				Event::OutputRecorded { permit, kind, commitment }
			},
			Call::close_out { destruction, report, .. } => {
				let commitment = destruction;
				record.destruction = Some(Destruction { commitment, at: now() });
				if record.revoked.is_some() {
					Event::DestructionAttested { permit }
				} else {
					if let Some(commitment) = report {
						let year = *begun(record).last().expect("the first has begun");
						file(record, year, commitment);
						assert!(events().contains(&Event::ReportFiled { permit, year }));
					}
					record.permit.ended = Some(PermitEnd { at: now(), how: Ending::Closed });
					Event::PermitClosed { permit }
				}
			},
			Call::revoke { acting_for, reason, .. } => {
				record.permit.ended = Some(PermitEnd { at: now(), how: Ending::Revoked });
				record.revoked = Some(reason);
				Event::PermitRevoked { permit, reason, acting_for, by: who }
			},
			_ => panic!("it is about no permit"),
		};
		assert_eq!(events().pop(), Some(told));
		self.check_permit(permit);
	}

	/// The permit is stored as it must be, or is not there.
	pub fn check_permit(&self, permit: AccessRequestId) {
		let found = Permits::<Test>::get(permit);
		assert_eq!(found.as_ref(), self.permits.get(&permit), "of permit {permit}");
	}
}
