//! `deny.toml`, the part of cargo-deny's format that is used here. A key that is not known is a fault: it would hold for
//! one reader and not for the other.

use serde::Deserialize;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What is looked at.
    pub graph: Graph,
    /// Which licences may be built in.
    pub licenses: Licenses,
    /// Which packages, in which versions.
    pub bans: Bans,
    /// From where.
    pub sources: Sources,
}

/// What is looked at.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Graph {
    /// Must be true: with every feature.
    pub all_features: bool,
}

/// Which licences may be built in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licenses {
    /// SPDX names.
    pub allow: Vec<String>,
}

/// Which packages, in which versions.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Bans {
    /// `deny`: one version of each.
    pub multiple_versions: String,
    /// `deny`: cargo itself refuses `*` for what is published; here nothing is.
    pub wildcards: String,
    /// Packages of this workspace are named by path.
    pub allow_wildcard_paths: bool,
    /// Older versions that may stand beside a newer one.
    pub skip: Vec<Skip>,
}

/// An older version that may stand beside a newer one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// `name@version`.
    #[serde(rename = "crate")]
    pub name: String,
    /// Who still asks for it.
    pub reason: String,
}

/// From where.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sources {
    /// `deny`.
    pub unknown_registry: String,
    /// `deny`.
    pub unknown_git: String,
    /// Addresses of registries.
    pub allow_registry: Vec<String>,
}

impl Rules {
    /// Reads the file.
    ///
    /// # Errors
    /// With what is wrong in it.
    pub fn read(text: &str) -> Result<Self, String> {
        let rules: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let strict = [
            rules.bans.multiple_versions.as_str(),
            &rules.bans.wildcards,
            &rules.sources.unknown_registry,
            &rules.sources.unknown_git,
        ];
        if strict != ["deny"; 4] || !rules.graph.all_features {
            return Err("deny.toml denies less than tests/supply does".to_owned());
        }
        Ok(rules)
    }
}
