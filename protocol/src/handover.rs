//! Old mail for those who came later: an officer who can open a case hands the keys of its envelopes on to those who are on
//! the office's card now. The envelopes stay as they are, and so does their place in the chain.
//!
//! An age file has a key of its own, which is what it seals to each recipient. Whoever knows it opens that one file and
//! nothing else, and another key does not fit the file's header: what is handed on can be useless, never another text.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use policies::model::Role;
use serde::{Deserialize, Serialize};

/// The keys of a case's envelopes, as they were handed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// The version of the office's card to whose recipients they are sealed.
    pub card: u64,
    /// [`FileKeys`] as JSON, padded and sealed like a message: standard base64 of an age file.
    pub envelope: String,
}

/// Bytes of the key of an age file.
pub const FILE_KEY_BYTES: usize = 16;

/// The key of each envelope by the number of its event, standard base64.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileKeys(BTreeMap<u64, String>);

impl FileKeys {
    /// With one more.
    pub fn add(&mut self, seq: u64, key: &[u8; FILE_KEY_BYTES]) {
        self.0.insert(seq, BASE64.encode(key));
    }

    /// The key of an event's envelope.
    pub fn of(&self, seq: u64) -> Option<[u8; FILE_KEY_BYTES]> {
        BASE64.decode(self.0.get(&seq)?.as_bytes()).ok()?.try_into().ok()
    }
}

/// A tip-off that is passed on (移交) to somebody who could not open it: a department, or those who look after the office,
/// such as the discipline inspection. It is an act like others, signed, in the history for everybody to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PassingOn {
    /// Key id of who receives it, as the office's card has it.
    pub to: String,
    /// What that key may do.
    pub role: Role,
    /// The keys of its envelopes, sealed to that key beside those who had them.
    pub handover: Handover,
}
