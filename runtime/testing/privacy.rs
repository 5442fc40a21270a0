//! The PHI firewall: no type of a health pallet can hold free text.

use crate::{
	common::calls::metadata,
	runtime::{policy::filter::CallFilter, AccountId, RuntimeCall},
};
use codec::{DecodeAll, Encode};
use frame_metadata::{v14::StorageEntryType, v15::PalletMetadata};
use frame_support::traits::Contains;
use scale_info::{form::PortableForm, PortableRegistry, TypeDef, TypeDefPrimitive};
use sp_runtime::MultiAddress;
use std::collections::{BTreeMap, BTreeSet};

/// The pallets into which what concerns patients goes.
const HEALTH: [&str; 12] = [
	"Registry",
	"PatientIdentity",
	"Consent",
	"RecordAnchor",
	"Claims",
	"Care",
	"Emergency",
	"AccessLog",
	"Acknowledgement",
	"Sealed",
	"Research",
	"Sponsorship",
];

/// Types that bound the sequence inside them.
fn is_bounded(path: &[String]) -> bool {
	// The adjudication's own bounded vector: it knows nothing of FRAME.
	let own = ["salus_claims_adjudication", "types", "list", "List"];
	path == own
		|| matches!(
			path.last().map(String::as_str),
			Some("BoundedVec" | "WeakBoundedVec" | "BoundedBTreeMap" | "BoundedBTreeSet")
		)
}

/// Finds in the type `id` everything that could carry free text or grow without bound.
struct Walk<'a> {
	types: &'a PortableRegistry,
	seen: BTreeSet<(u32, bool)>,
	found: Vec<String>,
	/// Every field that was passed: the name of its type where it stands, and the type.
	passed: Vec<(String, u32)>,
}

impl<'a> Walk<'a> {
	fn new(types: &'a PortableRegistry) -> Self {
		Self { types, seen: BTreeSet::new(), found: Vec::new(), passed: Vec::new() }
	}

	fn visit(&mut self, id: u32, bounded: bool, at: &str) {
		if !self.seen.insert((id, bounded)) {
			return;
		}
		let ty = self.types.resolve(id).expect("known").clone();
		match &ty.type_def {
			TypeDef::Primitive(TypeDefPrimitive::Str) => self.found.push(format!("{at}: a string")),
			TypeDef::Primitive(_) => {},
			TypeDef::Sequence(sequence) => {
				let item = sequence.type_param.id;
				if self.is_byte(item) {
					self.found.push(format!("{at}: bytes of variable length"));
				} else if !bounded {
					self.found.push(format!("{at}: a sequence without bound"));
				}
				self.visit(item, false, at);
			},
			TypeDef::Array(array) => self.visit(array.type_param.id, false, at),
			TypeDef::Compact(compact) => self.visit(compact.type_param.id, false, at),
			TypeDef::Tuple(tuple) => {
				for field in &tuple.fields {
					self.visit(field.id, false, at);
				}
			},
			TypeDef::Composite(composite) => {
				let bounds = is_bounded(&ty.path.segments);
				self.fields(&composite.fields, bounds, at);
			},
			TypeDef::Variant(variant) => {
				for variant in &variant.variants {
					self.fields(&variant.fields, false, &format!("{at}::{}", variant.name));
				}
			},
			TypeDef::BitSequence(_) => self.found.push(format!("{at}: bits of variable length")),
		}
	}

	fn fields(&mut self, fields: &[scale_info::Field<PortableForm>], bounds: bool, at: &str) {
		for field in fields {
			let name = field.name.as_deref().unwrap_or("_");
			self.passed.push((field.type_name.clone().unwrap_or_default(), field.ty.id));
			self.visit(field.ty.id, bounds, &format!("{at}.{name}"));
		}
	}

	fn is_byte(&self, id: u32) -> bool {
		matches!(
			self.types.resolve(id).map(|ty| &ty.type_def),
			Some(TypeDef::Primitive(TypeDefPrimitive::U8 | TypeDefPrimitive::I8))
		)
	}
}

/// From where everything is reached that a pallet takes, says and keeps: the types of its calls,
/// events, errors, constants and storage.
fn roots(pallet: &PalletMetadata<PortableForm>) -> Vec<(u32, String)> {
	let mut roots = Vec::new();
	roots.extend(pallet.calls.iter().map(|calls| (calls.ty.id, "call".to_string())));
	roots.extend(pallet.event.iter().map(|event| (event.ty.id, "event".to_string())));
	roots.extend(pallet.error.iter().map(|error| (error.ty.id, "error".to_string())));
	for constant in &pallet.constants {
		roots.push((constant.ty.id, format!("constant {}", constant.name)));
	}
	for entry in pallet.storage.iter().flat_map(|storage| &storage.entries) {
		let at = format!("storage {}", entry.name);
		match &entry.ty {
			StorageEntryType::Plain(value) => roots.push((value.id, at)),
			StorageEntryType::Map { key, value, .. } => {
				roots.push((key.id, format!("{at} key")));
				roots.push((value.id, at));
			},
		}
	}
	roots
}

#[test]
fn no_health_pallet_can_hold_free_text() {
	let metadata = metadata();
	let mut visited = 0;
	let mut found = Vec::new();
	for pallet in metadata.pallets.iter().filter(|pallet| HEALTH.contains(&pallet.name.as_str())) {
		visited += 1;
		for (id, at) in roots(pallet) {
			let mut walk = Walk::new(&metadata.types);
			walk.visit(id, false, &format!("{} {at}", pallet.name));
			found.extend(walk.found);
		}
	}
	assert_eq!(visited, HEALTH.len(), "every health pallet is in the metadata");
	assert!(found.is_empty(), "could hold free text or grow without bound:\n{}", found.join("\n"));
}

/// The walk itself must find what it looks for.
#[test]
fn the_walk_finds_bytes_strings_and_unbounded_sequences() {
	use frame_support::{traits::ConstU32, BoundedVec};
	use scale_info::{MetaType, Registry};

	fn findings<T: scale_info::TypeInfo + 'static>() -> usize {
		let mut registry = Registry::new();
		let id = registry.register_type(&MetaType::new::<T>()).id;
		let types = PortableRegistry::from(registry);
		let mut walk = Walk::new(&types);
		walk.visit(id, false, "probe");
		walk.found.len()
	}
	assert_eq!(findings::<Vec<u8>>(), 1);
	assert_eq!(findings::<String>(), 1);
	assert_eq!(findings::<BoundedVec<u8, ConstU32<8>>>(), 1);
	assert_eq!(findings::<Option<(u32, BoundedVec<u8, ConstU32<8>>)>>(), 1);
	assert_eq!(findings::<Vec<u32>>(), 1);
	assert_eq!(findings::<BoundedVec<u32, ConstU32<8>>>(), 0);
	assert_eq!(findings::<BoundedVec<Vec<u32>, ConstU32<8>>>(), 1);
	assert_eq!(findings::<([u8; 32], sp_core::H256, u64)>(), 0);
}

/// D13: nothing that claims keep or say can name a patient's handle, and nothing of the handles can
/// name a coverage. A handle is an `H256`, so whatever has 32 bytes must be a commitment by name.
#[test]
fn no_field_links_a_coverage_to_a_handle() {
	let metadata = metadata();
	let hash = |id: u32| {
		metadata.types.resolve(id).is_some_and(|ty| {
			ty.path.segments.last().is_some_and(|name| name == "H256")
				|| matches!(&ty.type_def, TypeDef::Array(array) if array.len == 32)
		})
	};
	let fields_of = |name: &str| {
		let pallet = metadata.pallets.iter().find(|found| found.name == name).expect("there");
		let mut walk = Walk::new(&metadata.types);
		for (id, at) in roots(pallet) {
			walk.visit(id, false, &at);
			walk.passed.push((at, id));
		}
		walk.passed
	};

	let claims = fields_of("Claims");
	let hashes: BTreeSet<_> = claims
		.iter()
		.filter(|(name, id)| hash(*id) && !name.starts_with("[u8"))
		.map(|(name, _)| name.as_str())
		.collect();
	assert_eq!(hashes, BTreeSet::from(["Commitment", "storage ServiceLines key"]));
	for pallet in ["PatientIdentity", "Consent", "RecordAnchor"] {
		for (name, _) in fields_of(pallet) {
			assert!(
				!["Coverage", "Encounter", "Claim"].iter().any(|word| name.contains(word)),
				"{pallet} has a {name}"
			);
		}
	}
	// The search finds what it looks for.
	let handles = fields_of("Consent");
	assert!(handles.iter().any(|(name, id)| hash(*id) && name == "PatientId"), "{handles:?}");
}

/// What sealed directives are about never stands on the chain: nothing that the pallet takes, says or keeps can name an
/// organisation, a role, a label, a class, a purpose or an action; and no account but the one that signed.
#[test]
fn no_field_of_sealed_directives_can_say_what_they_say() {
	const SAY: [&str; 11] = [
		"OrgId",
		"Role",
		"RoleSet",
		"LabelSet",
		"DataClassSet",
		"PurposeSet",
		"ActionSet",
		"Scope",
		"Grantee",
		"Opening",
		"SealedContent",
	];
	let metadata = metadata();
	let found = |name: &str| {
		let pallet = metadata.pallets.iter().find(|found| found.name == name).expect("there");
		let mut walk = Walk::new(&metadata.types);
		for (id, at) in roots(pallet) {
			walk.visit(id, false, &at);
		}
		let mut said = BTreeSet::new();
		for (name, id) in walk.passed {
			let ident = metadata.types.resolve(id).and_then(|ty| ty.path.ident());
			said.extend(ident);
			let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_string);
			said.extend(words.filter(|word| !word.is_empty()));
		}
		said
	};
	let sealed = found("Sealed");
	assert!(sealed.contains("Commitment") && sealed.contains("PatientId"), "{sealed:?}");
	for word in SAY {
		assert!(!sealed.contains(word), "a sealed directive has a {word} on the chain");
	}
	// The search finds what it looks for.
	let plain = found("Consent");
	for word in ["OrgId", "LabelSet", "DataClassSet", "PurposeSet", "ActionSet", "Scope"] {
		assert!(plain.contains(word), "{word}: {plain:?}");
	}
}

/// How many arguments of a call name an account, for each call that has any, as `Pallet.call`.
fn named_accounts() -> BTreeMap<String, usize> {
	let metadata = metadata();
	let resolve = |id: u32| metadata.types.resolve(id).expect("known");
	let is_address = |id: u32| resolve(id).path.ident().as_deref() == Some("MultiAddress");
	let mut found = BTreeMap::new();
	for pallet in &metadata.pallets {
		let Some(calls) = &pallet.calls else { continue };
		let TypeDef::Variant(calls) = &resolve(calls.ty.id).type_def else { panic!("no calls") };
		for call in &calls.variants {
			let count = call.fields.iter().filter(|field| is_address(field.ty.id)).count();
			if count > 0 {
				found.insert(format!("{}.{}", pallet.name, call.name), count);
			}
		}
	}
	found
}

#[test]
fn an_account_is_named_by_its_id_and_not_by_bytes_of_any_length() {
	const WORDS: &[u8] = b"words about somebody";
	let expected = named_accounts();
	assert!(expected.len() > 40, "{expected:?}");
	// What a call is with an account of zeros, and what it is with words in that place.
	let id = MultiAddress::<AccountId, ()>::Id([0; 32].into()).encode();
	let raw = MultiAddress::<AccountId, ()>::Raw(WORDS.to_vec()).encode();
	let mut found = BTreeMap::new();
	for (name, call) in crate::common::every_call() {
		let bytes = call.encode();
		let places = bytes.windows(id.len()).enumerate().filter(|(_, window)| *window == id);
		for (at, _) in places {
			let changed = [&bytes[..at], &raw, &bytes[at + id.len()..]].concat();
			let Ok(call) = RuntimeCall::decode_all(&mut &changed[..]) else { continue };
			if !format!("{call:?}").contains("Raw([119, 111") {
				continue;
			}
			*found.entry(name.clone()).or_default() += 1;
			sp_io::TestExternalities::new_empty()
				.execute_with(|| assert!(!CallFilter::contains(&call), "{call:?}"));
		}
	}
	assert_eq!(found, expected, "not every place was tried");
}
