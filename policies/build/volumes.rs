//! The documents apart: an index for programs that carry none, and a file for each document.

use policies_model::{
    Cite, Document,
    program::{Book, CompiledDocument, Program},
    volume::{Index, Volume},
};

/// A file to write, by its name.
pub(crate) type Written = (String, Vec<u8>);

/// The index of a book and its volumes. `kind` says which programs they are for: their layouts differ. An index has no
/// more of a document than the light book.
pub(crate) fn apart(
    kind: &str,
    book: &Book,
    light: &Book,
) -> Result<(Vec<u8>, Vec<Written>), postcard::Error> {
    let mut volumes = Vec::new();
    let mut files = Vec::new();
    for document in &book.documents {
        let bytes = postcard::to_allocvec(document)?;
        let volume = Volume::of(&bytes);
        // A name with the fingerprint in it, so that a browser may keep the file for ever.
        files.push((format!("{kind}-{}-{:016x}.bin", document.document.id, volume.fingerprint), bytes));
        volumes.push(volume);
    }
    let documents = light.documents.iter().map(|file| short(kind, file)).collect();
    let index = Index { book: Book { documents, ..book.clone() }, volumes };
    Ok((postcard::to_allocvec(&index)?, files))
}

/// What is told of a document of the light book before its place is chosen.
fn short(kind: &str, file: &CompiledDocument) -> CompiledDocument {
    let mut document = Document {
        summary: String::new(),
        contacts: Vec::new(),
        not_held: Vec::new(),
        together: None,
        requirements: Vec::new(),
        open_clauses: Vec::new(),
        reminders: Vec::new(),
        benefits: Vec::new(),
        papers: Vec::new(),
        priorities: Vec::new(),
        windows: Vec::new(),
        wordings: Vec::new(),
        cite: Cite::default(),
        ..file.document.clone()
    };
    // That there are conditions, calculators and procedures is told, and nothing of them.
    for category in &mut document.categories {
        category.label.clear();
        category.says.clear();
        category.requires.clear();
        category.cite = Cite::default();
    }
    document.calculators.iter_mut().for_each(|calculator| calculator.cite = Cite::default());
    document.procedures.iter_mut().for_each(|procedure| procedure.label.clear());
    // The residents' program names places; what their documents are called stands on their own pages.
    if kind == "light" {
        document.title.clear();
        document.number.clear();
        document.issuer.clear();
        document.status_note.clear();
    }
    CompiledDocument { document, hash: file.hash.clone(), program: Program::default() }
}
