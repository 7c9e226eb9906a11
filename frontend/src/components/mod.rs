//! Building blocks of the pages: props in, callbacks out, nothing fetched, nothing remembered.

mod button;
mod card;
mod check_box;
mod data_list;
mod error_summary;
mod field;
mod gauge;
mod link;
mod notice;
mod page;
mod radio_group;
mod shell;
mod steps;
mod timeline;

pub use button::{Button, ButtonLink, Look};
pub use card::Card;
pub use check_box::CheckBox;
pub use data_list::{DataList, DataRow};
pub use error_summary::{ErrorSummary, FieldFault};
pub use field::{Field, FieldKind};
pub use gauge::{Gauge, GoodSide};
pub use link::Go;
pub use notice::{Notice, Tone};
pub use page::Page;
pub use radio_group::{RadioGroup, RadioOption, YesNo, yes_no_options};
pub use shell::{DisplaySwitches, Shell};
pub use steps::Steps;
pub use timeline::{Timeline, TimelineItem, TimelineState};
