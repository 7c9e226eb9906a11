//! Every reader with what is nearly right; what a longer run has found (`cargo xtask fuzz`) lies in `found` and is tried first.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::Path;

use nearly::bytes;
use proptest::test_runner::{Config, TestRunner};
use readers::{ALL, Reader};

#[test]
fn every_reader_stands_what_is_nearly_right() {
    std::thread::scope(|scope| {
        for reader in ALL {
            // A panic names its thread.
            let named = std::thread::Builder::new().name(reader.name.to_owned());
            named.spawn_scoped(scope, || tries(reader)).unwrap();
        }
    });
}

fn tries(reader: &Reader) {
    (reader.good)().iter().for_each(|good| (reader.read)(good));
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("found").join(reader.name);
    for entry in fs::read_dir(found).into_iter().flatten() {
        (reader.read)(&fs::read(entry.unwrap().path()).unwrap());
    }
    let usual = Config::default();
    let cases = if reader.slow { usual.cases / 4 } else { usual.cases };
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..usual });
    let ran = runner.run(&bytes((reader.good)()), |sent| {
        (reader.read)(&sent);
        Ok(())
    });
    assert!(ran.is_ok(), "{}: {ran:?}", reader.name);
}
