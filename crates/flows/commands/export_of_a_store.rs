//! What `demarche export` gains with a store: `--store DIR`, `--where SQL`, and brat, which needs the articles' texts.
//! To be joined with `crates/cli/src/commands/export.rs`, which has all else.

/// Exports what a store has.
fn of_a_store(store: &Place, condition: Option<&str>, options: Options<'_>, folder: &Path) -> Result<Manifest, UserError> {
    let failed = |error: demarche_export::ExportError| UserError::input(error.to_string());
    let store = store.read()?;
    if options.format == Format::Brat {
        let documents = stored::documents(&store, condition).map_err(unusable)?;
        let documents = documents.map(|told| told.map(|(article, text, events)| Document { article, text, events }));
        return export_brat(documents, options, folder).map_err(failed);
    }
    let events = stored::events(&store, condition).map_err(unusable)?;
    demarche_export::export(events, options, folder).map_err(failed)
}
