//! Openings of sealed directives: what such a directive says, with its salt. The chain has only a commitment to it. A request brings
//! those that its sender was given; others the patient gave to the house, which keeps them encrypted. One that opens nothing on the
//! chain means nothing, wherever it came from, so that none of them needs a signature.

use crate::{
	auth::Presented,
	chain::{
		facts::{actor, question, Judge},
		Present,
	},
	gateway::{Failure, Gateway},
	release::Refusal,
	vault::Kind,
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use codec::{DecodeAll, Encode};
use salus_consent_decision::{Actor, SealedId};
use salus_exchange_policy::{DataClass, Labels};
use salus_exchange_protocol::{
	account::Account,
	codes::{Action, Purpose},
	Hash,
};
use salus_verify::bytes::from_hex;
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};

/// What opens a sealed directive.
pub type Opening = salus_consent_decision::Opening<[u8; 32]>;

/// The most openings of one request: as many as a patient has sealed directives in force.
pub const MAX_OPENINGS: usize = 32;

/// By what somebody asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Credential {
	/// A signed request, as bytes of JSON.
	Signed(Vec<u8>),
	/// A token, with a proof of the key that it is bound to.
	Token(Presented),
}

/// What somebody sends: by what it is asked, and the openings that the request brings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
	/// The signed request, or the token.
	pub by: Credential,
	/// The openings, each with the number of the sealed directive that it is for.
	pub openings: Vec<(SealedId, Opening)>,
}

/// An opening as it stands in JSON: `{"sealed":3,"opening":"0x…"}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
	sealed: SealedId,
	opening: String,
}

impl Written {
	/// The opening, if it is one: its salt, and the content as the chain's types encode it.
	pub(crate) fn read(&self) -> Option<(SealedId, Opening)> {
		let bytes = from_hex(&self.opening).ok()?;
		Some((self.sealed, Opening::decode_all(&mut bytes.as_slice()).ok()?))
	}
}

/// All of a list, or none.
pub(crate) fn read_all(list: &[Written]) -> Option<Vec<(SealedId, Opening)>> {
	(list.len() <= MAX_OPENINGS).then(|| list.iter().map(Written::read).collect())?
}

/// Reads the header `Salus-Openings`: a list of them as JSON, in base64url without padding.
pub fn read_header(text: &str) -> Option<Vec<(SealedId, Opening)>> {
	let json = URL_SAFE_NO_PAD.decode(text).ok()?;
	read_all(&serde_json::from_slice::<Vec<Written>>(&json).ok()?)
}

/// The header `Salus-Openings`.
pub fn header(openings: &[(SealedId, Opening)]) -> String {
	let list = openings.iter().map(|(sealed, opening)| {
		serde_json::json!({ "sealed": sealed, "opening": format!("0x{}", hex::encode(opening.encode())) })
	});
	URL_SAFE_NO_PAD.encode(serde_json::Value::Array(list.collect()).to_string())
}

/// Under which name an opening is encrypted.
fn name(patient: &Hash, sealed: SealedId) -> Vec<u8> {
	[patient.0.as_slice(), &sealed.to_le_bytes()].concat()
}

impl Gateway {
	/// The openings that the house keeps of a patient.
	pub(crate) fn kept_openings(
		&self,
		patient: &Hash,
	) -> Result<Vec<(SealedId, Opening)>, Failure> {
		let kept =
			self.store.openings(patient)?.into_iter().map(|(sealed, content)| {
				Ok((sealed, self.kept_opening(patient, sealed, &content)?))
			});
		kept.collect()
	}

	/// An opening that the house keeps.
	pub(crate) fn kept_opening(
		&self,
		patient: &Hash,
		sealed: SealedId,
		content: &[u8],
	) -> Result<Opening, Failure> {
		const DAMAGED: Failure = Failure::Vault("an opening does not open with the vault's key");
		let bytes = self.vault.open(Kind::Opening, &name(patient, sealed), content);
		let bytes = bytes.map_err(|_| DAMAGED)?;
		Opening::decode_all(&mut bytes.as_slice()).map_err(|_| DAMAGED)
	}

	/// Keeps openings that the patient gave the house. Tells the numbers of those that are kept: they open a sealed directive that
	/// is in force in the best or in the last final block. Of what was kept before, what opens nothing any more is forgotten.
	pub async fn keep_openings(
		self: &Arc<Self>,
		patient: Hash,
		openings: Vec<(SealedId, Opening)>,
	) -> Result<BTreeSet<SealedId>, Refusal> {
		let present = self.present().await?;
		self.keep_openings_at(&present, patient, openings).await
	}

	/// The same, in blocks that are known to be those of the present.
	pub(crate) async fn keep_openings_at(
		self: &Arc<Self>,
		present: &Present,
		patient: Hash,
		openings: Vec<(SealedId, Opening)>,
	) -> Result<BTreeSet<SealedId>, Refusal> {
		let before = self.blocking(move |gateway| gateway.kept_openings(&patient)).await?;
		let all: Vec<_> = openings.iter().chain(&before).cloned().collect();
		let mut holding: Vec<(SealedId, Opening)> = Vec::new();
		// Nobody in particular asks: what is in force depends on the patient alone.
		let (who, about) = (Account([0; 32]), (DataClass::Demographics, &Labels::new()));
		let asked =
			question(&patient, actor(who, None), (Purpose::Treat, Action::Read), about, None);
		let asked = asked.map(|asked| salus_consent_decision::Question {
			actor: Actor::Organisation(self.config.organisation),
			..asked
		});
		for block in [present.best, present.finalised] {
			let mut judge = Judge::new(block, all.clone());
			if let Some(asked) = &asked {
				judge.begin(&self.node, asked).await.map_err(crate::chain::Stale::from)?;
			}
			holding.extend(judge.openings().iter().cloned());
		}
		let open = openings.iter().filter(|given| holding.contains(given));
		let open: BTreeSet<SealedId> = open.map(|(sealed, _)| *sealed).collect();
		self.blocking(move |gateway| {
			let mut keep = Vec::new();
			// One that opens nothing takes no place of one that does.
			for (sealed, opening) in openings.iter().filter(|given| holding.contains(given)) {
				let name = name(&patient, *sealed);
				keep.push((*sealed, gateway.vault.seal(Kind::Opening, &name, &opening.encode())?));
			}
			let over = before.iter().filter(|kept| !holding.contains(kept));
			let over: Vec<SealedId> = over.map(|(sealed, _)| *sealed).collect();
			Ok(gateway.store.keep_openings(&patient, &keep, &over)?)
		})
		.await?;
		Ok(open)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_consent_decision::{Grantee, Scope, SealedContent};
	use salus_primitives::{ActionSet, DataClassSet, Interval, LabelSet, PurposeSet};

	fn opening(salt: u8) -> Opening {
		let scope = Scope {
			actions: ActionSet::ALL,
			purposes: PurposeSet(1),
			classes: DataClassSet::ALL,
			labels: LabelSet(0x20),
			data: Interval::ALWAYS,
		};
		let content = SealedContent { grantee: Grantee::Organisation(4), scope, erase_after: None };
		Opening { salt: [salt; 32], content }
	}

	#[test]
	fn a_header_is_read_as_it_is_written() {
		let openings = vec![(3, opening(1)), (9, opening(2))];
		assert_eq!(read_header(&header(&openings)), Some(openings));
		assert_eq!(read_header(&header(&[])), Some(vec![]));
	}

	#[test]
	fn what_is_no_list_of_openings_is_refused_as_a_whole() {
		let written = |json: &str| read_header(&URL_SAFE_NO_PAD.encode(json));
		let bytes = hex::encode(opening(1).encode());
		assert!(written(&format!("[{{\"sealed\":1,\"opening\":\"0x{bytes}\"}}]")).is_some());
		for json in [
			"",
			"{}",
			"[1]",
			"[{\"sealed\":1}]",
			"[{\"sealed\":-1,\"opening\":\"0x\"}]",
			"[{\"sealed\":1,\"opening\":\"0x00\"}]",
			&format!("[{{\"sealed\":1,\"opening\":\"0x{bytes}00\"}}]"),
			&format!("[{{\"sealed\":1,\"opening\":\"0x{bytes}\",\"more\":1}}]"),
		] {
			assert_eq!(written(json), None, "{json}");
		}
		assert_eq!(read_header("%%%"), None);
		assert_eq!(read_header(&header(&vec![(1, opening(1)); MAX_OPENINGS + 1])), None);
	}
}
