-- +goose Up
-- Revisions are found by the observation that they are of: to remove it, and to
-- know when it was recorded first.
CREATE INDEX observation_id ON observation (id, recorded_at);

-- What may have expired is read from this index alone, in pages, by start.
CREATE INDEX observation_age ON observation (start_at, id, end_at, recorded_at, removed) WHERE latest = 1;
