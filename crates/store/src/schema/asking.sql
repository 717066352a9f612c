-- Schema 2: indices from which everyday questions are answered without looking at every event, and full text over names.
-- Columns behind the day let SQLite pass over an event, or count it, without fetching its row (measured by crates/store/benches/queries.rs).

DROP INDEX events_day;
CREATE INDEX events_day ON events (
    coalesce(start_date, published), type, status, country, modes, document_id, review, score, killed_min, killed_max);
DROP INDEX events_type_day;
CREATE INDEX events_type_day ON events (
    type, coalesce(start_date, published), status, country, modes, document_id, review, score, killed_min, killed_max);
DROP INDEX events_country;
CREATE INDEX events_country_day ON events (
    country, coalesce(start_date, published), type, status, modes, document_id, review, score, killed_min, killed_max);
CREATE INDEX events_modes ON events (modes) WHERE modes IS NOT NULL;
CREATE INDEX events_contexts ON events (contexts) WHERE contexts IS NOT NULL;
CREATE INDEX events_killed ON events (killed_min);
CREATE INDEX events_confidence ON events (confidence);
CREATE INDEX events_review ON events (review) WHERE review IS NOT NULL;

DROP INDEX participants_event;
CREATE INDEX participants_event ON participants (event_id, role, position, actor_id);
DROP INDEX participants_actor;
CREATE INDEX participants_actor ON participants (actor_id, role, event_id);
DROP INDEX event_places_event;
CREATE INDEX event_places_event ON event_places (event_id, position, place_id);
DROP INDEX event_places_place;
CREATE INDEX event_places_place ON event_places (place_id, event_id);
DROP INDEX weapons_kind;
CREATE INDEX weapons_kind ON weapons (kind, event_id);
CREATE INDEX sources_unnamed ON sources (event_id) WHERE anonymous;
DROP INDEX incident_events_incident;
CREATE INDEX incident_events_incident ON incident_events (incident_id, event_id);
CREATE INDEX incident_events_event ON incident_events (event_id, incident_id);

CREATE INDEX actors_sector ON actors (sector, country);
CREATE INDEX documents_publisher ON documents (publisher COLLATE NOCASE);
CREATE INDEX incidents_day ON incidents (start_date);
CREATE INDEX incidents_documents ON incidents (n_documents);

CREATE VIRTUAL TABLE actors_text USING fts5 (
    name, content = 'actors', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER actors_text_insert AFTER INSERT ON actors BEGIN
    INSERT INTO actors_text (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER actors_text_delete AFTER DELETE ON actors BEGIN
    INSERT INTO actors_text (actors_text, rowid, name) VALUES ('delete', old.id, old.name);
END;
CREATE TRIGGER actors_text_update AFTER UPDATE OF name ON actors BEGIN
    INSERT INTO actors_text (actors_text, rowid, name) VALUES ('delete', old.id, old.name);
    INSERT INTO actors_text (rowid, name) VALUES (new.id, new.name);
END;
INSERT INTO actors_text (actors_text) VALUES ('rebuild');

CREATE VIRTUAL TABLE places_text USING fts5 (
    name, admin1, content = 'places', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER places_text_insert AFTER INSERT ON places BEGIN
    INSERT INTO places_text (rowid, name, admin1) VALUES (new.id, new.name, new.admin1);
END;
CREATE TRIGGER places_text_delete AFTER DELETE ON places BEGIN
    INSERT INTO places_text (places_text, rowid, name, admin1) VALUES ('delete', old.id, old.name, old.admin1);
END;
CREATE TRIGGER places_text_update AFTER UPDATE OF name, admin1 ON places BEGIN
    INSERT INTO places_text (places_text, rowid, name, admin1) VALUES ('delete', old.id, old.name, old.admin1);
    INSERT INTO places_text (rowid, name, admin1) VALUES (new.id, new.name, new.admin1);
END;
INSERT INTO places_text (places_text) VALUES ('rebuild');
