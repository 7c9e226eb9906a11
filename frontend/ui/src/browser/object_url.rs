//! Bytes that a page made or opened, under an address that only this page knows.

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag, Url};

/// An address for bytes; with the value the address goes, and the browser lets go of the bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// Makes one; `None` where the browser refuses. For effects and handlers.
    pub fn of(bytes: &[u8], mime: &str) -> Option<Self> {
        Self::of_array(&Uint8Array::from(bytes), mime)
    }

    /// Makes one of bytes that stay outside the program's own memory.
    pub fn of_array(bytes: &Uint8Array, mime: &str) -> Option<Self> {
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options).ok()?;
        Self::of_blob(&blob)
    }

    /// Makes one of a file.
    pub fn of_blob(blob: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(blob).ok().map(Self)
    }

    /// The address.
    pub fn address(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // One that is gone already leaves nothing to do.
        let _ = Url::revoke_object_url(&self.0);
    }
}
