//! What pages say of their own address, and what is told to searchers: only an installation knows its origin.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::cache;
use crate::project::Project;
use crate::tools;

/// Pages that say nothing to whoever comes from a search.
const UNLISTED: [&str; 7] = ["contact", "desk", "offline", "result", "sent", "status", "tip"];
/// The end of the card with which a page is shared: what follows needs the origin.
const CARD: &str = "<meta property=\"og:description\"";
/// The picture on that card.
const PICTURE: &str = "icon-512.png";

/// Tells the pages of a site their origin, and searchers and whoever found a weakness what they look for. What is compressed
/// beside a file that changes here goes.
///
/// # Errors
/// Those of the disk, and a contact that is no address.
pub fn publish(project: &Project, origin: &str, contact: Option<&str>, pages: &Path) -> Result<()> {
    let robots = fs::read_to_string(pages.join("robots.txt")).context("robots.txt")?;
    replace(pages, "robots.txt", &format!("{}\n\nSitemap: {origin}/sitemap.xml\n", robots.trim_end()))?;
    replace(pages, "sitemap.xml", &sitemap(origin, &addresses(pages, "")?))?;
    for file in local::files(pages)? {
        let name = file.strip_prefix(pages)?.to_string_lossy().into_owned();
        let Some(path) = name.strip_suffix("index.html") else { continue };
        let text = fs::read_to_string(&file)?;
        if let Some(told) =
            told_its_address(&text, &format!("{origin}/{}", path.trim_end_matches('/')), origin)
        {
            replace(pages, &name, &told)?;
        }
    }
    if let Some(contact) = contact {
        let text = tools::office(project, &["security", origin, contact])?;
        replace(pages, ".well-known/security.txt", &text)?;
    }
    Ok(())
}

/// A page that can be shared, with its address and the card's picture.
fn told_its_address(page: &str, address: &str, origin: &str) -> Option<String> {
    let (before, card) = page.split_once(CARD)?;
    let (description, after) = card.split_once('\n')?;
    Some(format!(
        "{before}{CARD}{description}\n<meta property=\"og:url\" content=\"{address}\">\n\
         <meta property=\"og:image\" content=\"{origin}/{PICTURE}\">\n<link rel=\"canonical\" href=\"{address}\">\n{after}"
    ))
}

/// Writes a file of the site, without the compressed form of an earlier text.
fn replace(pages: &Path, name: &str, text: &str) -> Result<()> {
    let compressed = pages.join(format!("{name}.br"));
    if compressed.exists() {
        fs::remove_file(compressed)?;
    }
    cache::write(&pages.join(name), text.as_bytes())
}

/// The addresses of all pages below one, as far as they say something to whoever comes from a search.
fn addresses(pages: &Path, below: &str) -> Result<Vec<String>> {
    let folder = pages.join(below.trim_start_matches('/'));
    let mut found = Vec::new();
    if folder.join("index.html").is_file() {
        found.push(below.to_owned());
    }
    let mut inside = fs::read_dir(&folder)?.flatten().collect::<Vec<_>>();
    inside.sort_by_key(std::fs::DirEntry::file_name);
    for entry in inside {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !UNLISTED.contains(&name.as_str()) {
            found.extend(addresses(pages, &format!("{below}/{name}"))?);
        }
    }
    Ok(found)
}

fn sitemap(origin: &str, addresses: &[String]) -> String {
    let place = |path: &String| {
        let path = if path.is_empty() { "/" } else { path };
        format!("<url><loc>{origin}{path}</loc></url>\n")
    };
    let places: String = addresses.iter().map(place).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{places}</urlset>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_names_each_address_with_its_origin() {
        let made = sitemap("https://a.example", &[String::new(), "/yongshun/guide".to_owned()]);
        assert!(
            made.contains("<loc>https://a.example/</loc>")
                && made.contains("<loc>https://a.example/yongshun/guide</loc>")
        );
    }

    #[test]
    fn a_page_with_a_card_says_its_address_and_another_page_says_nothing() {
        let page = "<title>t</title>\n<meta property=\"og:description\" content=\"d\">\n<link>\n";
        let told = told_its_address(page, "https://a.example/b", "https://a.example").unwrap_or_default();
        assert!(told.starts_with("<title>t</title>\n<meta property=\"og:description\" content=\"d\">\n"));
        assert!(told.contains("<link rel=\"canonical\" href=\"https://a.example/b\">\n"), "{told}");
        assert!(told.contains("content=\"https://a.example/icon-512.png\"") && told.ends_with("\n<link>\n"));
        assert_eq!(
            told_its_address("<title>desk</title>\n", "https://a.example/desk", "https://a.example"),
            None
        );
    }
}
