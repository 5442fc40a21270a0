//! Keys in a token, against SoftHSM 2 (Debian: `apt-get install softhsm2`). Without it these tests say so and do nothing.

mod common;

use common::{
	configured, decoded, doctor, node::Node, others, research, result, secret, start, start_in,
	world, Running, CLINIC, CUSTODIAN, PATIENT,
};
use cryptoki::{
	context::{CInitializeArgs, CInitializeFlags, Pkcs11},
	mechanism::Mechanism,
	object::{Attribute, AttributeType, ObjectHandle},
	session::{Session, UserType},
	slot::Slot,
	types::AuthPin,
};
use ed25519_zebra::{Signature, VerificationKey};
use p384::ecdsa::signature::Verifier;
use salus_gateway::keys::{
	pkcs11::{is_pin_refused, TokenFault},
	Ed25519, KeyFault, KeyPlace, P384,
};
use serde_json::json;
use std::{
	fs,
	path::{Path, PathBuf},
	process::Command,
	sync::OnceLock,
};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

const PIN: &str = "4711 0815";
const MODULES: [&str; 5] = [
	"/usr/lib/softhsm/libsofthsm2.so",
	"/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
	"/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
	"/usr/lib64/softhsm/libsofthsm2.so",
	"/usr/lib64/pkcs11/libsofthsm2.so",
];
const EDWARDS: &[u8] = b"\x13\x0cedwards25519";
const SECP384R1: &[u8] = b"\x06\x05\x2b\x81\x04\x00\x22";
const SECP256R1: &[u8] = b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07";

/// A module is the whole process's, and so are its logins: one test at a time.
static ALONE: Mutex<()> = Mutex::const_new(());
static PLACE: OnceLock<Option<(PathBuf, TempDir)>> = OnceLock::new();

/// A token of SoftHSM, with the label of a test.
struct Token {
	context: Pkcs11,
	module: PathBuf,
	folder: PathBuf,
	label: String,
	_alone: MutexGuard<'static, ()>,
}

fn place() -> Option<&'static (PathBuf, TempDir)> {
	let found = PLACE.get_or_init(|| {
		let module = MODULES.iter().map(PathBuf::from).find(|module| module.exists())?;
		let folder = tempfile::tempdir().unwrap();
		let tokens = folder.path().join("tokens");
		fs::create_dir(&tokens).unwrap();
		let file = folder.path().join("softhsm2.conf");
		let text = format!(
			"directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
			tokens.display()
		);
		fs::write(&file, text).unwrap();
		std::env::set_var("SOFTHSM2_CONF", &file);
		Some((module, folder))
	});
	if found.is_none() {
		eprintln!("skipped: there is no SoftHSM 2 (apt-get install softhsm2)");
	}
	found.as_ref()
}

fn initialise(context: &Pkcs11) {
	context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
}

impl Token {
	/// None if there is no SoftHSM.
	async fn new(label: &str) -> Option<Self> {
		let (module, folder) = place()?;
		let alone = ALONE.lock().await;
		let context = Pkcs11::new(module).unwrap();
		// Initialised before by another test, or by what is tested.
		let _ = context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
		let is_free = |slot: &Slot| !context.get_token_info(*slot).unwrap().token_initialized();
		let slot = context.get_all_slots().unwrap().into_iter().find(is_free).unwrap();
		let officer = AuthPin::from("the officer's");
		context.init_token(slot, &officer, label).unwrap();
		// It gets another number.
		let is_ours = |slot: &Slot| context.get_token_info(*slot).unwrap().label() == label;
		let slot = context.get_all_slots().unwrap().into_iter().find(is_ours).unwrap();
		let session = context.open_rw_session(slot).unwrap();
		session.login(UserType::So, Some(&officer)).unwrap();
		session.init_pin(&AuthPin::from(PIN)).unwrap();
		drop(session);
		let folder = folder.path().to_owned();
		secret(&folder.join("pin"), &format!("{PIN}\n"));
		secret(&folder.join("wrong.pin"), "0000");
		Some(Self { context, module: module.clone(), folder, label: label.into(), _alone: alone })
	}

	/// The slots of tokens may have other numbers since the library was begun anew.
	fn slot(&self) -> Slot {
		let is_ours =
			|slot: &Slot| self.context.get_token_info(*slot).unwrap().label() == self.label;
		self.context.get_all_slots().unwrap().into_iter().find(is_ours).unwrap()
	}

	/// While somebody is logged in.
	fn with<T>(&self, work: impl FnOnce(&Session) -> T) -> T {
		let session = self.context.open_rw_session(self.slot()).unwrap();
		let _ = session.login(UserType::User, Some(&AuthPin::from(PIN)));
		work(&session)
	}

	/// Generates a key, with attributes of its private part besides. Its public point.
	fn generate(
		&self,
		mechanism: Mechanism,
		curve: &[u8],
		(label, id): (&str, u8),
		more: &[Attribute],
	) -> Vec<u8> {
		let both =
			[Attribute::Token(true), Attribute::Label(label.into()), Attribute::Id(vec![id])];
		let public = match mechanism {
			Mechanism::RsaPkcsKeyPairGen => Attribute::ModulusBits(2_048_u64.into()),
			_ => Attribute::EcParams(curve.into()),
		};
		let public = [&both[..], &[public, Attribute::Verify(true)]].concat();
		let mut private = [&both[..], &[Attribute::Private(true)], more].concat();
		for usual in
			[Attribute::Sign(true), Attribute::Sensitive(true), Attribute::Extractable(false)]
		{
			let kind = usual.attribute_type();
			if private.iter().all(|there| there.attribute_type() != kind) {
				private.push(usual);
			}
		}
		self.with(|session| {
			let made = session.generate_key_pair(&mechanism, &public, &private).unwrap();
			point(session, made.0)
		})
	}

	fn edwards(&self, label: &str, id: u8, more: &[Attribute]) -> [u8; 32] {
		let point = self.generate(Mechanism::EccEdwardsKeyPairGen, EDWARDS, (label, id), more);
		// A DER octet string.
		assert_eq!(point[..2], [4, 32]);
		point[2..].try_into().unwrap()
	}

	fn uri_with(&self, key: &str, pin: &str) -> String {
		let label = self.label.replace(' ', "%20");
		let (module, folder) = (self.module.display(), self.folder.display());
		format!("pkcs11:token={label};{key}?module-path={module}&pin-source=file:{folder}/{pin}")
	}

	fn uri(&self, key: &str) -> String {
		self.uri_with(key, "pin")
	}

	fn place(&self, key: &str) -> KeyPlace {
		KeyPlace::read(&self.uri(key)).unwrap()
	}

	fn refusal(&self, key: &str) -> TokenFault {
		match Ed25519::open(&self.place(key)).unwrap_err() {
			KeyFault::Token(fault) => fault,
			other => panic!("{other}"),
		}
	}

	/// The module begins anew: no session is one any more. In between something is done with its folder.
	fn anew(&self, between: impl FnOnce(&Path)) {
		self.context.clone().finalize().unwrap();
		between(&self.folder);
		initialise(&self.context);
	}
}

fn point(session: &Session, key: ObjectHandle) -> Vec<u8> {
	let told = session.get_attributes(key, &[AttributeType::EcPoint]).unwrap_or_default();
	told.into_iter()
		.find_map(|it| match it {
			Attribute::EcPoint(point) => Some(point),
			_ => None,
		})
		.unwrap_or_default()
}

/// A gateway's folder, in which a file is named otherwise.
fn named_instead(folder: &Path, file: &str, uri: &str) {
	let configuration = folder.join("gateway.toml");
	let text = fs::read_to_string(&configuration).unwrap();
	let before = folder.join(file).display().to_string();
	assert!(text.contains(&before));
	fs::write(&configuration, text.replace(&before, uri)).unwrap();
	let _ = fs::remove_file(before);
}

/// The program, its exit code, and all that it said.
fn program(command: &str, folder: &Path) -> (Option<i32>, String) {
	let done = Command::new(env!("CARGO_BIN_EXE_salus-gateway"))
		.args([command, &folder.join("gateway.toml").display().to_string()])
		.output()
		.unwrap();
	let text = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
	assert!(!text.contains(PIN), "{text}");
	(done.status.code(), text)
}

async fn hospital_and_clinic(node: &Node, change: impl FnOnce(&Path)) -> (Running, Running) {
	let hospital = start(node, CUSTODIAN, "").await;
	let folder = configured(node, CLINIC, &others(&[(CUSTODIAN, &hospital.faces.outside)]));
	change(folder.path());
	let clinic = start_in(folder).await;
	hospital.link(PATIENT, "p").await;
	hospital.faces.ingest(&result("r0")).await;
	let closed = hospital.faces.post("/outbox", "application/json", "").await.unwrap().json();
	node.anchor(CUSTODIAN, closed["open"][0]["root"].as_str().unwrap().parse().unwrap(), 1);
	hospital.faces.house("/outbox").await;
	(hospital, clinic)
}

async fn fetched(hospital: &Running, clinic: &Running) -> common::Got {
	let order = json!({
		"url": hospital.faces.outside, "custodian": CUSTODIAN, "record": "Observation/r0", "purpose": "Treat",
	});
	clinic.faces.post("/fetch", "application/json", order.to_string()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_is_signed_in_the_token_and_the_chain_takes_it() {
	let Some(token) = Token::new("stewards token").await else { return };
	let account = token.edwards("steward", 2, &[]);
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "key = \"KEY\"\n");
	let file = folder.path().join("gateway.toml");
	let text = fs::read_to_string(&file).unwrap();
	fs::write(&file, text.replace("KEY", &token.uri("object=steward;id=%02;type=private")))
		.unwrap();
	assert_eq!(program("check-config", folder.path()), (Some(0), "no faults\n".into()));
	let running = start_in(folder).await;
	let key = running.gateway.steward.as_ref().unwrap();
	assert_eq!(key.account(), account);
	assert!(!format!("{key:?} {:?}", running.gateway.config).contains(PIN));
	running.link(PATIENT, "p").await;
	running.faces.ingest(&result("r0")).await;
	running.gateway.close_batches().await.unwrap();
	for _ in 0..200 {
		if !node.world().anchors.is_empty() && !node.world().logs.is_empty() {
			break;
		}
		running.gateway.hand_in().await.unwrap();
		node.block();
	}
	// The node has checked the signatures of both, which are of that account.
	assert_eq!((node.world().anchors.len(), node.world().logs.len()), (1, 1));
	assert_eq!(node.world().nonces[&account], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_gateway_answers_requests_that_are_signed_in_the_token() {
	let Some(token) = Token::new("askers").await else { return };
	let account = token.edwards("signer", 1, &[]);
	let node = world().await;
	node.change(|world| assert!(world.members.insert((CLINIC, account))));
	let uri = token.uri("object=signer");
	let (hospital, clinic) =
		hospital_and_clinic(&node, |folder| named_instead(folder, "signing.key", &uri)).await;
	assert_ne!(account, doctor().account());
	let got = fetched(&hospital, &clinic).await;
	assert_eq!(got.status, 200, "{got:?}");
	assert_eq!(decoded(&got.json()["record"]), result("r0").to_string().into_bytes());

	// Many at a time wait for one another.
	let (key, public) =
		(clinic.gateway.signer.as_ref().unwrap(), VerificationKey::try_from(account).unwrap());
	let signed = |text: String| async move { (key.sign(text.as_bytes()).await.unwrap(), text) };
	let eight = tokio::join!(
		signed("0".into()),
		signed("1".into()),
		signed("2".into()),
		signed("x".repeat(10_000)),
	);
	for (signature, text) in [eight.0, eight.1, eight.2, eight.3] {
		public.verify(&Signature::from(signature), text.as_bytes()).unwrap();
	}

	// The sessions are lost: it opens one anew.
	token.anew(|_| {});
	assert_eq!(fetched(&hospital, &clinic).await.status, 200);
	// Somebody logs out, of all of this process.
	token.with(|session| session.logout().unwrap());
	assert_eq!(fetched(&hospital, &clinic).await.status, 200);

	// The token is away: what needs it is refused, and all else goes on.
	let carry = |folder: &Path, from: &str, to: &str| {
		fs::create_dir_all(folder.join(to)).unwrap();
		for each in fs::read_dir(folder.join(from)).unwrap() {
			let each = each.unwrap();
			fs::rename(each.path(), folder.join(to).join(each.file_name())).unwrap();
		}
	};
	token.anew(|folder| carry(folder, "tokens", "away"));
	for _ in 0..2 {
		let got = fetched(&hospital, &clinic).await;
		assert_eq!((got.status, got.code().as_str()), (502, "signing-key-fails"));
		let text = String::from_utf8(got.body).unwrap();
		assert!(text.contains("there is no token labelled"), "{text}");
	}
	assert_eq!(clinic.faces.house("/outbox").await.status, 200);
	// It is there again.
	token.anew(|folder| carry(folder, "away", "tokens"));
	assert_eq!(fetched(&hospital, &clinic).await.status, 200);

	// Another key of the same name is not used.
	token.with(|session| {
		for object in session.find_objects(&[Attribute::Label("signer".into())]).unwrap() {
			session.destroy_object(object).unwrap();
		}
	});
	token.edwards("signer", 1, &[]);
	token.anew(|_| {});
	let got = fetched(&hospital, &clinic).await;
	assert_eq!((got.status, got.code().as_str()), (502, "signing-key-fails"));
	assert!(String::from_utf8(got.body).unwrap().contains("another one than"));
	assert!(!is_pin_refused());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_answers_for_research_is_in_the_token() {
	let Some(token) = Token::new("counts").await else { return };
	let point = token.generate(Mechanism::EccKeyPairGen, SECP384R1, ("counts", 3), &[]);
	let key = P384::open(&token.place("id=%03")).unwrap();
	assert_eq!(key.public().to_encoded_point(false).as_bytes(), &point[2..]);
	let signature = key.sign(b"a reply").await.unwrap();
	let signature = p384::ecdsa::Signature::from_slice(&signature).unwrap();
	key.public().verify(b"a reply", &signature).unwrap();
	// It is no key of an account, and the other way round.
	assert!(matches!(token.refusal("id=%03"), TokenFault::Type(..)));
	token.edwards("steward", 1, &[]);
	let fault = P384::open(&token.place("object=steward")).unwrap_err().to_string();
	assert!(fault.contains("CKK_EC_EDWARDS, and must be an ECDSA key"), "{fault}");

	let (node, mailbox) = (world().await, research::Mailbox::start().await);
	let folder = configured(&node, CUSTODIAN, "");
	research::configured(folder.path(), &mailbox, &[(7, 100_000)]);
	named_instead(folder.path(), "counts.key", &token.uri("id=%03"));
	let (code, shown) = program("research-key", folder.path());
	assert_eq!(code, Some(0), "{shown}");
	assert_eq!(shown.trim(), salus_gateway::config::profile_key("counts-1", &key.public()));
	assert_eq!(program("check-config", folder.path()), (Some(0), "no faults\n".into()));
	let done = Command::new(env!("CARGO_BIN_EXE_salus-gateway"))
		.arg("research-key")
		.arg(folder.path().join("gateway.toml"))
		.arg("--new")
		.output()
		.unwrap();
	assert!(!done.status.success());
	assert!(String::from_utf8(done.stderr).unwrap().contains("generate it there"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_one_key_of_the_type_that_may_sign_is_refused() {
	let Some(token) = Token::new("many").await else { return };
	token.edwards("good", 1, &[]);
	token.edwards("twin", 2, &[]);
	token.edwards("twin", 3, &[]);
	token.generate(Mechanism::RsaPkcsKeyPairGen, &[], ("rsa", 4), &[]);
	token.generate(Mechanism::EccKeyPairGen, SECP256R1, ("p256", 5), &[]);
	token.edwards("mute", 6, &[Attribute::Sign(false)]);
	token.edwards("each", 7, &[Attribute::AlwaysAuthenticate(true)]);
	token.edwards("alone", 8, &[]);
	token.with(|session| {
		let label = Attribute::Label("alone".into());
		let public = [label, Attribute::Verify(true)];
		let found = session.find_objects(&public).unwrap();
		assert_eq!(found.len(), 1);
		session.destroy_object(found[0]).unwrap();
	});
	assert!(matches!(token.refusal("object=nothing"), TokenFault::NoKey(_)));
	assert!(matches!(token.refusal("object=good;id=%02"), TokenFault::NoKey(_)));
	assert!(matches!(token.refusal("object=twin"), TokenFault::Keys(_)));
	assert!(matches!(token.refusal("object=rsa"), TokenFault::Type(is, _) if is == "CKK_RSA"));
	assert!(matches!(token.refusal("object=p256"), TokenFault::Type(is, _) if is == "CKK_EC"));
	assert!(matches!(token.refusal("object=mute"), TokenFault::MayNotSign(_)));
	assert!(matches!(token.refusal("object=each"), TokenFault::PinEachTime(_)));
	assert!(matches!(token.refusal("object=alone"), TokenFault::Public(_)));
	let fault = P384::open(&token.place("object=p256")).unwrap_err().to_string();
	assert!(fault.contains("CKK_EC of the curve 06082a8648ce3d030107"), "{fault}");
	// Twins have ids.
	for id in ["%02", "%03"] {
		assert!(Ed25519::open(&token.place(&format!("object=twin;id={id}"))).is_ok());
	}
	assert!(Ed25519::open(&token.place("object=good")).unwrap().warnings().is_empty());
	// Another token.
	let uri = token.uri("object=good").replace("token=many", "token=other");
	let fault = Ed25519::open(&KeyPlace::read(&uri).unwrap()).unwrap_err().to_string();
	assert!(fault.contains("no token labelled \"other\""), "{fault}");
	let serial = token.context.get_token_info(token.slot()).unwrap().serial_number().to_owned();
	let uri = token.uri("object=good").replace("token=many", &format!("serial={serial}"));
	assert!(Ed25519::open(&KeyPlace::read(&uri).unwrap()).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_names_what_is_wrong_and_warns_of_keys_that_can_leave() {
	let Some(token) = Token::new("weak").await else { return };
	let weak = [Attribute::Extractable(true), Attribute::Sensitive(false)];
	token.edwards("weak", 1, &weak);
	let node = world().await;
	let folder = configured(&node, CUSTODIAN, "");
	named_instead(folder.path(), "signing.key", &token.uri("object=weak"));
	let (code, text) = program("check-config", folder.path());
	let lines: Vec<&str> = text.lines().collect();
	assert_eq!((code, lines.len()), (Some(0), 3), "{text}");
	assert!(text.contains("no faults"), "{text}");
	for says in ["CKA_EXTRACTABLE", "CKA_SENSITIVE"] {
		let is_so = |line: &&str| line.starts_with("warning: signing_key: ") && line.contains(says);
		assert!(lines.iter().any(is_so), "{text}");
	}

	let file = folder.path().join("gateway.toml");
	let with = |key: &str| {
		let text = fs::read_to_string(&file).unwrap();
		let line = |line: &str| match line.starts_with("signing_key") {
			true => format!("signing_key = \"{key}\"\n"),
			false => format!("{line}\n"),
		};
		fs::write(&file, text.lines().map(line).collect::<String>()).unwrap();
		program("check-config", folder.path())
	};
	for (key, says) in [
		(token.uri("object=nothing"), "there is no private key labelled \"nothing\" in the token"),
		(token.uri("id=%ff"), "there is no private key of id ff in the token"),
		(token.uri_with("object=weak", "no.pin"), "no.pin cannot be read"),
		(format!("{}&pin-value={PIN}", token.uri("object=weak")), "pin-value, which is refused"),
		(token.uri("object=weak").replace("libsofthsm2", "none"), "none.so cannot be loaded"),
	] {
		let (code, text) = with(&key);
		assert_eq!(code, Some(1), "{text}");
		assert!(text.starts_with("signing_key: ") && text.contains(says), "{text}");
		assert_eq!(text.lines().count(), 1, "{text}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pin_is_tried_once_and_ends_the_program_in_its_own_way() {
	let Some(token) = Token::new("locks").await else { return };
	token.edwards("signer", 1, &[]);
	token.edwards("steward", 2, &[]);
	let node = world().await;
	let wrong = |key: &str| token.uri_with(key, "wrong.pin");
	let folder = configured(&node, CUSTODIAN, &format!("key = \"{}\"\n", wrong("id=%02")));
	named_instead(folder.path(), "signing.key", &wrong("id=%01"));
	for command in ["check-config", "run"] {
		let (code, text) = program(command, folder.path());
		// Not started again by systemd (RestartPreventExitStatus).
		assert_eq!(code, Some(77), "{text}");
		let lines: Vec<&str> = text.lines().collect();
		assert_eq!(lines.len(), 2, "{text}");
		assert!(lines[0].starts_with("signing_key: ") && lines[0].contains("It was tried once"));
		assert!(lines[1].starts_with("chain.key: ") && lines[1].contains("is not tried before"));
		assert!(!text.contains("0000"));
	}
	// With the right one all is well.
	secret(&token.folder.join("wrong.pin"), PIN);
	assert_eq!(program("check-config", folder.path()), (Some(0), "no faults\n".into()));
}
