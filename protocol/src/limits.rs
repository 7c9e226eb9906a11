//! Sizes and times that both sides of the wire hold each other to.

/// Longest envelope, in characters of base64 (256 KiB).
pub const ENVELOPE_CHARS: usize = 256 * 1024;

/// Longest letter that opens a case, in bytes of its JSON (128 KiB): what is longer is padded to more than an envelope holds.
pub const LETTER_BYTES: usize = 128 * 1024;

/// Longest request body, in bytes: an envelope and its frame.
pub const BODY_BYTES: usize = ENVELOPE_CHARS + 4 * 1024;

/// Longest household that is assessed, in bytes of its request: a dozen people with every fact of every document take a tenth.
pub const ASSESS_BYTES: usize = 32 * 1024;

/// Most recipients of one envelope.
pub const RECIPIENTS: usize = 16;

/// Most events of one case.
pub const EVENTS: u64 = 500;

/// Most messages of its owner among them: the rest is the office's, so that a case can always be moved and answered.
pub const OWNER_EVENTS: usize = 200;

/// Most characters of all its owner's messages together (3 MiB).
pub const OWNER_CHARS: usize = 12 * ENVELOPE_CHARS;

/// Most events in one answer.
pub const EVENTS_AT_ONCE: u32 = 50;

/// Most characters of all messages of a case together (6 MiB).
pub const THREAD_CHARS: usize = 24 * ENVELOPE_CHARS;

/// Most characters of sealed messages that a receipt reads of its case within an hour: all of them, four times.
pub const READ_CHARS: u64 = 4 * THREAD_CHARS as u64;

/// Bytes of each part of a sealed paper but the last (256 KiB): what a thin line gets through before it breaks.
pub const PART_BYTES: usize = 256 * 1024;

/// Most bytes of the content of one paper (7 MiB).
pub const PAPER_BYTES: usize = 7 * 1024 * 1024;

/// Most sealed bytes of one paper (8 MiB).
pub const PAPER_SEALED: usize = 8 * 1024 * 1024;

/// Most papers with one letter or message, as a literal: sentences are made from it.
macro_rules! letter_papers {
    () => {
        20
    };
}
pub(crate) use letter_papers;

/// Most papers with one letter or message.
pub const LETTER_PAPERS: usize = letter_papers!();

/// Most papers of a case, as a literal.
macro_rules! case_papers {
    () => {
        100
    };
}
pub(crate) use case_papers;

/// Most papers of a case.
pub const CASE_PAPERS: usize = case_papers!();

/// Most MiB of sealed papers of a case, as a literal.
macro_rules! case_paper_mib {
    () => {
        40
    };
}
pub(crate) use case_paper_mib;

/// Most sealed bytes of all papers of a case (40 MiB).
pub const CASE_PAPER_BYTES: u64 = case_paper_mib!() * 1024 * 1024;

/// Most sealed bytes of papers that a receipt reads of its case within an hour: all of them, four times.
pub const READ_PAPER_BYTES: u64 = 4 * CASE_PAPER_BYTES;

/// Days after it was announced in which a paper may come, as a literal.
macro_rules! paper_days {
    () => {
        30
    };
}
pub(crate) use paper_days;

/// Days after it was announced in which a paper may come.
pub const PAPER_DAYS: u64 = paper_days!();

/// The same in seconds, and the hour to which the times of a tip-off are cut.
pub const PAPER_SECS: u64 = PAPER_DAYS * 24 * 60 * 60 + crate::coarse::COARSE_SECS;

/// Most lines of an inbox in one answer.
pub const INBOX_ROWS: u32 = 100;

/// Days before its last day on which a tip-off is called to mind at the desk.
pub const REMIND_DAYS: u64 = 3;

/// Most lines of an audit trail in one answer.
pub const TRAIL_ROWS: u32 = 500;

/// The minutes after receipt in which a case can be withdrawn, as a literal: sentences are made from it.
macro_rules! withdraw_minutes {
    () => {
        10
    };
}
pub(crate) use withdraw_minutes;

/// Minutes after receipt in which a case can be withdrawn.
pub const WITHDRAW_MINUTES: u64 = withdraw_minutes!();

/// The same in seconds.
pub const WITHDRAW_SECS: u64 = WITHDRAW_MINUTES * 60;

/// Seconds by which the stamp of a proof of work may lie behind the server's clock (15 minutes).
pub const PROOF_WINDOW_SECS: u64 = 900;

/// Seconds by which it may lie ahead: proofs are not made in store.
pub const PROOF_AHEAD_SECS: u64 = 60;

/// Longest life of a staff token, in seconds.
pub const TOKEN_SECS: u64 = 300;

/// Seconds by which a staff token's time of issue may lie ahead of the server's clock.
pub const TOKEN_SKEW_SECS: u64 = 60;

/// Seconds that may lie between an officer's signature on an act and the act itself, either way.
pub const SIGNED_WITHIN_SECS: u64 = TOKEN_SECS;

/// Leading zero bits of a proof of work where nothing else is configured.
pub const PROOF_BITS: u32 = 18;

/// Most tickets that are made at once: they fit on one sheet of A4.
pub const TICKETS_AT_ONCE: usize = 50;

/// Most tickets of an office that are good and not used at one time.
pub const TICKETS_LIVE: u64 = 500;

/// Days for which a ticket is good, after the day on which it was made.
pub const TICKET_DAYS: u64 = 7;

/// Wrong tickets after which an office takes none until midnight.
pub const TICKETS_WRONG: u64 = 10_000;
