//! What the officer is about to send: a reply, or a move with a date and perhaps a message.
//!
//! A reducer without a browser. Text stays until the edge has answered; an attempt keeps its id and
//! its sealed envelope, so that sending again after a failure can never make a second entry.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;
use policies::seen::visible;
use protocol::correction::{MOST_FIELDS, WHY_CHARS};
use yew::Reducible;

use crate::calls::DeskError;
use ui::api::ApiError;
use ui::attempt::Attempt;
use ui::typed;
use ui::words::date_words;

/// Longest message, in characters: well under the largest envelope.
pub(crate) const LONGEST: usize = 4000;

/// Where the sending stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Being written.
    #[default]
    Writing,
    /// On its way.
    Sending,
    /// It failed; nothing written is lost.
    Failed(Failure),
    /// The edge has it.
    Sent,
}

/// Why something was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// What was written cannot be sent so.
    Input(InputError),
    /// Sealing, signing or the request failed.
    Desk(DeskError),
}

impl Failure {
    /// What to tell the officer.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Input(error) => error.message(),
            Self::Desk(error) if error.is_overtaken() => {
                format!("没有发出：{error} 最新情况已经取来，您写的内容还在，核对以后可以再发。")
            }
            // Refused for what it says: the same again would be refused again.
            Self::Desk(error @ DeskError::Api(ApiError::Refused(problem))) if problem.status < 500 => {
                format!("没有发出：{error} 您写的内容还在，请刷新后核对再发。")
            }
            // These two already say that nothing written is lost.
            Self::Desk(error @ DeskError::Api(ApiError::Offline | ApiError::Timeout)) => {
                format!("没有发出：{error}可以直接再发一次，不会重复。")
            }
            Self::Desk(error) => {
                format!("没有发出：{error} 您写的内容还在，可以直接再发一次，不会重复。")
            }
        }
    }
}

/// What is wrong with what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputError {
    /// No stage chosen.
    NoStage,
    /// No readable date.
    NoDate,
    /// A date after today.
    Future,
    /// A date before the case was received (the day of receipt is given).
    BeforeReceipt(NaiveDate),
    /// A date on which the stage must still last (the first day on which it may go on is given).
    TooEarly(NaiveDate),
    /// A decision against somebody without a reason.
    NoReason,
    /// A tip-off closed without a result.
    NoResult,
    /// A decision against somebody without an article.
    NoArticle,
    /// An empty reply.
    Empty,
    /// More than [`LONGEST`] characters.
    TooLong,
    /// Corrections of nothing.
    NothingAsked,
    /// Corrections of more than [`MOST_FIELDS`] fields.
    TooMany,
    /// A correction without a reason, or with one that is too long.
    NoWhy,
    /// No day until which corrections are asked for.
    NoBy,
    /// That day is over.
    ByPast,
}

impl InputError {
    /// What to tell the officer, with what to do.
    pub(crate) fn message(self) -> String {
        match self {
            Self::NoStage => "请选择要转到哪个环节。".to_owned(),
            Self::NoDate => "请填写日期，例如 2026-03-05。".to_owned(),
            Self::Future => "日期不能晚于今天。请填写实际办理的日期。".to_owned(),
            Self::BeforeReceipt(received) => {
                format!("日期不能早于收到日期（{}）。", date_words(received))
            }
            Self::TooEarly(first) => {
                format!("这个环节要满规定的天数，{} 起才能往下走。", date_words(first))
            }
            Self::NoReason => "这个决定对对方不利，请写明理由。".to_owned(),
            Self::NoResult => "举报办结要把结果告诉举报人，请写明结果。".to_owned(),
            Self::NoArticle => "请写明依据文件的哪一条。".to_owned(),
            Self::Empty => "请先写下要答复的内容。".to_owned(),
            Self::TooLong => format!("内容太长，请不要超过 {LONGEST} 字。"),
            Self::NothingAsked => "请勾上要对方改的地方。".to_owned(),
            Self::TooMany => format!("一次最多请对方改 {MOST_FIELDS} 处；差得多的，请对方重新提交。"),
            Self::NoWhy => format!("勾上的每一处都要写明为什么，最多 {WHY_CHARS} 字。"),
            Self::NoBy => "请填写最晚哪一天改好，例如 2026-03-05。".to_owned(),
            Self::ByPast => "最晚那天不能早于今天，请另填一天。".to_owned(),
        }
    }
}

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outgoing {
    /// The message, as typed.
    pub(crate) text: String,
    /// The stage to move to.
    pub(crate) stage: Option<String>,
    /// The date of the move, as the date field holds it: `2026-11-21`.
    pub(crate) on: String,
    /// The article that a decision rests on, where it is not that of the stage.
    pub(crate) article: Option<String>,
    /// Of a request for corrections: each field that is asked for, with the reason as typed.
    pub(crate) asks: BTreeMap<String, String>,
    /// Of a request for corrections: its last day, as typed.
    pub(crate) by: String,
    /// A decision against somebody is shown once more before it is sent.
    pub(crate) asked: bool,
    /// The running or failed attempt.
    pub(crate) attempt: Option<Attempt>,
    /// Where it stands.
    pub(crate) standing: Standing,
}

/// The days between which a move may lie.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Days {
    /// Of receipt.
    pub(crate) received: NaiveDate,
    /// Today in China.
    pub(crate) today: NaiveDate,
}

/// What happens to the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OutgoingAction {
    /// The message was edited.
    Text(String),
    /// A stage was chosen.
    Stage(String),
    /// The date was edited.
    On(String),
    /// The article was edited.
    Article(String),
    /// A field is asked for, with this reason; no more, without one.
    Ask(String, Option<String>),
    /// The last day of a request was edited.
    By(String),
    /// Whether it is asked if a decision is really meant.
    Asked(bool),
    /// Sending begins with this attempt, unless an earlier one is being repeated.
    Begin(Attempt),
    /// The message was sealed: this attempt has its envelope.
    Sealed(Attempt),
    /// It failed.
    Failed(Failure),
    /// The edge has it: the form is empty again, the date stays.
    Sent,
}

impl Reducible for Outgoing {
    type Action = OutgoingAction;

    fn reduce(self: Rc<Self>, action: OutgoingAction) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            // What is on its way cannot change under it.
            OutgoingAction::Text(_)
            | OutgoingAction::Stage(_)
            | OutgoingAction::On(_)
            | OutgoingAction::Article(_)
            | OutgoingAction::Ask(..)
            | OutgoingAction::By(_)
                if self.standing == Standing::Sending =>
            {
                return self;
            }
            OutgoingAction::Text(text) => {
                next.text = text;
                next.edited();
            }
            OutgoingAction::Stage(stage) => {
                next.stage = Some(stage);
                next.article = None;
                next.edited();
            }
            OutgoingAction::On(on) => {
                next.on = on;
                next.edited();
            }
            OutgoingAction::Article(article) => {
                next.article = Some(article);
                next.edited();
            }
            OutgoingAction::Ask(field, why) => {
                match why {
                    Some(why) => next.asks.insert(field, why),
                    None => next.asks.remove(&field),
                };
                next.edited();
            }
            OutgoingAction::By(by) => {
                next.by = by;
                next.edited();
            }
            OutgoingAction::Asked(asked) => {
                next.asked = asked;
                next.standing = Standing::Writing;
            }
            OutgoingAction::Begin(attempt) => {
                next.attempt.get_or_insert(attempt);
                next.standing = Standing::Sending;
            }
            OutgoingAction::Sealed(attempt) => next.attempt = Some(attempt),
            OutgoingAction::Failed(why) => next.standing = Standing::Failed(why),
            OutgoingAction::Sent => {
                next = Self { on: next.on, standing: Standing::Sent, ..Self::default() };
            }
        }
        Rc::new(next)
    }
}

impl Outgoing {
    /// A form whose date is set.
    pub(crate) fn dated(on: NaiveDate) -> Self {
        Self { on: on.to_string(), ..Self::default() }
    }

    /// Something else will be sent: the old attempt's id must not stand for it.
    fn edited(&mut self) {
        self.attempt = None;
        self.asked = false;
        self.standing = Standing::Writing;
    }

    /// Whether leaving would lose something.
    pub(crate) fn is_unsent(&self) -> bool {
        (!visible(&self.text).is_empty() || !self.asks.is_empty()) && self.standing != Standing::Sent
    }

    /// The message to seal, if there is one.
    ///
    /// # Errors
    /// [`InputError::TooLong`].
    pub(crate) fn message(&self) -> Result<Option<String>, InputError> {
        let text = visible(&self.text);
        if text.chars().count() > LONGEST {
            return Err(InputError::TooLong);
        }
        Ok((!text.is_empty()).then_some(text))
    }

    /// The message of a reply, which must say something.
    ///
    /// # Errors
    /// [`InputError::Empty`] or [`InputError::TooLong`].
    pub(crate) fn reply(&self) -> Result<String, InputError> {
        self.message()?.ok_or(InputError::Empty)
    }

    /// What is told with the closing of a tip-off, which must say something.
    ///
    /// # Errors
    /// [`InputError::NoResult`] or [`InputError::TooLong`].
    pub(crate) fn result(&self) -> Result<String, InputError> {
        self.message()?.ok_or(InputError::NoResult)
    }

    /// The stage and date of a move: not after today, not before the day of receipt, nor before a stage has lasted.
    ///
    /// # Errors
    /// What is missing or impossible.
    pub(crate) fn movement(
        &self,
        Days { received, today }: Days,
        not_before: Option<NaiveDate>,
    ) -> Result<(String, NaiveDate), InputError> {
        let stage = self.stage.clone().ok_or(InputError::NoStage)?;
        let on = typed::date("日期", true, &self.on, today).map_err(|_| InputError::NoDate)?;
        if on > today {
            return Err(InputError::Future);
        }
        if on < received {
            return Err(InputError::BeforeReceipt(received));
        }
        match not_before {
            Some(first) if on < first => Err(InputError::TooEarly(first)),
            _ => Ok((stage, on)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    /// Received on a day, and today is the 20th.
    fn days(received: u32) -> Days {
        Days { received: day(received), today: day(20) }
    }

    #[test]
    fn a_stage_that_must_last_is_not_left_before_its_first_day() {
        let form = |on: &str| Outgoing { stage: Some("s".into()), on: on.into(), ..Outgoing::default() };
        let first = Some(day(10));
        assert_eq!(form("2026-11-09").movement(days(1), first), Err(InputError::TooEarly(day(10))));
        assert!(form("2026-11-10").movement(days(1), first).is_ok());
        assert!(form("2026-11-09").movement(days(1), None).is_ok());
    }

    fn after(form: Outgoing, actions: Vec<OutgoingAction>) -> Outgoing {
        (*actions.into_iter().fold(Rc::new(form), Reducible::reduce)).clone()
    }

    fn begin(id: &str) -> OutgoingAction {
        OutgoingAction::Begin(Attempt { id: id.into(), envelope: None })
    }

    fn failed() -> Vec<OutgoingAction> {
        vec![
            OutgoingAction::Text("请补交收入证明".into()),
            begin("id-1"),
            OutgoingAction::Sealed(Attempt { id: "id-1".into(), envelope: Some("sealed".into()) }),
            OutgoingAction::Failed(Failure::Desk(ApiError::Offline.into())),
        ]
    }

    #[test]
    fn who_was_overtaken_is_shown_what_is_new_and_keeps_what_was_written() {
        let problem = protocol::error::Problem::new(protocol::error::ErrorCode::HeadMoved);
        let overtaken = Failure::Desk(DeskError::Api(ApiError::Refused(problem)));
        assert!(overtaken.message().contains("最新情况已经取来"));
        let form = after(
            Outgoing { text: "甲".into(), ..Outgoing::default() },
            vec![begin("id-1"), OutgoingAction::Failed(overtaken)],
        );
        assert_eq!((form.text.as_str(), form.attempt.is_some()), ("甲", true));
    }

    #[test]
    fn a_failure_keeps_text_id_and_envelope_for_the_next_try() {
        let form = after(Outgoing::default(), failed());
        assert_eq!(form.text, "请补交收入证明");
        let again = after(form, vec![begin("id-2")]);
        let attempt = again.attempt.unwrap();
        assert_eq!((attempt.id.as_str(), attempt.envelope.as_deref()), ("id-1", Some("sealed")));
    }

    #[test]
    fn an_edit_after_a_failure_is_another_message_with_another_id() {
        let mut actions = failed();
        actions.push(OutgoingAction::Text("请补交收入证明。".into()));
        actions.push(begin("id-2"));
        let form = after(Outgoing::default(), actions);
        assert_eq!(form.attempt.unwrap().id, "id-2");
    }

    #[test]
    fn nothing_changes_while_it_is_on_its_way_and_success_empties_the_form() {
        let form = after(
            Outgoing::dated(day(20)),
            vec![OutgoingAction::Text("甲".into()), begin("id-1"), OutgoingAction::Text("乙".into())],
        );
        assert_eq!(form.text, "甲");
        let sent = after(form, vec![OutgoingAction::Sent]);
        assert_eq!((sent.text.as_str(), sent.on.as_str(), sent.attempt), ("", "2026-11-20", None));
    }

    #[test]
    fn a_move_lies_between_receipt_and_today_both_included() {
        let on = |d: u32| {
            let form = after(Outgoing::dated(day(d)), vec![OutgoingAction::Stage("town".into())]);
            form.movement(days(10), None).map(|(_, on)| on)
        };
        assert_eq!(on(9), Err(InputError::BeforeReceipt(day(10))));
        assert_eq!(on(10), Ok(day(10)));
        assert_eq!(on(20), Ok(day(20)));
        assert_eq!(on(21), Err(InputError::Future));
    }

    #[test]
    fn a_move_names_a_stage_and_a_date() {
        let no_stage = Outgoing::dated(day(10));
        assert_eq!(no_stage.movement(days(1), None), Err(InputError::NoStage));
        let no_date = Outgoing { stage: Some("x".into()), on: "20261199".into(), ..Outgoing::default() };
        assert_eq!(no_date.movement(days(1), None), Err(InputError::NoDate));
    }

    #[test]
    fn a_reply_says_something_and_not_too_much() {
        let reply = |text: String| Outgoing { text, ..Outgoing::default() }.reply();
        assert_eq!(reply(" \n".into()), Err(InputError::Empty));
        assert_eq!(reply(" 好 ".into()), Ok("好".into()));
        assert!(reply("字".repeat(LONGEST)).is_ok());
        assert_eq!(reply("字".repeat(LONGEST + 1)), Err(InputError::TooLong));
    }
}
