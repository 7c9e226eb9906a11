//! The browser for effects and handlers: storage, files, focus, the device's clock. Never called while rendering.

#[cfg(feature = "whole")]
mod address;
mod clock;
mod copy;
mod file;
mod focus;
#[cfg(feature = "whole")]
mod install;
#[cfg(feature = "whole")]
mod news;
mod object_url;
#[cfg(feature = "whole")]
mod paper;
#[cfg(feature = "whole")]
mod picture;
pub mod random;
#[cfg(feature = "whole")]
pub mod shelf;
pub mod stored;
mod volume;

#[cfg(feature = "whole")]
pub use address::{address_of, leave, take_fragment};
pub use clock::{now_millis, now_secs, today_in_beijing};
pub use copy::{KeptCopy, Written};
#[cfg(feature = "whole")]
pub use file::chosen_bytes;
#[cfg(feature = "whole")]
pub use file::print_alone;
#[cfg(feature = "whole")]
pub use file::{Saved, chosen_files, save_bytes, save_file, save_file_as};
pub use file::{chosen_file, copy_text, print_page, reload};
pub use focus::{focus, focus_by_id, show_by_id, show_named};
#[cfg(feature = "whole")]
pub use install::{can_install, install};
#[cfg(feature = "whole")]
pub use news::show_news;
pub use object_url::ObjectUrl;
#[cfg(feature = "whole")]
pub use paper::{body, in_wechat, print_paper, text_of};
#[cfg(feature = "whole")]
pub use picture::png_of;
#[cfg(feature = "whole")]
pub use volume::volume_address;
pub use volume::{take_volume, told};
