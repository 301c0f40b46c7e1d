//! Files that appear whole or not at all: written under another name, hashed on the way, and renamed at the end.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::{ExportError, FileEntry};

/// A file that is being written. Dropped without [`OutFile::keep`], it leaves nothing behind.
pub(crate) struct OutFile<W: Write = NamedTempFile> {
    sink: BufWriter<Hashing<W>>,
    /// Where it is to stand, as far as that is known yet: for messages.
    path: PathBuf,
    rows: u64,
}

/// Hashes and counts what passes.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(data)?;
        self.hash.update(&data[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl OutFile {
    /// Begins a file in a folder that exists.
    pub(crate) fn create(folder: &Path, name: &str) -> Result<Self, ExportError> {
        let path = folder.join(name);
        let file = tempfile::Builder::new()
            .prefix(".demarche-")
            .suffix(".partial")
            .tempfile_in(folder)
            .map_err(ExportError::write(&path))?;
        Ok(Self::over(file, path))
    }

    /// Gives the file its name, over what may stand there.
    pub(crate) fn keep(self, name: &str, columns: Vec<String>) -> Result<FileEntry, ExportError> {
        let path = self.path.with_file_name(name);
        let fail = |error: io::Error| ExportError::Write { path: path.clone(), source: error };
        let hashing = self.sink.into_inner().map_err(|e| fail(e.into_error()))?;
        hashing.inner.as_file().sync_all().map_err(fail)?;
        open_to_all(hashing.inner.path()).map_err(fail)?;
        hashing.inner.persist(&path).map_err(|e| fail(e.error))?;
        let sha256 = hashing.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(FileEntry { name: name.to_owned(), rows: self.rows, bytes: hashing.bytes, sha256, columns })
    }
}

impl<W: Write> OutFile<W> {
    fn over(inner: W, path: PathBuf) -> Self {
        let hashing = Hashing { inner, hash: Sha256::new(), bytes: 0 };
        Self { sink: BufWriter::with_capacity(1 << 16, hashing), path, rows: 0 }
    }

    /// Writes a piece.
    pub(crate) fn put(&mut self, text: &str) -> Result<(), ExportError> {
        self.sink.write_all(text.as_bytes()).map_err(|source| ExportError::Write { path: self.path.clone(), source })
    }

    /// Counts a row.
    pub(crate) fn count(&mut self) {
        self.rows += 1;
    }

    /// Sets the count of rows, of a writer that counts itself.
    pub(crate) fn set_rows(&mut self, rows: u64) {
        self.rows = rows;
    }

    /// The rows counted.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Where it is to stand.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// A comma-separated file with a header.
pub(crate) struct CommaFile {
    writer: csv::Writer<OutFile>,
    path: PathBuf,
    name: &'static str,
    columns: Vec<String>,
    rows: u64,
}

impl CommaFile {
    /// Begins it with the header.
    pub(crate) fn create(folder: &Path, name: &'static str, columns: Vec<String>) -> Result<Self, ExportError> {
        let file = OutFile::create(folder, name)?;
        let mut file =
            Self { path: folder.join(name), writer: csv::Writer::from_writer(file), name, columns: Vec::new(), rows: 0 };
        file.row(&columns)?;
        Ok(Self { columns, rows: 0, ..file })
    }

    /// Writes a row.
    pub(crate) fn row(&mut self, cells: &[String]) -> Result<(), ExportError> {
        self.writer
            .write_record(cells)
            .map_err(|error| ExportError::Write { path: self.path.clone(), source: io_error(error) })?;
        self.rows += 1;
        Ok(())
    }

    /// Gives the file its name.
    pub(crate) fn keep(self) -> Result<FileEntry, ExportError> {
        let path = self.path;
        let mut file = self.writer.into_inner().map_err(|e| ExportError::Write { path, source: e.into_error() })?;
        file.set_rows(self.rows);
        file.keep(self.name, self.columns)
    }
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// For writers of formats that take a `Write`.
impl<W: Write> Write for OutFile<W> {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.sink.write(data)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// Temporary files are for their owner alone; what is exported may be read by all, as files usually are.
#[cfg(unix)]
fn open_to_all(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "in a test the panic is the message")]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_at_the_end_only_and_its_hash_is_that_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = OutFile::create(folder.path(), "events").unwrap();
        file.put("abc").unwrap();
        assert!(!folder.path().join("events.csv").exists());
        let entry = file.keep("events.csv", Vec::new()).unwrap();
        assert_eq!(std::fs::read(folder.path().join("events.csv")).unwrap(), b"abc");
        assert_eq!((entry.bytes, entry.sha256.as_str()), (3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    #[test]
    fn a_file_that_is_not_kept_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = OutFile::create(folder.path(), "events").unwrap();
        file.put("abc").unwrap();
        drop(file);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    /// The device that is always full gives the real error of a full disk.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named_with_the_next_step() {
        let device = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut file = OutFile::over(device, PathBuf::from("out/events.csv"));
        let error = file.put(&"x".repeat(1 << 17)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot write out/events.csv: the disk is full; free some space or choose another folder, then export again"
        );
    }
}
