//! A picture drawn anew by the browser: upright, no larger than needed, and nothing in the file but the picture.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

use super::{Area, Refusal};
use crate::browser::ObjectUrl;

/// Longest side of what is sent, in pixels, tried one after the other until the file is small enough. A page of A4 has then
/// some 170 dots an inch: small print stays readable.
const SIDES: [u32; 3] = [2_000, 1_700, 1_400];
/// Quality of the JPEG, the better first.
const QUALITIES: [f64; 3] = [0.88, 0.78, 0.68];
/// How large the file may be, in bytes (900 KB).
const MOST: f64 = 900_000.0;
/// Most pixels that are drawn: each takes four bytes.
const PIXELS: u64 = 80_000_000;

/// How a picture is turned, clockwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Not at all.
    None,
    /// A quarter to the right.
    Right,
    /// A quarter to the left.
    Left,
}

/// A picture that was taken before, turned.
///
/// # Errors
/// [`Refusal`].
pub async fn turned(content: &Uint8Array, turn: Turn) -> Result<Uint8Array, Refusal> {
    redrawn(&blob_of(content)?, turn, &[]).await
}

/// A picture that was taken before, with parts of it black: drawn anew after that, so that nothing is left of what was there.
///
/// # Errors
/// [`Refusal`].
pub async fn covered(content: &Uint8Array, areas: &[Area]) -> Result<Uint8Array, Refusal> {
    redrawn(&blob_of(content)?, Turn::None, areas).await
}

fn blob_of(content: &Uint8Array) -> Result<Blob, Refusal> {
    Blob::new_with_u8_array_sequence(&js_sys::Array::of1(content)).map_err(|_| Refusal::CannotDraw)
}

/// A picture drawn anew, as a JPEG; black where the areas are, which are those of the picture before it is turned.
pub(super) async fn redrawn(file: &Blob, turn: Turn, areas: &[Area]) -> Result<Uint8Array, Refusal> {
    let address = ObjectUrl::of_blob(file).ok_or(Refusal::CannotDraw)?;
    let image = loaded(address.address()).await.map_err(|_| Refusal::Damaged)?;
    let (width, height) = (image.natural_width(), image.natural_height());
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    if u64::from(width).saturating_mul(u64::from(height)) > PIXELS {
        return Err(Refusal::TooManyPixels);
    }
    let mut last = None;
    for side in SIDES {
        let canvas = drawn(&image, fitting((width, height), side), turn, areas).ok_or(Refusal::CannotDraw)?;
        for quality in QUALITIES {
            let blob = encoded(&canvas, quality).await.ok_or(Refusal::CannotDraw)?;
            let enough = blob.size() <= MOST;
            last = Some(blob);
            if enough {
                break;
            }
        }
        // The memory goes at once, not when the browser next looks for it.
        canvas.set_width(0);
        if last.as_ref().is_some_and(|blob| blob.size() <= MOST) {
            break;
        }
    }
    let blob = last.ok_or(Refusal::CannotDraw)?;
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| Refusal::CannotDraw)?;
    Ok(Uint8Array::new(&buffer))
}

async fn loaded(address: &str) -> Result<HtmlImageElement, JsValue> {
    let image = HtmlImageElement::new()?;
    let loading = Promise::new(&mut |resolve, reject| {
        image.set_onload(Some(&resolve));
        image.set_onerror(Some(&reject));
    });
    image.set_src(address);
    JsFuture::from(loading).await?;
    Ok(image)
}

/// The size with the longest side no longer than `side`.
fn fitting((width, height): (u32, u32), side: u32) -> (u32, u32) {
    let longest = width.max(height).max(1);
    if longest <= side {
        return (width, height);
    }
    let scaled = |length: u32| {
        let exact = u64::from(length) * u64::from(side) / u64::from(longest);
        u32::try_from(exact).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

/// Browsers turn a picture upright by themselves when they draw it.
fn drawn(
    image: &HtmlImageElement,
    (width, height): (u32, u32),
    turn: Turn,
    areas: &[Area],
) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let canvas = document.create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    let (across, down) = if turn == Turn::None { (width, height) } else { (height, width) };
    canvas.set_width(across);
    canvas.set_height(down);
    let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    // Where a picture lets something through, paper is white.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, across.into(), down.into());
    let _ = match turn {
        Turn::None => Ok(()),
        Turn::Right => context.transform(0.0, 1.0, -1.0, 0.0, across.into(), 0.0),
        Turn::Left => context.transform(0.0, -1.0, 1.0, 0.0, 0.0, down.into()),
    };
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width.into(), height.into())
        .ok()?;
    context.set_fill_style_str("#000");
    for area in areas {
        let [left, top, wide, high] = area.pixels((width, height)).map(f64::from);
        context.fill_rect(left, top, wide, high);
    }
    Some(canvas)
}

async fn encoded(canvas: &HtmlCanvasElement, quality: f64) -> Option<Blob> {
    let mut asked = Ok(());
    let made = Promise::new(&mut |resolve, _| {
        let give = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        asked = canvas.to_blob_with_type_and_encoder_options(
            give.unchecked_ref(),
            "image/jpeg",
            &JsValue::from_f64(quality),
        );
    });
    asked.ok()?;
    JsFuture::from(made).await.ok()?.dyn_into::<Blob>().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_made_smaller_and_never_larger() {
        assert_eq!(fitting((4_000, 3_000), 2_000), (2_000, 1_500));
        assert_eq!(fitting((3_000, 4_000), 2_000), (1_500, 2_000));
        assert_eq!(fitting((2_000, 10), 2_000), (2_000, 10));
        assert_eq!(fitting((2_001, 1), 2_000), (2_000, 1));
    }
}
