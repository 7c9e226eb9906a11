//! Papers (材料) beside a letter: taken, kept in this browser until they are sent, sealed with the letter, sent in parts
//! behind it, and shown again to whoever holds the receipt.

mod added;
mod area_tools;
mod cover;
mod enclosed;
mod kept;
mod list;
mod on_page;
mod pictures;
mod progress;
mod sealed;
mod upload;
mod uploading;

pub(crate) use enclosed::Enclosed;
pub(crate) use kept::{carry, forget, keep_anew};
pub(crate) use list::{PaperList, Wanted, told};
pub(crate) use on_page::{Papers, use_papers};
pub(crate) use pictures::{Pictures, use_pictures, use_pictures_if};
pub(crate) use sealed::{Sealed, drop_sealed, seal};
pub(crate) use upload::{Upload, cancel, hand_over, is_on_its_way};
pub(crate) use uploading::Uploading;
