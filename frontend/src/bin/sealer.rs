//! The Web Worker that seals, opens and derives.

fn main() {
    frontend::sealer::start();
}
