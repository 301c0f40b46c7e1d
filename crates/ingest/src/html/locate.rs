//! Where a block of a parsed page stands in the page's source.
//!
//! Parsers give no offsets, so the visible characters of the source are read a second time, tags left out
//! and entities decoded, and each block is matched in document order. Nothing is stored but a position.

use demarche_types::Span;
use html5ever::data::NAMED_ENTITIES;

/// A block that is not found where the last one ended is looked for in so many characters.
const WINDOW: usize = 20_000;

/// All searching together may read so many characters; a page that defeats it keeps blocks without
/// places.
const BUDGET: usize = 5_000_000;

/// Elements whose content is no visible text.
const RAW: [&str; 8] = ["script", "style", "title", "noscript", "iframe", "textarea", "template", "noembed"];

/// Finds blocks in a source, one after the other.
pub(super) struct Locator<'a> {
    at: Scanner<'a>,
    budget: usize,
}

impl<'a> Locator<'a> {
    /// Starts before the first character.
    pub(super) fn new(source: &'a str) -> Self {
        Self { at: Scanner::new(source), budget: BUDGET }
    }

    /// The place of the next block with this text.
    pub(super) fn find(&mut self, text: &str) -> Option<Span> {
        let mut from = self.at.clone();
        let mut passed = 0;
        loop {
            let mut steps = 0;
            let found = matches(&from, text, &mut steps);
            self.budget = self.budget.saturating_sub(steps);
            if let Some((span, after)) = found {
                // A short block far off is more likely another place with the same words.
                if passed > 400 && text.len() < 24 {
                    return None;
                }
                self.at = after;
                return Some(span);
            }
            from.next()?;
            passed += 1;
            if passed > WINDOW || self.budget == 0 {
                return None;
            }
        }
    }
}

/// Whether `text` stands at `from`; if so, its place and the scanner behind it. `steps` counts the characters read.
fn matches<'a>(from: &Scanner<'a>, text: &str, steps: &mut usize) -> Option<(Span, Scanner<'a>)> {
    let mut scanner = from.clone();
    let mut place: Option<Span> = None;
    for wanted in text.chars().filter(|c| counts(*c)) {
        *steps += 1;
        let (c, span) = scanner.next()?;
        if c != wanted {
            return None;
        }
        place = Some(place.map_or(span, |place| place.cover(span)));
    }
    Some((place?, scanner))
}

/// White space and characters without width are normalised away in blocks, so they do not count here.
fn counts(c: char) -> bool {
    !c.is_whitespace() && !is_invisible(c)
}

/// Characters without width, which pages use to break or join words.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\0')
}

/// Reads the visible characters of a page's source with their places; white space is left out.
#[derive(Clone)]
pub(super) struct Scanner<'a> {
    source: &'a str,
    at: usize,
    /// Second character of an entity that stands for two.
    pending: Option<(char, Span)>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, at: 0, pending: None }
    }

    /// Steps over a tag, comment or declaration at `at`; `false` when the "<" is text.
    fn skip_markup(&mut self) -> bool {
        let rest = &self.source[self.at..];
        let bytes = rest.as_bytes();
        let end = match bytes.get(1) {
            Some(b'!') if rest.starts_with("<!--") => rest[4..].find("-->").map(|at| at + 7),
            Some(b'!' | b'?') => rest.find('>').map(|at| at + 1),
            Some(c) if c.is_ascii_alphabetic() => tag_end(rest),
            Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => tag_end(rest),
            Some(b'/') => rest.find('>').map(|at| at + 1),
            _ => return false,
        };
        let end = end.unwrap_or(rest.len());
        let name: &str = rest[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        self.at += end;
        if let Some(raw) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) {
            self.at += raw_end(&self.source[self.at..], raw);
        }
        true
    }

    /// The character reference at `at`: one or two characters, and its length.
    fn entity(&self) -> Option<(char, Option<char>, usize)> {
        let rest = &self.source[self.at + 1..];
        if let Some(number) = rest.strip_prefix('#') {
            let (digits, radix, skip) = match number.strip_prefix(['x', 'X']) {
                Some(hex) => (hex, 16, 3),
                None => (number, 10, 2),
            };
            let len = digits.bytes().take(8).take_while(|b| (*b as char).is_digit(radix)).count();
            let code = u32::from_str_radix(digits.get(..len)?, radix).ok()?;
            let closed = usize::from(digits[len..].starts_with(';'));
            return Some((numeric(code), None, skip + len + closed));
        }
        let len = rest.bytes().take(40).take_while(u8::is_ascii_alphanumeric).count();
        // The longest known name wins; a name may lack its semicolon when it is an old one.
        let closed = len + usize::from(rest[len..].starts_with(';'));
        (1..=closed).rev().find_map(|len| {
            let &(first, second) = NAMED_ENTITIES.get(rest.get(..len)?).filter(|(first, _)| *first != 0)?;
            Some((char::from_u32(first)?, char::from_u32(second).filter(|c| *c != '\0'), len + 1))
        })
    }
}

impl Iterator for Scanner<'_> {
    type Item = (char, Span);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(pending) = self.pending.take() {
            return Some(pending);
        }
        loop {
            let c = self.source[self.at..].chars().next()?;
            if c == '<' && self.skip_markup() {
                continue;
            }
            let (c, second, len) = match c {
                '&' => self.entity().unwrap_or(('&', None, 1)),
                c => (c, None, c.len_utf8()),
            };
            let span = Span::new(self.at, self.at + len);
            self.at += len;
            if counts(c) {
                self.pending = second.filter(|c| counts(*c)).map(|c| (c, span));
                return Some((c, span));
            }
        }
    }
}

/// One past the ">" that closes a tag; quoted attribute values may hold others.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = 0u8;
    for (at, b) in tag.bytes().enumerate().skip(1) {
        match (quote, b) {
            (Some(open), b) if b == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if before == b'=' => quote = Some(b),
            (None, b'>') => return Some(at + 1),
            (None, _) => {}
        }
        if !b.is_ascii_whitespace() {
            before = b;
        }
    }
    None
}

/// Where the content of a raw element ends.
fn raw_end(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let tag = &rest[from + at + 2..];
        if tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return from + at;
        }
        from += at + 2;
    }
    rest.len()
}

/// A numeric character reference as browsers read it: the codes 128 to 159 mean Windows-1252.
fn numeric(code: u32) -> char {
    const WINDOWS: [u32; 32] = [
        0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
        0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
    ];
    let code = match code {
        0x80..=0x9f => WINDOWS[(code - 0x80) as usize],
        code => code,
    };
    char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visible(source: &str) -> String {
        Scanner::new(source).map(|(c, _)| c).collect()
    }

    #[test]
    fn reads_visible_characters() {
        assert_eq!(visible("<p class='a>b'>A &amp; B&nbsp;C</p><script>x<y</script>D"), "A&BCD");
        assert_eq!(visible("a < b <!-- c --> &#8217;&#x2019;&eacute;&bogus; &#146;"), "a<b\u{2019}\u{2019}é&bogus;\u{2019}");
        assert_eq!(visible("<TITLE>x</TITLE>y<!doctype html>z</p"), "yz");
    }

    #[test]
    fn finds_blocks_in_order() {
        let source = "<h1>Talks</h1><p>Talks <b>resume</b> &ldquo;soon&rdquo;</p><p>Talks</p>";
        let mut locator = Locator::new(source);
        let slice = |span: Option<Span>| span.map(|span| span.of(source).to_owned());
        assert_eq!(slice(locator.find("Talks")).as_deref(), Some("Talks"));
        assert_eq!(slice(locator.find("Talks resume “soon”")).as_deref(), Some("Talks <b>resume</b> &ldquo;soon&rdquo;"));
        assert_eq!(slice(locator.find("absent")), None);
        assert_eq!(slice(locator.find("Talks")).as_deref(), Some("Talks"));
    }
}
