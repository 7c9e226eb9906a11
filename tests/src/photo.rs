//! Photographs as phones make them, with all that stands in them beside the picture; and a reader of its own that says
//! whether anything still does.

use std::io::Cursor;

use anyhow::{Context, Result, ensure};
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};

use crate::browser::Browser;

/// What a camera writes down of itself: nothing of it may leave the browser.
pub const SERIAL: &str = "SN-7305519024";
const MODEL: &str = "Ceshi Phone 17";

/// A JPEG of noise with a red left half, drawn by the browser.
///
/// # Errors
/// When the browser draws nothing.
pub async fn drawn(browser: &Browser, (width, height): (u32, u32)) -> Result<Vec<u8>> {
    const DRAW: &str = r"
        const [width, height, done] = arguments;
        const canvas = document.createElement('canvas');
        canvas.width = width; canvas.height = height;
        const context = canvas.getContext('2d'), pixels = context.createImageData(width, height);
        let state = 7;
        for (let i = 0; i < pixels.data.length; i += 4) {
            state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
            const left = (i / 4) % width < width / 2;
            pixels.data[i] = left ? 255 : 0;
            pixels.data[i + 1] = state >>> 26;
            pixels.data[i + 2] = left ? 0 : 255;
            pixels.data[i + 3] = 255;
        }
        context.putImageData(pixels, 0, 0);
        done(canvas.toDataURL('image/jpeg', 0.95).split(',')[1]);
    ";
    let text: String =
        browser.driver.execute_async(DRAW, vec![width.into(), height.into()]).await?.convert()?;
    Ok(data_encoding::BASE64.decode(text.as_bytes())?)
}

/// A JPEG as a phone would have kept it: with place, time and device, and to be shown turned a quarter to the right.
///
/// # Errors
/// When it is no JPEG.
pub fn as_by_a_phone(jpeg: &[u8]) -> Result<Vec<u8>> {
    let words = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);
    let degrees = || Value::Rational([28, 59, 31].map(|num| Rational { num, denom: 1 }).to_vec());
    let fields = [
        (Tag::Make, words("Ceshi")),
        (Tag::Model, words(MODEL)),
        (Tag::Orientation, Value::Short(vec![6])),
        (Tag::DateTimeOriginal, words("2026:11:27 08:15:00")),
        (Tag::BodySerialNumber, words(SERIAL)),
        (Tag::GPSLatitudeRef, words("N")),
        (Tag::GPSLatitude, degrees()),
        (Tag::GPSLongitudeRef, words("E")),
        (Tag::GPSLongitude, degrees()),
    ]
    .map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value });
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut tiff = Cursor::new(Vec::new());
    writer.write(&mut tiff, false)?;
    let body = [b"Exif\0\0".as_slice(), &tiff.into_inner()].concat();
    let length = u16::try_from(body.len() + 2)?.to_be_bytes();
    let rest = jpeg.strip_prefix(b"\xff\xd8").context("no JPEG")?;
    Ok([b"\xff\xd8\xff\xe1".as_slice(), &length, &body, rest].concat())
}

/// Walks through a JPEG and refuses it where there is anything but the picture and what it takes to show it.
///
/// # Errors
/// Says what else there is.
pub fn nothing_but_the_picture(jpeg: &[u8]) -> Result<()> {
    ensure!(jpeg.starts_with(b"\xff\xd8"), "no JPEG");
    let mut at = 2;
    loop {
        let head = jpeg.get(at..at + 4).context("it stops before its picture")?;
        let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
        let body = jpeg.get(at + 4..at + 2 + length).context("it stops in a segment")?;
        match head[1] {
            // How it is shown, tables, frame.
            0xe0 => ensure!(body.starts_with(b"JFIF\0") && body.len() == 14, "more than a JFIF header"),
            // The colours of the canvas, which are the same for every picture.
            0xe2 => ensure!(body.starts_with(b"ICC_PROFILE\0"), "a segment of somebody's own"),
            0xdb | 0xc4 | 0xdd | 0xc0 | 0xc2 => {}
            0xda => break,
            other => anyhow::bail!("a segment {other:#x} of {length} bytes"),
        }
        at += 2 + length;
    }
    ensure!(jpeg.ends_with(b"\xff\xd9"), "something follows the picture");
    for trace in [SERIAL, MODEL, "Exif", "2026:11:27"] {
        ensure!(!jpeg.windows(trace.len()).any(|there| there == trace.as_bytes()), "“{trace}” is in it");
    }
    Ok(())
}
