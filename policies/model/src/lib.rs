//! What a local document says, as typed data: the shape of every file in `policies/data`, and the typed program that
//! its conditions become.
//!
//! A data file is TOML whose tables carry exactly these names; conditions are written as CEL expressions, and
//! `policies-compile` turns them into a [`program`]. Nothing here decides anything.

mod benefit;
mod breach;
mod calculator;
mod cite;
#[cfg(feature = "whole")]
mod constant;
pub mod date;
pub mod decimal;
mod document;
mod fact;
#[cfg(feature = "whole")]
mod form;
pub mod iso;
#[cfg(not(feature = "whole"))]
mod left_out;
pub mod literals;
mod look_up;
mod procedure;
pub mod program;
mod role;
#[cfg(feature = "whole")]
mod roster;
#[cfg(feature = "whole")]
mod score;
#[cfg(feature = "whole")]
pub mod sheet;
mod together;
pub mod volume;
pub mod walk;
mod wording;

#[cfg(feature = "whole")]
pub use benefit::{AmountStep, Rhythm};
pub use benefit::{Benefit, BenefitRow, Pays, Per};
#[cfg(feature = "whole")]
pub use breach::Breach;
pub use breach::Misuse;
pub use calculator::{Calculator, CalculatorInput, CalculatorStep, Measure};
pub use cite::{Cite, Reading};
#[cfg(feature = "whole")]
pub use constant::{Constant, ConstantValue};
pub use document::{
    AskWhen, Category, Contact, Declares, Document, NotHeld, OpenClause, Paper, Place, Priority, Reminder,
    Requirement, Status,
};
pub use fact::{Asked, Choice, Fact, FactKind, FromPeople, OpenEnded, RatioUnit, Scope, YesNoWords};
#[cfg(feature = "whole")]
pub use form::{FieldKind, Form, FormField, FormPart, Known, MIRRORS_NUMBER, OnlyIf};
pub use procedure::{
    Bar, CaseKind, Check, Clock, Duty, ExclusiveOf, Exit, Ledger, Procedure, Remedy, Roll, Stage, Unit,
    Window,
};
pub use role::Role;
#[cfg(feature = "whole")]
pub use roster::{Roster, RosterColumn};
#[cfg(feature = "whole")]
pub use score::{Score, ScoreItem};
#[cfg(feature = "whole")]
pub use sheet::{SheetCell, SheetRow};
pub use together::{Relation, Together};
pub use wording::Wording;
