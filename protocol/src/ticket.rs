//! Tickets (快速码): ten digits that an office hands out at its counter. A letter that brings one needs the usual proof of
//! work, however much comes in, so that nobody is kept out by a flood who came to the counter for help.
//!
//! Nine random digits and a check digit, good for one letter within [`TICKET_DAYS`]. The desk's page draws them and tells
//! the server their hashes; the office keeps the hash, the last second and, once used, the look-up id of the letter, so
//! that the same letter sent again is the same. Nowhere does it stand who was given which.
//!
//! # Guessing a ticket
//!
//! There are 10^9 tickets, and at most [`TICKETS_LIVE`] (500) of an office are live. A try is a whole letter whose proof
//! of work is bound to the ticket, so that each costs the usual work (2^18 hashes); after [`TICKETS_WRONG`] (10,000)
//! wrong ones in a day the office takes none until midnight. Somebody who tries as often as that, every day, hits
//! 10,000 × 500 / 10^9 = 0.005 tickets a day, one in two hundred days, and has paid for two million letters by then. It
//! gains them the work of one letter, at most sixty-three times the usual. Whoever held that ticket is told that it is
//! used up and sends without it; while the office takes none, everybody does.
//!
//! With the database in hand the hash of ten digits is no secret: a thief can use up what is live, and learns of no
//! person.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    digits::{self, Misread},
    hash::sha256_hex,
};

#[cfg(doc)]
use crate::limits::{TICKET_DAYS, TICKETS_LIVE, TICKETS_WRONG};

/// Digits of a ticket, check digit included.
pub const DIGITS: usize = 10;

/// Why what was typed is no ticket. Messages are for residents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TicketError {
    /// Something other than digits, spaces and dashes.
    #[error("快速码只有数字，请去掉其他字符")]
    Character,
    /// Not ten digits.
    #[error("快速码是 10 位数字，现在有 {0} 位")]
    Length(usize),
    /// The check digit says no.
    #[error("快速码有误：可能输错了一位，或两位数字颠倒了，请对照纸条再核对一遍")]
    Check,
}

/// A ticket whose check digit is right. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket([u8; DIGITS]);

impl Ticket {
    /// A ticket from 8 random bytes. The remainder of 2^64 by 10^9 favours none by more than 1 part in 10^10.
    pub fn from_entropy(entropy: [u8; 8]) -> Self {
        Self(digits::checked(u64::from_be_bytes(entropy).into()))
    }

    /// Reads what a person types.
    ///
    /// # Errors
    /// [`TicketError`], in words for a resident.
    ///
    /// ```
    /// use protocol::ticket::Ticket;
    /// let ticket = Ticket::from_entropy([7; 8]);
    /// assert_eq!(Ticket::parse(&ticket.grouped()), Ok(ticket));
    /// ```
    pub fn parse(typed: &str) -> Result<Self, TicketError> {
        digits::read(typed).map(Self).map_err(|misread| match misread {
            Misread::Character => TicketError::Character,
            Misread::Length(count) => TicketError::Length(count),
            Misread::Check => TicketError::Check,
        })
    }

    /// Ten digits without spaces, as it travels.
    pub fn plain(&self) -> String {
        digits::plain(&self.0)
    }

    /// Two groups of five, for reading aloud and printing.
    pub fn grouped(&self) -> String {
        digits::grouped(&self.0, 5)
    }

    /// What an office keeps of it.
    pub fn hash(&self, office: &str) -> String {
        sha256_hex(format!("anju ticket v1\n{office}\n{}", self.plain()).as_bytes())
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(…)")
    }
}

/// Tickets that a desk has drawn. The same request again makes no more of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTickets {
    /// Random request id.
    pub id: String,
    /// [`Ticket::hash`] of each: at least one, at most [`crate::limits::TICKETS_AT_ONCE`].
    pub hashes: Vec<String>,
}

/// Says that tickets are good from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TicketsMade {
    /// The first second in which they are good no more, Unix seconds: a midnight in China.
    pub until: u64,
    /// How many of the office are live now.
    pub live: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_ten_digits_that_stay_out_of_logs_and_belong_to_one_office() {
        let ticket = Ticket::from_entropy([255; 8]);
        assert_eq!((ticket.plain().len(), ticket.grouped().len()), (DIGITS, DIGITS + 1));
        assert!(!format!("{ticket:?}").contains(char::is_numeric));
        assert_ne!(ticket.hash("a"), ticket.hash("b"));
        assert_ne!(ticket.hash("a"), Ticket::from_entropy([254; 8]).hash("a"));
    }

    #[test]
    fn a_wrong_ticket_says_what_is_wrong() {
        assert_eq!(Ticket::parse("12345"), Err(TicketError::Length(5)));
        assert_eq!(Ticket::parse("0000000001"), Err(TicketError::Check));
        assert_eq!(Ticket::parse("快"), Err(TicketError::Character));
    }
}
