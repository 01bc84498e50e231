-- +goose Up
-- What a person decided about the matter of an observation, in the order in
-- which they did: what the learner learned, and can learn again.
CREATE TABLE lesson (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    entry       TEXT NOT NULL,
    observation TEXT NOT NULL,
    matter      TEXT NOT NULL, -- "" where the work was set aside
    at          INTEGER NOT NULL
) STRICT;

CREATE INDEX lesson_entry ON lesson (entry);
CREATE INDEX lesson_matter ON lesson (matter);
CREATE INDEX lesson_observation ON lesson (observation);

-- The learner after all lessons up to one, so that they need not be told again.
-- A changed generation says that lessons were taken back.
CREATE TABLE learner (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    up_to      INTEGER NOT NULL, -- the last lesson in state
    state      BLOB NOT NULL
) STRICT;

INSERT INTO learner (id, generation, up_to, state) VALUES (1, 0, 0, x'');
