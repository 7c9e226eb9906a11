//! What npm installs, from `package-lock.json`: tools, and workerd, which is packed into the archive for an office's server.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Licences of tools, beyond those that may be built in: whoever only runs a program need not give its source.
const OF_TOOLS: [&str; 6] =
    ["LGPL-3.0-or-later", "MPL-2.0", "CC0-1.0", "0BSD", "BlueOak-1.0.0", "BSD-2-Clause"];

/// A tool that names no licence in its description: what stands in its file LICENSE.
const UNNAMED: [(&str, &str); 1] = [("node_modules/parse-cache-control", "BSD-3-Clause")];

/// What is handed on to others: only what may be built in.
const SHIPPED: &str = "workerd";

#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Package>,
}

#[derive(Deserialize)]
struct Package {
    integrity: Option<String>,
    license: Option<String>,
}

/// Packages without a hash that npm can hold them to, and those under a licence nobody has looked at.
///
/// # Errors
/// When the text is no lockfile.
pub fn faults(lock: &str, allow: &[String]) -> Result<Vec<String>, String> {
    let lock: Lock = serde_json::from_str(lock).map_err(|error| error.to_string())?;
    let of_tools: Vec<String> = allow.iter().cloned().chain(OF_TOOLS.map(str::to_owned)).collect();
    let mut faults = Vec::new();
    for (name, package) in lock.packages.iter().filter(|(name, _)| !name.is_empty()) {
        if !package.integrity.as_ref().is_some_and(|hash| hash.starts_with("sha512-")) {
            faults.push(format!("{name} has no SHA-512"));
        }
        let unnamed = UNNAMED.iter().find(|(tool, _)| tool == name).map(|(_, licence)| *licence);
        let licence = package.license.as_deref().or(unnamed).unwrap_or_default();
        let is_shipped = name.rsplit('/').next().is_some_and(|last| last.starts_with(SHIPPED));
        if !crate::licence::allowed(licence, if is_shipped { allow } else { &of_tools }) {
            faults.push(format!("{name} comes under “{licence}”"));
        }
    }
    Ok(faults)
}
