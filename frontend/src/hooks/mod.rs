//! Hooks shared by the pages.

mod clock;
mod display;
mod file;
mod focus;
mod request;
mod sealer;
mod sending;
mod title;
mod today;
mod unfinished;
mod window_event;

pub use clock::{now_secs, use_server_now};
pub use display::{Display, DisplayAction, DisplayHandle, apply_display, use_display};
pub use file::{chosen_file, copy_text, print_page, save_file};
pub use focus::{focus, focus_by_id, show_by_id, use_focus_heading};
pub use request::{Request, RequestHandle, use_request};
pub use sealer::{Sealer, SealerError, use_sealer};
pub use sending::{SendError, SendStep, send, server_time};
pub use title::use_title;
pub use today::{Today, today_in_beijing, use_today};
pub use unfinished::use_unfinished;
pub use window_event::use_window_event;
