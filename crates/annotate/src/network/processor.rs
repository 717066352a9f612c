//! Which instructions the processor has, and functions that are compiled once for each kind.

/// A kind of processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Processor {
    /// x86-64 with AVX-512 and its products of small whole numbers (VNNI).
    #[cfg(target_arch = "x86_64")]
    Vnni,
    /// x86-64 with AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Any other.
    Plain,
}

impl Processor {
    /// Returns the kind that runs this.
    pub(super) fn here() -> Self {
        #[cfg(test)]
        if let Some(forced) = tests::FORCED.get() {
            return forced;
        }
        #[cfg(target_arch = "x86_64")]
        {
            // Answered from memory after the first time.
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                return Self::Vnni;
            }
            if is_x86_feature_detected!("avx2") {
                return Self::Avx2;
            }
        }
        Self::Plain
    }
}

/// Defines a function that is compiled once for each kind of processor and runs as the one at hand can.
///
/// All copies are of one text, and Rust neither exchanges nor joins operations on floats; so all compute the same.
macro_rules! each_processor {
    ($(#[$about:meta])* $visible:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) $(-> $out:ty)? $body:block) => {
        $(#[$about])*
        #[allow(unsafe_code, reason = "calls of functions for processors that are known to be at hand")]
        $visible fn $name($($arg: $type),*) $(-> $out)? {
            #[inline(always)]
            fn plain($($arg: $type),*) $(-> $out)? $body

            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
                fn vnni($($arg: $type),*) $(-> $out)? {
                    plain($($arg),*)
                }
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $type),*) $(-> $out)? {
                    plain($($arg),*)
                }
                match $crate::network::processor::Processor::here() {
                    // SAFETY: the processor was asked for each of these features.
                    $crate::network::processor::Processor::Vnni => return unsafe { vnni($($arg),*) },
                    // SAFETY: the processor was asked for this feature.
                    $crate::network::processor::Processor::Avx2 => return unsafe { avx2($($arg),*) },
                    $crate::network::processor::Processor::Plain => {}
                }
            }
            plain($($arg),*)
        }
    };
}
pub(super) use each_processor;

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        /// The kind of processor that this thread pretends to have.
        pub(super) static FORCED: Cell<Option<Processor>> = const { Cell::new(None) };
    }

    /// Calls a function as each kind of processor that can be had here would run it.
    pub(crate) fn on_each<T>(mut run: impl FnMut() -> T) -> Vec<(Processor, T)> {
        FORCED.set(None);
        let here = Processor::here();
        #[cfg(target_arch = "x86_64")]
        let kinds = match here {
            Processor::Vnni => vec![Processor::Plain, Processor::Avx2, Processor::Vnni],
            Processor::Avx2 => vec![Processor::Plain, Processor::Avx2],
            Processor::Plain => vec![Processor::Plain],
        };
        #[cfg(not(target_arch = "x86_64"))]
        let kinds = vec![here];
        let out = kinds
            .into_iter()
            .map(|kind| {
                FORCED.set(Some(kind));
                (kind, run())
            })
            .collect();
        FORCED.set(None);
        out
    }
}
