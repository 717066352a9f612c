-- What the file tells GIS programs about itself.

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
    ('events', 'features', 'events', 'acts that the reports tell of, one a report and act', 4326),
    ('incidents', 'features', 'incidents', 'acts in the world, joined over reports', 4326),
    ('places', 'features', 'places', 'distinct places of events', 4326),
    ('events_flat', 'features', 'events_flat', 'events with names in place of keys; rejected and replaced ones left out', 4326),
    ('incidents_flat', 'features', 'incidents_flat', 'incidents with names in place of keys', 4326);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES
    ('documents', 'attributes', 'documents', 'reports as they came in'),
    ('mentions', 'attributes', 'mentions', 'words that tell of an event'),
    ('participants', 'attributes', 'participants', 'actors and recipients of events'),
    ('event_places', 'attributes', 'event_places', 'places of events'),
    ('sources', 'attributes', 'sources', 'who says so'),
    ('links', 'attributes', 'links', 'how events of a report stand to one another'),
    ('weapons', 'attributes', 'weapons', 'weapons of events'),
    ('actors', 'attributes', 'actors', 'distinct actors, recipients and sources'),
    ('incident_events', 'attributes', 'incident_events', 'which event belongs to which incident, and why'),
    ('problems', 'attributes', 'problems', 'what was odd about reports'),
    ('reviews', 'attributes', 'reviews', 'what people decided'),
    ('runs', 'attributes', 'runs', 'when the file was filled, and by which model'),
    ('dyads_by_month', 'attributes', 'dyads_by_month', 'who did how much to whom, a month a row');

INSERT INTO gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m) VALUES
    ('events', 'geom', 'POINT', 4326, 0, 0),
    ('incidents', 'geom', 'POINT', 4326, 0, 0),
    ('places', 'geom', 'POINT', 4326, 0, 0),
    ('events_flat', 'geom', 'POINT', 4326, 0, 0),
    ('incidents_flat', 'geom', 'POINT', 4326, 0, 0);
