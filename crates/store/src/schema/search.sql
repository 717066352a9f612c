-- Full text (FTS5), kept by triggers. A copy says nothing that its original does not, so it is not found twice.

CREATE VIRTUAL TABLE documents_text USING fts5 (
    title, text, content = 'documents', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER documents_text_insert AFTER INSERT ON documents WHEN new.state <> 'copy' BEGIN
    INSERT INTO documents_text (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER documents_text_delete AFTER DELETE ON documents WHEN old.state <> 'copy' BEGIN
    INSERT INTO documents_text (documents_text, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER documents_text_update_away AFTER UPDATE OF title, text, state ON documents WHEN old.state <> 'copy' BEGIN
    INSERT INTO documents_text (documents_text, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER documents_text_update_back AFTER UPDATE OF title, text, state ON documents WHEN new.state <> 'copy' BEGIN
    INSERT INTO documents_text (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE VIRTUAL TABLE events_text USING fts5 (
    sentence, content = 'events', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER events_text_insert AFTER INSERT ON events BEGIN
    INSERT INTO events_text (rowid, sentence) VALUES (new.id, new.sentence);
END;
CREATE TRIGGER events_text_delete AFTER DELETE ON events BEGIN
    INSERT INTO events_text (events_text, rowid, sentence) VALUES ('delete', old.id, old.sentence);
END;
CREATE TRIGGER events_text_update AFTER UPDATE OF sentence ON events BEGIN
    INSERT INTO events_text (events_text, rowid, sentence) VALUES ('delete', old.id, old.sentence);
    INSERT INTO events_text (rowid, sentence) VALUES (new.id, new.sentence);
END;
