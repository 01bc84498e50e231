-- +goose Up
-- What a message quotes of earlier ones: hashes of its words, like terms, and
-- who wrote it, for learning.
ALTER TABLE observation ADD COLUMN quoted BLOB NOT NULL DEFAULT x'';
ALTER TABLE observation ADD COLUMN quoted_from TEXT NOT NULL DEFAULT '[]';

-- +goose StatementBegin
CREATE TRIGGER observation_quoted_append_only BEFORE UPDATE OF quoted, quoted_from ON observation
BEGIN
    SELECT RAISE(ABORT, 'observations are append-only');
END;
-- +goose StatementEnd
