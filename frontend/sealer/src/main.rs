//! The Web Worker that seals, opens and derives: sealing, receipts, the proof of work, the office's keys. Only this
//! program links age and Argon2.

mod cards;
mod qr;
mod work;
mod worker;

fn main() {
    worker::start();
}
