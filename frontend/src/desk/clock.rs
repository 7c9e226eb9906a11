//! The browser's clock and randomness. Never called while rendering.

use std::fmt::Write;

/// Seconds since 1970-01-01 UTC.
pub fn now() -> u64 {
    // Whole seconds since 1970 are exact in an f64 and fit a u64.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::float_arithmetic)]
    let secs = (js_sys::Date::now() / 1000.0) as u64;
    secs
}

/// A fresh random request id: 32 hexadecimal digits. `None` where the browser has no randomness.
pub fn request_id() -> Option<String> {
    let mut bytes = [0_u8; 16];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes.iter().fold(String::new(), |mut id, byte| {
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
        id
    }))
}
