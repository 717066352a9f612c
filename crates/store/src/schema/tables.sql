-- The tables of casus. Every one has an integer key for SQLite and GIS programs; documents, events and incidents have a
-- text `key` too, which is what people and exports cite. Columns are told in docs/format/store.md.

CREATE TABLE casus_schema (
    version INTEGER PRIMARY KEY,
    applied DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    casus TEXT NOT NULL
);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL,
    casus TEXT NOT NULL,
    model TEXT,
    started DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    ended DATETIME,
    documents INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    problems INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    given_id TEXT NOT NULL,
    title TEXT,
    published DATE,
    publisher TEXT,
    url TEXT,
    address TEXT,
    language TEXT,
    text TEXT,
    hash TEXT,
    state TEXT NOT NULL CHECK (state IN ('coded', 'copy', 'foreign', 'failed')),
    duplicate_of INTEGER REFERENCES documents (id),
    similarity REAL CHECK (similarity BETWEEN 0 AND 1),
    replaced_by INTEGER REFERENCES documents (id),
    origin TEXT,
    format TEXT NOT NULL,
    model TEXT,
    ontology TEXT NOT NULL,
    run_id INTEGER REFERENCES runs (id),
    added DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    CHECK ((state = 'copy') = (duplicate_of IS NOT NULL))
);
CREATE INDEX documents_given_id ON documents (given_id);
CREATE INDEX documents_address ON documents (address) WHERE address IS NOT NULL;
CREATE INDEX documents_hash ON documents (hash) WHERE hash IS NOT NULL;
CREATE INDEX documents_published ON documents (published);
CREATE INDEX documents_duplicate_of ON documents (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX documents_replaced_by ON documents (replaced_by) WHERE replaced_by IS NOT NULL;

-- A sketch of the words of each document, by which copies are found. Of no use to people.
CREATE TABLE document_sketches (
    shingle INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    PRIMARY KEY (shingle, document_id)
) WITHOUT ROWID;

CREATE TABLE actors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    actor_id TEXT,
    name TEXT,
    country TEXT,
    sector TEXT
);
CREATE INDEX actors_country ON actors (country, sector);
CREATE INDEX actors_name ON actors (name COLLATE NOCASE);

CREATE TABLE places (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    geom POINT,
    key TEXT NOT NULL UNIQUE,
    geonameid INTEGER,
    name TEXT,
    country TEXT,
    admin1 TEXT,
    precision TEXT CHECK (precision IN ('point', 'town', 'admin2', 'admin1', 'country')),
    lat REAL,
    lon REAL
);
CREATE INDEX places_name ON places (name COLLATE NOCASE);
CREATE INDEX places_country ON places (country, admin1);

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    geom POINT,
    key TEXT NOT NULL UNIQUE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    published DATE,
    type TEXT NOT NULL,
    modes TEXT,
    contexts TEXT,
    cameo TEXT,
    score REAL NOT NULL,
    quad INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('actual', 'future', 'hypothetical', 'negated')),
    start_date DATE,
    end_date DATE,
    date_precision TEXT CHECK (date_precision IN ('day', 'days', 'month', 'year')),
    place TEXT,
    country TEXT,
    admin1 TEXT,
    place_precision TEXT,
    lat REAL,
    lon REAL,
    count_min INTEGER,
    count_max INTEGER,
    killed_min INTEGER,
    killed_max INTEGER,
    injured_min INTEGER,
    injured_max INTEGER,
    detained_min INTEGER,
    detained_max INTEGER,
    displaced_min INTEGER,
    displaced_max INTEGER,
    abducted_min INTEGER,
    abducted_max INTEGER,
    sentence TEXT,
    sentence_start INTEGER,
    sentence_end INTEGER,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    model TEXT,
    rule TEXT,
    review TEXT CHECK (review IN ('accepted', 'rejected', 'corrected')),
    record TEXT NOT NULL
);
CREATE INDEX events_document ON events (document_id, number);
CREATE INDEX events_type_day ON events (type, coalesce(start_date, published));
CREATE INDEX events_day ON events (coalesce(start_date, published));
CREATE INDEX events_country ON events (country, admin1);
-- Acts of more than a week are few, and of more than a year fewer: looking for acts near a day asks for them apart.
CREATE INDEX events_weeks ON events (start_date, end_date) WHERE julianday(end_date) - julianday(start_date) > 7;
CREATE INDEX events_years ON events (start_date, end_date) WHERE julianday(end_date) - julianday(start_date) > 366;

CREATE TABLE mentions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    words TEXT
);
CREATE INDEX mentions_event ON mentions (event_id, position);

CREATE TABLE participants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
    position INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actors (id),
    span_start INTEGER,
    span_end INTEGER,
    words TEXT
);
CREATE INDEX participants_event ON participants (event_id, role, position);
CREATE INDEX participants_actor ON participants (actor_id, role);

CREATE TABLE event_places (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    place_id INTEGER NOT NULL REFERENCES places (id),
    span_start INTEGER,
    span_end INTEGER,
    words TEXT
);
CREATE INDEX event_places_event ON event_places (event_id, position);
CREATE INDEX event_places_place ON event_places (place_id);

CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    author BOOLEAN NOT NULL,
    actor_id INTEGER REFERENCES actors (id),
    stance TEXT NOT NULL CHECK (stance IN ('states', 'alleges', 'believes', 'denies', 'confirms')),
    anonymous BOOLEAN NOT NULL,
    via_actor_id INTEGER REFERENCES actors (id),
    cue TEXT,
    span_start INTEGER,
    span_end INTEGER,
    words TEXT,
    CHECK (author = (actor_id IS NULL))
);
CREATE INDEX sources_event ON sources (event_id, position);
CREATE INDEX sources_actor ON sources (actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX sources_via ON sources (via_actor_id) WHERE via_actor_id IS NOT NULL;

CREATE TABLE links (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('response_to', 'part_of', 'about', 'leads_to')),
    other_key TEXT NOT NULL,
    other_event_id INTEGER REFERENCES events (id) ON DELETE SET NULL,
    span_start INTEGER,
    span_end INTEGER,
    words TEXT
);
CREATE INDEX links_event ON links (event_id, position);
CREATE INDEX links_other ON links (other_event_id) WHERE other_event_id IS NOT NULL;

CREATE TABLE weapons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    span_start INTEGER,
    span_end INTEGER,
    words TEXT
);
CREATE INDEX weapons_event ON weapons (event_id, position);
CREATE INDEX weapons_kind ON weapons (kind);

CREATE TABLE incidents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    geom POINT,
    key TEXT NOT NULL UNIQUE,
    title TEXT,
    type TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('actual', 'future', 'hypothetical', 'negated')),
    start_date DATE,
    end_date DATE,
    place TEXT,
    country TEXT,
    admin1 TEXT,
    place_precision TEXT,
    lat REAL,
    lon REAL,
    killed_min INTEGER,
    killed_max INTEGER,
    injured_min INTEGER,
    injured_max INTEGER,
    detained_min INTEGER,
    detained_max INTEGER,
    displaced_min INTEGER,
    displaced_max INTEGER,
    abducted_min INTEGER,
    abducted_max INTEGER,
    n_events INTEGER NOT NULL,
    n_documents INTEGER NOT NULL,
    confidence REAL CHECK (confidence BETWEEN 0 AND 1),
    record TEXT NOT NULL
);
CREATE INDEX incidents_type_day ON incidents (type, start_date);
CREATE INDEX incidents_country ON incidents (country, admin1);

-- An event belongs to one incident at most.
CREATE TABLE incident_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    event_id INTEGER NOT NULL UNIQUE REFERENCES events (id) ON DELETE CASCADE,
    score REAL,
    why TEXT
);
CREATE INDEX incident_events_incident ON incident_events (incident_id);

CREATE TABLE problems (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER REFERENCES documents (id) ON DELETE CASCADE,
    origin TEXT,
    stage TEXT NOT NULL CHECK (stage IN ('reading', 'coding')),
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    hint TEXT NOT NULL,
    run_id INTEGER REFERENCES runs (id)
);
CREATE INDEX problems_document ON problems (document_id);
-- What could not be read is told once, however often it is tried.
CREATE UNIQUE INDEX problems_unread ON problems (origin, code, message) WHERE document_id IS NULL;

-- What people decided. Rows are only added; they point at words, so that they outlive a new coding.
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'rejected', 'corrected', 'together', 'apart')),
    document_id INTEGER NOT NULL REFERENCES documents (id),
    event_id INTEGER REFERENCES events (id) ON DELETE SET NULL,
    event_key TEXT NOT NULL,
    anchor_type TEXT NOT NULL,
    anchor_start INTEGER NOT NULL,
    anchor_end INTEGER NOT NULL,
    other_document_id INTEGER REFERENCES documents (id),
    other_event_id INTEGER REFERENCES events (id) ON DELETE SET NULL,
    other_event_key TEXT,
    other_anchor_type TEXT,
    other_anchor_start INTEGER,
    other_anchor_end INTEGER,
    slot TEXT,
    value TEXT,
    note TEXT,
    reviewer TEXT,
    record TEXT,
    made DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    CHECK ((decision = 'corrected') = (slot IS NOT NULL)),
    CHECK ((decision IN ('together', 'apart')) = (other_document_id IS NOT NULL))
);
CREATE INDEX reviews_event ON reviews (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX reviews_other ON reviews (other_event_id) WHERE other_event_id IS NOT NULL;
CREATE INDEX reviews_document ON reviews (document_id);

-- What was seen of each feed that is watched, so that reports and memory stand in one file. Of no use to people.
CREATE TABLE feed_memory (
    url TEXT PRIMARY KEY,
    memory TEXT NOT NULL
) WITHOUT ROWID;
