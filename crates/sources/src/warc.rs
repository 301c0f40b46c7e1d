//! Crawls: the pages of WARC files, one after the other. A file of any size takes the memory of its largest page.

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};

use fastwarc::stream_io::brotli::BrotliReader;
use fastwarc::stream_io::chunked::ChunkedReader;
use fastwarc::warc::record::{WarcRecord, WarcRecordType};

use crate::failure::Reason;
use crate::page::{Media, Page};
use crate::read::{Flow, Name, Out};
use crate::stream::{Fault, HEAD, Stream, reason};

/// The longest header block that is taken.
const HEADER: usize = 256 << 10;

/// Bytes between two records beyond which something other than line ends stands there.
const GAP: u64 = 16;

/// Reads the pages of a crawl: answers with status 2xx that are HTML or text, and texts made of them. All else is
/// counted.
pub(crate) fn read(name: &Name, stream: Stream, out: &mut Out<'_>) -> Flow {
    let packed = stream.packed.clone();
    let reader = BufReader::with_capacity(HEAD, Positioned { stream, at: 0 });
    let failed = |error: io::Error, out: &mut Out<'_>| match error.kind() {
        io::ErrorKind::UnexpectedEof if packed.get() == 0 => out.skip(name, Reason::Empty { what: "file" }),
        _ => out.give_up(name, reason("WARC file", error, packed.get())),
    };
    let mut record = match WarcRecord::from_reader_with_opts(reader, true, HEADER) {
        Ok(record) => record,
        // In lenient mode everything before the first header is skipped, to the end if there is none.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && error.get_ref().is_some() => {
            let is_named = error.get_ref().is_some_and(|inner| inner.is::<Fault>());
            if is_named || packed.get() == 0 {
                return failed(error, out);
            }
            let reason = Reason::Corrupt { what: "WARC file", detail: "there is no record in it".into(), at: None };
            return out.give_up(name, reason);
        }
        Err(error) => return failed(error, out),
    };
    let mut end = 0;
    loop {
        let start = record.stream_pos();
        if start.saturating_sub(end) > GAP {
            let detail = format!("{} bytes between two records are none", start - end);
            out.skip(name, Reason::Corrupt { what: "WARC file", detail, at: Some(end) })?;
        }
        // Headers are over, so the position is where the content starts.
        let content = record.content_length();
        let begin = match record.reader_mut().map(|reader| reader.real_stream_position()) {
            Some(Ok(at)) => at,
            Some(Err(error)) => return failed(error, out),
            None => return Flow::Continue(()),
        };
        let named = named(name, &record, start);
        match page(&named, &mut record, out) {
            Ok(flow) => flow?,
            Err(Cut::Short) => {
                let reason = Reason::Truncated { what: "WARC record", at: packed.get() };
                return out.give_up(&named, reason);
            }
            Err(Cut::Io(error)) => {
                let reason = reason("WARC record", error, packed.get());
                return out.give_up(&named, reason);
            }
        }
        end = begin + content;
        match record.next_inplace() {
            None => return Flow::Continue(()),
            Some(Ok(())) => {}
            Some(Err(error)) => return failed(error, out),
        }
    }
}

/// Why a record could not be read to its end.
enum Cut {
    Short,
    Io(io::Error),
}

impl From<io::Error> for Cut {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The identifier of a record is the key of its page; it is the same wherever the file lies.
fn named(name: &Name, record: &WarcRecord, start: u64) -> Name {
    match record.record_id() {
        Some(id) => {
            let id = id.trim().trim_start_matches('<').trim_end_matches('>').to_owned();
            Name { key: id.clone(), origin: name.record(&id).origin }
        }
        None => name.record(start),
    }
}

fn page(name: &Name, record: &mut WarcRecord, out: &mut Out<'_>) -> Result<Flow, Cut> {
    let kind = record.record_type();
    let is_answer = kind == WarcRecordType::Response && record.is_http();
    let is_text = matches!(kind, WarcRecordType::Conversion | WarcRecordType::Resource);
    if !is_answer && !is_text {
        out.pass(format!("record of type {}", kind.as_str()));
        return consume(record);
    }
    let limit = out.settings.limits.page;
    let header = |record: &WarcRecord, key: &str| record.headers().get(key).map(|value| value.trim().to_owned());
    let url = header(record, "WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
    let retrieved = header(record, "WARC-Date");
    let cut = header(record, "WARC-Truncated");
    let whole = record.content_length();
    let (media_type, charset, transfer, encoding);
    if is_answer {
        if let Err(error) = record.parse_http_with_opts(fastwarc::warc::record::AutoDecode::None, HEADER, true) {
            let is_ours = error.get_ref().is_some_and(|inner| inner.is::<Fault>());
            if is_ours || !matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::Other) {
                return Err(Cut::Io(error));
            }
            let reason = Reason::Corrupt { what: "HTTP header", detail: error.to_string(), at: None };
            // How much of the record is left is not known, so it is no sign of a cut if it is less than told.
            record.consume()?;
            return Ok(out.skip(name, reason));
        }
        let status = record.http_headers().and_then(|headers| headers.status_code()).unwrap_or(0);
        if !(200..300).contains(&status) {
            out.pass(format!("answer {status}"));
            return consume(record);
        }
        media_type = record.http_content_type().unwrap_or_default().to_ascii_lowercase();
        charset = record.http_charset().map(|charset| charset.trim_matches(['"', '\'']).to_owned());
        let http = |key: &str| record.http_headers().and_then(|headers| headers.get(key)).map(|v| v.to_ascii_lowercase());
        transfer = http("Transfer-Encoding");
        encoding = http("Content-Encoding");
    } else {
        let declared = header(record, "Content-Type").unwrap_or_default().to_ascii_lowercase();
        media_type = declared.split(';').next().unwrap_or_default().trim().to_owned();
        charset = None;
        transfer = None;
        encoding = None;
    }
    let Some(media) = media(&media_type) else {
        out.pass(format!("media type {}", if media_type.is_empty() { "not told" } else { &media_type }));
        return consume(record);
    };
    let length = record.content_length();
    if whole == 0 || length == 0 {
        out.pass("record without content");
        return consume(record);
    }
    if length > limit {
        let flow = out.skip(name, Reason::TooLarge { what: "page", found: Some(length), limit });
        return if flow.is_break() { Ok(flow) } else { consume(record) };
    }
    let mut bytes = Vec::new();
    if let Some(reader) = record.reader_mut() {
        reader.take(length).read_to_end(&mut bytes)?;
    }
    if (bytes.len() as u64) < length {
        return Err(Cut::Short);
    }
    let mut notices = Vec::new();
    if let Some(cut) = cut {
        notices.push(format!("the crawler cut the page short ({cut})"));
    }
    let bytes = match body(bytes, transfer.as_deref(), encoding.as_deref(), limit) {
        Ok((bytes, is_whole)) => {
            if !is_whole {
                notices.push("the packed content ends too early; what came before was read".to_owned());
            }
            bytes
        }
        Err(reason) => return Ok(out.skip(name, reason)),
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        out.pass("record without content");
        return Ok(Flow::Continue(()));
    }
    let page = Page { url, charset, retrieved, notices, ..Page::new(name, bytes, media) };
    Ok(out.page(page))
}

/// Skips what is left of a record.
fn consume(record: &mut WarcRecord) -> Result<Flow, Cut> {
    let length = record.content_length();
    let consumed = record.consume()?;
    if (consumed as u64) < length { Err(Cut::Short) } else { Ok(Flow::Continue(())) }
}

/// What a media type is read as; `None` for what is no article.
pub(crate) fn media(media_type: &str) -> Option<Media> {
    match media_type {
        "text/html" | "application/xhtml+xml" => Some(Media::Html),
        "text/plain" => Some(Media::Text),
        _ => None,
    }
}

/// Takes transfer and content encodings off. Crawlers often store the decoded content with the header as it came, so
/// each is looked for in the bytes. Returns whether the content was whole.
fn body(mut bytes: Vec<u8>, transfer: Option<&str>, encoding: Option<&str>, limit: u64) -> Result<(Vec<u8>, bool), Reason> {
    let mut is_whole = true;
    if transfer.is_some_and(|transfer| transfer.contains("chunked")) && looks_chunked(&bytes) {
        let (plain, whole) = take(ChunkedReader::new(Cursor::new(bytes.clone())), limit, "chunked content")?;
        if whole || !plain.is_empty() {
            bytes = plain;
            is_whole &= whole;
        }
    }
    for encoding in encoding.unwrap_or_default().split(',').rev().map(str::trim) {
        let starts = |magic: &[u8]| bytes.starts_with(magic);
        let (plain, whole) = match encoding {
            "gzip" | "x-gzip" if starts(b"\x1f\x8b") => take(flate2::read::MultiGzDecoder::new(&*bytes), limit, "gzip data")?,
            "deflate" if starts(b"\x78") => take(flate2::read::ZlibDecoder::new(&*bytes), limit, "deflate data")?,
            "zstd" if starts(b"\x28\xb5\x2f\xfd") => {
                let decoder = zstd::stream::read::Decoder::new(&*bytes).map_err(|error| reason("Zstandard data", error, 0))?;
                take(decoder, limit, "Zstandard data")?
            }
            // Brotli has no mark; content that is text already was decoded by the crawler.
            "br" if std::str::from_utf8(&bytes).is_err() => {
                match take(BrotliReader::new(Cursor::new(bytes.clone())), limit, "Brotli data") {
                    Ok(plain) => plain,
                    Err(reason @ Reason::TooLarge { .. }) => return Err(reason),
                    Err(_) => continue,
                }
            }
            _ => continue,
        };
        bytes = plain;
        is_whole &= whole;
    }
    Ok((bytes, is_whole))
}

/// Whether the content starts with the size of a chunk.
fn looks_chunked(bytes: &[u8]) -> bool {
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let size = line.split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
    !size.is_empty() && size.len() <= 8 && size.iter().all(u8::is_ascii_hexdigit)
}

/// What a decoder gives, up to a limit, and whether it came to its end. Content that ends too early is kept.
fn take(decoder: impl Read, limit: u64, what: &'static str) -> Result<(Vec<u8>, bool), Reason> {
    let mut plain = Vec::new();
    let read = decoder.take(limit + 1).read_to_end(&mut plain);
    if plain.len() as u64 > limit {
        return Err(Reason::TooLarge { what: "page", found: None, limit });
    }
    match read {
        Ok(_) => Ok((plain, true)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && !plain.is_empty() => Ok((plain, false)),
        Err(error) => Err(Reason::Corrupt { what, detail: error.to_string(), at: None }),
    }
}

/// A stream that tells its position, which is all of seeking that reading forward needs.
struct Positioned {
    stream: Stream,
    at: u64,
}

impl Read for Positioned {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Positioned {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(0) => Ok(self.at),
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}
