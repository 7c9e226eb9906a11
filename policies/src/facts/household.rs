//! What is known of a household: facts by id, any of which may be missing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de};

/// A fact's value in its smallest unit. JSON: `true`, `350000`, `"2024-03-01"` or `"dibao"`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// Fen, 0.01 m², months or a count.
    Number(i64),
    /// A calendar date.
    Date(#[serde(serialize_with = "crate::model::iso::serialize")] NaiveDate),
    /// The id of a choice.
    Choice(String),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Value;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(
                    "true, false, a whole number in the smallest unit, a date YYYY-MM-DD or a choice id",
                )
            }

            fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
                Ok(Value::YesNo(v))
            }

            fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
                Ok(Value::Number(v))
            }

            fn visit_u64<E: de::Error>(self, v: u64) -> Result<Value, E> {
                i64::try_from(v)
                    .map(Value::Number)
                    .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(v), &self))
            }

            fn visit_str<E>(self, v: &str) -> Result<Value, E> {
                Ok(crate::model::iso::read(v).map_or_else(|| Value::Choice(v.to_owned()), Value::Date))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Facts of one household. A missing id is an unknown, never a default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Household {
    /// Household facts by id.
    #[serde(default)]
    pub facts: BTreeMap<String, Value>,
    /// Person facts by id, one map per person; their order never matters.
    #[serde(default)]
    pub people: Vec<BTreeMap<String, Value>>,
}
