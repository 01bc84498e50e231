-- +goose Up
-- While a pause lasts nothing is recorded, and nothing of it ever after. The
-- rows stay. An end of 0 is not known yet: it lasts until the person resumes.
CREATE TABLE pause (
    id       INTEGER PRIMARY KEY,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL DEFAULT 0,
    resumed  INTEGER NOT NULL DEFAULT 0 CHECK (resumed IN (0, 1)), -- over, whatever the clock says
    CHECK (end_at = 0 OR end_at >= start_at)
) STRICT;

CREATE UNIQUE INDEX pause_endless ON pause (end_at) WHERE end_at = 0;

-- What must never be stored; what is privileged text itself.
CREATE TABLE blackout (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL CHECK (kind IN ('client', 'folder', 'sender', 'calendar', 'matter')),
    what     TEXT NOT NULL CHECK (what <> ''),
    added_at INTEGER NOT NULL,
    UNIQUE (kind, what)
) STRICT;

-- What was purged and must not come back: no text, the SHA-256 of a name.
CREATE TABLE forgotten (
    source TEXT NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    at     INTEGER NOT NULL,
    PRIMARY KEY (source, hash)
) STRICT, WITHOUT ROWID;

-- Observations are append-only. The one way to remove one, with all its
-- revisions, is a permit, which is written, used up and gone within one
-- transaction: the deferred key refuses to commit while one is left.
CREATE TABLE never (id INTEGER PRIMARY KEY CHECK (id = 0 AND id = 1)) STRICT;

CREATE TABLE purge_permit (
    observation TEXT NOT NULL PRIMARY KEY,
    source      TEXT NOT NULL,
    hash        BLOB NOT NULL,
    at          INTEGER NOT NULL,
    open        INTEGER NOT NULL DEFAULT 1 REFERENCES never (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER purge_permit_refused BEFORE INSERT ON purge_permit
WHEN EXISTS (
    SELECT 1 FROM entry_evidence v JOIN entry e ON e.id = v.entry
    WHERE v.observation = NEW.observation AND e.state IN ('drafted', 'approved', 'posted'))
BEGIN
    SELECT RAISE(ABORT, 'evidence of an entry stays as long as the entry');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER purge_permit_forgets AFTER INSERT ON purge_permit
BEGIN
    INSERT INTO forgotten (source, hash, at) VALUES (NEW.source, NEW.hash, NEW.at)
    ON CONFLICT (source, hash) DO UPDATE SET at = excluded.at;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER observation_stays BEFORE DELETE ON observation
WHEN NOT EXISTS (SELECT 1 FROM purge_permit WHERE observation = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'observations are append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER observation_purged AFTER DELETE ON observation
WHEN NOT EXISTS (SELECT 1 FROM observation WHERE id = OLD.id)
BEGIN
    DELETE FROM purge_permit WHERE observation = OLD.id;
END;
-- +goose StatementEnd
