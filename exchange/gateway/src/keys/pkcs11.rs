//! Keys in a token: PKCS #11, by the crate `cryptoki`. Nothing outside of this module knows of it.
//!
//! A module and a login are the whole process's, whatever of it asks; so what is known of them is kept here, once. Each key has a session of its own, and one
//! thread at a time that waits for the token. The PIN is read for a login, wiped after it, and tried once.

use super::uri::TokenUri;
use crate::config::read_pin;
use cryptoki::{
	context::{CInitializeArgs, CInitializeFlags, Pkcs11},
	error::{Error, RvError},
	mechanism::{
		eddsa::{EddsaParams, EddsaSignatureScheme},
		Mechanism,
	},
	object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle},
	session::{Session, SessionState, UserType},
	slot::{Slot, TokenInfo},
	types::RawAuthPin,
};
use p384::ecdsa::signature::Verifier;
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt, fs,
	path::{Path, PathBuf},
	sync::{Arc, Mutex, PoisonError},
	time::Duration,
};

/// How long a token may take to sign, and to be reached again.
const LONGEST: Duration = Duration::from_secs(20);
/// What is signed to see whether a key signs: it is neither a transaction nor a request.
const TRIAL: &[u8] = b"salus-gateway asks whether this key signs";
/// How the curve of Ed25519 is named: `edwards25519`, the algorithm's identifier, and that of older modules.
const EDWARDS: [&[u8]; 3] = [
	b"\x13\x0cedwards25519",
	b"\x06\x03\x2b\x65\x70",
	b"\x06\x09\x2b\x06\x01\x04\x01\xda\x47\x0f\x01",
];
/// How the curve P-384 is named.
const SECP384R1: [&[u8]; 1] = [b"\x06\x05\x2b\x81\x04\x00\x22"];

/// What kind of key it must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// Ed25519.
	Ed25519,
	/// ECDSA on the curve P-384, over SHA-384.
	P384,
}

impl fmt::Display for Kind {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::Ed25519 => "an Ed25519 key (CKK_EC_EDWARDS, curve edwards25519)",
			Self::P384 => "an ECDSA key on the curve P-384 (CKK_EC, curve secp384r1)",
		})
	}
}

impl Kind {
	fn key_type(self) -> KeyType {
		match self {
			Self::Ed25519 => KeyType::EC_EDWARDS,
			Self::P384 => KeyType::EC,
		}
	}

	fn has_curve(self, named: &[u8]) -> bool {
		match self {
			Self::Ed25519 => EDWARDS.contains(&named),
			Self::P384 => SECP384R1.contains(&named),
		}
	}

	/// A public key out of `CKA_EC_POINT`: as a DER octet string, as the standard has it, or as it is, as some modules have it.
	fn point(self, told: &[u8]) -> Option<Vec<u8>> {
		let length = match self {
			Self::Ed25519 => 32,
			// Both coordinates, and that they are both there.
			Self::P384 => 97,
		};
		let point = match told {
			[4, inner, point @ ..] if usize::from(*inner) == length && point.len() == length => {
				point
			},
			point if point.len() == length => point,
			_ => return None,
		};
		let is_whole = self == Self::Ed25519 || point.first() == Some(&4);
		is_whole.then(|| point.to_vec())
	}

	fn verifies(self, public: &[u8], message: &[u8], signature: &[u8]) -> bool {
		match self {
			Self::Ed25519 => {
				let key = ed25519_zebra::VerificationKey::try_from(public);
				let signature = ed25519_zebra::Signature::try_from(signature);
				matches!((key, signature), (Ok(key), Ok(it)) if key.verify(&it, message).is_ok())
			},
			Self::P384 => {
				let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(public);
				let signature = p384::ecdsa::Signature::from_slice(signature);
				matches!((key, signature), (Ok(key), Ok(it)) if key.verify(message, &it).is_ok())
			},
		}
	}

	fn sign(self, open: &Open, message: &[u8]) -> Result<Vec<u8>, Error> {
		match self {
			Self::Ed25519 => {
				let plain = EddsaParams::new(EddsaSignatureScheme::Ed25519);
				open.session.sign(&Mechanism::Eddsa(plain), open.key, message)
			},
			Self::P384 => {
				let digest = ring::digest::digest(&ring::digest::SHA384, message);
				open.session.sign(&Mechanism::Ecdsa, open.key, digest.as_ref())
			},
		}
	}
}

/// Why a key in a token cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TokenFault {
	/// The module cannot be loaded.
	Module(PathBuf, String),
	/// There is no such token: which.
	NoToken(String),
	/// There are several such tokens: which.
	Tokens(String),
	/// The file with the PIN.
	PinFile(String),
	/// The token did not take the PIN of this file.
	PinRefused(PathBuf),
	/// It has not taken it before, and is not asked again.
	NotAgain(PathBuf),
	/// One more wrong PIN would lock the token.
	LastTry,
	/// The token has locked itself.
	Locked,
	/// There is no such key: which.
	NoKey(String),
	/// There are several such keys: which.
	Keys(String),
	/// The key is of another type: what it is, and what it must be.
	Type(String, Kind),
	/// The key may not sign.
	MayNotSign(String),
	/// The token wants the PIN for each signature of the key.
	PinEachTime(String),
	/// The public part of the key is not in the token, or is none.
	Public(String),
	/// Another key is there than when the gateway was started.
	Another(String),
	/// What the token gave is no signature of the key.
	Signature,
	/// It takes too long.
	Slow,
	/// What the token says.
	Says(String),
}

impl fmt::Display for TokenFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Module(path, why) => {
				write!(f, "the module {} cannot be loaded: {why}", path.display())
			},
			Self::NoToken(which) => write!(f, "there is no token {which} in any slot of the module"),
			Self::Tokens(which) => write!(f, "there are several tokens {which}: name the serial too"),
			Self::PinFile(problem) => f.write_str(problem),
			Self::PinRefused(file) => write!(
				f,
				"the token does not take the PIN of {}. It was tried once, and is not tried again before the next start, as a token locks itself after some wrong ones: put the right PIN into the file before you start again",
				file.display()
			),
			Self::NotAgain(file) => write!(
				f,
				"the token has not taken a PIN before, and the one of {} is not tried before the next start",
				file.display()
			),
			Self::LastTry => f.write_str(
				"one more wrong PIN locks the token, so none is tried: log in once by hand with the right one",
			),
			Self::Locked => f.write_str("the token has locked itself after wrong PINs: its officer can set a new one"),
			Self::NoKey(which) => write!(f, "there is no private key {which} in the token"),
			Self::Keys(which) => {
				write!(f, "there are several private keys {which} in the token: name object and id")
			},
			Self::Type(is, must) => write!(f, "the key is {is}, and must be {must}"),
			Self::MayNotSign(which) => write!(f, "the private key {which} may not sign (CKA_SIGN)"),
			Self::PinEachTime(which) => write!(
				f,
				"for the private key {which} the token wants the PIN for each signature (CKA_ALWAYS_AUTHENTICATE), which a program without a person cannot give"
			),
			Self::Public(which) => write!(
				f,
				"the public part of the key {which} is not in the token, or not once, or is none: it must have the id of the private key"
			),
			Self::Another(which) => {
				write!(f, "the key {which} in the token is another one than when the gateway was started")
			},
			Self::Signature => f.write_str("what the token gave is no signature of the key"),
			Self::Slow => write!(f, "the token has not answered in {} s", LONGEST.as_secs()),
			Self::Says(what) => write!(f, "the token fails: {what}"),
		}
	}
}

impl std::error::Error for TokenFault {}

/// Short: the crate explains each code at length.
impl From<Error> for TokenFault {
	fn from(error: Error) -> Self {
		Self::Says(match error {
			Error::Pkcs11(code, function) => format!("C_{function:?} says {code:?}"),
			other => other.to_string(),
		})
	}
}

/// Whether the session, the login or the object is gone, so that a new session may help.
fn is_gone(error: &Error) -> bool {
	use RvError::*;
	let Error::Pkcs11(code, _) = error else { return false };
	let of_session = matches!(code, SessionHandleInvalid | SessionClosed | UserNotLoggedIn);
	let of_key = matches!(code, KeyHandleInvalid | ObjectHandleInvalid);
	of_session || of_key || matches!(code, DeviceRemoved | TokenNotPresent)
}

/// A module that is loaded.
struct Module {
	context: Pkcs11,
	/// Tokens that have not taken a PIN, by serial number and label. Held while a PIN is tried.
	refused: Mutex<BTreeSet<(String, String)>>,
}

static MODULES: Mutex<BTreeMap<PathBuf, Arc<Module>>> = Mutex::new(BTreeMap::new());

/// Whether a token has not taken a PIN since the program was started.
pub fn is_pin_refused() -> bool {
	let modules = MODULES.lock().unwrap_or_else(PoisonError::into_inner);
	let has = |module: &Arc<Module>| {
		!module.refused.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
	};
	modules.values().any(has)
}

impl Module {
	/// Loads it, unless it is loaded. It is never let go: other keys may be of it.
	fn load(path: &Path) -> Result<Arc<Self>, TokenFault> {
		let not = |why: String| TokenFault::Module(path.into(), why);
		let file = fs::canonicalize(path).map_err(|error| not(error.to_string()))?;
		let mut modules = MODULES.lock().unwrap_or_else(PoisonError::into_inner);
		if let Some(there) = modules.get(&file) {
			return Ok(Arc::clone(there));
		}
		let context = Pkcs11::new(&file).map_err(|error| not(error.to_string()))?;
		match context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
			Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {},
			Err(error) => return Err(not(TokenFault::from(error).to_string())),
		}
		let module = Arc::new(Self { context, refused: Mutex::default() });
		modules.insert(file, Arc::clone(&module));
		Ok(module)
	}

	/// The slot of the token that is named.
	fn slot(&self, uri: &TokenUri) -> Result<(Slot, TokenInfo), TokenFault> {
		let named = |info: &TokenInfo| {
			uri.token.as_ref().is_none_or(|label| info.label() == label)
				&& uri.serial.as_ref().is_none_or(|serial| info.serial_number() == serial)
		};
		let mut found = Vec::new();
		for slot in self.context.get_slots_with_token()? {
			// One that another token is in may not answer.
			let Ok(info) = self.context.get_token_info(slot) else { continue };
			if named(&info) {
				found.push((slot, info));
			}
		}
		match (found.pop(), found.is_empty()) {
			(Some(found), true) => Ok(found),
			(Some(_), false) => Err(TokenFault::Tokens(uri.token())),
			(None, _) => Err(TokenFault::NoToken(uri.token())),
		}
	}

	/// Logs in, unless this process is.
	fn log_in(&self, session: &Session, info: &TokenInfo, file: &Path) -> Result<(), TokenFault> {
		let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
		let token = (info.serial_number().to_owned(), info.label().to_owned());
		if refused.contains(&token) {
			return Err(TokenFault::NotAgain(file.into()));
		}
		let state = session.get_session_info()?.session_state();
		let is_user = matches!(state, SessionState::RoUser | SessionState::RwUser);
		if is_user || !info.login_required() {
			return Ok(());
		}
		if info.user_pin_locked() {
			return Err(TokenFault::Locked);
		}
		if info.user_pin_final_try() {
			return Err(TokenFault::LastTry);
		}
		let pin = RawAuthPin::new(Box::new(read_pin(file).map_err(TokenFault::PinFile)?));
		let Err(error) = session.login_with_raw(UserType::User, &pin) else { return Ok(()) };
		match error {
			Error::Pkcs11(RvError::UserAlreadyLoggedIn, _) => Ok(()),
			Error::Pkcs11(RvError::PinLocked, _) => {
				refused.insert(token);
				Err(TokenFault::Locked)
			},
			Error::Pkcs11(
				RvError::PinIncorrect
				| RvError::PinInvalid
				| RvError::PinLenRange
				| RvError::PinExpired,
				_,
			) => {
				refused.insert(token);
				Err(TokenFault::PinRefused(file.into()))
			},
			error => Err(error.into()),
		}
	}

	/// Everything anew: the token, a session, the login, the key.
	fn open(&self, uri: &TokenUri) -> Result<Open, TokenFault> {
		let (slot, info) = self.slot(uri)?;
		let session = self.context.open_ro_session(slot)?;
		self.log_in(&session, &info, &uri.pin)?;
		let mut found =
			objects(&session, ObjectClass::PRIVATE_KEY, uri.object.as_deref(), uri.id.as_deref())?;
		match (found.pop(), found.is_empty()) {
			(Some(key), true) => Ok(Open { session, key }),
			(Some(_), false) => Err(TokenFault::Keys(uri.key())),
			(None, _) => Err(TokenFault::NoKey(uri.key())),
		}
	}
}

/// A session in which the process is logged in, and the key.
struct Open {
	session: Session,
	key: ObjectHandle,
}

/// Objects of a class: a few, if there are more.
fn objects(
	session: &Session,
	class: ObjectClass,
	label: Option<&str>,
	id: Option<&[u8]>,
) -> Result<Vec<ObjectHandle>, Error> {
	let mut template = vec![Attribute::Class(class), Attribute::Token(true)];
	template.extend(label.map(|label| Attribute::Label(label.into())));
	template.extend(id.map(|id| Attribute::Id(id.into())));
	session.iter_objects(&template)?.take(4).collect()
}

impl Open {
	/// An attribute of an object; none if the token does not have it, or not for everybody.
	fn of<T>(
		&self,
		object: ObjectHandle,
		attribute: AttributeType,
		read: impl Fn(Attribute) -> Option<T>,
	) -> Result<Option<T>, Error> {
		let told = self.session.get_attributes(object, &[attribute])?;
		Ok(told.into_iter().find_map(read))
	}

	fn is(&self, attribute: AttributeType) -> Result<Option<bool>, Error> {
		self.of(self.key, attribute, |told| match told {
			Attribute::Sign(is)
			| Attribute::Sensitive(is)
			| Attribute::Extractable(is)
			| Attribute::AlwaysAuthenticate(is) => Some(is),
			_ => None,
		})
	}

	fn curve(&self, object: ObjectHandle) -> Result<Option<Vec<u8>>, Error> {
		self.of(object, AttributeType::EcParams, |told| match told {
			Attribute::EcParams(curve) => Some(curve),
			_ => None,
		})
	}

	fn point(&self, object: ObjectHandle) -> Result<Option<Vec<u8>>, Error> {
		self.of(object, AttributeType::EcPoint, |told| match told {
			Attribute::EcPoint(point) => Some(point),
			_ => None,
		})
	}

	/// Whether the key is of the kind and may do what is wanted. What weakens it is told.
	fn check(&self, uri: &TokenUri, kind: Kind) -> Result<Vec<String>, TokenFault> {
		let of_type = self.of(self.key, AttributeType::KeyType, |told| match told {
			Attribute::KeyType(of_type) => Some(of_type),
			_ => None,
		})?;
		let Some(of_type) = of_type.filter(|it| *it == kind.key_type()) else {
			let is = of_type.map_or_else(|| "of no known type".into(), |it| it.to_string());
			return Err(TokenFault::Type(is, kind));
		};
		if let Some(curve) = self.curve(self.key)?.filter(|curve| !kind.has_curve(curve)) {
			let is = format!("{of_type} of the curve {} (CKA_EC_PARAMS)", hex::encode(curve));
			return Err(TokenFault::Type(is, kind));
		}
		if self.is(AttributeType::Sign)? == Some(false) {
			return Err(TokenFault::MayNotSign(uri.key()));
		}
		if self.is(AttributeType::AlwaysAuthenticate)? == Some(true) {
			return Err(TokenFault::PinEachTime(uri.key()));
		}
		let mut warnings = Vec::new();
		if self.is(AttributeType::Extractable)? != Some(false) {
			warnings.push(format!(
				"the private key {} may leave the token (CKA_EXTRACTABLE): generate one there that may not",
				uri.key()
			));
		}
		if self.is(AttributeType::Sensitive)? != Some(true) {
			warnings.push(format!(
				"the private key {} can be read out of the token (CKA_SENSITIVE is not set): generate one there that cannot",
				uri.key()
			));
		}
		Ok(warnings)
	}

	/// The public part: of the object with the key's id, or else with its label, or else as the private one tells it.
	fn public(&self, uri: &TokenUri, kind: Kind) -> Result<Vec<u8>, TokenFault> {
		let id = self.of(self.key, AttributeType::Id, |told| match told {
			Attribute::Id(id) => Some(id).filter(|id| !id.is_empty()),
			_ => None,
		})?;
		let (id, label) = (id.as_deref(), uri.object.as_deref());
		let ways = [(label, id), (None, id), (label, None)];
		for (label, id) in ways.into_iter().filter(|way| *way != (None, None)) {
			let mut points = BTreeSet::new();
			for object in objects(&self.session, ObjectClass::PUBLIC_KEY, label, id)? {
				let point = self.point(object)?.and_then(|told| kind.point(&told));
				points.extend(point);
			}
			match (points.pop_first(), points.is_empty()) {
				(Some(point), true) => return Ok(point),
				(Some(_), false) => return Err(TokenFault::Public(uri.key())),
				(None, _) => {},
			}
		}
		let point = self.point(self.key)?.and_then(|told| kind.point(&told));
		point.ok_or_else(|| TokenFault::Public(uri.key()))
	}
}

/// A key in a token.
pub struct TokenKey {
	uri: TokenUri,
	kind: Kind,
	module: Arc<Module>,
	public: Vec<u8>,
	warnings: Vec<String>,
	/// None after it was lost.
	open: Arc<tokio::sync::Mutex<Option<Open>>>,
}

/// Says nothing of what is secret.
impl fmt::Debug for TokenKey {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("TokenKey").field("uri", &self.uri.to_string()).finish_non_exhaustive()
	}
}

impl TokenKey {
	/// Opens it, and lets it sign something as a test. Waits for the token.
	pub fn open(uri: &TokenUri, kind: Kind) -> Result<Self, TokenFault> {
		let module = Module::load(&uri.module)?;
		let open = module.open(uri)?;
		let warnings = open.check(uri, kind)?;
		let public = open.public(uri, kind)?;
		let signature = kind.sign(&open, TRIAL)?;
		if !kind.verifies(&public, TRIAL, &signature) {
			return Err(TokenFault::Signature);
		}
		let open = Arc::new(tokio::sync::Mutex::new(Some(open)));
		Ok(Self { uri: uri.clone(), kind, module, public, warnings, open })
	}

	/// The public part: 32 bytes of an Ed25519 key; 97 of one on P-384.
	pub fn public(&self) -> &[u8] {
		&self.public
	}

	/// What weakens it.
	pub fn warnings(&self) -> &[String] {
		&self.warnings
	}

	/// Signs. Whoever waits for the token waits here, and no thread but one does.
	pub async fn sign(self: &Arc<Self>, message: &[u8]) -> Result<Vec<u8>, TokenFault> {
		let signed = async {
			let mut open = Arc::clone(&self.open).lock_owned().await;
			let (key, message) = (Arc::clone(self), message.to_vec());
			let signed = tokio::task::spawn_blocking(move || key.sign_now(&mut open, &message));
			signed.await.unwrap_or_else(|error| Err(TokenFault::Says(error.to_string())))
		};
		let signed = tokio::time::timeout(LONGEST, signed).await.unwrap_or(Err(TokenFault::Slow));
		if let Err(fault) = &signed {
			tracing::error!(%fault, "a key in a token does not sign");
		}
		signed
	}

	fn sign_now(&self, open: &mut Option<Open>, message: &[u8]) -> Result<Vec<u8>, TokenFault> {
		let first = open.as_ref().map(|open| self.kind.sign(open, message));
		let signature = match first {
			Some(Ok(signature)) => signature,
			Some(Err(error)) if !is_gone(&error) => return Err(error.into()),
			// Once: whoever asks next is told, or finds it there again.
			_ => {
				// Before the next one is opened: with its last session a login may end.
				*open = None;
				let again = self.module.open(&self.uri)?;
				if again.public(&self.uri, self.kind)? != self.public {
					return Err(TokenFault::Another(self.uri.key()));
				}
				let signature = self.kind.sign(&again, message)?;
				*open = Some(again);
				tracing::warn!("the session with a token was lost, and is there again");
				signature
			},
		};
		match self.kind.verifies(&self.public, message, &signature) {
			true => Ok(signature),
			false => Err(TokenFault::Signature),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_public_key_is_read_from_both_forms_and_from_no_other() {
		let edwards = [7; 32];
		let wrapped = [&[4, 32], edwards.as_slice()].concat();
		assert_eq!(Kind::Ed25519.point(&wrapped).unwrap(), edwards);
		assert_eq!(Kind::Ed25519.point(&edwards).unwrap(), edwards);
		let curve = [&[4], [7; 96].as_slice()].concat();
		let wrapped = [&[4, 97], curve.as_slice()].concat();
		assert_eq!(Kind::P384.point(&wrapped).unwrap(), curve);
		assert_eq!(Kind::P384.point(&curve).unwrap(), curve);
		// Of another length, with an octet too many, and one coordinate alone.
		let compressed = [&[4, 49, 2], [7; 48].as_slice()].concat();
		let bits = [&[3, 33, 0], edwards.as_slice()].concat();
		let one_more = [&[4, 32], [7; 33].as_slice()].concat();
		for told in [&[][..], &[4], &[4, 32], &[7; 31], &[7; 33], &compressed, &bits, &one_more] {
			assert_eq!(Kind::Ed25519.point(told), None);
			assert_eq!(Kind::P384.point(told), None);
		}
		assert_eq!(Kind::P384.point(&[7; 97]), None);
	}

	#[test]
	fn a_module_that_is_none_is_a_fault() {
		let uri = |module: &str| {
			let text = format!("pkcs11:token=t;object=o?module-path={module}&pin-source=/pin");
			TokenKey::open(&TokenUri::read(&text).unwrap(), Kind::Ed25519).map(drop)
		};
		for module in ["/nowhere.so", "/etc/hostname"] {
			let fault = uri(module).unwrap_err();
			assert!(matches!(fault, TokenFault::Module(..)), "{fault}");
			assert!(fault.to_string().contains(module), "{fault}");
		}
	}
}
