-- +goose Up
-- Why a message seems sent to many or by a machine, and the list that it came
-- over; who sent it, as draft.Sender names them, for looking up what else came
-- from there.
ALTER TABLE observation ADD COLUMN bulk TEXT NOT NULL DEFAULT '';
ALTER TABLE observation ADD COLUMN list TEXT NOT NULL DEFAULT '';
ALTER TABLE observation ADD COLUMN sender TEXT GENERATED ALWAYS AS (CASE
    WHEN kind <> 'mail_received' THEN ''
    WHEN list <> '' THEN 'list ' || list
    WHEN json_extract(parties, '$[0].role') = 'from' THEN coalesce(json_extract(parties, '$[0].address'), '')
    ELSE '' END) VIRTUAL;

CREATE INDEX observation_sender ON observation (sender, start_at) WHERE latest = 1 AND sender <> '';

-- +goose StatementBegin
CREATE TRIGGER observation_bulk_append_only BEFORE UPDATE OF bulk, list ON observation
BEGIN
    SELECT RAISE(ABORT, 'observations are append-only');
END;
-- +goose StatementEnd

-- What a person said about folding a message.
CREATE TABLE fold (
    observation TEXT PRIMARY KEY,
    folded      INTEGER NOT NULL CHECK (folded IN (0, 1)) -- 0: it is work
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER fold_purged AFTER DELETE ON observation
BEGIN
    DELETE FROM fold WHERE observation = OLD.id;
END;
-- +goose StatementEnd

-- What a decision said about who sent something, by keyed hash: it outlives what
-- was observed and names nobody.
CREATE TABLE sender_lesson (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    origin TEXT NOT NULL, -- what taught it: an entry, or a message that was folded or kept
    sender TEXT NOT NULL,
    work   INTEGER NOT NULL CHECK (work IN (0, 1)) -- 0: it was set aside
) STRICT;

CREATE INDEX sender_lesson_origin ON sender_lesson (origin);
CREATE INDEX sender_lesson_sender ON sender_lesson (sender, work, seq);

-- Whom the timekeeper ever wrote to, by keyed hash.
CREATE TABLE correspondent (person TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE INDEX observation_sent ON observation (seq) WHERE kind = 'mail_sent';
