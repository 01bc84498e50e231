package capture

import (
	"context"

	"github.com/tenths/tenths/billing"
)

// Recaller is a [Sink] that tells what it holds. A source asks it where the name
// that the observed place gives to an event may not be the event's alone.
type Recaller interface {
	// Recall returns what counts of the observations of this source with those
	// external ids: the external id, Same, the span and the subject of each. Ids
	// under which nothing was recorded are left out.
	Recall(ctx context.Context, externalIDs []string) ([]billing.Observation, error)
}
