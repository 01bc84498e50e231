-- +goose Up
-- Instants are whole unix seconds, 0 for none; days are YYYY-MM-DD; booleans 0 or 1.
PRAGMA application_id = 0x54454e54; -- "TENT"

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE matter (
    id            TEXT NOT NULL PRIMARY KEY,
    number        TEXT NOT NULL UNIQUE CHECK (number <> ''),
    name          TEXT NOT NULL,
    client        TEXT NOT NULL,
    contacts      TEXT NOT NULL CHECK (json_type(contacts) = 'array'),
    keywords      TEXT NOT NULL CHECK (json_type(keywords) = 'array'),
    folder        TEXT NOT NULL,
    rate_cents    INTEGER NOT NULL,
    rate_currency TEXT NOT NULL,
    internal      INTEGER NOT NULL CHECK (internal IN (0, 1)),
    closed        INTEGER NOT NULL CHECK (closed IN (0, 1))
) STRICT;

-- A removed source keeps its row, so that its id is never given to another.
CREATE TABLE source (
    id         TEXT NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL,
    place      TEXT NOT NULL,
    user       TEXT NOT NULL,
    added_at   INTEGER NOT NULL,
    cursor     TEXT NOT NULL DEFAULT '',
    removed_at INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO source (id, kind, place, user, added_at) VALUES ('notes', 'notes', '', '', 0);

-- One row is one revision. Revisions of one (source, external_id) share an id;
-- exactly one of them is the latest. Content is append-only, only latest changes.
CREATE TABLE observation (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL,
    source      TEXT NOT NULL,
    external_id TEXT NOT NULL CHECK (external_id <> ''),
    revision    TEXT NOT NULL,
    latest      INTEGER NOT NULL CHECK (latest IN (0, 1)),
    removed     INTEGER NOT NULL CHECK (removed IN (0, 1)),
    kind        TEXT NOT NULL,
    start_at    INTEGER NOT NULL,
    end_at      INTEGER NOT NULL,
    -- Lasting more than two days: such rows are few and looked up apart, so
    -- that an index on start_at alone bounds the search for all the others.
    lasting     INTEGER NOT NULL GENERATED ALWAYS AS (end_at - start_at > 172800) STORED,
    zone        TEXT NOT NULL,
    estimated   INTEGER NOT NULL CHECK (estimated IN (0, 1)),
    subject     TEXT NOT NULL,
    parties     TEXT NOT NULL CHECK (json_type(parties) = 'array'),
    thread      TEXT NOT NULL,
    path        TEXT NOT NULL,
    words       INTEGER NOT NULL,
    attachments TEXT NOT NULL CHECK (json_type(attachments) = 'array'),
    saves       INTEGER NOT NULL,
    all_day     INTEGER NOT NULL CHECK (all_day IN (0, 1)),
    status      TEXT NOT NULL,
    free        INTEGER NOT NULL CHECK (free IN (0, 1)),
    ignored     TEXT NOT NULL,
    private     INTEGER NOT NULL CHECK (private IN (0, 1)),
    recorded_at INTEGER NOT NULL,
    UNIQUE (source, external_id, revision),
    CHECK (end_at >= start_at)
) STRICT;

CREATE UNIQUE INDEX observation_latest ON observation (id) WHERE latest = 1;
CREATE INDEX observation_time ON observation (lasting, start_at) WHERE latest = 1 AND removed = 0;
CREATE INDEX observation_thread ON observation (thread) WHERE latest = 1 AND thread <> '';

-- +goose StatementBegin
CREATE TRIGGER observation_append_only
BEFORE UPDATE OF seq, id, source, external_id, revision, removed, kind, start_at, end_at, zone, estimated,
    subject, parties, thread, path, words, attachments, saves, all_day, status, free, ignored, private, recorded_at
ON observation
BEGIN
    SELECT RAISE(ABORT, 'observations are append-only');
END;
-- +goose StatementEnd

CREATE TABLE entry (
    id            TEXT NOT NULL PRIMARY KEY,
    work_date     TEXT NOT NULL CHECK (work_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    zone          TEXT NOT NULL,
    matter        TEXT REFERENCES matter (id),
    worked        INTEGER NOT NULL CHECK (worked >= 0), -- seconds
    billed        INTEGER NOT NULL CHECK (billed >= 0), -- minutes
    rounding      TEXT NOT NULL CHECK (json_type(rounding) = 'object'),
    narrative     TEXT NOT NULL,
    phrases       TEXT NOT NULL CHECK (json_type(phrases) = 'array'),
    task_code     TEXT NOT NULL,
    activity_code TEXT NOT NULL,
    non_billable  INTEGER NOT NULL CHECK (non_billable IN (0, 1)),
    private       INTEGER NOT NULL CHECK (private IN (0, 1)),
    estimated     INTEGER NOT NULL CHECK (estimated IN (0, 1)),
    confidence    REAL NOT NULL,
    reasons       TEXT NOT NULL CHECK (json_type(reasons) = 'array'),
    candidates    TEXT NOT NULL CHECK (json_type(candidates) = 'array'),
    state         TEXT NOT NULL CHECK (state IN ('drafted', 'approved', 'posted', 'discarded')),
    touched       INTEGER NOT NULL CHECK (touched IN (0, 1)),
    accepted      INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    rate_cents    INTEGER NOT NULL,
    rate_currency TEXT NOT NULL,
    approved_at   INTEGER NOT NULL,
    revision      INTEGER NOT NULL
) STRICT;

CREATE INDEX entry_day ON entry (work_date, state);
CREATE INDEX entry_matter ON entry (matter, work_date);

-- Children are written before their entry, so that what freezes the entry can
-- freeze them too; hence the deferred keys.
CREATE TABLE entry_span (
    entry    TEXT NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
    ord      INTEGER NOT NULL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL,
    PRIMARY KEY (entry, ord),
    CHECK (end_at >= start_at AND end_at - start_at <= 172800)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_span_time ON entry_span (start_at, end_at);

-- No key to observation: raw evidence may expire, what rested on it stays told.
CREATE TABLE entry_evidence (
    entry       TEXT NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
    ord         INTEGER NOT NULL,
    observation TEXT NOT NULL,
    PRIMARY KEY (entry, ord)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_evidence_observation ON entry_evidence (observation);

-- +goose StatementBegin
CREATE TRIGGER entry_frozen BEFORE UPDATE ON entry
WHEN OLD.state IN ('approved', 'posted') AND NOT (
    OLD.state = 'approved' AND NEW.state = 'posted'
    AND NEW.id = OLD.id AND NEW.work_date = OLD.work_date AND NEW.zone = OLD.zone AND NEW.matter IS OLD.matter
    AND NEW.worked = OLD.worked AND NEW.billed = OLD.billed AND NEW.rounding = OLD.rounding
    AND NEW.narrative = OLD.narrative AND NEW.phrases = OLD.phrases
    AND NEW.task_code = OLD.task_code AND NEW.activity_code = OLD.activity_code
    AND NEW.non_billable = OLD.non_billable AND NEW.private = OLD.private AND NEW.estimated = OLD.estimated
    AND NEW.confidence = OLD.confidence AND NEW.reasons = OLD.reasons AND NEW.candidates = OLD.candidates
    AND NEW.touched = OLD.touched AND NEW.accepted = OLD.accepted
    AND NEW.rate_cents = OLD.rate_cents AND NEW.rate_currency = OLD.rate_currency
    AND NEW.approved_at = OLD.approved_at)
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entry_frozen_delete BEFORE DELETE ON entry
WHEN OLD.state IN ('approved', 'posted')
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entry_frozen_replace BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id AND state IN ('approved', 'posted'))
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entry_span_frozen_insert BEFORE INSERT ON entry_span
WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry AND state IN ('approved', 'posted'))
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entry_span_frozen_update BEFORE UPDATE ON entry_span
WHEN EXISTS (SELECT 1 FROM entry WHERE id IN (OLD.entry, NEW.entry) AND state IN ('approved', 'posted'))
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entry_span_frozen_delete BEFORE DELETE ON entry_span
WHEN EXISTS (SELECT 1 FROM entry WHERE id = OLD.entry AND state IN ('approved', 'posted'))
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entry_evidence_frozen_insert BEFORE INSERT ON entry_evidence
WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry AND state IN ('approved', 'posted'))
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entry_evidence_frozen_update BEFORE UPDATE ON entry_evidence
WHEN EXISTS (SELECT 1 FROM entry WHERE id IN (OLD.entry, NEW.entry) AND state IN ('approved', 'posted'))
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entry_evidence_frozen_delete BEFORE DELETE ON entry_evidence
WHEN EXISTS (SELECT 1 FROM entry WHERE id = OLD.entry AND state IN ('approved', 'posted'))
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd

-- The journal for undo. A NULL image says that the entry did not exist before.
CREATE TABLE change (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    what   TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE INDEX change_open ON change (seq) WHERE undone = 0;

CREATE TABLE change_entry (
    change INTEGER NOT NULL REFERENCES change (seq) ON DELETE CASCADE,
    ord    INTEGER NOT NULL,
    entry  TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_type(before) = 'object'),
    PRIMARY KEY (change, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    who       TEXT NOT NULL,
    what      TEXT NOT NULL,
    entry     TEXT NOT NULL,
    detail    TEXT NOT NULL CHECK (json_valid(detail)),
    prev_hash TEXT NOT NULL,
    hash      TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX audit_entry ON audit (entry, seq);

-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq OR hash = NEW.hash)
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd

CREATE TABLE outbox (
    entry         TEXT NOT NULL PRIMARY KEY REFERENCES entry (id),
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'unknown', 'posted', 'needs_you')),
    created_at    INTEGER NOT NULL,
    first_sent_at INTEGER NOT NULL DEFAULT 0,
    last_sent_at  INTEGER NOT NULL DEFAULT 0,
    attempts      INTEGER NOT NULL DEFAULT 0,
    next_at       INTEGER NOT NULL,
    message       TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX outbox_due ON outbox (next_at) WHERE state IN ('waiting', 'sending', 'unknown');
CREATE INDEX outbox_state ON outbox (state, created_at, entry);

CREATE TABLE receipt (
    entry     TEXT NOT NULL PRIMARY KEY REFERENCES entry (id),
    connector TEXT NOT NULL,
    remote_id TEXT NOT NULL CHECK (remote_id <> ''),
    etag      TEXT NOT NULL,
    found     INTEGER NOT NULL CHECK (found IN (0, 1)),
    posted_at INTEGER NOT NULL,
    UNIQUE (connector, remote_id)
) STRICT;

CREATE INDEX receipt_posted ON receipt (posted_at);

CREATE TABLE remote (
    connector TEXT NOT NULL,
    kind      TEXT NOT NULL,
    local_id  TEXT NOT NULL,
    remote_id TEXT NOT NULL CHECK (remote_id <> ''),
    etag      TEXT NOT NULL,
    PRIMARY KEY (connector, kind, local_id),
    UNIQUE (connector, kind, remote_id)
) STRICT, WITHOUT ROWID;
