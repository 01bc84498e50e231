-- +goose Up
-- Keyed hashes of the words of a message, four bytes each, for learning; the
-- key is the setting term_key.
ALTER TABLE observation ADD COLUMN terms BLOB NOT NULL DEFAULT x'';

-- +goose StatementBegin
CREATE TRIGGER observation_terms_append_only BEFORE UPDATE OF terms ON observation
BEGIN
    SELECT RAISE(ABORT, 'observations are append-only');
END;
-- +goose StatementEnd
