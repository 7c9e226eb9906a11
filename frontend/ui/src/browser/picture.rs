//! A drawing as a picture file.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, Path2d};

/// Pixels a side of each of a code's squares.
const SCALE: u32 = 8;

/// Black on white as a PNG, in an address that holds it whole: what a phone saves when it is pressed for long, which an inline
/// drawing is not. `size` counts squares a side, `path` draws them in that unit. `None` where the browser refuses. For effects
/// and handlers.
pub fn png_of(size: u32, path: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let canvas = document.create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    let side = size.checked_mul(SCALE)?;
    canvas.set_width(side);
    canvas.set_height(side);
    let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, side.into(), side.into());
    context.scale(SCALE.into(), SCALE.into()).ok()?;
    context.set_fill_style_str("#000");
    context.fill_with_path_2d(&Path2d::new_with_path_string(path).ok()?);
    canvas.to_data_url().ok()
}
