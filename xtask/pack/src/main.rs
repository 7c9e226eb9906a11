//! `pack <folder> <archive.tar.gz>`: a folder with its name as one archive, the same bytes for the same files: in order,
//! of no owner and of no time. `xtask/src/package.rs` calls it.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [folder, archive] = words.as_slice() else { bail!("usage: pack <folder> <archive.tar.gz>") };
    let (folder, archive) = (Path::new(folder), Path::new(archive));
    let name = folder.file_name().context("a folder without a name")?;
    let file = File::create(archive).with_context(|| archive.display().to_string())?;
    let mut tar = Builder::new(GzEncoder::new(BufWriter::new(file), Compression::default()));
    add(&mut tar, folder, &name.to_string_lossy())?;
    tar.into_inner()?.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(())
}

fn add(tar: &mut Builder<impl Write>, path: &Path, name: &str) -> Result<()> {
    let found = fs::metadata(path).with_context(|| path.display().to_string())?;
    let mut header = Header::new_ustar();
    if found.is_dir() {
        header.set_entry_type(EntryType::Directory);
        header.set_mode(0o755);
        header.set_size(0);
        tar.append_data(&mut header, format!("{name}/"), io::empty())?;
        let mut inside =
            fs::read_dir(path)?.map(|entry| Ok(entry?.file_name())).collect::<Result<Vec<_>>>()?;
        inside.sort();
        inside
            .iter()
            .try_for_each(|part| add(tar, &path.join(part), &format!("{name}/{}", part.to_string_lossy())))
    } else {
        let runs = found.permissions().mode() & 0o111 != 0;
        header.set_mode(if runs { 0o755 } else { 0o644 });
        header.set_size(found.len());
        tar.append_data(&mut header, name, File::open(path)?)?;
        Ok(())
    }
}
