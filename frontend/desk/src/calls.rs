//! What the desk asks of the edge, each request signed in the sealer worker.

use policies::{Compiled, rulebook};
use protocol::addressee::{Addressee, Mail};
use protocol::authorization::Authorization;
use protocol::card::SignedCard;
use protocol::case::{Action, CaseView, Messages, Written};
use protocol::config::PortalConfig;
use protocol::desk::{AuditTrail, DeskCase, Inbox, NewEvent};
use protocol::error::ErrorCode;
use protocol::handover::{Handover, PassingOn};
use protocol::hash::sha256_hex;
use protocol::letter::Letter;
use protocol::paper::CasePapers;
use protocol::query::{InboxQuery, Onward, TrailQuery};
use protocol::routes::Route;
use protocol::signed::Authorship;
use protocol::ticket::{NewTickets, TicketsMade};
use protocol::trail::TrailHead;
use serde::{Serialize, de::DeserializeOwned};
use thiserror::Error;

use crate::server_clock::ServerClock;
use crate::session::Officer;
use sealer::ops::{CheckedCard, Failure, OfficeCard, OwnersKey, Reader};
use ui::api::{Api, ApiError};
use ui::attempt::Attempt;
use ui::office_card;
use ui::sealing::{Sealer, SealerError};

/// Why the desk got no answer. `Display` is a sentence for the officer.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(crate) enum DeskError {
    /// The worker could not seal, open or sign.
    #[error(transparent)]
    Sealer(#[from] SealerError),
    /// The request failed.
    #[error(transparent)]
    Api(#[from] ApiError),
}

impl DeskError {
    /// The worker has no key any more (it was closed or died): only choosing the file again helps.
    pub(crate) fn key_is_gone(&self) -> bool {
        matches!(self, Self::Sealer(SealerError::NotLoaded | SealerError::Refused(Failure::NoKeyFile)))
    }

    /// The server has answered and will answer the same again.
    pub(crate) fn is_final(&self) -> bool {
        matches!(self, Self::Api(ApiError::Refused(problem)) if problem.status < 500)
    }

    /// Something happened to the case since it was shown: only looking again helps.
    pub(crate) fn is_overtaken(&self) -> bool {
        matches!(self, Self::Api(ApiError::Refused(problem)) if problem.code == ErrorCode::HeadMoved)
    }
}

/// One office's desk: where to ask, and the worker that signs, seals and opens.
#[derive(Clone, PartialEq)]
pub(crate) struct Desk {
    /// The API.
    pub(crate) api: Api,
    /// The worker that holds the key.
    pub(crate) sealer: Sealer,
    /// Whose key it is.
    pub(crate) officer: Officer,
    /// To whom the office's mail is sealed and whose signatures are its own.
    pub(crate) card: Option<SignedCard>,
    /// What signatures are dated by.
    pub(crate) clock: ServerClock,
}

impl Desk {
    /// The desk of an officer, with the office's card as the site gives it: the worker checks it before each use.
    pub(crate) fn of(config: &PortalConfig, sealer: Sealer, officer: Officer, clock: ServerClock) -> Self {
        let card = office_card::given(config, &officer.office);
        Self { api: Api::of(config), sealer, officer, card, clock }
    }

    /// The office's document: its words, its procedures, its rules.
    pub(crate) fn document(&self) -> Option<&'static Compiled> {
        rulebook().document(&self.officer.office)
    }

    /// The list of the office that this key works on, which its audit trail is bound to.
    pub(crate) fn list(&self) -> String {
        Addressee::of(self.officer.role).list(&self.officer.office)
    }

    /// A part of the office's cases.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn inbox(&self, asked: &InboxQuery) -> Result<Inbox, DeskError> {
        self.ask_for(Route::Inbox { office: &self.officer.office }, &asked.to_text()).await
    }

    /// One case with its sealed letter and messages; what does not come is seen by its chain. The edge notes in its audit trail who opened it.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn case(&self, lookup: &str) -> Result<DeskCase, DeskError> {
        let office = self.officer.office.as_str();
        let mut case: DeskCase = self.ask(Route::Open { office, lookup }).await?;
        while let Some(from) = case.view.next() {
            let query = Onward { from }.to_text();
            let more: DeskCase = self.ask_for(Route::Open { office, lookup }, &query).await?;
            case.view = case.view.with_more(more.view);
            if case.view.next() == Some(from) {
                break;
            }
        }
        while let Some(from) = case.view.unread() {
            let query = Onward { from }.to_text();
            let Messages { messages } = self.ask_for(Route::OpenThread { office, lookup }, &query).await?;
            case.view.take(messages);
            if case.view.unread() == Some(from) {
                break;
            }
        }
        Ok(case)
    }

    /// The papers of a case, and what has come of each.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn papers(&self, lookup: &str) -> Result<CasePapers, DeskError> {
        self.ask(Route::OpenPapers { office: &self.officer.office, lookup }).await
    }

    /// A part of a sealed paper. The edge notes in its audit trail who fetched it.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn part(&self, lookup: &str, paper: &str, part: u32) -> Result<Vec<u8>, DeskError> {
        let number = part.to_string();
        let route = Route::OpenPart { office: &self.officer.office, lookup, paper, part: &number };
        let proof = self.signed(route, "", b"").await?;
        Ok(self.timed(self.api.ask_bytes(route, Some(&proof)).await)?)
    }

    /// Adds a move, a message, or both, signed as it will stay; the same id again changes nothing.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn add(&self, lookup: &str, event: &NewEvent) -> Result<Written, DeskError> {
        let route = Route::Act { office: &self.officer.office, lookup };
        let now = self.clock.now(&self.api).await;
        let event = self.sealer.sign_act(lookup, event, now).await?;
        self.post(route, &event).await
    }

    fn card_of_now(&self) -> OfficeCard {
        office_card::of_now(self.card.clone(), &self.officer.office)
    }

    /// What the office's card says of some mail, once it was checked.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub(crate) async fn checked_card(&self, mail: Mail) -> Result<CheckedCard, SealerError> {
        office_card::check(&self.sealer, self.card_of_now(), mail).await
    }

    /// Who each event of a case is of, by the office's card and the key that the letter names.
    ///
    /// # Errors
    /// See [`SealerError`].
    pub(crate) async fn authors(
        &self,
        view: &CaseView,
        owner: OwnersKey,
    ) -> Result<Vec<Authorship>, SealerError> {
        self.sealer.authors(self.card_of_now(), view.lookup.clone(), &view.events, owner).await
    }

    /// Seals a message about a case, once for all tries, so that both those whose case it is and the receipt can read it.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn seal(
        &self,
        attempt: Attempt,
        (mail, reply_to): (Mail, &str),
        letter: &Letter,
        keep: impl FnOnce(&Attempt),
    ) -> Result<String, DeskError> {
        let to = (self.card_of_now(), mail);
        Ok(attempt.sealed(&self.sealer, to, reply_to.to_owned(), letter, keep).await?)
    }

    /// Hands the keys of a case's envelopes on to those who are on the office's card now.
    ///
    /// # Errors
    /// See [`DeskError`]; an envelope that this key does not open is one.
    pub(crate) async fn hand_on(&self, case: &DeskCase) -> Result<Written, DeskError> {
        let handover = self.resealed(case, None).await?;
        self.post(Route::HandOn { office: &self.officer.office, lookup: &case.view.lookup }, &handover).await
    }

    /// Passes a case on to somebody on the office's card, who opens it from now on.
    ///
    /// # Errors
    /// As [`Self::hand_on`].
    pub(crate) async fn pass_on(
        &self,
        id: String,
        case: &DeskCase,
        to: &Reader,
    ) -> Result<Written, DeskError> {
        let handover = self.resealed(case, Some(&to.kid)).await?;
        let passing_on = Some(PassingOn { to: to.kid.clone(), role: to.role, handover });
        let expected_head = case.view.head.clone();
        self.add(&case.view.lookup, &NewEvent { id, expected_head, passing_on, ..NewEvent::default() }).await
    }

    /// The keys of a case's envelopes, sealed to those whose mail it is, to whom it was passed on before, and to one more.
    async fn resealed(&self, case: &DeskCase, to: Option<&str>) -> Result<Handover, DeskError> {
        let view = &case.view;
        let readers = self.checked_card(view.mail()).await?.readers;
        let passed = view.events.iter().filter_map(|event| match &event.action {
            Action::PassedOn { to, .. } => Some(to.as_str()),
            _ => None,
        });
        let of_now = passed.filter(|kid| readers.iter().any(|reader| reader.kid == *kid));
        let also = of_now.chain(to).map(str::to_owned).collect();
        let mut envelopes = vec![(0, case.envelope.clone())];
        envelopes.extend(view.events.iter().filter_map(|event| match &event.action {
            Action::Message { envelope: Some(envelope), .. } => Some((event.seq, envelope.clone())),
            _ => None,
        }));
        let to = (self.card_of_now(), view.mail());
        Ok(self.sealer.hand_on(to, envelopes, case.handover.clone(), also).await?)
    }

    /// Makes tickets that were drawn good; the same id again makes no more.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn make_tickets(&self, request: &NewTickets) -> Result<TicketsMade, DeskError> {
        self.post(Route::Tickets { office: &self.officer.office }, request).await
    }

    /// A part of the office's audit trail.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn audit(&self, asked: TrailQuery) -> Result<AuditTrail, DeskError> {
        self.ask_for(Route::Audit { office: &self.officer.office }, &asked.to_text()).await
    }

    /// The latest line of a trail, signed with this key; none of an empty one.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn sign_trail(&self, trail: &AuditTrail) -> Result<Option<TrailHead>, DeskError> {
        let now = self.clock.now(&self.api).await;
        match TrailHead::of(&self.list(), trail, &self.officer.kid, now) {
            Some(head) => Ok(Some(self.sealer.sign_trail(head).await?)),
            None => Ok(None),
        }
    }

    /// Whether a saved head is of this key's trail and signed by somebody on the office's card.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub(crate) async fn check_trail(&self, head: TrailHead) -> Result<bool, DeskError> {
        let ours = head.list == self.list();
        Ok(self.sealer.check_trail(self.card_of_now(), head).await? && ours)
    }

    async fn ask<T: DeserializeOwned>(&self, route: Route<'_>) -> Result<T, DeskError> {
        self.ask_for(route, "").await
    }

    async fn ask_for<T: DeserializeOwned>(&self, route: Route<'_>, query: &str) -> Result<T, DeskError> {
        let proof = self.signed(route, query, b"").await?;
        Ok(self.timed(self.api.ask_for(route, query, Some(&proof)).await)?)
    }

    async fn post<B: Serialize, T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        body: &B,
    ) -> Result<T, DeskError> {
        let body = serde_json::to_string(body).map_err(|_| ApiError::Unreadable(0))?;
        let proof = self.signed(route, "", body.as_bytes()).await?;
        Ok(self.timed(self.api.send_text(route, body, Some(&proof)).await)?)
    }

    /// After a refusal for its date, the next signature asks for the time anew.
    fn timed<T>(&self, answer: Result<T, ApiError>) -> Result<T, ApiError> {
        if let Err(ApiError::Refused(problem)) = &answer
            && problem.code == ErrorCode::SignatureExpired
        {
            self.clock.forget();
        }
        answer
    }

    async fn signed(&self, route: Route<'_>, query: &str, body: &[u8]) -> Result<Authorization, DeskError> {
        let now = self.clock.now(&self.api).await;
        let token = self.sealer.sign_staff(route, query, sha256_hex(body), now).await?;
        Ok(Authorization::Staff(token))
    }
}
