//! Logs of who looked. None of the calls depends on how long a log is.

use super::*;
use pallet_access_log::{Call as Log, Counts, Custodians, Day};
use salus_primitives::time::DAY;

/// A hospital that has committed to its log an hour ago, by a data steward, who is no administrator: the affiliation is read as well.
fn committed() -> (Chain, OrgId) {
	let (mut chain, organisation, _) = Chain::with_patient();
	chain.next_block();
	employed(&mut chain, organisation, "Hospital", "Steward", Role::DataSteward);
	let (seq_from, seq_until, root) = (0, 10, H256::repeat_byte(1));
	let first = Log::commit { organisation, seq_from, seq_until, root, previous: H256::zero() };
	make(&mut chain, "Steward", first);
	hours(&mut chain, 1);
	// A block that begins a session may take no transactions.
	chain.next_block();
	(chain, organisation)
}

fn head(chain: &mut Chain, organisation: OrgId) -> H256 {
	let stands = chain.run(|| Custodians::<Runtime>::get(organisation));
	stands.expect("it has committed").head
}

/// The administrator can pay, and puts something down for it.
#[test]
fn a_log_is_committed_to_again() {
	let (mut chain, organisation) = committed();
	let previous = head(&mut chain, organisation);
	let (seq_from, seq_until, root) = (10, 20, H256::repeat_byte(2));
	let commit = Log::commit { organisation, seq_from, seq_until, root, previous };
	let found = touched(&mut chain, "Steward", commit);
	assert_reached(&found, &[("access_log", "commit", &[])], &[]);
}

#[test]
fn a_log_is_begun_anew() {
	let (mut chain, organisation) = committed();
	let previous = head(&mut chain, organisation);
	let found = touched(&mut chain, "Steward", Log::begin_anew { organisation, previous });
	assert_reached(&found, &[("access_log", "begin_anew", &[])], &[]);
}

/// With another organisation's, of the day before.
#[test]
fn a_log_was_compared() {
	let (mut chain, organisation) = committed();
	let counterparty = admitted(&mut chain, "Clinic", OrgKindSet::of(&[OrgKind::Provider]));
	let day = Day::try_from(chain.now() / DAY).expect("it is not that late") - 1;
	let counts = Counts { matched: 1, only_ours: 2, only_theirs: 3 };
	let attest = Log::attest_reconciled { organisation, counterparty, day, counts };
	let found = touched(&mut chain, "Steward", attest);
	assert_reached(&found, &[("access_log", "attest_reconciled", &[])], &[]);
}
