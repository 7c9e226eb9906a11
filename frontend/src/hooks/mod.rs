//! Hooks shared by the pages.

mod display;
mod focus;
mod request;
mod sealer;
mod title;
mod today;

pub use display::{Display, DisplayAction, DisplayHandle, apply_display, use_display};
pub use focus::{focus, focus_by_id, show_by_id, use_focus_heading};
pub use request::{Request, RequestHandle, use_request};
pub use sealer::{Sealer, SealerError, use_sealer};
pub use title::use_title;
pub use today::{Today, today_in_beijing, use_today};
