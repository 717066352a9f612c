-- The R*Tree of a table with geometry: GeoPackage extension gpkg_rtree_index (OGC 12-128r18, annex F.3), which names the
-- tables and triggers. {table} is the table.

CREATE VIRTUAL TABLE rtree_{table}_geom USING rtree (id, minx, maxx, miny, maxy);

INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope) VALUES
    ('{table}', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');

CREATE TRIGGER rtree_{table}_geom_insert AFTER INSERT ON {table}
    WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(new.geom))
BEGIN
    INSERT OR REPLACE INTO rtree_{table}_geom VALUES
        (new.id, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom));
END;

CREATE TRIGGER rtree_{table}_geom_update1 AFTER UPDATE OF geom ON {table}
    WHEN old.id = new.id AND (new.geom NOT NULL AND NOT ST_IsEmpty(new.geom))
BEGIN
    INSERT OR REPLACE INTO rtree_{table}_geom VALUES
        (new.id, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom));
END;

CREATE TRIGGER rtree_{table}_geom_update2 AFTER UPDATE OF geom ON {table}
    WHEN old.id = new.id AND (new.geom IS NULL OR ST_IsEmpty(new.geom))
BEGIN
    DELETE FROM rtree_{table}_geom WHERE id = old.id;
END;

CREATE TRIGGER rtree_{table}_geom_update3 AFTER UPDATE ON {table}
    WHEN old.id != new.id AND (new.geom NOT NULL AND NOT ST_IsEmpty(new.geom))
BEGIN
    DELETE FROM rtree_{table}_geom WHERE id = old.id;
    INSERT OR REPLACE INTO rtree_{table}_geom VALUES
        (new.id, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom));
END;

CREATE TRIGGER rtree_{table}_geom_update4 AFTER UPDATE ON {table}
    WHEN old.id != new.id AND (new.geom IS NULL OR ST_IsEmpty(new.geom))
BEGIN
    DELETE FROM rtree_{table}_geom WHERE id IN (old.id, new.id);
END;

CREATE TRIGGER rtree_{table}_geom_delete AFTER DELETE ON {table} WHEN old.geom NOT NULL
BEGIN
    DELETE FROM rtree_{table}_geom WHERE id = old.id;
END;
