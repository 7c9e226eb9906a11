//! The engine as a browser runs it: request text in, assessment text out. Never shipped.

use policies::assess as decide;
use protocol::assess::AssessRequest;
use wasm_bindgen::prelude::*;

/// Answers an `AssessRequest` with the assessment's JSON.
///
/// # Errors
/// A sentence, when the request is not one, the document is unknown, or a fact is refused.
#[wasm_bindgen]
pub fn assess(request: &str) -> Result<String, String> {
    let request: AssessRequest = serde_json::from_str(request).map_err(|error| error.to_string())?;
    let document =
        policies::rulebook().document(&request.document).ok_or_else(|| "unknown document".to_owned())?;
    let assessment =
        decide(document, &request.household, request.on).map_err(|errors| format!("{errors:?}"))?;
    serde_json::to_string(&assessment).map_err(|error| error.to_string())
}
