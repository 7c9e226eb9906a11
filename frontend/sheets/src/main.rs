//! The Web Worker that reads and writes spreadsheets. Only this program links what that takes.

mod worker;

fn main() {
    worker::start();
}
