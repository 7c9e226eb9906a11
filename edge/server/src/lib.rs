//! An office's own server. `workerd` serves the pages and the API (`edge/`); this program is what stands around it: it
//! starts and stops it, watches the disk, and backs up, restores, checks and counts what was kept. It opens no letter and needs
//! no key.
//!
//! Rooms, the lowest first: [`settings`] and [`release`] (what an office configured, what was unpacked), [`folder`] (the
//! data folder, one holder at a time), [`limits`], [`disk`] and [`notify`] (what the machine says and is told),
//! [`serve`]; [`store`] (which databases there are, what stands in them), [`archive`] (one file with a manifest of
//! hashes), [`backup`], [`restore`], [`check`], [`metrics`]; [`command`].

pub mod archive;
pub mod backup;
pub mod check;
pub mod command;
pub mod disk;
pub mod folder;
pub mod limits;
pub mod metrics;
pub mod notify;
pub mod release;
pub mod restore;
pub mod serve;
pub mod settings;
pub mod store;
pub mod trail;
