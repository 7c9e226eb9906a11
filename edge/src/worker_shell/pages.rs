//! Static files, from whichever service is bound as `ASSETS`: it gives bytes, everything else is set here.

use protocol::error::ErrorCode;
use worker::{EncodeBody, Env, Method, Request, RequestInit, Response, Result};

use super::{finish, log, secured, word};
use crate::{
    reply::Reply,
    site::{self, Encoding, File},
};

pub(super) async fn serve(request: &Request, env: &Env) -> Result<Response> {
    if !site::takes(&word(request)) {
        return finish(Reply::not_allowed(site::ALLOW), Vec::new());
    }
    let method = request.method();
    let accepted = request.headers().get("accept-encoding")?.unwrap_or_default();
    let known = request.headers().get("if-none-match")?;
    let path = request.path();
    let lost = site::is_page(&path).then(|| site::file(site::LOST)).flatten();
    let files = [(site::file(&path), 200), (lost, 404)];
    for (file, status) in files.into_iter().filter_map(|(file, status)| Some((file?, status))) {
        for encoding in site::encodings(&accepted) {
            let known = known.as_deref().filter(|_| status == 200);
            match send(env, &method, &file, encoding, known).await {
                Ok(Some(response)) if status == 200 => return Ok(response),
                Ok(Some(response)) => return Ok(response.with_status(status)),
                Ok(None) => {}
                Err(_) => {
                    log("the static files could not be read");
                    return refuse(ErrorCode::Unavailable);
                }
            }
        }
    }
    refuse(ErrorCode::NotFound)
}

fn refuse(code: ErrorCode) -> Result<Response> {
    finish(Reply::problem(&code.into()), Vec::new())
}

/// `known`: what the browser has already (`If-None-Match`).
async fn send(
    env: &Env,
    method: &Method,
    file: &File,
    encoding: Encoding,
    known: Option<&str>,
) -> Result<Option<Response>> {
    let mut init = RequestInit::new();
    init.with_method(method.clone());
    let address = format!("http://site{}{}", file.path, encoding.suffix);
    let found = env.service("ASSETS")?.fetch(address, Some(init)).await?;
    if found.status_code() != 200 {
        return Ok(None);
    }
    let headers = secured()?;
    headers.set("content-type", file.content_type)?;
    headers.set("cache-control", file.cache)?;
    headers.set("vary", "accept-encoding")?;
    let length = found.headers().get("content-length")?;
    let written = found.headers().get("last-modified")?;
    let tag = site::tag(found.headers().get("etag")?, written.as_deref(), length.as_deref());
    if let Some(tag) = &tag {
        headers.set("etag", tag)?;
        if known.is_some_and(|known| site::has(known, tag)) {
            return Ok(Some(Response::builder().with_status(304).with_headers(headers).empty()));
        }
    }
    if let Some(length) = length {
        headers.set("content-length", &length)?;
    }
    let sent = if encoding.name.is_empty() {
        EncodeBody::Automatic
    } else {
        headers.set("content-encoding", encoding.name)?;
        EncodeBody::Manual
    };
    Ok(Some(found.with_headers(headers).with_encode_body(sent)))
}
