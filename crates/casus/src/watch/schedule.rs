//! How long to wait.

/// The longest that a failing feed is left alone, in seconds, where its server does not ask for longer.
const LONGEST: u64 = 24 * 3600;

/// The longest that a server's wish is followed, in seconds: a slip of its clock shall not silence a feed for ever.
const LONGEST_WISH: u64 = 7 * 24 * 3600;

/// Returns the seconds to wait after the n-th failure in a row: the usual time, doubled with each, and at least what the
/// server asks for.
pub(super) fn after_failure(every: u64, failures: u32, retry_after: Option<u64>) -> u64 {
    let doubled = every.saturating_mul(2_u64.saturating_pow(failures.min(32)));
    // A feed that is asked for less than once a day keeps its pace.
    let wait = doubled.min(LONGEST.max(every));
    wait.max(retry_after.unwrap_or_default().min(LONGEST_WISH))
}

#[cfg(test)]
mod tests {
    use super::after_failure;

    #[test]
    fn failures_are_left_alone_longer_and_longer() {
        assert_eq!([1, 2, 3, 50].map(|n| after_failure(900, n, None)), [1800, 3600, 7200, 86_400]);
        assert_eq!(after_failure(900, 1, Some(7200)), 7200);
        assert_eq!(after_failure(900, 1, Some(u64::MAX)), 604_800);
        assert_eq!(after_failure(172_800, 9, None), 172_800);
    }
}
