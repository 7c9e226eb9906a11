//! The office's desk in the browser.

fn main() {
    frontend::desk::start();
}
