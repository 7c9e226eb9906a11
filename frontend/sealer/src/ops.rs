//! What a page may ask of the sealer, and what it answers: JSON messages between page and Web Worker.
//!
//! Everything secret that is derived from an office's key file stays behind this line: the page gets
//! back opened letters and signed tokens, never the keys.

use protocol::case::Proof;
use serde::{Deserialize, Serialize};

/// One request with the number its answer will carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Number of the call, unique within one worker.
    pub id: u64,
    /// What is asked.
    pub request: Request,
}

/// The answer to one [`Call`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Number of the call it answers; [`READY`] announces that the worker can be called.
    pub id: u64,
    /// What came of it.
    pub outcome: Result<Reply, Failure>,
}

/// The number of the answer that a worker sends unasked, once, when it has loaded.
pub const READY: u64 = 0;

/// What a page may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
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
    /// Pads and seals a letter.
    Seal {
        /// age recipients (`age1…`) who can open it.
        recipients: Vec<String>,
        /// The letter as JSON.
        letter: String,
        /// Whether a case begins with it: then it is padded to one size with all others.
        opening: bool,
    },
    /// Opens an envelope with a receipt's identity.
    Open {
        /// `AGE-SECRET-KEY-1…` from [`Receipt::identity`].
        identity: String,
        /// base64.
        envelope: String,
    },
    /// Finds the proof of work for a request.
    Prove {
        /// The request, as `protocol::proof::Subject::text` says it.
        subject: String,
        /// Now, seconds since 1970.
        stamp: u64,
        /// Leading zero bits asked for.
        bits: u32,
    },
    /// Reads an office's key file and keeps its keys in the worker.
    LoadKeyFile {
        /// The file's text.
        text: String,
    },
    /// Drops the office's keys.
    ForgetKeyFile,
    /// Opens an envelope with the office's key.
    OpenWithOffice {
        /// base64.
        envelope: String,
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

/// What comes back when it worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// The worker has loaded.
    Ready,
    /// To `NewReceipt` and `DeriveReceipt`.
    Receipt(Receipt),
    /// To `DrawCode`.
    Drawn(Drawing),
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
    /// To `Prove`.
    Proved {
        /// Stamp and nonce.
        proof: Proof,
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
    /// The letter is too long.
    TooLong,
    /// The envelope is damaged or was sealed to someone else.
    CannotOpen,
    /// Not an office key file.
    NotAKeyFile,
    /// An office key file that was cut off or changed.
    DamagedKeyFile,
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
            Self::TooLong => "内容太长，无法加密。请删减说明文字后再试。",
            Self::CannotOpen => "这封信打不开：内容损坏，或者不是写给这把钥匙的。",
            Self::NotAKeyFile => "这不是办公台的密钥文件。请选择以“# anju office key v1”开头的文件。",
            Self::DamagedKeyFile => "密钥文件不完整，或者被改动过。请重新拷贝一份，或向单位管理员换领。",
            Self::NoKeyFile => "还没有载入密钥文件。",
            Self::NoProof => "防滥用验证没有算出来。请稍后再试。",
        }
    }
}
