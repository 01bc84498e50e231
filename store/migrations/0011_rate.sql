-- +goose Up
-- What an hour costs from a day on. NULL for every matter that has no rate of
-- its own; from_day '' is the beginning; no cents and no currency end a rate.
-- Rows stay: the last of the same matter and day counts.
CREATE TABLE rate (
    id       INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of recording
    matter   TEXT REFERENCES matter (id),
    cents    INTEGER NOT NULL CHECK (cents >= 0),
    currency TEXT NOT NULL CHECK (currency <> '' OR cents = 0),
    from_day TEXT NOT NULL CHECK (from_day = '' OR from_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    at       INTEGER NOT NULL -- when it was recorded; 0 before rates had days
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER rate_no_update BEFORE UPDATE ON rate
BEGIN
    SELECT RAISE(ABORT, 'rates are append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER rate_no_delete BEFORE DELETE ON rate
BEGIN
    SELECT RAISE(ABORT, 'rates are append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER rate_no_replace BEFORE INSERT ON rate
WHEN EXISTS (SELECT 1 FROM rate WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'rates are append-only');
END;
-- +goose StatementEnd

-- The rates so far hold from the beginning.
INSERT INTO rate (matter, cents, currency, from_day, at)
SELECT NULL, json_extract(value, '$.rate.Cents'), json_extract(value, '$.rate.Currency'), '', 0
FROM setting WHERE key = 'timekeeper' AND json_extract(value, '$.rate.Currency') <> '';

INSERT INTO rate (matter, cents, currency, from_day, at)
SELECT id, rate_cents, rate_currency, '', 0 FROM matter WHERE rate_currency <> '' ORDER BY id;

-- The firm's currency was that of the first rate where nobody named it.
UPDATE setting SET value = json_set(value, '$.currency', json_extract(value, '$.rate.Currency'))
WHERE key = 'timekeeper' AND coalesce(json_extract(value, '$.currency'), '') = '' AND json_extract(value, '$.rate.Currency') <> '';

UPDATE setting SET value = json_remove(value, '$.rate') WHERE key = 'timekeeper';

ALTER TABLE matter DROP COLUMN rate_cents;
ALTER TABLE matter DROP COLUMN rate_currency;
