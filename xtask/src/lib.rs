//! Everything between the source and a running portal: setting up the machine, compiling, assembling `dist/`,
//! serving it locally, and running the checks. The system tests use the same functions to start the same server.

pub mod advisories;
pub mod assets;
pub mod attack;
pub mod bench;
pub mod budget;
pub mod build;
pub mod cache;
pub mod check;
pub mod command;
pub mod compress;
pub mod conform;
pub mod edge;
pub mod fuzz;
pub mod gallery;
pub mod grade;
pub mod guard;
pub mod lighthouse;
pub mod offline;
pub mod package;
pub mod page;
pub mod plan;
pub mod programs;
pub mod project;
pub mod published;
pub mod readable;
pub mod release;
pub mod run;
pub mod serve;
pub mod setup;
pub mod site;
pub mod step;
pub mod test;
pub mod tools;
pub mod wasm;
pub mod weight;
