//! The whole system as its users meet it: plain `workerd` from the built bundle with a fresh data folder, Chromium
//! driven over WebDriver, the stock `age` command. `cargo xtask test` builds first and then runs these.

pub mod api;
pub mod applicant;
pub mod attack;
pub mod before;
pub mod browser;
pub mod clock;
pub mod crash;
pub mod described;
pub mod devtools;
pub mod disk;
pub mod driver;
pub mod engine;
pub mod example;
pub mod form;
pub mod household;
pub mod journey;
pub mod judge;
pub mod officer;
pub mod offline;
pub mod others;
pub mod own_server;
pub mod page;
pub mod paper;
pub mod papers;
pub mod persona;
pub mod portal;
pub mod power;
pub mod process;
pub mod raw;
pub mod script;
pub mod self_check;
pub mod store;
pub mod traffic;
pub mod view;
pub mod walk;
