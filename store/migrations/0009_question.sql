-- +goose Up
-- Why a person has to say what an observation was; the name of the event itself,
-- in whatever source it is seen; and which copy of a calendar event counts.
ALTER TABLE observation ADD COLUMN doubt TEXT NOT NULL DEFAULT '';
ALTER TABLE observation ADD COLUMN same TEXT NOT NULL DEFAULT '';
ALTER TABLE observation ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE observation ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0;
ALTER TABLE observation ADD COLUMN answer TEXT NOT NULL DEFAULT '';

CREATE INDEX observation_same ON observation (same) WHERE latest = 1 AND same <> '';

-- +goose StatementBegin
CREATE TRIGGER observation_question_append_only BEFORE UPDATE OF doubt, same, sequence, stamp, answer ON observation
BEGIN
    SELECT RAISE(ABORT, 'observations are append-only');
END;
-- +goose StatementEnd

-- The questions that are open about an entry.
ALTER TABLE entry ADD COLUMN asks TEXT NOT NULL DEFAULT '[]' CHECK (json_type(asks) = 'array');

-- +goose StatementBegin
CREATE TRIGGER entry_asks_frozen BEFORE UPDATE OF asks ON entry
WHEN OLD.state IN ('approved', 'posted') AND NEW.asks IS NOT OLD.asks
BEGIN
    SELECT RAISE(ABORT, 'an approved entry is frozen');
END;
-- +goose StatementEnd
