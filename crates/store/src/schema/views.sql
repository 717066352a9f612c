-- Views that read like the codebook. They show what counts: no event that a reviewer rejected, none of a report that a
-- newer version replaced. (Copies have no events of their own.) They keep to what SQLite 3.31 understands, for every
-- program that opens the file parses them.

CREATE VIEW events_flat AS
SELECT
    e.id AS event_id,
    e.geom,
    e.key AS event,
    d.key AS document,
    d.published,
    d.publisher,
    d.title,
    d.url,
    i.key AS incident,
    e.type,
    e.modes,
    e.contexts,
    e.status,
    e.cameo,
    e.score,
    e.quad,
    e.start_date,
    e.end_date,
    e.date_precision,
    (SELECT group_concat(name, '; ') FROM (
        SELECT a.name AS name FROM participants p JOIN actors a ON a.id = p.actor_id
        WHERE p.event_id = e.id AND p.role = 'actor' ORDER BY p.position)) AS actors,
    (SELECT group_concat(coalesce(nullif(code, ''), '---'), '; ') FROM (
        SELECT trim(coalesce(a.country, '') || ' ' || coalesce(a.sector, '')) AS code
        FROM participants p JOIN actors a ON a.id = p.actor_id
        WHERE p.event_id = e.id AND p.role = 'actor' ORDER BY p.position)) AS actor_codes,
    (SELECT group_concat(name, '; ') FROM (
        SELECT a.name AS name FROM participants p JOIN actors a ON a.id = p.actor_id
        WHERE p.event_id = e.id AND p.role = 'recipient' ORDER BY p.position)) AS recipients,
    (SELECT group_concat(coalesce(nullif(code, ''), '---'), '; ') FROM (
        SELECT trim(coalesce(a.country, '') || ' ' || coalesce(a.sector, '')) AS code
        FROM participants p JOIN actors a ON a.id = p.actor_id
        WHERE p.event_id = e.id AND p.role = 'recipient' ORDER BY p.position)) AS recipient_codes,
    (SELECT group_concat(name, '; ') FROM (
        SELECT l.name AS name FROM event_places x JOIN places l ON l.id = x.place_id
        WHERE x.event_id = e.id ORDER BY x.position)) AS places,
    e.place,
    e.country,
    e.admin1,
    e.lat,
    e.lon,
    e.place_precision,
    e.count_min,
    e.count_max,
    e.killed_min,
    e.killed_max,
    e.injured_min,
    e.injured_max,
    e.detained_min,
    e.detained_max,
    e.displaced_min,
    e.displaced_max,
    e.abducted_min,
    e.abducted_max,
    (SELECT group_concat(kind, '; ') FROM (
        SELECT w.kind AS kind FROM weapons w WHERE w.event_id = e.id ORDER BY w.position)) AS weapons,
    (SELECT group_concat(name, '; ') FROM (
        SELECT CASE WHEN s.author THEN 'author' ELSE a.name END AS name
        FROM sources s LEFT JOIN actors a ON a.id = s.actor_id WHERE s.event_id = e.id ORDER BY s.position)) AS sources,
    (SELECT group_concat(stance, '; ') FROM (
        SELECT s.stance AS stance FROM sources s WHERE s.event_id = e.id ORDER BY s.position)) AS stances,
    (SELECT group_concat(link, '; ') FROM (
        SELECT n.relation || ' ' || n.other_key AS link FROM links n WHERE n.event_id = e.id ORDER BY n.position)) AS links,
    e.confidence,
    e.review,
    e.sentence
FROM events e
JOIN documents d ON d.id = e.document_id
LEFT JOIN incident_events ie ON ie.event_id = e.id
LEFT JOIN incidents i ON i.id = ie.incident_id
WHERE e.review IS NOT 'rejected' AND d.replaced_by IS NULL;

CREATE VIEW incidents_flat AS
SELECT
    i.id AS incident_id,
    i.geom,
    i.key AS incident,
    i.title,
    i.type,
    i.status,
    i.start_date,
    i.end_date,
    i.place,
    i.country,
    i.admin1,
    i.lat,
    i.lon,
    i.place_precision,
    (SELECT group_concat(name, '; ') FROM (
        SELECT DISTINCT a.name AS name FROM incident_events ie
        JOIN participants p ON p.event_id = ie.event_id JOIN actors a ON a.id = p.actor_id
        WHERE ie.incident_id = i.id AND p.role = 'actor' ORDER BY a.name)) AS actors,
    (SELECT group_concat(name, '; ') FROM (
        SELECT DISTINCT a.name AS name FROM incident_events ie
        JOIN participants p ON p.event_id = ie.event_id JOIN actors a ON a.id = p.actor_id
        WHERE ie.incident_id = i.id AND p.role = 'recipient' ORDER BY a.name)) AS recipients,
    i.killed_min,
    i.killed_max,
    i.injured_min,
    i.injured_max,
    i.detained_min,
    i.detained_max,
    i.displaced_min,
    i.displaced_max,
    i.abducted_min,
    i.abducted_max,
    (SELECT group_concat(publisher, '; ') FROM (
        SELECT DISTINCT d.publisher AS publisher FROM incident_events ie
        JOIN events e ON e.id = ie.event_id JOIN documents d ON d.id = e.document_id
        WHERE ie.incident_id = i.id ORDER BY d.publisher)) AS publishers,
    i.n_events,
    i.n_documents,
    i.confidence
FROM incidents i;

-- Who did how much to whom, a month a row: acts that took place, between identities of the granularity of the sector.
CREATE VIEW dyads_by_month AS
WITH acts AS (
    SELECT DISTINCT
        strftime('%Y-%m', coalesce(e.start_date, e.published)) AS month,
        a.country AS actor_country,
        a.sector AS actor_sector,
        r.country AS recipient_country,
        r.sector AS recipient_sector,
        e.id AS event_id,
        coalesce(ie.incident_id, -e.id) AS incident,
        e.quad,
        e.score
    FROM events e
    JOIN documents d ON d.id = e.document_id
    JOIN participants pa ON pa.event_id = e.id AND pa.role = 'actor'
    JOIN actors a ON a.id = pa.actor_id
    JOIN participants pr ON pr.event_id = e.id AND pr.role = 'recipient'
    JOIN actors r ON r.id = pr.actor_id
    LEFT JOIN incident_events ie ON ie.event_id = e.id
    WHERE e.status = 'actual' AND e.review IS NOT 'rejected' AND d.replaced_by IS NULL
)
SELECT
    month,
    actor_country,
    actor_sector,
    recipient_country,
    recipient_sector,
    count(*) AS n_events,
    count(DISTINCT incident) AS n_incidents,
    sum(quad = 1) AS verbal_cooperation,
    sum(quad = 2) AS material_cooperation,
    sum(quad = 3) AS verbal_conflict,
    sum(quad = 4) AS material_conflict,
    round(avg(score), 2) AS mean_score
FROM acts
GROUP BY month, actor_country, actor_sector, recipient_country, recipient_sector;
