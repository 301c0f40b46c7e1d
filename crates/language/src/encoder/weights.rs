//! The file of the weights: `DMCHENCO`, version and header length as little-endian u32, a JSON header, then the tensors that
//! it lists, in order. Header and tensors are each filled up to a multiple of 64 bytes.
//!
//! The weights of a linear layer stand as [`super::kernels`] reads them: panels of 64 output columns (the last one
//! narrower), in each panel four inputs of every column, then the next four. They are used where they lie in the program.
//! `training/encoder_file.py` writes the file. Reading checks every length.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::kernels::{GROUP, LANES, PANEL};

const MAGIC: &[u8; 8] = b"DMCHENCO";
const VERSION: u32 = 1;
const ALIGN: usize = 64;

#[derive(Deserialize)]
struct Header {
    width: usize,
    attention_heads: usize,
    inner: usize,
    layers: usize,
    columns: usize,
    linear: BTreeMap<String, Shape>,
    heads: Vec<HeadShape>,
    tensors: Vec<(String, Kind, usize)>,
}

#[derive(Clone, Copy, Deserialize)]
struct Shape {
    inputs: usize,
    outputs: usize,
    zero: u8,
}

#[derive(Deserialize)]
struct HeadShape {
    name: String,
    from: Option<usize>,
    gelu: bool,
    column: Option<usize>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    F32,
    I32,
    I8,
}

impl Kind {
    fn size(self) -> usize {
        if self == Self::I8 { 1 } else { 4 }
    }
}

/// All weights of the encoder and its heads.
pub(super) struct Weights {
    pub(super) width: usize,
    pub(super) attention_heads: usize,
    pub(super) inner: usize,
    /// Numbers in an output row.
    pub(super) columns: usize,
    /// A row of bytes for each word piece, and what a step in it is worth.
    pub(super) word: &'static [u8],
    pub(super) word_scale: Vec<f32>,
    pub(super) position: Vec<f32>,
    pub(super) case: Vec<f32>,
    pub(super) norm: Norm,
    pub(super) layers: Vec<Layer>,
    pub(super) heads: Vec<Head>,
}

/// A transformer layer.
pub(super) struct Layer {
    /// Queries, keys and values; queries are scaled already.
    pub(super) qkv: Linear,
    pub(super) out: Linear,
    pub(super) norm1: Norm,
    pub(super) up: Linear,
    pub(super) down: Linear,
    pub(super) norm2: Norm,
}

/// A layer after the encoder.
pub(super) struct Head {
    pub(super) linear: Linear,
    /// The head whose output it reads; the encoder's rows if none.
    pub(super) from: Option<usize>,
    pub(super) gelu: bool,
    /// Where it stands in the output row.
    pub(super) column: Option<usize>,
}

/// Scales and offsets of a layer norm.
pub(super) struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// How a layer's input becomes bytes.
pub(super) struct Codes {
    /// Steps in a unit, for every input.
    pub(super) steps: Vec<f32>,
    /// The code of 0.
    pub(super) zero: f32,
}

/// A linear layer on bytes.
pub(super) struct Linear {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) panels: &'static [u8],
    /// What sums start with, filled up with zeros to whole vectors.
    pub(super) start: Vec<i32>,
    /// What a sum is worth, filled up with zeros to whole panels.
    pub(super) scale: Vec<f32>,
    /// What is added to that, filled up likewise.
    pub(super) bias: Vec<f32>,
    pub(super) codes: Codes,
}

impl Linear {
    /// Multiplications that a row takes.
    pub(super) fn products(&self) -> u64 {
        (self.inputs * self.outputs) as u64
    }

    /// Each panel with its first column and the starts of its sums.
    #[inline(always)]
    pub(super) fn panels(&self) -> impl Iterator<Item = (usize, &[u8], &[i32])> {
        let panels = self.panels.chunks(PANEL * self.inputs);
        panels.zip(self.start.chunks(PANEL)).enumerate().map(|(rank, (panel, start))| (rank * PANEL, panel, start))
    }
}

impl Weights {
    /// Reads a file; the fault in words if it is none of this version or damaged.
    pub(super) fn read(file: &'static [u8]) -> Result<Self, String> {
        let (header, tensors) = open(file)?;
        let reader = Reader { linear: header.linear, tensors };
        let width = header.width;
        let heads_fit = header.attention_heads > 0 && width.is_multiple_of(header.attention_heads * LANES);
        if !heads_fit || width == 0 || !header.inner.is_multiple_of(LANES) {
            return Err("widths that do not fill vectors".into());
        }
        let word = reader.bytes("word")?;
        let word_scale = reader.floats("word.scale")?;
        let position = reader.floats("position")?;
        let case = reader.floats("case")?;
        let rows = |numbers: usize| numbers / width * width == numbers && numbers > 0;
        if word_scale.len() * width != word.len() || !rows(word.len()) || !rows(position.len()) || !rows(case.len()) {
            return Err("embeddings of another width".into());
        }
        let norm = reader.norm("norm", width)?;
        let layers = (0..header.layers).map(|layer| {
            Ok(Layer {
                qkv: reader.linear(&format!("{layer}.qkv"), width, Some(3 * width))?,
                out: reader.linear(&format!("{layer}.out"), width, Some(width))?,
                norm1: reader.norm(&format!("{layer}.norm1"), width)?,
                up: reader.linear(&format!("{layer}.up"), width, Some(header.inner))?,
                down: reader.linear(&format!("{layer}.down"), header.inner, Some(width))?,
                norm2: reader.norm(&format!("{layer}.norm2"), width)?,
            })
        });
        let layers: Vec<Layer> = layers.collect::<Result<_, String>>()?;
        let mut heads: Vec<Head> = vec![];
        for shape in header.heads {
            let inputs = match shape.from {
                None => width,
                Some(from) => heads.get(from).ok_or_else(|| format!("{} reads a later head", shape.name))?.linear.outputs,
            };
            let linear = reader.linear(&shape.name, inputs, None)?;
            if shape.column.is_some_and(|column| column.saturating_add(linear.outputs) > header.columns) {
                return Err(format!("{} ends beyond the output row", shape.name));
            }
            heads.push(Head { linear, from: shape.from, gelu: shape.gelu, column: shape.column });
        }
        if layers.is_empty() || header.columns == 0 {
            return Err("no layers, or no output".into());
        }
        let (attention_heads, inner, columns) = (header.attention_heads, header.inner, header.columns);
        Ok(Self { width, attention_heads, inner, columns, word, word_scale, position, case, norm, layers, heads })
    }
}

type Tensors = BTreeMap<String, (Kind, &'static [u8])>;

/// The header, and the tensors by name.
fn open(file: &'static [u8]) -> Result<(Header, Tensors), String> {
    let number = |at: usize| file.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
    if file.get(..8) != Some(MAGIC) || number(8) != Some(VERSION) {
        return Err("no file of a version that the program reads".into());
    }
    let length = number(12).ok_or("no header length")? as usize;
    let head = file.get(16..16 + length).ok_or("the header is cut short")?;
    let header: Header = serde_json::from_slice(head).map_err(|e| e.to_string())?;
    let mut rest = file.get((16 + length).next_multiple_of(ALIGN)..).ok_or("the header is cut short")?;
    let mut tensors = Tensors::new();
    for (name, kind, count) in &header.tensors {
        let size = count.checked_mul(kind.size()).ok_or_else(|| format!("{name} is too long"))?;
        let whole = size.checked_next_multiple_of(ALIGN).ok_or_else(|| format!("{name} is too long"))?;
        let (body, after) = rest.split_at_checked(whole).ok_or_else(|| format!("{name} is cut short"))?;
        tensors.insert(name.clone(), (*kind, &body[..size]));
        rest = after;
    }
    if rest.is_empty() { Ok((header, tensors)) } else { Err("bytes are left over".into()) }
}

struct Reader {
    linear: BTreeMap<String, Shape>,
    tensors: Tensors,
}

impl Reader {
    fn take(&self, name: &str, kind: Kind) -> Result<&'static [u8], String> {
        match self.tensors.get(name) {
            Some((found, bytes)) if *found == kind => Ok(bytes),
            Some(_) => Err(format!("{name} holds numbers of another kind")),
            None => Err(format!("no tensor {name}")),
        }
    }

    fn bytes(&self, name: &str) -> Result<&'static [u8], String> {
        self.take(name, Kind::I8)
    }

    fn floats(&self, name: &str) -> Result<Vec<f32>, String> {
        Ok(self.take(name, Kind::F32)?.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    fn counted(&self, name: &str, count: usize) -> Result<Vec<f32>, String> {
        let numbers = self.floats(name)?;
        if numbers.len() == count { Ok(numbers) } else { Err(format!("{name} has another length")) }
    }

    fn norm(&self, name: &str, width: usize) -> Result<Norm, String> {
        let part = |part| self.counted(&format!("{name}.{part}"), width);
        Ok(Norm { weight: part("weight")?, bias: part("bias")? })
    }

    fn linear(&self, name: &str, inputs: usize, outputs: Option<usize>) -> Result<Linear, String> {
        let shape = *self.linear.get(name).ok_or_else(|| format!("no layer {name}"))?;
        if shape.inputs != inputs || outputs.is_some_and(|o| o != shape.outputs) || !inputs.is_multiple_of(LANES) {
            return Err(format!("{name} has another shape"));
        }
        let columns = shape.outputs.next_multiple_of(LANES);
        let panels = self.bytes(&format!("{name}.weight"))?;
        let start = self.take(&format!("{name}.start"), Kind::I32)?;
        let mut start: Vec<i32> = start.as_chunks().0.iter().map(|b| i32::from_le_bytes(*b)).collect();
        if shape.outputs == 0 || start.len() != shape.outputs || columns.checked_mul(inputs) != Some(panels.len()) {
            return Err(format!("{name} has another length"));
        }
        start.resize(columns, 0);
        let part = |part, count: usize| {
            let mut numbers = self.counted(&format!("{name}.{part}"), count)?;
            numbers.resize(count.next_multiple_of(PANEL), 0.0);
            Ok::<_, String>(numbers)
        };
        Ok(Linear {
            inputs,
            outputs: shape.outputs,
            panels,
            start,
            scale: part("scale", shape.outputs)?,
            bias: part("bias", shape.outputs)?,
            codes: Codes { steps: self.counted(&format!("{name}.input"), inputs)?, zero: f32::from(shape.zero) },
        })
    }
}

const _: () = assert!(PANEL.is_multiple_of(LANES) && LANES.is_multiple_of(GROUP));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ENCODER;

    #[test]
    fn every_cut_is_refused() {
        let file = &ENCODER.0;
        assert!(Weights::read(file).is_ok());
        for cut in (0..8192).step_by(997).chain((0..file.len()).step_by(999_983)).chain([file.len() - 1]) {
            assert!(Weights::read(&file[..cut]).is_err(), "a file of {cut} bytes was read");
        }
    }
}
