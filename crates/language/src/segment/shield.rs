//! Addresses and file names, which stay whole however much punctuation they hold.

use std::ops::Range;

/// Endings that make a dotted word a host or file name.
const ENDINGS: [&str; 30] = [
    "com", "org", "net", "edu", "gov", "mil", "info", "biz", "uk", "ru", "cn", "de", "fr", "html", "htm", "php", "asp", "aspx",
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "txt", "jpg", "jpeg", "gif", "png", "zip",
];

/// Characters `range` of a chunk (folded characters) that no boundary may stand between; empty when the
/// chunk holds no address.
pub(super) fn of(chunk: &[char]) -> Range<usize> {
    if chunk.len() < 3 || !chunk.iter().any(|c| matches!(c, '@' | '.' | '/' | '#')) {
        return 0..0;
    }
    handle(chunk).or_else(|| web(chunk)).or_else(|| mail(chunk)).or_else(|| name(chunk)).unwrap_or(0..0)
}

/// "@name" and "#topic".
fn handle(chunk: &[char]) -> Option<Range<usize>> {
    let start = chunk.iter().position(|c| c.is_alphanumeric() || matches!(c, '@' | '#'))?;
    let length = chunk[start + 1..].iter().take_while(|&&c| c.is_alphanumeric() || c == '_').count();
    let follows = *chunk.get(start + 1)?;
    (matches!(chunk[start], '@' | '#') && follows.is_alphabetic()).then_some(start..start + 1 + length)
}

/// "http://..." or "www....", without the punctuation that follows it.
fn web(chunk: &[char]) -> Option<Range<usize>> {
    let scheme = chunk.windows(3).position(|window| window == [':', '/', '/']).filter(|&at| at > 1);
    let start = match scheme {
        Some(colon) => colon - chunk[..colon].iter().rev().take_while(|c| c.is_ascii_alphabetic()).count(),
        None => {
            let at = chunk.iter().position(|c| c.is_alphanumeric())?;
            chunk[at..].starts_with(&['w', 'w', 'w', '.']).then_some(at)?
        }
    };
    let stop = chunk[start..].iter().position(|c| matches!(c, '<' | '>' | '"')).map_or(chunk.len(), |at| start + at);
    let tail = |c: &&char| matches!(c, ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' | '\'' | '\u{2026}');
    let end = stop - chunk[start..stop].iter().rev().take_while(tail).count();
    (end > start).then_some(start..end)
}

/// "name@host".
fn mail(chunk: &[char]) -> Option<Range<usize>> {
    let at = chunk.iter().position(|&c| c == '@')?;
    let local = |c: &&char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '=' | '~');
    let host = |c: &&char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let before = chunk[..at].iter().rev().take_while(local).count();
    let mut after = chunk[at + 1..].iter().take_while(host).count();
    while after > 0 && !chunk[at + after].is_alphanumeric() {
        after -= 1;
    }
    let mut start = at - before;
    while start < at && matches!(chunk[start], '-' | '.') {
        start += 1;
    }
    (start < at && after > 0).then_some(start..at + after + 1)
}

/// A host or file name that ends in one of [`ENDINGS`].
fn name(chunk: &[char]) -> Option<Range<usize>> {
    let part = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '#' | '~');
    let start = chunk.iter().position(|c| c.is_alphanumeric())?;
    let end = start + chunk[start..].iter().take_while(|c| part(c)).count();
    let end = end - chunk[start..end].iter().rev().take_while(|c| !c.is_alphanumeric()).count();
    let dot = start + chunk[start..end].iter().rposition(|&c| c == '.')?;
    let ending = &chunk[dot + 1..end];
    let known = ENDINGS.iter().any(|known| known.len() == ending.len() && known.chars().eq(ending.iter().copied()));
    (known && dot > start).then_some(start..end)
}
