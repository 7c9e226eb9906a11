//! What a picture's file says beside the picture: looked for before it is redrawn, so that it can be told what went.

use exif::{Context, Exif, In, Reader, Tag};
use protocol::paper::{Media, Removed};

use super::sort::segments;

/// Where pictures keep what Adobe's programs write.
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/";

/// Everything that was found, each once, in a fixed order.
pub(super) fn traces(bytes: &[u8]) -> Vec<Removed> {
    let mut found = Vec::new();
    let mut add = |what: Removed| {
        if !found.contains(&what) {
            found.push(what);
        }
    };
    if let Ok(exif) = Reader::new().read_from_container(&mut std::io::Cursor::new(bytes)) {
        of_exif(&exif, &mut add);
    }
    if has_more(bytes) {
        add(Removed::Other);
    }
    found.sort_by_key(|what| *what as u8);
    found
}

fn of_exif(exif: &Exif, add: &mut impl FnMut(Removed)) {
    for field in exif.fields() {
        add(match field.tag {
            _ if field.ifd_num == In::THUMBNAIL => Removed::Thumbnail,
            Tag(Context::Gps, _) => Removed::Place,
            Tag::DateTime | Tag::DateTimeOriginal | Tag::DateTimeDigitized => Removed::Time,
            Tag::Make
            | Tag::Model
            | Tag::Software
            | Tag::MakerNote
            | Tag::BodySerialNumber
            | Tag::CameraOwnerName
            | Tag::LensMake
            | Tag::LensModel
            | Tag::LensSerialNumber => Removed::Device,
            // What says how to show the picture is applied to it, not lost.
            Tag::Orientation
            | Tag::ColorSpace
            | Tag::XResolution
            | Tag::YResolution
            | Tag::ResolutionUnit => continue,
            _ => Removed::Other,
        });
    }
}

/// Whether there is something else that is no picture: XMP, captions, comments, a film behind the picture.
fn has_more(bytes: &[u8]) -> bool {
    let among = |wanted: &[u8]| bytes.windows(wanted.len()).any(|there| there == wanted);
    match Media::of(bytes) {
        Some(Media::Jpeg) => {
            let (before, _) = segments(bytes);
            before.iter().any(|(marker, body)| *marker == 0xed || *marker == 0xfe || body.starts_with(XMP))
        }
        Some(Media::Png) => among(b"tEXt") || among(b"iTXt") || among(b"zTXt"),
        _ => false,
    }
}
