//! How many independent sources tell an event: what an agency wrote is one, whoever prints it.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::Report;

/// The source of each report.
#[derive(Debug)]
pub(crate) struct Sources {
    of: Vec<usize>,
    count: usize,
}

impl Sources {
    /// Reports stand in order of publication.
    pub(crate) fn of(reports: &[Report<'_>]) -> Self {
        // Of near duplicates the agency that any of them names is the source, or else the outlet that was first.
        let mut of_group: BTreeMap<&str, (Option<&str>, Option<&str>)> = BTreeMap::new();
        for report in reports {
            if let Some(group) = report.known.group {
                let entry = of_group.entry(group).or_insert((report.known.wire, report.event.article.source.as_deref()));
                entry.0 = entry.0.or(report.known.wire);
            }
        }
        let names: Vec<(u8, &str)> = reports
            .iter()
            .map(|report| {
                let group = report.known.group.and_then(|group| of_group.get(group));
                let wire = report.known.wire.or_else(|| group.and_then(|group| group.0));
                let outlet = group.map_or(report.event.article.source.as_deref(), |group| group.1);
                match (wire, outlet, report.known.group) {
                    (Some(wire), _, _) => (0, wire),
                    (None, Some(outlet), _) => (1, outlet),
                    (None, None, Some(group)) => (2, group),
                    (None, None, None) => (3, report.event.article.id.as_str()),
                }
            })
            .collect();
        let all: BTreeSet<&(u8, &str)> = names.iter().collect();
        let all: Vec<&(u8, &str)> = all.into_iter().collect();
        Self { of: names.iter().map(|name| all.binary_search(&name).unwrap_or(0)).collect(), count: all.len() }
    }

    /// The source of a report, as a number.
    pub(crate) fn of_report(&self, at: usize) -> usize {
        self.of[at]
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }
}
