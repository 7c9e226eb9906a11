//! What a page prints, as a PDF of the real browser: its text, its sheets, the code on it.

use std::fs;
use std::io::Cursor;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tempfile::TempDir;

use crate::browser::Browser;

/// Dots to an inch at which a printed sheet is looked at.
const DOTS: &str = "150";

/// What came out of the printer.
#[derive(Debug)]
pub struct Printed {
    folder: TempDir,
}

impl Browser {
    /// Presses a button that prints, and gives what the printer gets.
    ///
    /// # Errors
    /// When the page does not print.
    pub async fn prints(&self, test: &str) -> Result<Printed> {
        self.driver
            .execute("window.printed = 0; window.print = () => { window.printed += 1; };", vec![])
            .await?;
        self.press(test).await?;
        self.until("the print dialogue", async || {
            let asked: u64 = self.driver.execute("return window.printed", vec![]).await?.convert()?;
            Ok((asked == 1).then_some(()))
        })
        .await?;
        self.pdf().await
    }

    /// The page as the printer gets it now.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn pdf(&self) -> Result<Printed> {
        let paper = json!({ "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69 });
        let printed = self.driver.cdp().send_raw("Page.printToPDF", paper).await?;
        let text = printed["data"].as_str().context("nothing was printed")?;
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("page.pdf"), data_encoding::BASE64.decode(text.as_bytes())?)?;
        Ok(Printed { folder })
    }
}

impl Printed {
    /// What can be read on it, in the order of the page, without any white space: where a line ends is the printer's affair.
    ///
    /// # Errors
    /// Those of `pdftotext`.
    pub fn text(&self) -> Result<String> {
        let text = self.ask("pdftotext", &["-raw", "page.pdf", "-"])?;
        Ok(String::from_utf8(text)?.chars().filter(|sign| !sign.is_whitespace()).collect())
    }

    /// How many sheets it has, all of them A4.
    ///
    /// # Errors
    /// When one is of another size.
    pub fn sheets(&self) -> Result<usize> {
        let told = String::from_utf8(self.ask("pdfinfo", &["page.pdf"])?)?;
        let value = |name: &str| told.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let size = value("Page size:").context("no size")?;
        ensure!(size.contains("A4"), "the sheets are {size}");
        Ok(value("Pages:").context("no number of pages")?.parse()?)
    }

    /// The first sheet as a picture: width, height and one byte of brightness a dot.
    ///
    /// # Errors
    /// Those of `pdftoppm`.
    pub fn picture(&self) -> Result<(usize, usize, Vec<u8>)> {
        grey(&self.ask("pdftoppm", &["-png", "-r", DOTS, "-f", "1", "-l", "1", "page.pdf"])?)
    }

    /// Keeps it for people to look at.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn keep(&self, folder: &std::path::Path, name: &str) -> Result<()> {
        fs::create_dir_all(folder)?;
        fs::copy(self.folder.path().join("page.pdf"), folder.join(format!("{name}.pdf")))?;
        Ok(())
    }

    fn ask(&self, program: &str, words: &[&str]) -> Result<Vec<u8>> {
        let said = Command::new(program).args(words).current_dir(self.folder.path()).output();
        let said = said.with_context(|| format!("`cargo xtask test` installs {program}"))?;
        ensure!(said.status.success(), "{program}: {}", String::from_utf8_lossy(&said.stderr));
        Ok(said.stdout)
    }
}

/// What a phone reads from a picture with a QR code on it.
///
/// # Errors
/// When there is no code in it.
pub fn scanned((width, height, grey): (usize, usize, Vec<u8>)) -> Result<String> {
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        grey.get(y * width + x).copied().unwrap_or(255)
    });
    let grids = image.detect_grids();
    let grid = grids.first().context("no code in the picture")?;
    let (_, text) = grid.decode()?;
    Ok(text)
}

/// A PNG as width, height and one byte of brightness per pixel.
///
/// # Errors
/// When it is no PNG.
pub fn grey(bytes: &[u8]) -> Result<(usize, usize, Vec<u8>)> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("a picture too large")?];
    let frame = reader.next_frame(&mut pixels)?;
    let samples = frame.color_type.samples();
    let grey =
        pixels.chunks_exact(samples).map(|pixel| pixel.get(usize::from(samples > 2)).copied().unwrap_or(255));
    Ok((usize::try_from(frame.width)?, usize::try_from(frame.height)?, grey.collect()))
}
