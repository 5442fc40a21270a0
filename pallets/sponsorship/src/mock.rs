//! A runtime with the real payment extensions, and a pallet whose calls are of every kind.

use crate as pallet_sponsorship;
use crate::{Budgeting, Entitlement, FreeCallConditions, FreeCalls, SignedCalls, SponsoredFees};
use frame_support::{
	derive_impl,
	dispatch::{GetDispatchInfo, PostDispatchInfo},
	parameter_types,
	traits::{Contains, UnixTime},
	weights::{FixedFee, IdentityFee, Weight},
	PalletId,
};
use pallet_transaction_payment::{ChargeTransactionPayment, FungibleAdapter};
use salus_primitives::{traits::TokenlessAccounts, Cohort, OrgId, Party, PatientId};
use sp_runtime::{
	traits::{DispatchTransaction, TransactionExtension},
	transaction_validity::{
		TransactionSource, TransactionValidity, TransactionValidityError, ValidTransaction,
	},
	BuildStorage, DispatchResultWithInfo,
};

pub type AccountId = u64;
pub type Balance = u64;
pub type Block = frame_system::mocking::MockBlock<Test>;
/// The part of a runtime's extensions that sponsorship touches, in the SDK's order.
pub type TxExtension = (
	frame_system::CheckNonce<Test>,
	frame_system::CheckWeight<Test>,
	FreeCalls<Test, ChargeTransactionPayment<Test>>,
);

/// Welcomed, without tokens.
pub const PATIENT: AccountId = 1;
/// Welcomed, without tokens.
pub const NURSE: AccountId = 2;
/// Welcomed, with tokens.
pub const RICH_PATIENT: AccountId = 3;
/// Never welcomed, with tokens.
pub const RICH: AccountId = 4;
/// Never welcomed, without tokens.
pub const STRANGER: AccountId = 5;

/// The organisation for which [`NURSE`] works, and which registered both patients.
pub const HOSPITAL_ORG: OrgId = 7;

/// An old handle that the hospital registered.
pub const fn handle(number: u8, cohort: u32) -> Entitlement {
	Entitlement::Patient {
		patient: PatientId::repeat_byte(number),
		party: Party { organisation: HOSPITAL_ORG, cohort: Cohort(cohort), since: 0 },
		tightens: false,
	}
}

/// For whom [`PATIENT`] acts.
pub const HANDLE: Entitlement = handle(1, 0);
/// For whom [`RICH_PATIENT`] acts, whom another desk registered.
pub const OTHER_HANDLE: Entitlement = handle(2, 1);
/// For whom [`NURSE`] acts.
pub const HOSPITAL: Entitlement = Entitlement::Staff(HOSPITAL_ORG);

/// For the hospital, in an emergency.
pub const fn in_emergency(person: u8) -> Entitlement {
	Entitlement::StaffInEmergency { organisation: HOSPITAL_ORG, person: [person; 32] }
}

/// For the hospital, with an answer to a patient.
pub const fn answering(person: u8) -> Entitlement {
	Entitlement::StaffAnswering { organisation: HOSPITAL_ORG, person: [person; 32] }
}

/// What the pot holds at first.
pub const POT: Balance = 1_000_000_000_000;
/// What each account with tokens holds at first.
pub const FORTUNE: Balance = 1_000_000_000_000;

/// The declared weight of every call of the ward.
pub const DECLARED: Weight = Weight::from_parts(50_000_000, 0);
/// What a call of the ward that is not tightening really uses.
pub const ACTUAL: Weight = Weight::from_parts(10_000_000, 0);
/// What it weighs to find out whether a call is free.
pub const CONDITION: Weight = Weight::from_parts(7_000_000, 0);

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(3)]
	pub type SkipFeeless = pallet_skip_feeless_payment;
	#[runtime::pallet_index(4)]
	pub type Sponsorship = pallet_sponsorship;
	#[runtime::pallet_index(5)]
	pub type Ward = ward;
}

/// A pallet whose calls are of every kind.
#[frame_support::pallet(dev_mode)]
pub mod ward {
	use super::{ACTUAL, DECLARED};
	use frame_support::{pallet_prelude::*, traits::UnfilteredDispatchable};
	use frame_system::pallet_prelude::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		type Inner: Parameter + UnfilteredDispatchable<RuntimeOrigin = Self::RuntimeOrigin>;
	}

	/// Doors that stand open, and which their owners may close for nothing.
	#[pallet::storage]
	pub type Open<T: Config> = StorageMap<_, Twox64Concat, T::AccountId, ()>;

	#[pallet::error]
	pub enum Error<T> {
		Stumbled,
		AlreadyClosed,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sponsored; uses less than it declares.
		#[pallet::weight(DECLARED)]
		pub fn visit(origin: OriginFor<T>) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Ok(Some(ACTUAL).into())
		}

		/// Sponsored; fails.
		#[pallet::weight(DECLARED)]
		pub fn stumble(origin: OriginFor<T>) -> DispatchResult {
			ensure_signed(origin)?;
			Err(Error::<T>::Stumbled.into())
		}

		/// Sponsored; tightens, and takes up state.
		#[pallet::weight(DECLARED)]
		pub fn bar(origin: OriginFor<T>) -> DispatchResult {
			ensure_signed(origin)?;
			Ok(())
		}

		/// Sponsored; turns out to be free after the fact.
		#[pallet::weight(DECLARED)]
		pub fn report(origin: OriginFor<T>) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Ok(Pays::No.into())
		}

		/// Not sponsored.
		#[pallet::weight(DECLARED)]
		pub fn open(origin: OriginFor<T>) -> DispatchResult {
			Open::<T>::insert(ensure_signed(origin)?, ());
			Ok(())
		}

		/// Free while the door is open, whatever the reason given.
		#[pallet::weight(DECLARED)]
		#[pallet::feeless_if(|origin: &OriginFor<T>, _reason: &u8| -> bool {
			ensure_signed(origin.clone()).is_ok_and(Open::<T>::contains_key)
		})]
		pub fn close(origin: OriginFor<T>, _reason: u8) -> DispatchResult {
			let who = ensure_signed(origin)?;
			ensure!(Open::<T>::take(who).is_some(), Error::<T>::AlreadyClosed);
			Ok(())
		}

		/// Says that it is free, but the runtime does not know of it.
		#[pallet::weight(DECLARED)]
		#[pallet::feeless_if(|_: &OriginFor<T>| -> bool { true })]
		pub fn smuggle(origin: OriginFor<T>) -> DispatchResult {
			ensure_signed(origin)?;
			Ok(())
		}

		/// Dispatches another call, as a batch or a proxy does.
		#[pallet::weight(DECLARED)]
		pub fn wrap(origin: OriginFor<T>, call: alloc::boxed::Box<T::Inner>) -> DispatchResult {
			call.dispatch_bypass_filter(origin).map(|_| ()).map_err(|e| e.error)
		}
	}
}

parameter_types! {
	pub static Now: u64 = 1_000_000;
	pub static Allowed: Balance = 10_000_000_000;
	pub static AllowedPatient: Balance = 30_000_000_000;
	pub static AllowedMember: Balance = 5_000_000_000;
	pub static AllowedCohort: Balance = 60_000_000_000;
	pub static AllowedTogether: Balance = 100_000_000_000;
	pub static AllowedEmergency: Balance = 4_000_000_000;
	pub static AllowedEmergencies: Balance = 20_000_000_000;
	pub static AllowedAnswer: Balance = 30_000_000_000;
	pub static AllowedAnswers: Balance = 90_000_000_000;
	pub static ReservedPatient: Balance = 5_000_000_000;
	pub static ReservedMember: Balance = 1_000;
	pub static Filtered: bool = false;
	pub static Unnamed: Vec<AccountId> = Vec::new();
	/// What the filter did look up for [`ward::Call::wrap`].
	pub static FilterTook: Weight = Weight::zero();
	pub const Pot: PalletId = PalletId(*b"sal/pot_");
	pub const Priority: u64 = 1 << 62;
}

/// Sets the clock, in seconds.
pub fn set_now(secs: u64) {
	Now::set(secs);
}

pub struct Clock;
impl UnixTime for Clock {
	fn now() -> core::time::Duration {
		core::time::Duration::from_secs(Now::get())
	}
}

/// Refuses to close doors while [`Filtered`] is set.
pub struct Filter;
impl Contains<RuntimeCall> for Filter {
	fn contains(call: &RuntimeCall) -> bool {
		!(Filtered::get() && matches!(call, RuntimeCall::Ward(ward::Call::close { .. })))
	}
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
	type BaseCallFilter = Filter;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

impl pallet_transaction_payment::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = SponsoredFees<FungibleAdapter<Balances, ()>>;
	type OperationalFeeMultiplier = frame_support::traits::ConstU8<5>;
	type WeightToFee = IdentityFee<Balance>;
	type LengthToFee = FixedFee<0, Balance>;
	type FeeMultiplierUpdate = ();
	type WeightInfo = ();
}

impl pallet_skip_feeless_payment::Config for Test {
	type RuntimeEvent = RuntimeEvent;
}

parameter_types! {
	/// Who acts for whom.
	pub static Entitled: Vec<(AccountId, Entitlement)> = Vec::new();
}

/// Who acts for whom from the beginning.
fn entitled() -> Vec<(AccountId, Entitlement)> {
	vec![(PATIENT, HANDLE), (NURSE, HOSPITAL), (RICH_PATIENT, OTHER_HANDLE)]
}

pub struct Books;
impl Budgeting<AccountId, RuntimeCall> for Books {
	fn entitlement(who: &AccountId, call: &RuntimeCall) -> Option<Entitlement> {
		let (_, found) = Entitled::get().into_iter().find(|(other, _)| other == who)?;
		Some(match found {
			Entitlement::Patient { patient, party, .. } => {
				let tightens = matches!(call, RuntimeCall::Ward(ward::Call::bar {}));
				Entitlement::Patient { patient, party, tightens }
			},
			other => other,
		})
	}
}

pub struct Sponsored;
impl Contains<RuntimeCall> for Sponsored {
	fn contains(call: &RuntimeCall) -> bool {
		// `close` is here by mistake: it has a condition, and must not be sponsored all the same.
		matches!(
			call,
			RuntimeCall::Ward(
				ward::Call::visit {}
					| ward::Call::stumble {}
					| ward::Call::bar {}
					| ward::Call::report {}
					| ward::Call::close { .. }
			)
		)
	}
}

pub struct Conditions;
impl FreeCallConditions<RuntimeCall> for Conditions {
	fn condition_weight(call: &RuntimeCall) -> Option<Weight> {
		matches!(call, RuntimeCall::Ward(ward::Call::close { .. })).then_some(CONDITION)
	}
}

/// What it costs at most to find out whether somebody may sign [`ward::Call::report`].
pub const SIGNATURE: Weight = Weight::from_parts(3_000, 0);
/// What it costs for everybody here.
pub const LOOKED_UP: Weight = Weight::from_parts(1_000, 0);

/// What the filter looks up at most for [`ward::Call::wrap`].
pub const FILTER: Weight = Weight::from_parts(5_000, 0);

pub struct Signatures;
impl SignedCalls<AccountId, RuntimeCall> for Signatures {
	fn look_up(who: &AccountId, call: &RuntimeCall) -> Option<Weight> {
		match call {
			RuntimeCall::Ward(ward::Call::report {}) => {
				(!Unnamed::get().contains(who)).then_some(LOOKED_UP)
			},
			_ => Some(Weight::zero()),
		}
	}

	fn weight(call: &RuntimeCall) -> Weight {
		match call {
			RuntimeCall::Ward(ward::Call::report {}) => SIGNATURE,
			_ => Weight::zero(),
		}
	}

	fn filter_weight(call: &RuntimeCall) -> Weight {
		match call {
			RuntimeCall::Ward(ward::Call::wrap { .. }) => FILTER,
			_ => Weight::zero(),
		}
	}

	fn filtered(call: &RuntimeCall) -> Weight {
		match call {
			RuntimeCall::Ward(ward::Call::wrap { .. }) => FilterTook::get(),
			_ => Weight::zero(),
		}
	}
}

impl pallet_sponsorship::Config for Test {
	type Currency = Balances;
	type Time = Clock;
	type PotId = Pot;
	type AllowancePerDay = Allowed;
	type KeyAllowancePerDay = Allowed;
	type MemberAllowancePerDay = AllowedMember;
	type PatientAllowancePerDay = AllowedPatient;
	type DaysToFullAllowance = frame_support::traits::ConstU32<10>;
	type CohortAllowancePerDay = AllowedCohort;
	type OrganisationAllowancePerDay = AllowedTogether;
	type EmergencyAllowancePerDay = AllowedEmergency;
	type OrganisationEmergenciesPerDay = AllowedEmergencies;
	type AnswerAllowancePerDay = AllowedAnswer;
	type OrganisationAnswersPerDay = AllowedAnswers;
	type PatientReserve = ReservedPatient;
	type MemberReserve = ReservedMember;
	type Budgeting = Books;
	type SponsoredCalls = Sponsored;
	type FreeCallConditions = Conditions;
	type SignedCalls = Signatures;
	type FreeCallPriority = Priority;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId, RuntimeCall> for Helper {
	fn sponsored_staff() -> (AccountId, RuntimeCall) {
		(NURSE, ward::Call::visit {}.into())
	}

	fn sponsored_patient() -> (AccountId, RuntimeCall) {
		(PATIENT, ward::Call::bar {}.into())
	}
}

impl ward::Config for Test {
	type Inner = RuntimeCall;
}

/// The genesis that every test starts from.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: vec![(Sponsorship::pot(), POT), (RICH_PATIENT, FORTUNE), (RICH, FORTUNE)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		Entitled::set(entitled());
		for (who, _) in entitled() {
			Sponsorship::welcome(&who).unwrap();
		}
		// Events are kept from the first block on.
		System::set_block_number(1);
	});
	ext
}

/// Lets `who` act for somebody, welcomed.
pub fn entitle(who: AccountId, entitlement: Entitlement) {
	Sponsorship::welcome(&who).unwrap();
	dismiss(who);
	Entitled::mutate(|entitled| entitled.push((who, entitlement)));
}

/// Lets `who` act for nobody any more.
pub fn dismiss(who: AccountId) {
	Entitled::mutate(|entitled| entitled.retain(|(other, _)| *other != who));
}

/// Runs `test`, and checks afterwards what must always hold.
pub fn build_and_execute(test: impl FnOnce()) {
	set_now(1_000_000);
	Allowed::set(10_000_000_000);
	AllowedPatient::set(30_000_000_000);
	AllowedMember::set(5_000_000_000);
	AllowedCohort::set(60_000_000_000);
	AllowedTogether::set(100_000_000_000);
	AllowedEmergency::set(4_000_000_000);
	AllowedEmergencies::set(20_000_000_000);
	AllowedAnswer::set(30_000_000_000);
	AllowedAnswers::set(90_000_000_000);
	ReservedPatient::set(5_000_000_000);
	ReservedMember::set(1_000);
	Filtered::set(false);
	Unnamed::set(Vec::new());
	FilterTook::set(Weight::zero());
	new_test_ext().execute_with(|| {
		test();
		Sponsorship::do_try_state().unwrap();
	});
}

fn extension(who: AccountId, tip: Balance) -> TxExtension {
	(
		frame_system::CheckNonce::from(System::account_nonce(who)),
		frame_system::CheckWeight::new(),
		ChargeTransactionPayment::from(tip).into(),
	)
}

fn info(ext: &TxExtension, call: &RuntimeCall) -> frame_support::dispatch::DispatchInfo {
	let mut info = call.get_dispatch_info();
	info.extension_weight = ext.weight(call);
	info
}

/// What `call` of `who` costs before dispatch, with a tip of nothing.
pub fn fee_of(who: AccountId, call: impl Into<RuntimeCall>) -> Balance {
	let call = call.into();
	TransactionPayment::compute_fee(10, &info(&extension(who, 0), &call), 0)
}

/// What the pool thinks of `call`, signed by `who`.
pub fn validate(who: AccountId, call: impl Into<RuntimeCall>, tip: Balance) -> TransactionValidity {
	let call = call.into();
	let ext = extension(who, tip);
	ext.validate_only(
		RuntimeOrigin::signed(who),
		&call,
		&info(&ext, &call),
		10,
		TransactionSource::External,
		0,
	)
	.map(|(validity, ..): (ValidTransaction, _, _)| validity)
}

/// Sends `call`, signed by `who`, through the extensions: validate, prepare, dispatch, settle.
pub fn send(
	who: AccountId,
	call: impl Into<RuntimeCall>,
	tip: Balance,
) -> Result<DispatchResultWithInfo<PostDispatchInfo>, TransactionValidityError> {
	let call = call.into();
	let ext = extension(who, tip);
	let info = info(&ext, &call);
	ext.dispatch_transaction(RuntimeOrigin::signed(who), call, &info, 10, 0)
}

/// The fees that the pot has paid so far, from the events.
pub fn sponsored() -> Vec<(AccountId, Balance)> {
	System::read_events_for_pallet::<crate::Event<Test>>()
		.into_iter()
		.filter_map(|event| match event {
			crate::Event::FeeSponsored { who, payer, fee } => {
				assert_eq!(payer, Sponsorship::pot());
				Some((who, fee))
			},
			_ => None,
		})
		.collect()
}
