//! The pipeline that a command line asks for.

use std::path::{Path, PathBuf};

use demarche::Pipeline;

use crate::error::UserError;
use crate::input;
use crate::tables;

/// What changes how articles are read. An event keeps its identifier only under the same options.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Own rows of the lexicon, tab-separated; they win over the rows that ship and over the model, and every sentence is read
    #[arg(long, value_name = "FILE.tsv")]
    lexicon: Option<PathBuf>,
    /// Own actors and places: a folder of tables or one table (CSV, TSV, TOML); they win over those that ship, and a later --kb over an earlier
    #[arg(long, value_name = "PATH")]
    kb: Vec<PathBuf>,
    /// Reads every sentence: without this, a gate holds back those whose words tell of no event and no quote
    #[arg(long)]
    every_sentence: bool,
}

impl Options {
    /// The pipeline.
    pub(crate) fn pipeline(&self) -> Result<Pipeline, UserError> {
        // Faults of the user's tables are told before the models are loaded.
        let overlays = tables::overlays(&self.kb)?;
        let pipeline = Pipeline::embedded()?.with_knowledge(&overlays).map_err(tables::unusable)?;
        let pipeline = if self.every_sentence { pipeline.every_sentence() } else { pipeline };
        match &self.lexicon {
            Some(path) => with_rows(pipeline, path),
            None => Ok(pipeline),
        }
    }
}

/// The pipeline with a user's own rows of the lexicon.
pub(crate) fn with_rows(pipeline: Pipeline, path: &Path) -> Result<Pipeline, UserError> {
    let text = input::text(path)?;
    let name = path.file_stem().map_or_else(|| "own".into(), |stem| stem.to_string_lossy());
    let hint = "the columns are those of data/lexicon, described in CONTRIBUTING.md: pattern, frame, type, mode, cameo, root, contexts, example";
    pipeline.with_rows(&name, &text).map_err(|error| UserError::content(path, &error, hint))
}
