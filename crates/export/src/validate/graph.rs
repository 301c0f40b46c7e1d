//! GEXF and GraphML: well formed, nodes before the edges that name them, attributes that are declared.

use std::collections::HashSet;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Faults;

/// Checks a GEXF file.
pub(super) fn gexf(reader: impl BufRead, faults: &mut Faults) {
    check(reader, "gexf", ("attribute", "attvalue", "for"), faults);
}

/// Checks a GraphML file.
pub(super) fn graphml(reader: impl BufRead, faults: &mut Faults) {
    check(reader, "graphml", ("key", "data", "key"), faults);
}

/// `declares` is the element that declares an attribute by `id`, `tells` the one that gives a value, `of` its reference.
fn check(reader: impl BufRead, root: &str, (declares, tells, of): (&str, &str, &str), faults: &mut Faults) {
    let mut xml = Reader::from_reader(reader);
    let mut buffer = Vec::new();
    let (mut nodes, mut keys, mut edges) = (HashSet::new(), HashSet::new(), HashSet::new());
    // GEXF numbers the attributes of nodes and edges each from 0.
    let mut class = String::new();
    let (mut depth, mut first) = (0usize, true);
    loop {
        buffer.clear();
        let at = xml.buffer_position();
        let (element, opens) = match xml.read_event_into(&mut buffer) {
            Err(error) => return faults.line(at, format!("is not well formed: {error}")),
            Ok(Event::Eof) => break,
            Ok(Event::Start(element)) => (element, true),
            Ok(Event::Empty(element)) => (element, false),
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Ok(_) => continue,
        };
        depth += usize::from(opens);
        let name = element.local_name().as_ref().to_owned();
        let value = |name: &str| attribute(&element, name);
        if std::mem::take(&mut first) && name != root {
            faults.cell(at, "", &name, format!("the outermost element is not {root}"));
        }
        match name.as_str() {
            "attributes" => class = value("class"),
            "node" | "edge" => {
                class.clone_from(&name);
                let fresh = if name == "node" { nodes.insert(value("id")) } else { edges.insert(value("id")) };
                if !fresh {
                    faults.cell(at, &name, &value("id"), "stands twice");
                }
                for end in if name == "edge" { &["source", "target"][..] } else { &[] } {
                    if !nodes.contains(&value(end)) {
                        faults.cell(at, end, &value(end), "names no node before it");
                    }
                }
                let (start, end) = (value("start"), value("end"));
                if !start.is_empty() && (start.parse::<jiff::civil::Date>().is_err() || end < start) {
                    faults.cell(at, "start", &start, "is no day, or after the end");
                }
            }
            name if name == declares => {
                keys.insert((class.clone(), value("id")));
            }
            name if name == tells => {
                let key = value(of);
                if !keys.contains(&(class.clone(), key.clone())) && !keys.contains(&(String::new(), key.clone())) {
                    faults.cell(at, name, &key, "is declared nowhere");
                }
            }
            _ => {}
        }
    }
    if depth != 0 || first {
        faults.line(xml.buffer_position(), "ends before its outermost element does: the file is cut off");
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.try_get_attribute(name).ok().flatten();
    found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
}
