-- +goose Up
-- A timer is what the timekeeper started; its segments are when it ran, its
-- pauses when it would have run but the machine slept, was restarted, or had
-- its clock set.
CREATE TABLE timer (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: observations bear it
    label      TEXT NOT NULL,
    matter     TEXT REFERENCES matter (id),
    state      TEXT NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'discarded')),
    started_at INTEGER NOT NULL,
    closed_at  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX timer_running ON timer (state) WHERE state = 'running';
CREATE INDEX timer_closed ON timer (closed_at);

-- seen_ is the last reading of the clocks while the segment ran: the instant,
-- and on systems that tell it the run of the system since it was started, how
-- long that lasts, and how much of that it was awake, in nanoseconds.
CREATE TABLE timer_segment (
    timer       INTEGER NOT NULL REFERENCES timer (id),
    ord         INTEGER NOT NULL,
    start_at    INTEGER NOT NULL,
    end_at      INTEGER NOT NULL DEFAULT 0, -- 0 while it runs
    seen_at     INTEGER NOT NULL,
    seen_boot   TEXT NOT NULL,
    seen_up     INTEGER NOT NULL,
    seen_awake  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL DEFAULT 0, -- up to here it is an observation
    PRIMARY KEY (timer, ord),
    CHECK (end_at = 0 OR end_at >= start_at)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX timer_segment_open ON timer_segment (end_at) WHERE end_at = 0;
CREATE INDEX timer_segment_end ON timer_segment (end_at);

CREATE TABLE timer_pause (
    timer    INTEGER NOT NULL REFERENCES timer (id),
    ord      INTEGER NOT NULL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL,
    reason   TEXT NOT NULL CHECK (reason IN ('asleep', 'restart', 'clock', 'clock back')),
    awake    INTEGER NOT NULL, -- whole seconds of it that the machine was awake, -1 when nobody knows
    kept     INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1)),
    PRIMARY KEY (timer, ord),
    CHECK (end_at >= start_at)
) STRICT, WITHOUT ROWID;
