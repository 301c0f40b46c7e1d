//! XML as it is found: what stands at its root, and repairs that real feeds need.

/// What an XML document is, by its first bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// RSS, Atom or RDF.
    Feed,
    /// A WordPress export.
    WordPress,
    /// A web page.
    Html,
    /// Another element.
    Other(String),
    /// No XML.
    None,
}

/// Looks for the first element.
pub(crate) fn root(head: &[u8]) -> Root {
    let text = String::from_utf8_lossy(head).replace('\0', "");
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
    loop {
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<!") {
            ">"
        } else {
            break;
        };
        if rest.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html")) {
            return Root::Html;
        }
        match rest.find(end) {
            Some(at) => rest = rest[at + end.len()..].trim_start(),
            None => return Root::None,
        }
    }
    let Some(tag) = rest.strip_prefix('<') else { return Root::None };
    let name: String = tag.chars().take_while(|c| c.is_alphanumeric() || ":-_.".contains(*c)).collect();
    let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    match local.as_str() {
        "rss" if text.contains("wordpress.org/export/") || text.contains("<wp:wxr_version>") => Root::WordPress,
        "rss" | "feed" | "rdf" => Root::Feed,
        "html" | "head" | "body" => Root::Html,
        "" => Root::None,
        _ => Root::Other(name),
    }
}

/// Makes the bytes of a feed well-formed where programs often fail: `&` that begins no reference, names of HTML
/// characters, control characters, space before the declaration. Returns how many characters were changed.
pub(crate) fn repair(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut bytes = bytes;
    while let [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] | [0xef, 0xbb, 0xbf, rest @ ..] = bytes {
        bytes = rest;
    }
    let mut repaired = Vec::with_capacity(bytes.len() + 64);
    let mut changed = 0;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if let Some(end) = verbatim(rest) {
            // Nothing is a reference in there, but control characters are no XML anywhere.
            for byte in &rest[..end] {
                if is_control(*byte) {
                    changed += 1;
                } else {
                    repaired.push(*byte);
                }
            }
            at += end;
            continue;
        }
        match rest[0] {
            b'&' if !is_reference(rest) => {
                repaired.extend_from_slice(b"&amp;");
                changed += 1;
            }
            byte if is_control(byte) => changed += 1,
            byte => repaired.push(byte),
        }
        at += 1;
    }
    (repaired, changed)
}

/// The length of a CDATA section, comment or instruction that begins here.
fn verbatim(rest: &[u8]) -> Option<usize> {
    let (start, end): (&[u8], &[u8]) = match rest {
        [b'<', b'!', b'[', ..] => (b"<![CDATA[", b"]]>"),
        [b'<', b'!', b'-', ..] => (b"<!--", b"-->"),
        [b'<', b'?', ..] => (b"<?", b"?>"),
        _ => return None,
    };
    if !rest.starts_with(start) {
        return None;
    }
    let found = rest.windows(end.len()).position(|window| window == end);
    Some(found.map_or(rest.len(), |at| at + end.len()))
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Whether `&` begins a reference that XML knows.
fn is_reference(rest: &[u8]) -> bool {
    let Some(end) = rest.iter().take(12).position(|b| *b == b';') else { return false };
    match &rest[1..end] {
        b"amp" | b"lt" | b"gt" | b"quot" | b"apos" => true,
        [b'#', b'x' | b'X', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// A feed that breaks off, closed behind its last whole entry; nothing where there is none.
pub(crate) fn close(bytes: &[u8]) -> Option<Vec<u8>> {
    let last = |tag: &[u8]| bytes.windows(tag.len()).rposition(|window| window == tag).map(|at| at + tag.len());
    let head = &bytes[..bytes.len().min(4096)];
    let has = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    let (end, tail): (usize, &[u8]) = if has(b"<feed") {
        (last(b"</entry>")?, b"</feed>")
    } else if has(b"<rdf:RDF") {
        (last(b"</item>")?, b"</rdf:RDF>")
    } else {
        (last(b"</item>")?, b"</channel></rss>")
    };
    let mut closed = bytes[..end].to_vec();
    closed.extend_from_slice(tail);
    Some(closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_told_apart() {
        for (text, expected) in [
            ("<?xml version=\"1.0\"?><!-- x --><rss version=\"2.0\">", Root::Feed),
            ("\u{feff}  <feed xmlns=\"http://www.w3.org/2005/Atom\">", Root::Feed),
            ("<rdf:RDF xmlns:rdf=\"x\">", Root::Feed),
            ("<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\">", Root::WordPress),
            ("<!DOCTYPE HTML><html>", Root::Html),
            ("<?xml version=\"1.0\"?><html xmlns=\"x\">", Root::Html),
            ("<urlset>", Root::Other("urlset".into())),
            ("{\"a\":1}", Root::None),
            ("<?xml never ends", Root::None),
        ] {
            assert_eq!(root(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_reference_is_repaired_and_the_rest_is_left() {
        let text = b"\n<?xml version='1.0'?><a x='1&2'>Q&A &amp; &#38; &#x26; &nbsp;<![CDATA[R&B \x02]]><!-- & --></a>";
        let (repaired, changed) = repair(text);
        let expected = "<?xml version='1.0'?><a x='1&amp;2'>Q&amp;A &amp; &#38; &#x26; &amp;nbsp;<![CDATA[R&B ]]><!-- & --></a>";
        assert_eq!(String::from_utf8_lossy(&repaired), expected);
        assert_eq!(changed, 4);
        assert_eq!(repair(&repaired), (repaired.clone(), 0), "a second repair changes nothing");
    }
}
