//! Characters as the segmenter sees them: folded for look-up, and sorted into coarse shapes.

/// Stands before the first character of a chunk.
pub(super) const START: char = '\u{2}';
/// Stands after the last character of a chunk.
pub(super) const END: char = '\u{3}';

/// Odd constant of the multiplicative hash (the golden ratio in 64 bits).
const K: u64 = 0x9E37_79B9_7F4A_7C15;

/// Joins one more value to a running hash. Integer arithmetic only, so features are the same everywhere.
#[inline]
pub(crate) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(K)
}

/// Whether a character glues to the one before it: combining marks, joiners, variation selectors.
pub(super) fn is_extender(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{20D0}'..='\u{20FF}'
        | '\u{1F3FB}'..='\u{1F3FF}')
}

/// Whether a character separates chunks. Zero-width spaces and byte order marks count as space here,
/// because copied pages carry them at random.
#[inline]
pub(super) fn is_space(c: char) -> bool {
    if c.is_ascii() {
        return c == ' ' || ('\t'..='\r').contains(&c) || c < '\u{20}' || c == '\u{7F}';
    }
    c.is_whitespace() || c == '\u{200B}' || c == '\u{FEFF}' || c == '\u{AD}'
}

/// Lower case, with the typographic variants of quotes and dashes brought to one form each.
#[inline]
pub(super) fn fold(c: char) -> char {
    if c.is_ascii() {
        return if c == '`' { '\'' } else { c.to_ascii_lowercase() };
    }
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2BC}' | '\u{B4}' | '\u{2032}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{AB}' | '\u{BB}' | '\u{2033}' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2015}' => '\u{2013}',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Coarse kind of a character: `a` lower-case letter, `A` upper-case, `0` digit, `x` other letter,
/// otherwise the folded character itself.
#[inline]
pub(super) fn shape(c: char) -> char {
    if c.is_ascii_lowercase() {
        'a'
    } else if c.is_ascii_uppercase() {
        'A'
    } else if c.is_ascii_digit() {
        '0'
    } else if c.is_ascii() {
        fold(c)
    } else if c.is_lowercase() {
        'a'
    } else if c.is_uppercase() {
        'A'
    } else if c.is_numeric() {
        '0'
    } else if c.is_alphabetic() {
        'x'
    } else {
        fold(c)
    }
}

/// Whether a shape is that of a letter.
#[inline]
pub(super) fn is_letter(shape: char) -> bool {
    matches!(shape, 'a' | 'A' | 'x')
}

/// How a token looks as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Look {
    /// No token: before the first or after the last of a paragraph.
    None = 0,
    /// Begins with a lower-case letter.
    Lower = 1,
    /// One upper-case letter, alone or with a period.
    Initial = 2,
    /// Upper-case letter, then lower case.
    Capital = 3,
    /// Upper case throughout.
    Upper = 4,
    /// Begins with a digit.
    Digit = 5,
    /// Punctuation or symbol.
    Symbol = 6,
    /// Letters of a script without case.
    Other = 7,
    /// A web or mail address.
    Address = 8,
}

impl Look {
    /// The look of a token's text.
    pub(super) fn of(text: &str) -> Self {
        let mut chars = text.chars().map(shape);
        let Some(first) = chars.next() else { return Self::None };
        if text.len() > 5 && (text.contains("://") || text.contains('@') || text.starts_with("www.")) {
            return Self::Address;
        }
        match first {
            'a' => Self::Lower,
            '0' => Self::Digit,
            'x' => Self::Other,
            'A' => {
                let (mut letters, mut lower) = (1, false);
                for c in chars.take(24) {
                    lower |= c == 'a';
                    letters += usize::from(is_letter(c));
                }
                match (letters, lower) {
                    (1, _) => Self::Initial,
                    (_, true) => Self::Capital,
                    (_, false) => Self::Upper,
                }
            }
            _ => Self::Symbol,
        }
    }

    /// Whether the token begins with an upper-case letter.
    pub(super) fn is_capitalised(self) -> bool {
        matches!(self, Self::Initial | Self::Capital | Self::Upper)
    }
}
