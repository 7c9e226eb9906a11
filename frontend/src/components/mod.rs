//! Building blocks of the pages: props in, callbacks out, nothing fetched, nothing remembered.

mod button;
mod card;
mod check_box;
mod cited;
mod contacts;
mod data_list;
mod error_summary;
mod field;
mod gauge;
mod link;
mod notice;
mod page;
mod place_trail;
mod radio_group;
mod shell;
mod standing;
mod steps;
mod timeline;

pub use button::{Button, ButtonLink, Look};
pub use card::Card;
pub use check_box::CheckBox;
pub use cited::Cited;
pub use contacts::Contacts;
pub use data_list::{DataList, DataRow};
pub use error_summary::{ErrorSummary, FieldFault, still_wrong};
pub use field::{Field, FieldKind};
pub use gauge::{Gauge, GoodSide};
pub use link::Go;
pub use notice::{Notice, Tone};
pub use page::Page;
pub use place_trail::PlaceTrail;
pub use radio_group::{RadioGroup, RadioOption, YesNo, yes_no_options};
pub use shell::{DisplaySwitches, Shell};
pub use standing::Standing;
pub use steps::Steps;
pub use timeline::{Timeline, TimelineItem, TimelineState};
