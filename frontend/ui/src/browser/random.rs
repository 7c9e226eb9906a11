//! Random ids of drafts and requests, so that sending again is recognised. No secret rests on them.

/// 32 lower-case hexadecimal digits. For effects and handlers.
pub fn request_id() -> String {
    hex(&draw::<16>())
}

/// So many random bytes. For effects and handlers.
pub fn draw<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    // Every browser that runs these pages draws. One that did not could not draw a receipt either: the sealer says so
    // before anything leaves under this id.
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let _ = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    bytes
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
