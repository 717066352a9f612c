"""Training examples from the gold reports and from GUM.

Gold reports are JSON files as this project's gold format describes (one report, its entities and its events; spans are
quotes); GUM comes as JSON Lines with Universal Dependencies (`README.md` beside this file says where both are
had). Nothing here depends on the model's size or framework: labels are plain lists, one entry a word.
"""
import bisect
import datetime as dt
import json
import pathlib
import re

import words as W

TYPES = ("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
         "MOBILIZE COERCE ASSAULT").split()
MODES = ("visit third-party multilateral phone withdraw release disarm ceasefire access resign assist change yield "
         "meet disapprove investigate allege restrict arrest relations expel territory violence demo riot strike "
         "hunger boycott obstruct vandalize convict discontinue troops weapons police militia seize censor curfew "
         "martial-law deport withhold misinformation cyber abduct beat torture sexual targeted destroy primitive "
         "firearms explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional").split()
STATUSES = "actual future hypothetical negated".split()
STANCES = "states alleges believes denies confirms".split()
SECTORS = ("none GOV MIL LEG JUD COP SPY PTY OPP REB PRM UAF CRM CVL JRN MED EDU BUS AGR LAB REL SOC ELI REF").split()
MENTIONS = "O B-actor I-actor B-place I-place".split()
ROLES = ("actor recipient place time source via count killed injured detained displaced abducted anonymous "
         "same response_to part_of about").split()
WHENS = "absent publication expression".split()
POS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
RELATIONS = ("acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated "
             "expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root "
             "vocative xcomp").split()
NUMBER_SLOTS = "count killed injured detained displaced abducted".split()
# Who annotated a text. Each has habits (some link every act to a cause, some seldom); the network learns each one's
# and reads, when it is used, as the first would.
ANNOTATORS = "gold labels reports silver".split()
IGNORE = -100


# ---------------------------------------------------------------- gold reports

def find_quote(text, quote, every=True):
    """Returns the spans of a quote; [[brackets]] mark the words meant, the rest makes the quote unique."""
    m = re.search(r"\[\[(.+?)\]\]", quote, re.S)
    bare = quote.replace("[[", "").replace("]]", "")
    pattern = re.escape(bare)
    if bare[:1].isalnum():
        pattern = r"(?<!\w)" + pattern
    if bare[-1:].isalnum():
        pattern += r"(?!\w)"
    lo, n = (m.start(), len(m.group(1))) if m else (0, len(bare))
    return [(h.start() + lo, h.start() + lo + n) for h in re.finditer(pattern, text)]


def is_left_out(name, fold):
    """Tells whether a report is kept to measure on: every tenth, by a sum over its id; none without a fold."""
    return fold is not None and sum(name.encode()) % 10 == fold


def load_gold(folder):
    """Returns the reports of a folder with every quote resolved to offsets."""
    out = []
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        doc = json.loads(path.read_text(encoding="utf-8"))
        text = doc["text"]
        for ent in doc["entities"].values():
            ent["spans"] = sorted({s for q in ent["mentions"] for s in find_quote(text, q)})
        for ev in doc["events"]:
            ev["spans"] = [s for q in ev["mentions"]
                           for s in (find_quote(text, q)[:1] if isinstance(q, str) else [tuple(q)])]
            for p in ev.get("places", []):
                p["spans"] = find_quote(text, p["text"]) if p.get("text") else []
        out.append(doc)
    return out


SENTENCE = re.compile(r"(?<=[.!?”\"’])\s+(?=[“\"‘A-Z0-9])|\n+")
ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|St|Sen|Rep|Gov|No|U\.S|U\.N|U\.K|a\.m|p\.m|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$")


def sentence_starts(text):
    """Returns the offsets at which sentences start, good enough to say which words stand close together."""
    starts = [0]
    for m in SENTENCE.finditer(text):
        if not ABBREVIATION.search(text[starts[-1]:m.start()]):
            starts.append(m.end())
    return starts


MONTHS = {m: i % 12 + 1 for i, m in enumerate(
    "january february march april may june july august september october november december "
    "jan feb mar apr may jun jul aug sep oct nov dec".split())}
MONTHS["sept"] = 9
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_month = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|April|Apr\.|May|June|Jun\.|July|Jul\.|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_units = r"(?:minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|decades?)"
TIME = re.compile(
    rf"\b(?:{_month}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_month}(?:,?\s+\d{{4}})?"
    rf"|(?:(?:[Ee]arlier|[Ll]ater)\s+in\s+|[Ee]arly\s+|[Mm]id-|[Ll]ate\s+|[Ss]ince\s+)?{_month}(?:\s+\d{{4}})?(?!\w)"
    rf"|(?:[Ll]ast\s+|[Nn]ext\s+|[Tt]his\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|evening|night|afternoon))?"
    rf"|(?:[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Pp]revious)\s+(?:\w+\s+)?(?:morning|evening|afternoon|spring|summer|autumn|fall|winter|{_units})"
    rf"|(?:[Tt]he\s+)?(?:same|following|previous)\s+(?:day|night|week|month|year)"
    rf"|\w+\s+{_units}\s+(?:ago|earlier|later|before|after)|(?:[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Oo]vernight)"
    rf"|(?:19|20)\d\d(?:s)?)\b")


def time_matches(words, start, end, published):
    """Tells whether a time expression may be where the gold interval was read from."""
    low = words.lower()
    year = re.search(r"\b((?:19|20)\d\d)\b", words)
    if year and int(year.group(1)) not in (start.year, end.year):
        return False
    month = next((MONTHS[w] for w in re.findall(r"[a-z]+", low) if w in MONTHS), None)
    if month:
        day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)", re.sub(r"\d{4}", "", words))
        return month in (start.month, end.month) and (not day or int(day.group(1)) in (start.day, end.day))
    weekday = next((i for i, d in enumerate(DAYS) if d in low), None)
    if weekday is not None:
        return weekday in (start.weekday(), end.weekday()) and abs((end - published).days) < 15
    if year:
        return True
    day = dt.timedelta(1)
    if "yesterday" in low:
        return start == published - day
    if "tomorrow" in low:
        return start == published + day
    if re.search("overnight|last night", low):
        return start in (published - day, published) and (end - start).days <= 1
    if re.search("today|tonight|this (morning|evening|afternoon)", low):
        return start == end == published
    if re.search("ago|last|past|previous", low):
        return start < published
    if "next" in low:
        return start > published
    return (start, end) != (published, published)


NUMBER_WORDS = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty".split())}
NUMBER_WORDS |= {"a": 1, "an": 1, "another": 1, "no": 0, "nobody": 0, "dozens": 24, "scores": 40, "hundreds": 200,
                 "thousands": 2000, "several": 3, "dozen": 12, "couple": 2, "both": 2, "thirty": 30, "forty": 40,
                 "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


def number_of(word):
    """Returns the number that a word names, none where it names none."""
    low = word.lower()
    if low in NUMBER_WORDS:
        return NUMBER_WORDS[low]
    bare = low.replace(",", "")
    return int(bare) if bare.isdigit() and len(bare) < 10 else None


def chosen(spans, trigger, sentence):
    """Returns the mentions that stand for an entity in what a trigger tells: those of its own sentence, else the
    nearest one before it, else the nearest after it."""
    if not spans:
        return []
    here = [s for s in spans if sentence(s[0]) == sentence(trigger[0])]
    if here:
        return here
    before = [s for s in spans if s[0] < trigger[0]]
    return [max(before)] if before else [min(spans)]


def whole_names(spans):
    """Returns the spans without those that lie inside another of at most six words' length."""
    return [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] and o[1] - o[0] <= 45 for o in spans)
            and not any(s != o and s[0] <= o[0] and o[1] <= s[1] and s[1] - s[0] > 45 for o in spans)]


class Report:
    """One report as words with their labels."""

    def __init__(self, doc, pieces):
        text = doc["text"]
        self.id, self.text, self.words = doc["id"], text, W.words(text)
        self.pieces = [pieces.of(text[a:b]) for a, b in self.words]
        self.ends = [b for _, b in self.words]
        starts = sentence_starts(text)
        self.sentence = lambda at: bisect.bisect_right(starts, at)
        self.types = [(0, (), 1.0)] * len(self.words)
        self.mentions = [0] * len(self.words)
        self.sectors = [IGNORE] * len(self.words)
        self.triggers = []
        self.dated = doc.get("dated", True)
        if "events" in doc:
            self.label(doc)

    def windows(self):
        """Returns the word ranges of its windows, cut at sentences."""
        sentence = [self.sentence(a) for a, _ in self.words]
        return windows(self.pieces, [i for i in range(1, len(sentence)) if sentence[i] != sentence[i - 1]])

    def covered(self, span):
        """Returns the range of words that a span touches."""
        first = bisect.bisect_right(self.ends, span[0])
        last = first
        while last < len(self.words) and self.words[last][0] < span[1]:
            last += 1
        return range(first, last)

    def label(self, doc):
        text, published = self.text, dt.date.fromisoformat(doc["published"]) if doc.get("published") else None
        entities = {k: whole_names(e["spans"]) for k, e in doc["entities"].items()}
        for kind, spans in (("place", [s for e in doc["events"] for p in e.get("places", []) for s in p["spans"]]),
                            ("actor", [s for v in entities.values() for s in v])):
            for span in sorted(spans, key=lambda s: s[0] - s[1]):
                for i, w in enumerate(self.covered(span)):
                    self.mentions[w] = MENTIONS.index(("I-" if i else "B-") + kind)
        for key, ent in doc["entities"].items():
            sector = (ent.get("code") or "").split()[-1:]
            sector = sector[0] if sector and sector[0] in SECTORS else "none"
            for span in entities[key]:
                for w in self.covered(span):
                    self.sectors[w] = SECTORS.index(sector)
        by_id = {e["id"]: e for e in doc["events"]}
        times = [(m.span(), m.group()) for m in TIME.finditer(text)]
        for ev in doc["events"]:
            weight = 0.5 if ev.get("optional") else 1.0
            also = tuple(TYPES.index(t) + 1 for t in ev.get("also", []) if t in TYPES)
            for span in ev["spans"]:
                ws = self.covered(span)
                if not len(ws):
                    continue
                for w in ws:
                    self.types[w] = (TYPES.index(ev["type"]) + 1, also, weight)
                self.triggers.append(self.reading(ev, span, ws, weight, entities, by_id, times, published))

    def reading(self, ev, span, ws, weight, entities, by_id, times, published):
        """Returns what the reader should say of one trigger."""
        tags = {}   # word -> {role: 0/1/IGNORE}; absent means 0

        def put(role, spans, value=1):
            for s in spans:
                for w in self.covered(s):
                    slot = tags.setdefault(w, {})
                    if slot.get(role) != 1:
                        slot[role] = value

        def put_entity(role, spans):
            pick = chosen(spans, span, self.sentence)
            put(role, pick)
            put(role, [s for s in spans if s not in pick], IGNORE)

        for role in ("actor", "recipient"):
            for key in ev.get(role + "s", []):
                put_entity(role, entities.get(key, []))
        stance = "states"
        for src in ev.get("sources", []):
            stance = src.get("stance", "states")
            if src["entity"] != "author":
                put_entity("source", entities.get(src["entity"], []))
                if src.get("anonymous"):
                    put_entity("anonymous", entities.get(src["entity"], []))
            if src.get("via"):
                put_entity("via", entities.get(src["via"], []))
        for place in ev.get("places", []):
            put_entity("place", place["spans"])
        for other in ev["spans"]:
            if other != span:
                put("same", [other])
        for link in ev.get("links", []):
            if link["relation"] in ROLES and link["event"] in by_id:
                put(link["relation"], by_id[link["event"]]["spans"])
        when = "absent"
        if ev.get("time") and published:
            start, end = (dt.date.fromisoformat(ev["time"][k]) for k in ("start", "end"))
            here = [s for s, words in times if self.sentence(s[0]) == self.sentence(span[0])
                    and time_matches(words, start, end, published)]
            near = here or [s for s, words in times if abs(self.sentence(s[0]) - self.sentence(span[0])) == 1
                            and time_matches(words, start, end, published) and (start, end) != (published, published)]
            if near:
                when = "expression"
                put("time", near)
            elif (published - end).days == 0 and (published - start).days <= 1:
                when = "publication"
            else:
                when = None
        sentences = {self.sentence(s[0]) for s in ev["spans"]}
        for slot in NUMBER_SLOTS:
            value = ev.get(slot)
            near = [(w, number_of(self.text[a:b])) for w, (a, b) in enumerate(self.words)
                    if self.sentence(a) in sentences]
            if value:
                hits = [w for w, n in near if n is not None and n in (value[0], value[0] - 1)
                        and (n > 1 or self.text[slice(*self.words[w])].lower() not in ("a", "an", "no"))]
                hits = hits or [w for w, n in near if n == value[0]]
                put(slot, [self.words[w] for w in hits], 1 if len(hits) == 1 else IGNORE)
                if not hits:   # a sum, or a number told in words that this lexer does not know
                    put(slot, [self.words[w] for w, n in near if n is not None], IGNORE)
        return {
            "words": ws, "tags": tags, "weight": weight,
            "type": TYPES.index(ev["type"]) + 1,
            "modes": [MODES.index(m) for m in ev.get("modes", []) if m in MODES],
            "status": STATUSES.index(ev.get("status", "actual")),
            "stance": STANCES.index(stance) if stance in STANCES else 0,
            "when": WHENS.index(when) if when and self.dated else IGNORE,
        }


# ---------------------------------------------------------------- sentences with one label

class Sided:
    """A sentence of which another corpus tells one thing: where the act of a verb took place, who does it to whom, or how
    certain it is. `triggers` have their words, the words of each role that is told of, and how certain they are from -1 to 1
    (none where nothing is said of that)."""

    def __init__(self, text, triggers, pieces):
        self.words = W.words(text)
        self.pieces = [pieces.of(text[a:b]) for a, b in self.words]
        ends = [b for _, b in self.words]

        def covered(start, end):
            return [w for w in range(bisect.bisect_right(ends, start), len(ends)) if self.words[w][0] < end]
        self.triggers = [(covered(*span), {role: {w for p in spans for w in covered(*p)} for role, spans in told.items()}, certain)
                         for span, told, certain in triggers]
        self.triggers = [t for t in self.triggers if t[0]]


def load_event_places(path, pieces):
    """Returns the sentences of Event Location Annotations that an annotator stood by: one verb and its places."""
    out = []
    for line in open(path, encoding="utf-8"):
        doc = json.loads(line)
        spans = [(s["label"], (s["start"], s["end"])) for s in doc["spans"]]
        verbs = [s for label, s in spans if label == "VERB"]
        if doc.get("answer") in ("accept", None) and len(verbs) == 1:
            out.append(Sided(doc["text"], [(verbs[0], {"place": [s for label, s in spans if label == "LOCATION"]}, None)], pieces))
    return out


def load_factuality(path, pieces):
    """Returns the sentences of the factuality corpora: acts and how certain each is, -3 to 3."""
    out = []
    for line in open(path, encoding="utf-8"):
        doc = json.loads(line)
        out.append(Sided(doc["text"], [((t["start"], t["end"]), {}, t["factuality"] / 3) for t in doc["targets"]], pieces))
    return out


# What the grammar says of who does something to whom, and the words before a noun that belong to it.
DOERS, SUFFERERS = ("nsubj", "obl:agent"), ("obj", "nsubj:pass")
BEFORE_A_NOUN = ("det", "amod", "compound", "nummod", "nmod:poss")


def load_parties(path, pieces):
    """Returns the sentences of GUM with the verbs that have a subject or an object, and who does it to whom by the syntax."""
    out = []
    for line in open(path, encoding="utf-8"):
        doc = json.loads(line)
        for sent in doc["sentences"]:
            at = sent["start"]
            children = {}
            for tok in sent["tokens"]:
                children.setdefault(tok[6], []).append(tok)

            def noun(head):
                own = [t for t in children.get(head[0], []) if t[7] == "flat" or t[7] in BEFORE_A_NOUN and t[0] < head[0]] + [head]
                return min(t[8] for t in own) - at, max(t[9] for t in own) - at

            verbs = []
            for tok in sent["tokens"]:
                told = {role: [noun(t) for t in children.get(tok[0], []) if t[7] in relations]
                        for role, relations in (("actor", DOERS), ("recipient", SUFFERERS))}
                if tok[3] == "VERB" and any(told.values()):
                    verbs.append(((tok[8] - at, tok[9] - at), told, None))
            if verbs and len(sent["tokens"]) <= 100:
                out.append(Sided(doc["text"][at:sent["end"]], verbs, pieces))
    return out


# ---------------------------------------------------------------- GUM

class Parsed:
    """A stretch of GUM: words with parts of speech, heads, relations and sentence starts."""

    def __init__(self, text, offset, sentences, entities, pieces):
        self.words = [(a + offset, b + offset) for a, b in W.words(text)]
        self.pieces = [pieces.of(text[a - offset:b - offset]) for a, b in self.words]
        ends = [b for _, b in self.words]
        n = len(self.words)
        self.pos, self.relation, self.head, self.start = [IGNORE] * n, [IGNORE] * n, [IGNORE] * n, [0] * n
        for sent in sentences:
            where = {}
            for tok in sent["tokens"]:
                w = bisect.bisect_right(ends, tok[8])
                if w < n and self.words[w][0] < tok[9]:
                    where[tok[0]] = w
            first = min(where.values(), default=None)
            if first is not None:
                self.start[first] = 1
            taken = set()
            for tok in sent["tokens"]:
                w = where.get(tok[0])
                if w is None or w in taken:
                    continue
                taken.add(w)
                relation = tok[7].split(":")[0]
                self.pos[w] = POS.index(tok[3]) if tok[3] in POS else IGNORE
                self.relation[w] = RELATIONS.index(relation) if relation in RELATIONS else IGNORE
                head = w if tok[6] == 0 else where.get(tok[6], IGNORE)
                self.head[w] = head if head != w or tok[6] == 0 else IGNORE


def load_gum(path, pieces, longest=180):
    """Returns GUM cut into stretches of whole sentences, at most `longest` words each."""
    out = []
    for line in open(path, encoding="utf-8"):
        doc = json.loads(line)
        group, n = [], 0
        for sent in doc["sentences"] + [None]:
            if sent is None or n + len(sent["tokens"]) > longest:
                if group:
                    lo, hi = group[0]["start"], group[-1]["end"]
                    out.append(Parsed(doc["text"][lo:hi], lo, group, doc["entities"], pieces))
                group, n = [], 0
            if sent is not None and len(sent["tokens"]) <= longest:
                group.append(sent)
                n += len(sent["tokens"])
    return out


# ---------------------------------------------------------------- windows

def windows(pieces, starts, longest=320, overlap=64):
    """Returns word ranges of at most `longest` pieces that cover the text, cut at sentence starts where possible;
    each takes up again the last sentences of the one before, up to `overlap` pieces."""
    sizes, out, lo = [len(p) for p in pieces], [], 0
    n = len(sizes)
    while True:
        hi, total = lo, 0
        while hi < n and total + sizes[hi] <= longest:
            total += sizes[hi]
            hi += 1
        if hi < n:
            cut = next((s for s in reversed(starts) if lo < s <= hi), hi)
            if cut > lo + (hi - lo) // 2:
                hi = cut
        hi = max(hi, lo + 1)
        out.append((lo, min(hi, n)))
        if hi >= n:
            return out
        back, total = hi, 0
        while back > lo + 1 and total + sizes[back - 1] <= overlap:
            back -= 1
            total += sizes[back]
        again = next((s for s in starts if back <= s < hi), hi)
        lo = again if again > lo else hi
