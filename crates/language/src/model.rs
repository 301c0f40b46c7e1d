//! The weights: those of the encoder ([`crate::encoder`]) and a tail with vocabularies and the last small layers.
//!
//! The tail's format has a version of its own (2): `DMCHTAIL`, version and header length as little-endian u32, a JSON header, then the tensors it lists as little-endian f32. Reading checks every length.

use compact_str::CompactString;
use demarche_types::{Deprel, EntityType, Feats, FrameRole, Status, Upos};
use serde::Deserialize;

use crate::encoder::{Encoder, LANES};
use crate::lemma::{LemmaRule, Lemmatizer};

/// Bytes that begin where vectors do.
#[repr(C, align(64))]
pub(crate) struct Aligned<B: ?Sized>(pub(crate) B);

pub(crate) static ENCODER: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/language.encoder"));
pub(crate) const TAIL: &[u8] = include_bytes!("../../../models/language.tail");
const MAGIC: &[u8; 8] = b"DMCHTAIL";
const VERSION: u32 = 2;

/// Why the weights could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The encoder's weights are of another version or damaged.
    #[error("the encoder cannot be loaded: {0}")]
    Encoder(String),
    /// The tail does not begin as a tail of the version that the program reads does.
    #[error("the model tail is of no version that the program reads")]
    Version,
    /// The tail ends early or its header names lengths that do not fit.
    #[error("the model tail is damaged: {0}")]
    Damaged(String),
    /// The segmenter's weights cannot be read.
    #[error("the segmenter cannot be loaded: {0}")]
    Segmenter(#[from] crate::segment::SegmentModelError),
}

/// A stretch of an output row.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Field(pub(crate) usize, pub(crate) usize);

impl Field {
    pub(crate) fn of(self, row: &[f32]) -> &[f32] {
        &row[self.0..self.0 + self.1]
    }
}

/// Where each head's numbers stand in an output row.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Layout {
    pub(crate) upos: Field,
    pub(crate) feats: Field,
    pub(crate) lemma: Field,
    pub(crate) arc_dep: Field,
    pub(crate) arc_head: Field,
    pub(crate) rel_dep: Field,
    pub(crate) rel_head: Field,
    pub(crate) span_start: Field,
    pub(crate) span_end: Field,
    pub(crate) kind_start: Field,
    pub(crate) kind_end: Field,
    pub(crate) arc_bias: Field,
    pub(crate) event: Field,
    pub(crate) act: Field,
    pub(crate) role_word: Field,
}

impl Layout {
    /// Whether every field lies in a row of so many columns, and has the width that its labels or its partner ask for.
    fn fits(&self, columns: usize, vocab: &Vocabulary) -> bool {
        let all = [self.upos, self.feats, self.lemma, self.arc_dep, self.arc_head, self.rel_dep, self.rel_head, self.span_start];
        let rest = [self.span_end, self.kind_start, self.kind_end, self.arc_bias, self.event, self.act, self.role_word];
        let mut every = all.into_iter().chain(rest);
        every.all(|f| f.1 > 0 && f.0.checked_add(f.1).is_some_and(|end| end <= columns))
            && (self.upos.1, self.feats.1, self.lemma.1) == (vocab.upos.len(), vocab.feats.len(), vocab.lemma_rules.len())
            && (self.arc_dep.1, self.rel_dep.1) == (self.arc_head.1, self.rel_head.1)
            && (self.span_start.1, self.kind_start.1, self.arc_bias.1) == (self.span_end.1, self.kind_end.1, 1)
            && [self.arc_dep, self.span_start, self.role_word].iter().all(|f| f.1.is_multiple_of(LANES))
    }
}

#[derive(Deserialize)]
struct Vocabulary {
    upos: Vec<String>,
    feats: Vec<String>,
    rels: Vec<String>,
    lemma_rules: Vec<String>,
    entities: Vec<EntityType>,
    acts: Vec<String>,
    status: Vec<Status>,
    contexts: Vec<String>,
    roles: Vec<String>,
}

#[derive(Deserialize)]
struct Header {
    layout: Layout,
    vocab: Vocabulary,
    tensors: Vec<(String, Vec<usize>)>,
    model_sha256: String,
    temperature: f32,
}

/// Labels that a layer may have of which only the best is asked.
const MOST_LABELS: usize = 64;

/// A small dense layer, row by row.
#[derive(Debug)]
pub(crate) struct Dense {
    weight: Vec<f32>,
    bias: Vec<f32>,
    width: usize,
}

impl Dense {
    /// Numbers in the output.
    pub(crate) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Writes the outputs.
    pub(crate) fn scores(&self, encoder: &Encoder, input: &[f32], out: &mut [f32]) {
        encoder.dots(input, &self.weight, self.width, out);
        out.iter_mut().zip(&self.bias).for_each(|(out, bias)| *out += bias);
    }

    /// The index of the largest output, the first of equals.
    pub(crate) fn best(&self, encoder: &Encoder, input: &[f32]) -> usize {
        let mut all = [0.0; MOST_LABELS];
        let out = &mut all[..self.outputs()];
        self.scores(encoder, input, out);
        argmax(out)
    }
}

/// The first index of the largest value.
pub(crate) fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (index, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = index;
        }
    }
    best
}

/// The trained model, read-only and shared by all threads.
pub(crate) struct LanguageModel {
    pub(crate) encoder: Encoder,
    pub(crate) layout: Layout,
    pub(crate) upos: Vec<Upos>,
    pub(crate) feats: Vec<Feats>,
    pub(crate) feats_text: Vec<CompactString>,
    pub(crate) relations: Vec<Deprel>,
    pub(crate) lemma_rules: Vec<LemmaRule>,
    pub(crate) lemmatizer: Lemmatizer,
    pub(crate) entities: Vec<EntityType>,
    pub(crate) relation: Dense,
    pub(crate) kind: Dense,
    pub(crate) span_bias: f32,
    pub(crate) events: EventHeads,
    pub(crate) sha256: String,
}

/// What is finished for triggers only.
pub(crate) struct EventHeads {
    /// Labels of the outputs `act`: first "none" and "speech", then the acts.
    pub(crate) acts: Vec<CompactString>,
    pub(crate) contexts: Vec<CompactString>,
    pub(crate) status: Dense,
    pub(crate) context: Dense,
    pub(crate) role_trigger: Dense,
    pub(crate) role_bias: Dense,
    /// What the scores of acts are divided by before they are probabilities, so that these are honest.
    pub(crate) temperature: f32,
}

impl EventHeads {
    fn read(
        vocab: &Vocabulary,
        layout: &Layout,
        temperature: f32,
        take: &mut impl FnMut(&str) -> Result<Vec<f32>, ModelError>,
    ) -> Result<Self, ModelError> {
        let damaged = || ModelError::Damaged("the labels of the event heads are not those of the program".into());
        let mut head = |name: &str| dense(take(&format!("{name}.weight"))?, take(&format!("{name}.bias"))?);
        let heads = Self {
            status: head("status")?,
            context: head("context")?,
            role_trigger: head("role_trigger")?,
            role_bias: head("role_bias")?,
            acts: vocab.acts.iter().map(CompactString::from).collect(),
            contexts: vocab.contexts.iter().map(CompactString::from).collect(),
            temperature,
        };
        let fits = temperature > 0.0
            && temperature.is_finite()
            && vocab.status == Status::ALL
            && vocab.roles.iter().map(String::as_str).eq(FrameRole::ALL.map(FrameRole::as_str))
            && vocab.acts.iter().take(2).eq(["none", "speech"])
            && heads.acts.len() == layout.act.1
            && heads.acts.len() > 2
            && heads.contexts.len() == heads.context.bias.len()
            && heads.status.bias.len() == Status::ALL.len()
            && heads.role_bias.bias.len() == FrameRole::ALL.len()
            && heads.role_trigger.bias.len() == FrameRole::ALL.len() * layout.role_word.1
            && [&heads.status, &heads.context, &heads.role_trigger, &heads.role_bias].iter().all(|d| d.width == layout.event.1);
        fits.then_some(heads).ok_or_else(damaged)
    }
}

impl LanguageModel {
    pub(crate) fn embedded() -> Result<Self, ModelError> {
        Self::read(Encoder::read(&ENCODER.0).map_err(ModelError::Encoder)?, TAIL)
    }

    fn read(encoder: Encoder, tail: &[u8]) -> Result<Self, ModelError> {
        let (header, mut tensors) = read_tail(tail)?;
        let mut take = |name: &str| {
            let at = header.tensors.iter().position(|(n, _)| n == name);
            at.map(|at| std::mem::take(&mut tensors[at])).ok_or_else(|| ModelError::Damaged(format!("no tensor {name}")))
        };
        let relation = dense(take("rel_out.weight")?, take("rel_out.bias")?)?;
        let kind = dense(take("kind_out.weight")?, take("kind_out.bias")?)?;
        if relation.bias.len().max(kind.bias.len()) > MOST_LABELS {
            return Err(ModelError::Damaged("a layer has more labels than the program reads".into()));
        }
        let &[span_bias] = take("span_bias")?.as_slice() else {
            return Err(ModelError::Damaged("span_bias is no single number".into()));
        };
        let vocab = header.vocab;
        let fits = header.layout.fits(encoder.columns(), &vocab)
            && relation.width == header.layout.rel_dep.1
            && relation.bias.len() == vocab.rels.len()
            && kind.width == header.layout.kind_start.1
            && kind.bias.len() == vocab.entities.len();
        if !fits {
            return Err(ModelError::Damaged("its layout is not that of its encoder and labels".into()));
        }
        let events = EventHeads::read(&vocab, &header.layout, header.temperature, &mut take)?;
        Ok(Self {
            encoder,
            layout: header.layout,
            upos: vocab.upos.iter().map(|t| Upos::parse(t)).collect(),
            feats: vocab.feats.iter().map(|t| Feats::parse(t)).collect(),
            feats_text: vocab.feats.iter().map(CompactString::from).collect(),
            relations: vocab.rels.iter().map(|t| Deprel::parse(t)).collect(),
            lemma_rules: vocab.lemma_rules.iter().map(|t| LemmaRule::parse(t)).collect(),
            lemmatizer: Lemmatizer::embedded(),
            entities: vocab.entities,
            relation,
            kind,
            span_bias,
            events,
            sha256: header.model_sha256,
        })
    }
}

fn dense(weight: Vec<f32>, bias: Vec<f32>) -> Result<Dense, ModelError> {
    if bias.is_empty() || !weight.len().is_multiple_of(bias.len()) {
        return Err(ModelError::Damaged("a dense layer has lengths that do not fit".into()));
    }
    let width = weight.len() / bias.len();
    if width == 0 || !width.is_multiple_of(LANES) {
        return Err(ModelError::Damaged(format!("a dense layer is {width} wide, which is no multiple of {LANES}")));
    }
    Ok(Dense { weight, bias, width })
}

fn read_tail(bytes: &[u8]) -> Result<(Header, Vec<Vec<f32>>), ModelError> {
    let number = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
    if bytes.get(..8) != Some(MAGIC) || number(8) != Some(VERSION) {
        return Err(ModelError::Version);
    }
    let damaged = |what: &str| ModelError::Damaged(what.to_string());
    let length = number(12).ok_or_else(|| damaged("no header length"))? as usize;
    let head = bytes.get(16..16 + length).ok_or_else(|| damaged("the header is cut short"))?;
    let header: Header = serde_json::from_slice(head).map_err(|e| ModelError::Damaged(e.to_string()))?;
    let mut rest = &bytes[16 + length..];
    let mut tensors = Vec::with_capacity(header.tensors.len());
    for (name, shape) in &header.tensors {
        let count = shape.iter().try_fold(4usize, |a, &b| a.checked_mul(b)).ok_or_else(|| damaged("a shape overflows"))?;
        let (body, tail) = rest.split_at_checked(count).ok_or_else(|| damaged(&format!("{name} is cut short")))?;
        tensors.push(body.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect());
        rest = tail;
    }
    if rest.is_empty() { Ok((header, tensors)) } else { Err(damaged("bytes are left over")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cut_of_the_tail_is_refused() {
        assert!(read_tail(TAIL).is_ok());
        for cut in (0..TAIL.len()).step_by(997) {
            assert!(read_tail(&TAIL[..cut]).is_err(), "a tail of {cut} bytes was read");
        }
    }

    /// The tail with another header.
    fn with_header(change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
        let length = u32::from_le_bytes(TAIL[12..16].try_into().expect("four bytes")) as usize;
        let mut header: serde_json::Value = serde_json::from_slice(&TAIL[16..16 + length]).expect("the header is JSON");
        change(&mut header);
        let header = serde_json::to_vec(&header).expect("it still is");
        [&TAIL[..12], &(header.len() as u32).to_le_bytes(), &header, &TAIL[16 + length..]].concat()
    }

    fn read(tail: &[u8]) -> Result<LanguageModel, ModelError> {
        LanguageModel::read(Encoder::read(&ENCODER.0).expect("the weights that ship"), tail)
    }

    #[test]
    fn a_layout_that_fits_neither_encoder_nor_labels_is_refused() {
        assert!(read(&with_header(|_| ())).is_ok());
        let layout = with_header(|_| ());
        let length = u32::from_le_bytes(layout[12..16].try_into().expect("four bytes")) as usize;
        let header: serde_json::Value = serde_json::from_slice(&layout[16..16 + length]).expect("the header is JSON");
        for field in header["layout"].as_object().expect("fields").keys() {
            let wider = with_header(|h| h["layout"][field][1] = (h["layout"][field][1].as_u64().expect("a width") + 1).into());
            assert!(read(&wider).is_err(), "{field} one wider was read");
            let farther = with_header(|h| h["layout"][field][0] = 1_000_000.into());
            assert!(read(&farther).is_err(), "{field} beyond the row was read");
        }
        for labels in ["upos", "feats", "rels", "lemma_rules", "entities", "acts", "status", "contexts", "roles"] {
            let fewer = with_header(|h| drop(h["vocab"][labels].as_array_mut().expect("labels").pop()));
            assert!(read(&fewer).is_err(), "one label of {labels} fewer was read");
        }
        assert!(read(&with_header(|h| h["temperature"] = 0.into())).is_err(), "a temperature of 0 was read");
    }
}
