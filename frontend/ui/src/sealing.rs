//! The sealer in its Web Worker: started when first asked, so that nobody who only reads downloads it.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use data_encoding::BASE64;
use futures_channel::oneshot;
use protocol::addressee::Mail;
use protocol::case::{Event, Proof};
use protocol::desk::NewEvent;
use protocol::handover::Handover;
use protocol::letter::{Letter, Unsealed};
use protocol::proof::Subject;
use protocol::routes::{Route, with_query};
use protocol::signed::{Authorship, Signed};
use protocol::trail::TrailHead;
use serde::de::DeserializeOwned;
use thiserror::Error;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::prelude::*;

use sealer::ops::{
    Call, CheckedCard, Drawing, Failure, Heard, OfficeCard, OfficeKey, OwnersKey, PaperKey, READY, Receipt,
    Request,
};

use crate::{
    browser::{now_millis, told},
    effort::Effort,
};
use replies::{History, Opened, OpenedPaper, Proved, SealedLetter, SealedPaper, StaffToken, TrailChecked};

/// Tries of a proof between two words on how far it is: some tenths of a second on an old phone.
const SLICE: u64 = 65_536;

/// Why the sealer gave no answer. `Display` is a sentence for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealerError {
    /// The module did not load, or died.
    #[error("加密程序没有加载成功，请检查网络后再试一次。您填写的内容还在这台设备上，没有丢。")]
    NotLoaded,
    /// It answered, with a refusal.
    #[error("{}", .0.message())]
    Refused(Failure),
}

/// A handle to one worker. Clones share it; when the last one goes, the worker ends and every key in
/// it is gone.
#[derive(Clone, Default)]
pub struct Sealer(Rc<RefCell<Shared>>);

impl PartialEq for Sealer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The sealer of a component: nothing is loaded until the first call.
#[hook]
pub fn use_sealer() -> Sealer {
    (*use_memo((), |()| Sealer::default())).clone()
}

type Waiting = oneshot::Sender<Result<String, Failure>>;

#[derive(Default)]
struct Shared {
    worker: Option<Running>,
    waiting: HashMap<u64, Waiting>,
    /// Calls made while the module loads.
    queue: Vec<String>,
    last: u64,
}

struct Running {
    worker: Worker,
    ready: bool,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Sealer {
    /// Loads the module ahead of the first call, e.g. on the page before sending.
    pub fn warm_up(&self) {
        // A failure shows again, with words, at the first real call.
        let _ = self.start();
    }

    /// Makes one call and waits for its answer without holding the page.
    ///
    /// # Errors
    /// See [`SealerError`]. After `NotLoaded` the next call loads the module anew.
    async fn call<T: DeserializeOwned>(&self, request: Request) -> Result<T, SealerError> {
        self.start()?;
        let answer = {
            let mut shared = self.0.borrow_mut();
            shared.last += 1;
            let id = shared.last;
            let text = serde_json::to_string(&Call { id, request })
                .map_err(|_| SealerError::Refused(Failure::Unreadable))?;
            let (sender, receiver) = oneshot::channel();
            shared.waiting.insert(id, sender);
            shared.send(text);
            receiver
        };
        match answer.await {
            Ok(Ok(content)) => serde_json::from_str(&content).map_err(|_| unexpected()),
            Ok(Err(failure)) => Err(SealerError::Refused(failure)),
            Err(_) => Err(SealerError::NotLoaded),
        }
    }

    fn start(&self) -> Result<(), SealerError> {
        if self.0.borrow().worker.is_some() {
            return Ok(());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let module = told("meta[name=sealer]").ok_or(SealerError::NotLoaded)?;
        let worker = Worker::new_with_options(&module, &options).map_err(|_| SealerError::NotLoaded)?;

        let shared = Rc::downgrade(&self.0);
        let on_message = Closure::new(move |event: MessageEvent| {
            if let (Some(shared), Some(text)) = (shared.upgrade(), event.data().as_string()) {
                shared.borrow_mut().take(&text);
            }
        });
        let shared = Rc::downgrade(&self.0);
        let on_error = Closure::new(move |_: web_sys::Event| {
            // Let go of the worker only after this handler, which it owns, has returned.
            if let Some(shared) = shared.upgrade() {
                wasm_bindgen_futures::spawn_local(async move {
                    let broken = shared.borrow_mut().give_up();
                    drop(broken);
                });
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        self.0.borrow_mut().worker =
            Some(Running { worker, ready: false, _on_message: on_message, _on_error: on_error });
        Ok(())
    }
}

impl Shared {
    fn send(&mut self, text: String) {
        match &self.worker {
            Some(running) if running.ready => {
                // A string can always be cloned to the worker.
                let _ = running.worker.post_message(&text.into());
            }
            _ => self.queue.push(text),
        }
    }

    fn take(&mut self, text: &str) {
        let Some(answer) = Heard::read(text) else { return };
        if answer.id == READY {
            if let Some(running) = &mut self.worker {
                running.ready = true;
            }
            for text in std::mem::take(&mut self.queue) {
                self.send(text);
            }
        } else if let Some(waiting) = self.waiting.remove(&answer.id) {
            // Whoever asked may have left the page.
            let _ = waiting.send(answer.outcome);
        }
    }

    /// Every call under way fails; the next one starts a new worker.
    fn give_up(&mut self) -> Option<Running> {
        self.queue.clear();
        self.waiting.clear();
        self.worker.take()
    }
}

/// The calls by name.
impl Sealer {
    /// A new receipt code with its keys.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn new_receipt(&self) -> Result<Receipt, SealerError> {
        self.receipt(Request::NewReceipt).await
    }

    /// The keys of a typed receipt code.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn derive_receipt(&self, code: String) -> Result<Receipt, SealerError> {
        self.receipt(Request::DeriveReceipt { code }).await
    }

    async fn receipt(&self, request: Request) -> Result<Receipt, SealerError> {
        self.call(request).await
    }

    /// The QR picture of a receipt code at the page that opens it.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn draw_code(&self, page: String, code: String, pin: String) -> Result<Drawing, SealerError> {
        self.call(Request::DrawCode { page, code, pin }).await
    }

    /// Holds an office's card against the root key that the worker was built with.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn check_card(&self, card: OfficeCard, mail: Mail) -> Result<CheckedCard, SealerError> {
        self.call(Request::CheckCard { card, mail }).await
    }

    /// Pads and seals a letter to those whom a card names for such mail, and to one more who is known otherwise;
    /// gives the envelope in base64.
    ///
    /// # Errors
    /// See [`SealerError`]; a card that is not good is one.
    pub async fn seal(
        &self,
        (card, mail): (OfficeCard, Mail),
        also: Option<String>,
        letter: &Letter,
    ) -> Result<String, SealerError> {
        let opening = letter.opens_a_case();
        let letter = serde_json::to_string(letter).map_err(|_| unexpected())?;
        self.seal_text((card, mail), also, letter, opening).await
    }

    /// [`Self::seal`] of a letter that opens a case.
    ///
    /// # Errors
    /// The same.
    pub async fn seal_opening(
        &self,
        to: (OfficeCard, Mail),
        also: Option<String>,
        letter: &Unsealed,
    ) -> Result<String, SealerError> {
        self.seal_text(to, also, letter.to_text(), true).await
    }

    async fn seal_text(
        &self,
        (card, mail): (OfficeCard, Mail),
        also: Option<String>,
        letter: String,
        opening: bool,
    ) -> Result<String, SealerError> {
        let SealedLetter { envelope } =
            self.call(Request::Seal { card, mail, also, letter, opening }).await?;
        Ok(envelope)
    }

    /// Says of each event of a case who it is of.
    ///
    /// # Errors
    /// See [`SealerError`]; a card that is not good is one.
    pub async fn authors(
        &self,
        card: OfficeCard,
        lookup: String,
        events: &[Event],
        owner: OwnersKey,
    ) -> Result<Vec<Authorship>, SealerError> {
        let events = events.iter().map(Event::without_envelope).collect();
        let History { authors } = self.call(Request::CheckHistory { card, lookup, events, owner }).await?;
        Ok(authors)
    }

    /// The owner's signature on a message whose envelope has this hash, or on taking the case back; none with a receipt
    /// of before there was a key for it. `at` is now in Unix seconds, `seen` the head of the case as it is shown.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn sign_owner(
        &self,
        receipt: &Receipt,
        office: &str,
        (seen, at): (&str, u64),
        envelope_hash: Option<String>,
    ) -> Result<Option<Signed>, SealerError> {
        if receipt.signing.is_empty() {
            return Ok(None);
        }
        let (signing, lookup) = (receipt.signing.clone(), receipt.lookup.clone());
        let (office, seen) = (office.to_owned(), seen.to_owned());
        self.call(Request::SignOwner { signing, office, lookup, seen, at, envelope_hash }).await.map(Some)
    }

    /// An officer's act with its signature by the office's key; `at` is now in Unix seconds.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn sign_act(&self, lookup: &str, event: &NewEvent, at: u64) -> Result<NewEvent, SealerError> {
        let unsigned = NewEvent { signed_at: at, ..event.clone() };
        let (lookup, event) = (lookup.to_owned(), Box::new(unsigned.clone()));
        let signed: Signed = self.call(Request::SignAct { lookup, event }).await?;
        Ok(NewEvent { signature: signed.signature, ..unsigned })
    }

    /// What was seen of an audit trail, signed with the office's key.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn sign_trail(&self, head: TrailHead) -> Result<TrailHead, SealerError> {
        self.call(Request::SignTrail { head }).await
    }

    /// Whether a saved head of a trail is signed by somebody on a card.
    ///
    /// # Errors
    /// See [`SealerError`]; a card that is not good is one.
    pub async fn check_trail(&self, card: OfficeCard, head: TrailHead) -> Result<bool, SealerError> {
        let TrailChecked { good } = self.call(Request::CheckTrail { card, head }).await?;
        Ok(good)
    }

    /// Opens an envelope with a receipt's identity; gives the letter's JSON.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn open(&self, identity: String, envelope: String) -> Result<String, SealerError> {
        self.opened(Request::Open { identity, envelope }).await
    }

    /// Opens the envelope of an event with the office's key, or with what was handed on to it; gives the letter's JSON.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn open_with_office(
        &self,
        (seq, envelope): (u64, String),
        handover: Option<Handover>,
    ) -> Result<String, SealerError> {
        self.opened(Request::OpenWithOffice { envelope, seq, handover }).await
    }

    /// Hands the keys of a case's envelopes on to those whom a card names, and to further readers on it by their key ids.
    ///
    /// # Errors
    /// See [`SealerError`]; a card that is not good is one, and an envelope that the office's key does not open.
    pub async fn hand_on(
        &self,
        (card, mail): (OfficeCard, Mail),
        envelopes: Vec<(u64, String)>,
        handover: Option<Handover>,
        also: Vec<String>,
    ) -> Result<Handover, SealerError> {
        self.call(Request::HandOn { card, mail, envelopes, handover, also }).await
    }

    async fn opened(&self, request: Request) -> Result<String, SealerError> {
        let Opened { letter } = self.call(request).await?;
        Ok(letter)
    }

    /// A new key for the papers of one letter.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn new_paper_key(&self) -> Result<PaperKey, SealerError> {
        self.call(Request::NewPaperKey).await
    }

    /// Pads and seals the content of a paper; gives its address and the sealed bytes.
    ///
    /// # Errors
    /// See [`SealerError`]; content beyond `protocol::limits::PAPER_BYTES` is one.
    pub async fn seal_paper(
        &self,
        recipient: String,
        content: &[u8],
    ) -> Result<(String, Vec<u8>), SealerError> {
        let content = BASE64.encode(content);
        let SealedPaper { id, sealed } = self.call(Request::SealPaper { recipient, content }).await?;
        Ok((id, decoded(&sealed)?))
    }

    /// Opens a sealed paper with the key of its letter; gives its content, of so many bytes.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn open_paper(&self, key: String, sealed: &[u8], bytes: u64) -> Result<Vec<u8>, SealerError> {
        let sealed = BASE64.encode(sealed);
        let OpenedPaper { content } = self.call(Request::OpenPaper { key, sealed, bytes }).await?;
        decoded(&content)
    }

    /// Finds the proof of work for what is to be sent, and says between slices how far it is; `stamp` is now in Unix seconds.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn prove(
        &self,
        subject: &Subject,
        stamp: u64,
        bits: u32,
        so_far: &Callback<Effort>,
    ) -> Result<Proof, SealerError> {
        let (begun, mut from) = (now_millis(), 0);
        loop {
            let (subject, count) = (subject.text().to_owned(), SLICE);
            let Proved { proof } = self.call(Request::Prove { subject, stamp, bits, from, count }).await?;
            if let Some(proof) = proof {
                return Ok(proof);
            }
            from += SLICE;
            so_far.emit(Effort { tried: from, millis: now_millis().saturating_sub(begun), bits });
        }
    }

    /// Hands an office's key file to the worker, with the passphrase that it may be locked with; the worker keeps its keys.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn load_key_file(&self, text: String, passphrase: String) -> Result<OfficeKey, SealerError> {
        self.call(Request::LoadKeyFile { text, passphrase }).await
    }

    /// Makes the worker forget the office's keys.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn forget_key_file(&self) -> Result<(), SealerError> {
        self.call(Request::ForgetKeyFile).await
    }

    /// Signs a staff request; `body_hash` is the SHA-256 of the body, hex, and `now` Unix seconds.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub async fn sign_staff(
        &self,
        route: Route<'_>,
        query: &str,
        body_hash: String,
        now: u64,
    ) -> Result<String, SealerError> {
        let method = route.method().name().to_owned();
        let request =
            Request::SignStaff { method, path: with_query(&route.to_path(), query), body_hash, now };
        let StaffToken { token } = self.call(request).await?;
        Ok(token)
    }
}

/// What the worker answers where it is more than a type that is named already; the fields as `sealer::ops::Reply` has them.
mod replies {
    use protocol::{case::Proof, signed::Authorship};
    use serde::Deserialize;

    #[derive(Deserialize)]
    pub(super) struct SealedLetter {
        pub(super) envelope: String,
    }

    #[derive(Deserialize)]
    pub(super) struct History {
        pub(super) authors: Vec<Authorship>,
    }

    #[derive(Deserialize)]
    pub(super) struct TrailChecked {
        pub(super) good: bool,
    }

    #[derive(Deserialize)]
    pub(super) struct Opened {
        pub(super) letter: String,
    }

    #[derive(Deserialize)]
    pub(super) struct SealedPaper {
        pub(super) id: String,
        pub(super) sealed: String,
    }

    #[derive(Deserialize)]
    pub(super) struct OpenedPaper {
        pub(super) content: String,
    }

    #[derive(Deserialize)]
    pub(super) struct Proved {
        pub(super) proof: Option<Proof>,
    }

    #[derive(Deserialize)]
    pub(super) struct StaffToken {
        pub(super) token: String,
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, SealerError> {
    BASE64.decode(text.as_bytes()).map_err(|_| unexpected())
}

const fn unexpected() -> SealerError {
    SealerError::Refused(Failure::Unreadable)
}
