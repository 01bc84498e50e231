-- +goose Up
-- What was drafted of an entry when a person first changed it; it goes when the
-- entry is approved, and only numbers stay.
CREATE TABLE proposed (
    entry     TEXT PRIMARY KEY,
    narrative TEXT NOT NULL,
    matter    TEXT NOT NULL, -- "" for none
    billed    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each approved entry was from its draft.
CREATE TABLE verdict (
    entry     TEXT PRIMARY KEY,
    work_date TEXT NOT NULL,
    letters   INTEGER NOT NULL, -- of the longer of the two narratives
    edits     INTEGER NOT NULL, -- letters that were added, removed or replaced
    matter    INTEGER NOT NULL CHECK (matter IN (0, 1)), -- another matter than drafted
    minutes   INTEGER NOT NULL  -- billed, less those drafted
) STRICT, WITHOUT ROWID;

CREATE INDEX verdict_day ON verdict (work_date);

-- How long a day's review took: the time between decisions that follow each
-- other closely.
CREATE TABLE review_time (
    work_date TEXT PRIMARY KEY,
    seconds   INTEGER NOT NULL,
    last_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
