//! The only file that fetches. Every failure is typed and says what a person can do.

use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use protocol::{
    authorization::Authorization,
    config::{self, PortalConfig},
    error::Problem,
    health::Health,
    routes::{Method, Route, with_query},
};
use serde::{Serialize, de::DeserializeOwned};
use thiserror::Error;

/// How long an answer may take, in milliseconds, before the request is given up, beside what it takes to send it.
const PATIENCE_MS: u32 = 20_000;
/// The slowest line that is waited for: a thousand bytes a second, a byte a millisecond.
const MS_A_BYTE: u32 = 1;

/// Why there is no answer. `Display` is a sentence for the person.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ApiError {
    /// No connection.
    #[error("网络没有连通。请检查网络后再试；您填写的内容还在这台设备上，没有丢。")]
    Offline,
    /// No answer in time.
    #[error("服务器很久没有回应。请稍后再试；重复提交不会产生两份。")]
    Timeout,
    /// The server refused, and says why.
    #[error("{}", refusal(.0))]
    Refused(Problem),
    /// The server answered something that is not ours.
    #[error("服务器的回答无法识别（代码 {0}）。请稍后再试，或拨打办事电话。")]
    Unreadable(u16),
}

fn refusal(problem: &Problem) -> String {
    match (problem.title.as_str(), problem.detail.as_deref().unwrap_or_default()) {
        ("", "") => format!("服务器没有接受这次请求（代码 {}）。", problem.status),
        ("", words) | (words, _) => words.to_owned(),
    }
}

/// The API at one origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Api {
    /// Origin without a slash at the end; empty: the same origin.
    pub origin: String,
}

impl Api {
    /// The API that a configuration names.
    pub fn of(config: &PortalConfig) -> Self {
        Self { origin: config.api.clone() }
    }

    /// Asks a route that takes no body.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn ask<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        authorization: Option<&Authorization>,
    ) -> Result<T, ApiError> {
        self.ask_for(route, "", authorization).await
    }

    /// Asks a route that takes no body for what a query says: see [`protocol::query`].
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn ask_for<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        query: &str,
        authorization: Option<&Authorization>,
    ) -> Result<T, ApiError> {
        send(self.request(route, query), authorization, None).await
    }

    /// Sends `body` as JSON to a route.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn send<B: Serialize, T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        body: &B,
        authorization: Option<&Authorization>,
    ) -> Result<T, ApiError> {
        let text = serde_json::to_string(body).map_err(|_| ApiError::Unreadable(0))?;
        self.send_text(route, text, authorization).await
    }

    /// Sends a body that is JSON text already (a signed request signs these very bytes).
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn send_text<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        body: String,
        authorization: Option<&Authorization>,
    ) -> Result<T, ApiError> {
        send(self.request(route, ""), authorization, Some(Body::Json(body))).await
    }

    /// Sends bytes to a route that takes a part of a paper.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn send_bytes<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        bytes: &[u8],
        authorization: Option<&Authorization>,
    ) -> Result<T, ApiError> {
        send(self.request(route, ""), authorization, Some(Body::Bytes(bytes))).await
    }

    /// Asks a route that gives a part of a paper.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn ask_bytes(
        &self,
        route: Route<'_>,
        authorization: Option<&Authorization>,
    ) -> Result<Vec<u8>, ApiError> {
        let (response, patience) = sent(self.request(route, ""), authorization, None).await?;
        if response.ok() {
            return response.binary().await.map_err(|_| patience.silence());
        }
        let text = response.text().await.map_err(|_| patience.silence())?;
        Err(refused(response.status(), &text))
    }

    fn request(&self, route: Route<'_>, query: &str) -> RequestBuilder {
        let address = format!("{}{}", self.origin, with_query(&route.to_path(), query));
        match route.method() {
            Method::Get => Request::get(&address),
            Method::Post => Request::post(&address),
        }
    }
}

/// Fetches the static configuration.
///
/// # Errors
/// See [`ApiError`].
pub async fn fetch_config() -> Result<PortalConfig, ApiError> {
    send(Request::get(&format!("/{}", config::FILE)), None, None).await
}

/// Fetches a document that lies apart, as bytes.
///
/// # Errors
/// [`ApiError::Offline`] where nothing came, [`ApiError::Unreadable`] where it is not there.
#[cfg(feature = "whole")]
pub async fn fetch_volume(address: &str) -> Result<Vec<u8>, ApiError> {
    let response = Request::get(address).send().await.map_err(|_| ApiError::Offline)?;
    if !response.ok() {
        return Err(ApiError::Unreadable(response.status()));
    }
    response.binary().await.map_err(|_| ApiError::Offline)
}

/// What is sent.
enum Body<'a> {
    Json(String),
    Bytes(&'a [u8]),
}

impl Body<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Json(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
}

/// A request that is given up when its time is over.
struct Patience {
    signal: Option<web_sys::AbortSignal>,
    _timer: Timeout,
}

impl Patience {
    /// Why nothing came.
    fn silence(&self) -> ApiError {
        let gave_up = self.signal.as_ref().is_some_and(web_sys::AbortSignal::aborted);
        if gave_up { ApiError::Timeout } else { ApiError::Offline }
    }
}

async fn send<T: DeserializeOwned>(
    request: RequestBuilder,
    authorization: Option<&Authorization>,
    body: Option<Body<'_>>,
) -> Result<T, ApiError> {
    let (response, patience) = sent(request, authorization, body).await?;
    let text = response.text().await.map_err(|_| patience.silence())?;
    read(&response, &text)
}

/// Sends a request and waits for the beginning of its answer; whoever reads on keeps the patience until it is read.
async fn sent(
    request: RequestBuilder,
    authorization: Option<&Authorization>,
    body: Option<Body<'_>>,
) -> Result<(Response, Patience), ApiError> {
    let controller = web_sys::AbortController::new().ok();
    let signal = controller.as_ref().map(web_sys::AbortController::signal);
    let mut request = request.abort_signal(signal.as_ref());
    if let Some(authorization) = authorization {
        request = request.header("authorization", &authorization.header());
    }
    let length = body.as_ref().map_or(0, Body::len);
    let sending = u32::try_from(length).unwrap_or(u32::MAX).saturating_mul(MS_A_BYTE);
    let request = match body {
        Some(Body::Json(text)) => request.header("content-type", "application/json").body(text),
        Some(Body::Bytes(bytes)) => {
            request.header("content-type", "application/octet-stream").body(Uint8Array::from(bytes))
        }
        None => request.build(),
    }
    .map_err(|_| ApiError::Unreadable(0))?;

    let timer = Timeout::new(PATIENCE_MS.saturating_add(sending), move || {
        if let Some(controller) = controller {
            controller.abort();
        }
    });
    let patience = Patience { signal, _timer: timer };
    let response = request.send().await.map_err(|_| patience.silence())?;
    Ok((response, patience))
}

fn read<T: DeserializeOwned>(response: &Response, text: &str) -> Result<T, ApiError> {
    let status = response.status();
    if response.ok() {
        return serde_json::from_str(text).map_err(|_| ApiError::Unreadable(status));
    }
    Err(refused(status, text))
}

fn refused(status: u16, text: &str) -> ApiError {
    match serde_json::from_str::<Problem>(text) {
        Ok(problem) => ApiError::Refused(Problem { status, ..problem }),
        Err(_) => ApiError::Unreadable(status),
    }
}

/// The server's clock, since a device's may be wrong by more than a proof or a signature may be old; `None` where the
/// server does not say.
pub async fn server_time(api: &Api) -> Option<u64> {
    api.ask::<Health>(Route::Health {}, None).await.ok().map(|health| health.now)
}
