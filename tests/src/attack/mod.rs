//! What an attacker would try on a server, and whether it holds. The tests try each on servers of their own;
//! `cargo xtask attack` tries all of them, one after the other, on one that was started. Bounded, and on this machine only.

mod bodies;
mod connections;
mod desks;
pub mod flood;
mod http;
mod letters;
mod messages;
mod papers;
mod report;
mod strangers;
mod target;

pub use report::{Line, Report, Verdict};
pub use target::Target;

/// A kind of attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attack {
    /// Letters that were forged, altered, cut, or proved for something else.
    Letters,
    /// Bodies that are nearly right, not JSON at all, deep or huge.
    Bodies,
    /// A resident's message sent again, with another's proof, or to another's case.
    Messages,
    /// Papers that were not announced, are not what was announced, are too many or another's.
    Papers,
    /// An officer's signed request sent again, or its signature lent to something else.
    Signatures,
    /// Whoever has no key, the wrong key, or another's.
    Strangers,
    /// Codes that nobody has.
    Guesses,
    /// Desks that press at once, and one letter that comes many times at once.
    Races,
    /// Words of HTTP that no address takes.
    Words,
    /// Tunnels, and requests that are none.
    Tunnels,
    /// Ways out of the folder of the pages.
    Climbing,
    /// Headers that say one thing to one reader and another to the next.
    Headers,
    /// Requests that never come to their end.
    SlowSenders,
    /// Connections on which nothing comes.
    ManyConnections,
    /// A wide thread read again and again.
    WideThreads,
    /// Junk letters, as many as one sender gets in.
    Flood,
}

impl Attack {
    /// Every attack, in the order in which they are tried: the flood comes last, since it leaves the most behind.
    pub const ALL: [Self; 16] = [
        Self::Letters,
        Self::Bodies,
        Self::Messages,
        Self::Papers,
        Self::Signatures,
        Self::Strangers,
        Self::Guesses,
        Self::Races,
        Self::Words,
        Self::Tunnels,
        Self::Climbing,
        Self::Headers,
        Self::SlowSenders,
        Self::ManyConnections,
        Self::WideThreads,
        Self::Flood,
    ];

    /// Its name in a report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letters => "forged and altered letters",
            Self::Bodies => "junk, deep and huge bodies",
            Self::Messages => "messages and proofs sent again",
            Self::Papers => "papers in parts",
            Self::Signatures => "signatures sent again and lent",
            Self::Strangers => "no key, the wrong key, another's",
            Self::Guesses => "guessed codes and addresses",
            Self::Races => "races of desks and senders",
            Self::Words => "words of HTTP",
            Self::Tunnels => "tunnels and nonsense",
            Self::Climbing => "climbing out of the pages",
            Self::Headers => "tricks with headers",
            Self::SlowSenders => "slow senders",
            Self::ManyConnections => "many connections",
            Self::WideThreads => "wide threads",
            Self::Flood => "a flood of junk letters",
        }
    }

    /// Tries it. What could not even be tried does not hold.
    pub async fn on(self, target: &Target) -> Report {
        let mut report = Report::of(self);
        let tried = match self {
            Self::Letters => letters::attack(target, &mut report).await,
            Self::Bodies => bodies::attack(target, &mut report).await,
            Self::Messages => messages::attack(target, &mut report).await,
            Self::Papers => papers::attack(target, &mut report).await,
            Self::Signatures => desks::signatures(target, &mut report).await,
            Self::Strangers => strangers::attack(target, &mut report).await,
            Self::Guesses => strangers::guesses(target, &mut report).await,
            Self::Races => desks::races(target, &mut report).await,
            Self::Words => http::words(target, &mut report).await,
            Self::Tunnels => http::tunnels(target, &mut report).await,
            Self::Climbing => http::climbing(target, &mut report).await,
            Self::Headers => http::headers(target, &mut report).await,
            Self::SlowSenders => connections::slow_senders(target, &mut report).await,
            Self::ManyConnections => connections::many(target, &mut report).await,
            Self::WideThreads => flood::wide_threads(target, &mut report).await,
            Self::Flood => flood::junk_letters(target, &mut report).await,
        };
        if let Err(error) = tried {
            report.note("to go on with it", format!("{error:#}"), false);
        }
        report
    }
}
