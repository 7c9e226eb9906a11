//! What a server asked of the kernel, as strace writes it down: what it wrote where, what it had flushed, and what it answered.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// How strace is asked: every thread, paths beside numbers, whole texts, and only what changes files or answers somebody.
pub(super) const STRACE: [&str; 7] = [
    "--follow-forks",
    "--decode-fds=path",
    "--string-limit=16777216",
    "--strings-in-hex=non-ascii-chars",
    "--signal=none",
    "--quiet=all",
    "--trace=openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,\
     unlink,unlinkat,rename,renameat,renameat2,link,linkat,sendto,sendmsg,sendfile,copy_file_range,splice",
];

/// One thing that a server did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Did {
    /// Opened a file that may be new.
    Opened(PathBuf),
    /// Wrote bytes at a place.
    Wrote(PathBuf, usize, Vec<u8>),
    /// Cut a file, or made it longer, to so many bytes.
    Resized(PathBuf, usize),
    /// Took a file's name away.
    Unlinked(PathBuf),
    /// Had a file or a folder flushed.
    Flushed(PathBuf),
    /// Answered somebody.
    Answered(Vec<u8>),
}

/// Reads what strace wrote about a server that keeps everything in a folder, in the order in which it happened.
///
/// # Errors
/// With what cannot be read, or what the server did to that folder and nobody here understands.
pub(super) fn read(text: &str, folder: &Path) -> Result<Vec<Did>> {
    let mut began: BTreeMap<&str, &str> = BTreeMap::new();
    let mut all = Vec::new();
    for line in text.lines() {
        let (thread, call) =
            line.split_once(' ').with_context(|| format!("a line without a thread: {line}"))?;
        let call = call.trim_start();
        if let Some(beginning) = call.strip_suffix(" <unfinished ...>") {
            began.insert(thread, beginning);
        } else if let Some(rest) = call.strip_prefix("<... ") {
            let end = rest.split_once(" resumed>").with_context(|| line.to_owned())?.1;
            let begun =
                began.remove(thread).with_context(|| format!("an end without a beginning: {line}"))?;
            all.extend(one(&format!("{begun}{end}"), folder)?);
        } else {
            all.extend(one(call, folder)?);
        }
    }
    Ok(all)
}

/// One call; nothing where it failed, or concerns neither the folder nor a connection.
fn one(call: &str, folder: &Path) -> Result<Option<Did>> {
    let Some((name, rest)) = call.split_once('(') else { return Ok(None) };
    let Some((arguments, returned)) = rest.rsplit_once(" = ") else { return Ok(None) };
    if returned.starts_with('-') {
        return Ok(None);
    }
    let arguments = arguments.trim_end().trim_end_matches(')');
    let within = |place: &Option<PathBuf>| place.as_ref().is_some_and(|path| path.starts_with(folder));
    let first = file_of(arguments);
    let whole = |path: &Option<PathBuf>| path.clone().context("a file without a path");
    Ok(match name {
        "openat" => {
            let opened = file_of(returned);
            (arguments.contains("O_CREAT") && within(&opened))
                .then(|| whole(&opened).map(Did::Opened))
                .transpose()?
        }
        "pwrite64" if within(&first) => {
            let (bytes, rest) = text_of(arguments)?;
            let place = rest
                .rsplit(", ")
                .next()
                .and_then(|place| place.parse().ok())
                .with_context(|| format!("no place: {rest}"))?;
            let written: usize = returned.split(' ').next().unwrap_or_default().parse()?;
            ensure!(written == bytes.len(), "{written} bytes of {} were written", bytes.len());
            Some(Did::Wrote(whole(&first)?, place, bytes))
        }
        "ftruncate" if within(&first) => {
            let size = arguments
                .rsplit(", ")
                .next()
                .and_then(|size| size.parse().ok())
                .with_context(|| call.to_owned())?;
            Some(Did::Resized(whole(&first)?, size))
        }
        "fsync" | "fdatasync" if within(&first) => Some(Did::Flushed(whole(&first)?)),
        "unlinkat" if within(&first) => {
            let (name, _) = text_of(arguments)?;
            Some(Did::Unlinked(whole(&first)?.join(String::from_utf8(name)?)))
        }
        "write" | "writev" | "sendto" | "sendmsg" if !within(&first) => {
            let is_connection = arguments
                .split_once('<')
                .is_some_and(|(_, rest)| rest.starts_with("socket:") || rest.starts_with("TCP"));
            is_connection.then(|| texts_of(arguments).map(Did::Answered)).transpose()?
        }
        _ if arguments.contains(&folder.display().to_string()) => {
            bail!("not understood: {}", call.get(..200).unwrap_or(call))
        }
        _ => None,
    })
}

/// The path beside the first number: `/a` of `7</a>, …`.
fn file_of(text: &str) -> Option<PathBuf> {
    let (number, rest) = text.split_once('<')?;
    let is_number = !number.is_empty() && number.chars().all(|sign| sign.is_ascii_digit());
    let path = rest.split_once('>').map(|(path, _)| path)?;
    (is_number && path.starts_with('/')).then(|| PathBuf::from(path))
}

/// The bytes of the first text in quotes, and what comes after it.
fn text_of(arguments: &str) -> Result<(Vec<u8>, &str)> {
    let (_, rest) = arguments.split_once('"').context("no text")?;
    let mut bytes = Vec::new();
    let mut signs = rest.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => {
                let rest = rest.get(at + 1..).unwrap_or_default();
                ensure!(!rest.starts_with("..."), "a text that strace cut short");
                return Ok((bytes, rest));
            }
            '\\' => bytes.push(escaped(&mut signs)?),
            _ => bytes.extend(sign.to_string().bytes()),
        }
    }
    bail!("a text without an end")
}

/// What stands behind a backslash.
fn escaped(signs: &mut std::str::CharIndices<'_>) -> Result<u8> {
    let mut next = || signs.next().map(|(_, sign)| sign).context("a text without an end");
    Ok(match next()? {
        'x' => {
            let digits: String = [next()?, next()?].into_iter().collect();
            u8::from_str_radix(&digits, 16)?
        }
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 0x0b,
        'f' => 0x0c,
        sign @ ('"' | '\\') => u8::try_from(sign)?,
        other => bail!("\\{other} in a text"),
    })
}

/// The bytes of all texts in quotes, one after the other.
fn texts_of(arguments: &str) -> Result<Vec<u8>> {
    let (mut all, mut rest) = (Vec::new(), arguments);
    while rest.contains('"') {
        let (bytes, after) = text_of(rest)?;
        all.extend(bytes);
        rest = after;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TRACE: &str = r#"7 openat(5</d>, "a", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 6</d/a>
7 openat(5</d>, "b", O_RDONLY) = 7</d/b>
7 openat(5</d>, "c", O_RDWR|O_CREAT, 0644) = -1 EACCES (Permission denied)
7 pwrite64(6</d/a>, "\x00\x41B\"\n", 5, 12) = 5
8 write(1</dev/null>, "x", 1) = 1
7 fsync(6</d/a> <unfinished ...>
8 writev(9<socket:[1]>, [{iov_base="HTTP/1.1 201", iov_len=12}, {iov_base="{}", iov_len=2}], 2) = 14
7 <... fsync resumed>) = 0
7 ftruncate(6</d/a>, 3) = 0
7 unlinkat(5</d>, "a", 0) = 0
7 fdatasync(5</d>) = 0
"#;

    #[test]
    fn what_happened_is_read_in_its_order() {
        let file = PathBuf::from("/d/a");
        let wanted = [
            Did::Opened(file.clone()),
            Did::Wrote(file.clone(), 12, b"\x00AB\"\n".to_vec()),
            Did::Answered(b"HTTP/1.1 201{}".to_vec()),
            Did::Flushed(file.clone()),
            Did::Resized(file.clone(), 3),
            Did::Unlinked(file),
            Did::Flushed("/d".into()),
        ];
        assert_eq!(read(TRACE, Path::new("/d")).unwrap(), wanted);
    }

    #[test]
    fn what_nobody_understands_is_told() {
        for line in [
            r#"7 rename("/d/a", "/d/b") = 0"#,
            r#"7 write(6</d/a>, "x", 1) = 1"#,
            r#"7 pwrite64(6</d/a>, "x"..., 9, 0) = 9"#,
        ] {
            assert!(read(line, Path::new("/d")).is_err(), "{line}");
        }
    }
}
