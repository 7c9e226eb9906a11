//! Errors on the wire: one enum with stable codes, carried as problem details (RFC 9457).

use chrono::NaiveDate;
use policies::FactError;
use serde::{Deserialize, Deserializer, Serialize};

use crate::limits::{case_paper_mib, case_papers, letter_papers, paper_days, withdraw_minutes};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $status:literal, $title:expr;)+) => {
        /// What went wrong. The string form is stable; sentences may change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum ErrorCode {
            $($(#[doc = $doc])+ #[serde(rename = $code)] $name,)+
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stable string.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// HTTP status.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// One sentence for the person who reads it: what happened and what to do.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }
        }
    };
}

codes! {
    /// The body is not JSON of the expected shape.
    InvalidJson = "invalid_json", 400, "请求内容无法读取，请刷新页面后重试。";
    /// A field holds something impossible.
    InvalidField = "invalid_field", 422, "有一项内容不符合要求，请检查后重试。";
    /// The household's facts do not fit the dictionary.
    FactsInvalid = "facts_invalid", 422, "填写的情况有误，请按提示修改。";
    /// The body or the envelope is too large.
    TooLarge = "too_large", 413, "内容太大，请减少文字或图片后重试。";
    /// The body is not `application/json`.
    UnsupportedMediaType = "unsupported_media_type", 415, "请求格式不受支持，请刷新页面后重试。";
    /// No such route.
    NotFound = "not_found", 404, "没有这个地址。";
    /// The route exists, the method does not.
    MethodNotAllowed = "method_not_allowed", 405, "这个地址不接受这种请求。";
    /// No such office.
    UnknownOffice = "unknown_office", 404, "没有这个办理单位，请从首页重新选择地区。";
    /// No such document.
    UnknownDocument = "unknown_document", 404, "没有这份文件，请从首页重新选择地区。";
    /// No case for this receipt (or the token does not fit: the two look the same).
    UnknownCase = "unknown_case", 404, "没有查到这个查询码对应的件，请核对查询码；如刚提交，请稍后再查。";
    /// This kind of case is not offered by this office.
    KindNotOffered = "kind_not_offered", 422, "这个单位不受理这类事项，请看办事指南。";
    /// The look-up id is taken by other content.
    CaseExists = "case_exists", 409, "这个查询码已经用于另一件，请重新生成查询码后提交。";
    /// The same request id came with other content.
    RequestReused = "request_reused", 409, "这个请求编号已经用过，请刷新页面后重试。";
    /// The proof of work does not fit the content.
    ProofInvalid = "proof_invalid", 403, "提交前的计算校验没有通过，请重新提交。";
    /// The proof of work is not of now.
    ProofExpired = "proof_expired", 403, "提交前的计算已过期，请核对设备时间后重新提交。";
    /// More came in than the office can read, so that a proof of work must be harder: `challenge` tells how hard.
    ProofTooEasy = "proof_too_easy", 429, "现在提交的人很多，防滥用验证要算得久一些，请再提交一次。";
    /// No ticket of the office is this, or its time is over.
    TicketUnknown = "ticket_unknown", 403,
        "没有这个快速码，或者已经过了有效期。请对照纸条再看一遍；也可以不用快速码直接提交，只是要算得久一些。";
    /// The ticket brought another letter.
    TicketSpent = "ticket_spent", 403,
        "这个快速码已经用过了，一个只能用一次。可以不用快速码直接提交，只是要算得久一些。";
    /// So many wrong tickets were tried that the office takes none until midnight.
    TicketsResting = "tickets_resting", 429,
        "今天输错的快速码太多，快速码停用到明天。可以不用快速码直接提交，只是要算得久一些。";
    /// The office has as many tickets as may be good at one time.
    TicketsEnough = "tickets_enough", 409, "没有用掉的快速码已经够多了，请等用掉一些或者过了有效期再做。";
    /// The envelope is not sealed as it must be, or was cut off.
    EnvelopeInvalid = "envelope_invalid", 422, "加密内容不完整或格式不对，请重新提交。";
    /// No receipt token.
    ReceiptMissing = "receipt_missing", 401, "缺少查询凭证，请重新输入查询码。";
    /// No staff signature.
    SignatureMissing = "signature_missing", 401, "缺少办公签名，请先打开密钥文件。";
    /// The staff signature does not fit, or its key is not registered.
    SignatureInvalid = "signature_invalid", 401, "办公签名无效，请确认密钥文件已在本单位登记。";
    /// The staff signature is not valid now.
    SignatureExpired = "signature_expired", 401, "办公签名已过期，请核对电脑时间后重试。";
    /// The role does not allow this.
    RoleForbidden = "role_forbidden", 403, "您的岗位不能做这项操作。";
    /// The stage cannot be reached from the present one.
    StageUnreachable = "stage_unreachable", 409, "按文件规定的流程，现在不能进入这个环节，请刷新后再看。";
    /// The case has moved on since whoever asks looked: `head` is its head now.
    HeadMoved = "head_moved", 409, "这一件刚刚有了新的变化，可能是同事办理了，也可能是对方来信了，请看过最新情况再办。";
    /// The stage must last longer: `not_before` is the first day on which it may go on.
    StageTooEarly = "stage_too_early", 409, "文件规定这个环节要满一定的天数，现在还没有满，不能往下走。";
    /// The date lies before receipt or in the future.
    DateInvalid = "date_invalid", 422, "日期不能早于收件之日，也不能晚于今天。";
    /// A decision against whoever sent the case comes with its reason.
    ReasonRequired = "reason_required", 422, "这个决定对对方不利，要把理由一起告诉对方，请写明理由再提交。";
    /// A tip-off is closed with its result, in words for whoever sent it.
    ResultRequired = "result_required", 422, "举报办结要把结果告诉举报人，请写明结果再提交。";
    /// Only a letter that is still where it arrived can be set aside as junk.
    AlreadyTakenUp = "already_taken_up", 409, "这一件已经开始办理，不能再当作无效来件移出，请按流程办理。";
    /// There is a decision, and nothing to take back any more.
    AlreadyDecided = "already_decided", 409, "这一件已经有了决定，不能再自行撤回，请联系办理单位。";
    /// The signature that stays with the event is missing or not of the right key.
    ActUnsigned = "act_unsigned", 422, "这一步没有带上有效的签名，请刷新页面后重试。";
    /// The time for it has passed: [`crate::limits::WITHDRAW_SECS`].
    WithdrawTooLate = "withdraw_too_late", 409,
        concat!("提交已超过 ", withdraw_minutes!(), " 分钟，不能自行撤回，请联系办理单位。");
    /// The case was withdrawn.
    CaseClosed = "case_closed", 409, "这一件已经撤回，或者内容已经销毁，不能再操作。";
    /// The case has as many events as it can hold.
    CaseFull = "case_full", 429, "这一件的来往已达上限，请直接联系办理单位。";
    /// The messages of the case were read more often within an hour than anybody needs.
    ReadTooOften = "read_too_often", 429, "这一件的往来一小时内读得太多次了，请过一个小时再看。";
    /// More papers with one letter, or in one case, than there may be.
    TooManyPapers = "too_many_papers", 422, concat!(
        "一次最多附 ", letter_papers!(), " 份材料，一件一共最多 ", case_papers!(), " 份。请合并几份，或者分开几次补交。"
    );
    /// The papers of a case are larger than a case may hold.
    PapersTooLarge = "papers_too_large", 413, concat!(
        "这一件的材料加起来超过了 ", case_paper_mib!(), " MB。请去掉几份，或者把照片拍小一点；实在需要的，可以带原件到窗口。"
    );
    /// The case announced no such paper, or the paper has no such part.
    UnknownPaper = "unknown_paper", 404, "这一件没有登记这份材料，请回到这一件的页面重新添加。";
    /// The part has not come yet.
    PartMissing = "part_missing", 404, "这份材料还没有传完，请等对方传完再打开。";
    /// A part is not sealed, or not as long as was announced.
    PartInvalid = "part_invalid", 422, "这份材料有一段不完整，请再传一次；还不行的，去掉它重新添加。";
    /// The part is there, with other bytes.
    PartDiffers = "part_differs", 409, "这一段材料已经传过，内容却不一样，请去掉这份材料重新添加。";
    /// The parts together are not what was announced: all of them were dropped.
    PaperAltered = "paper_altered", 422, "这份材料在路上损坏了，没有收下，请重新传这一份。";
    /// The time in which a paper may come is over.
    PaperLate = "paper_late", 409, concat!(
        "这份材料登记以后 ", paper_days!(), " 天没有传完，不能再传。还要补交的，请在这一件里重新添加。"
    );
    /// The office set the case aside as junk: it takes no papers until somebody writes.
    SetAside = "set_aside", 409, "办理单位把这一件移到了“无效来件”，暂时不收材料。请先在这一件里留言说明，再接着传。";
    /// The office takes no more papers of this sort until midnight.
    PapersFull = "papers_full", 429, "今天传到这个单位的材料太多，暂时收不下了。信已经收到，材料留在这台设备上，请明天再接着传。";
    /// The server's disk is nearly full: new letters wait, everything else goes on.
    StorageFull = "storage_full", 507, "服务器快存满了，暂时收不下新的信件和材料，请过几个小时再提交；急的话请打办理单位的电话。";
    /// Our fault.
    Internal = "internal", 500, "系统出了问题，内容没有保存，请稍后重试。";
    /// Our fault, and likely to pass.
    Unavailable = "unavailable", 503, "系统暂时繁忙，请稍后重试。";
}

/// A code as it is read: a server of tomorrow may send one that a page of today does not know, and its sentence is for
/// the person all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Code {
    /// One of ours.
    Known(ErrorCode),
    /// Any other; empty where none was sent.
    Other(String),
}

impl Default for Code {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl From<ErrorCode> for Code {
    fn from(code: ErrorCode) -> Self {
        Self::Known(code)
    }
}

impl PartialEq<ErrorCode> for Code {
    fn eq(&self, other: &ErrorCode) -> bool {
        matches!(self, Self::Known(code) if code == other)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = ErrorCode::ALL.iter().find(|code| code.code() == text);
        Ok(known.map_or(Self::Other(text), |code| Self::Known(*code)))
    }
}

/// A problem document (`application/problem+json`). Whatever is missing when it is read is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// `urn:anju:error:<code>`.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// What happened and what to do, in words for the person: [`ErrorCode::title`].
    #[serde(default)]
    pub title: String,
    /// HTTP status.
    #[serde(default)]
    pub status: u16,
    /// The stable code.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "ErrorCode"))]
    pub code: Code,
    /// More, for this occurrence. Never anything that a person typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Path of the field at fault, e.g. `household.facts.people`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Where the case stands now, for [`ErrorCode::HeadMoved`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// The first day on which it may be done, for [`ErrorCode::StageTooEarly`].
    #[serde(default, skip_serializing_if = "Option::is_none", with = "policies::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub not_before: Option<NaiveDate>,
    /// Every fact at fault, for [`ErrorCode::FactsInvalid`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactError>,
}

impl Problem {
    /// A problem with this code.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            kind: format!("urn:anju:error:{}", code.code()),
            title: code.title().to_owned(),
            status: code.status(),
            code: code.into(),
            detail: None,
            field: None,
            head: None,
            not_before: None,
            facts: Vec::new(),
        }
    }

    /// Adds the field at fault.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Adds where the case stands now.
    #[must_use]
    pub fn with_head(mut self, head: &str) -> Self {
        self.head = Some(head.to_owned());
        self
    }

    /// Adds the first day on which it may be done.
    #[must_use]
    pub fn not_before(mut self, day: NaiveDate) -> Self {
        self.not_before = Some(day);
        self
    }

    /// Adds a sentence for this occurrence.
    #[must_use]
    pub fn because(mut self, detail: &str) -> Self {
        self.detail = Some(detail.to_owned());
        self
    }
}

impl From<ErrorCode> for Problem {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.code {
            Code::Known(code) => f.write_str(code.code()),
            Code::Other(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn codes_on_the_wire_are_their_strings() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.code()));
            assert!((400..600).contains(&code.status()));
            assert!(code.title().ends_with('。'));
        }
    }

    #[test]
    fn a_problem_of_tomorrow_is_still_a_sentence() {
        let read = |json: &str| serde_json::from_str::<Problem>(json).unwrap();
        let problem = read(r#"{"code":"not_of_today","title":"请稍后再试。","more":1}"#);
        assert_eq!((problem.title.as_str(), problem.status), ("请稍后再试。", 0));
        assert_eq!(problem.code, Code::Other("not_of_today".to_owned()));
        assert_eq!(problem.to_string(), "not_of_today");
        assert_eq!(read("{}"), Problem::default());
        for code in ErrorCode::ALL {
            assert_eq!(read(&serde_json::to_string(&Problem::new(*code)).unwrap()).code, *code);
        }
    }

    #[test]
    fn a_problem_round_trips() {
        let problem = Problem::new(ErrorCode::FactsInvalid).at("household.facts.people");
        let json = serde_json::to_string(&problem).unwrap();
        assert!(json.contains(r#""type":"urn:anju:error:facts_invalid""#));
        assert_eq!(serde_json::from_str::<Problem>(&json).unwrap(), problem);
    }
}
