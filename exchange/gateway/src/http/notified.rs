//! Where the house's own FHIR server tells that something has changed (subscriptions of R4, by rest-hook). With a token of its own. Nothing of what comes
//! is believed or kept: it is only looked at the server sooner.

use super::{
	bounds, login,
	outcome::{answer, JSON},
};
use crate::gateway::Gateway;
use axum::{
	extract::{DefaultBodyLimit, State},
	http::StatusCode,
	middleware::from_fn_with_state,
	response::Response,
	routing::post,
	Router,
};
use std::sync::Arc;

/// Without a token for it nobody is let in.
pub(super) fn router(gateway: Arc<Gateway>, large: bounds::Places) -> Router {
	Router::new()
		.route("/upstream/changed", post(changed).put(changed))
		// A subscription with a payload writes the resource below its endpoint.
		.route("/upstream/changed/{type}/{id}", post(changed).put(changed))
		.layer(DefaultBodyLimit::disable())
		.layer(from_fn_with_state(large, bounds::inside))
		.layer(from_fn_with_state(gateway.clone(), login::only_the_server))
		.with_state(gateway)
}

async fn changed(State(gateway): State<Arc<Gateway>>) -> Response {
	gateway.meters.notified();
	gateway.changed_upstream.notify_one();
	answer(StatusCode::OK, JSON, "{\"noted\":true}")
}
