//! Where results go: the terminal, a pipe, or a file that appears only when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;

use crate::error::UserError;

/// The sink of results.
pub(crate) struct Output {
    writer: Box<dyn Write + Send>,
    file: Option<(PathBuf, PathBuf)>,
    to_terminal: bool,
}

impl Output {
    /// Standard output, with colours when it is a terminal that wants them.
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let to_terminal = stdout.is_terminal();
        Self { writer: Box::new(BufWriter::new(AutoStream::auto(stdout))), file: None, to_terminal }
    }

    /// A file, without colours. It is written under another name and renamed by [`Output::finish`], so a run that
    /// is interrupted leaves no half file behind under the name that was asked for.
    pub(crate) fn file(path: &Path) -> Result<Self, UserError> {
        let mut output = Self::bytes(path)?;
        output.writer = Box::new(AutoStream::never(output.writer));
        Ok(output)
    }

    /// A file of bytes that are no text and are left as they come.
    pub(crate) fn bytes(path: &Path) -> Result<Self, UserError> {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".partial");
        let partial = path.with_file_name(name);
        let file = File::create(&partial).map_err(|error| UserError::file("written", path, &error))?;
        Ok(Self { writer: Box::new(BufWriter::new(file)), file: Some((partial, path.to_owned())), to_terminal: false })
    }

    /// The file when one is named, otherwise standard output.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, UserError> {
        path.map_or_else(|| Ok(Self::stdout()), Self::file)
    }

    /// Whether somebody watches.
    pub(crate) fn to_terminal(&self) -> bool {
        self.to_terminal
    }

    /// The sink, for whoever writes from another thread.
    #[cfg(feature = "store")]
    pub(crate) fn raw(&mut self) -> &mut (dyn Write + Send) {
        &mut *self.writer
    }

    /// Writes everything out.
    pub(crate) fn finish(mut self) -> Result<(), UserError> {
        self.writer.flush()?;
        if let Some((partial, path)) = self.file.take() {
            fs::rename(&partial, &path).map_err(|error| UserError::file("written", &path, &error))?;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
