//! How many files may be open. Each connection and each case that is awake takes some; with the usual 1,024 a few hundred
//! half-sent requests shut everybody out.

use anyhow::{Result, bail};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What is asked for.
const WANTED: u64 = 65_536;
/// Below this nothing is started.
const LEAST: u64 = 8_192;

/// Raises this process's limit, which workerd inherits.
///
/// # Errors
/// When it cannot be raised far enough.
pub fn raise() -> Result<()> {
    let now = getrlimit(Resource::Nofile);
    let Some(raised) = raised(now.current, now.maximum)? else { return Ok(()) };
    setrlimit(Resource::Nofile, Rlimit { current: Some(raised), maximum: now.maximum })?;
    Ok(())
}

/// What the limit is raised to; `None` where it is high enough. A limit of `None` is none.
fn raised(current: Option<u64>, maximum: Option<u64>) -> Result<Option<u64>> {
    let Some(current) = current.filter(|current| *current < WANTED) else { return Ok(None) };
    let possible = maximum.map_or(WANTED, |maximum| maximum.min(WANTED));
    if possible < LEAST {
        bail!(
            "only {possible} files may be open at once, and a server needs {LEAST}: set LimitNOFILE={WANTED} in its unit, \
             or run `ulimit -n {WANTED}` as root before it"
        );
    }
    Ok((possible > current).then_some(possible))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_limit_is_raised_as_far_as_it_goes_and_refused_where_that_is_too_little() {
        assert_eq!(raised(Some(1_024), Some(1_048_576)).unwrap(), Some(WANTED));
        assert_eq!(raised(Some(1_024), None).unwrap(), Some(WANTED));
        assert_eq!(raised(Some(1_024), Some(LEAST)).unwrap(), Some(LEAST));
        assert_eq!(raised(Some(LEAST), Some(LEAST)).unwrap(), None);
        assert_eq!(raised(Some(WANTED), Some(WANTED)).unwrap(), None);
        assert_eq!(raised(Some(WANTED * 2), None).unwrap(), None);
        assert_eq!(raised(None, None).unwrap(), None);
        let refused = raised(Some(1_024), Some(LEAST - 1)).unwrap_err().to_string();
        assert!(refused.contains("8191") && refused.contains("LimitNOFILE=65536"), "{refused}");
    }
}
