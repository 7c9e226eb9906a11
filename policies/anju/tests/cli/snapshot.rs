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
    /// With the place that exists in tests alone: what is told of it changes only where its own files do.
    pub(crate) fn of_the_sixth(name: &str) -> Self {
        let desk = Self::empty(name);
        let sixth = Path::new(env!("CARGO_MANIFEST_DIR")).join("../worked/sixth");
        for (from, to) in [
            ("liuqiao-2026.toml", "data/liuqiao-2026.toml"),
            ("facts.toml", "data/facts.toml"),
            ("examples/liuqiao-2026", "examples/liuqiao-2026"),
            ("examples/calculators/liuqiao-2026", "examples/calculators/liuqiao-2026"),
            ("examples/dates", "examples/dates"),
        ] {
            desk.copy(&sixth.join(from), to);
        }
        desk
    }

    /// With the dictionary of the repository and an inventory that ends with a reading.
    pub(crate) fn to_begin(name: &str) -> Self {
        let desk = Self::empty(name);
        desk.copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/facts.toml"), "data/facts.toml");
        fs::write(
            desk.folder.join("INVENTORY.md"),
            "# Inventory\n\n- [LH-01] {N} (1) A line.\n- [A-07] Unclear.\n",
        )
        .unwrap();
        desk
    }

    /// With the folder `policies` of the repository, of all that it holds for the places the data, inventory and examples.
    pub(crate) fn of_the_repository(name: &str) -> Self {
        let desk = Self::empty(name);
        fs::remove_dir(desk.folder.join("data")).unwrap();
        let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        desk.copy_all(&policies, "data");
        desk.copy_all(&policies, "examples");
        desk.copy(&policies.join("INVENTORY.md"), "policies/INVENTORY.md");
        desk
    }

    /// A folder with the folders in it.
    fn copy_all(&self, from: &Path, way: &str) {
        fs::create_dir_all(self.folder.join("policies").join(way)).unwrap();
        for entry in fs::read_dir(from.join(way)).unwrap().map(Result::unwrap) {
            let way = format!("{way}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.copy_all(from, &way);
            } else {
                self.copy(&entry.path(), &format!("policies/{way}"));
            }
        }
    }

    fn empty(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("anju-desk-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("data")).unwrap();
        Self { folder }
    }

    /// A file, or a folder of files.
    fn copy(&self, from: &Path, to: &str) {
        let to = self.folder.join(to);
        if let Ok(files) = fs::read_dir(from) {
            fs::create_dir_all(&to).unwrap();
            for file in files.map(Result::unwrap) {
                fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        } else {
            fs::copy(from, &to).unwrap();
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
