//! What each call costs at worst.

use super::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{Consideration, Footprint, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use salus_primitives::{
	benchmarking::BenchmarkClock,
	commitment::Form,
	traits::{Credentials, Patients, Registrars, TreatmentRelation},
	Commitment, Moment, OrgId, OrgKind, PatientId, Role,
};
use sp_io::hashing::blake2_256;

/// The most leaves that a tree can have.
const LEAVES: u64 = 1 << 32;
/// When the benchmarks begin.
const NOW: Moment = 1_800_000_000;

fn commitment(n: u64) -> Commitment {
	Commitment::from(blake2_256(&n.to_le_bytes()))
}

fn record(n: u64, subject: Option<PatientId>, previous: Option<(Seq, Relation)>) -> NewAnchor {
	NewAnchor {
		commitment: commitment(n),
		form: Form::Bytes,
		subject,
		previous,
		retention: RetentionClass::Standard,
	}
}

/// An author, and a patient whose consent has to be asked.
struct Scene<T: Config> {
	org: OrgId,
	admin: T::AccountId,
	member: T::AccountId,
	patient: PatientId,
	key: T::AccountId,
}

/// The organisation is of the kind whose licence is looked up last, and its member in a role that
/// may do everything.
fn scene<T: Config>() -> Scene<T> {
	scene_of(Role::DataSteward)
}

/// The same, but that the member is a clinician: for no other role are emergencies looked up, and nothing else lets it write
/// about the patient. It may do less, so it is for the calls by which records are made.
fn scene_in_emergency<T: Config>() -> Scene<T> {
	scene_of(Role::Clinician)
}

/// The same as [`scene`], but that the organisation has registered the patient, so that no consent is asked.
fn scene_with_own_patient<T: Config>() -> Scene<T> {
	let scene = scene::<T>();
	let key: T::AccountId = account("own patient", 0, 0);
	let patient = T::Patients::benchmark_patient_of(&key, scene.org);
	assert_eq!(T::Patients::registered_by(&patient), Some(scene.org));
	Scene { patient, key, ..scene }
}

fn scene_of<T: Config>(role: Role) -> Scene<T> {
	T::BenchmarkClock::set_time(NOW);
	assert_eq!(Pallet::<T>::now(), NOW);
	let (admin, member): (T::AccountId, T::AccountId) =
		(account("admin", 0, 0), account("member", 0, 0));
	let key: T::AccountId = account("patient", 0, 0);
	let org = T::Credentials::benchmark_organisation(OrgKind::Pharmacy, &admin, &member, role);
	let patient = T::Patients::benchmark_patient(&key);
	let emergency = T::Treatment::benchmark_treatment(&patient, org, &member);
	assert_eq!(emergency, role == Role::Clinician, "emergencies are weighed");
	Scene { org, admin, member, patient, key }
}

impl<T: Config> Scene<T> {
	/// Gives the administrator what the deposits of `slots` slots and of as many leaves take.
	fn fund(&self, slots: u32) {
		for _ in 0..slots {
			let (slot, leaf) = (Pallet::<T>::anchor_footprint(true), Pallet::<T>::leaf_footprint());
			T::Consideration::ensure_successful(&self.admin, slot);
			T::Consideration::ensure_successful(&self.admin, leaf);
		}
	}

	/// Anchors a record about the patient.
	fn anchor(&self, n: u64, previous: Option<(Seq, Relation)>) -> Seq {
		self.fund(1);
		let seq = NextSeq::<T>::get(self.org);
		let record = record(n, Some(self.patient), previous);
		Pallet::<T>::do_anchor(&self.member, self.org, record).expect("all is prepared");
		seq
	}

	/// A lineage of two versions about the patient: the first, and the head.
	fn lineage(&self) -> (Seq, Seq) {
		let first = self.anchor(0, None);
		(first, self.anchor(1, Some((first, Relation::Amends))))
	}

	/// A version to come, about `subject`, of each of `count` records about the patient.
	fn successors(&self, count: u32, subject: Option<PatientId>) -> Vec<NewAnchor> {
		let next = |i: u64| {
			let first = self.anchor(2 * i, None);
			record(2 * i + 1, subject, Some((first, Relation::Corrects)))
		};
		(0..u64::from(count)).map(next).collect()
	}

	fn anchor_batch(&self) -> Seq {
		self.fund(1);
		let seq = NextSeq::<T>::get(self.org);
		let (form, retention) = (Form::Bytes, RetentionClass::Standard);
		let (who, root) = (&self.member, commitment(0));
		Pallet::<T>::do_anchor_batch(who, self.org, root, LEAVES, form, retention)
			.expect("all is prepared");
		seq
	}

	/// Lets the deposit of a slot or leaf come from an account that has nothing else to do with it.
	fn pay_from_elsewhere(&self, seq: Seq, leaf: Option<u64>, footprint: Footprint) {
		let payer: T::AccountId = account("payer", seq as u32, leaf.unwrap_or_default() as u32);
		T::Consideration::ensure_successful(&payer, footprint);
		let ticket = T::Consideration::new(&payer, footprint).expect("it was endowed");
		let before = Deposits::<T>::take((self.org, seq, leaf)).expect("it was put down");
		before.ticket.drop(&before.payer).expect("it is held");
		Deposits::<T>::insert((self.org, seq, leaf), Deposit { payer, ticket });
	}

	/// Disputes a record as often as possible, less `spare`. Only the last is open.
	fn dispute(&self, seq: Seq, spare: u32) {
		let now = Pallet::<T>::now();
		let closed = Dispute {
			statement: commitment(1),
			raised_at: now,
			due: now + 1,
			extended: true,
			answer: Some(Answer { outcome: Outcome::Rejected, statement: commitment(2), at: now }),
		};
		let mut rounds = Rounds::default();
		for _ in 1..MAX_DISPUTES - spare {
			rounds.try_push(closed).expect("fewer than there can be");
		}
		let due = now + T::DisputeTime::get();
		let open = Dispute { due, extended: false, answer: None, ..closed };
		rounds.try_push(if spare > 0 { closed } else { open }).expect("as many as there can be");
		Disputes::<T>::insert(self.org, seq, rounds);
	}

	/// Lets as many organisations as possible hold a slot until `until`, less `spare`.
	fn hold(&self, seq: Seq, until: Moment, spare: u32) {
		let from = Pallet::<T>::now();
		let mut holds = LegalHolds::default();
		for n in spare..MAX_HOLDS {
			let hold = LegalHold { organisation: OrgId::MAX - n, from, until };
			holds.try_push(hold).expect("no more than there can be");
		}
		Holds::<T>::insert(self.org, seq, holds);
	}

	/// Writes all that can stand beside a record that is no longer held.
	fn fill(&self, seq: Seq) {
		let now = Pallet::<T>::now();
		let reason = RetractReason::WrongContent;
		Retractions::<T>::insert((self.org, seq, None::<u64>), Retraction { reason, at: now });
		Acknowledgements::<T>::insert(self.org, seq, now);
		self.dispute(seq, 1);
		self.hold(seq, now + 1, 0);
		let refusal = Some(Refusal { reason: RefusalReason::LegalClaims, at: now });
		let request = ErasureRequest { requested_at: now, due: now + 1, refusal };
		ErasureRequests::<T>::insert(self.org, seq, request);
		Extensions::<T>::insert(self.org, seq, now + T::MaxRetention::get());
		T::BenchmarkClock::set_time(now + 1);
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// A new record that names nobody.
	#[benchmark]
	fn anchor() {
		let scene = scene::<T>();
		scene.fund(1);
		let org = scene.org;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.member),
			org,
			commitment(0),
			Form::Bytes,
			None,
			None,
			RetentionClass::Standard,
		);

		assert_eq!(NextSeq::<T>::get(org), 1);
	}

	/// A new version that names nobody, of a record that names a patient.
	#[benchmark]
	fn anchor_version() {
		let scene = scene::<T>();
		let (first, second) = scene.lineage();
		scene.fund(1);
		let org = scene.org;

		#[extrinsic_call]
		anchor(
			RawOrigin::Signed(scene.member),
			org,
			commitment(2),
			Form::Bytes,
			None,
			Some((second, Relation::Corrects)),
			RetentionClass::Standard,
		);

		assert_eq!(Heads::<T>::get(org, first), Some(2));
	}

	/// A new record about a patient whom the organisation has registered.
	#[benchmark]
	fn anchor_own() {
		let scene = scene_with_own_patient::<T>();
		scene.fund(1);
		let (org, patient) = (scene.org, scene.patient);

		#[extrinsic_call]
		anchor(
			RawOrigin::Signed(scene.member),
			org,
			commitment(0),
			Form::Bytes,
			Some(patient),
			None,
			RetentionClass::Standard,
		);

		assert_eq!(Subjects::<T>::get(org, 0), Some(patient));
	}

	/// A new version about a patient whom the organisation has registered.
	#[benchmark]
	fn anchor_own_version() {
		let scene = scene_with_own_patient::<T>();
		let (first, second) = scene.lineage();
		scene.fund(1);
		let (org, patient) = (scene.org, scene.patient);

		#[extrinsic_call]
		anchor(
			RawOrigin::Signed(scene.member),
			org,
			commitment(2),
			Form::Bytes,
			Some(patient),
			Some((second, Relation::Corrects)),
			RetentionClass::Standard,
		);

		assert_eq!(Heads::<T>::get(org, first), Some(2));
		assert_eq!(Subjects::<T>::get(org, 2), Some(patient));
	}

	/// A new version about a patient whose consent has to be asked.
	#[benchmark]
	fn anchor_about() {
		let scene = scene_in_emergency::<T>();
		let (first, second) = scene.lineage();
		scene.fund(1);
		let (org, patient) = (scene.org, scene.patient);

		#[extrinsic_call]
		anchor(
			RawOrigin::Signed(scene.member),
			org,
			commitment(2),
			Form::Bytes,
			Some(patient),
			Some((second, Relation::Corrects)),
			RetentionClass::Standard,
		);

		assert_eq!(Heads::<T>::get(org, first), Some(2));
		assert_eq!(Subjects::<T>::get(org, 2), Some(patient));
	}

	#[benchmark]
	fn anchor_batch() {
		let scene = scene::<T>();
		scene.fund(1);
		let org = scene.org;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.member),
			org,
			commitment(1),
			LEAVES,
			Form::Bytes,
			RetentionClass::Standard,
		);

		assert_eq!(NextSeq::<T>::get(org), 1);
	}

	/// A leaf, which has a deposit of its own.
	#[benchmark]
	fn retract() {
		let scene = scene::<T>();
		let seq = scene.anchor_batch();
		scene.fund(1);
		let (org, leaf) = (scene.org, Some(LEAVES - 1));

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), org, seq, leaf, RetractReason::WrongContent);

		assert!(Retractions::<T>::contains_key((org, seq, leaf)));
	}

	#[benchmark]
	fn acknowledge() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		let org = scene.org;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.key), org, seq);

		assert!(Acknowledgements::<T>::contains_key(org, seq));
	}

	/// New records that name nobody.
	#[benchmark]
	fn anchor_many(n: Linear<1, 64>) {
		let scene = scene::<T>();
		let records: Vec<_> = (0..n.into()).map(|i| record(i, None, None)).collect();
		let records = BoundedVec::try_from(records).expect("no more than one call can anchor");
		scene.fund(n);
		let org = scene.org;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), org, records);

		assert_eq!(NextSeq::<T>::get(org), u64::from(n));
	}

	/// New versions that name nobody, of as many records that name a patient.
	#[benchmark]
	fn anchor_many_versions(n: Linear<1, 64>) {
		let scene = scene::<T>();
		let records = BoundedVec::try_from(scene.successors(n, None))
			.expect("no more than one call can anchor");
		scene.fund(n);
		let org = scene.org;

		#[extrinsic_call]
		anchor_many(RawOrigin::Signed(scene.member), org, records);

		assert_eq!(NextSeq::<T>::get(org), 2 * u64::from(n));
	}

	/// New versions of as many records, each about the same patient, whose consent has to be asked for each.
	#[benchmark]
	fn anchor_many_about(n: Linear<1, 64>) {
		let scene = scene_in_emergency::<T>();
		let records = BoundedVec::try_from(scene.successors(n, Some(scene.patient)))
			.expect("no more than one call can anchor");
		scene.fund(n);
		let org = scene.org;

		#[extrinsic_call]
		anchor_many(RawOrigin::Signed(scene.member), org, records);

		assert_eq!(NextSeq::<T>::get(org), 2 * u64::from(n));
	}

	#[benchmark]
	fn dispute() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		scene.dispute(seq, 1);
		let org = scene.org;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.key), org, seq, commitment(1));

		assert_eq!(Disputes::<T>::get(org, seq).len() as u32, MAX_DISPUTES);
	}

	#[benchmark]
	fn extend_dispute() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		scene.dispute(seq, 0);
		let org = scene.org;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), org, seq);

		assert!(Disputes::<T>::get(org, seq).last().is_some_and(|last| last.extended));
	}

	/// By a newer version, which is looked up.
	#[benchmark]
	fn answer_dispute() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		let by = scene.anchor(1, Some((seq, Relation::Corrects)));
		scene.dispute(seq, 0);
		let (org, outcome) = (scene.org, Outcome::Corrected { by });

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), org, seq, outcome, commitment(1));

		assert!(Disputes::<T>::get(org, seq).last().is_some_and(|last| last.answer.is_some()));
	}

	#[benchmark]
	fn extend_retention() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		let org = scene.org;
		let until = NOW + T::MaxRetention::get();
		Extensions::<T>::insert(org, seq, until - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), org, seq, until);

		assert_eq!(Extensions::<T>::get(org, seq), Some(until));
	}

	#[benchmark]
	fn hold() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		let court: T::AccountId = account("court", 0, 0);
		T::Registrars::benchmark_registrar(&court);
		let until = NOW + T::MaxHold::get();
		scene.hold(seq, until, 1);
		let org = scene.org;

		#[extrinsic_call]
		_(RawOrigin::Signed(court), org, seq, until);

		assert_eq!(Holds::<T>::get(org, seq).len() as u32, MAX_HOLDS);
	}

	#[benchmark]
	fn release() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		let court: T::AccountId = account("court", 0, 0);
		let organisation = T::Registrars::benchmark_registrar(&court);
		let until = NOW + T::MaxHold::get();
		scene.hold(seq, until, 1);
		let org = scene.org;
		Holds::<T>::mutate(org, seq, |holds| {
			let own = LegalHold { organisation, from: NOW, until };
			holds.try_push(own).expect("there was room for one");
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(court), org, seq);

		assert_eq!(Holds::<T>::get(org, seq).len() as u32, MAX_HOLDS - 1);
	}

	#[benchmark]
	fn request_erasure() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		let org = scene.org;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.key), org, seq);

		assert!(ErasureRequests::<T>::contains_key(org, seq));
	}

	#[benchmark]
	fn withdraw_erasure() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		scene.fill(seq);
		let org = scene.org;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.key), org, seq);

		assert!(!ErasureRequests::<T>::contains_key(org, seq));
	}

	#[benchmark]
	fn refuse_erasure() {
		let scene = scene::<T>();
		let seq = scene.anchor(0, None);
		Pallet::<T>::do_request_erasure(&scene.key, scene.org, seq).expect("it is the subject's");
		let org = scene.org;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), org, seq, RefusalReason::LegalObligation);

		assert!(
			ErasureRequests::<T>::get(org, seq).is_some_and(|request| request.refusal.is_some())
		);
	}

	/// The head of a lineage, with all that can stand beside it.
	#[benchmark]
	fn shred() {
		let scene = scene::<T>();
		let first = scene.anchor(0, None);
		let seq = scene.anchor(1, Some((first, Relation::Amends)));
		scene.pay_from_elsewhere(seq, None, Pallet::<T>::anchor_footprint(true));
		scene.fill(seq);
		let org = scene.org;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), org, seq);

		assert!(Tombstones::<T>::contains_key(org, seq));
		assert!(!Heads::<T>::contains_key(org, first));
	}

	/// Heads of lineages whose older versions are gone, each with all that can stand beside it and
	/// paid by another account.
	#[benchmark]
	fn evict(n: Linear<1, 100>) {
		let scene = scene::<T>();
		let org = scene.org;
		let mut seqs = Vec::new();
		for i in 0..n.into() {
			let first = scene.anchor(2 * i, None);
			let seq = scene.anchor(2 * i + 1, Some((first, Relation::Amends)));
			scene.pay_from_elsewhere(seq, None, Pallet::<T>::anchor_footprint(true));
			Anchors::<T>::remove(org, first);
			seqs.push(seq);
		}
		for seq in &seqs {
			T::BenchmarkClock::set_time(NOW);
			scene.fill(*seq);
		}
		T::BenchmarkClock::set_time(NOW + T::MaxRetention::get() + 1);
		let seqs = BoundedVec::try_from(seqs).expect("no more than one call can evict");

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), org, seqs);

		assert_eq!(Subjects::<T>::iter_prefix(org).count() as u32, n);
		assert_eq!(Heads::<T>::iter_prefix(org).count(), 0);
	}

	/// Each leaf's deposit goes to another account.
	#[benchmark]
	fn sweep(n: Linear<1, 100>) {
		let scene = scene::<T>();
		let seq = scene.anchor_batch();
		let (org, reason) = (scene.org, RetractReason::WrongContent);
		for leaf in 0..n.into() {
			scene.fund(1);
			let leaf = Some(leaf);
			Pallet::<T>::do_retract(&scene.member, org, seq, leaf, reason)
				.expect("it is in the batch");
			scene.pay_from_elsewhere(seq, leaf, Pallet::<T>::leaf_footprint());
		}
		Anchors::<T>::remove(org, seq);

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.member), org, seq, n);

		assert_eq!(Retractions::<T>::iter_key_prefix((org, seq)).count(), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
