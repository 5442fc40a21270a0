//! What calls touch in scenes that were made by calls, item by item, beside what their weights declare of each. A benchmark that is
//! not the worst case is found by a scene that takes more, though the benchmark and its weight agree. A scene that takes less than
//! its benchmark says of which item.

mod access_log;
mod acknowledgement;
mod care;
mod claims;
mod conditions;
mod consent;
mod disputes;
mod emergency;
mod identity;
mod records;
mod registry;
mod research;
mod sealed;
mod signers;
mod sponsorship;
mod wishes;

use crate::{
	common::{account, Chain},
	declared_in, on,
	runtime::{policy::fees::FreeConditions, *},
	weights_of, Accesses,
};
use frame_benchmarking::benchmarking;
use frame_support::{
	dispatch::CheckIfFeeless,
	traits::{StorageInfoTrait, UnfilteredDispatchable},
	weights::Weight,
};
use pallet_registry::Call as Register;
use pallet_sponsorship::FreeCallConditions;
use salus_primitives::{
	time::{HOUR, YEAR},
	OrgId, OrgKind, OrgKindSet, PatientId, Role,
};
use sc_client_db::BenchmarkingState;
use sp_core::{
	storage::{Storage, TrackedStorageKey},
	H256,
};
use std::collections::BTreeMap;

/// What was touched, by storage item.
pub(crate) type Touched = BTreeMap<String, Accesses>;

/// A part of what a call declares: the pallet, the function of its `weights.rs`, and the values of its components.
type Part<'a> = (&'static str, &'static str, &'a [(&'static str, u32)]);

/// How many reads and writes of an item are declared beyond what a scene takes.
type Less = (&'static str, u32, u32);

/// What is declared twice where somebody signs beside a patient and works for the organisation: the call asks who that is, and so does
/// what is added for each employer, of which the organisation is one.
const ASKED_TWICE: &[Less] = &[
	("Registry::Administrators", 1, 0),
	("Registry::Affiliations", 1, 0),
	("Registry::Employers", 1, 0),
	("Registry::Organisations", 1, 0),
];

/// As many employers as somebody can have.
const MOST_EMPLOYERS: u32 = common::health::MAX_EMPLOYERS;

/// The whole state that `chain` is in.
fn state_of(chain: &mut Chain) -> Storage {
	let top = chain.run(|| {
		let mut all = BTreeMap::new();
		let mut last = Vec::new();
		while let Some(key) = sp_io::storage::next_key(&last) {
			all.insert(key.clone(), sp_io::storage::get(&key).expect("it is there").to_vec());
			last = key;
		}
		all
	});
	Storage { top, children_default: Default::default() }
}

/// The names of all storage items of pallets, by their prefix.
fn items() -> BTreeMap<Vec<u8>, String> {
	let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
	let infos = AllPalletsWithSystem::storage_info().into_iter();
	infos
		.map(|info| {
			(info.prefix, format!("{}::{}", name(&info.pallet_name), name(&info.storage_name)))
		})
		.collect()
}

/// What `call` of `who`, which succeeds, touches in the state that `chain` is in.
fn touched(chain: &mut Chain, who: &str, call: impl Into<RuntimeCall>) -> Touched {
	let (call, origin) = (call.into(), RuntimeOrigin::signed(account(who)));
	touched_by(chain, || {
		call.dispatch_bypass_filter(origin).expect("it succeeds");
	})
}

/// The same for a call by which `who` touches its own account. That is left out, as the SDK's benchmarks leave out their caller's: the
/// nonce and the fee are written there by each transaction, which declares it.
fn touched_by_itself(chain: &mut Chain, who: &str, call: impl Into<RuntimeCall>) -> Touched {
	let (call, who) = (call.into(), account(who));
	let mut uncounted = apis::uncounted_keys(&[]);
	uncounted.push(frame_system::Account::<Runtime>::hashed_key_for(&who).into());
	let act = |()| {
		call.dispatch_bypass_filter(RuntimeOrigin::signed(who)).expect("it succeeds");
	};
	touched_but(chain, uncounted, || (), act)
}

/// What `act` touches in the state that `chain` is in. Counted as the benchmarks' is.
fn touched_by(chain: &mut Chain, act: impl FnOnce()) -> Touched {
	touched_after(chain, || (), |()| act())
}

/// What `act` touches in the state that `before` leaves, which begins with the one that `chain` is in. The chain does not notice.
pub(crate) fn touched_after<T>(
	chain: &mut Chain,
	before: impl FnOnce() -> T,
	act: impl FnOnce(T),
) -> Touched {
	touched_but(chain, apis::uncounted_keys(&[]), before, act)
}

/// The same without the accesses of keys that are `uncounted`.
pub(crate) fn touched_but<T>(
	chain: &mut Chain,
	uncounted: Vec<TrackedStorageKey>,
	before: impl FnOnce() -> T,
	act: impl FnOnce(T),
) -> Touched {
	let items = items();
	let state = BenchmarkingState::new(state_of(chain), None, false, true).expect("a state");
	let keys = on(&state, || {
		benchmarking::set_whitelist(uncounted);
		let left = before();
		benchmarking::commit_db();
		benchmarking::reset_read_write_count();
		act(left);
		benchmarking::commit_db();
		benchmarking::get_read_and_written_keys()
	});
	// How deep transactions are nested is never written to a disk; the benchmark tool leaves it out as well.
	let is_counted =
		|prefix: &[u8], whitelisted: bool| !whitelisted && prefix != b":transaction_level:";
	let touched =
		keys.into_iter().filter(|(prefix, .., whitelisted)| is_counted(prefix, *whitelisted));
	let touched = touched.filter(|(_, reads, writes, _)| reads + writes > 0);
	touched
		.map(|(prefix, reads, writes, _)| {
			let name = items.get(&prefix).cloned();
			// What is of no pallet has a word for its key.
			let word = || String::from_utf8(prefix).unwrap_or_else(|key| format!("{key:?}"));
			(name.unwrap_or_else(word), Accesses { reads, writes })
		})
		.collect()
}

/// What is touched to find out whether `call` is free for `who`, for whom it is; and what that is weighed with.
fn touched_by_condition(chain: &mut Chain, who: &str, call: &RuntimeCall) -> (Touched, Weight) {
	let weight = FreeConditions::condition_weight(call).expect("it may be free");
	let origin = RuntimeOrigin::signed(account(who));
	(touched_by(chain, || assert!(call.is_feeless(&origin))), weight)
}

/// What `weight` has besides reading what was touched.
fn without_reads(weight: Weight, touched: &Touched) -> Weight {
	let Accesses { reads, writes } = sum(touched);
	assert_eq!(writes, 0);
	let reads = <Runtime as frame_system::Config>::DbWeight::get().reads(reads.into());
	Weight::from_parts(weight.saturating_sub(reads).ref_time(), 0)
}

/// Asserts that `parts` together declare what was touched: of each storage item, and in all.
#[track_caller]
fn assert_declared(touched: &Touched, parts: &[Part]) {
	assert_declared_but_for(&[], touched, parts);
}

/// The same; of some items it is not asserted one by one: the benchmark has something else in their place, and both never happen together.
#[track_caller]
fn assert_declared_but_for(others: &[&str], touched: &Touched, parts: &[Part]) {
	let (all, of_items) = declared_by(parts);
	for (item, found) in touched.iter().filter(|(item, _)| !others.contains(&item.as_str())) {
		let most = of_items.get(item).copied().unwrap_or_default();
		let fits = found.reads <= most.reads && found.writes <= most.writes;
		assert!(fits, "{item}: {found:?}, declared {most:?} by {parts:?}");
	}
	let found = sum(touched);
	let fits = found.reads <= all.reads && found.writes <= all.writes;
	assert!(fits, "{found:?}, declared {all:?}: {touched:?}");
}

/// Asserts that `parts` together declare what was touched, and no more than that and `less`: the scene is the worst case which the
/// benchmark claims to be, or lacks what is said.
#[track_caller]
fn assert_reached(touched: &Touched, parts: &[Part], less: &[Less]) {
	let mut with_less = touched.clone();
	for (item, reads, writes) in less {
		let found = with_less.entry((*item).to_owned()).or_default();
		*found = Accesses { reads: found.reads + reads, writes: found.writes + writes };
	}
	assert_declared(&with_less, parts);
	let (all, of_items) = declared_by(parts);
	let found = sum(&with_less);
	assert_eq!(found, all, "with {less:?}\ntouched {touched:?}\ndeclared {of_items:?}");
}

/// All accesses together.
fn sum(touched: &Touched) -> Accesses {
	touched.values().fold(Accesses::default(), |sum, found| Accesses {
		reads: sum.reads + found.reads,
		writes: sum.writes + found.writes,
	})
}

/// What `parts` declare together: in all, and at most of each item.
fn declared_by(parts: &[Part]) -> (Accesses, Touched) {
	let (mut all, mut of_items) = (Accesses::default(), Touched::new());
	for (pallet, function, components) in parts {
		let file = weights_of(&format!("pallet_{pallet}")).expect("a pallet of ours");
		let mut functions = declared_in(&file);
		let part = functions.remove(*function).unwrap_or_else(|| panic!("{pallet}::{function}"));
		let says = part.of(components);
		all = Accesses { reads: all.reads + says.reads, writes: all.writes + says.writes };
		for (item, most) in part.items {
			let sum = of_items.entry(item).or_default();
			*sum = Accesses { reads: sum.reads + most.reads, writes: sum.writes + most.writes };
		}
	}
	(all, of_items)
}

/// What `call` of `who` does, without fees and what limits them: a scene takes more calls than an allowance pays for.
#[track_caller]
fn make(chain: &mut Chain, who: &str, call: impl Into<RuntimeCall>) {
	let (call, origin) = (call.into(), RuntimeOrigin::signed(account(who)));
	let done = chain.run(|| call.dispatch_bypass_filter(origin));
	assert!(done.is_ok(), "by {who}: {done:?}");
}

/// Lets so many hours pass, in blocks of an hour.
fn hours(chain: &mut Chain, count: u64) {
	for _ in 0..count {
		chain.advance(HOUR * 1_000);
	}
}

/// Lets `who` pay for some deposits.
fn endowed(chain: &mut Chain, who: &str) {
	let (dest, value) = (account(who).into(), 1_000 * money::UNIT);
	chain.succeed("Alice", pallet_balances::Call::transfer_keep_alive { dest, value });
}

/// An organisation of `who`, admitted to `kinds`.
fn admitted(chain: &mut Chain, who: &str, kinds: OrgKindSet) -> OrgId {
	let until = chain.now() + YEAR;
	chain.organisation(who, kinds, until)
}

/// `who` works for `org` of `admin`.
fn employed(chain: &mut Chain, org: OrgId, admin: &str, who: &str, role: Role) {
	let until = chain.now() + YEAR;
	chain.employ(org, admin, who, role, until);
}

/// A hospital with a patient, and a clinic; `//Doctor` works at both.
fn hospital_and_clinic() -> (Chain, OrgId, PatientId, OrgId) {
	let (mut chain, hospital, patient) = Chain::with_patient();
	let clinic = admitted(&mut chain, "Clinic", OrgKindSet::of(&[OrgKind::Provider]));
	chain.next_block();
	for (org, admin) in [(hospital, "Hospital"), (clinic, "Clinic")] {
		employed(&mut chain, org, admin, "Doctor", Role::Clinician);
	}
	(chain, hospital, patient, clinic)
}

/// Lets `who` have worked for `count` organisations that were flagged meanwhile and are yet, and for none of them any more: each of them is
/// looked at where `who` is named beside a patient.
fn left_flagged(chain: &mut Chain, who: &str, count: u32) -> Vec<OrgId> {
	left(chain, who, count, true)
}

/// The same; of organisations that were `flagged` meanwhile, or never.
fn left(chain: &mut Chain, who: &str, count: u32, flagged: bool) -> Vec<OrgId> {
	let names = (0..count).map(|n| format!("Employer{n}")).collect::<Vec<_>>();
	let mut orgs = Vec::new();
	for admin in &names {
		endowed(chain, admin);
		orgs.push(admitted(chain, admin, OrgKindSet::of(&[OrgKind::Provider])));
	}
	let (role, until) = (Role::Nurse, chain.now() + YEAR);
	for (org, admin) in orgs.iter().copied().zip(&names) {
		make(chain, admin, Register::invite { org, account: account(who), role, until });
		make(chain, who, Register::accept_affiliation { org, role });
	}
	for org in orgs.iter().filter(|_| flagged) {
		make(chain, "Registrar", Register::set_flag { org: *org, flagged });
	}
	chain.next_block();
	for org in &orgs {
		make(chain, who, Register::end_affiliation { org: *org, account: account(who), role });
	}
	chain.next_block();
	orgs
}

/// Lets `who` administer an organisation of its own, which is not flagged: it is looked at wherever `who` is looked up.
fn administering(chain: &mut Chain, who: &str) {
	endowed(chain, who);
	admitted(chain, who, OrgKindSet::of(&[OrgKind::Provider]));
}

/// A hospital with a patient; `//Doctor` works there, has worked for as many others as can be, and administers one more.
fn hospital_and_busy_doctor() -> (Chain, OrgId, PatientId) {
	let (mut chain, hospital, patient) = Chain::with_patient();
	chain.next_block();
	employed(&mut chain, hospital, "Hospital", "Doctor", Role::Clinician);
	administering(&mut chain, "Doctor");
	left_flagged(&mut chain, "Doctor", MOST_EMPLOYERS - 1);
	(chain, hospital, patient)
}
