//! The only file that fetches. Every failure is typed and says what a person can do.

use gloo_net::http::{RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thiserror::Error;

use crate::config::PortalConfig;

/// How long an answer may take, in milliseconds, before the request is given up.
const PATIENCE_MS: u32 = 20_000;

/// What the server says when it refuses (RFC 9457).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code, e.g. `case_exists`.
    #[serde(default)]
    pub code: String,
    /// HTTP status.
    #[serde(default)]
    pub status: u16,
    /// What happened and what to do, in words for the person.
    #[serde(default)]
    pub title: String,
    /// More, for this occurrence.
    #[serde(default)]
    pub detail: String,
    /// The field concerned, if one.
    #[serde(default)]
    pub field: Option<String>,
}

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
    match (problem.title.as_str(), problem.detail.as_str()) {
        ("", "") => format!("服务器没有接受这次请求（代码 {}）。", problem.status),
        ("", words) | (words, _) => words.to_owned(),
    }
}

/// Proof of who asks; never put into an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// A receipt's token (hex).
    Receipt(String),
    /// An officer's signed token (compact JWS).
    Staff(String),
}

impl Authorization {
    fn header(&self) -> String {
        match self {
            Self::Receipt(token) => format!("Receipt {token}"),
            Self::Staff(token) => format!("Staff {token}"),
        }
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

    /// GET `path` (which begins with a slash).
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        authorization: Option<&Authorization>,
    ) -> Result<T, ApiError> {
        let request = gloo_net::http::Request::get(&self.address(path));
        send(request, authorization, None).await
    }

    /// POST `body` as JSON to `path`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn post<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
        authorization: Option<&Authorization>,
    ) -> Result<T, ApiError> {
        let text = serde_json::to_string(body).map_err(|_| ApiError::Unreadable(0))?;
        self.post_text(path, text, authorization).await
    }

    /// POST a body that is JSON text already (a signed request signs these very bytes).
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn post_text<T: DeserializeOwned>(
        &self,
        path: &str,
        body: String,
        authorization: Option<&Authorization>,
    ) -> Result<T, ApiError> {
        let request = gloo_net::http::Request::post(&self.address(path));
        send(request, authorization, Some(body)).await
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// Fetches the static configuration.
///
/// # Errors
/// See [`ApiError`].
pub async fn fetch_config() -> Result<PortalConfig, ApiError> {
    send(gloo_net::http::Request::get("/config.json"), None, None).await
}

async fn send<T: DeserializeOwned>(
    request: RequestBuilder,
    authorization: Option<&Authorization>,
    body: Option<String>,
) -> Result<T, ApiError> {
    let controller = web_sys::AbortController::new().ok();
    let signal = controller.as_ref().map(web_sys::AbortController::signal);
    let mut request = request.abort_signal(signal.as_ref());
    if let Some(authorization) = authorization {
        request = request.header("authorization", &authorization.header());
    }
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    }
    .map_err(|_| ApiError::Unreadable(0))?;

    let timer = Timeout::new(PATIENCE_MS, {
        let controller = controller.clone();
        move || {
            if let Some(controller) = controller {
                controller.abort();
            }
        }
    });
    let gave_up = || signal.as_ref().is_some_and(web_sys::AbortSignal::aborted);
    let silence = || if gave_up() { ApiError::Timeout } else { ApiError::Offline };

    let response = request.send().await.map_err(|_| silence())?;
    let status = response.status();
    let text = response.text().await.map_err(|_| silence())?;
    timer.cancel();
    read(&response, status, &text)
}

fn read<T: DeserializeOwned>(response: &Response, status: u16, text: &str) -> Result<T, ApiError> {
    if response.ok() {
        return serde_json::from_str(text).map_err(|_| ApiError::Unreadable(status));
    }
    match serde_json::from_str::<Problem>(text) {
        Ok(problem) => Err(ApiError::Refused(Problem { status, ..problem })),
        Err(_) => Err(ApiError::Unreadable(status)),
    }
}

#[derive(Deserialize)]
struct Health {
    now: u64,
}

/// The server's clock, since a device's may be wrong by more than a proof or a signature may be old; `None` where the
/// server does not say.
pub async fn server_time(api: &Api) -> Option<u64> {
    api.get::<Health>("/api/health", None).await.ok().map(|health| health.now)
}
