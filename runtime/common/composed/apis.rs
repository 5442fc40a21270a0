//! The runtime APIs that every chain has: what a node needs to run it, and what front-ends read.
//!
//! All APIs of a runtime must stand in one `impl_runtime_apis!`. So this is a macro, to which a runtime gives the
//! APIs of its consensus.

/// Implements the runtime APIs that are the same for every chain, and with them those that are given.
macro_rules! impl_runtime_apis_with {
	($($of_consensus:tt)*) => {
		use frame_support::{
			genesis_builder_helper::{build_state, get_preset},
			weights::Weight,
		};
		use salus_primitives::{
			Commitment, Moment, OrgId, OrgKind, PatientId, PatientState, Role, RoleSet,
		};
		use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
		use sp_runtime::{
			traits::Block as BlockT,
			transaction_validity::{TransactionSource, TransactionValidity},
			ApplyExtrinsicResult, ExtrinsicInclusionMode,
		};
		use sp_session::OpaqueGeneratedSessionKeys;

		/// The keys of which accesses are not counted in the benchmarks of `pallet`: those that each block has in memory anyway.
		///
		/// Besides those that the SDK leaves out (a block's number, its events, its weight) they are two, each of which is paid for
		/// once in a block, whatever transactions are in it:
		///
		/// - The time. The inherent that sets it in each block reads and writes it, and declares both (its own benchmark
		///   counts them). After it the time is among the changes of the block. What the scheduler dispatches reads it before: then the inherent
		///   finds it read. Of all that read it, one goes to the database, and the inherent has paid for that.
		/// - The hash of the genesis block. Each signed transaction reads it before its call is dispatched (`CheckGenesis`), and what a
		///   transaction takes that does nothing was measured with that. So it has been read for whatever is carried in a transaction: by a proxy, a
		///   batch, a multisignature. What bodies decide is dispatched by the scheduler and by `Enactment`, and is signed by nobody; nor may
		///   Root have anything made as somebody (`Utility.dispatch_as`). All calls that read the hash are signed, so none of them is
		///   among that.
		///
		/// Where the taking of a fee is measured, two more:
		///
		/// - The account of whoever pays. Of a transaction that its signer pays for it is the account whose nonce is checked, and that
		///   declares it. Of one that is sponsored it is the pot, and what is sponsored declares that.
		/// - The account of the treasury, into which all fees go. A block declares it once (`RuntimeBlockWeights`).
		#[cfg(feature = "runtime-benchmarks")]
		pub fn uncounted_keys(pallet: &[u8]) -> Vec<sp_core::storage::TrackedStorageKey> {
			use frame_support::traits::WhitelistedStorageKeys;
			let mut keys = AllPalletsWithSystem::whitelisted_storage_keys();
			if pallet != b"pallet_timestamp" {
				keys.push(pallet_timestamp::Now::<Runtime>::hashed_key().to_vec().into());
			}
			// `CheckGenesis` itself is one of these.
			if pallet != b"frame_system_extensions" {
				let genesis = BlockNumber::default();
				keys.push(frame_system::BlockHash::<Runtime>::hashed_key_for(genesis).into());
			}
			if pallet == b"pallet_transaction_payment" {
				let payer = frame_benchmarking::account::<AccountId>("caller", 0, 0);
				let treasury = crate::configs::governance::TreasuryAccount::get();
				for account in [payer, treasury] {
					keys.push(frame_system::Account::<Runtime>::hashed_key_for(account).into());
				}
			}
			keys
		}

		sp_api::impl_runtime_apis! {
			$($of_consensus)*

			impl sp_api::Core<Block> for Runtime {
				fn version() -> RuntimeVersion {
					VERSION
				}

				fn execute_block(block: <Block as BlockT>::LazyBlock) {
					Executive::execute_block(block);
				}

				fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
					Executive::initialize_block(header)
				}
			}

			impl sp_api::Metadata<Block> for Runtime {
				fn metadata() -> OpaqueMetadata {
					OpaqueMetadata::new(Runtime::metadata().into())
				}

				fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
					Runtime::metadata_at_version(version)
				}

				fn metadata_versions() -> Vec<u32> {
					Runtime::metadata_versions()
				}
			}

			impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
				fn execute_view_function(
					id: frame_support::view_functions::ViewFunctionId,
					input: Vec<u8>,
				) -> Result<Vec<u8>, frame_support::view_functions::ViewFunctionDispatchError> {
					Runtime::execute_view_function(id, input)
				}
			}

			impl sp_block_builder::BlockBuilder<Block> for Runtime {
				fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
					Executive::apply_extrinsic(extrinsic)
				}

				fn finalize_block() -> <Block as BlockT>::Header {
					Executive::finalize_block()
				}

				fn inherent_extrinsics(
					data: sp_inherents::InherentData,
				) -> Vec<<Block as BlockT>::Extrinsic> {
					data.create_extrinsics()
				}

				fn check_inherents(
					block: <Block as BlockT>::LazyBlock,
					data: sp_inherents::InherentData,
				) -> sp_inherents::CheckInherentsResult {
					data.check_extrinsics(&block)
				}
			}

			impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
				fn validate_transaction(
					source: TransactionSource,
					tx: <Block as BlockT>::Extrinsic,
					block_hash: <Block as BlockT>::Hash,
				) -> TransactionValidity {
					Executive::validate_transaction(source, tx, block_hash)
				}
			}

			impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
				fn offchain_worker(header: &<Block as BlockT>::Header) {
					Executive::offchain_worker(header)
				}
			}

			impl sp_session::SessionKeys<Block> for Runtime {
				fn generate_session_keys(
					owner: Vec<u8>,
					seed: Option<Vec<u8>>,
				) -> OpaqueGeneratedSessionKeys {
					SessionKeys::generate(&owner, seed).into()
				}

				fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
					SessionKeys::decode_into_raw_public_keys(&encoded)
				}
			}

			impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
				fn account_nonce(account: AccountId) -> Nonce {
					System::account_nonce(account)
				}
			}

			impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
				for Runtime
			{
				fn query_info(
					uxt: <Block as BlockT>::Extrinsic,
					len: u32,
				) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
					TransactionPayment::query_info(uxt, len)
				}

				fn query_fee_details(
					uxt: <Block as BlockT>::Extrinsic,
					len: u32,
				) -> pallet_transaction_payment::FeeDetails<Balance> {
					TransactionPayment::query_fee_details(uxt, len)
				}

				fn query_weight_to_fee(weight: Weight) -> Balance {
					TransactionPayment::weight_to_fee(weight)
				}

				fn query_length_to_fee(length: u32) -> Balance {
					TransactionPayment::length_to_fee(length)
				}
			}

			impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<
				Block,
				Balance,
				RuntimeCall,
			> for Runtime
			{
				fn query_call_info(
					call: RuntimeCall,
					len: u32,
				) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
					TransactionPayment::query_call_info(call, len)
				}

				fn query_call_fee_details(
					call: RuntimeCall,
					len: u32,
				) -> pallet_transaction_payment::FeeDetails<Balance> {
					TransactionPayment::query_call_fee_details(call, len)
				}

				fn query_weight_to_fee(weight: Weight) -> Balance {
					TransactionPayment::weight_to_fee(weight)
				}

				fn query_length_to_fee(length: u32) -> Balance {
					TransactionPayment::length_to_fee(length)
				}
			}

			impl pallet_registry::RegistryApi<Block, AccountId> for Runtime {
				fn organisation(
					org: OrgId,
				) -> Option<pallet_registry::OrganisationInfo<AccountId>> {
					Registry::organisation_info(org)
				}

				fn administers(admin: AccountId) -> Option<OrgId> {
					Registry::administers(&admin)
				}

				fn was_licensed(
					org: OrgId,
					kind: OrgKind,
					at: Moment,
				) -> Result<bool, pallet_registry::QueryError> {
					Registry::ask_licensed(org, kind, at)
				}

				fn was_affiliated(
					org: OrgId,
					who: AccountId,
					role: Role,
					at: Moment,
				) -> Result<bool, pallet_registry::QueryError> {
					Registry::ask_affiliated(org, &who, role, at)
				}

				fn roles(
					org: OrgId,
					who: AccountId,
					at: Moment,
				) -> Result<RoleSet, pallet_registry::QueryError> {
					Registry::ask_roles(org, &who, at)
				}

				fn registrar(who: AccountId) -> Option<pallet_registry::RegistrarTerm> {
					Registry::registrar_info(&who)
				}

				fn was_flagged(
					org: OrgId,
					at: Moment,
				) -> Result<bool, pallet_registry::QueryError> {
					Registry::ask_flagged(org, at)
				}

				fn refused_times(
					org: OrgId,
					who: Option<AccountId>,
				) -> Vec<salus_primitives::Interval> {
					Registry::ask_refused_times(org, who.as_ref())
				}
			}

			impl pallet_patient_identity::runtime_api::PatientIdentityApi<Block, AccountId> for Runtime {
				fn resolve(
					patient: PatientId,
				) -> Option<pallet_patient_identity::PatientDocument<AccountId>> {
					PatientIdentity::resolve(&patient)
				}

				fn patient_of(account: AccountId) -> Option<PatientId> {
					PatientIdentity::patient_of(&account)
				}

				fn handle_of(first_key: AccountId) -> PatientId {
					PatientIdentity::handle_of(&first_key)
				}

				fn state_at(
					patient: PatientId,
					at: Moment,
				) -> Result<Option<PatientState>, pallet_patient_identity::AsOfError> {
					PatientIdentity::state_at(&patient, at)
				}

				fn agreement_key_at(
					patient: PatientId,
					at: Moment,
				) -> Result<
					Option<pallet_patient_identity::Since<[u8; 32]>>,
					pallet_patient_identity::AsOfError,
				> {
					PatientIdentity::agreement_key_at(&patient, at)
				}
			}

			impl pallet_consent::runtime_api::ConsentApi<Block, AccountId> for Runtime {
				fn decide(
					question: pallet_consent::Question<AccountId>,
				) -> Result<pallet_consent::Verdict, pallet_consent::QuestionError> {
					Consent::decide(&question)
				}

				fn decide_many(
					questions: Vec<pallet_consent::Question<AccountId>>,
				) -> Result<
					Vec<Result<pallet_consent::Verdict, pallet_consent::QuestionError>>,
					pallet_consent::QuestionError,
				> {
					Consent::decide_many(questions)
				}

				fn directives(patient: PatientId) -> Vec<pallet_consent::Numbered<AccountId>> {
					Consent::directives(&patient)
				}

				fn history(
					patient: PatientId,
					page: u32,
				) -> Option<Vec<pallet_consent::Numbered<AccountId>>> {
					Consent::history(&patient, page)
				}

				fn requests(
					patient: PatientId,
				) -> Vec<(pallet_consent::RequestId, pallet_consent::Request<AccountId, ()>)> {
					Consent::requests(&patient)
				}

				fn vetoes(patient: PatientId) -> Vec<pallet_consent::PurposeVeto> {
					Consent::vetoes(&patient)
				}

				fn base_decisions(patient: PatientId) -> Vec<pallet_consent::BaseTerm> {
					Consent::base_decisions(&patient)
				}

				fn pending_lifts(patient: PatientId) -> Vec<pallet_consent::PendingLift> {
					Consent::pending_lifts(&patient)
				}

				fn decide_with(
					question: pallet_consent::Question<AccountId>,
					openings: Vec<(
						salus_primitives::SealedId,
						pallet_consent::Opening<AccountId>,
					)>,
				) -> Result<pallet_consent::Verdict, pallet_consent::QuestionError> {
					Consent::decide_with(&question, &openings)
				}
			}

			impl pallet_sealed::runtime_api::SealedApi<Block> for Runtime {
				fn sealed(
					patient: PatientId,
					at: Moment,
				) -> Result<Vec<pallet_sealed::Numbered>, pallet_sealed::SealedError> {
					Sealed::sealed(&patient, at)
				}

				fn next_sealed(patient: PatientId) -> salus_primitives::SealedId {
					Sealed::next_sealed(&patient)
				}

				fn sealed_directives(patient: PatientId) -> Vec<pallet_sealed::Numbered> {
					Sealed::sealed_directives(&patient)
				}

				fn sealed_history(
					patient: PatientId,
					page: u32,
				) -> Option<Vec<pallet_sealed::Numbered>> {
					Sealed::sealed_history(&patient, page)
				}

				fn pending_sealed_lifts(patient: PatientId) -> Vec<pallet_sealed::PendingLift> {
					Sealed::pending_sealed_lifts(&patient)
				}
			}

			impl pallet_care::runtime_api::CareApi<Block> for Runtime {
				fn care_policy(at: Moment) -> salus_primitives::CarePolicy {
					<Care as salus_primitives::traits::CareRelations>::policy(at)
				}

				fn care_policies() -> Vec<pallet_care::PolicyTerm> {
					Care::policies()
				}

				fn relationship_at(
					patient: PatientId,
					organisation: OrgId,
					at: Moment,
				) -> Option<(salus_primitives::RelationshipId, salus_primitives::Treatment)> {
					<Care as salus_primitives::traits::CareRelations>::relationship(
						&patient,
						organisation,
						at,
					)
				}

				fn relationship(
					id: salus_primitives::RelationshipId,
				) -> Option<(PatientId, pallet_care::RelationshipInfo)> {
					Care::relationship_by_id(id)
				}

				fn relationships(patient: PatientId) -> Vec<pallet_care::RelationshipInfo> {
					Care::relationships(&patient)
				}

				fn invitations(
					patient: PatientId,
				) -> Vec<(pallet_care::InvitationId, pallet_care::Invitation)> {
					Care::invitations(&patient)
				}

				fn opt_outs(patient: PatientId) -> Vec<salus_primitives::OptOut> {
					<Care as salus_primitives::traits::CareRelations>::opt_outs(&patient)
				}

				fn pending_opt_ins(patient: PatientId) -> Vec<pallet_care::PendingOptIn> {
					Care::pending_opt_ins(&patient)
				}

				fn next_word(patient: PatientId, organisation: OrgId) -> Option<u32> {
					Care::next_word(&patient, organisation)
				}
			}

			impl pallet_emergency::runtime_api::EmergencyApi<Block, AccountId> for Runtime {
				fn emergency(
					id: pallet_emergency::EmergencyId,
				) -> Option<pallet_emergency::EmergencyInfo<AccountId>> {
					Emergency::emergency(id)
				}

				fn outcome_at(
					id: pallet_emergency::EmergencyId,
					at: Moment,
				) -> Option<pallet_emergency::Outcome> {
					Emergency::outcome_at(id, at)
				}

				fn emergencies_of_patient(
					patient: PatientId,
					first: u32,
				) -> Vec<pallet_emergency::EmergencyInfo<AccountId>> {
					Emergency::emergencies_of_patient(&patient, first)
				}

				fn emergencies_of_organisation(
					organisation: OrgId,
					first: u32,
				) -> Vec<pallet_emergency::EmergencyInfo<AccountId>> {
					Emergency::emergencies_of_organisation(organisation, first)
				}

				fn standing(organisation: OrgId) -> pallet_emergency::CreditInfo {
					Emergency::standing(organisation)
				}

				fn advance_directives(patient: PatientId) -> Vec<pallet_emergency::AdvanceTerm> {
					Emergency::advance_directives(&patient)
				}

				fn pending_relaxation(
					patient: PatientId,
				) -> Option<pallet_emergency::PendingRelaxation> {
					pallet_emergency::PendingRelaxations::<Runtime>::get(patient)
				}
			}

			impl pallet_access_log::runtime_api::AccessLogApi<Block> for Runtime {
				fn custodian(organisation: OrgId) -> Option<pallet_access_log::Custodian> {
					AccessLog::custodian(organisation)
				}

				fn log_commits(
					organisation: OrgId,
					first: u32,
				) -> Vec<pallet_access_log::CommitInfo> {
					AccessLog::log_commits(organisation, first)
				}

				fn commit_by(
					organisation: OrgId,
					at: Moment,
				) -> Option<pallet_access_log::CommitInfo> {
					AccessLog::commit_by(organisation, at)
				}

				fn was_stale(organisation: OrgId, at: Moment) -> Option<bool> {
					AccessLog::was_stale(organisation, at)
				}

				fn reconciliation(
					one: OrgId,
					other: OrgId,
					day: pallet_access_log::Day,
				) -> pallet_access_log::Reconciliation {
					AccessLog::reconciliation(one, other, day)
				}
			}

			impl pallet_research::runtime_api::ResearchApi<Block, AccountId> for Runtime {
				fn population(
					custodian: OrgId,
				) -> Option<pallet_research::PopulationInfo<AccountId>> {
					Research::population(custodian)
				}

				fn dataset(
					id: pallet_research::DatasetId,
				) -> Option<pallet_research::DatasetInfo> {
					Research::dataset(id)
				}

				fn datasets(
					first: pallet_research::DatasetId,
				) -> Vec<pallet_research::DatasetInfo> {
					Research::datasets(first)
				}

				fn version_at(
					dataset: pallet_research::DatasetId,
					at: Moment,
				) -> Option<pallet_research::VersionInfo> {
					Research::version_at(dataset, at)
				}

				fn study(
					id: pallet_research::StudyId,
				) -> Option<pallet_research::StudyInfo<AccountId>> {
					Research::study(id)
				}

				fn request(
					id: pallet_research::AccessRequestId,
				) -> Option<pallet_research::RequestInfo<AccountId>> {
					Research::request_info(id)
				}

				fn requests(
					first: pallet_research::AccessRequestId,
				) -> Vec<pallet_research::RequestInfo<AccountId>> {
					Research::requests(first)
				}

				fn stage_at(
					id: pallet_research::AccessRequestId,
					at: Moment,
				) -> Option<pallet_research::Stage> {
					Research::stage_at(id, at)
				}

				fn permit(
					id: pallet_research::AccessRequestId,
				) -> Option<pallet_research::PermitInfo> {
					Research::permit(id)
				}

				fn permit_at(
					id: pallet_research::AccessRequestId,
					at: Moment,
				) -> Option<pallet_research::permits::Standing> {
					Research::permit_at(id, at)
				}

				fn lapsed(
					first: pallet_research::AccessRequestId,
				) -> Vec<pallet_research::LapsedPermit> {
					Research::lapsed(first)
				}

				fn match_terms(
					terms: pallet_research::data_use::Offer,
					statement: pallet_research::data_use::Request,
					disease: Option<pallet_research::data_use::DiseaseCode>,
				) -> pallet_research::data_use::Decision {
					Research::match_statement(&terms, &statement, disease)
				}

				fn excluded_by(
					terms: pallet_research::data_use::Offer,
					statement: pallet_research::data_use::Request,
					disease: Option<pallet_research::data_use::DiseaseCode>,
				) -> Option<pallet_research::data_use::Rule> {
					Research::excluded_by(&terms, &statement, disease)
				}

				fn queries(
					custodian: OrgId,
					first: pallet_research::QueryId,
				) -> Vec<pallet_research::QueryInfo> {
					Research::queries(custodian, first)
				}

				fn reserved(
					custodian: OrgId,
					commitment: Commitment,
				) -> Option<pallet_research::QueryInfo> {
					Research::reserved(custodian, commitment)
				}
			}

			impl pallet_acknowledgement::runtime_api::AcknowledgementApi<Block> for Runtime {
				fn revocation(
					patient: PatientId,
					directive: salus_primitives::DirectiveId,
				) -> Option<pallet_acknowledgement::NoticeInfo> {
					Acknowledgement::revocation(&patient, directive)
				}

				fn tally(organisation: OrgId) -> pallet_acknowledgement::Tally {
					Acknowledgement::tally(organisation)
				}
			}

			impl pallet_record_anchor::runtime_api::RecordAnchorApi<Block> for Runtime {
				fn slot(author: OrgId, seq: pallet_record_anchor::Seq) -> pallet_record_anchor::SlotState {
					RecordAnchor::slot(author, seq)
				}

				fn anchor(
					author: OrgId,
					seq: pallet_record_anchor::Seq,
				) -> Option<pallet_record_anchor::AnchorInfo> {
					RecordAnchor::anchor_info(author, seq)
				}

				fn lineage(
					author: OrgId,
					seq: pallet_record_anchor::Seq,
				) -> Vec<pallet_record_anchor::LineageEntry> {
					RecordAnchor::lineage(author, seq)
				}

				fn verify(
					author: OrgId,
					seq: pallet_record_anchor::Seq,
					commitment: Commitment,
					proof: Option<pallet_record_anchor::MerkleProof>,
					at: Option<Moment>,
				) -> Result<pallet_record_anchor::Verification, pallet_record_anchor::VerifyError> {
					RecordAnchor::verify(author, seq, commitment, proof, at)
				}
			}

			impl pallet_claims::runtime_api::ClaimsApi<Block, AccountId, AssetId> for Runtime {
				fn plan(
					plan: pallet_claims::PlanId,
					version: u32,
				) -> Option<pallet_claims::Terms<AssetId>> {
					pallet_claims::PlanVersions::<Runtime>::get(plan, version)
				}

				fn coverage_of(member: AccountId) -> Option<pallet_claims::CoverageId> {
					pallet_claims::MemberKeys::<Runtime>::get(member)
				}

				fn eligibility(
					coverage: pallet_claims::CoverageId,
					at: Option<Moment>,
				) -> Result<pallet_claims::Eligibility<AccountId>, pallet_claims::QueryError> {
					Claims::eligibility(coverage, at)
				}

				fn estimate(
					coverage: pallet_claims::CoverageId,
					lines: Vec<salus_claims_adjudication::ClaimLine>,
				) -> Result<salus_claims_adjudication::Adjudication, pallet_claims::QueryError> {
					Claims::estimate(coverage, lines)
				}

				fn encounter(
					encounter: pallet_claims::EncounterId,
				) -> Option<pallet_claims::Encounter> {
					pallet_claims::Encounters::<Runtime>::get(encounter)
				}

				fn explanation(claim: pallet_claims::ClaimId) -> Option<pallet_claims::Explanation> {
					Claims::explanation(claim)
				}

				fn claims_of(
					coverage: pallet_claims::CoverageId,
					after: Option<pallet_claims::ClaimId>,
				) -> Vec<pallet_claims::ClaimId> {
					Claims::claims_of(coverage, after)
				}

				fn waiting(payer: OrgId, asset: AssetId) -> (u64, Vec<pallet_claims::ClaimId>) {
					Claims::waiting(payer, asset)
				}

				fn settlement_account(org: OrgId) -> AccountId {
					Claims::settlement_account(org)
				}
			}

			impl pallet_sponsorship::runtime_api::SponsorshipApi<Block, AccountId, RuntimeCall, Balance>
				for Runtime
			{
				fn quote(
					who: AccountId,
					call: RuntimeCall,
					fee: Balance,
				) -> Result<pallet_sponsorship::Quote<AccountId, Balance>, pallet_sponsorship::Refusal> {
					Sponsorship::quote(who, call, fee)
				}

				fn allowance(who: AccountId) -> Option<pallet_sponsorship::AllowanceState<Balance>> {
					Sponsorship::allowance(&who)
				}
			}

			impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
				fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
					build_state::<RuntimeGenesisConfig>(config)
				}

				fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
					get_preset::<RuntimeGenesisConfig>(id, genesis_config_presets::get_preset)
				}

				fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
					genesis_config_presets::preset_names()
				}
			}

			#[cfg(feature = "runtime-benchmarks")]
			impl frame_benchmarking::Benchmark<Block> for Runtime {
				fn benchmark_metadata(extra: bool) -> (
					Vec<frame_benchmarking::BenchmarkList>,
					Vec<frame_support::traits::StorageInfo>,
				) {
					use frame_benchmarking::BenchmarkList;
					use frame_support::traits::StorageInfoTrait;

					let mut list = Vec::<BenchmarkList>::new();
					list_benchmarks!(list, extra);
					(list, AllPalletsWithSystem::storage_info())
				}

				#[allow(non_local_definitions)]
				fn dispatch_benchmark(
					config: frame_benchmarking::BenchmarkConfig,
				) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
					use frame_benchmarking::BenchmarkBatch;

					impl frame_system_benchmarking::Config for Runtime {}
					impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

					let whitelist = uncounted_keys(&config.pallet);
					let mut batches = Vec::<BenchmarkBatch>::new();
					let params = (&config, &whitelist);
					add_benchmarks!(params, batches);
					Ok(batches)
				}
			}

			#[cfg(feature = "try-runtime")]
			impl frame_try_runtime::TryRuntime<Block> for Runtime {
				fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
					// A failure here is a failed rehearsal, never a block.
					#[allow(clippy::unwrap_used)]
					let weight = Executive::try_runtime_upgrade(checks).unwrap();
					(weight, configs::system::RuntimeBlockWeights::get().max_block)
				}

				fn execute_block(
					block: <Block as BlockT>::LazyBlock,
					state_root_check: bool,
					signature_check: bool,
					select: frame_try_runtime::TryStateSelect,
				) -> Weight {
					#[allow(clippy::expect_used)]
					Executive::try_execute_block(block, state_root_check, signature_check, select)
						.expect("the block executes in a rehearsal")
				}
			}
		}
	};
}
