//! Where they live, what they ask for, anything else.

use protocol::letter::Wanted;
use ui::components::FieldFault;

use crate::{
    apply::draft::Draft,
    typed::{Faults, LINE_CHARS, TEXT_CHARS, text},
};

/// What can be asked for: id, what it is, label, help.
pub(crate) const WANTED: [(&str, Wanted, &str, &str); 3] = [
    ("flat", Wanted::Flat, "实物配租", "租住政府的公租房，按规定交租金"),
    ("subsidy", Wanted::Subsidy, "租赁补贴", "自己在外面租房，政府发补贴"),
    ("either", Wanted::Either, "都可以", "由受理单位按规定和房源安排"),
];

/// What the page came to.
pub(super) struct Contact {
    /// Where they live now.
    pub(super) address: String,
    /// What they ask for.
    pub(super) wanted: Wanted,
    /// Free text.
    pub(super) remarks: String,
}

/// Address and wishes.
///
/// # Errors
/// The faults of the page, in its order.
pub(super) fn contact(draft: &Draft) -> Result<Contact, Vec<FieldFault>> {
    let mut faults = Faults::default();
    let address = faults.field("address", address(&draft.address));
    let wanted = WANTED.iter().find(|(id, ..)| *id == draft.wanted).map(|(_, wanted, ..)| *wanted);
    let wanted = faults.field("wanted", wanted.ok_or_else(not_wanted));
    let remarks = faults.field("remarks", text(&draft.remarks, TEXT_CHARS));
    let told = address.zip(wanted).zip(remarks);
    faults.unless(told.map(|((address, wanted), remarks)| Contact { address, wanted, remarks }))
}

/// What is said where nothing was picked.
pub(super) fn not_wanted() -> String {
    "请选择想要哪一种保障。".to_owned()
}

pub(super) fn address(typed: &str) -> Result<String, String> {
    match text(typed, LINE_CHARS)?.as_str() {
        "" => Err("请填写现在住的地址，工作人员上门核实时要用。".to_owned()),
        told => Ok(told.to_owned()),
    }
}
