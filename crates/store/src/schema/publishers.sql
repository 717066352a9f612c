-- Schema 3: full text over the names of publishers, so that they are asked for as all names are.

CREATE VIRTUAL TABLE publishers_text USING fts5 (
    publisher, content = 'documents', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER publishers_text_insert AFTER INSERT ON documents BEGIN
    INSERT INTO publishers_text (rowid, publisher) VALUES (new.id, new.publisher);
END;
CREATE TRIGGER publishers_text_delete AFTER DELETE ON documents BEGIN
    INSERT INTO publishers_text (publishers_text, rowid, publisher) VALUES ('delete', old.id, old.publisher);
END;
CREATE TRIGGER publishers_text_update AFTER UPDATE OF publisher ON documents BEGIN
    INSERT INTO publishers_text (publishers_text, rowid, publisher) VALUES ('delete', old.id, old.publisher);
    INSERT INTO publishers_text (rowid, publisher) VALUES (new.id, new.publisher);
END;
INSERT INTO publishers_text (publishers_text) VALUES ('rebuild');
