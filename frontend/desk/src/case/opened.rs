//! A case with its envelopes opened in the worker, and what does not fit together in it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::model::CaseKind;
use protocol::addressee::Mail;
use protocol::case::Action;
use protocol::chain;
use protocol::desk::DeskCase;
use protocol::envelope;
use protocol::kin::{Contradiction, contradictions};
use protocol::letter::{Application, Letter, Message};
use protocol::signed::Authorship;

use crate::calls::{Desk, DeskError};
use sealer::ops::{CheckedCard, Failure, OwnersKey};
use ui::sealing::SealerError;
use ui::words::day;

/// Why an envelope shows nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unopened {
    /// The worker could not open it.
    #[error(transparent)]
    Sealer(#[from] SealerError),
    /// It opened, but what is inside is not a letter of this kind.
    #[error("信封打开了，但里面不是可以识别的内容。可能是用别的程序写的，或格式有误。")]
    NotALetter,
    /// Its owner took it back, and the server keeps it no more.
    #[error("这个件已被撤回，信件已从服务器删除。")]
    Withdrawn,
    /// The office keeps it no longer.
    #[error("这封信已按本单位设定的保存期限从服务器销毁。")]
    Destroyed,
}

/// A case, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenedCase {
    /// As the edge gave it.
    pub(crate) case: DeskCase,
    /// The letter it began with.
    pub(crate) letter: Result<Letter, Unopened>,
    /// Messages by the number of their event.
    pub(crate) messages: BTreeMap<u64, Result<Message, Unopened>>,
    /// The office's card for cases of this kind, or why it is not used.
    pub(crate) card: Result<CheckedCard, SealerError>,
    /// Who each event is of, in their order.
    pub(crate) authors: Result<Vec<Authorship>, SealerError>,
}

impl OpenedCase {
    /// Where replies are sealed to: what the letter itself says, which nobody on the way could
    /// exchange; the open column only where the letter cannot be read.
    pub(crate) fn reply_to(&self) -> &str {
        self.letter.as_ref().ok().and_then(Letter::reply_to).unwrap_or(&self.case.view.reply_to)
    }

    /// Whose mail replies are: what the letter itself says, as with [`Self::reply_to`].
    pub(crate) fn mail(&self) -> Mail {
        let view = self.case.view.mail();
        let letter = self.letter.as_ref().ok().filter(|letter| letter.opens_a_case());
        Mail { addressee: letter.map_or(view.addressee, Letter::addressee), ..view }
    }

    /// What does not fit together, if anything.
    pub(crate) fn findings(&self, office: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !chain_holds(&self.case) {
            findings.push(Finding::Chain);
        }
        findings.extend(self.signatures());
        let view = &self.case.view;
        if view.office != office {
            findings.push(Finding::OtherOffice);
        }
        let Ok(letter) = &self.letter else {
            return findings;
        };
        if letter_day(letter).is_some_and(|on| !fits(on, day(view.received_at))) {
            findings.push(Finding::OtherDay);
        }
        let (kind, document) = match letter {
            Letter::Application(application) => (Some(application.kind), Some(application.document.as_str())),
            Letter::TipOff(tip_off) => (Some(CaseKind::TipOff), Some(tip_off.document.as_str())),
            Letter::Form(request) => (Some(request.kind), Some(request.document.as_str())),
            Letter::Message(_) => (None, None),
        };
        if kind != Some(view.kind) {
            findings.push(Finding::OtherKind);
        }
        if document.is_some_and(|document| document != office) {
            findings.push(Finding::OtherDocument);
        }
        if letter.opens_a_case() && letter.addressee() != view.mail().addressee {
            findings.push(Finding::OtherAddressee);
        }
        if letter.reply_to().is_some_and(|reply_to| reply_to != view.reply_to) {
            findings.push(Finding::OtherReplyTo);
        }
        if let Letter::Application(application) = letter {
            findings.extend(contradicted(application));
        }
        findings
    }

    /// What the office's card says against the case.
    fn signatures(&self) -> Vec<Finding> {
        let (card, authors) = match (&self.card, &self.authors) {
            (Ok(card), Ok(authors)) => (card, authors),
            (Err(why), _) | (_, Err(why)) => return vec![Finding::Unchecked(*why)],
        };
        let mut findings = Vec::new();
        let forged = authors.iter().filter(|author| **author == Authorship::Forged).count();
        if forged > 0 {
            findings.push(Finding::Forged(forged));
        }
        // A letter that is gone has no recipients.
        let open_it = envelope::check(&self.case.envelope).map_or(0, |outside| outside.recipients);
        // The owner's own copy, where the letter itself says that there is one.
        let own = usize::from(self.letter.as_ref().is_ok_and(Letter::has_own_copy));
        if open_it > card.recipients + own {
            findings.push(Finding::MoreRecipients { letter: open_it - own, card: card.recipients });
        }
        findings
    }
}

/// What an application says that cannot both be, with the names.
fn contradicted(application: &Application) -> impl Iterator<Item = Finding> {
    let Application { applicant, members, household, on, .. } = application;
    let name = move |place: usize| match std::iter::once(applicant).chain(members).nth(place) {
        Some(person) if !person.name.is_empty() => person.name.clone(),
        _ => format!("第 {} 人", place + 1),
    };
    contradictions(applicant, members, household, *on).into_iter().map(move |wrong| {
        let other = match wrong {
            Contradiction::SameNumber { other, .. } | Contradiction::SecondSpouse { other, .. } => {
                name(other)
            }
            _ => String::new(),
        };
        Finding::Contradiction { wrong, who: name(wrong.person()), other }
    })
}

impl Unopened {
    /// Whether the envelope is none for this key: damaged, noise, or sealed to others.
    pub(crate) fn is_shut(&self) -> bool {
        matches!(self, Self::Sealer(SealerError::Refused(Failure::CannotOpen)))
    }
}

/// Something an officer should know before acting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// The history does not hold together.
    Chain,
    /// So many events are not of whom they say.
    Forged(usize),
    /// The office's card was not used, and so no signature was checked.
    Unchecked(SealerError),
    /// More keys open the letter than the office has.
    MoreRecipients {
        /// Keys that open the letter.
        letter: usize,
        /// Keys on the card.
        card: usize,
    },
    /// The case is addressed to another office.
    OtherOffice,
    /// The letter is of another kind than the open column says.
    OtherKind,
    /// The letter was written under another document.
    OtherDocument,
    /// It stands with others in the office than it was written to.
    OtherAddressee,
    /// The open reply key is not the one inside the letter.
    OtherReplyTo,
    /// The day in the letter is not that of receipt.
    OtherDay,
    /// Two things that the application says cannot both be.
    Contradiction {
        /// Which.
        wrong: Contradiction,
        /// Whom it is told of.
        who: String,
        /// Who else it concerns, or empty.
        other: String,
    },
}

impl Finding {
    /// What to tell the officer, with what to do.
    pub(crate) fn message(&self) -> String {
        let fixed = match self {
            Self::Contradiction { wrong, who, other } => return contradiction_words(*wrong, who, other),
            Self::Forged(count) => {
                return format!(
                    "有 {count} 条记录的签名对不上，下面“办理记录”里标出来了：可能不是本单位或者对方写的。请先不要据此办理，并报告单位管理员。"
                );
            }
            Self::Unchecked(why) => {
                return format!(
                    "签名没有核对：{why} 没有核对以前，请不要只凭这里的记录办理，并报告单位管理员。"
                );
            }
            Self::MoreRecipients { letter, card } => {
                return format!(
                    "有 {letter} 把钥匙能打开这封信，本单位的名片上只有 {card} 把：多出来的可能不是本单位的。近期没有停用过钥匙的，请报告单位管理员。"
                );
            }
            Self::Chain => "办理记录校验不符：记录可能被删改。请先不要据此办理，并报告单位管理员。",
            Self::OtherOffice => "这个件登记的受理单位不是本单位。请不要办理，并报告单位管理员。",
            Self::OtherAddressee => {
                "信里写的收件人（本单位，还是监督人员）与登记的不一致：可能被人改过。请先不要办理，并报告监督人员。"
            }
            Self::OtherKind => "信件内容与登记的事项类型不一致。请按信件内容核对后再办理。",
            Self::OtherDocument => "信件是按另一地的文件填写的。请核对是否应由本单位受理。",
            Self::OtherReplyTo => {
                "登记的回信公钥与信件里写的不一致。答复将按信件里的公钥加密，并请报告单位管理员。"
            }
            Self::OtherDay => {
                "信里写的日期和收到日期不是同一天：可能是对方设备的日期不准，或者写好以后隔天才发出。跟日期有关的条件请按收到日期核对。"
            }
        };
        fixed.to_owned()
    }
}

fn contradiction_words(wrong: Contradiction, who: &str, other: &str) -> String {
    let what = match wrong {
        Contradiction::Birth(_) => "写的出生日期和身份证号里的不一样".to_owned(),
        Contradiction::Sex(_) => "写的性别和身份证号里的不一样".to_owned(),
        Contradiction::ApplicantsBirth => "申报的出生日期和身份证号里的不一样".to_owned(),
        Contradiction::Minor { of_age } => format!("是申请人，到申请那天不满 {of_age} 岁"),
        Contradiction::SameNumber { .. } => format!("和{other}的身份证号相同"),
        Contradiction::SecondSpouse { .. } => format!("和{other}都写成申请人的配偶"),
        Contradiction::ChildNotYounger(_) => "写成申请人的子女，却不比申请人小".to_owned(),
        Contradiction::ParentNotOlder(_) => "写成申请人的父母，却不比申请人大".to_owned(),
    };
    format!("{who}：{what}。请对照证件核实。")
}

/// The day a letter says it was written on.
fn letter_day(letter: &Letter) -> Option<NaiveDate> {
    match letter {
        Letter::Application(application) => Some(application.on),
        Letter::TipOff(tip_off) => Some(tip_off.on),
        Letter::Form(request) => Some(request.on),
        Letter::Message(_) => None,
    }
}

/// Whether a letter of one day may arrive on another: the same, or over midnight.
fn fits(on: NaiveDate, received: NaiveDate) -> bool {
    on == received || on.succ_opt() == Some(received)
}

/// Whether every event follows from the one before, the first from what was submitted, and the last
/// is the head. Where the letter is gone, so is what the first event could be held against.
pub(crate) fn chain_holds(case: &DeskCase) -> bool {
    let view = &case.view;
    let genesis = chain::genesis_of(
        &view.office,
        view.kind,
        &view.lookup,
        &case.token_hash,
        &view.reply_to,
        &case.envelope,
        (owner_key(case), view.mail().addressee),
    );
    chain::verify(&view.lookup, &view.events, &view.head).is_ok()
        && view.events.first().is_some_and(|first| letter_is_gone(case).is_some() || first.prev == genesis)
}

/// The owner's key as the first event names it.
fn owner_key(case: &DeskCase) -> &str {
    match case.view.events.first().map(|first| &first.action) {
        Some(Action::Submitted { owner_key, .. }) => owner_key,
        _ => "",
    }
}

/// Why there is no letter, where there is none for a reason: the history says that the case was taken back, or the server
/// that the office keeps it no longer.
fn letter_is_gone(case: &DeskCase) -> Option<Unopened> {
    let view = &case.view;
    let withdrawn = view.events.last().is_some_and(|last| last.action == Action::Withdrawn);
    match (case.envelope.is_empty(), withdrawn, view.destroyed_at) {
        (true, true, _) => Some(Unopened::Withdrawn),
        (true, false, Some(_)) => Some(Unopened::Destroyed),
        _ => None,
    }
}

/// Opens the letter and every message of a case.
///
/// # Errors
/// [`DeskError`] only where the worker holds no key any more; an envelope that does not open is part
/// of the answer.
pub(crate) async fn open(desk: &Desk, case: DeskCase) -> Result<OpenedCase, DeskError> {
    let letter = match letter_is_gone(&case) {
        Some(why) => Err(why),
        None => open_letter(desk, &case, (0, &case.envelope)).await?,
    };
    let mut messages = BTreeMap::new();
    for event in &case.view.events {
        if let Action::Message { envelope: Some(envelope), .. } = &event.action {
            let message =
                open_letter(desk, &case, (event.seq, envelope)).await?.and_then(|letter| match letter {
                    Letter::Message(message) => Ok(message),
                    Letter::Application(_) | Letter::TipOff(_) | Letter::Form(_) => Err(Unopened::NotALetter),
                });
            messages.insert(event.seq, message);
        }
    }
    let owner = match letter.as_ref().ok().and_then(Letter::owner_key) {
        Some(key) => OwnersKey::Letter(key.to_owned()),
        None => OwnersKey::Unknown,
    };
    // The letter itself was sealed before it could be passed on.
    let card = desk.checked_card(Mail { supervised: false, ..case.view.mail() }).await;
    let authors = desk.authors(&case.view, owner).await;
    Ok(OpenedCase { case, letter, messages, card, authors })
}

/// Opens an envelope of a case, or says why it shows nothing.
///
/// # Errors
/// [`DeskError`] only where the worker holds no key any more.
pub(crate) async fn open_letter(
    desk: &Desk,
    case: &DeskCase,
    (seq, envelope): (u64, &str),
) -> Result<Result<Letter, Unopened>, DeskError> {
    match desk.sealer.open_with_office((seq, envelope.to_owned()), case.handover.clone()).await {
        Ok(json) => Ok(Letter::parse(json.as_bytes()).map_err(|_| Unopened::NotALetter)),
        Err(why) if DeskError::from(why).key_is_gone() => Err(why.into()),
        Err(why) => Ok(Err(why.into())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use protocol::case::{Actor, CaseView};
    use protocol::letter::{Misuse, Person, Spot, TipOff};

    use super::*;
    use protocol::addressee::Addressee;

    fn tip_off() -> TipOff {
        TipOff {
            document: "shishi-2021".into(),
            what: Misuse::Sublet,
            breach: String::new(),
            informant: None,
            no_questions: false,
            place: "测试小区".into(),
            spot: Spot::default(),
            since: String::new(),
            how_known: String::new(),
            text: "测试".into(),
            on: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            reply_to: "age1a".into(),
            owner_key: String::new(),
            addressee: Addressee::Office,
            enclosures: None,
        }
    }

    /// 2026-01-01 08:00 in China.
    const RECEIVED: u64 = 1_767_225_600;

    fn opened() -> OpenedCase {
        let kind = CaseKind::TipOff;
        let genesis =
            chain::genesis_of("shishi-2021", kind, "aa", "hash", "age1a", "QQ==", ("", Addressee::Office));
        let (by, action) = (Actor::Applicant, Action::submitted(""));
        let first = chain::next(("aa", &genesis), (0, RECEIVED), by, action, None);
        let view = CaseView {
            office: "shishi-2021".into(),
            kind,
            lookup: "aa".into(),
            document_hash: String::new(),
            stage: "received".into(),
            received_at: RECEIVED,
            withdraw_until: RECEIVED + 600,
            withdrawn: false,
            destroyed_at: None,
            kept_days: None,
            not_before: None,
            reply_to: "age1a".into(),
            total: 1,
            head: first.hash.clone(),
            events: vec![first],
        };
        let case = DeskCase { view, envelope: "QQ==".into(), token_hash: "hash".into(), handover: None };
        let card = CheckedCard {
            fingerprint: String::new(),
            version: 1,
            not_after: String::new(),
            demonstration: false,
            recipients: 1,
            counters: Vec::new(),
            readers: Vec::new(),
        };
        OpenedCase {
            case,
            letter: Ok(Letter::TipOff(tip_off())),
            messages: BTreeMap::new(),
            card: Ok(card),
            authors: Ok(vec![Authorship::Signed]),
        }
    }

    #[test]
    fn a_case_that_fits_together_has_no_findings() {
        assert_eq!(opened().findings("shishi-2021"), vec![]);
    }

    #[test]
    fn an_exchanged_envelope_or_event_breaks_the_chain() {
        let mut other = opened();
        other.case.envelope = "Qg==".into();
        assert_eq!(other.findings("shishi-2021"), vec![Finding::Chain]);
        let mut other = opened();
        other.case.view.head = "00".into();
        assert_eq!(other.findings("shishi-2021"), vec![Finding::Chain]);
    }

    #[test]
    fn a_false_signature_a_key_too_many_and_a_card_that_is_not_used_are_told() {
        let mut case = opened();
        case.authors = Ok(vec![Authorship::Forged]);
        assert_eq!(case.findings("shishi-2021"), vec![Finding::Forged(1)]);
        let mut case = opened();
        case.card = Err(SealerError::Refused(Failure::ForgedCard));
        assert_eq!(
            case.findings("shishi-2021"),
            vec![Finding::Unchecked(SealerError::Refused(Failure::ForgedCard))]
        );
        let with = |stanzas: usize| {
            let stanza = format!("-> X25519 {0}\n{0}\n", "A".repeat(43)).repeat(stanzas);
            let header = format!("age-encryption.org/v1\n{stanza}--- {}\n", "A".repeat(43));
            let file = [header.as_bytes(), &[0; 16 + 4096 + 16]].concat();
            let mut case = opened();
            case.case.envelope = data_encoding::BASE64.encode(&file);
            case.signatures()
        };
        assert_eq!(with(1), vec![]);
        assert_eq!(with(2), vec![Finding::MoreRecipients { letter: 2, card: 1 }]);
    }

    #[test]
    fn a_withdrawn_case_is_whole_without_its_letter_and_only_then() {
        let mut gone = opened();
        gone.case.envelope.clear();
        assert_eq!(gone.findings("shishi-2021"), vec![Finding::Chain]);
        let place = ("aa", gone.case.view.head.as_str());
        let last = chain::next(place, (1, 200), Actor::Applicant, Action::Withdrawn, None);
        gone.case.view.head = last.hash.clone();
        gone.case.view.events.push(last);
        gone.case.view.withdrawn = true;
        gone.letter = Err(Unopened::Withdrawn);
        assert_eq!(gone.findings("shishi-2021"), vec![]);
        gone.case.envelope = "Qg==".into();
        assert_eq!(gone.findings("shishi-2021"), vec![Finding::Chain]);
    }

    #[test]
    fn a_letter_of_another_day_is_told_but_not_one_sent_over_midnight() {
        for (received, expected) in [
            (RECEIVED, vec![]),
            (RECEIVED + 86_400, vec![]),
            (RECEIVED + 2 * 86_400, vec![Finding::OtherDay]),
            (RECEIVED - 86_400, vec![Finding::OtherDay]),
        ] {
            let mut case = opened();
            case.case.view.received_at = received;
            assert_eq!(case.findings("shishi-2021"), expected);
        }
    }

    #[test]
    fn an_application_that_contradicts_itself_is_told_with_the_names() {
        let household = policies::Household::default();
        let mut letter = crate::case::replay::tests::application(&[]);
        letter.household = household;
        letter.applicant = Person { name: "测试甲".into(), ..born("1990-01-01", "本人") };
        letter.members =
            vec![Person { name: "测试乙".into(), ..born("1980-01-01", "子女") }, born("1990-02-01", "父母")];
        let told: Vec<String> = contradicted(&letter).map(|finding| finding.message()).collect();
        let expected = [
            "测试乙：写成申请人的子女，却不比申请人小。请对照证件核实。",
            "第 3 人：写成申请人的父母，却不比申请人大。请对照证件核实。",
        ];
        assert_eq!(told, expected);
    }

    fn born(birth: &str, relation: &str) -> Person {
        Person { birth: birth.parse().ok(), relation: relation.into(), ..Person::default() }
    }

    #[test]
    fn columns_that_differ_from_the_letter_are_told() {
        let mut other = opened();
        other.letter = Ok(Letter::TipOff(TipOff {
            document: "qujing-2018".into(),
            reply_to: "age1b".into(),
            ..tip_off()
        }));
        let expected = vec![Finding::OtherDocument, Finding::OtherReplyTo];
        assert_eq!(other.findings("shishi-2021"), expected);
        assert_eq!(other.reply_to(), "age1b");
        let about = TipOff { addressee: Addressee::Supervisor, ..tip_off() };
        other.letter = Ok(Letter::TipOff(about));
        assert_eq!(other.findings("shishi-2021"), vec![Finding::OtherAddressee]);
        assert_eq!(other.mail().addressee, Addressee::Supervisor, "replies go to whom it was written to");
        other.letter = Ok(Letter::message("测试"));
        assert_eq!(other.findings("shishi-2021"), vec![Finding::OtherKind]);
    }

    #[test]
    fn an_unreadable_letter_falls_back_to_the_open_reply_key() {
        let mut sealed = opened();
        sealed.letter = Err(Unopened::Sealer(SealerError::Refused(Failure::CannotOpen)));
        assert_eq!(sealed.reply_to(), "age1a");
        assert_eq!(sealed.findings("shishi-2021"), vec![]);
    }
}
