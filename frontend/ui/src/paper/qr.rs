//! A QR code as a picture.

use sealer::ops::Drawing;
use yew::prelude::*;

/// Props of [`QrPicture`].
#[derive(Clone, PartialEq, Properties)]
pub struct QrPictureProps {
    /// Its squares.
    pub drawing: Drawing,
    /// What it is for, under it.
    pub says: AttrValue,
}

/// Black on white in every display mode: cameras want it so.
#[component]
pub fn QrPicture(props: &QrPictureProps) -> Html {
    let Drawing { size, path } = &props.drawing;
    html! {
        <figure class="receipt__qr">
            <svg viewBox={format!("0 0 {size} {size}")} role="img" aria-label="查询码的二维码" shape-rendering="crispEdges">
                <rect width={size.to_string()} height={size.to_string()} fill="#fff" />
                <path d={path.clone()} fill="#000" />
            </svg>
            <figcaption>{ &props.says }</figcaption>
        </figure>
    }
}
