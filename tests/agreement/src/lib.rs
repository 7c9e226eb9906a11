//! The engine as a browser runs it: request text in, assessment text out. Never shipped.

use policies::{Assessment, Compiled, FactError, assess as decide};
use protocol::assess::AssessRequest;
use wasm_bindgen::prelude::*;

/// Answers an `AssessRequest` with the assessment's JSON.
///
/// # Errors
/// A sentence, when the request is not one, the document is unknown, or a fact is refused.
#[wasm_bindgen]
pub fn assess(request: &str) -> Result<String, String> {
    let assessment = Question::read(request)?.answer().map_err(|errors| format!("{errors:?}"))?;
    serde_json::to_string(&assessment).map_err(|error| error.to_string())
}

/// A request that has been read: what remains to be done is the assessment alone.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Question {
    document: &'static Compiled,
    request: AssessRequest,
}

#[wasm_bindgen]
impl Question {
    /// Reads an `AssessRequest`.
    ///
    /// # Errors
    /// A sentence, when the request is not one or the document is unknown.
    pub fn read(request: &str) -> Result<Self, String> {
        let request: AssessRequest = serde_json::from_str(request).map_err(|error| error.to_string())?;
        let document = policies::rulebook().document(&request.document);
        Ok(Self { document: document.ok_or_else(|| "unknown document".to_owned())?, request })
    }

    /// Assesses so many times over and gives up the answers: for the clock of the caller.
    pub fn repeat(&self, times: u32) {
        for _ in 0..times {
            // An answer that nobody reads must be worked out all the same.
            let _ = std::hint::black_box(std::hint::black_box(self).answer());
        }
    }
}

impl Question {
    fn answer(&self) -> Result<Assessment<'static>, Vec<FactError>> {
        decide(self.document, &self.request.household, self.request.on)
    }
}
