//! Papers as a browser takes them: told apart by what they are, redrawn so that nothing but the picture is left, refused with
//! a sentence that helps.

mod area;
mod pdf;
mod redraw;
mod refusal;
mod sort;
mod traces;

use js_sys::Uint8Array;
use protocol::{
    limits::PAPER_BYTES,
    paper::{Media, Removed},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

pub use area::{Area, Nudge};
pub use redraw::{Turn, covered, turned};
pub use refusal::Refusal;
use sort::Sort;

/// Largest file that is opened at all (60 MiB): beyond, a phone may run out of memory.
const FILE_BYTES: f64 = 60.0 * 1024.0 * 1024.0;

/// A paper as it can be sealed.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What it is.
    pub media: Media,
    /// Its content.
    pub content: Uint8Array,
    /// What was in the file and is not in the content.
    pub removed: Vec<Removed>,
}

/// Takes a chosen file.
///
/// # Errors
/// [`Refusal`].
pub async fn take(file: &File) -> Result<Taken, Refusal> {
    if file.size() < 1.0 {
        return Err(Refusal::Empty);
    }
    if file.size() > FILE_BYTES {
        return Err(Refusal::Huge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| Refusal::Unread)?;
    let content = Uint8Array::new(&buffer);
    let bytes = content.to_vec();
    match sort::sort(&bytes) {
        Sort::Pdf => {
            pdf::check(&bytes)?;
            if bytes.len() > PAPER_BYTES {
                return Err(Refusal::LargePdf);
            }
            Ok(Taken { media: Media::Pdf, content, removed: Vec::new() })
        }
        Sort::Picture => {
            if !sort::is_complete(&bytes) {
                return Err(Refusal::Damaged);
            }
            let removed = traces::traces(&bytes);
            drop(bytes);
            let content = redraw::redrawn(file, Turn::None, &[]).await?;
            Ok(Taken { media: Media::Jpeg, content, removed })
        }
        Sort::Heic => {
            let removed = traces::traces(&bytes);
            drop(bytes);
            // Some browsers show it, most do not.
            let content = redraw::redrawn(file, Turn::None, &[]).await.map_err(|refusal| match refusal {
                Refusal::Damaged => Refusal::Heic,
                other => other,
            })?;
            Ok(Taken { media: Media::Jpeg, content, removed })
        }
        Sort::Video => Err(Refusal::Video),
        Sort::Audio => Err(Refusal::Audio),
        Sort::Office => Err(Refusal::Office),
        Sort::Archive => Err(Refusal::Archive),
        Sort::Other => Err(Refusal::Other),
    }
}
