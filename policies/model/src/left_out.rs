//! What the light book leaves out.

use serde::{Deserialize, Serialize};

/// In the place of a list or a text that only the whole book carries. The build writes it empty, so that both books
/// have one layout; the light book has nothing to read here, and the compiler says so to whoever tries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct LeftOut(Vec<()>);
