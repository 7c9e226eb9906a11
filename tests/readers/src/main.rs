//! Without the fuzzer: writes what every reader takes into a folder of its own below the one named, and prints its name. With it
//! (`cargo xtask fuzz`): libFuzzer on the reader named by `ANJU_READER`.

#![cfg_attr(fuzzing, no_main)]
#![cfg_attr(fuzzing, allow(unsafe_code, reason = "how libFuzzer calls"))]
#![allow(clippy::print_stdout)]

#[cfg(fuzzing)]
mod fuzzed {
    use std::sync::LazyLock;

    use readers::{ALL, Reader};

    static READER: LazyLock<&Reader> = LazyLock::new(|| {
        let name = std::env::var("ANJU_READER").unwrap_or_default();
        match ALL.iter().find(|reader| reader.name == name) {
            Some(reader) => reader,
            None => std::process::exit(2),
        }
    });

    libfuzzer_sys::fuzz_target!(|sent: &[u8]| (READER.read)(sent));
}

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| std::io::Error::other("into which folder?"))?;
    for reader in readers::ALL {
        let place = std::path::Path::new(&folder).join(reader.name);
        std::fs::create_dir_all(&place)?;
        for (number, good) in (reader.good)().into_iter().enumerate() {
            std::fs::write(place.join(format!("good-{number}")), good)?;
        }
        println!("{}", reader.name);
    }
    Ok(())
}
