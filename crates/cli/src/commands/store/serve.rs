//! `demarche serve`: a store in the browser, and as an API.

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use demarche_server::{ServeError, Server, Settings};
use indicatif::{ProgressBar, ProgressStyle};

use crate::error::{Outcome, UserError};
use crate::input;
use crate::pipeline::Options;
use crate::screen::{DIM, STRONG};

use super::Place;
use super::ingest::stopped_with;

const EXAMPLES: &str = "\
Examples:
  demarche serve --store news.store                               pages at http://127.0.0.1:7878, and the API at /api
  demarche serve --store news.store --token-file token.txt        whoever knows the token may correct, merge and split
  demarche serve --store news.store --listen 0.0.0.0:7878         for others in the network too

The store may grow meanwhile: what `ingest` adds is shown within seconds. Nothing is fetched from anywhere.";

/// How often it is looked whether the store has grown.
const REFRESH: Duration = Duration::from_secs(5);

/// Shows a store in the browser, and answers programs
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Place,
    /// Where requests are waited for; port 0 for any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    listen: SocketAddr,
    /// Name under which it is reached, as that of a proxy in front; may be repeated
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// File whose first line is the token that allows corrections; without one, nothing can be changed
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The token itself, which others on this machine can see in the list of processes
    #[arg(long, value_name = "TOKEN", env = "DEMARCHE_TOKEN", hide_env_values = true, conflicts_with = "token_file")]
    token: Option<String>,
    /// Folder for the index [default: in the store's own folder; in memory where that cannot be written]
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Folder with templates and static files, instead of those that are built in
    #[arg(long, value_name = "DIR", hide = true)]
    assets: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let token = match &args.token_file {
        Some(path) => Some(input::text(path)?.lines().next().unwrap_or_default().trim().to_owned()),
        None => args.token,
    };
    if token.as_ref().is_some_and(|token| token.len() < 8) {
        return Err(UserError::usage("the token is too short").hint("8 characters at least: others must not be able to guess it"));
    }
    let pipeline = Arc::new(args.options.pipeline()?);
    let settings = Settings {
        store: args.place.to_string(),
        storage: super::options().storage,
        listen: args.listen,
        hosts: args.host,
        token,
        index: args.index,
        assets: args.assets,
        refresh: REFRESH,
    };
    let bar = if io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::default_spinner());
    let heard = |what: &'static str, rows: usize| {
        bar.set_message(format!("reading {what}: {rows}"));
        bar.tick();
    };
    let stop = stopped_with("requests that are being answered are answered first; Ctrl-C again ends at once");
    let stopped = move || stop.load(Ordering::Relaxed);
    let read_only = settings.token.is_none();
    let ready = |address: SocketAddr| {
        bar.finish_and_clear();
        let mut out = anstream::stdout().lock();
        let change = if read_only { "nothing can be changed" } else { "changes need the token" };
        let _ = writeln!(out, "{STRONG}http://{address}{STRONG:#} {DIM}({change}; Ctrl-C stops){DIM:#}");
        let _ = out.flush();
    };
    let served = Server::open(settings, pipeline, &heard).and_then(|server| server.run(ready, stopped));
    served.map_err(|error| match error {
        ServeError::Store(error) => super::unusable(error),
        other => UserError::input(other.to_string()),
    })?;
    Ok(Outcome::Done)
}
