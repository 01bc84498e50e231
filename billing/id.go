package billing

// MatterID names a matter. Like the other ids it is allotted by the store, is
// unique within one data directory and sorts by the time at which it was made.
type MatterID string

// SourceID names a place that is observed; a person can type it: "calendar-1".
type SourceID string

// ObservationID names an observation, with all its revisions.
type ObservationID string

// EntryID names a draft, and the entry that it becomes.
type EntryID string
