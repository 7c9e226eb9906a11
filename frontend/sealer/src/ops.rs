//! What a page may ask of the sealer, and what it answers: JSON messages between page and Web Worker.
//!
//! Everything secret that is derived from an office's key file stays behind this line: the page gets
//! back opened letters and signed tokens, never the keys.

use protocol::addressee::Mail;
use protocol::card::SignedCard;
use protocol::case::{Event, Proof};
use protocol::counter::Counter;
use protocol::desk::{NewEvent, Role};
use protocol::handover::Handover;
use protocol::signed::{Authorship, Signed};
use protocol::trail::TrailHead;
use serde::{Deserialize, Serialize};

/// One request with the number its answer will carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Number of the call, unique within one worker.
    pub id: u64,
    /// What is asked.
    pub request: Request,
}

/// The answer to one [`Call`], as the worker writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Number of the call it answers; [`READY`] announces that the worker can be called.
    pub id: u64,
    /// What came of it.
    pub outcome: Result<Reply, Failure>,
}

impl Answer {
    /// A line with the number and whether it worked, and below it what came of it.
    ///
    /// # Errors
    /// Where it has no text.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        let (word, told) = match &self.outcome {
            Ok(reply) => (WORKED, serde_json::to_string(reply)?),
            Err(failure) => (FAILED, serde_json::to_string(failure)?),
        };
        Ok(format!("{} {word}\n{told}", self.id))
    }
}

/// How an answer says that it worked.
const WORKED: &str = "ok";
/// How it says that it did not.
const FAILED: &str = "failed";

/// An answer as a page reads it: what came of it stays a text until whoever asked says what it must be, so that a page carries
/// the readers of what it asks for alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// [`Answer::id`].
    pub id: u64,
    /// [`Answer::outcome`], the reply as JSON.
    pub outcome: Result<String, Failure>,
}

impl Heard {
    /// Reads an [`Answer::to_text`]; `None`: it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (line, told) = text.split_once('\n')?;
        let (id, word) = line.split_once(' ')?;
        let outcome = match word {
            WORKED => Ok(told.to_owned()),
            _ => Err(serde_json::from_str(told).ok()?),
        };
        Some(Self { id: id.parse().ok()?, outcome })
    }
}

/// The number of the answer that a worker sends unasked, once, when it has loaded.
pub const READY: u64 = 0;

/// What a page may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// A new random receipt code with its keys.
    NewReceipt,
    /// The keys of a receipt code that a person typed.
    DeriveReceipt {
        /// Twenty digits; spaces and full-width digits are fine.
        code: String,
    },
    /// The QR picture of a receipt code: the page that opens it, with the digits behind its `#`, which no browser sends.
    DrawCode {
        /// Address of that page.
        page: String,
        /// Twenty digits.
        code: String,
        /// What is kept of the case's history (`protocol::chain::pin`).
        pin: String,
    },
    /// Holds an office's card against the root key that this worker was built with.
    CheckCard {
        /// Whose card.
        card: OfficeCard,
        /// Whose mail something is sent as.
        mail: Mail,
    },
    /// Pads and seals a letter to the recipients of an office's card, which is checked first.
    Seal {
        /// The card of the office that it is for.
        card: OfficeCard,
        /// Whose mail it is.
        mail: Mail,
        /// An age recipient (`age1…`) beside those of the office: the receipt's, of a message.
        also: Option<String>,
        /// The letter as JSON.
        letter: String,
        /// Whether a case begins with it: then it is padded to one size with all others.
        opening: bool,
    },
    /// Says of each event of a case who it is of, by the office's card and the owner's key.
    CheckHistory {
        /// The card of the office that the case is at.
        card: OfficeCard,
        /// Look-up id.
        lookup: String,
        /// Every event from the first on; envelopes need not be there.
        events: Vec<Event>,
        /// What is known of the owner's key.
        owner: OwnersKey,
    },
    /// Signs what the owner does.
    SignOwner {
        /// Seed from [`Receipt::signing`].
        signing: String,
        /// Office id.
        office: String,
        /// Look-up id.
        lookup: String,
        /// The head of the case as its owner saw it.
        seen: String,
        /// Now, seconds since 1970.
        at: u64,
        /// SHA-256 of a message's envelope, hex; none: the case is taken back.
        envelope_hash: Option<String>,
    },
    /// Signs what an officer does, with the office's key.
    SignAct {
        /// Look-up id.
        lookup: String,
        /// The act, but for its signature.
        event: Box<NewEvent>,
    },
    /// Signs what was seen of an audit trail, with the office's key.
    SignTrail {
        /// The head, but for its signature.
        head: TrailHead,
    },
    /// Whether a saved head of an audit trail is signed by somebody on the office's card.
    CheckTrail {
        /// The card of the office.
        card: OfficeCard,
        /// The head.
        head: TrailHead,
    },
    /// Opens an envelope with a receipt's identity.
    Open {
        /// `AGE-SECRET-KEY-1…` from [`Receipt::identity`].
        identity: String,
        /// base64.
        envelope: String,
    },
    /// A new key for the papers of one letter.
    NewPaperKey,
    /// Pads and seals a paper.
    SealPaper {
        /// [`PaperKey::recipient`].
        recipient: String,
        /// base64 of its content.
        content: String,
    },
    /// Opens a paper with the key that its letter names.
    OpenPaper {
        /// `AGE-SECRET-KEY-1…` from `protocol::paper::Enclosures`.
        key: String,
        /// base64 of the age file.
        sealed: String,
        /// Bytes of its content, as the letter says.
        bytes: u64,
    },
    /// Looks for the proof of work for a request, in a slice of all tries, so that the page hears how far it is.
    Prove {
        /// The request, as `protocol::proof::Subject::text` says it.
        subject: String,
        /// Now, seconds since 1970.
        stamp: u64,
        /// Leading zero bits asked for.
        bits: u32,
        /// The first try.
        from: u64,
        /// How many.
        count: u64,
    },
    /// Reads an office's key file and keeps its keys in the worker.
    LoadKeyFile {
        /// The file's text.
        text: String,
        /// What it is locked with; nothing where it was not asked for yet.
        passphrase: String,
    },
    /// Drops the office's keys.
    ForgetKeyFile,
    /// Opens an envelope with the office's key, or with a key of the envelope that was handed on to it.
    OpenWithOffice {
        /// base64.
        envelope: String,
        /// Number of its event.
        seq: u64,
        /// What was handed on of the case.
        handover: Option<Handover>,
    },
    /// Hands the keys of a case's envelopes on to those whom the office's card names now: all of them, or none.
    HandOn {
        /// The card, which is checked first.
        card: OfficeCard,
        /// Whose mail the case is.
        mail: Mail,
        /// Every envelope with the number of its event.
        envelopes: Vec<(u64, String)>,
        /// What was handed on before.
        handover: Option<Handover>,
        /// Key ids of further readers on the card, to whom the case was or is passed on.
        also: Vec<String>,
    },
    /// Signs one staff request with the office's key.
    SignStaff {
        /// `GET` or `POST`.
        method: String,
        /// Path with leading slash and its query, without origin.
        path: String,
        /// SHA-256 of the body's bytes, lower-case hex; of nothing for `GET`.
        body_hash: String,
        /// Now, seconds since 1970.
        now: u64,
    },
}

/// What comes back when it worked: the content alone, whose kind whoever asked knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Reply {
    /// The worker has loaded.
    Ready,
    /// To `NewReceipt` and `DeriveReceipt`.
    Receipt(Receipt),
    /// To `DrawCode`.
    Drawn(Drawing),
    /// To `CheckCard`.
    Card(CheckedCard),
    /// To `CheckHistory`.
    History {
        /// One for each event.
        authors: Vec<Authorship>,
    },
    /// To `SignOwner` and `SignAct`.
    Act(Signed),
    /// To `SignTrail`: the head with its signature.
    Trail(TrailHead),
    /// To `CheckTrail`.
    TrailChecked {
        /// Whether it is signed by the key that it names.
        good: bool,
    },
    /// To `Seal`.
    Sealed {
        /// base64 of the age file.
        envelope: String,
    },
    /// To `Open` and `OpenWithOffice`.
    Opened {
        /// The letter as JSON, padding removed.
        letter: String,
    },
    /// To `NewPaperKey`.
    PaperKey(PaperKey),
    /// To `SealPaper`.
    SealedPaper {
        /// SHA-256 of the age file, hex: the paper's address.
        id: String,
        /// base64 of the age file.
        sealed: String,
    },
    /// To `OpenPaper`.
    OpenedPaper {
        /// base64 of its content.
        content: String,
    },
    /// To `HandOn`.
    HandedOn(Handover),
    /// To `Prove`.
    Proved {
        /// Stamp and nonce; none was among these tries.
        proof: Option<Proof>,
    },
    /// To `LoadKeyFile`.
    Office(OfficeKey),
    /// To `ForgetKeyFile`.
    Forgotten,
    /// To `SignStaff`.
    Signed {
        /// Compact JWS for the header `Authorization: Staff …`.
        token: String,
    },
}

/// A receipt code and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Twenty digits.
    pub code: String,
    /// Look-up id, hex: the only part of it that the server keys a case by.
    pub lookup: String,
    /// Secret for `Authorization: Receipt …`, hex.
    pub token: String,
    /// SHA-256 of the token, hex: what the server keeps of it.
    pub token_hash: String,
    /// Opens the replies, `AGE-SECRET-KEY-1…`.
    pub identity: String,
    /// What replies are sealed to, `age1…`.
    pub recipient: String,
    /// Seed with which the owner signs, hex; empty in a receipt from before there was one.
    #[serde(default)]
    pub signing: String,
    /// Its public half, base64.
    #[serde(default)]
    pub owner_key: String,
}

/// A key for the papers of one letter, drawn anew for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperKey {
    /// Opens them, `AGE-SECRET-KEY-1…`: goes into the letter, and nowhere else.
    pub key: String,
    /// What they are sealed to, `age1…`.
    pub recipient: String,
}

/// An office's card as a page has it, with what the page knows of its time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeCard {
    /// Office id.
    pub office: String,
    /// The card; none where the site has none of this office.
    pub signed: Option<SignedCard>,
    /// The highest version that this browser has seen.
    pub at_least: u64,
    /// Now, seconds since 1970, by this device: whoever serves an old card may serve an old time, too.
    pub now: u64,
}

/// What pages are told of a card that was found good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedCard {
    /// The root key, in groups of digits, as the counter's notice has it.
    pub fingerprint: String,
    /// Which version it is.
    pub version: u64,
    /// Its last day, as 2026-11-27.
    pub not_after: String,
    /// Made for trying things out, by a key that everybody has.
    pub demonstration: bool,
    /// How many keys open the mail that was asked about: none where it is for supervisors and the office has none.
    pub recipients: usize,
    /// Where the office is reached, as it says itself.
    #[serde(default)]
    pub counters: Vec<Counter>,
    /// To whom a case can be passed on.
    #[serde(default)]
    pub readers: Vec<Reader>,
}

/// Somebody on an office's card who opens mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// Key id.
    pub kid: String,
    /// What the key may do.
    pub role: Role,
}

/// What a page knows of the owner's key (`protocol::history::Owner`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnersKey {
    /// It follows from the receipt.
    Derived(String),
    /// The letter names it, or none.
    Letter(String),
    /// The letter is not there to ask.
    Unknown,
}

/// A QR code as one SVG path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// Modules on a side, quiet zone of four on each side included.
    pub size: usize,
    /// Path data of the dark modules, one unit a module.
    pub path: String,
}

/// The open half of an office's key file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeKey {
    /// Office id.
    pub office: String,
    /// Staff role as the file names it.
    pub role: String,
    /// Key id.
    pub kid: String,
    /// What letters to this office are sealed to, `age1…`.
    pub recipient: String,
}

/// Why it did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The message to the worker could not be read.
    Unreadable,
    /// Not a receipt code.
    NotAReceipt,
    /// The device could not derive the keys (too little memory).
    CannotDerive,
    /// The device gave no random numbers.
    NoRandomness,
    /// A recipient is not a valid public key.
    BadRecipient,
    /// The site has no card of the office, or this program no root key to check it by.
    NoCard,
    /// The card is not signed by the office's root key, or was altered.
    ForgedCard,
    /// The card's last day is over, by this device's clock.
    ExpiredCard,
    /// The mail is for supervisors, and the office has none.
    NoSupervisor,
    /// A later version of the card was seen in this browser.
    OldCard,
    /// The letter is too long.
    TooLong,
    /// The envelope is damaged or was sealed to someone else.
    CannotOpen,
    /// Not an office key file.
    NotAKeyFile,
    /// An office key file that was cut off or changed.
    DamagedKeyFile,
    /// An office key file that is locked, and no passphrase was given.
    LockedKeyFile,
    /// Another passphrase than that of the key file.
    WrongPassphrase,
    /// No key file has been loaded.
    NoKeyFile,
    /// No proof was found.
    NoProof,
}

impl Failure {
    /// What to tell the person, with what to do.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Unreadable => "页面和加密程序的版本不一致。请刷新页面后再试，已填内容不会丢失。",
            Self::NotAReceipt => "查询码不正确。请对照保存的 20 位数字再输入一遍。",
            Self::CannotDerive => "手机内存不足，算不出查询密钥。请关闭其他程序或网页后再试。",
            Self::NoRandomness => "这台设备没有提供安全随机数，不能生成查询码。请换一个浏览器再试。",
            Self::BadRecipient => "受理单位的加密公钥有误，暂时不能提交。请拨打受理单位电话。",
            Self::NoCard => {
                "本站还没有这个受理单位的收件公钥，暂时不能在线提交。请按办事指南上的电话联系受理单位。"
            }
            Self::ForgedCard => {
                "受理单位的收件钥匙没有通过签名核对，可能被人换过，所以没有加密，也没有发出。请不要在这里提交，打电话告诉受理单位。"
            }
            Self::ExpiredCard => {
                "受理单位的收件钥匙已经过了有效期，所以没有发出。请先核对这台设备的日期；日期没有错的，请打电话告诉受理单位。"
            }
            Self::NoSupervisor => {
                "这个受理单位没有设监督人员的收件钥匙，所以没有发出。请回到举报页看看还可以怎样反映。"
            }
            Self::OldCard => {
                "这个网站给出的收件钥匙比您以前用过的还旧，可能被人换回了作废的钥匙，所以没有发出。请打电话告诉受理单位。"
            }
            Self::TooLong => "内容太长，无法加密。请删减说明文字后再试。",
            Self::CannotOpen => "这封信打不开：内容损坏，或者不是写给这把钥匙的。",
            Self::NotAKeyFile => "这不是办公台的密钥文件。请选择以“# anju office key v1”开头的文件。",
            Self::DamagedKeyFile => "密钥文件不完整，或者被改动过。请重新拷贝一份，或向单位管理员换领。",
            Self::LockedKeyFile => "这个密钥文件用口令锁着，请输入口令。",
            Self::WrongPassphrase => "口令不对，密钥文件没有打开。请看清大小写和空格再输入一遍。",
            Self::NoKeyFile => "还没有载入密钥文件。",
            Self::NoProof => "防滥用验证没有算出来。请稍后再试。",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_answer_is_heard_as_it_was_written() {
        let heard =
            |outcome: Result<Reply, Failure>| Heard::read(&Answer { id: 7, outcome }.to_text().unwrap());
        let sealed = heard(Ok(Reply::Sealed { envelope: "QQ==\n".to_owned() })).unwrap();
        assert_eq!((sealed.id, sealed.outcome.as_deref()), (7, Ok(r#"{"envelope":"QQ==\n"}"#)));
        let key =
            heard(Ok(Reply::PaperKey(PaperKey { key: "a".to_owned(), recipient: "b".to_owned() }))).unwrap();
        let key: PaperKey = serde_json::from_str(&key.outcome.unwrap()).unwrap();
        assert_eq!(key.recipient, "b");
        assert_eq!(heard(Err(Failure::NoCard)).unwrap().outcome, Err(Failure::NoCard));
        assert_eq!(heard(Ok(Reply::Forgotten)).unwrap().outcome, Ok("null".to_owned()));
        assert_eq!(Heard::read("{}"), None);
    }
}
