//! `demarche export --store`: what a store has, in the formats that others read.

use std::cell::RefCell;
use std::rc::Rc;

use demarche_export::{Document, Facts, Filter, Format, Manifest, Options, Reports, export_brat};
use demarche_flows::stored::{self, Choice, Told};
use demarche_records::Event;

use crate::commands::export::Args;
use crate::error::UserError;

use super::{Place, unusable};

/// Exports what a store has.
pub(crate) fn export(name: &str, args: &Args, mut options: Options<'_>) -> Result<Manifest, UserError> {
    let failed = |error: demarche_export::ExportError| UserError::input(error.to_string());
    let folder = &args.to;
    let store = Place::of(name).read()?;
    let statuses = options.statuses.iter().map(|status| status.name()).collect();
    let choice = Choice { condition: args.condition.as_deref(), statuses, lengths: args.format == Format::Gdelt };
    if args.joined && !stored::corroborated(&store).map_err(unusable)? {
        return Err(UserError::input("no reports were joined in this store yet").hint("run `demarche corroborate` first"));
    }
    if options.format == Format::Brat {
        let documents = stored::documents(&store, &choice).map_err(unusable)?;
        let documents = documents.map(|told| told.map(|(article, text, events)| Document { article, text, events }));
        return export_brat(documents, options, folder).map_err(failed);
    }
    // What is known of the event that is being exported.
    let now: Rc<RefCell<Option<Told>>> = Rc::default();
    if args.joined {
        let now = Rc::clone(&now);
        let leads = move |event: &Event| {
            now.borrow().as_ref().and_then(|told| told.cluster.as_ref()).is_none_or(|cluster| cluster.lead == event.id)
        };
        options.filter = Some(Filter { name: "first report of each event".to_owned(), keep: Box::new(leads) });
    }
    let known = Rc::clone(&now);
    options.facts = Some(Box::new(move |_| {
        let told = known.borrow();
        let reports = told.as_ref().and_then(|told| told.cluster.as_ref()).map(|cluster| Reports {
            lead: cluster.lead.clone(),
            mentions: cluster.reports,
            sources: cluster.sources,
            articles: cluster.articles,
        });
        Facts { reports, sentence: None, length: told.as_ref().and_then(|told| told.length) }
    }));
    let events = stored::events(&store, &choice).map_err(unusable)?;
    let events = events.map(|told| {
        told.map(|told| {
            let event = told.event.clone();
            now.replace(Some(told));
            event
        })
    });
    demarche_export::export(events, options, folder).map_err(failed)
}
