package sample

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/document"
	"github.com/tenths/tenths/capture/mail"
)

// kept is a sink that remembers the latest of each observation.
type kept map[string]billing.Observation

func (k kept) Record(_ context.Context, all []billing.Observation, _ capture.Cursor) error {
	for _, o := range all {
		k[string(o.Source)+" "+o.ExternalID] = o
	}
	return nil
}

// observed returns what a source says of a place in the sample.
func observed(t *testing.T, source capture.Source) []billing.Observation {
	t.Helper()
	sink := kept{}
	if err := source.Once(t.Context(), "", sink); err != nil {
		t.Fatal(err)
	}
	var out []billing.Observation
	for key, o := range sink {
		o.ID = billing.ObservationID(key)
		out = append(out, o)
	}
	return out
}

// config returns the configuration of a source over a place in the sample.
func config(p *Practice, kind billing.SourceKind, where string) capture.Config {
	var own []string
	for _, a := range p.Timekeeper.Addresses {
		own = append(own, string(a))
	}
	return capture.Config{Own: own, SourceConfig: billing.SourceConfig{
		ID: billing.SourceID(kind), Kind: kind, Where: billing.Privileged(where), User: billing.Privileged(own[0]),
	}}
}

func observedMail(t *testing.T, p *Practice) []billing.Observation {
	t.Helper()
	source, err := mail.NewMaildir(config(p, billing.SourceMaildir, p.Mail), func() time.Time { return p.Now })
	if err != nil {
		t.Fatal(err)
	}
	out := observed(t, source)
	if problems := source.Problems(); len(problems) > 0 {
		t.Errorf("the mail has problems: %v", problems)
	}
	return out
}

func observedDocuments(t *testing.T, p *Practice) []billing.Observation {
	t.Helper()
	trail, err := os.Open(p.Trail)
	if err != nil {
		t.Fatal(err)
	}
	defer trail.Close()
	out, err := document.Replay(trail, p.Documents, "folder")
	if err != nil {
		t.Fatal(err)
	}
	for i := range out {
		out[i].ID = billing.ObservationID("folder " + out[i].ExternalID)
	}
	return out
}

// TestMailAsMeant observes the Maildir as Tenths does.
func TestMailAsMeant(t *testing.T) {
	for _, d := range []string{"2026-11-20", "2026-03-09"} {
		p := written(t, d)
		all := observedMail(t, p)
		sent, received := map[bool]int{}, map[bool]int{} // by being on the day
		ignored := map[string]int{}
		bulk := 0
		attachments, threads := 0, map[string]bool{}
		for _, o := range all {
			today := billing.DayOf(o.Span.Start, p.Now.Location()) == p.Day
			if o.Kind == billing.KindMailSent {
				sent[today]++
			} else {
				received[today]++
			}
			ignored[o.Ignored]++
			if o.Bulk != "" {
				bulk++
			}
			attachments += len(o.Attachments)
			threads[o.Thread] = true
			if o.Kind == billing.KindMailSent && today && o.Ignored == "" && (o.Words < 50 || o.Words > 150) {
				t.Errorf("%q has %d words of its own", o.Subject.Reveal(), o.Words)
			}
			if o.Estimated || strings.Contains(o.Subject.Reveal(), "=?") {
				t.Errorf("%q is not read in full", o.Subject.Reveal())
			}
		}
		if sent[true] != 11 || received[true] != 10 {
			t.Errorf("%s: %d sent and %d received on the day, want 11 and 10", d, sent[true], received[true])
		}
		if ignored["an invitation"] != 1 || len(ignored) != 2 || ignored[""] != len(all)-1 || bulk != 7 {
			t.Errorf("%s: ignored %v, want an invitation; %d in bulk, want 7", d, ignored, bulk)
		}
		if attachments != 7 || len(threads) != 30 || len(all) != 72 {
			t.Errorf("%s: %d messages, %d threads, %d attachments", d, len(all), len(threads), attachments)
		}
	}
}
