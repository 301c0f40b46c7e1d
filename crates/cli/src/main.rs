//! The demarche command: reads news, writes coded political events.
//!
//! One file a command under `commands`; `input` turns paths into articles, `format` turns what was coded into
//! text, `pipeline` is what options make of it, `tables` opens the user's own actors and places,
//! `error` turns every failure into words with a next step.

mod commands;
mod error;
mod format;
mod input;
mod output;
mod pipeline;
mod screen;
mod tables;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Gives memory back: with the system's allocator a server that has answered for a while holds twice what it needs, in pieces.
#[cfg(feature = "store")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EXAMPLES: &str = "\
Examples:
  demarche code page.html                      events and quotes as a table
  demarche code news/ --format jsonl -o events.jsonl   one event a line, for programs
  cat story.txt | demarche code - --published 2025-06-26
  demarche explain page.html --event 3f2a      why an event was coded as it was
  demarche ingest news/ --store news.store     pages of any kind into a store, each once
  demarche query \"SELECT event, count(*) FROM events GROUP BY event\" --store news.store
  demarche kb lookup 'Ban Ki-moon' --on 2010   who and where a name is known as

Exit status: 0 all went well, 1 some inputs failed or lack what was asked for (told on stderr), 2 the command
line is wrong.";

/// Reads news and keeps the record: who did what to whom, when, where, and according to whom.
#[derive(Parser)]
#[command(name = "demarche", version, propagate_version = true, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Code(commands::code::Args),
    Explain(commands::explain::Args),
    Eval(commands::eval::Args),
    Bench(commands::bench::Args),
    Kb(commands::kb::Args),
    Lexicon(commands::lexicon::Args),
    Export(commands::export::Args),
    #[cfg(feature = "store")]
    #[command(flatten)]
    Store(commands::store::Commands),
}

fn main() -> ExitCode {
    quiet_panics();
    let result = match Cli::parse().command {
        Command::Code(args) => commands::code::run(args),
        Command::Explain(args) => commands::explain::run(args),
        Command::Eval(args) => commands::eval::run(args),
        Command::Bench(args) => commands::bench::run(args),
        Command::Kb(args) => commands::kb::run(args),
        Command::Lexicon(args) => commands::lexicon::run(args),
        Command::Export(args) => commands::export::run(args),
        #[cfg(feature = "store")]
        Command::Store(command) => commands::store::run(command),
    };
    error::exit(result)
}

/// A panic in one article is reported with the inputs that failed; the raw message helps nobody but whoever
/// asks for it with `RUST_BACKTRACE`.
fn quiet_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
}
