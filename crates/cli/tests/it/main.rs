//! The program as its users meet it: case files, screens, errors, exit statuses.

mod batch;
mod cases;
mod commands;
#[cfg(feature = "store")]
mod corrections;
mod errors;
mod kb;
mod options;
mod page;
#[cfg(feature = "store")]
mod store;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A finished run.
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self {
            status: output.status.code().expect("the program exits by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The output of a run that must succeed and have nothing to say on stderr.
    #[track_caller]
    fn good(self) -> String {
        assert_eq!((self.status, self.stderr.as_str()), (0, ""));
        self.stdout
    }
}

/// The program, run in `folder`, away from the settings of whoever runs the tests.
fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(folder).env_remove("CLICOLOR_FORCE").env_remove("RUST_BACKTRACE").stdin(Stdio::null());
    command
}

/// Runs the program with words separated by spaces.
fn run(folder: &Path, arguments: &str) -> Run {
    Run::of(command(folder).args(arguments.split_whitespace()).output().expect("the program can be started"))
}

/// Runs the program with something on standard input.
fn run_with(folder: &Path, arguments: &str, input: &str) -> Run {
    let mut command = command(folder);
    command.args(arguments.split_whitespace()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program can be started");
    child.stdin.take().expect("standard input is a pipe").write_all(input.as_bytes()).expect("the program reads its input");
    Run::of(child.wait_with_output().expect("the program ends"))
}

fn case_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// An empty folder of a test's own.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the last run's folder can be removed");
    }
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("the file is in a folder")).expect("a folder can be made");
    fs::write(path, content).expect("a file can be written");
}
