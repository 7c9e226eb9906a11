//! How a page is shown: size of the screen, display mode, what is unfolded, and pictures of it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browser;

/// A screen in CSS pixels. Chromium's own window is never narrower than some 500 px: the device is emulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Device pixels to a CSS pixel.
    pub scale: u32,
    /// Whether the page is laid out as on a phone.
    pub mobile: bool,
}

/// The smallest phone that counts.
pub const PHONE: Screen = Screen { width: 360, height: 740, scale: 2, mobile: true };
/// A desk's screen.
pub const WIDE: Screen = Screen { width: 1280, height: 800, scale: 1, mobile: false };

/// What is printed on of a sheet of A4 with margins of 12 mm, at 96 dots per inch.
pub const PAPER: Screen = Screen { width: 703, height: 1032, scale: 1, mobile: false };

/// A way of showing the pages, chosen by the switches in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// Its name in file names.
    pub name: &'static str,
    /// 大字版.
    pub large: bool,
    /// 高对比.
    pub high: bool,
    /// 深色.
    pub dark: bool,
}

/// The normal display and each switch on its own.
pub const MODES: [Mode; 4] = [
    Mode { name: "normal", large: false, high: false, dark: false },
    Mode { name: "large", large: true, high: false, dark: false },
    Mode { name: "contrast", large: false, high: true, dark: false },
    Mode { name: "dark", large: false, high: false, dark: true },
];

/// High contrast by night.
pub const DARK_CONTRAST: Mode = Mode { name: "dark-contrast", large: false, high: true, dark: true };

/// Height of a picture in CSS pixels: Chromium draws none higher than 16,384 device pixels.
const HIGHEST_PICTURE: u64 = 8_000;

impl Browser {
    /// Shows the pages on a screen from now on.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn screen(&self, screen: Screen) -> Result<()> {
        let metrics = json!({
            "width": screen.width, "height": screen.height,
            "deviceScaleFactor": screen.scale, "mobile": screen.mobile,
        });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    /// Shows the pages as `print` would have them, or as the screen has them (empty), from now on.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn media(&self, media: &str) -> Result<()> {
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "media": media })).await?;
        Ok(())
    }

    /// Presses the header's switches until the page is shown in a mode.
    ///
    /// # Errors
    /// When the page has no such switches.
    pub async fn mode(&self, mode: Mode) -> Result<()> {
        let press = "for (const [name, on] of Object.entries(arguments[0])) { \
            const button = document.querySelector(`[data-test=${name}]`); \
            if (!button) return false; \
            if ((button.getAttribute('aria-pressed') === 'true') !== on) button.click(); } \
            const root = document.documentElement.dataset; \
            return (root.text === 'large') === arguments[0]['large-text'] \
                && (root.contrast === 'high') === arguments[0]['high-contrast'] \
                && (root.scheme === 'dark') === arguments[0].dark;";
        let wanted = json!({ "large-text": mode.large, "high-contrast": mode.high, "dark": mode.dark });
        self.until(mode.name, async || {
            let shown: bool = self.driver.execute(press, vec![wanted.clone()]).await?.convert()?;
            Ok(shown.then_some(()))
        })
        .await
    }

    /// Opens every fold that a selector names.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn unfold(&self, selector: &str) -> Result<()> {
        let open = "document.querySelectorAll(arguments[0]).forEach(fold => { fold.open = true; })";
        self.driver.execute(open, vec![selector.into()]).await?;
        Ok(())
    }

    /// Empties what this browser remembers of the portal.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn forget_everything(&self) -> Result<()> {
        self.driver.execute("localStorage.clear(); sessionStorage.clear();", vec![]).await?;
        Ok(())
    }

    /// Saves the page from its top to its end; a very long one as several pictures `name-2.png`, …
    ///
    /// # Errors
    /// Those of the driver and the disk.
    pub async fn picture(&self, folder: &Path, name: &str) -> Result<Vec<PathBuf>> {
        let size = "const page = document.scrollingElement; return [page.clientWidth, page.scrollHeight];";
        let (width, height): (u64, u64) = self.driver.execute(size, vec![]).await?.convert()?;
        let mut files = Vec::new();
        let mut top = 0;
        while top < height {
            let clip = json!({
                "x": 0, "y": top, "width": width, "height": HIGHEST_PICTURE.min(height - top), "scale": 1,
            });
            let parameters = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
            let shot: Value = self.driver.cdp().send_raw("Page.captureScreenshot", parameters).await?;
            let data = shot["data"].as_str().context("the browser sent no picture")?;
            let part = if files.is_empty() { String::new() } else { format!("-{}", files.len() + 1) };
            let file = folder.join(format!("{name}{part}.png"));
            fs::write(&file, data_encoding::BASE64.decode(data.as_bytes())?)?;
            files.push(file);
            top += HIGHEST_PICTURE;
        }
        Ok(files)
    }
}
