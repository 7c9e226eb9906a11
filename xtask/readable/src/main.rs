//! `readable`: every guide as HTML, in JSON on standard output. `xtask/src/site.rs` makes pages of them.

#![allow(clippy::disallowed_methods, reason = "the outer shell reads the clock")]

use std::io::{Write, stdout};

use anyhow::Result;
use chrono::{FixedOffset, Utc};
use serde::Serialize;

/// Beijing time: UTC+8 all year.
const BEIJING: i32 = 8 * 3600;

/// A page that can be read as it is.
#[derive(Serialize)]
struct Text {
    /// Its address without slashes at the ends.
    path: String,
    title: String,
    description: String,
    /// What stands in its body.
    html: String,
    /// The name of its place.
    place: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let today = match FixedOffset::east_opt(BEIJING) {
        Some(beijing) => Utc::now().with_timezone(&beijing).date_naive(),
        None => Utc::now().date_naive(),
    };
    let mut texts = Vec::new();
    for place in portal::readable::places(today) {
        texts.push(Text {
            path: [&place.id, "/text"].concat(),
            title: format!("{}公租房办事指南（纯文字）", place.name),
            description: place.summary,
            html: portal::readable::guide(&place.id, today).await,
            place: place.name.clone(),
        });
        if let Some(html) = portal::readable::forms(&place.id, today).await {
            texts.push(Text {
                path: [&place.id, "/forms"].concat(),
                title: format!("{}公租房空白表（可以打印）", place.name),
                description: format!("{}公租房续租、变动、异议等事项的空白表，打印后用手填写。", place.name),
                html,
                place: place.name,
            });
        }
    }
    Ok(stdout().write_all(&serde_json::to_vec(&texts)?)?)
}
