//! Building blocks of the pages: props in, callbacks out, nothing fetched, nothing remembered.

mod ask_first;
mod button;
mod card;
mod check_box;
mod cited;
mod contacts;
mod counters;
mod data_list;
mod described;
mod display_switches;
mod error_summary;
mod fact_control;
mod field;
mod fold;
mod gauge;
mod in_wechat;
mod notice;
mod page;
mod radio_group;
mod standing;
#[cfg(feature = "states")]
mod states;
mod steps;
mod timeline;

pub use ask_first::AskFirst;
pub use button::{Button, Look};
pub use card::Card;
pub use check_box::CheckBox;
pub use cited::Cited;
pub use contacts::{Contacts, dialled};
pub use counters::{Counters, counter_line};
pub use data_list::{DataList, DataRow};
pub use display_switches::DisplaySwitches;
pub use error_summary::{ErrorSummary, FieldFault, still_wrong};
pub use fact_control::FactControl;
pub use field::{Field, FieldKind, field_kind};
pub use fold::fold;
pub use gauge::{Gauge, GoodSide};
pub use in_wechat::InWechat;
pub use notice::{Notice, Tone};
pub use page::Page;
pub use radio_group::{RadioGroup, RadioOption, options_of};
pub use standing::Standing;
#[cfg(feature = "states")]
pub use states::{State, states};
pub use steps::Steps;
pub use timeline::{Timeline, TimelineItem, TimelineState};
