//! Actors as nodes and events as edges, dated, in GEXF and GraphML.
//!
//! Nodes are held in memory until the end, since both formats want them first; edges wait in a temporary file.

mod nodes;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use demarche_records::Event;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event as Xml};

use super::flat::word;
use super::{NO_PARTY, Outcome, Sink};
use crate::labels::{Codebook, Label, label, plover};
use crate::output::OutFile;
use crate::parties::{Dyad, dyads, is_reciprocal};
use crate::text::{line, number};
use crate::{ExportError, Facts, FileEntry};
use nodes::Nodes;

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// GEXF 1.2, which Gephi and networkx read.
    Gexf,
    /// GraphML 1.0.
    Graphml,
}

/// Attributes of edges: name, GraphML's type, GEXF's.
const EDGE: [(&str, &str); 12] = [
    ("event", "string"),
    ("mode", "string"),
    ("quad_code", "int"),
    ("event_scale", "double"),
    ("cameo", "string"),
    ("status", "string"),
    ("date", "string"),
    ("enddate", "string"),
    ("date_basis", "string"),
    ("record", "string"),
    ("confidence", "double"),
    ("mutual", "boolean"),
];
/// Attributes of nodes.
const NODE: [(&str, &str); 3] = [("code", "string"), ("sector", "string"), ("identifier", "string")];

const ONE_PARTY: &str = "one party only";

/// Writes the file.
pub(crate) struct Graph {
    dialect: Dialect,
    codebook: Codebook,
    file: OutFile,
    path: PathBuf,
    nodes: Nodes,
    edges: Writer<BufWriter<File>>,
    count: u64,
}

impl Graph {
    /// Begins it.
    pub(crate) fn create(folder: &Path, codebook: Codebook, dialect: Dialect) -> Result<Self, ExportError> {
        let name = name(dialect);
        let path = folder.join(name);
        let spool = tempfile::tempfile_in(folder).map_err(ExportError::write(&path))?;
        let edges = Writer::new(BufWriter::new(spool));
        Ok(Self { dialect, codebook, file: OutFile::create(folder, name)?, path, nodes: Nodes::default(), edges, count: 0 })
    }

    /// An edge.
    fn edge(&mut self, event: &Event, label: &Label<'_>, dyad: &Dyad<'_>, mutual: bool) -> io::Result<()> {
        let (Some((_, actor)), Some((_, recipient))) = (dyad.actor, dyad.recipient) else { return Ok(()) };
        let source = self.nodes.number(actor, event).to_string();
        let target = self.nodes.number(recipient, event).to_string();
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let values = [
            label.event.to_owned(),
            label.modes.join("; "),
            label.quad.to_string(),
            number(event.event_scale),
            event.cameo.clone(),
            event.status.name().to_owned(),
            day(event.date),
            day(event.enddate),
            word(&event.date_basis).unwrap_or_default(),
            line(&event.id),
            number(event.confidence),
            mutual.to_string(),
        ];
        let id = self.count.to_string();
        self.count += 1;
        let mut edge = BytesStart::new("edge");
        edge.extend_attributes([("id", id.as_str()), ("source", &source), ("target", &target)]);
        let (start, end) = (day(event.date.or(event.enddate)), day(event.enddate.or(event.date)));
        match self.dialect {
            Dialect::Gexf => {
                edge.push_attribute(("label", label.event));
                if !start.is_empty() {
                    edge.extend_attributes([("start", start.as_str()), ("end", &end)]);
                }
                // In place of the weight that the event would be counted with.
                edge.push_attribute(("weight", "1"));
            }
            Dialect::Graphml => {}
        }
        self.edges.write_event(Xml::Start(edge))?;
        values_of(&mut self.edges, self.dialect, 'e', values.iter().map(String::as_str))?;
        self.edges.write_event(Xml::End(BytesEnd::new("edge")))?;
        self.edges.get_mut().write_all(b"\n")
    }

    fn write_all(mut self) -> Result<OutFile, ExportError> {
        let path = self.path;
        let mut spool = self.edges.into_inner().into_inner().map_err(|e| ExportError::write(&path)(e.into_error()))?;
        let mut write = || -> io::Result<()> {
            spool.rewind()?;
            let mut xml = Writer::new(&mut self.file);
            head(&mut xml, self.dialect)?;
            if self.dialect == Dialect::Gexf {
                open(&mut xml, "nodes")?;
            }
            for (number, node) in self.nodes.all() {
                let id = number.to_string();
                let mut start = BytesStart::new("node");
                start.push_attribute(("id", id.as_str()));
                if self.dialect == Dialect::Gexf {
                    start.push_attribute(("label", node.label.as_str()));
                }
                xml.write_event(Xml::Start(start))?;
                let label = Some(node.label.as_str()).filter(|_| self.dialect == Dialect::Graphml);
                let values = [node.code.as_str(), &node.sector, &node.identifier];
                values_of(&mut xml, self.dialect, 'n', values.into_iter().chain(label))?;
                xml.write_event(Xml::End(BytesEnd::new("node")))?;
                xml.get_mut().write_all(b"\n")?;
            }
            if self.dialect == Dialect::Gexf {
                close(&mut xml, "nodes")?;
                open(&mut xml, "edges")?;
            }
            io::copy(&mut BufReader::new(&mut spool), xml.get_mut())?;
            if self.dialect == Dialect::Gexf {
                close(&mut xml, "edges")?;
            }
            close(&mut xml, "graph")?;
            close(&mut xml, root(self.dialect))
        };
        write().map_err(ExportError::write(&path))?;
        self.file.set_rows(self.count);
        Ok(self.file)
    }
}

impl Sink for Graph {
    fn event(&mut self, event: &Event, _: &Facts) -> Result<Outcome, ExportError> {
        let plover = plover(event)?;
        let label = label(event, self.codebook)?;
        let mutual = is_reciprocal(event, &plover);
        let dyads = dyads(event, &plover);
        if dyads.is_empty() {
            return Ok(Outcome::LeftOut(NO_PARTY));
        }
        let mut any = false;
        // What is mutual is an edge each way, since graphs of both kinds of edges are refused by many readers.
        for dyad in dyads.iter().filter(|dyad| dyad.actor.is_some() && dyad.recipient.is_some()) {
            any = true;
            self.edge(event, &label, dyad, mutual).map_err(ExportError::write(&self.path.clone()))?;
        }
        Ok(if any { Outcome::Written { by_publication: false } } else { Outcome::LeftOut(ONE_PARTY) })
    }

    fn finish(self: Box<Self>, _: &str) -> Result<Vec<FileEntry>, ExportError> {
        let name = name(self.dialect);
        Ok(vec![self.write_all()?.keep(name, Vec::new())?])
    }
}

fn name(dialect: Dialect) -> &'static str {
    if dialect == Dialect::Gexf { "actors.gexf" } else { "actors.graphml" }
}

fn root(dialect: Dialect) -> &'static str {
    if dialect == Dialect::Gexf { "gexf" } else { "graphml" }
}

/// Everything before the nodes.
fn head<W: Write>(xml: &mut Writer<W>, dialect: Dialect) -> io::Result<()> {
    xml.write_event(Xml::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.get_mut().write_all(b"\n")?;
    let mut start = BytesStart::new(root(dialect));
    let mut graph = BytesStart::new("graph");
    match dialect {
        Dialect::Gexf => {
            start.extend_attributes([("xmlns", "http://www.gexf.net/1.2draft"), ("version", "1.2")]);
            xml.write_event(Xml::Start(start))?;
            open(xml, "meta")?;
            for (name, text) in [("creator", crate::program()), ("description", "Actors, and the events between them".to_owned())]
            {
                xml.write_event(Xml::Start(BytesStart::new(name)))?;
                xml.write_event(Xml::Text(BytesText::new(&text)))?;
                close(xml, name)?;
            }
            close(xml, "meta")?;
            graph.extend_attributes([("mode", "dynamic"), ("defaultedgetype", "directed"), ("timeformat", "date")]);
            xml.write_event(Xml::Start(graph))?;
            for (class, list) in [("node", &NODE[..]), ("edge", &EDGE[..])] {
                let mut attributes = BytesStart::new("attributes");
                attributes.push_attribute(("class", class));
                xml.write_event(Xml::Start(attributes))?;
                for (id, (name, kind)) in list.iter().enumerate() {
                    let kind = if *kind == "int" { "integer" } else { kind };
                    let id = id.to_string();
                    let mut attribute = BytesStart::new("attribute");
                    attribute.extend_attributes([("id", id.as_str()), ("title", name), ("type", kind)]);
                    xml.write_event(Xml::Empty(attribute))?;
                }
                close(xml, "attributes")?;
            }
        }
        Dialect::Graphml => {
            start.push_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
            xml.write_event(Xml::Start(start))?;
            let label = [("label", "string")];
            for (class, letter, list) in [("node", 'n', &NODE[..]), ("edge", 'e', &EDGE[..])] {
                let label = if class == "node" { &label[..] } else { &[] };
                for (index, (name, kind)) in list.iter().chain(label).enumerate() {
                    let id = format!("{letter}{index}");
                    let mut key = BytesStart::new("key");
                    key.extend_attributes([("id", id.as_str()), ("for", class), ("attr.name", name), ("attr.type", kind)]);
                    xml.write_event(Xml::Empty(key))?;
                }
            }
            graph.extend_attributes([("id", "events"), ("edgedefault", "directed")]);
            xml.write_event(Xml::Start(graph))?;
        }
    }
    xml.get_mut().write_all(b"\n")
}

/// The values of a node or an edge; what is missing is left out.
fn values_of<'a, W: Write>(
    xml: &mut Writer<W>,
    dialect: Dialect,
    letter: char,
    values: impl Iterator<Item = &'a str>,
) -> io::Result<()> {
    let told = values.enumerate().filter(|(_, value)| !value.is_empty());
    match dialect {
        Dialect::Gexf => {
            xml.write_event(Xml::Start(BytesStart::new("attvalues")))?;
            for (index, value) in told {
                let index = index.to_string();
                let mut element = BytesStart::new("attvalue");
                element.extend_attributes([("for", index.as_str()), ("value", value)]);
                xml.write_event(Xml::Empty(element))?;
            }
            xml.write_event(Xml::End(BytesEnd::new("attvalues")))
        }
        Dialect::Graphml => {
            for (index, value) in told {
                let key = format!("{letter}{index}");
                let mut element = BytesStart::new("data");
                element.push_attribute(("key", key.as_str()));
                xml.write_event(Xml::Start(element))?;
                xml.write_event(Xml::Text(BytesText::new(value)))?;
                xml.write_event(Xml::End(BytesEnd::new("data")))?;
            }
            Ok(())
        }
    }
}

fn open<W: Write>(xml: &mut Writer<W>, name: &str) -> io::Result<()> {
    xml.write_event(Xml::Start(BytesStart::new(name)))?;
    xml.get_mut().write_all(b"\n")
}

fn close<W: Write>(xml: &mut Writer<W>, name: &str) -> io::Result<()> {
    xml.write_event(Xml::End(BytesEnd::new(name)))?;
    xml.get_mut().write_all(b"\n")
}
