//! Byte streams that know how far they are, unpack as they go, and stop at bombs.

use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::bufread::MultiGzDecoder;

use crate::failure::Reason;
use crate::settings::Limits;

/// Bytes that are looked at to tell what an input is.
pub(crate) const HEAD: usize = 1 << 16;

/// Unpacked bytes after which the ratio is looked at, again and again: a bomb may stand behind much that is harmless.
const WINDOW: u64 = 64 << 20;

/// The skippable frame in which a Zstandard file carries its own dictionary, as in `.warc.zst`.
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// The largest dictionary that is taken.
const LARGEST_DICTIONARY: u32 = 16 << 20;

/// A count of bytes that is read while they flow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter(Arc<AtomicU64>);

impl Meter {
    pub(crate) fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }

    pub(crate) fn set(&self, bytes: u64) {
        self.0.store(bytes, Relaxed);
    }

    fn add(&self, bytes: usize) -> u64 {
        self.0.fetch_add(bytes as u64, Relaxed) + bytes as u64
    }
}

/// A stream of an input.
pub(crate) struct Stream {
    reader: Box<dyn BufRead + Send>,
    /// Bytes of the input that were read, packed as they are.
    pub(crate) packed: Meter,
    /// Bytes that were unpacked, all layers together.
    pub(crate) unpacked: Meter,
    /// How many layers were taken off.
    pub(crate) layers: usize,
}

impl Stream {
    /// A stream over a file or an answer.
    pub(crate) fn new(reader: impl Read + Send + 'static) -> Self {
        let packed = Meter::default();
        let reader = Box::new(BufReader::with_capacity(HEAD, Counted { reader, meter: packed.clone() }));
        Self { reader, packed, unpacked: Meter::default(), layers: 0 }
    }

    /// A stream over what stands inside of another.
    pub(crate) fn inside(&self, reader: impl Read + Send + 'static) -> Self {
        Self { unpacked: self.unpacked.clone(), layers: self.layers, ..Self::new(reader) }
    }

    /// The first bytes, as many as there are up to [`HEAD`]. They are read again afterwards.
    /// An error behind them comes when they were read.
    pub(crate) fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        let rest: Box<dyn BufRead + Send> = match self.reader.by_ref().take(HEAD as u64).read_to_end(&mut head) {
            Ok(_) => std::mem::replace(&mut self.reader, Box::new(io::empty())),
            Err(error) if head.is_empty() => return Err(error),
            Err(error) => Box::new(BufReader::with_capacity(1, Broken(Some(error)))),
        };
        self.reader = Box::new(Cursor::new(head.clone()).chain(rest));
        Ok(head)
    }

    /// Unpacks gzip.
    pub(crate) fn gunzip(self, limits: &Limits) -> Self {
        self.unpack("gzip data", limits, |reader| Ok(Box::new(MultiGzDecoder::new(reader))))
    }

    /// Unpacks Zstandard, with the file's own dictionary if it has one.
    pub(crate) fn unzstd(self, limits: &Limits) -> Self {
        self.unpack("Zstandard data", limits, |mut reader| {
            let decoder = match dictionary(&mut reader)? {
                Some(dictionary) => zstd::stream::read::Decoder::with_dictionary(reader, &dictionary)?,
                None => zstd::stream::read::Decoder::with_buffer(reader)?,
            };
            Ok(Box::new(decoder))
        })
    }

    /// The stream as UTF-8 without byte order mark: UTF-16 is known by its mark, all else is taken to be `encoding`.
    pub(crate) fn utf8(self, encoding: Option<&'static Encoding>) -> Self {
        let mut builder = DecodeReaderBytesBuilder::new();
        builder.encoding(encoding.filter(|encoding| *encoding != UTF_8)).bom_override(true).strip_bom(true);
        let reader = builder.utf8_passthru(true).build(self.reader);
        Self { reader: Box::new(BufReader::with_capacity(HEAD, reader)), ..self }
    }

    fn unpack(
        self,
        what: &'static str,
        limits: &Limits,
        decoder: impl FnOnce(Box<dyn BufRead + Send>) -> io::Result<Box<dyn Read + Send>>,
    ) -> Self {
        let before = Meter::default();
        let counted = CountedBuf { reader: self.reader, meter: before.clone() };
        let decoder = decoder(Box::new(counted)).unwrap_or_else(|error| Box::new(Broken(Some(error))));
        let guard = Guard::new(decoder, what, before, self.unpacked.clone(), limits);
        let reader = Box::new(BufReader::with_capacity(HEAD, guard));
        Self { reader, layers: self.layers + 1, ..self }
    }

    /// All bytes, or `None` where there are more than `limit`.
    pub(crate) fn whole(&mut self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        self.reader.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= limit).then_some(bytes))
    }

    /// What went wrong, told with the bytes that were read.
    pub(crate) fn reason(&self, what: &'static str, error: io::Error) -> Reason {
        reason(what, error, self.packed.get())
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.reader.consume(amount);
    }
}

/// What an error of a stream means. `what` names the format for errors that no layer has named.
pub(crate) fn reason(what: &'static str, error: io::Error, at: u64) -> Reason {
    if let Some(fault) = error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
        return match fault {
            Fault::Bomb { packed, unpacked } => Reason::Bomb { packed: *packed, unpacked: *unpacked },
            Fault::TooLarge { what, limit } => Reason::TooLarge { what, found: None, limit: *limit },
            Fault::Truncated(what) => Reason::Truncated { what, at },
            Fault::Corrupt(what, detail) => Reason::Corrupt { what, detail: detail.clone(), at: Some(at) },
        };
    }
    match error.kind() {
        ErrorKind::UnexpectedEof => Reason::Truncated { what, at },
        ErrorKind::InvalidData | ErrorKind::InvalidInput => Reason::Corrupt { what, detail: error.to_string(), at: Some(at) },
        _ => Reason::Io { what: "read", error },
    }
}

/// Errors that know what they are on their way through readers that don't.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    Bomb { packed: u64, unpacked: u64 },
    TooLarge { what: &'static str, limit: u64 },
    Truncated(&'static str),
    Corrupt(&'static str, String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bomb { .. } => "too much unpacks from too little",
            Self::TooLarge { .. } => "too large",
            Self::Truncated(_) => "ends too early",
            Self::Corrupt(..) => "damaged",
        })
    }
}

impl std::error::Error for Fault {}

/// Counts bytes as they are read.
pub(crate) struct Counted<R> {
    pub(crate) reader: R,
    pub(crate) meter: Meter,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.meter.add(read);
        Ok(read)
    }
}

/// Counts bytes as they are taken.
struct CountedBuf {
    reader: Box<dyn BufRead + Send>,
    meter: Meter,
}

impl Read for CountedBuf {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.meter.add(read);
        Ok(read)
    }
}

impl BufRead for CountedBuf {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.meter.add(amount);
        self.reader.consume(amount);
    }
}

/// A reader that fails once.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Watches what comes out of a decoder, and names its errors.
pub(crate) struct Guard<R> {
    decoder: R,
    what: &'static str,
    packed: Meter,
    unpacked: Meter,
    out: u64,
    last: (u64, u64),
    limits: Limits,
}

impl<R: Read> Guard<R> {
    /// A guard over a decoder that reads bytes which `packed` counts; `unpacked` is the count of the whole input.
    pub(crate) fn new(decoder: R, what: &'static str, packed: Meter, unpacked: Meter, limits: &Limits) -> Self {
        Self { decoder, what, packed, unpacked, out: 0, last: (0, 0), limits: *limits }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer).map_err(|error| name(self.what, error))?;
        self.out += read as u64;
        if self.unpacked.add(read) > self.limits.unpacked {
            return Err(io::Error::other(Fault::TooLarge { what: "archive", limit: self.limits.unpacked }));
        }
        if self.out - self.last.1 >= WINDOW {
            let packed = self.packed.get();
            let (came, went) = (packed - self.last.0, self.out - self.last.1);
            if went > came.max(1).saturating_mul(self.limits.ratio) {
                return Err(io::Error::other(Fault::Bomb { packed: came, unpacked: went }));
            }
            self.last = (packed, self.out);
        }
        Ok(read)
    }
}

/// An error of a decoder with the format's name. Errors of what the decoder reads from pass as they are.
fn name(what: &'static str, error: io::Error) -> io::Error {
    if error.get_ref().is_some_and(|inner| inner.is::<Fault>()) {
        return error;
    }
    match error.kind() {
        ErrorKind::UnexpectedEof => io::Error::new(ErrorKind::UnexpectedEof, Fault::Truncated(what)),
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other if error.raw_os_error().is_none() => {
            io::Error::new(ErrorKind::InvalidData, Fault::Corrupt(what, error.to_string()))
        }
        _ => error,
    }
}

/// Reads the dictionary that stands in front of the frames, if there is one.
fn dictionary(reader: &mut Box<dyn BufRead + Send>) -> io::Result<Option<Vec<u8>>> {
    if !reader.fill_buf()?.starts_with(&DICTIONARY) {
        return Ok(None);
    }
    let mut header = [0; 8];
    reader.read_exact(&mut header)?;
    let size = u32::from_le_bytes([header[4], header[5], header[6], header[7]]);
    if size > LARGEST_DICTIONARY {
        return Err(io::Error::new(ErrorKind::InvalidData, "its dictionary is too large"));
    }
    let mut dictionary = vec![0; size as usize];
    reader.read_exact(&mut dictionary)?;
    if dictionary.starts_with(b"\x28\xb5\x2f\xfd") {
        let mut plain = Vec::new();
        let limit = u64::from(LARGEST_DICTIONARY);
        zstd::stream::read::Decoder::new(&*dictionary)?.take(limit).read_to_end(&mut plain)?;
        dictionary = plain;
    }
    Ok(Some(dictionary))
}

/// A reader that fails when too much was read since its meter was last set to zero: a quote that is never closed must
/// not take all memory.
pub(crate) struct Leash<R> {
    reader: R,
    meter: Meter,
    what: &'static str,
    limit: u64,
}

impl<R: Read> Leash<R> {
    pub(crate) fn new(reader: R, what: &'static str, limit: u64) -> (Self, Meter) {
        let meter = Meter::default();
        (Self { reader, meter: meter.clone(), what, limit }, meter)
    }
}

impl<R: Read> Read for Leash<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        if self.meter.add(read) > self.limit.saturating_add(HEAD as u64) {
            return Err(io::Error::other(Fault::TooLarge { what: self.what, limit: self.limit }));
        }
        Ok(read)
    }
}
