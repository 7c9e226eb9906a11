//! What somebody reports.

use chrono::NaiveDate;
use policies::model::Misuse;
use serde::{Deserialize, Serialize};

#[cfg(doc)]
use super::Application;
use crate::{addressee::Addressee, paper::Enclosures};

/// A tip-off (举报), anonymous but where its sender chose to give a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TipOff {
    /// Document id.
    pub document: String,
    /// What kind of misuse.
    pub what: Misuse,
    /// What it is by the document's own list: the id of a breach. Empty: none of them, or from pages of before there was
    /// a list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub breach: String,
    /// Who says so, where they want it known to whoever opens the letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub informant: Option<Informant>,
    /// The sender reads the answer and wants to be asked nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_questions: bool,
    /// Where, in words: everything that is known of it.
    pub place: String,
    /// The same in parts, as far as they are known, so that letters about one flat find each other. Empty: from pages of
    /// before it was asked for in parts.
    #[serde(default, skip_serializing_if = "Spot::is_empty")]
    pub spot: Spot,
    /// Since when, own words.
    #[serde(default)]
    pub since: String,
    /// How the sender knows, own words.
    #[serde(default)]
    pub how_known: String,
    /// What was seen.
    pub text: String,
    /// Day it was written.
    #[serde(with = "policies::iso")]
    pub on: NaiveDate,
    /// age recipient of the receipt: see [`Application::reply_to`].
    pub reply_to: String,
    /// See [`Application::owner_key`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_key: String,
    /// For whom in the office it is, which nobody on the way could exchange: see [`crate::case::Submission::addressee`].
    #[serde(default, skip_serializing_if = "Addressee::is_office")]
    pub addressee: Addressee,
    /// The papers that go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enclosures: Option<Enclosures>,
}

/// Who reports by name (实名举报).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Informant {
    /// Name.
    pub name: String,
    /// Phone; empty: by the receipt alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
}

/// Where a flat is, as far as whoever reports it knows; each part as typed, and empty where it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spot {
    /// Estate, or the street where there is none: `测试小区`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub estate: String,
    /// Building and entrance: `1 栋 2 单元`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub building: String,
    /// Floor and number: `301`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub flat: String,
}

impl Spot {
    /// Whether nothing of it is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// All of it in words, from the large to the small: `测试小区 1 栋 2 单元 301`.
    pub fn words(&self) -> String {
        let parts = [&*self.estate, &*self.building, &*self.flat];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}
