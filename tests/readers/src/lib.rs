//! Every reader that meets what strangers send: nothing makes it panic, what it takes is what it writes, and nothing that was
//! altered passes for what it was. The tests try each with what is nearly right (`nearly`), `cargo xtask fuzz` with whatever
//! takes a path that nothing took before.

#![allow(clippy::unwrap_used, reason = "what is wrong here is a wrong test")]

mod keys;
mod law;
mod tables;
mod wire;

/// A reader, with what must hold of it.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Its name.
    pub name: &'static str,
    /// What it takes, to begin with.
    pub good: fn() -> Vec<Vec<u8>>,
    /// Reads, and panics where it may not.
    pub read: fn(&[u8]),
    /// Each try costs a multiplication on the curve or more.
    pub slow: bool,
}

/// All of them.
pub const ALL: &[Reader] = &[
    wire::LETTER,
    wire::ENVELOPE,
    wire::RECIPIENT,
    wire::RECEIPT_CODE,
    wire::TICKET,
    wire::ADDRESS,
    wire::QUERY,
    wire::HEADER,
    wire::BODY,
    wire::CONFIGURATION,
    keys::STAFF_TOKEN,
    keys::CARD,
    keys::ROOTS,
    keys::KEY_FILE,
    keys::SEALED,
    law::HOUSEHOLD,
    law::MANY_AS_CSV,
    law::MANY_AS_JSON,
    law::TYPED,
    law::IDENTITY,
    law::DOCUMENT,
    tables::TABLE,
];

/// Bytes as a reader of text gets them: what is no UTF-8 is replaced, as a form or a header would.
fn text(sent: &[u8]) -> String {
    String::from_utf8_lossy(sent).into_owned()
}
