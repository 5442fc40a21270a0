//! The desk for emergencies, inside: for a house's own staff while the chain is silent, with a token of its own. And what the house itself does
//! about them, with the token of the house: who is on the list of staff, what was declared, and what the chain is to be told.

use super::{
	bounds,
	login::{self, Asker},
	orders::with_standing,
	outcome::{answer, not_found, outcome, FHIR, JSON},
	outside::bundle,
};
use crate::{
	chain::now,
	emergency::{Declaration, NotLet, Subject, Wanted, MAX_NOTE},
	gateway::{Failure, Gateway},
	ingest::{is_id, is_type},
	late::{NotHandedIn, Standing},
	release::Refusal,
	search::Page,
	store::Emergency,
	vault::Kind,
};
use axum::{
	body::Bytes,
	extract::{DefaultBodyLimit, Path, RawQuery, State},
	http::StatusCode,
	middleware::from_fn_with_state,
	response::{IntoResponse, Response},
	routing::{get, post},
	Extension, Router,
};
use codec::DecodeAll;
use salus_exchange_protocol::{
	account::{Account, Address},
	codes::DataClass,
	Hash,
};
use salus_primitives::{DataClassSet, EmergencyReason};
use salus_verify::bytes::from_hex;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

type Ours = State<Arc<Gateway>>;

/// The most emergencies that are listed.
const PAGE: u32 = 500;
/// The most people that are put on the list, or taken off it, at once.
const MAX_STAFF: usize = 1_000;

/// Where staff asks. There is no such place without a token for it.
pub(super) fn router(gateway: Arc<Gateway>, large: bounds::Places) -> Router {
	if gateway.desk_token.is_none() {
		return Router::new();
	}
	Router::new()
		.route("/emergency", post(declare))
		.route("/emergency/{id}/records", get(records))
		.route("/emergency/{id}/records/{type}/{resource}", get(record))
		.layer(DefaultBodyLimit::disable())
		.layer(from_fn_with_state(large, bounds::inside))
		.layer(from_fn_with_state(gateway.clone(), login::only_the_desk))
		.with_state(gateway)
}

/// What the house does about emergencies.
pub(super) fn house() -> Router<Arc<Gateway>> {
	Router::new()
		.route("/staff", get(staff).post(change_staff))
		.route("/emergencies", get(emergencies))
		.route("/emergencies/{id}/late", post(late))
}

fn bad(code: &str, text: &str) -> Response {
	outcome(StatusCode::BAD_REQUEST, "invalid", code, text)
}

fn failed(failure: Failure) -> Response {
	Refusal::Failure(failure).into_response()
}

impl IntoResponse for NotLet {
	fn into_response(self) -> Response {
		let (status, issue) = match self {
			Self::Failure(failure) => return failed(failure),
			Self::NotFound | Self::UnknownPatient | Self::UnknownEmergency => {
				(StatusCode::NOT_FOUND, "not-found")
			},
			Self::ChainAnswers => (StatusCode::CONFLICT, "conflict"),
			Self::Clock | Self::NothingKept | Self::TooOld(_) => {
				(StatusCode::SERVICE_UNAVAILABLE, "transient")
			},
			_ => (StatusCode::FORBIDDEN, "forbidden"),
		};
		outcome(status, issue, self.code(), &self.to_string())
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
	#[serde(default)]
	credential: Option<String>,
	#[serde(default)]
	handle: Option<String>,
	#[serde(default)]
	patient: Option<String>,
	reason: String,
	classes: Vec<String>,
	#[serde(default)]
	note: String,
}

const REASONS: [EmergencyReason; 4] = [
	EmergencyReason::UrgentCare,
	EmergencyReason::ConsentUnobtainable,
	EmergencyReason::Transfer,
	EmergencyReason::MajorIncident,
];

fn class_set(names: &[String]) -> Option<DataClassSet> {
	let bits = names.iter().try_fold(0_u32, |bits, name| {
		let index = DataClass::named(name)?.index();
		Some(bits | 1_u32.checked_shl(index.into())?)
	})?;
	Some(DataClassSet(bits)).filter(|set| !set.is_empty() && set.is_known())
}

fn class_names(set: u32) -> Vec<&'static str> {
	let all = DataClass::ALL.iter();
	all.filter(|class| set.checked_shr(class.index().into()).unwrap_or(0) & 1 == 1)
		.map(|class| class.name())
		.collect()
}

impl Written {
	fn read(self, asker: &Asker) -> Result<Declaration, &'static str> {
		let told =
			self.credential.as_deref().map(|text| Address::read(text).map(|it| it.account()));
		let told = told.transpose();
		let told = told.map_err(|_| "credential must be the address of an account of the chain")?;
		let who = match (asker, told) {
			(Asker::Token, told) => told.ok_or("credential must be there: who declares it")?,
			// Whoever signed in declares as nobody else.
			(Asker::Staff(staff), told) => {
				let own = staff.credential.filter(|own| told.is_none_or(|told| told == *own));
				own.ok_or(
					"credential must be the account of whoever signed in, or must not be there",
				)?
			},
		};
		let subject = match (self.handle, self.patient) {
			(Some(handle), None) => handle.parse().ok().map(Subject::Handle),
			(None, Some(local)) => Some(local).filter(|id| is_id(id)).map(Subject::Own),
			_ => None,
		};
		let reason = REASONS.into_iter().find(|each| format!("{each:?}") == self.reason);
		Ok(Declaration {
			who,
			subject: subject.ok_or("there must be either patient, the id of a Patient of the house, or handle, one of the chain")?,
			reason: reason.ok_or("reason must be UrgentCare, ConsentUnobtainable, Transfer or MajorIncident")?,
			classes: class_set(&self.classes).ok_or("classes must be a list of classes of data, such as [\"Laboratory\",\"Medications\"]")?,
			note: Some(self.note).filter(|note| note.len() <= MAX_NOTE).ok_or("note must have 4000 bytes at most")?,
		})
	}
}

/// Somebody of the staff declares an emergency.
async fn declare(
	State(gateway): Ours,
	Extension(asker): Extension<Asker>,
	body: Bytes,
) -> Response {
	const FORM: &str = "it must be {\"credential\":\"5…\",\"patient\":\"…\",\"reason\":\"UrgentCare\",\"classes\":[…]}, and may have \"note\"; in the place of \"patient\" there may be \"handle\"";
	let read = serde_json::from_slice::<Written>(&body).map_err(|_| FORM);
	let declaration = match read.and_then(|written| written.read(&asker)) {
		Ok(declaration) => declaration,
		Err(text) => return bad("declaration", text),
	};
	// It is logged, or refused, whether or not who asked still listens.
	let declared = tokio::spawn(async move { gateway.declare(declaration).await }).await;
	match declared {
		Ok(Ok(emergency)) => {
			let Standing::Due(due) = emergency.standing(emergency.happened) else {
				return failed(Failure::Vault("an emergency that is due to nobody"));
			};
			let body = json!({
				"emergency": emergency.id.to_string(), "declared": emergency.happened, "until": emergency.until, "tellTheChainBy": due,
				"classes": class_names(emergency.classes),
			});
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Ok(Err(not)) => not.into_response(),
		Err(error) => failed(std::io::Error::other(error).into()),
	}
}

async fn looked(
	gateway: Arc<Gateway>,
	asker: &Asker,
	id: &str,
	wanted: Wanted,
) -> Result<Page, Response> {
	let Ok(id) = id.parse::<Hash>() else { return Err(not_found()) };
	if let Asker::Staff(staff) = asker {
		// Of an emergency that somebody else declared it is not told that there is one.
		let found = gateway.blocking(move |gateway| Ok(gateway.store.emergency(&id)?)).await;
		let own = staff.credential.map(|account| account.0);
		match found {
			Ok(found) if found.as_ref().is_some_and(|it| Some(it.who) == own) => {},
			Ok(_) => return Err(NotLet::UnknownEmergency.into_response()),
			Err(failure) => return Err(failed(failure)),
		}
	}
	match tokio::spawn(async move { gateway.look(id, wanted).await }).await {
		Ok(Ok(page)) => Ok(page),
		Ok(Err(not)) => Err(not.into_response()),
		Err(error) => Err(failed(std::io::Error::other(error).into())),
	}
}

/// A page of all that an emergency lets.
async fn records(
	State(gateway): Ours,
	Extension(asker): Extension<Asker>,
	Path(id): Path<String>,
	RawQuery(query): RawQuery,
) -> Response {
	let query = query.unwrap_or_default();
	let after = match query.strip_prefix("after=") {
		// The database has no greater numbers.
		Some(after) => after.parse::<i64>().ok().and_then(|after| u64::try_from(after).ok()),
		None => Some(0).filter(|_| query.is_empty()),
	};
	let Some(after) = after else { return bad("after", "offered is after=NUMBER") };
	let base = format!("http://{}/emergency/{id}", gateway.config.inside);
	match looked(gateway, &asker, &id, Wanted::After(after)).await {
		Ok(page) => answer(StatusCode::OK, FHIR, bundle(&base, "records", &query, page)),
		Err(response) => response,
	}
}

/// One record that an emergency lets.
async fn record(
	State(gateway): Ours,
	Extension(asker): Extension<Asker>,
	Path((id, name, resource)): Path<(String, String, String)>,
) -> Response {
	if !is_type(&name) || !is_id(&resource) {
		return not_found();
	}
	match looked(gateway, &asker, &id, Wanted::One(name, resource)).await {
		Ok(Page { resources, standing, .. }) => match resources.into_iter().next() {
			Some((reference, resource)) => {
				let standing = standing.get(&reference).map(Vec::as_slice).unwrap_or_default();
				with_standing(answer(StatusCode::OK, FHIR, resource), standing)
			},
			None => not_found(),
		},
		Err(response) => response,
	}
}

/// Who may declare an emergency at the desk.
async fn staff(State(gateway): Ours) -> Response {
	match gateway.blocking(|gateway| Ok(gateway.store.staff()?)).await {
		Ok(staff) => {
			let staff = staff.iter().map(|(who, kept)| {
				let kept = Some(*kept).filter(|kept| *kept > 0);
				json!({ "credential": Address::from(Account(*who)).as_str(), "kept": kept })
			});
			let body = json!({ "staff": staff.collect::<Vec<_>>() });
			answer(StatusCode::OK, JSON, body.to_string())
		},
		Err(failure) => failed(failure),
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffChange {
	#[serde(default)]
	add: Vec<String>,
	#[serde(default)]
	remove: Vec<String>,
}

async fn change_staff(State(gateway): Ours, body: Bytes) -> Response {
	let accounts = |list: &[String]| -> Option<Vec<[u8; 32]>> {
		let read = list.iter().map(|text| Some(Address::read(text).ok()?.account().0));
		read.collect::<Option<Vec<_>>>().filter(|all| all.len() <= MAX_STAFF)
	};
	let change: Option<StaffChange> = serde_json::from_slice(&body).ok();
	let change = change.and_then(|it| Some((accounts(&it.add)?, accounts(&it.remove)?)));
	let Some((add, remove)) = change else {
		return bad("staff", "it must be {\"add\":[…],\"remove\":[…]}, of addresses of accounts of the chain, at most 1000 each");
	};
	let changed =
		gateway.blocking(move |gateway| Ok(gateway.store.change_staff(&add, &remove)?)).await;
	match changed {
		Ok(()) => answer(StatusCode::OK, JSON, "{\"changed\":true}"),
		Err(failure) => failed(failure),
	}
}

impl Gateway {
	/// An emergency, for the house: with what was written down, and the call by which the chain is told.
	fn told_of(&self, emergency: &Emergency) -> Result<serde_json::Value, Failure> {
		// One that cannot be read keeps nobody from telling the chain.
		let written = self.vault.open(Kind::Note, &emergency.id.0, &emergency.note).ok();
		let written = written.as_deref().and_then(|bytes| bytes.split_first_chunk::<32>());
		if written.is_none() {
			tracing::error!("a note about an emergency does not open with the vault's key");
		}
		let salt = written.map(|(salt, _)| Hash(*salt).to_string());
		let note = written.map(|(_, note)| String::from_utf8_lossy(note).into_owned());
		let reason = EmergencyReason::decode_all(&mut [emergency.reason].as_slice());
		let reason = reason.map_err(|_| Failure::Vault("a reason that there is not"))?;
		let (state, due, number) = match emergency.standing(now()) {
			Standing::Due(due) => ("due", Some(due), None),
			Standing::Recorded(number) => ("recorded", None, Some(number)),
			Standing::Missed => ("missed", None, None),
		};
		let call = emergency.late_call(self.config.organisation);
		Ok(json!({
			"emergency": emergency.id.to_string(), "credential": Address::from(Account(emergency.who)).as_str(), "patient": emergency.patient.to_string(),
			"reason": format!("{reason:?}"), "classes": class_names(emergency.classes), "declared": emergency.happened, "until": emergency.until,
			"state": state, "tellTheChainBy": due, "number": number, "detail": emergency.detail.to_string(), "salt": salt,
			"note": note, "call": format!("0x{}", hex::encode(call)),
		}))
	}
}

/// What was declared while the chain was silent, and what the chain is to be told.
async fn emergencies(State(gateway): Ours) -> Response {
	let listed = gateway.blocking(|gateway| {
		let all = gateway.store.emergencies(PAGE)?;
		all.iter().map(|emergency| gateway.told_of(emergency)).collect::<Result<Vec<_>, _>>()
	});
	match listed.await {
		Ok(all) => answer(StatusCode::OK, JSON, json!({ "emergencies": all }).to_string()),
		Err(failure) => failed(failure),
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signed {
	transaction: String,
}

/// Takes what the person who declared an emergency has signed.
async fn late(State(gateway): Ours, Path(id): Path<String>, body: Bytes) -> Response {
	let Ok(id) = id.parse::<Hash>() else { return not_found() };
	let signed: Option<Signed> = serde_json::from_slice(&body).ok();
	let Some(bytes) = signed.and_then(|it| from_hex(&it.transaction).ok()) else {
		return bad("transaction", "it must be {\"transaction\":\"0x…\"}: a signed transaction");
	};
	let refused = |status, issue, code, text| outcome(status, issue, code, text);
	match gateway.hand_in_late(id, &bytes).await {
		Ok(()) => answer(StatusCode::OK, JSON, "{\"handedIn\":true}"),
		Err(NotHandedIn::Unknown) => not_found(),
		Err(NotHandedIn::Malformed) => {
			bad("transaction", "it is no signed transaction of version 4, as nodes take them")
		},
		Err(NotHandedIn::OtherSigner) => {
			bad("signer", "it must be signed by the very person who declared the emergency")
		},
		Err(NotHandedIn::OtherCall) => bad("call", "its call is not the one of this emergency"),
		Err(NotHandedIn::Recorded) => {
			refused(StatusCode::CONFLICT, "conflict", "recorded", "the chain has it already")
		},
		Err(NotHandedIn::TooLate) => refused(
			StatusCode::CONFLICT,
			"conflict",
			"too-late",
			"the chain takes an emergency within a day; tell your auditor of this one",
		),
		Err(NotHandedIn::Node(silent)) => {
			tracing::warn!(%silent, "an emergency could not be handed in");
			refused(
				StatusCode::BAD_GATEWAY,
				"processing",
				"node",
				"the node does not take it; the gateway's log says why",
			)
		},
		Err(NotHandedIn::Failure(failure)) => failed(failure),
	}
}
