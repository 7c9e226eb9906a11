//! The description of the API as a judge: what really travels is held to it, both ways.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use anyhow::{Context, Result, anyhow, ensure};
use jsonschema::Validator;
use protocol::routes::Route;
use serde_json::{Value, json};

/// A description, with a judge of each type that it names.
#[derive(Debug)]
pub struct Description {
    openapi: Value,
    judges: BTreeMap<String, Validator>,
}

/// The one of today.
static TODAY: LazyLock<Result<Description>> =
    LazyLock::new(|| Description::read(include_str!("../../edge/openapi.json")));

/// Holds a body that was sent and granted to the description of its route.
///
/// # Errors
/// Where it is not as described.
pub fn taken(route: &Route<'_>, body: &[u8]) -> Result<()> {
    today()?.taken(route, body)
}

/// Holds an answer to the description of its route: the status, the type of its body, and for a refusal that its code
/// stands under that status.
///
/// # Errors
/// Where it is not as described.
pub fn given(route: &Route<'_>, status: u16, body: &[u8]) -> Result<()> {
    today()?.given(route, status, body)
}

fn today() -> Result<&'static Description> {
    TODAY.as_ref().map_err(|error| anyhow!("{error:#}"))
}

impl Description {
    /// Reads one.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self> {
        let openapi: Value = serde_json::from_str(text)?;
        let schemas = openapi["components"]["schemas"].as_object().context("no schemas")?;
        let judge = |name: &String| {
            let schema = json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$ref": format!("#/components/schemas/{name}"),
                "components": openapi["components"],
            });
            let built = jsonschema::options().should_validate_formats(true).build(&schema);
            built.map(|judge| (name.clone(), judge)).map_err(|error| anyhow!("{error}"))
        };
        let judges = schemas.keys().map(judge).collect::<Result<_>>()?;
        Ok(Self { openapi, judges })
    }

    /// As [`taken`].
    ///
    /// # Errors
    /// Where it is not as described.
    pub fn taken(&self, route: &Route<'_>, body: &[u8]) -> Result<()> {
        let content = &self.operation(route)?["requestBody"]["content"];
        if let Some(part) = content.get(BYTES) {
            return fits_in(part, body).with_context(|| format!("sent to {}", route.name()));
        }
        let schema = &content["application/json"]["schema"];
        if body.is_empty() && schema.is_null() {
            return Ok(());
        }
        self.fits(schema, body).with_context(|| format!("sent to {}", route.name()))
    }

    /// As [`given`].
    ///
    /// # Errors
    /// Where it is not as described.
    pub fn given(&self, route: &Route<'_>, status: u16, body: &[u8]) -> Result<()> {
        let response = &self.operation(route)?["responses"][status.to_string()];
        if let Some(part) = response["content"].get(BYTES) {
            return fits_in(part, body).with_context(|| format!("{status} from {}", route.name()));
        }
        let kind = if status < 300 { "application/json" } else { "application/problem+json" };
        self.fits(&response["content"][kind]["schema"], body)
            .with_context(|| format!("{status} from {}", route.name()))?;
        if status >= 300 {
            let problem: Value = serde_json::from_slice(body)?;
            let code = problem["code"].as_str().context("code")?;
            let words = response["description"].as_str().unwrap_or_default();
            ensure!(words.split(", ").any(|word| word == code), "{} does not name {code}", route.name());
        }
        Ok(())
    }

    fn operation(&self, route: &Route<'_>) -> Result<&Value> {
        let described = Route::ALL.iter().find(|known| known.name() == route.name()).context("a route")?;
        let operation = &self.openapi["paths"][described.to_path()][route.method().name().to_lowercase()];
        ensure!(operation.is_object(), "{} is not described", route.name());
        Ok(operation)
    }

    fn fits(&self, schema: &Value, body: &[u8]) -> Result<()> {
        let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
        let judge = self.judges.get(name.context("nothing is described")?).context("an unknown type")?;
        let value: Value = serde_json::from_slice(body)?;
        judge.validate(&value).map_err(|fault| anyhow!("{fault}, at {}", fault.instance_path()))
    }
}

/// The media type of what is no JSON.
const BYTES: &str = "application/octet-stream";

/// Holds bytes to the length that is described.
fn fits_in(described: &Value, body: &[u8]) -> Result<()> {
    let most = described["schema"]["maxLength"].as_u64().context("no length is described")?;
    ensure!(body.len() as u64 <= most, "{} bytes, and {most} are described", body.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_as_described_is_seen() {
        let health = Route::Health {};
        assert!(given(&health, 200, br#"{"now":1,"ok":true,"version":"0.1.0"}"#).is_ok());
        assert!(given(&health, 200, br#"{"now":"1","ok":true}"#).is_err());
        assert!(given(&health, 201, br#"{"now":1,"ok":true}"#).is_err());
        let problem = |code: &str| format!(r#"{{"type":"t","title":"t","status":503,"code":"{code}"}}"#);
        assert!(given(&health, 503, problem("unavailable").as_bytes()).is_ok());
        assert!(given(&health, 503, problem("proof_too_easy").as_bytes()).is_err());
        assert!(given(&health, 503, problem("nonsense").as_bytes()).is_err());
        let withdraw = Route::Withdraw { lookup: "" };
        assert!(taken(&withdraw, br#"{"id":"0123456789abcdef"}"#).is_ok());
        assert!(taken(&withdraw, br#"{"id":"0123456789abcdef","more":1}"#).is_err());
        assert!(taken(&withdraw, b"").is_err());
    }
}
