-- +goose Up
-- What a language model made of the narratives of a day, by the key of what it
-- was asked. The wording of a refused answer is not kept. It is derived: all of
-- it may go at any time.
CREATE TABLE wording (
    work_date TEXT NOT NULL,
    key       TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('accepted', 'rejected')),
    text      TEXT NOT NULL,
    reason    TEXT NOT NULL, -- why it was refused, without privileged text
    at        INTEGER NOT NULL,
    PRIMARY KEY (work_date, key),
    CHECK ((state = 'accepted') = (text <> ''))
) STRICT, WITHOUT ROWID;

CREATE INDEX wording_at ON wording (at);
