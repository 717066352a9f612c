//! Markup to plain text: a paragraph a block, blocks parted by blank lines.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// Elements that begin and end a block.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "ul",
];

/// Elements whose content is no part of a report's words. Captions speak of pictures that are not there.
const SKIPPED: [&str; 16] = [
    "script",
    "style",
    "noscript",
    "template",
    "figcaption",
    "button",
    "form",
    "select",
    "textarea",
    "svg",
    "math",
    "iframe",
    "object",
    "video",
    "audio",
    "head",
];

/// Elements without content, which have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Share of a block's characters that stand in links, from which it leads elsewhere: `Print this page | Top`.
const LINKED: f64 = 0.8;

/// Characters of a table's cell from which it is a paragraph: old pages are tables.
const LONG_CELL: usize = 60;

/// Returns the words of markup, whole pages and fragments alike; character references are resolved.
pub(crate) fn of_markup(markup: &str) -> String {
    let blocks: Vec<String> = blocks(markup).into_iter().map(|block| block.words).collect();
    blocks.join("\n\n")
}

/// Returns the words of an article's markup, without blocks that only lead elsewhere.
pub(crate) fn of_article(markup: &str) -> String {
    let words = blocks(markup).into_iter().filter(|block| !block.leads_elsewhere()).map(|block| block.words);
    words.collect::<Vec<_>>().join("\n\n")
}

fn blocks(markup: &str) -> Vec<Block> {
    let mut collected = tokenize(markup, Blocks::default()).0.into_inner();
    collected.end();
    collected.done
}

/// A stretch of text that stands by itself.
#[derive(Debug, Default)]
struct Block {
    words: String,
    /// Characters that stand in links.
    linked: usize,
}

impl Block {
    /// Tells whether it is made of links and says nothing whole.
    #[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^53")]
    fn leads_elsewhere(&self) -> bool {
        let linked =
            self.linked as f64 >= LINKED * self.words.chars().filter(|c| c.is_alphanumeric()).count() as f64;
        linked && self.linked > 0 && !self.words.ends_with(['.', '!', '?', '”', '"'])
    }
}

/// Returns a text without a first block that repeats the headline.
pub(crate) fn without_title(text: String, title: Option<&str>) -> String {
    let first = text.split("\n\n").next().unwrap_or_default();
    match (title, text.split_once("\n\n")) {
        (Some(title), Some((_, rest))) if first.eq_ignore_ascii_case(title) => rest.to_owned(),
        _ => text,
    }
}

/// Runs markup through a sink.
pub(super) fn tokenize<S: TokenSink>(markup: &str, sink: S) -> S {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(markup));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // Scripts are not run, so the tokenizer may stop at each.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink
}

/// Returns how the content of an element must be read: what looks like a tag in a script is none.
pub(super) fn content<H>(tag: &Tag) -> TokenSinkResult<H> {
    match (tag.kind, tag.self_closing, &*tag.name) {
        (TagKind::StartTag, false, "script") => TokenSinkResult::RawData(RawKind::ScriptData),
        (TagKind::StartTag, false, "style" | "iframe" | "noembed" | "noframes" | "xmp") => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        (TagKind::StartTag, false, "title" | "textarea") => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Collected {
    done: Vec<Block>,
    block: Block,
    /// Whether a link is open.
    linking: bool,
    /// Line breaks since the last word.
    breaks: usize,
    /// White space since the last word.
    space: bool,
    /// Elements open within a skipped one, itself included.
    skipping: Vec<String>,
}

impl Collected {
    fn end(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.words.is_empty() {
            self.done.push(block);
        }
        (self.breaks, self.space) = (0, false);
    }

    fn characters(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            // Soft hyphens and zero-width marks stand inside words where a line might break.
            if matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0') {
                continue;
            }
            match self.breaks {
                0 if self.space && !self.block.words.is_empty() => self.block.words.push(' '),
                1 if !self.block.words.is_empty() => self.block.words.push('\n'),
                2.. => self.end(),
                _ => {}
            }
            (self.breaks, self.space) = (0, false);
            self.block.words.push(c);
            self.block.linked += usize::from(self.linking && c.is_alphanumeric());
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let start = tag.kind == TagKind::StartTag;
        if let Some(outermost) = self.skipping.first() {
            // Only the skipped element itself is followed, lest a tag that is never closed swallow the rest.
            let same = outermost == name;
            match (start, same) {
                (true, true) if !tag.self_closing => self.skipping.push(name.to_owned()),
                (false, true) => _ = self.skipping.pop(),
                _ => {}
            }
            return;
        }
        if start && SKIPPED.contains(&name) && !tag.self_closing && !VOID.contains(&name) {
            self.skipping.push(name.to_owned());
        } else if name == "br" {
            self.breaks += 1;
        } else if name == "a" {
            self.linking = start;
        } else if matches!(name, "td" | "th") {
            if self.block.words.contains('\n') || self.block.words.len() >= LONG_CELL {
                self.end();
            }
            self.space = true;
        } else if BLOCKS.contains(&name) {
            self.end();
        }
    }
}

/// Collects the blocks of a page.
#[derive(Debug, Default)]
struct Blocks(RefCell<Collected>);

impl TokenSink for Blocks {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut collected = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) if collected.skipping.is_empty() => collected.characters(&text),
            Token::TagToken(tag) => {
                collected.tag(&tag);
                return content(&tag);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::{of_article, of_markup, without_title};

    #[track_caller]
    fn check(markup: &str, expected: &str) {
        assert_eq!(of_markup(markup), expected);
    }

    #[test]
    fn blocks_are_parted() {
        check("<p>One <b>bold</b>\n word.</p><p>Two.", "One bold word.\n\nTwo.");
        check("<div><div>One</div>two</div>", "One\n\ntwo");
        check("<table><tr><td>Rell</td><td>4</td></tr><tr><td>Orla</td></tr></table>", "Rell 4\n\nOrla");
        check("a<br>b<br><br>c", "a\nb\n\nc");
    }

    #[test]
    fn what_leads_elsewhere_is_left_out_of_articles() {
        let links =
            "<p>They left.</p><p><a href=x>Print</a> | <a href=y>Top</a></p><p><a href=z>They came.</a></p>";
        assert_eq!(of_article(links), "They left.\n\nThey came.");
        check(links, "They left.\n\nPrint | Top\n\nThey came.");
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        check("<style>p { x: y }</style><script>if (a < b) { '</p>' }</script><p>Hi", "Hi");
        check("<figure><img src=x><figcaption>The <b>mayor</b></figcaption></figure><p>Hi", "Hi");
        check("<form><form></form><input></form>Hi<svg/>there", "Hithere");
        check("<!-- no --><p hidden title='<p>'>Hi", "Hi");
    }

    #[test]
    fn characters_are_resolved() {
        check(
            "Gómez &amp; S&ouml;hne &#8220;no&#8221; a&nbsp;b co&shy;operate",
            "Gómez & Söhne “no” a b cooperate",
        );
        check("plain words", "plain words");
        check("", "");
    }

    #[test]
    fn a_repeated_headline_goes() {
        assert_eq!(without_title("Arvan Falls\n\nThey left.".to_owned(), Some("Arvan falls")), "They left.");
        assert_eq!(without_title("Arvan falls".to_owned(), Some("Arvan falls")), "Arvan falls");
    }
}
