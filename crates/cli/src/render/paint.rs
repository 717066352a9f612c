//! Colour, where somebody sees it.

/// Paints words with ANSI codes, or leaves them as they are.
pub(crate) struct Paint {
    coloured: bool,
}

impl Paint {
    /// Returns a paint that colours on a terminal, unless `NO_COLOR` is set (<https://no-color.org>) or the terminal is
    /// a dumb one.
    pub(crate) fn for_terminal(terminal: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { coloured: terminal && !set("NO_COLOR") && !dumb }
    }

    /// Returns what is to be seen first: an event's type.
    pub(crate) fn strong(&self, words: &str) -> String {
        self.wrap("1", words)
    }

    /// Returns what is to be seen last: labels and figures.
    pub(crate) fn faint(&self, words: &str) -> String {
        self.wrap("2", words)
    }

    /// Returns words of the text that tell of an event: coloured, or in brackets.
    pub(crate) fn marked(&self, words: &str) -> String {
        if self.coloured { self.wrap("1;33", words) } else { format!("[{words}]") }
    }

    /// Tells whether marked words need no brackets.
    pub(crate) fn is_coloured(&self) -> bool {
        self.coloured
    }

    fn wrap(&self, code: &str, words: &str) -> String {
        if self.coloured && !words.is_empty() {
            format!("\x1b[{code}m{words}\x1b[0m")
        } else {
            words.to_owned()
        }
    }

    #[cfg(test)]
    pub(crate) fn plain() -> Self {
        Self { coloured: false }
    }
}
