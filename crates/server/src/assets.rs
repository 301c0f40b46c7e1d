//! Files that browsers fetch: styles, scripts, libraries, the map.

use std::path::PathBuf;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::fault::Fault;

#[derive(RustEmbed)]
#[folder = "web/static"]
#[prefix = "static/"]
struct Static;

#[derive(RustEmbed)]
#[folder = "web/templates"]
#[prefix = "templates/"]
struct Written;

/// A file that ships with the program, or lies in the folder that is used in its place.
pub(crate) fn file(folder: Option<&PathBuf>, path: &str) -> Option<Vec<u8>> {
    match folder {
        // Names that ship are the only ones that can be asked for, so no path leads elsewhere.
        Some(folder) if sound(path) => std::fs::read(folder.join(path)).ok(),
        Some(_) => None,
        None => Static::get(path).or_else(|| Written::get(path)).map(|file| file.data.into_owned()),
    }
}

fn sound(path: &str) -> bool {
    path.split('/').all(|part| {
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    })
}

/// Answers with a file under `static/`.
pub(crate) fn answer(folder: Option<&PathBuf>, path: &str, headers: &HeaderMap) -> Response {
    let Some(bytes) = file(folder, &format!("static/{path}")) else { return Fault::page().into_response() };
    let tag = format!("\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(&bytes));
    let caching = [(ETAG, tag.clone()), (CACHE_CONTROL, "no-cache".to_owned())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let kind = match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "md" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    (caching, [(CONTENT_TYPE, kind)], bytes).into_response()
}
