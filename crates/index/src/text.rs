//! Full text and rows as they are shown, on disk: an index of tantivy beside the columns.

use std::path::Path;

use tantivy::collector::{Collector, SegmentCollector, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, QueryParser, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value as _};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{
    DocAddress, DocId, Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Score, SegmentOrdinal, SegmentReader,
    TantivyDocument, Term,
};

use crate::IndexError;
use crate::bits::Bits;
use crate::files::Folder;

/// What a document of the index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// An event.
    Event,
    /// A quote.
    Quote,
    /// An article.
    Article,
}

/// The columns need more memory than this while texts are taken in.
const WRITER: usize = 128 << 20;
/// Bytes of rows that are packed together.
const BLOCK: usize = 4_096;
const ENGLISH: &str = "en_stem";
/// Words of a question; more are hardly meant.
const LONGEST: usize = 1_000;

#[derive(Clone, Copy, Debug)]
struct Fields {
    sort: Field,
    id: Field,
    text: Field,
    title: Field,
    outlet: Field,
    row: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let english = |record| {
        let indexing = TextFieldIndexing::default().set_tokenizer(ENGLISH).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        sort: schema.add_u64_field("sort", INDEXED),
        id: schema.add_u64_field("id", FAST),
        text: schema.add_text_field("text", english(IndexRecordOption::WithFreqsAndPositions)),
        title: schema.add_text_field("title", english(IndexRecordOption::WithFreqsAndPositions)),
        outlet: schema.add_text_field("outlet", english(IndexRecordOption::WithFreqs)),
        row: schema.add_bytes_field("row", STORED),
    };
    (schema.build(), fields)
}

/// Takes documents in.
pub(crate) struct Writer {
    writer: IndexWriter,
    fields: Fields,
}

/// A document.
pub(crate) struct Entry<'a> {
    pub(crate) sort: Sort,
    pub(crate) id: u64,
    pub(crate) text: &'a str,
    pub(crate) title: Option<&'a str>,
    pub(crate) outlet: Option<&'a str>,
    /// As it is shown: JSON.
    pub(crate) row: &'a [u8],
}

impl Writer {
    /// Begins in an empty folder, or in memory.
    pub(crate) fn create(folder: Option<&Path>) -> Result<(Self, Index), IndexError> {
        let (schema, fields) = schema();
        // Rows are the most of it, and what is read of them stays in memory: they are worth packing well.
        let docstore_compression = Compressor::Zstd(ZstdCompressor::default());
        // A page shows rows from all over the index, and each is unpacked with its block.
        let settings = IndexSettings { docstore_compression, docstore_blocksize: BLOCK, ..IndexSettings::default() };
        let index = Index::builder().schema(schema).settings(settings);
        let index = match folder {
            Some(folder) => index.open_or_create(Folder::open(folder)?)?,
            None => index.create_in_ram()?,
        };
        let writer = index.writer_with_num_threads(2, WRITER)?;
        Ok((Self { writer, fields }, index))
    }

    pub(crate) fn add(&self, entry: &Entry<'_>) -> Result<(), IndexError> {
        let mut document = TantivyDocument::default();
        document.add_u64(self.fields.sort, entry.sort as u64);
        document.add_u64(self.fields.id, entry.id);
        document.add_text(self.fields.text, entry.text);
        if let Some(title) = entry.title {
            document.add_text(self.fields.title, title);
        }
        if let Some(outlet) = entry.outlet {
            document.add_text(self.fields.outlet, outlet);
        }
        document.add_bytes(self.fields.row, entry.row);
        self.writer.add_document(document)?;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<(), IndexError> {
        self.writer.commit()?;
        self.writer.wait_merging_threads()?;
        Ok(())
    }
}

/// The index, open.
pub(crate) struct Texts {
    reader: IndexReader,
    parser: QueryParser,
    fields: Fields,
    /// Of each segment, the row of each document in the table of its kind.
    rows: Vec<Vec<u32>>,
    /// Where the documents of the rows of each kind are.
    places: [Vec<DocAddress>; 3],
}

impl Texts {
    /// Opens it. `sorted` are the identifiers of events, quotes and articles with their rows.
    pub(crate) fn open(index: &Index, sorted: &[Vec<(u64, u32)>; 3]) -> Result<Self, IndexError> {
        let (_, fields) = schema();
        // What is open is of one commit: another one has rows of its own.
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let mut parser = QueryParser::for_index(index, vec![fields.text, fields.title]);
        parser.set_conjunction_by_default();
        let nowhere = DocAddress::new(SegmentOrdinal::MAX, DocId::MAX);
        let mut places = sorted.each_ref().map(|ids| vec![nowhere; ids.len()]);
        let searcher = reader.searcher();
        let mut rows = vec![];
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            let ids = segment.fast_fields().u64("id")?;
            let mut of_segment = vec![u32::MAX; segment.max_doc() as usize];
            for kind in 0..3 {
                let wanted = TermQuery::new(Term::from_field_u64(fields.sort, kind as u64), IndexRecordOption::Basic);
                let weight = wanted.weight(tantivy::query::EnableScoring::disabled_from_searcher(&searcher))?;
                weight.for_each_no_score(segment, &mut |documents: &[DocId]| {
                    for &document in documents {
                        let id = ids.first(document).unwrap_or(0);
                        if let Ok(at) = sorted[kind].binary_search_by_key(&id, |(id, _)| *id) {
                            let row = sorted[kind][at].1;
                            of_segment[document as usize] = row;
                            places[kind][row as usize] = DocAddress::new(ordinal as SegmentOrdinal, document);
                        }
                    }
                })?;
            }
            rows.push(of_segment);
        }
        Ok(Self { reader, parser, fields, rows, places })
    }

    fn question(&self, sort: Sort, text: &str) -> Box<dyn Query> {
        // What cannot be read as a question is looked for as plain words.
        let (words, _) = self.parser.parse_query_lenient(text);
        let kind = TermQuery::new(Term::from_field_u64(self.fields.sort, sort as u64), IndexRecordOption::Basic);
        Box::new(BooleanQuery::new(vec![(Occur::Must, words), (Occur::Must, Box::new(kind))]))
    }

    /// Asks; a question that turns out to mean nothing (of a field that is not there, say) is asked again as plain words.
    fn ask<C: Collector>(&self, sort: Sort, text: &str, collector: &C) -> Result<C::Fruit, IndexError> {
        let text: String = text.chars().take(LONGEST).collect();
        let searcher = self.reader.searcher();
        searcher.search(&*self.question(sort, &text), collector).or_else(|_| {
            let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
            Ok(searcher.search(&*self.question(sort, &plain.to_lowercase()), collector)?)
        })
    }

    /// Rows of that kind that the question finds.
    pub(crate) fn find(&self, sort: Sort, text: &str, len: usize) -> Result<Bits, IndexError> {
        let mut rows = Bits::none(len);
        for (segment, documents) in self.ask(sort, text, &Documents)? {
            for document in documents {
                if let Some(row) = self
                    .rows
                    .get(segment as usize)
                    .and_then(|rows| rows.get(document as usize))
                    .filter(|row| (**row as usize) < len)
                {
                    rows.insert(*row as usize);
                }
            }
        }
        Ok(rows)
    }

    /// The best rows for the question, the best first, with how many there are.
    pub(crate) fn best(&self, sort: Sort, text: &str, most: usize) -> Result<(usize, Vec<usize>), IndexError> {
        let collectors = (tantivy::collector::Count, TopDocs::with_limit(most.max(1)).order_by_score());
        let (count, best) = self.ask(sort, text, &collectors)?;
        let row =
            |(_, at): (Score, DocAddress)| self.rows[at.segment_ord as usize].get(at.doc_id as usize).map(|row| *row as usize);
        Ok((count, best.into_iter().take(most).filter_map(row).collect()))
    }

    /// A row as it is shown.
    pub(crate) fn row(&self, sort: Sort, row: usize) -> Result<Vec<u8>, IndexError> {
        let place = self.places[sort as usize].get(row).copied().filter(|place| place.segment_ord != SegmentOrdinal::MAX);
        let place = place.ok_or(IndexError::Row)?;
        let document: TantivyDocument = self.reader.searcher().doc(place)?;
        let bytes = document.get_first(self.fields.row).and_then(|value| value.as_bytes().map(<[u8]>::to_vec));
        bytes.ok_or(IndexError::Row)
    }
}

/// Identifiers with their rows, in the order of identifiers.
pub(crate) fn sorted(ids: &[u64]) -> Vec<(u64, u32)> {
    let mut sorted: Vec<(u64, u32)> = ids.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    sorted
}

/// Collects the documents of each segment.
struct Documents;

struct OfSegment(SegmentOrdinal, Vec<DocId>);

impl Collector for Documents {
    type Fruit = Vec<(SegmentOrdinal, Vec<DocId>)>;
    type Child = OfSegment;

    fn for_segment(&self, ordinal: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<OfSegment> {
        Ok(OfSegment(ordinal, vec![]))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<(SegmentOrdinal, Vec<DocId>)>) -> tantivy::Result<Self::Fruit> {
        Ok(fruits)
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = (SegmentOrdinal, Vec<DocId>);

    fn collect(&mut self, document: DocId, _: Score) {
        self.1.push(document);
    }

    fn harvest(self) -> Self::Fruit {
        (self.0, self.1)
    }
}
