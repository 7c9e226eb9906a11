//! What the portal's pages and workers loaded, read from DevTools' network events.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::devtools::{Event, Events};

/// Addresses that lead to no host.
const NO_HOST: [&str; 4] = ["data:", "blob:", "about:", "chrome:"];

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
    /// Every request that began or ended in it.
    pub requests: Vec<Request>,
    /// What workers said was wrong; the driver's log tells the same of pages.
    pub complaints: Vec<String>,
}

/// Every request ever made, by DevTools' id, so that an end is understood that comes long after the beginning.
#[derive(Debug, Default)]
pub struct Ledger {
    addresses: BTreeMap<String, String>,
}

impl Ledger {
    /// Reads the events of a stretch.
    pub fn read(&mut self, events: &Events) -> Traffic {
        let mut requests = BTreeMap::<String, Request>::new();
        let mut complaints = Vec::new();
        for event in events {
            if event.kind != "page" {
                complaints.extend(complaint(event));
            }
            let Some(id) = event.params["requestId"].as_str() else { continue };
            if event.method == "Network.requestWillBeSent" {
                let url = event.params["request"]["url"].as_str().unwrap_or_default().to_owned();
                self.addresses.insert(id.to_owned(), url.clone());
                requests.insert(id.to_owned(), Request { url, ..Request::default() });
                continue;
            }
            let Some(url) = self.addresses.get(id) else { continue };
            let begun = || Request { url: url.clone(), ..Request::default() };
            match event.method.as_str() {
                "Network.responseReceived" => {
                    requests.entry(id.to_owned()).or_insert_with(begun).status =
                        event.params["response"]["status"].as_u64();
                }
                // A page that is left behind cancels what it no longer needs: that is no failure.
                "Network.loadingFailed" if event.params["canceled"] != Value::Bool(true) => {
                    requests.entry(id.to_owned()).or_insert_with(begun).failure =
                        Some(event.params["errorText"].as_str().unwrap_or("failed").to_owned());
                }
                _ => {}
            }
        }
        Traffic { requests: requests.into_values().collect(), complaints }
    }
}

impl Traffic {
    /// Every request that failed, was refused, or went to another host, in a sentence each.
    pub fn wrong(&self, origin: &str) -> Vec<String> {
        let own = format!("{origin}/");
        self.requests
            .iter()
            .filter_map(|request| {
                let url = &request.url;
                let inside = NO_HOST.iter().any(|scheme| url.starts_with(scheme));
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

/// What an event complains about, when it does: an error in the console, or one that nobody caught.
fn complaint(event: &Event) -> Option<String> {
    let params = &event.params;
    let said = match event.method.as_str() {
        "Log.entryAdded" if params["entry"]["level"] == "error" => {
            let entry = &params["entry"];
            format!(
                "{} {}",
                entry["url"].as_str().unwrap_or_default(),
                entry["text"].as_str().unwrap_or_default()
            )
        }
        "Runtime.exceptionThrown" => params["exceptionDetails"].to_string(),
        "Runtime.consoleAPICalled" if params["type"] == "error" => params["args"].to_string(),
        _ => return None,
    };
    Some(format!("{}: {said}", event.kind))
}
