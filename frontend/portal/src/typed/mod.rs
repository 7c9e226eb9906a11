//! What is typed into a form, read field by field: by the application and by every other form.

mod answer;
mod faults;
mod person;
mod text;

pub(crate) use answer::{answer, missing};
pub(crate) use faults::Faults;
pub(crate) use person::{citizen, name, phone};
pub(crate) use text::{LINE_CHARS, TEXT_CHARS, text};
