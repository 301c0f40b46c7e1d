//! `demarche export --store`: what a store has, in the formats that others read.

use std::cell::RefCell;
use std::rc::Rc;

use demarche_export::{Document, Facts, Filter, Format, Manifest, Options, Reports, export_brat};
use demarche_flows::stored::{self, Choice, Told};
use demarche_records::Event;

use crate::commands::export::Args;
use crate::error::{UserError, warn};
use crate::screen::count;

use super::{Place, unusable};

/// Exports what a store has.
pub(crate) fn export(name: &str, args: &Args, mut options: Options<'_>) -> Result<Manifest, UserError> {
    let failed = |error: demarche_export::ExportError| UserError::input(error.to_string());
    let folder = &args.to;
    let store = Place::of(name).read()?;
    let statuses = options.statuses.iter().map(|status| status.name()).collect();
    let choice = Choice {
        condition: args.condition.as_deref(),
        statuses,
        // Of reports of the same day the first that was published is kept.
        by_day: args.one_a_day,
        lengths: args.format == Format::Gdelt,
    };
    let joined = stored::corroborated(&store).map_err(unusable)?;
    let left = if joined { stored::not_joined(&store).map_err(unusable)? } else { 0 };
    let hint = "run `demarche corroborate` first";
    if args.joined && !joined {
        return Err(UserError::input("no reports were joined in this store yet").hint(hint));
    }
    if args.joined && left > 0 {
        let told = format!("{} came or were coded anew since reports were joined", count(left as usize, "event"));
        return Err(UserError::input(told).hint(hint));
    }
    if args.format == Format::Gdelt && left > 0 {
        let since = count(left as usize, "event");
        warn(&[format!(
            "{since} came or were coded anew since reports were joined, and stand alone; `demarche corroborate` joins them"
        )]);
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
    let (known, one_a_day) = (Rc::clone(&now), args.one_a_day);
    options.facts = Some(Box::new(move |_| {
        let told = known.borrow();
        // With a choice among the reports of a day the one that stands for all may be left out.
        let reports = told.as_ref().filter(|_| !one_a_day).and_then(|told| told.cluster.as_ref()).map(|cluster| Reports {
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
