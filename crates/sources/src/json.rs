//! JSON: a record a line, or one document with a record or a list of them, of any size.

use std::io::{self, BufRead, ErrorKind};

use demarche_ingest::{JsonReader, ReadErrorKind, is_known_field};
use serde_json::{Map, Value};

use crate::detect::LISTS;
use crate::failure::{Failure, Reason};
use crate::page::{Media, Page};
use crate::read::{Flow, Name, Out};
use crate::stream::{self, Stream};

/// Reads a record a line.
pub(crate) fn lines(name: &Name, stream: Stream, out: &mut Out<'_>) -> Flow {
    let limit = usize::try_from(out.settings.limits.record).unwrap_or(usize::MAX);
    let packed = stream.packed.clone();
    let mut reader = JsonReader::new(stream, &*name.origin).limit(limit);
    while let Some(line) = reader.next_unread() {
        match line {
            Ok(line) => {
                let number = line.number();
                record(&name.line(number), line.bytes().to_vec(), Some(number), out)?;
            }
            Err(error) => {
                let rest = !matches!(error.kind, ReadErrorKind::TooLarge { .. });
                let key = error.place.line.map_or_else(|| name.key.clone(), |line| name.line(line).key);
                let reason = match error.kind {
                    ReadErrorKind::Io(error) => stream::reason("file", error, packed.get()),
                    ReadErrorKind::TooLarge { size, limit, .. } => Reason::TooLarge { what: "line", found: Some(size), limit },
                    ReadErrorKind::Empty => Reason::Empty { what: "file" },
                    kind => Reason::Content { kind, hint: error.hint },
                };
                out.fail(Failure { key, place: error.place, reason: Box::new(reason), rest })?;
            }
        }
    }
    Flow::Continue(())
}

/// Reads one document: a list, an object that holds a list, a record over several lines, or several of these in a row.
pub(crate) fn document(name: &Name, stream: Stream, out: &mut Out<'_>) -> Flow {
    let packed = stream.packed.clone();
    let limit = usize::try_from(out.settings.limits.record).unwrap_or(usize::MAX);
    let mut scanner = Scanner { reader: stream.utf8(None), limit, buffer: Vec::new(), is_over: false };
    let mut at = 0;
    match values(name, &mut scanner, &mut at, out) {
        Ok(flow) => {
            if at == 0 && flow.is_continue() {
                return out.skip(name, Reason::Empty { what: "file" });
            }
            flow
        }
        Err(error) => {
            let reason = stream::reason("JSON document", error, packed.get());
            out.give_up(name, reason)
        }
    }
}

fn values(name: &Name, scanner: &mut Scanner, at: &mut u64, out: &mut Out<'_>) -> io::Result<Flow> {
    while let Some(first) = scanner.peek()? {
        let flow = match first {
            b'[' => list(name, scanner, at, out)?,
            b'{' => object(name, scanner, at, out)?,
            _ => {
                scanner.begin();
                scanner.value()?;
                element(name, scanner, at, out)
            }
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(Flow::Continue(()))
}

fn list(name: &Name, scanner: &mut Scanner, at: &mut u64, out: &mut Out<'_>) -> io::Result<Flow> {
    scanner.skip()?;
    loop {
        match scanner.expect()? {
            b']' => {
                scanner.skip()?;
                return Ok(Flow::Continue(()));
            }
            b',' => scanner.skip()?,
            _ => {
                scanner.begin();
                scanner.value()?;
                if element(name, scanner, at, out).is_break() {
                    return Ok(Flow::Break(()));
                }
                if !matches!(scanner.expect()?, b',' | b']') {
                    return Err(unexpected("a comma or the end of the list is missing"));
                }
            }
        }
    }
}

/// An object is a record, unless it holds a list of records and no text of its own before it.
fn object(name: &Name, scanner: &mut Scanner, at: &mut u64, out: &mut Out<'_>) -> io::Result<Flow> {
    let mut has_text = false;
    scanner.begin();
    scanner.take()?;
    loop {
        match scanner.expect()? {
            b'}' => {
                scanner.take()?;
                return Ok(element(name, scanner, at, out));
            }
            b',' => scanner.take()?,
            b'"' => {
                let start = scanner.buffer.len();
                scanner.value()?;
                let key = scanner.buffer.get(start..).unwrap_or_default();
                let key = String::from_utf8_lossy(key).trim_matches('"').to_owned();
                if scanner.expect()? != b':' {
                    return Err(unexpected("a colon is missing behind a name"));
                }
                scanner.take()?;
                let value = scanner.expect()?;
                if value == b'[' && !has_text && LISTS.contains(&key.as_str()) {
                    let flow = list(name, scanner, at, out)?;
                    if flow.is_break() {
                        return Ok(flow);
                    }
                    scanner.begin();
                    scanner.rest(1)?;
                    return Ok(Flow::Continue(()));
                }
                has_text |= is_known_field("text", &key) || is_known_field("html", &key);
                scanner.value()?;
            }
            _ => return Err(unexpected("a name in quotes is missing")),
        }
    }
}

fn element(name: &Name, scanner: &mut Scanner, at: &mut u64, out: &mut Out<'_>) -> Flow {
    *at += 1;
    let name = name.record(*at);
    if scanner.is_over {
        let limit = out.settings.limits.record;
        return out.skip(&name, Reason::TooLarge { what: "record", found: None, limit });
    }
    record(&name, std::mem::take(&mut scanner.buffer), None, out)
}

/// Hands on a record, its fields renamed.
pub(crate) fn record(name: &Name, bytes: Vec<u8>, line: Option<u64>, out: &mut Out<'_>) -> Flow {
    let mapping = &out.settings.mapping;
    if mapping.is_empty() {
        return out.page(Page::new(name, bytes, Media::Record(line)));
    }
    // What cannot be parsed is told by whoever reads the page.
    let Ok(fields) = serde_json::from_slice::<Map<String, Value>>(&bytes) else {
        return out.page(Page::new(name, bytes, Media::Record(line)));
    };
    match mapping.rename(fields) {
        Ok(fields) => out.page(Page::new(name, Value::Object(fields).to_string().into_bytes(), Media::Record(line))),
        Err(reason) => out.skip(name, reason),
    }
}

fn unexpected(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

/// Cuts JSON into its values without understanding them, so that one bad record is one failure.
struct Scanner {
    reader: Stream,
    limit: usize,
    buffer: Vec<u8>,
    is_over: bool,
}

impl Scanner {
    fn begin(&mut self) {
        self.buffer.clear();
        self.is_over = false;
    }

    /// The next byte that is no white space, left where it is.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let available = self.reader.fill_buf()?;
            if available.is_empty() {
                return Ok(None);
            }
            match available.iter().position(|b| !b.is_ascii_whitespace()) {
                Some(at) => {
                    let byte = available[at];
                    self.reader.consume(at);
                    return Ok(Some(byte));
                }
                None => {
                    let all = available.len();
                    self.reader.consume(all);
                }
            }
        }
    }

    fn expect(&mut self) -> io::Result<u8> {
        self.peek()?.ok_or_else(|| ErrorKind::UnexpectedEof.into())
    }

    fn byte(&mut self) -> io::Result<u8> {
        let byte = *self.reader.fill_buf()?.first().ok_or(ErrorKind::UnexpectedEof)?;
        self.reader.consume(1);
        Ok(byte)
    }

    fn skip(&mut self) -> io::Result<()> {
        self.byte().map(drop)
    }

    fn take(&mut self) -> io::Result<()> {
        let byte = self.byte()?;
        self.keep(&[byte]);
        Ok(())
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.buffer.len() + bytes.len() > self.limit {
            self.is_over = true;
            self.buffer = Vec::new();
        }
        if !self.is_over {
            self.buffer.extend_from_slice(bytes);
        }
    }

    /// Takes one value to its end.
    fn value(&mut self) -> io::Result<()> {
        match self.expect()? {
            b'{' | b'[' => {
                self.take()?;
                self.rest(1)
            }
            b'"' => {
                self.take()?;
                self.string()
            }
            b'}' | b']' | b',' | b':' => Err(unexpected("a value is missing")),
            _ => self.literal(),
        }
    }

    /// Takes bytes to the end of a string that was begun.
    fn string(&mut self) -> io::Result<()> {
        loop {
            let available = self.reader.fill_buf()?;
            if available.is_empty() {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            let stop = available.iter().position(|b| matches!(b, b'"' | b'\\'));
            let plain = available[..stop.unwrap_or(available.len())].to_vec();
            self.reader.consume(plain.len());
            self.keep(&plain);
            if stop.is_some() {
                let byte = self.byte()?;
                self.keep(&[byte]);
                if byte == b'"' {
                    return Ok(());
                }
                self.take()?;
            }
        }
    }

    /// Takes bytes until `depth` brackets are closed.
    fn rest(&mut self, mut depth: usize) -> io::Result<()> {
        while depth > 0 {
            let available = self.reader.fill_buf()?;
            if available.is_empty() {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            let stop = available.iter().position(|b| matches!(b, b'"' | b'{' | b'[' | b'}' | b']'));
            let plain = available[..stop.unwrap_or(available.len())].to_vec();
            self.reader.consume(plain.len());
            self.keep(&plain);
            if stop.is_some() {
                let byte = self.byte()?;
                self.keep(&[byte]);
                match byte {
                    b'"' => self.string()?,
                    b'{' | b'[' => depth += 1,
                    _ => depth -= 1,
                }
            }
        }
        Ok(())
    }

    /// Takes a number or a word.
    fn literal(&mut self) -> io::Result<()> {
        loop {
            let available = self.reader.fill_buf()?;
            let stop = available.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b',' | b']' | b'}' | b':'));
            let plain = available[..stop.unwrap_or(available.len())].to_vec();
            let is_end = available.is_empty() || stop.is_some();
            self.reader.consume(plain.len());
            self.keep(&plain);
            if is_end {
                return Ok(());
            }
        }
    }
}
