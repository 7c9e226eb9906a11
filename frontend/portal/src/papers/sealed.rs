//! Papers sealed with their letter: each to the letter's own key, kept sealed from before anything leaves.

use js_sys::Uint8Array;
use protocol::paper::{Announced, Enclosures, Paper};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::kept::{self, HeldPaper};
use ui::{
    browser::shelf::{self, Shelved},
    sealing::{Sealer, SealerError},
};

/// What a letter takes along of its papers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealed {
    /// Inside the letter.
    pub(crate) enclosures: Option<Enclosures>,
    /// In the open, beside it.
    pub(crate) announced: Vec<Announced>,
}

/// Where the sealed papers of a case lie until they have arrived.
pub(super) fn place(lookup: &str) -> String {
    ["sealed/", lookup, "/"].concat()
}

/// Seals the papers of a draft for a letter of a case, and keeps them so.
///
/// # Errors
/// See [`SealerError`].
pub(crate) async fn seal(sealer: &Sealer, draft: &str, lookup: &str) -> Result<Sealed, SealerError> {
    let papers = kept::load(draft).await;
    if papers.is_empty() {
        return Ok(Sealed::default());
    }
    let key = sealer.new_paper_key().await?;
    let (mut inside, mut announced) = (Vec::new(), Vec::new());
    for (n, paper) in (1..).zip(papers) {
        let (id, sealed) = sealer.seal_paper(key.recipient.clone(), &paper.content.to_vec()).await?;
        let bytes = u64::try_from(sealed.len()).unwrap_or(u64::MAX);
        let (place, bytes_of) = (place(lookup), Uint8Array::from(sealed.as_slice()));
        shelf::put(Shelved { key: [place, id.clone()].concat(), text: String::new(), bytes: bytes_of }).await;
        announced.push(Announced { id: id.clone(), bytes });
        inside.push(named(id, n, paper));
    }
    Ok(Sealed { enclosures: Some(Enclosures { key: key.key, papers: inside }), announced })
}

fn named(id: String, n: usize, paper: HeldPaper) -> Paper {
    let typed = policies::seen::visible(&paper.label.name);
    let name = if typed.is_empty() { format!("第 {n} 份材料") } else { typed };
    let bytes = paper.content.length().into();
    Paper {
        id,
        name,
        wanted: paper.label.wanted,
        media: paper.label.media,
        bytes,
        removed: paper.label.removed,
    }
}

/// Forgets the sealed papers of a case that was not sent after all. For effects and handlers.
pub(crate) fn drop_sealed(lookup: &str) {
    let place = place(lookup);
    spawn_local(async move { shelf::remove_under(&place).await });
}
