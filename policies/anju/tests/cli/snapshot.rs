//! What is told, word for word, in files beside the tests; `ANJU_UPDATE=1 cargo test -p anju` writes them anew.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Holds a text against `tests/said/<name>.txt`.
pub(crate) fn said(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/said").join(format!("{name}.txt"));
    if env::var_os("ANJU_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "{name} is no longer\n{kept}\nbut\n{text}\nIf that is right: ANJU_UPDATE=1");
}

/// A folder like `policies/` with the data and examples of one document; it goes with the test.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
}

impl Desk {
    /// With a document of the repository.
    pub(crate) fn with(name: &str, document: &str) -> Self {
        let folder = env::temp_dir().join(format!("anju-desk-{name}-{}", std::process::id()));
        let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let desk = Self { folder };
        desk.copy(&policies, &format!("data/{document}.toml"));
        desk.copy(&policies, "data/facts.toml");
        desk.copy(&policies, "INVENTORY.md");
        desk.copy(&policies, &format!("examples/{document}"));
        desk.copy(&policies, &format!("examples/calculators/{document}"));
        desk.copy(&policies, &format!("examples/dates/{document}.toml"));
        desk
    }

    /// A file, or a folder of files, that there may not be.
    fn copy(&self, from: &Path, path: &str) {
        let (from, to) = (from.join(path), self.folder.join(path));
        if let Ok(files) = fs::read_dir(&from) {
            fs::create_dir_all(&to).unwrap();
            for file in files.map(Result::unwrap) {
                fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        } else if from.exists() {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(&from, &to).unwrap();
        }
    }

    /// Puts other words into a file, where they are.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.folder.join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{} has no {from}", path.display());
        fs::write(&path, text.replace(from, to)).unwrap();
    }

    /// Removes files whose names begin so.
    pub(crate) fn remove(&self, folder: &str, starts: &[&str]) {
        for entry in fs::read_dir(self.folder.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if starts.iter().any(|start| name.starts_with(start)) {
                fs::remove_file(path).unwrap();
            }
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
