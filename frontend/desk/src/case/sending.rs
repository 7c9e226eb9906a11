//! Sending a form: seal what it says, sign, post, and keep everything if that fails.

use chrono::NaiveDate;
use protocol::addressee::Mail;
use protocol::case::Written;
use protocol::desk::NewEvent;
use protocol::letter::Letter;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::drafts::{Drafts, Form};
use super::outgoing::{Failure, InputError, Outgoing, OutgoingAction, Standing};
use crate::calls::{Desk, DeskError};
use ui::attempt::Attempt;

/// What a form comes to, once it is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ready {
    /// Stage and date of a move.
    pub(crate) movement: Option<(String, NaiveDate)>,
    /// The message.
    pub(crate) message: Option<Letter>,
}

/// The case a form belongs to.
#[derive(Clone, PartialEq)]
pub(crate) struct Target {
    /// Where to send.
    pub(crate) desk: Desk,
    /// Look-up id.
    pub(crate) lookup: String,
    /// The head of the case as it is shown.
    pub(crate) head: String,
    /// What whoever sent it is called.
    pub(crate) sender: &'static str,
    /// Whose mail it is.
    pub(crate) mail: Mail,
    /// age recipient of the receipt.
    pub(crate) reply_to: String,
    /// Called when the case stands otherwise.
    pub(crate) on_done: Callback<()>,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// A form restored from the drafts and kept there as it changes.
#[hook]
pub(crate) fn use_form(
    drafts: &Drafts,
    lookup: &str,
    form: Form,
    fresh: Outgoing,
) -> UseReducerHandle<Outgoing> {
    let state = use_reducer(|| drafts.restore(lookup, form).unwrap_or(fresh));
    {
        let drafts = drafts.clone();
        use_effect_with(((*state).clone(), lookup.to_owned()), move |(state, lookup)| {
            drafts.keep(lookup, form, state);
        });
    }
    state
}

/// Sends a form, or says what it lacks.
pub(crate) fn send(target: &Target, form: &UseReducerHandle<Outgoing>, ready: Result<Ready, InputError>) {
    if form.standing == Standing::Sending {
        return;
    }
    let ready = match ready {
        Ok(ready) => ready,
        Err(error) => {
            form.dispatch(OutgoingAction::Failed(Failure::Input(error)));
            return;
        }
    };
    let attempt = form.attempt.clone().unwrap_or_default();
    form.dispatch(OutgoingAction::Begin(attempt.clone()));
    let (target, form) = (target.clone(), form.dispatcher());
    spawn_local(async move {
        match deliver(&target, &form, attempt, ready).await {
            Ok(_) => {
                form.dispatch(OutgoingAction::Sent);
                target.on_done.emit(());
            }
            Err(error) => {
                let (gone, overtaken) = (error.key_is_gone(), error.is_overtaken());
                form.dispatch(OutgoingAction::Failed(Failure::Desk(error)));
                if gone {
                    target.on_key_gone.emit(());
                } else if overtaken {
                    target.on_done.emit(());
                }
            }
        }
    });
}

async fn deliver(
    target: &Target,
    form: &UseReducerDispatcher<Outgoing>,
    attempt: Attempt,
    ready: Ready,
) -> Result<Written, DeskError> {
    let id = attempt.id.clone();
    let envelope = match ready.message {
        None => None,
        Some(letter) => {
            let keep = |attempt: &Attempt| form.dispatch(OutgoingAction::Sealed(attempt.clone()));
            Some(target.desk.seal(attempt, (target.mail, &target.reply_to), &letter, keep).await?)
        }
    };
    let (stage, on) = ready.movement.unzip();
    let expected_head = target.head.clone();
    let event = NewEvent { id, expected_head, stage, on, envelope, ..NewEvent::default() };
    target.desk.add(&target.lookup, &event).await
}
