//! A text as a QR picture.

use qrcode::{Color, EcLevel, QrCode};

use sealer::ops::Drawing;

/// Light border around the code, in modules, as ISO/IEC 18004 asks.
const QUIET: usize = 4;

/// Draws a text. Error correction M (15 %) survives a creased printout. `None` if it does not fit.
pub(super) fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                path.push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
            }
            column += run.len();
        }
    }
    Some(Drawing { size: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_digits_make_the_smallest_code() {
        let drawing = draw("12345678901234567890").unwrap_or(Drawing { size: 0, path: String::new() });
        // Version 1 is 21 modules wide and holds 34 digits at level M.
        assert_eq!(drawing.size, 21 + 8);
        // The finder pattern's top edge: seven dark modules in the corner.
        assert!(drawing.path.starts_with("M4 4h7v1h-7z"));
    }
}
