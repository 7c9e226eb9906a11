//! Random ids of drafts and requests, so that sending again is recognised. No secret rests on them.

use web_sys::js_sys::Math;

/// 32 lower-case hexadecimal digits. For effects and handlers.
pub fn request_id() -> String {
    let mut bytes = [0u8; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let drawn = crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !drawn {
        for byte in &mut bytes {
            // 0 to 255; the cast cuts the fraction.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::float_arithmetic)]
            let drawn = (Math::random() * 256.0) as u8;
            *byte = drawn;
        }
    }
    hex(&bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_id_is_what_the_wire_asks_for() {
        assert!(protocol::hash::is_request_id(&super::hex(&[0, 1, 171, 255, 4, 5, 6, 7])));
    }
}
