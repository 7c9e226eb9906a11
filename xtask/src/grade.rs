//! The two ways to build the same programs: light, for a first look and for work on a page, and as shipped.

use std::path::PathBuf;

use crate::project::Project;

/// How programs are compiled and where the result lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Quick to make and large: the development profile, no pass for size, nothing compressed. Lies in the target
    /// folder, so that nobody publishes it by mistake and nothing that serves the shipped build is disturbed.
    Light,
    /// What is published and measured.
    Shipped,
}

impl Grade {
    /// Which of the two the system tests look at: what is shipped, unless [`Grade::ASKED`] says `light`.
    pub fn of_tests() -> Self {
        match std::env::var(Self::ASKED).as_deref() {
            Ok("light") => Self::Light,
            _ => Self::Shipped,
        }
    }

    /// The variable by which `cargo xtask test NAME` asks for the light build.
    pub const ASKED: &str = "ANJU_GRADE";

    /// The profile in the workspace manifest.
    pub fn profile(self) -> &'static str {
        match self {
            // Not a profile of its own: one with another name compiles every macro and build script once more.
            Self::Light => "dev",
            Self::Shipped => "wasm",
        }
    }

    /// What cargo calls the folder of that profile.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Light => "debug",
            Self::Shipped => "wasm",
        }
    }

    /// The static site as any host can serve it.
    pub fn pages(self, project: &Project) -> PathBuf {
        match self {
            Self::Light => project.cache().join("light/dist"),
            Self::Shipped => project.dist(),
        }
    }

    /// The Worker: one JavaScript file, one WASM module and the configurations that run them.
    pub fn worker(self, project: &Project) -> PathBuf {
        match self {
            Self::Light => project.cache().join("light/edge"),
            Self::Shipped => project.worker(),
        }
    }
}
