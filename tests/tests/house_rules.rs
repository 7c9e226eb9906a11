//! Rules of the house that no compiler checks: who may fetch, who may link what, and what no tracked file may hold.

#![allow(missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use protocol::routes::Route;
use system_tests::disk;
use xtask::project::{Project, cargo};

/// Only this file speaks to the network.
const FETCHING: &str = "frontend/ui/src/api.rs";
/// What a file that fetches names.
const FETCH: [&str; 3] = ["gloo_net::http", "XmlHttpRequest", "fetch_with"];
/// Other ways out of a page, which nothing here takes, in Rust and in JavaScript.
const OTHER_WAYS: [&str; 9] = [
    "WebSocket",
    "WebTransport",
    "EventSource",
    "RtcPeerConnection",
    "RTCPeerConnection",
    "send_beacon",
    "sendBeacon",
    "XMLHttpRequest",
    "fetch(\"",
];

#[test]
fn only_the_calls_of_the_api_fetch() -> Result<()> {
    let project = Project::find()?;
    for file in disk::files(&project.path("frontend"))? {
        let name = file.strip_prefix(project.root())?.to_string_lossy().into_owned();
        // Pictures are no text, and call nobody.
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let fetches = FETCH.iter().any(|word| text.contains(word));
        ensure!(!fetches || name == FETCHING, "{name} fetches");
        let other = OTHER_WAYS.iter().find(|word| text.contains(**word));
        ensure!(other.is_none(), "{name} speaks to the network by {other:?}");
    }
    let api = fs::read_to_string(project.path(FETCHING))?;
    ensure!(FETCH.iter().any(|word| api.contains(word)), "the search finds nothing at all");
    Ok(())
}

/// The one file outside `protocol` that may name an address.
const SETTING_UP: &str = "edge/local/src/health.rs";

#[test]
fn wire_types_exist_once() -> Result<()> {
    let project = Project::find()?;
    let (mut wire, mut others) = (Vec::new(), Vec::new());
    let mut addresses_made_here = 0;
    for (name, text) in sources(&project)? {
        if name.starts_with("protocol/src/") {
            wire.extend(serde_types(&text));
            addresses_made_here += addresses(&text).len();
        } else {
            let known: &[&str] = if name == SETTING_UP { &[local::HEALTH] } else { &[] };
            let is_known = |line: &&str| known.iter().any(|one| line.contains(&format!("{one:?}")));
            let typed: Vec<&str> = addresses(&text).into_iter().filter(|line| !is_known(line)).collect();
            ensure!(typed.is_empty(), "{name} types an address: {typed:?}");
            others.extend(serde_types(&text).into_iter().map(|one| (name.clone(), one)));
        }
    }
    let repeated: Vec<String> = others
        .iter()
        .filter_map(|(name, one)| {
            wire.iter().find(|known| known.repeats(one)).map(|known| (name, one, known))
        })
        .map(|(name, one, known)| format!("{name}: {} repeats protocol's {}", one.name, known.name))
        .collect();
    ensure!(repeated.is_empty(), "{repeated:#?}");

    // What the tool names itself, so that its first build is small.
    ensure!(local::HEALTH == Route::Health {}.to_path());
    ensure!(local::PAGES_CONFIG == protocol::config::FILE);

    // That the search finds what it must.
    ensure!(addresses_made_here > 10, "only {addresses_made_here} addresses in protocol");
    for known in ["Submission", "PortalConfig", "Problem", "Health", "AuditTrail", "Letter"] {
        ensure!(wire.iter().any(|one| one.name == known), "{known} is not found in protocol");
    }
    ensure!(others.len() > 50, "only {} types elsewhere", others.len());
    let copies = "#[derive(Clone, Deserialize)]\nstruct Site {\n    pub api: String,\n    pub proof_bits: u8,\n    \
                  offices: Offices,\n}\n#[derive(Serialize)]\npub(crate) enum Action {\n    A,\n}\n";
    let copies = serde_types(copies);
    ensure!(copies.len() == 2, "{copies:?}");
    for copy in &copies {
        ensure!(wire.iter().any(|known| known.repeats(copy)), "{copy:?} is not seen as a copy");
    }
    Ok(())
}

#[test]
fn no_sentence_repeats_a_limit() -> Result<()> {
    let project = Project::find()?;
    let mut sentences = 0;
    for (name, text) in sources(&project)? {
        let product = ["frontend/", "protocol/src/", "edge/src/"].iter().any(|room| name.starts_with(room));
        for line in text.lines().filter(|line| product && !line.trim_start().starts_with("//")) {
            sentences += line.matches("分钟").count();
            ensure!(minutes_by_hand(line).is_none(), "{name} types a limit by hand: {line}");
        }
    }
    ensure!(sentences > 3, "the search finds nothing at all");
    for typed in ["提交以后十分钟内", "超过 10 分钟", "一百二十分钟", "15分钟"] {
        ensure!(minutes_by_hand(typed).is_some(), "{typed} is not seen");
    }
    for fine in ["{LOCKS_AFTER_MINUTES} 分钟没有操作", "一般几分钟就能答完", "可能要半分钟"]
    {
        ensure!(minutes_by_hand(fine).is_none(), "{fine} is no limit");
    }
    Ok(())
}

/// The number before 分钟 in a line, where it is written out: a limit is a constant, and sentences are made from it.
fn minutes_by_hand(line: &str) -> Option<char> {
    let before = line.split("分钟").map(str::trim_end);
    let count = line.matches("分钟").count();
    before
        .take(count)
        .filter_map(|text| text.chars().next_back())
        .find(|last| last.is_ascii_digit() || "一二两三四五六七八九十百".contains(*last))
}

/// A type that travels or is kept as JSON; the fields of an enum's variants say nothing of the whole and are left out.
#[derive(Debug)]
struct SerdeType {
    name: String,
    fields: BTreeSet<String>,
}

impl SerdeType {
    /// Whether another type is this one again: the same name, or the same fields.
    fn repeats(&self, other: &Self) -> bool {
        self.name == other.name || (self.fields.len() > 1 && self.fields == other.fields)
    }
}

/// The types of a Rust file that derive `Serialize` or `Deserialize`.
fn serde_types(text: &str) -> Vec<SerdeType> {
    let mut found: Vec<SerdeType> = Vec::new();
    let (mut derived, mut open) = (false, false);
    for line in text.lines() {
        let item = line.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        let item = item.trim_start_matches("pub ");
        if line.trim_start().starts_with("#[derive(") {
            derived = line.contains("Serialize") || line.contains("Deserialize");
        } else if let Some(rest) = item.strip_prefix("struct ").or_else(|| item.strip_prefix("enum ")) {
            let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let travels = std::mem::take(&mut derived);
            open = travels && line.ends_with('{') && item.starts_with("struct ");
            if travels {
                found.push(SerdeType { name: name.to_owned(), fields: BTreeSet::new() });
            }
        } else if line.trim_end() == "}" {
            open = false;
        } else if let (true, Some((field, _))) = (open, item.split_once(": ")) {
            let plain = field.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
            if let (true, Some(last)) = (plain, found.last_mut()) {
                last.fields.insert(field.to_owned());
            }
        }
    }
    found
}

/// The lines of code that type an address of the API by hand.
fn addresses(text: &str) -> Vec<&str> {
    // In halves, so that this file passes its own test.
    let (whole, begun) = (["/ap", "i/"].concat(), ["\"/ap", "i\""].concat());
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .filter(|line| line.contains(&whole) || line.contains(&begun))
        .collect()
}

/// Every tracked Rust file with its text.
fn sources(project: &Project) -> Result<Vec<(String, String)>> {
    let names = tracked(project)?;
    let rust = names.into_iter().filter(|name| name.ends_with(".rs"));
    rust.filter(|name| project.path(name).exists())
        .map(|name| {
            let text = fs::read_to_string(project.path(&name))?;
            Ok((name, text))
        })
        .collect()
}

/// The names of all files that are part of the project.
fn tracked(project: &Project) -> Result<Vec<String>> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(project.root()).output()?;
    ensure!(listed.status.success(), "git ls-files failed");
    let names = String::from_utf8(listed.stdout)?;
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

#[test]
fn templates_hold_no_inline_script_and_no_inline_style() -> Result<()> {
    let project = Project::find()?;
    for name in ["index.html", "frontend/desk.html", "frontend/text.html", "frontend/offline/page.html"] {
        let text = fs::read_to_string(project.path(name))?;
        ensure!(!text.contains("<style") && !text.contains(" style="), "{name} styles inline");
        for script in text.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').context("an open tag")?;
            ensure!(tag.contains(" src="), "{name} has a script of its own");
            ensure!(rest.trim_start().starts_with("</script>"), "{name} has a script with text");
        }
        for handler in [" onclick=", " onload=", " onerror=", "javascript:"] {
            ensure!(!text.contains(handler), "{name} has {handler}");
        }
    }
    Ok(())
}

#[test]
fn only_the_edge_depends_on_worker() -> Result<()> {
    let users: Vec<String> = packages()?
        .into_iter()
        .filter(|(_, dependencies)| dependencies.iter().any(|name| name == "worker"))
        .map(|(package, _)| package)
        .collect();
    ensure!(users == ["edge"], "these depend on worker: {users:?}");
    Ok(())
}

#[test]
fn what_residents_and_officers_load_links_no_sealing() -> Result<()> {
    let plain = linked(&["--package", "portal", "--package", "desk", "--features", "portal/whole"])?;
    for crypto in ["age", "argon2", "x25519-dalek", "ed25519-dalek"] {
        ensure!(!plain.iter().any(|name| name == crypto), "portal, guide, forms and desk link {crypto}");
    }
    let sealer = linked(&["--package", "sealer", "--features", "sealer/work"])?;
    ensure!(sealer.iter().any(|name| name == "age"), "the search finds nothing at all");
    Ok(())
}

#[test]
fn tracked_files_name_no_machine_and_no_registry() -> Result<()> {
    // In halves, so that this file passes its own test.
    let foreign = [
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["registry.npm", "js.org"],
        ["index.crates", ".io"],
        ["static.crates", ".io"],
        ["npm", "mirror"],
    ]
    .map(|halves| halves.concat());
    let project = Project::find()?;
    let mut looked_at = 0;
    for name in tracked(&project)? {
        let Ok(text) = fs::read_to_string(project.path(&name)) else { continue };
        looked_at += 1;
        for word in &foreign {
            ensure!(!text.contains(word.as_str()), "{name} holds {word}");
        }
    }
    ensure!(looked_at > 100, "only {looked_at} files were looked at");
    Ok(())
}

#[test]
fn nobody_in_the_tests_could_be_a_resident() -> Result<()> {
    // 999999 is no place's code.
    let nowhere = "999999";
    let project = Project::find()?;
    let mut invented = 0;
    for name in tracked(&project)? {
        let Ok(text) = fs::read_to_string(project.path(&name)) else { continue };
        for number in identity_numbers(&text)? {
            ensure!(number.starts_with(nowhere), "{name}: {number} may be somebody's");
            invented += 1;
        }
    }
    ensure!(invented > 5, "the search finds nothing at all");
    // That it finds a number with a place's code: the digits of two cities, in parts, so that this file passes its own test.
    for (place, rest) in [("110101", "199003078072"), ("433127", "199001010016"), ("110105", "19491231002x")]
    {
        let number = [place, rest].concat();
        let found = identity_numbers(&format!("(\"{number}\",)"))?;
        ensure!(found == [number.to_uppercase()], "{number} is not found: {found:?}");
    }
    Ok(())
}

/// The words of a text that the portal would take for a person's identity number.
fn identity_numbers(text: &str) -> Result<Vec<String>> {
    let at_last = chrono::NaiveDate::from_ymd_opt(2100, 1, 1).context("a day")?;
    Ok(text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter_map(|word| policies::identity::resident_id(word, at_last).ok())
        .map(|id| id.number)
        .collect())
}

/// Every package of the workspace with the names of its direct dependencies.
fn packages() -> Result<Vec<(String, Vec<String>)>> {
    let project = Project::find()?;
    let output = Command::new(cargo())
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(project.root())
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let name = |value: &serde_json::Value| value["name"].as_str().unwrap_or_default().to_owned();
    Ok(metadata["packages"]
        .as_array()
        .context("packages")?
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().into_iter().flatten().map(name).collect();
            (name(package), dependencies)
        })
        .collect())
}

/// The names of everything these packages link for the browser, with these features.
fn linked(selection: &[&str]) -> Result<Vec<String>> {
    let project = Project::find()?;
    let output = Command::new(cargo())
        .args(["tree", "--target", "wasm32-unknown-unknown"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{lib}"])
        .args(selection)
        .current_dir(project.root())
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.lines().map(|line| line.trim().replace('_', "-")).collect())
}

/// What stands between backquotes in a text.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn the_map_leads_somewhere() -> Result<()> {
    let project = Project::find()?;
    let text = fs::read_to_string(project.path("ARCHITECTURE.md"))?;
    let map = text.split_once("### I want to change").context("no map")?.1;
    let map = map.split_once("\n### ").context("the map does not end")?.0;
    let rows: Vec<&str> = map.lines().filter(|line| line.starts_with("| ") && line.contains('`')).collect();
    ensure!(rows.len() >= 20, "only {} rows", rows.len());
    for row in rows {
        let goal = row.rsplit('|').nth(1).context("a row without a goal")?;
        ensure!(quoted(goal).next().is_some(), "{row} leads nowhere");
        for path in quoted(goal) {
            ensure!(project.path(path).exists(), "{path} is not there: {row}");
        }
    }
    let guide = fs::read_to_string(project.path("CONTRIBUTING.md"))?;
    let paths = quoted(&guide).filter(|quoted| quoted.contains('/') && !quoted.contains(['<', ' ']));
    for path in paths.filter(|path| !path.starts_with('/')) {
        ensure!(project.path(path).exists(), "CONTRIBUTING.md names {path}, which is not there");
    }
    Ok(())
}
