//! Replies, in words.

use policies::model::Fact;

use super::self_check::Reply;

/// A reply for reading: the value, or 不知道.
pub(crate) fn reply_words(fact: &Fact, reply: &Reply) -> String {
    reply.as_ref().map_or_else(|| "不知道".to_owned(), |value| policies::format_value(fact, value))
}
