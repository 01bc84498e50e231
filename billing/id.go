package billing

// Identifiers are allotted by the store, are unique within one data directory
// and sort by the time at which they were made.
type (
	ClientID      string
	MatterID      string
	SourceID      string
	ObservationID string
	EntryID       string
)
