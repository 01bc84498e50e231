package capturetest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenths/tenths/billing"
)

// sameObservations fails t unless both hold the same events with the same
// content. A removed event equals one that never was.
func sameObservations(t *testing.T, what string, got, want map[string]billing.Observation) bool {
	t.Helper()
	same := true
	for id, w := range want {
		g, ok := got[id]
		switch {
		case !ok && w.Removed:
		case !ok:
			t.Errorf("%s: an observation (a %s) is missing", what, w.Kind)
			same = false
		case g.Removed && w.Removed:
		default:
			if diff := cmp.Diff(plain(w), plain(g)); diff != "" {
				t.Errorf("%s: an observation differs (-want +got):\n%s", what, diff)
				same = false
			}
		}
	}
	for id, g := range got {
		if _, ok := want[id]; !ok && !g.Removed {
			t.Errorf("%s: an observation (a %s) is there that should not be", what, g.Kind)
			same = false
		}
	}
	return same
}

// plain returns the content of o in a form that a difference can be printed of:
// everything in tests is made up, so its privileged text may show.
func plain(o billing.Observation) map[string]string {
	out := map[string]string{
		"external id": o.ExternalID, "revision": o.Revision, "removed": fmt.Sprint(o.Removed),
		"kind": string(o.Kind), "span": o.Span.Start.String() + " to " + o.Span.End.String(), "zone": o.Zone,
		"estimated": fmt.Sprint(o.Estimated), "subject": o.Subject.Reveal(), "thread": o.Thread, "path": o.Path.Reveal(),
		"words": fmt.Sprint(o.Words), "saves": fmt.Sprint(o.Saves), "status": o.Status, "ignored": o.Ignored,
		"all day": fmt.Sprint(o.AllDay), "free": fmt.Sprint(o.Free), "private": fmt.Sprint(o.Private), "doubt": o.Doubt,
		"same": o.Same, "copy": fmt.Sprint(o.Copy.Sequence, " ", o.Copy.Stamp.Unix(), " ", o.Copy.Answer),
	}
	for i, p := range o.With {
		out[fmt.Sprint("with ", i)] = fmt.Sprintf("%s <%s> %s", p.Name.Reveal(), p.Address.Reveal(), p.Role)
	}
	for i, a := range o.Attachments {
		out[fmt.Sprint("attachment ", i)] = a.Reveal()
	}
	return out
}
