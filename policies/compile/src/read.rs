//! A data file's tree read into the model's types, with errors that say what they are: which field or word is not known,
//! which is missing, and where. serde tells a reader's error type all of that; toml's own keeps only a sentence.

use std::{borrow::Cow, fmt, ops::Range};

use serde::{
    Deserializer,
    de::{self, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};
use toml::{
    Spanned,
    de::{DeArray, DeValue},
};

use super::source::CITE;

/// A step down the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Key(String),
    At(usize),
}

/// What keeps a tree from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A table has a key that nothing reads; these would be read.
    UnknownField(String, &'static [&'static str]),
    /// A word is none of these.
    UnknownWord(String, &'static [&'static str]),
    /// A table lacks a key.
    Missing(&'static str),
    /// A value is of another kind, or out of range.
    Unfit(String),
}

impl Fault {
    /// The field or the word that is not known.
    pub(super) fn unknown(&self) -> Option<&str> {
        match self {
            Self::UnknownField(name, _) | Self::UnknownWord(name, _) => Some(name),
            Self::Missing(_) | Self::Unfit(_) => None,
        }
    }

    /// The names that would do, as a data file writes them.
    pub(super) fn expected(&self) -> impl Iterator<Item = &'static str> {
        let names = match self {
            Self::UnknownField(_, names) | Self::UnknownWord(_, names) => *names,
            Self::Missing(_) | Self::Unfit(_) => &[],
        };
        names
            .iter()
            .flat_map(|name| if *name == "cite" { &CITE[..] } else { std::slice::from_ref(name) })
            .copied()
    }
}

/// A key as a data file writes it: the model holds the three of a citation together.
fn written(name: &str) -> String {
    let keys = if name == "cite" { &CITE[..] } else { std::slice::from_ref(&name) };
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = || self.expected().map(|name| format!("`{name}`")).collect::<Vec<_>>();
        match self {
            Self::UnknownField(name, _) => {
                write!(f, "{} is no key here; there are {}", written(name), joined(&listed(), "and"))
            }
            Self::UnknownWord(name, _) => {
                write!(f, "`{name}` is not known here; it is {}", joined(&listed(), "or"))
            }
            Self::Missing(name) => {
                write!(f, "`{}` is missing", if *name == "cite" { "article" } else { name })
            }
            Self::Unfit(message) => f.write_str(message),
        }
    }
}

/// `a, b and c`.
fn joined(names: &[String], last: &str) -> String {
    match names {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [all @ .., end] => format!("{} {last} {end}", all.join(", ")),
    }
}

/// An error on the way up: where it was made, its path from the last to the first step.
#[derive(Clone, Debug)]
pub(super) struct Unread {
    pub(super) fault: Fault,
    span: Option<Range<usize>>,
    steps: Vec<Place>,
}

impl Unread {
    /// Where the file has it, in bytes.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone().unwrap_or_default()
    }

    /// The way down to the value, or to the table whose key it is about.
    pub(super) fn path(&self) -> Vec<Place> {
        self.steps.iter().rev().cloned().collect()
    }

    fn new(fault: Fault) -> Self {
        Self { fault, span: None, steps: Vec::new() }
    }

    fn at(mut self, span: &Range<usize>) -> Self {
        self.span.get_or_insert_with(|| span.clone());
        self
    }

    fn below(mut self, place: Place) -> Self {
        self.steps.push(place);
        self
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}

impl std::error::Error for Unread {}

impl de::Error for Unread {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Fault::Unfit(message.to_string()))
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::custom(format_args!("here stands {}, and {} is wanted", what(found), in_words(expected)))
    }

    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_variant(name: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Fault::UnknownWord(name.to_owned(), expected))
    }

    fn unknown_field(name: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Fault::UnknownField(name.to_owned(), expected))
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new(Fault::Missing(name))
    }
}

/// What a value should have been, for people who know no types.
fn in_words(expected: &dyn de::Expected) -> String {
    let name = expected.to_string();
    match name.as_str() {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0".to_owned(),
        "i32" | "i64" => "a whole number".to_owned(),
        "a string" => "a text in quotes".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list in [ ]".to_owned(),
        "a map" => "a table".to_owned(),
        _ if name.starts_with("struct ") => "a table".to_owned(),
        _ => name,
    }
}

/// What a value is.
fn what(found: de::Unexpected<'_>) -> String {
    match found {
        de::Unexpected::Bool(yes) => format!("`{yes}`"),
        de::Unexpected::Unsigned(number) => format!("the number {number}"),
        de::Unexpected::Signed(number) => format!("the number {number}"),
        de::Unexpected::Float(number) => format!("the number {number}"),
        de::Unexpected::Str(text) => format!("the text “{text}”"),
        de::Unexpected::Seq => "a list".to_owned(),
        de::Unexpected::Map | de::Unexpected::StructVariant => "a table".to_owned(),
        other => other.to_string(),
    }
}

/// A value of the tree.
pub(super) struct Node<'n, 't>(pub(super) &'n Spanned<DeValue<'t>>);

impl<'de> Deserializer<'de> for Node<'_, '_> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        let read = match self.0.get_ref() {
            DeValue::String(text) => visitor.visit_str(text),
            DeValue::Integer(number) => {
                let (digits, radix) = (number.as_str(), number.radix());
                match (i64::from_str_radix(digits, radix), u64::from_str_radix(digits, radix)) {
                    (Ok(number), _) => visitor.visit_i64(number),
                    (_, Ok(number)) => visitor.visit_u64(number),
                    _ => Err(de::Error::custom("this number is too large")),
                }
            }
            DeValue::Float(number) => visitor.visit_f64(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(yes) => visitor.visit_bool(*yes),
            DeValue::Datetime(day) => visitor.visit_string(day.to_string()),
            DeValue::Array(items) => visitor.visit_seq(Items { items, next: 0 }),
            DeValue::Table(table) => visitor.visit_map(Entries { entries: table.iter().collect(), next: 0 }),
        };
        read.map_err(|error| error.at(&self.0.span()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        let span = self.0.span();
        let read = match self.0.get_ref() {
            DeValue::String(word) => {
                visitor.visit_enum(IntoDeserializer::<Unread>::into_deserializer(&**word))
            }
            DeValue::Table(table) => match table.iter().collect::<Vec<_>>().as_slice() {
                [(word, content)] => visitor.visit_enum(Tagged { word, content }),
                _ => Err(de::Error::custom("a table with exactly one key is wanted here")),
            },
            _ => Err(de::Error::custom("a word in quotes, or a table with one key, is wanted here")),
        };
        read.map_err(|error| error.at(&span))
    }

    forward_to_deserialize_any! {
        bool u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 f32 f64 char str string seq bytes byte_buf map unit ignored_any
        unit_struct tuple_struct tuple identifier struct
    }
}

struct Items<'n, 't> {
    items: &'n DeArray<'t>,
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        let at = self.next;
        let Some(item) = self.items.get(at) else { return Ok(None) };
        self.next = at.saturating_add(1);
        seed.deserialize(Node(item)).map(Some).map_err(|error| error.below(Place::At(at)))
    }
}

/// A key and its value.
type Entry<'n, 't> = (&'n Spanned<Cow<'t, str>>, &'n Spanned<DeValue<'t>>);

struct Entries<'n, 't> {
    entries: Vec<Entry<'n, 't>>,
    next: usize,
}

impl<'de> MapAccess<'de> for Entries<'_, '_> {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        let Some((key, _)) = self.entries.get(self.next) else { return Ok(None) };
        let name = IntoDeserializer::<Unread>::into_deserializer(&**key.get_ref());
        seed.deserialize(name).map(Some).map_err(|error| error.at(&key.span()))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unread> {
        let entry = self.entries.get(self.next);
        let (key, value) = entry.ok_or_else(|| Unread::new(Fault::Unfit("no value".to_owned())))?;
        self.next = self.next.saturating_add(1);
        let place = || Place::Key(key.get_ref().to_string());
        seed.deserialize(Node(value)).map_err(|error| error.below(place()))
    }
}

/// A word with what it holds: `{ fixed = "…" }`.
struct Tagged<'n, 't> {
    word: &'n Spanned<Cow<'t, str>>,
    content: &'n Spanned<DeValue<'t>>,
}

impl Tagged<'_, '_> {
    fn place(&self) -> Place {
        Place::Key(self.word.get_ref().to_string())
    }
}

impl<'de> EnumAccess<'de> for Tagged<'_, '_> {
    type Error = Unread;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Unread> {
        let word = IntoDeserializer::<Unread>::into_deserializer(&**self.word.get_ref());
        let variant = seed.deserialize(word).map_err(|error| error.at(&self.word.span()))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Tagged<'_, '_> {
    type Error = Unread;

    fn unit_variant(self) -> Result<(), Unread> {
        match self.content.get_ref() {
            DeValue::Table(table) if table.is_empty() => Ok(()),
            _ => Err(<Unread as de::Error>::custom("an empty table is wanted here")
                .at(&self.content.span())
                .below(self.place())),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unread> {
        seed.deserialize(Node(self.content)).map_err(|error| error.below(self.place()))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        Node(self.content).deserialize_any(visitor).map_err(|error| error.below(self.place()))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        Node(self.content).deserialize_any(visitor).map_err(|error| error.below(self.place()))
    }
}
