//! Hooks shared by portal and desk.

mod clock;
mod display;
mod focus;
mod other_pages;
mod request;
mod title;
mod today;
mod window_event;

pub use clock::use_server_now;
pub use display::{Display, DisplayAction, DisplayHandle, apply_display, use_display};
pub use focus::use_focus_heading;
pub use other_pages::use_other_pages;
pub use request::{Request, RequestHandle, use_request};
pub use title::{title_says_fault, use_title};
pub use today::{Today, use_day, use_today};
pub use window_event::use_window_event;
