//! The messages of a case, opened in the sealer one by one, each once.

use std::{collections::BTreeMap, rc::Rc};

use protocol::{
    case::{Action, Actor, CaseView, Event},
    correction::CorrectionRequest,
    letter::{Letter, Message},
    signed::Authorship,
};
use yew::prelude::*;

use ui::{
    hooks::use_request,
    sealing::{Sealer, SealerError},
};

/// What each message says, by the number of its event; those that are still being opened are not there.
pub(super) type Said = BTreeMap<u64, Result<Message, Unread>>;

/// Why a message is not shown. `Display` is a sentence for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unread {
    /// The sealer.
    #[error(transparent)]
    Sealer(#[from] SealerError),
    /// Something else than a message.
    #[error("这条留言的格式无法识别。")]
    NoMessage,
}

/// A request for corrections that nobody has answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OpenRequest {
    /// Hash of the envelope that asked.
    pub(super) to: String,
    /// What is asked for.
    pub(super) request: CorrectionRequest,
}

/// Every message that came so far.
#[hook]
pub(super) fn use_messages(view: &CaseView, identity: &str, sealer: &Sealer) -> Rc<Said> {
    let kept = use_mut_ref(Said::new);
    let request = use_request::<Said, ()>();
    {
        let (request, kept, sealer) = (request.clone(), Rc::clone(&kept), sealer.clone());
        let (view, identity) = (view.clone(), identity.to_owned());
        use_effect_with((view.lookup.clone(), view.total), move |_| {
            let mut said = kept.borrow().clone();
            request.run(async move {
                for event in &view.events {
                    if let (Action::Message { envelope: Some(envelope), .. }, None) =
                        (&event.action, said.get(&event.seq))
                    {
                        let json = sealer.open(identity.clone(), envelope.clone()).await;
                        said.insert(event.seq, read(json));
                    }
                }
                Ok(said)
            });
        });
    }
    use_memo(request.state().done().cloned(), move |done| {
        if let Some(said) = done {
            kept.borrow_mut().clone_from(said);
        }
        kept.borrow().clone()
    })
}

fn read(json: Result<String, SealerError>) -> Result<Message, Unread> {
    match Letter::parse(json?.as_bytes()) {
        Ok(Letter::Message(message)) => Ok(message),
        _ => Err(Unread::NoMessage),
    }
}

/// Who wrote an event, as far as that is known.
pub(super) fn author(authors: &[Authorship], event: &Event) -> Option<Authorship> {
    usize::try_from(event.seq).ok().and_then(|place| authors.get(place)).copied()
}

/// The latest request of the office, if its owner has not answered it; what is not signed as it must be asks for nothing.
pub(super) fn open_request(view: &CaseView, said: &Said, authors: &[Authorship]) -> Option<OpenRequest> {
    let mut open = None;
    for event in &view.events {
        let (Action::Message { envelope_hash, .. }, Some(Ok(message))) =
            (&event.action, said.get(&event.seq))
        else {
            continue;
        };
        let by_office = matches!(event.by, Actor::Office { .. });
        match (&message.asks, &message.corrects) {
            (Some(request), _) if by_office && author(authors, event) != Some(Authorship::Forged) => {
                open = Some(OpenRequest { to: envelope_hash.clone(), request: request.clone() });
            }
            (_, Some(answer)) if !by_office => open = open.filter(|asked| asked.to != answer.to),
            _ => {}
        }
    }
    open
}

/// Whether the latest request was answered, and nothing was asked since.
pub(super) fn is_answered(view: &CaseView, said: &Said) -> bool {
    let mut messages = view.events.iter().rev().filter_map(|event| said.get(&event.seq)?.as_ref().ok());
    messages
        .find(|message| message.asks.is_some() || message.corrects.is_some())
        .is_some_and(|last| last.asks.is_none())
}
