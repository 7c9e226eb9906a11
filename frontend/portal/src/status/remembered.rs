//! The receipt code kept on this device, only where the person asked for it.

use protocol::receipt::ReceiptCode;

use ui::browser::stored;

const KEY: &str = "receipt";

/// The code as digits in groups, if one is kept and still reads as one.
pub(super) fn load() -> Option<String> {
    let kept: String = stored::load(KEY)?;
    ReceiptCode::parse(&kept).ok().map(|code| code.grouped())
}

/// Keeps a code, or none.
pub(super) fn keep(code: Option<&ReceiptCode>) {
    match code {
        Some(code) => {
            stored::save(KEY, &code.plain());
        }
        None => stored::forget(KEY),
    }
}
