//! What the browser loaded, read from DevTools' network events.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::Value;
use thirtyfour::BrowserLogEntry;

/// One request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The full address.
    pub url: String,
    /// The HTTP status, when an answer came.
    pub status: Option<u64>,
    /// Why it failed, when it did.
    pub failure: Option<String>,
}

/// The requests of a stretch of a journey, in no particular order.
#[derive(Clone, Debug, Default)]
pub struct Traffic {
    /// Every request by DevTools' id.
    pub requests: Vec<Request>,
}

impl Traffic {
    /// Reads the `performance` log.
    ///
    /// # Errors
    /// When an entry is not the JSON that DevTools documents.
    pub fn read(log: &[BrowserLogEntry]) -> Result<Self> {
        let mut requests = BTreeMap::<String, Request>::new();
        for entry in log {
            let entry: Value = serde_json::from_str(&entry.message)?;
            let message = &entry["message"];
            let parameters = &message["params"];
            let Some(id) = parameters["requestId"].as_str() else { continue };
            match message["method"].as_str().unwrap_or_default() {
                "Network.requestWillBeSent" => {
                    let url = parameters["request"]["url"].as_str().unwrap_or_default().to_owned();
                    requests.insert(id.to_owned(), Request { url, ..Request::default() });
                }
                "Network.responseReceived" => {
                    requests.entry(id.to_owned()).or_default().status =
                        parameters["response"]["status"].as_u64();
                }
                // A page that is left behind cancels what it no longer needs: that is no failure.
                "Network.loadingFailed" if parameters["canceled"] != Value::Bool(true) => {
                    requests.entry(id.to_owned()).or_default().failure =
                        Some(parameters["errorText"].as_str().unwrap_or("failed").to_owned());
                }
                _ => {}
            }
        }
        Ok(Self { requests: requests.into_values().filter(|request| !request.url.is_empty()).collect() })
    }

    /// Every request that failed, was refused, or went to another host, in a sentence each.
    pub fn wrong(&self, origin: &str) -> Vec<String> {
        let own = format!("{origin}/");
        self.requests
            .iter()
            .filter_map(|request| {
                let url = &request.url;
                let inside =
                    ["data:", "blob:", "about:", "chrome:"].iter().any(|scheme| url.starts_with(scheme));
                if !inside && !url.starts_with(&own) {
                    Some(format!("request to another host: {url}"))
                } else if let Some(failure) = &request.failure {
                    Some(format!("failed request: {url}: {failure}"))
                } else {
                    request
                        .status
                        .filter(|status| *status >= 400)
                        .map(|status| format!("status {status}: {url}"))
                }
            })
            .collect()
    }
}
