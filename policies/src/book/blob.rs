//! Reads the bytes that the build script wrote with postcard.
//!
//! The very build that makes these bytes also makes the types they are read into, so they cannot be
//! wrong. A reader that knows this cannot fail, and needs none of the code that would pass failures on:
//! that is a large share of what postcard's own reader adds to every page.

use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor,
    value::U32Deserializer,
};

/// The value that `bytes` hold. Bytes of another build end the program.
pub(crate) fn read<T: de::DeserializeOwned>(bytes: &[u8]) -> T {
    match T::deserialize(&mut Bytes(bytes)) {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

/// There is no error.
#[derive(Debug)]
enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl de::StdError for Never {}

impl de::Error for Never {
    #[cold]
    #[inline(never)]
    fn custom<T: fmt::Display>(_: T) -> Self {
        std::process::abort()
    }

    #[cold]
    #[inline(never)]
    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        std::process::abort()
    }

    #[cold]
    #[inline(never)]
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        std::process::abort()
    }

    #[cold]
    #[inline(never)]
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        std::process::abort()
    }
}

/// What is still to be read.
struct Bytes<'de>(&'de [u8]);

impl<'de> Bytes<'de> {
    #[inline(never)]
    fn take(&mut self, length: usize) -> &'de [u8] {
        let (taken, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        taken
    }

    #[inline(never)]
    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    /// A number in groups of seven bits, the lowest first.
    #[inline(never)]
    fn varint(&mut self) -> u64 {
        let (mut number, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f).wrapping_shl(shift);
            shift = shift.wrapping_add(7);
            if byte < 0x80 {
                return number;
            }
        }
    }

    /// A signed number, its sign in the lowest bit.
    fn zigzag(&mut self) -> i64 {
        let number = self.varint();
        (number >> 1).cast_signed() ^ (number & 1).cast_signed().wrapping_neg()
    }

    // Lengths were lengths when they were written.
    #[allow(clippy::cast_possible_truncation)]
    fn length(&mut self) -> usize {
        self.varint() as usize
    }

    #[inline(never)]
    fn text(&mut self) -> &'de str {
        let length = self.length();
        std::str::from_utf8(self.take(length)).unwrap_or_default()
    }
}

macro_rules! refused {
    ($($name:ident)*) => {
        $(fn $name<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Never> {
            std::process::abort()
        })*
    };
}

macro_rules! number {
    ($($name:ident $visit:ident $read:ident $kind:ty;)*) => {
        $(// The writer had a number of this very type.
        #[allow(clippy::cast_possible_truncation, clippy::unnecessary_cast)]
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
            visitor.$visit(self.$read() as $kind)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Bytes<'de> {
    type Error = Never;

    refused! {
        deserialize_any deserialize_i8 deserialize_i128 deserialize_u128 deserialize_f32 deserialize_f64
        deserialize_char deserialize_bytes deserialize_byte_buf deserialize_map deserialize_identifier
        deserialize_ignored_any
    }

    number! {
        deserialize_u8 visit_u8 byte u8;
        deserialize_u16 visit_u16 varint u16;
        deserialize_u32 visit_u32 varint u32;
        deserialize_u64 visit_u64 varint u64;
        deserialize_i16 visit_i16 zigzag i16;
        deserialize_i32 visit_i32 zigzag i32;
        deserialize_i64 visit_i64 zigzag i64;
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_bool(self.byte() != 0)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_borrowed_str(self.text())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_borrowed_str(self.text())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        if self.byte() == 0 { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        let left = self.length();
        visitor.visit_seq(Items { bytes: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_enum(Fields(self))
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// A list that says how long it is.
struct Items<'a, 'de> {
    bytes: &'a mut Bytes<'de>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(&mut *self.bytes).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// The fields of a structure, or the variant of an enum and what it holds.
struct Fields<'a, 'de>(&'a mut Bytes<'de>);

impl<'de> SeqAccess<'de> for Fields<'_, 'de> {
    type Error = Never;

    #[inline(always)]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        seed.deserialize(&mut *self.0).map(Some)
    }
}

impl<'de> EnumAccess<'de> for Fields<'_, 'de> {
    type Error = Never;
    type Variant = Self;

    #[inline(always)]
    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Never> {
        // There are fewer variants than 2^32.
        #[allow(clippy::cast_possible_truncation)]
        let index: U32Deserializer<Never> = (self.0.varint() as u32).into_deserializer();
        Ok((seed.deserialize(index)?, self))
    }
}

impl<'de> VariantAccess<'de> for Fields<'_, 'de> {
    type Error = Never;

    fn unit_variant(self) -> Result<(), Never> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Never> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(self)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(self)
    }
}
