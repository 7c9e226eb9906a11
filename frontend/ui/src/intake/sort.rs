//! What a file is, by its bytes, whatever it is called.

use protocol::paper::Media;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A picture that browsers show.
    Picture,
    /// A picture as new phones keep it, which few browsers show.
    Heic,
    /// A PDF.
    Pdf,
    /// A film.
    Video,
    /// A recording.
    Audio,
    /// Word, Excel, PowerPoint, WPS.
    Office,
    /// A ZIP, RAR or 7z.
    Archive,
    /// Nothing known.
    Other,
}

/// Told apart by the first bytes; a ZIP also by what its first file is called.
pub(super) fn sort(bytes: &[u8]) -> Sort {
    match Media::of(bytes) {
        Some(Media::Pdf) => return Sort::Pdf,
        Some(Media::Jpeg | Media::Png) => return Sort::Picture,
        None => {}
    }
    // Readers accept a PDF that begins a little later.
    if bytes.get(..1024).unwrap_or(bytes).windows(5).any(|five| five == b"%PDF-") {
        return Sort::Pdf;
    }
    let at = |from: usize, what: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(what));
    if at(4, b"ftyp") {
        return by_brand(bytes.get(8..12).unwrap_or_default());
    }
    if at(0, b"RIFF") {
        return match bytes.get(8..12) {
            Some(b"WEBP") => Sort::Picture,
            Some(b"WAVE") => Sort::Audio,
            _ => Sort::Video,
        };
    }
    let starts = |all: &[&[u8]]| all.iter().any(|one| bytes.starts_with(one));
    if starts(&[b"GIF8", b"BM", b"II*\0", b"MM\0*"]) {
        Sort::Picture
    } else if starts(&[b"\x1a\x45\xdf\xa3", b"\0\0\x01\xba", b"\0\0\x01\xb3", b"FLV", b"\x30\x26\xb2\x75"]) {
        Sort::Video
    } else if starts(&[
        b"ID3",
        b"OggS",
        b"fLaC",
        b"#!AMR",
        b"\xff\xfb",
        b"\xff\xf3",
        b"\xff\xf1",
        b"\xff\xf9",
    ]) {
        Sort::Audio
    } else if starts(&[b"\xd0\xcf\x11\xe0", b"{\\rtf"]) {
        Sort::Office
    } else if at(0, b"PK\x03\x04") {
        let head = bytes.get(..4096).unwrap_or(bytes);
        let names = |name: &[u8]| head.windows(name.len()).any(|there| there == name);
        let office =
            [&b"[Content_Types].xml"[..], b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis"];
        if office.into_iter().any(names) { Sort::Office } else { Sort::Archive }
    } else if starts(&[b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"]) {
        Sort::Archive
    } else {
        Sort::Other
    }
}

fn by_brand(brand: &[u8]) -> Sort {
    match brand {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Sort::Heic,
        b"avif" | b"avis" => Sort::Picture,
        b"M4A " | b"M4B " => Sort::Audio,
        _ => Sort::Video,
    }
}

/// Whether a JPEG or a PNG has its end: browsers show what there is of one that stops in the middle.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    match Media::of(bytes) {
        Some(Media::Jpeg) => segments(bytes).1.windows(2).any(|two| two == b"\xff\xd9"),
        Some(Media::Png) => bytes.windows(4).any(|four| four == b"IEND"),
        _ => true,
    }
}

/// The segments of a JPEG before its picture, each with its marker, and the picture.
pub(super) fn segments(bytes: &[u8]) -> (Vec<(u8, &[u8])>, &[u8]) {
    let (mut found, mut rest) = (Vec::new(), bytes.get(2..).unwrap_or_default());
    while let Some((&[0xff, marker, high, low], after)) = rest.split_first_chunk::<4>() {
        let length = usize::from(u16::from_be_bytes([high, low])).saturating_sub(2);
        let Some((body, after)) = after.split_at_checked(length) else { break };
        found.push((marker, body));
        rest = after;
        // What follows is the picture.
        if marker == 0xda {
            return (found, rest);
        }
    }
    (found, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        for (bytes, wanted) in [
            (&b"\xff\xd8\xff\xe0"[..], Sort::Picture),
            (b"\x89PNG\r\n\x1a\n", Sort::Picture),
            (b"RIFF\0\0\0\0WEBPVP8 ", Sort::Picture),
            (b"\0\0\0\x18ftypheic", Sort::Heic),
            (b"\0\0\0\x18ftypavif", Sort::Picture),
            (b"\0\0\0\x18ftypisom", Sort::Video),
            (b"\0\0\0\x18ftypM4A ", Sort::Audio),
            (b"RIFF\0\0\0\0AVI ", Sort::Video),
            (b"RIFF\0\0\0\0WAVEfmt ", Sort::Audio),
            (b"%PDF-1.7", Sort::Pdf),
            (b"\xef\xbb\xbf%PDF-1.4", Sort::Pdf),
            (b"PK\x03\x04\x14\0\0\0[Content_Types].xml", Sort::Office),
            (b"PK\x03\x04\x14\0\0\0photo.jpg", Sort::Archive),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", Sort::Office),
            (b"ID3\x03", Sort::Audio),
            (b"hello", Sort::Other),
            (b"", Sort::Other),
        ] {
            assert_eq!(sort(bytes), wanted, "{bytes:?}");
        }
    }

    #[test]
    fn a_jpeg_without_its_end_is_not_complete_though_its_thumbnail_has_one() {
        let thumbnail = b"\xff\xe1\x00\x06\xff\xd9\x00\x00";
        let whole = [b"\xff\xd8", &thumbnail[..], b"\xff\xda\x00\x02", b"\x01\x02\xff\xd9"].concat();
        assert!(is_complete(&whole));
        assert!(!is_complete(whole.get(..whole.len() - 2).unwrap_or_default()));
        assert!(!is_complete(b"\xff\xd8\xff\xe1\xff\xff"));
        assert!(is_complete(b"\x89PNG\r\n\x1a\n....IEND") && !is_complete(b"\x89PNG\r\n\x1a\n...."));
    }
}
