//! ZIP archives. The files in them are read in the order of their names, as those of a folder are.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::failure::Reason;
use crate::listing::{ending, is_article};
use crate::read::{self, Flow, Name, Out};
use crate::stream::{Counted, Fault, Guard, HEAD, Meter, Stream, reason};

/// The most files that an archive may list; the list is in memory.
const MOST_FILES: usize = 2_000_000;

/// Reads what is in an archive. One that is not on disk itself must fit into memory.
pub(crate) fn read(name: &Name, mut stream: Stream, path: Option<&Path>, out: &mut Out<'_>) -> Flow {
    let place = match path {
        Some(path) => Store::File(path.to_owned()),
        None => match stream.whole(out.settings.limits.whole) {
            Ok(Some(bytes)) => Store::Memory(bytes.into()),
            Ok(None) => {
                let limit = out.settings.limits.whole;
                return out.give_up(name, Reason::TooLarge { what: "archive", found: None, limit });
            }
            Err(error) => {
                let reason = stream.reason("ZIP archive", error);
                return out.give_up(name, reason);
            }
        },
    };
    let mut archive = match place.open().map_err(ZipError::Io).and_then(ZipArchive::new) {
        Ok(archive) => archive,
        Err(error) => return out.give_up(name, zip_reason(error, place.size())),
    };
    if archive.len() > MOST_FILES {
        let what = format!("an archive of {} files", archive.len());
        return out.give_up(name, Reason::Unsupported { what });
    }
    let mut entries: Vec<(String, usize)> = Vec::new();
    for at in 0..archive.len() {
        match archive.name_for_index(at) {
            Some(Ok(inner)) if !inner.ends_with('/') => entries.push((inner.into_owned(), at)),
            Some(Err(error)) => out.skip(name, zip_reason(error, None))?,
            _ => {}
        }
    }
    entries.sort();
    let mut seen = false;
    for (inner, at) in entries {
        let is_hidden = inner.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if is_hidden {
            continue;
        }
        if !is_article(Path::new(&inner)) {
            out.pass(ending(Path::new(&inner)));
            continue;
        }
        seen = true;
        let named = name.inner(&inner);
        match entry(&mut archive, at, &place, &stream, out) {
            Ok(inside) => read::stream(&named, &inner, inside, None, out)?,
            Err(reason) => out.skip(&named, reason)?,
        }
    }
    if !seen {
        return out.skip(name, Reason::EmptyFolder);
    }
    Flow::Continue(())
}

/// Opens one file of an archive.
fn entry(
    archive: &mut ZipArchive<Box<dyn Bytewise>>,
    at: usize,
    place: &Store,
    outer: &Stream,
    out: &Out<'_>,
) -> Result<Stream, Reason> {
    let limits = &out.settings.limits;
    let file = archive.by_index_raw(at).map_err(|error| zip_reason(error, None))?;
    if file.encrypted() {
        return Err(Reason::Unsupported { what: "an encrypted file".into() });
    }
    let start = file.data_start().ok_or_else(|| Reason::Corrupt {
        what: "ZIP archive",
        detail: "a file has no place in it".into(),
        at: None,
    })?;
    let io = |error| Reason::Io { what: "read", error };
    let mut reader = place.open().map_err(io)?;
    reader.seek(SeekFrom::Start(start)).map_err(io)?;
    let packed = Meter::default();
    let raw = BufReader::with_capacity(HEAD, Counted { reader: reader.take(file.compressed_size()), meter: packed.clone() });
    let plain: Box<dyn Read + Send> = match file.compression() {
        CompressionMethod::Stored => Box::new(raw),
        CompressionMethod::Deflated => Box::new(DeflateDecoder::new(raw)),
        CompressionMethod::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(raw).map_err(io)?),
        other => return Err(Reason::Unsupported { what: format!("a file packed with {other}") }),
    };
    let checked = Checked { reader: plain, crc: Crc::new(), expected: (file.crc32(), file.size()), read: 0 };
    let guard = Guard::new(checked, "packed file", packed, outer.unpacked.clone(), limits);
    let mut inside = outer.inside(guard);
    inside.layers = outer.layers + 1;
    Ok(inside)
}

/// Where an archive's bytes are.
enum Store {
    File(PathBuf),
    Memory(Bytes),
}

/// What can be read anywhere.
trait Bytewise: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytewise for T {}

impl Store {
    fn open(&self) -> io::Result<Box<dyn Bytewise>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }

    fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) => path.metadata().ok().map(|metadata| metadata.len()),
            Self::Memory(bytes) => Some(bytes.len() as u64),
        }
    }
}

fn zip_reason(error: ZipError, size: Option<u64>) -> Reason {
    match error {
        ZipError::Io(error) => reason("ZIP archive", error, size.unwrap_or(0)),
        // The list of files stands at the end: an archive that broke off has none.
        ZipError::InvalidArchive(detail) if detail.contains("end of central directory") || detail.contains("EOCD") => {
            Reason::Truncated { what: "ZIP archive", at: size.unwrap_or(0) }
        }
        ZipError::InvalidArchive(detail) => Reason::Corrupt { what: "ZIP archive", detail: detail.into_owned(), at: None },
        other => Reason::Unsupported { what: format!("this ZIP archive ({other})") },
    }
}

/// Compares size and checksum at the end.
struct Checked {
    reader: Box<dyn Read + Send>,
    crc: Crc,
    expected: (u32, u64),
    read: u64,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.crc.update(&buffer[..read]);
        self.read += read as u64;
        if read == 0 && !buffer.is_empty() {
            if self.read < self.expected.1 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, Fault::Truncated("packed file")));
            }
            if (self.crc.sum(), self.read) != self.expected {
                let fault = Fault::Corrupt("packed file", "its checksum is not that of the archive".into());
                return Err(io::Error::new(io::ErrorKind::InvalidData, fault));
            }
        }
        Ok(read)
    }
}
