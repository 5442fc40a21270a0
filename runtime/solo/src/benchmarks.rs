//! The benchmarks that `frame-omni-bencher` finds in the runtime's wasm.

frame_benchmarking::define_benchmarks!(
	[frame_system, frame_system_benchmarking::Pallet::<Runtime>]
	[frame_system_extensions, frame_system_benchmarking::extensions::Pallet::<Runtime>]
	[pallet_balances, Balances]
	[pallet_timestamp, Timestamp]
	[pallet_transaction_payment, TransactionPayment]
	[pallet_registry, Registry]
	[pallet_patient_identity, PatientIdentity]
	[pallet_consent, Consent]
	[pallet_record_anchor, RecordAnchor]
	[pallet_claims, Claims]
	[pallet_care, Care]
	[pallet_emergency, Emergency]
	[pallet_access_log, AccessLog]
	[pallet_acknowledgement, Acknowledgement]
	[pallet_sealed, Sealed]
	[pallet_research, Research]
	[pallet_sponsorship, Sponsorship]
	[pallet_enactment, Enactment]
	[pallet_validator_set, ValidatorSet]
	[consensus, ConsensusBench::<Runtime>]
);
