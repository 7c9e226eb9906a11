//! The server's clock, asked once: an office computer's own may be minutes off, and a signature lives five minutes.

use std::{cell::Cell, rc::Rc};

use ui::{
    api::{Api, server_time},
    browser::now_secs,
};

/// Seconds by which the server's clock is ahead of this computer's, once known. Copies share what one of them learnt.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ServerClock(Rc<Cell<Option<i64>>>);

impl ServerClock {
    /// Now by the server's clock, seconds since 1970-01-01 UTC; by this computer's while the server does not say.
    pub(crate) async fn now(&self, api: &Api) -> u64 {
        if self.0.get().is_none()
            && let Some(there) = server_time(api).await
        {
            self.0.set(there.checked_signed_diff(now_secs()));
        }
        now_secs().saturating_add_signed(self.0.get().unwrap_or(0))
    }

    /// Asks again at the next use: this computer's clock was set meanwhile.
    pub(crate) fn forget(&self) {
        self.0.set(None);
    }
}
