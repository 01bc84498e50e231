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

-- Where billed minutes are from: rounded from the seconds worked, a part of such
-- minutes that a person divided, or typed. What a person decided on and is not
-- what its policy rounds to was typed.
ALTER TABLE entry ADD COLUMN billed_by TEXT NOT NULL DEFAULT '' CHECK (billed_by IN ('', 'part', 'person'));

UPDATE entry SET billed_by = 'person'
WHERE state = 'drafted' AND touched = 1 AND billed <> 0 AND billed <> CASE WHEN worked = 0 THEN 0 ELSE max(
    (worked / (json_extract(rounding, '$.increment_minutes') * 60)
    + CASE json_extract(rounding, '$.mode')
        WHEN 'up' THEN worked % (json_extract(rounding, '$.increment_minutes') * 60) > 0
        ELSE 2 * (worked % (json_extract(rounding, '$.increment_minutes') * 60)) > json_extract(rounding, '$.increment_minutes') * 60
            OR json_extract(rounding, '$.tie') = 'up'
                AND 2 * (worked % (json_extract(rounding, '$.increment_minutes') * 60)) = json_extract(rounding, '$.increment_minutes') * 60
        END) * json_extract(rounding, '$.increment_minutes'),
    json_extract(rounding, '$.minimum_minutes')) END;

-- Money was kept in hundredths whatever its currency; now it is in the smallest
-- unit that the currency has. That of entries that are approved is said in that
-- unit too, which is not another amount; so the trigger steps aside.
DROP TRIGGER entry_frozen;

UPDATE entry SET rate_cents = round(rate_cents / 100.0) WHERE rate_currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY',
    'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF');
UPDATE entry SET rate_cents = rate_cents * 10 WHERE rate_currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND');
UPDATE entry SET rate_cents = rate_cents * 100 WHERE rate_currency IN ('CLF', 'UYW');

-- +goose StatementBegin
CREATE TRIGGER entry_frozen BEFORE UPDATE ON entry
WHEN OLD.state IN ('approved', 'posted') AND NOT (
    OLD.state = 'approved' AND NEW.state = 'posted'
    AND NEW.id = OLD.id AND NEW.work_date = OLD.work_date AND NEW.zone = OLD.zone AND NEW.matter IS OLD.matter
    AND NEW.worked = OLD.worked AND NEW.billed = OLD.billed AND NEW.billed_by = OLD.billed_by AND NEW.rounding = OLD.rounding
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

UPDATE rate SET cents = round(cents / 100.0) WHERE currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY',
    'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF');
UPDATE rate SET cents = cents * 10 WHERE currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND');
UPDATE rate SET cents = cents * 100 WHERE currency IN ('CLF', 'UYW');

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
