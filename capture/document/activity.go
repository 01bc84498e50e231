package document

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// Activity is what was done with one document without a break. The activities
// of one document never overlap.
type Activity struct {
	Kind  billing.ObservationKind // edit, review or export
	Path  string                  // relative to the folder, with forward slashes
	Start time.Time               // the first lock or save
	End   time.Time               // the last save; for a review, the lock's removal
	Saves int64
	Done  bool // it will not change any more
}

// observation returns the activity as it is recorded for source. Its external
// id is its path and start; its revision grows with its saves.
func (a Activity) observation(root string, source billing.SourceID) billing.Observation {
	absolute := filepath.Join(root, filepath.FromSlash(a.Path))
	start := a.Start.UTC()
	return billing.Observation{
		Source:     source,
		ExternalID: a.Path + "@" + start.Format(time.RFC3339),
		Revision:   fmt.Sprintf("%06d", a.Saves),
		Kind:       a.Kind,
		Span:       billing.Span{Start: start, End: a.End.UTC()},
		Subject:    billing.Privileged(title(stem(path.Base(a.Path)), filepath.ToSlash(absolute))),
		Thread:     thread(filepath.ToSlash(absolute)),
		Path:       billing.Privileged(absolute),
		Saves:      a.Saves,
	}
}

// sortObservations puts the oldest first.
func sortObservations(list []billing.Observation) {
	slices.SortStableFunc(list, func(a, b billing.Observation) int {
		return cmp.Or(a.Span.Start.Compare(b.Span.Start), strings.Compare(a.ExternalID, b.ExternalID))
	})
}
