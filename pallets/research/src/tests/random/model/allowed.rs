//! What each call that was made puts on the record, and why it must have been allowed.

use super::{super::terms::loosens_nothing, datasets::Published, *};

impl Model {
	/// That the call was made, and must have been allowed.
	pub(super) fn done(&mut self, who: u64, call: Call<Test>, met: &mut Met) {
		match call {
			Call::open_population { custodian, total, .. } => {
				assert!(self.answers_for(who, custodian));
				let before = self.budgets.insert(custodian, Budget::new(total));
				assert_eq!(before, None, "opened twice");
			},
			Call::propose_budget { custodian, more } => {
				assert!(self.answers_for(who, custodian));
				let proposed = self.proposal(who, custodian, more);
				assert!(!self.wants(self.admins[&COMMITTEE], custodian, &proposed));
				self.motions.insert(custodian, proposed);
				let open = |one: &&Proposed| !one.concluded && now() < one.at + 21 * DAY;
				let both = self.motions.values().filter(open).count() == CUSTODIANS.len();
				met.came_up("proposals for both custodians at a time", u32::from(both));
			},
			Call::vote_budget { custodian, motion, in_favour, .. } => {
				let proposed = &self.motions[&custodian];
				assert_eq!(proposed.number, motion, "a vote on a proposal that is not the last");
				assert!(!proposed.concluded && now() < proposed.at + 21 * DAY, "a vote too late");
				assert!(self.may_vote_on_budget(who, custodian, proposed), "recused");
				assert!(!self.wants(self.admins[&COMMITTEE], custodian, proposed), "recused");
				self.motions.get_mut(&custodian).unwrap().votes.push((who, in_favour));
			},
			Call::conclude_budget { custodian, motion, .. } => {
				self.budget_concluded(custodian, motion, met)
			},
			Call::offer_dataset { custodian, terms, .. } => {
				assert!(self.answers_for(who, custodian));
				self.datasets.push(Kept {
					custodian,
					published: vec![Published { terms, terms_version: 0, epoch: 0, at: now() }],
					shortcut: false,
					retired: false,
					withdrawals: Vec::new(),
				});
			},
			Call::publish_version { dataset, terms, epoch, .. } => {
				let custodian = self.datasets[dataset as usize].custodian;
				assert!(self.answers_for(who, custodian));
				let kept = &mut self.datasets[dataset as usize];
				assert!(!kept.retired, "it was taken back");
				let last = kept.last();
				assert!(epoch == last.epoch || epoch == last.epoch + 1, "an epoch is skipped");
				let changed = terms != last.terms;
				if changed {
					assert!(loosens_nothing(&terms, &last.terms), "the terms were loosened");
					met.came_up("terms that were tightened", 1);
				}
				let terms_version = last.terms_version + u32::from(changed);
				kept.published.push(Published { terms, terms_version, epoch, at: now() });
			},
			Call::set_shortcut { dataset, allowed, .. } => {
				assert_eq!(who, self.admins[&COMMITTEE]);
				self.datasets[dataset as usize].shortcut = allowed;
			},
			Call::retire_dataset { dataset, .. } => {
				let custodian = self.datasets[dataset as usize].custodian;
				assert!(self.answers_for(who, custodian));
				self.datasets[dataset as usize].retired = true;
			},
			Call::register_study { protocol, .. } => {
				let protocols = vec![Protocol { commitment: protocol, at: now() }];
				let admin = self.admins[&INSTITUTE];
				self.studies.push(Studied { protocols, leads: who, admin });
			},
			Call::amend_study { study, protocol, .. } => {
				let protocol = Protocol { commitment: protocol, at: now() };
				self.studies[study as usize].protocols.push(protocol);
				self.check_protocols(met);
				met.came_up("protocols that were amended", 1);
			},
			Call::approve_ethics { study, protocol, .. } => {
				let protocols = &self.studies[study as usize].protocols;
				assert_eq!(protocols.last().unwrap().commitment, protocol, "approved unread");
				let found = Studies::<Test>::get(study).unwrap();
				let approved = found.approvals.last().unwrap().protocol as usize;
				assert_eq!(approved, protocols.len() - 1);
				let studied = &self.studies[study as usize];
				for judge in [who, self.admins[&ETHICS]] {
					assert!(!self.has_a_part_in_study(judge, studied), "{judge} has a part in it");
				}
				let others = self.others(studied.leads, now());
				assert!(others.count() <= MAX_OTHER_EMPLOYERS, "too many employers");
			},
			Call::request { study, dataset, statement, .. } => {
				let studied = &self.studies[study as usize];
				assert_eq!(who, studied.leads);
				assert!(
					self.others(who, now()).count() <= MAX_OTHER_EMPLOYERS,
					"too many employers"
				);
				assert_ne!(self.admins[&COMMITTEE], who);
				let people = vec![who, studied.admin, self.admins[&INSTITUTE]];
				let (months, votes) = (statement.months.expect("it was asked for"), Vec::new());
				self.requests.push(Asked {
					study,
					dataset,
					months,
					at: now(),
					leads: who,
					people,
					votes,
				});
			},
			Call::cosign { request, .. } => self.cosigned(who, request, met),
			Call::vote { request, in_favour, .. } => {
				let asked = &self.requests[request as usize];
				assert!(self.may_vote(who, asked), "recused");
				assert!(!self.has_a_part(self.admins[&COMMITTEE], asked), "recused");
				self.requests[request as usize].votes.push((who, in_favour));
			},
			Call::conclude { request, .. } => self.concluded(request, met),
			Call::accept_terms { request, version, .. } => {
				self.take_up(request, version);
				self.accepted(request, met);
			},
			Call::renew { .. }
			| Call::report { .. }
			| Call::record_output { .. }
			| Call::close_out { .. }
			| Call::revoke { .. } => self.change_permit(who, call),
			Call::reserve_query { custodian, permit, version, epsilon, .. } => {
				self.reserved(who, custodian, (permit, version), epsilon, met)
			},
			Call::settle_query { custodian, query, .. } => {
				assert!(self.answers_for(who, custodian));
				let queries = self.queries.get_mut(&custodian).expect("some were reserved");
				let (epsilon, settled) = &mut queries[query as usize];
				assert!(!*settled, "settled twice");
				*settled = true;
				let budget = self.budgets.get_mut(&custodian).unwrap();
				budget.reserved -= *epsilon;
				budget.settled += *epsilon;
			},
			Call::suspend_ethics { .. } | Call::withdraw_ethics { .. } | Call::__Ignore(..) => {},
		}
	}
}
