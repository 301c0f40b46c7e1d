//! Bytes to text: byte order marks, declared encodings, guesses; and what is not text at all.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use demarche_types::{Diagnostic, Span};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{ReadError, ReadErrorKind};

/// How many bytes are looked at to tell text from binary data.
const SAMPLE: usize = 64 * 1024;

/// How many bytes a guess of the encoding is based on.
const GUESS_SAMPLE: usize = 1024 * 1024;

/// Decoded text with what was noticed on the way.
pub(crate) struct Decoded<'a> {
    /// The text, without byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// Repairs and guesses.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Decodes `bytes`. The order is: byte order mark, UTF-16 seen from its zero bytes, valid UTF-8, the
/// declared label, a guess. A declared label that does not fit the bytes is passed over.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>, origin: &str) -> Result<Decoded<'a>, ReadError> {
    if bytes.is_empty() {
        return Err(empty(origin));
    }
    let mut diagnostics = Vec::new();
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[skip..]);
        if had_errors {
            diagnostics.push(replaced(&text, encoding.name()));
        }
        return Ok(Decoded { text, diagnostics });
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        diagnostics.push(Diagnostic::note(format!("read as {}, told from its zero bytes", encoding.name())));
        if had_errors {
            diagnostics.push(replaced(&text, encoding.name()));
        }
        return Ok(Decoded { text, diagnostics });
    }
    if let Some(looks_like) = binary(bytes) {
        return Err(ReadError::whole(origin, ReadErrorKind::Binary(looks_like), binary_hint(looks_like)));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        diagnostics.extend(misread(text));
        return Ok(Decoded { text: Cow::Borrowed(text), diagnostics });
    }
    if let Some(label) = declared {
        match Encoding::for_label(label.trim().as_bytes()) {
            Some(encoding) if encoding != UTF_8 => {
                let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
                if !had_errors {
                    return Ok(Decoded { text, diagnostics });
                }
                diagnostics.push(Diagnostic::warning(format!(
                    "the page declares the encoding {}, but its bytes are not valid in it",
                    encoding.name()
                )));
            }
            Some(_) => diagnostics.push(Diagnostic::warning("the page declares UTF-8, but its bytes are not valid UTF-8")),
            None => diagnostics.push(Diagnostic::warning(format!("unknown encoding label \u{201c}{label}\u{201d}"))),
        }
    }
    if mostly_utf8(bytes) {
        // A few broken bytes in a UTF-8 file are damage, not another encoding.
        let text = String::from_utf8_lossy(bytes);
        diagnostics.push(replaced(&text, "UTF-8"));
        return Ok(Decoded { text, diagnostics });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESS_SAMPLE)], true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    diagnostics.push(
        Diagnostic::note(format!("the text is not UTF-8; read as {}, which is a guess", encoding.name()))
            .hint("save the file as UTF-8 to be sure of every letter"),
    );
    if had_errors {
        diagnostics.push(replaced(&text, encoding.name()));
    }
    Ok(Decoded { text, diagnostics })
}

/// The encoding that an HTML page declares in its first bytes.
pub(crate) fn declared_in_html(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| {
        let at = head.find("<?xml")?;
        head[at..].find("encoding=").map(|more| at + more + 9)
    })?;
    let rest = head[at..].trim_start_matches(['"', '\'', ' ']);
    let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    (!label.is_empty()).then_some(label)
}

/// The error for an input without content.
pub(crate) fn empty(origin: &str) -> ReadError {
    ReadError::whole(origin, ReadErrorKind::Empty, "check that the file was saved or downloaded completely")
}

/// What binary data the bytes look like, if they are not text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document (docx, odt, epub)"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\x1f\x8b", "gzip-compressed data"),
        (b"BZh", "bzip2-compressed data"),
        (b"\xfd7zXZ\x00", "xz-compressed data"),
        (b"\x28\xb5\x2f\xfd", "Zstandard-compressed data"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc, xls, ppt)"),
        (b"\x7fELF", "a program file"),
        (b"MZ\x90\x00", "a program file"),
        (b"PAR1", "a Parquet file"),
        (b"SQLite format 3\x00", "an SQLite database"),
        (b"OggS", "an Ogg media file"),
        (b"ID3", "an MP3 file"),
        (b"{\\rtf", "a Rich Text document"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(what);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // Tab, line feed, form feed, carriage return and escape occur in text; the other control codes hardly ever.
    let control = sample.iter().filter(|&&b| b < 0x20 && !matches!(b, 8..=13 | 0x1b)).count();
    let zeros = sample.iter().filter(|&&b| b == 0).count();
    (zeros * 1000 > sample.len() || control * 50 > sample.len()).then_some("binary data")
}

/// What to do about a file that is not text.
fn binary_hint(looks_like: &str) -> &'static str {
    if looks_like.contains("PDF") {
        "convert it to text first, for example with pdftotext"
    } else if looks_like.contains("compressed") || looks_like.contains("archive") && !looks_like.contains("office") {
        "unpack it first"
    } else if looks_like.contains("document") {
        "save it as plain text or HTML first"
    } else {
        "give a web page, a plain text file or JSON Lines"
    }
}

/// UTF-16 without byte order mark shows in zero bytes on every other place.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = sample.len() / 2;
    match () {
        () if odd * 10 > pairs * 6 && even * 50 < pairs => Some(UTF_16LE),
        () if even * 10 > pairs * 6 && odd * 50 < pairs => Some(UTF_16BE),
        () => None,
    }
}

/// Whether the multi-byte sequences of `bytes` are nearly all valid UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad * 9
}

/// The diagnostic for replaced bytes, at the first replacement.
fn replaced(text: &str, encoding: &str) -> Diagnostic {
    let count = text.matches('\u{fffd}').count();
    let diagnostic = Diagnostic::warning(format!(
        "{count} byte sequences are not valid {encoding} and were replaced by \u{201c}\u{fffd}\u{201d}"
    ))
    .hint("if words look broken, convert the file to UTF-8 from its true encoding");
    match text.find('\u{fffd}') {
        Some(at) => diagnostic.at(Span::new(at, at + 3)),
        None => diagnostic,
    }
}

/// A warning for UTF-8 that was once read as Windows-1252 and saved again. The text is left as it is.
fn misread(text: &str) -> Option<Diagnostic> {
    const SIGNS: [&str; 5] =
        ["\u{e2}\u{20ac}\u{2122}", "\u{e2}\u{20ac}\u{153}", "\u{e2}\u{20ac}\u{201c}", "\u{c3}\u{a9}", "\u{c3}\u{a1}"];
    if text.is_ascii() {
        return None;
    }
    let (at, sign) = SIGNS.iter().filter_map(|sign| Some((text.find(sign)?, sign))).min()?;
    Some(
        Diagnostic::warning("the text looks like UTF-8 that was once read as Windows-1252 and saved again")
            .at(Span::new(at, at + sign.len()))
            .hint("repair the file; names with accents and quotation marks are broken in it"),
    )
}
