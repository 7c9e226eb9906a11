//! The header that shows who asks. It never goes into an address, which logs keep.

/// Proof of who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// A receipt's token: 64 hexadecimal digits.
    Receipt(String),
    /// An officer's signed token: see [`crate::staff`].
    Staff(String),
}

const RECEIPT: &str = "Receipt ";
const STAFF: &str = "Staff ";

impl Authorization {
    /// The value of the header `Authorization`.
    pub fn header(&self) -> String {
        match self {
            Self::Receipt(token) => format!("{RECEIPT}{token}"),
            Self::Staff(token) => format!("{STAFF}{token}"),
        }
    }

    /// The receipt's token in a header's value, as it was sent.
    pub fn receipt(value: &str) -> Option<&str> {
        value.strip_prefix(RECEIPT).map(str::trim)
    }

    /// The staff token in a header's value, as it was sent.
    pub fn staff(value: &str) -> Option<&str> {
        value.strip_prefix(STAFF).map(str::trim)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_read_as_itself_only() {
        let (receipt, staff) = (Authorization::Receipt("ab".into()), Authorization::Staff("a.b.c".into()));
        assert_eq!(Authorization::receipt(&receipt.header()), Some("ab"));
        assert_eq!(Authorization::staff(&staff.header()), Some("a.b.c"));
        assert_eq!(Authorization::staff(&receipt.header()), None);
        assert_eq!(Authorization::receipt("Bearer x"), None);
    }
}
