"""Words and word pieces: the Python twin of crates/annotate/src/words.rs and pieces.rs.

Both must cut every text alike; `crates/annotate/tests` holds the cases that both are checked against.
"""
import re
import unicodedata

APOSTROPHES = "'’"
CLITICS = ("s", "re", "ll", "ve", "d", "m")
LETTER = r"[^\W\d_]"
# In order of preference: initials (U.S.), numbers (1,200.5), words with inner apostrophes (Sana'a), any other sign.
WORD = re.compile(
    rf"(?:(?<!\w){LETTER}\.(?:{LETTER}\.)+)|[0-9]+(?:[.,][0-9]+)*\w*|\w+(?:[{APOSTROPHES}]\w+)*|[^\w\s]"
)


def words(text):
    """Returns the (start, end) code point offsets of the words of `text`."""
    out = []
    for m in WORD.finditer(text):
        start, end = m.span()
        word = m.group()
        cut = max(word.rfind("'"), word.rfind("’"))
        if 0 < cut:
            tail = word[cut + 1:].lower()
            if tail == "t" and word[cut - 1] in "nN" and cut > 1:
                out += [(start, start + cut - 1), (start + cut - 1, end)]
                continue
            if tail in CLITICS:
                out += [(start, start + cut), (start + cut, end)]
                continue
        out.append((start, end))
    return out


def plain(word):
    """Returns the word in lower case and without accents, as the uncased vocabulary spells it."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")


class Pieces:
    """Greedy longest-match word pieces over a vocabulary."""

    def __init__(self, vocabulary):
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self.ids["[UNK]"]

    def of(self, word):
        """Returns the piece ids of one word; never empty."""
        out = []
        for part in re.findall(r"\w+|[^\w\s]", plain(word)):
            ids, at = [], 0
            while at < len(part):
                end = len(part)
                while end > at:
                    piece = ("##" if at else "") + part[at:end]
                    if piece in self.ids:
                        break
                    end -= 1
                if end == at or len(part) > 100:
                    ids = [self.unknown]
                    break
                ids.append(self.ids[piece])
                at = end
            out += ids
        return out or [self.unknown]
