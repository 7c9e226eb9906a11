//! Sizes on the wire: brotli beside every static file, gzip as the measure of the Worker.

use std::io::Write;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::cache;
use crate::project::Project;

/// Brotli at its slowest and smallest (quality 11, window 2^22); kept, because the same bytes come again on every build.
///
/// # Errors
/// Those of the disk.
pub fn brotli(project: &Project, bytes: &[u8]) -> Result<Vec<u8>> {
    cache::bytes(&project.cache().join("brotli"), &cache::digest(&[bytes]), || {
        let params =
            BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
        let mut small = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut small, &params).context("brotli")?;
        Ok(small)
    })
}

/// Size in bytes after gzip at its smallest.
///
/// # Errors
/// None in practice: the output is memory.
pub fn gzip_size(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
