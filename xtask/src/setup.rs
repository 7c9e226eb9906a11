//! What a fresh machine lacks: the WASM target, the npm programs, and for the tests a browser, and the commands `age`,
//! `sqlite3`, `strace` and `pdftotext`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::cache::digest;
use crate::project::{Project, cargo};
use crate::step::{read, run, step};

/// The target of everything a browser or a Worker loads.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// The oldest Node.js that the npm programs run on.
const OLDEST_NODE: u32 = 20;

/// A program the system tests need, and the Debian package that has it.
struct Needed {
    programs: &'static [&'static str],
    package: &'static str,
}

/// What the browser may be called.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
/// What drives it.
const DRIVER: &str = "chromedriver";
const FOR_TESTS: [Needed; 6] = [
    Needed { programs: BROWSERS, package: "chromium" },
    Needed { programs: &[DRIVER], package: "chromium-driver" },
    Needed { programs: &["age"], package: "age" },
    Needed { programs: &["sqlite3"], package: "sqlite3" },
    Needed { programs: &["strace"], package: "strace" },
    Needed { programs: &["pdftotext"], package: "poppler-utils" },
];
/// What the other engines need: Firefox, and WebKitGTK with a screen to draw on.
const FOR_ENGINES: [Needed; 4] = [
    Needed { programs: &["firefox-esr", "firefox"], package: "firefox-esr" },
    Needed { programs: &["WebKitWebDriver"], package: "webkit2gtk-driver" },
    Needed { programs: &["xvfb-run"], package: "xvfb" },
    Needed { programs: &["xauth"], package: "xauth" },
];
/// Firefox's driver, of which Debian has no package: its version on crates.io.
const GECKODRIVER: &str = "0.37.1";
/// Chinese text in screenshots; a font has no program to look for, so its folder is looked for instead.
const FONT: (&str, &str) = ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto");

/// Makes sure that the programs can be compiled and bundled: compiler target, Node.js.
///
/// # Errors
/// With one sentence that says what to install, when it cannot be installed from here.
pub fn for_compiling() -> Result<()> {
    wasm_target()?;
    node()
}

/// Makes sure that the system tests can run: a browser with its driver and a Chinese font, `age`, `sqlite3`,
/// `strace` and `pdftotext`.
///
/// # Errors
/// With one sentence that says what to install, when it cannot be installed from here.
pub fn for_testing() -> Result<()> {
    let mut missing = missing(&FOR_TESTS);
    if cfg!(target_os = "linux") && !PathBuf::from(FONT.1).is_dir() {
        missing.push(FONT.0);
    }
    install(&missing)?;
    browser_and_driver()
}

/// Makes sure that the chief journeys can be made in the other engines too: Firefox with geckodriver, WebKitGTK with its
/// driver.
///
/// # Errors
/// With one sentence that says what to install, when it cannot be installed from here.
pub fn other_engines(project: &Project) -> Result<()> {
    install(&missing(&FOR_ENGINES))?;
    let webkit = mini_browser().context(
        "the tests need WebKitGTK's MiniBrowser: install libwebkit2gtk-4.1-0, in which Debian has it, and try again",
    )?;
    let firefox = on_path("firefox-esr").or_else(|| on_path("firefox")).context("no Firefox on PATH")?;
    let version = |program: &Path| read(Command::new(program).arg("--version"));
    let (firefox, driver) = (version(&firefox)?, version(&geckodriver(project)?)?);
    let first = |said: &str| said.lines().next().unwrap_or_default().trim().to_owned();
    println!("They drive {} with {}, and {}.", first(&firefox), first(&driver), webkit.display());
    Ok(())
}

/// Firefox's driver: the one on PATH or else, compiled once, the one from crates.io.
///
/// # Errors
/// When it is neither there nor can be compiled.
pub fn geckodriver(project: &Project) -> Result<PathBuf> {
    if let Some(found) = on_path("geckodriver") {
        return Ok(found);
    }
    let root = project.cache().join("geckodriver").join(GECKODRIVER);
    let program = root.join("bin/geckodriver");
    if !program.is_file() {
        step("geckodriver, from crates.io", || {
            run(Command::new(cargo())
                .args([
                    "install",
                    "geckodriver",
                    "--version",
                    GECKODRIVER,
                    "--locked",
                    "--debug",
                    "--quiet",
                    "--root",
                ])
                .arg(&root)
                .env("CARGO_TARGET_DIR", root.join("build"))
                .env("CARGO_PROFILE_DEV_DEBUG", "false"))?;
            Ok(fs::remove_dir_all(root.join("build"))?)
        })?;
    }
    Ok(program)
}

/// WebKitGTK's own small browser, which its driver drives; it lies beside the library.
pub fn mini_browser() -> Option<PathBuf> {
    let libraries = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    let folders =
        libraries.filter_map(|folder| fs::read_dir(folder).ok()).flat_map(|inside| inside.flatten());
    let browsers = folders.filter(|entry| entry.file_name().to_string_lossy().starts_with("webkit2gtk-"));
    browsers.map(|entry| entry.path().join("MiniBrowser")).filter(|file| file.is_file()).max()
}

/// The packages of which no program is here.
fn missing(needed: &[Needed]) -> Vec<&'static str> {
    let lacking = needed.iter().filter(|needed| !needed.programs.iter().any(|name| on_path(name).is_some()));
    lacking.map(|needed| needed.package).collect()
}

/// Installs Debian packages, or says what to install.
fn install(missing: &[&str]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let wanted = missing.join(" ");
    let root = read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root || on_path("apt-get").is_none() {
        bail!(
            "the system tests need {wanted}: install them (Debian: `sudo apt-get install {wanted}`) and try again"
        );
    }
    step(&format!("Debian packages: {wanted}"), || {
        run(Command::new("apt-get").args(["update", "-qq"]))?;
        run(Command::new("apt-get")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(missing)
            .env("DEBIAN_FRONTEND", "noninteractive"))
    })
}

/// Says which browser the system tests drive and with what, and refuses the one pair that never opens a page: a driver
/// turns away every browser older than itself. With a newer one it only says that it has not been tried.
fn browser_and_driver() -> Result<()> {
    let version = |program: &Path| {
        read(Command::new(program).arg("--version"))
            .with_context(|| format!("{} does not run", program.display()))
    };
    let driver = on_path(DRIVER).context("no chromedriver on PATH")?;
    let (browser, driver) = (version(&browser()?)?, version(&driver)?);
    let (browser, driver) = (browser.trim(), driver.split(" (").next().unwrap_or_default().trim());
    println!("The system tests drive {browser} with {driver}.");
    match (major(browser), major(driver)) {
        (Some(old), Some(new)) if old < new => bail!(
            "{driver} opens no browser older than itself, and {browser} is: install the driver of the browser's own release"
        ),
        _ => Ok(()),
    }
}

/// The first number of a program's version: 148 of `Chromium 148.0.7778.96 built on Debian`.
fn major(version: &str) -> Option<u32> {
    let number =
        version.split_whitespace().find(|word| word.starts_with(|sign: char| sign.is_ascii_digit()))?;
    number.split('.').next()?.parse().ok()
}

/// The browser the system tests drive.
///
/// # Errors
/// When none of the known names is on PATH.
pub fn browser() -> Result<PathBuf> {
    BROWSERS
        .iter()
        .find_map(|name| on_path(name))
        .context("no chromium on PATH: `cargo xtask test` installs it on Debian as root")
}

/// Finds a program on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn wasm_target() -> Result<()> {
    let sysroot = read(Command::new("rustc").args(["--print", "sysroot"]))?;
    let library = PathBuf::from(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).join("lib");
    if library.is_dir() {
        return Ok(());
    }
    step(&format!("compiler target {WASM_TARGET}"), || {
        run(Command::new("rustup").args(["target", "add", WASM_TARGET])).with_context(|| {
            format!("install the compiler's {WASM_TARGET} library (`rustup target add {WASM_TARGET}`) and try again")
        })
    })
}

fn node() -> Result<()> {
    let advice = format!("install Node.js {OLDEST_NODE} or newer (with npm) and try again");
    let version = read(Command::new("node").arg("--version")).with_context(|| advice.clone())?;
    let major: Option<u32> =
        version.trim().trim_start_matches('v').split('.').next().and_then(|digits| digits.parse().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => bail!("Node.js {} is too old: {advice}", version.trim()),
    }
}

/// Installs exactly what `package-lock.json` names, once per lockfile.
///
/// # Errors
/// When npm cannot install it.
pub fn npm_programs(project: &Project) -> Result<()> {
    let lock = fs::read(project.path("package-lock.json")).context("package-lock.json")?;
    let stamp = project.path("node_modules/.anju-lock");
    let wanted = digest(&[&lock]);
    if fs::read_to_string(&stamp).is_ok_and(|held| held == wanted) {
        return Ok(());
    }
    step("npm packages (workerd, wrangler, esbuild, binaryen)", || {
        run(Command::new("npm")
            .args(["ci", "--no-fund", "--no-audit", "--loglevel=error"])
            .current_dir(project.root())
            .stdin(Stdio::null()))?;
        fs::write(&stamp, &wanted).context("node_modules")
    })
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn a_version_is_found_among_other_words() {
        assert_eq!(major("Chromium 148.0.7778.96 built on Debian GNU/Linux 12 (bookworm)"), Some(148));
        assert_eq!(major("ChromeDriver 156.0.8078.108"), Some(156));
        assert_eq!(major("Google Chrome"), None);
    }
}
