//! A line to the browser's own DevTools, beside the driver's: it sees every page and every worker from its first request
//! on. The driver's log tells of pages alone, and the sealer, which holds everything personal, is a worker.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tungstenite::{Error, Message, WebSocket};

/// How long to listen before looking whether somebody asks.
const GLANCE: Duration = Duration::from_millis(10);
/// How long a page or worker that is asked for its latest may take; one that computes cannot answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is watched. The browser's own bars and bubbles are pages of another kind.
const WATCHED: [&str; 5] = ["page", "iframe", "worker", "shared_worker", "service_worker"];

/// Every event of a stretch of a journey, oldest first, with the kind of target that it is of (`page`, `worker`).
pub type Events = Vec<Event>;

/// One event as DevTools documents it.
#[derive(Clone, Debug)]
pub struct Event {
    /// What it happened in: `page`, `worker`, `service_worker`, …
    pub kind: String,
    /// `Network.requestWillBeSent` and the like.
    pub method: String,
    /// Its parameters.
    pub params: Value,
}

/// The line; whoever drops it hangs up.
#[derive(Debug)]
pub struct Devtools {
    ask: mpsc::Sender<oneshot::Sender<Events>>,
}

impl Devtools {
    /// Calls the browser that keeps this profile.
    ///
    /// # Errors
    /// When the browser does not say where it listens, or does not answer.
    pub fn of(profile: &Path) -> Result<Self> {
        let told = fs::read_to_string(profile.join("DevToolsActivePort"))
            .context("the browser does not say where its DevTools listen")?;
        let (port, path) = told.split_once('\n').context("DevToolsActivePort has one line only")?;
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port.trim().parse()?))?;
        let address = format!("ws://127.0.0.1:{}{}", port.trim(), path.trim());
        let (socket, _) = tungstenite::client(address, stream.try_clone()?).context("DevTools")?;
        stream.set_read_timeout(Some(GLANCE))?;
        let (ask, asked) = mpsc::channel();
        let mut line = Line::new(socket);
        line.watch(None);
        std::thread::spawn(move || line.serve(&asked));
        Ok(Self { ask })
    }

    /// What has happened since the last time this was asked. Pages and workers are asked first, so that what they have
    /// done by now is in it.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn events(&self) -> Result<Events> {
        let (reply, answer) = oneshot::channel();
        self.ask.send(reply).ok().context("the browser is gone")?;
        answer.await.context("the browser is gone")
    }
}

/// Somebody who asked, and the answers of pages and workers that are still to come.
struct Waiting {
    reply: oneshot::Sender<Events>,
    since: Instant,
    answers: BTreeSet<u64>,
}

struct Line {
    socket: WebSocket<TcpStream>,
    last: u64,
    kinds: BTreeMap<String, String>,
    events: Events,
    waiting: Option<Waiting>,
    open: bool,
}

impl Line {
    fn new(socket: WebSocket<TcpStream>) -> Self {
        Self { socket, last: 0, kinds: BTreeMap::new(), events: Vec::new(), waiting: None, open: true }
    }

    /// Until the browser or whoever asks is gone.
    fn serve(mut self, asked: &mpsc::Receiver<oneshot::Sender<Events>>) {
        while self.open {
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    serde_json::from_str(&text).into_iter().for_each(|message| self.take(message));
                }
                Ok(_) => {}
                Err(Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => return,
            }
            if self.waiting.is_none() {
                match asked.try_recv() {
                    Ok(reply) => self.ask_everyone(reply),
                    Err(mpsc::TryRecvError::Empty) => {}
                    Err(mpsc::TryRecvError::Disconnected) => return,
                }
            }
            self.answer();
        }
    }

    fn ask_everyone(&mut self, reply: oneshot::Sender<Events>) {
        let sessions: Vec<String> = self.kinds.keys().cloned().collect();
        let answers = sessions
            .iter()
            .map(|session| self.send(Some(session), "Runtime.evaluate", &json!({ "expression": "0" })))
            .collect();
        self.waiting = Some(Waiting { reply, since: Instant::now(), answers });
    }

    fn answer(&mut self) {
        let enough = |waiting: &mut Waiting| waiting.answers.is_empty() || waiting.since.elapsed() > PATIENCE;
        if let Some(waiting) = self.waiting.take_if(enough) {
            let _told = waiting.reply.send(std::mem::take(&mut self.events));
        }
    }

    fn take(&mut self, mut message: Value) {
        if let Some(id) = message["id"].as_u64() {
            if let Some(waiting) = &mut self.waiting {
                waiting.answers.remove(&id);
            }
            return;
        }
        let params = message["params"].take();
        match message["method"].as_str().unwrap_or_default() {
            "Target.attachedToTarget" => {
                let session = params["sessionId"].as_str().unwrap_or_default().to_owned();
                let kind = params["targetInfo"]["type"].as_str().unwrap_or_default().to_owned();
                self.kinds.insert(session.clone(), kind);
                self.watch(Some(&session));
            }
            "Target.detachedFromTarget" => {
                self.kinds.remove(params["sessionId"].as_str().unwrap_or_default());
            }
            method => {
                let kind = message["sessionId"].as_str().and_then(|session| self.kinds.get(session));
                if let Some(kind) = kind {
                    self.events.push(Event { kind: kind.clone(), method: method.to_owned(), params });
                }
            }
        }
    }

    /// Listens to a page or a worker, which waits for this before it does anything; and in it, as in the browser itself,
    /// to whatever it opens.
    fn watch(&mut self, session: Option<&str>) {
        if session.is_some() {
            for domain in ["Network.enable", "Log.enable", "Runtime.enable"] {
                self.send(session, domain, &json!({}));
            }
        }
        let kinds = WATCHED.map(|kind| json!({ "type": kind }));
        let all =
            json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true, "filter": kinds });
        self.send(session, "Target.setAutoAttach", &all);
        if session.is_some() {
            self.send(session, "Runtime.runIfWaitingForDebugger", &json!({}));
        }
    }

    fn send(&mut self, session: Option<&str>, method: &str, params: &Value) -> u64 {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        self.open &= self.socket.send(Message::text(message.to_string())).is_ok();
        self.last
    }
}
