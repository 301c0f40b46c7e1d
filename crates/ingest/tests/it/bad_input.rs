//! Inputs that are empty, binary, huge, broken or in another encoding: a clear message or a result.

use std::io::{BufRead, BufReader, Read};

use demarche_ingest::{Format, JsonReader, ReadError, ReadErrorKind, Source, detect, read};
use demarche_types::{Article, BlockKind};

fn one(origin: &str, bytes: &[u8]) -> Result<Article, ReadError> {
    let mut items: Vec<_> = read(&Source::new(origin, bytes)).collect();
    assert_eq!(items.len(), 1, "{origin}");
    items.remove(0)
}

fn message(origin: &str, bytes: &[u8]) -> String {
    let error = one(origin, bytes).expect_err("this cannot be read");
    assert!(!error.hint.is_empty(), "{origin}: an error names a next step");
    error.to_string()
}

fn paragraphs(article: &Article) -> usize {
    article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).count()
}

#[test]
fn empty_inputs() {
    for name in ["a.txt", "a.html", "a.jsonl", "-"] {
        for bytes in [&b""[..], b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"] {
            assert_eq!(message(name, bytes), format!("{name}: the input is empty"));
        }
    }
    assert_eq!(message("a.html", b"<html><head><script>x()</script></head></html>"), "a.html: the page has no visible text");
}

#[test]
fn binary_inputs() {
    assert_eq!(message("a.txt", b"%PDF-1.7 ..."), "a.txt: this is not text; it looks like a PDF document");
    assert_eq!(message("a.html", b"\x1f\x8b\x08\0\0\0\0"), "a.html: this is not text; it looks like gzip-compressed data");
    assert_eq!(message("a", b"\x7fELF\x02\x01\x01\0\0\0"), "a: this is not text; it looks like a program file");
    assert_eq!(
        message("a.jsonl", b"PK\x03\x04abc"),
        "a.jsonl:1: this is not text; it looks like a ZIP archive or an office document (docx, odt, epub)"
    );
    let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(message("a.txt", &noise), "a.txt: this is not text; it looks like binary data");
}

#[test]
fn a_stray_zero_byte_is_no_binary_file() {
    let mut bytes = "The envoys met in Geneva on Monday. ".repeat(60).into_bytes();
    bytes.insert(700, 0);
    assert_eq!(paragraphs(&one("a.txt", &bytes).expect("this is text")), 1);
}

#[test]
fn one_enormous_line() {
    let bytes = "The envoys met in Geneva. ".repeat(200 * 1024 * 1024 / 26).into_bytes();
    assert_eq!(
        message("a.txt", &bytes),
        format!("a.txt: an article of {} bytes is over the limit of 16777216 bytes", bytes.len())
    );
    let within = &bytes[..12 * 1024 * 1024];
    let article = one("a.txt", within).expect("a long line is text");
    assert_eq!(article.blocks.len(), 1);
    assert!(article.blocks[0].span.len() + 2 > within.len());
    drop(article);
    assert_eq!(message("a.html", &bytes), format!("a.html: a page of {} bytes is over the limit of 67108864 bytes", bytes.len()));
}

#[test]
fn a_hundred_thousand_sentences() {
    let text: String = (0..100_000)
        .map(|n| format!("Envoy number {n} arrived in Geneva on Monday.{}", if n % 5 == 4 { "\n\n" } else { " " }))
        .collect();
    let article = one("a.txt", text.as_bytes()).expect("a long text is text");
    assert_eq!(paragraphs(&article), 20_000);
    let page: String = text.split("\n\n").map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let page = format!("<html><body><article><h1>A very long list of envoys</h1>{page}</article></body></html>");
    let article = one("a.html", page.as_bytes()).expect("a long page is a page");
    assert_eq!(paragraphs(&article), 20_000);
}

#[test]
fn broken_pages() {
    let article = one("a.html", b"<html><body><div><p>Police arrested <b>twelve people in Lagos on Monday.<p>The union called it an attack on its rights</table></div><p>A court will hear them on Friday.").expect("a broken page is a page");
    assert_eq!(article.blocks.len(), 3);
    for deep in ["<div>", "<b><i>", "<table><tr><td>", "<blockquote>", "<ul><li>", "<font><span>"] {
        let page = format!("<body>{}The envoys met in Geneva on Monday.", deep.repeat(50_000));
        let article = one("a.html", page.as_bytes()).expect("a deep page is a page");
        assert!(article.text.contains("The envoys met in Geneva on Monday."), "{deep}");
        let page = format!("<body>{}The envoys met in Geneva on Monday.", deep.repeat(1_000));
        let article = one("a.html", page.as_bytes()).expect("a deep page is a page");
        assert!(article.text.contains("The envoys met in Geneva on Monday."), "{deep}");
    }
    let article = one("a.html", b"The envoys met in Geneva. <").expect("text is a page, too");
    assert_eq!(paragraphs(&article), 1);
}

#[test]
fn other_encodings() {
    let story = "Les ministres se sont réunis à Genève. L\u{2019}accord a été signé après l\u{2019}été, selon l\u{2019}agence.";
    let (western, _, _) = encoding_rs::WINDOWS_1252.encode(story);
    let article = one("a.txt", &western).expect("Windows-1252 is text");
    assert_eq!(article.text, story);
    assert!(article.diagnostics.iter().any(|diagnostic| diagnostic.message.contains("windows-1252")));

    let cyrillic = "Министры встретились в Женеве в понедельник. Соглашение подписано, сообщило агентство.";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(cyrillic);
    let page =
        [b"<html><head><meta charset=\"windows-1251\"></head><body><p>".as_slice(), &bytes, b"</p></body></html>"].concat();
    assert!(one("a.html", &page).expect("a declared encoding is read").text.contains(cyrillic));
    // The declaration is wrong: the bytes decide.
    let page = [b"<html><head><meta charset=\"utf-8\"></head><body><p>".as_slice(), &bytes, b"</p></body></html>"].concat();
    let article = one("a.html", &page).expect("a wrong declaration is no error");
    assert!(article.text.contains(cyrillic));
    assert!(article.diagnostics.iter().any(|diagnostic| diagnostic.message.contains("declares UTF-8")));

    let utf16: Vec<u8> = story.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(one("a.txt", &[b"\xff\xfe".as_slice(), &utf16].concat()).expect("UTF-16 is text").text, story);
    let plain = "The envoys met in Geneva on Monday, and they signed nothing.";
    let utf16: Vec<u8> = plain.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(one("a.txt", &utf16).expect("UTF-16 without a mark is text").text, plain);

    let article = one("a.txt", b"The envoys met in Gen\xc3\xa8ve \xc3\xa9t\xc3\xa9 \xc3\xa9\xc3\xa8\xc3\xa0\xc3\xb9\xc3\xaa\xc3\xae\xc3\xb4 and \xff left.").expect("damage is no error");
    assert!(article.text.contains("and \u{fffd} left"));
    let place = article.diagnostics.iter().find_map(|diagnostic| diagnostic.span).expect("the damage has a place");
    assert_eq!(place.of(&article.text), "\u{fffd}");
}

#[test]
fn lone_surrogates() {
    let article = one("a.jsonl", br#"{"text": "The envoy \ud83d said \ud83d\ude00 \udc00 and \\ud800 left."}"#)
        .expect("lone surrogates are mended");
    assert_eq!(article.text, "The envoy \u{fffd} said \u{1f600} \u{fffd} and \\ud800 left.");
    assert_eq!(article.diagnostics[0].message, "2 lone surrogates were replaced by \u{201c}\u{fffd}\u{201d}");
}

#[test]
fn bad_lines_do_not_stop_a_file() {
    let file = b"{\"text\": \"The envoys met in Geneva.\"}\n\n{\"text\": \n[1, 2]\n\"x\"\n{\"title\": \"no text\"}\n{\"text\": \"They left on Friday.\"}\n{\"text\": \"\"}";
    let items: Vec<String> = read(&Source::new("news.jsonl", file))
        .map(|item| match item {
            Ok(article) => format!("{}: ok", article.origin),
            Err(error) => error.to_string(),
        })
        .collect();
    let none = "the record has no text: none of the fields text, body, content, article or html holds a non-empty string";
    assert_eq!(
        items,
        [
            "news.jsonl:1: ok".to_owned(),
            "news.jsonl:3:8: not valid JSON: EOF while parsing a value".to_owned(),
            "news.jsonl:4: a record must be a JSON object, but this is a list".to_owned(),
            "news.jsonl:5: a record must be a JSON object, but this is a string".to_owned(),
            format!("news.jsonl:6: {none}"),
            "news.jsonl:7: ok".to_owned(),
            format!("news.jsonl:8: {none}"),
        ]
    );
}

#[test]
fn overlong_lines_are_skipped() {
    let file = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"They left on Friday.\"}}\n", "x ".repeat(600));
    let mut reader = JsonReader::new(file.as_bytes(), "news.jsonl").limit(1000);
    let error = reader.next().expect("there is a first line").expect_err("it is too long");
    assert_eq!(error.to_string(), "news.jsonl:1: a line of 1212 bytes is over the limit of 1000 bytes");
    assert_eq!(reader.next().expect("there is a second line").expect("it can be read").origin, "news.jsonl:2");
    assert!(reader.next().is_none());
}

/// Gives a line again and again without holding more than one.
struct Endless {
    line: &'static [u8],
    at: usize,
    left: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        let part = &self.line[self.at..];
        let len = part.len().min(buffer.len()).min(self.left);
        buffer[..len].copy_from_slice(&part[..len]);
        self.at = (self.at + len) % self.line.len();
        self.left -= len;
        Ok(len)
    }
}

#[test]
fn a_large_file_is_read_line_by_line() {
    let line = b"{\"text\": \"The envoys met in Geneva on Monday. They signed nothing.\", \"date\": \"2025-03-04\"}\n";
    let records = 20_000;
    let reader = BufReader::new(Endless { line, at: 0, left: line.len() * records });
    let mut reader = JsonReader::new(reader, "-");
    assert_eq!(reader.by_ref().filter(Result::is_ok).count(), records);
}

/// Fails after its first line.
struct Failing(bool);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if std::mem::replace(&mut self.0, true) {
            return Err(std::io::Error::other("the disk went away"));
        }
        let line = b"{\"text\": \"They left.\"}\n";
        buffer[..line.len()].copy_from_slice(line);
        Ok(line.len())
    }
}

#[test]
fn failing_readers() {
    let mut failing = BufReader::new(Failing(false));
    assert!(!failing.fill_buf().expect("the first read succeeds").is_empty());
    let items: Vec<_> = JsonReader::new(failing, "news.jsonl").collect();
    assert_eq!(items.len(), 2);
    let error = items[1].as_ref().expect_err("the reader failed");
    assert!(matches!(error.kind, ReadErrorKind::Io(_)));
}

#[test]
fn formats() {
    for (name, bytes, format) in [
        ("a.html", &b"x"[..], Format::Html),
        ("A.HTM", b"x", Format::Html),
        ("a.txt", b"<html>", Format::Text),
        ("a.jsonl", b"x", Format::JsonLines),
        ("-", b"\xef\xbb\xbf<!DOCTYPE html><html>", Format::Html),
        ("-", b"\n <div>x</div>", Format::Html),
        ("-", b"{\"text\": 1}", Format::JsonLines),
        ("-", b"[{\"text\": 1}]", Format::JsonLines),
        ("-", b"{curly} text", Format::Text),
        ("-", b"Talks resume", Format::Text),
        ("page.php", b"<html>", Format::Html),
    ] {
        assert_eq!(detect(name, bytes), format, "{name}");
    }
}
