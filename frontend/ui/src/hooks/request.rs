//! One way to run a request: idle, busy, done or failed.

use std::{cell::Cell, future::Future, rc::Rc};

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request<T, E> {
    /// Not started.
    Idle,
    /// Under way.
    Busy,
    /// Answered.
    Done(T),
    /// Failed.
    Failed(E),
}

impl<T, E> Request<T, E> {
    /// Whether it is under way.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy)
    }

    /// The answer, if there is one.
    pub fn done(&self) -> Option<&T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Idle | Self::Busy | Self::Failed(_) => None,
        }
    }

    /// The failure, if there is one.
    pub fn failed(&self) -> Option<&E> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Idle | Self::Busy | Self::Done(_) => None,
        }
    }
}

/// Runs requests and tells where the latest one stands. An answer that arrives after a newer run
/// began, or after the component went away, is dropped.
pub struct RequestHandle<T: 'static, E: 'static> {
    state: UseStateHandle<Request<T, E>>,
    latest: Rc<Cell<u32>>,
}

impl<T, E> Clone for RequestHandle<T, E> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), latest: Rc::clone(&self.latest) }
    }
}

impl<T: 'static, E: 'static> RequestHandle<T, E> {
    /// Where it stands.
    pub fn state(&self) -> &Request<T, E> {
        &self.state
    }

    /// Starts a request; a second call while one is under way replaces it.
    pub fn run(&self, work: impl Future<Output = Result<T, E>> + 'static) {
        let turn = self.latest.get().wrapping_add(1);
        self.latest.set(turn);
        self.state.set(Request::Busy);
        let this = self.clone();
        spawn_local(async move {
            let outcome = work.await;
            if this.latest.get() == turn {
                this.state.set(match outcome {
                    Ok(value) => Request::Done(value),
                    Err(error) => Request::Failed(error),
                });
            }
        });
    }

    /// Back to idle; an answer still under way is dropped.
    pub fn reset(&self) {
        self.latest.set(self.latest.get().wrapping_add(1));
        self.state.set(Request::Idle);
    }
}

/// See [`RequestHandle`].
#[hook]
pub fn use_request<T: 'static, E: 'static>() -> RequestHandle<T, E> {
    let state = use_state(|| Request::Idle);
    let latest = use_memo((), |()| Cell::new(0_u32));
    {
        let latest = Rc::clone(&latest);
        use_effect_with((), move |()| move || latest.set(latest.get().wrapping_add(1)));
    }
    RequestHandle { state, latest }
}
