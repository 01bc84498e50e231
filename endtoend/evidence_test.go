//go:build unix

package endtoend

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// observed returns the observations that were kept, by id.
func (d *desk) observed(t *testing.T) map[string]billing.Observation {
	t.Helper()
	s, err := store.Open(t.Context(), d.data, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all := map[string]billing.Observation{}
	err = s.View(t.Context(), func(tx *store.Tx) error {
		list, err := tx.ObservationsBetween(t.Context(), billing.Span{Start: time.Unix(0, 0), End: time.Now().AddDate(1, 0, 0)})
		for _, o := range list {
			all[string(o.ID)] = o
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Narratives are sentences of a bill: they start with a verb, name no file and
// no machine's words.
var (
	sentence = regexp.MustCompile(`^[A-Z][a-z]+ \S.*[^\s.;:,]$`)
	unseemly = regexp.MustCompile(`(?i)\s\s|%!|<nil>|\.(odt|docx|pdf|tmp)\b|~lock|\bcaldav\b|@127`)
)

// sound checks what holds of every day's drafts, whatever was observed: each
// second has one owner, sums add up, and every phrase rests on evidence that was
// kept.
func sound(t *testing.T, d *desk, drafts []app.DraftView) {
	t.Helper()
	kept := d.observed(t)
	owner := map[string]string{}
	var spans []billing.Span
	for _, x := range drafts {
		of := fmt.Sprintf("%s %q", x.ID, x.Narrative)
		var sum int64
		for _, s := range x.Spans {
			span := billing.Span{Start: instant(t, s.Start), End: instant(t, s.End)}
			if span.Empty() || span.Start.In(d.location(t)).Format(time.DateOnly) != x.Day {
				t.Errorf("%s owns %v on %s", of, s, x.Day)
			}
			sum += span.Seconds()
			spans = append(spans, span)
		}
		if sum != x.WorkedSeconds {
			t.Errorf("%s: worked %d s, its spans sum to %d", of, x.WorkedSeconds, sum)
		}
		if len(x.Spans) > 0 && (x.Start != x.Spans[0].Start || x.End != x.Spans[len(x.Spans)-1].End) {
			t.Errorf("%s: is from %s to %s, its spans are %v", of, x.Start, x.End, x.Spans)
		}
		if !sentence.MatchString(x.Narrative) || unseemly.MatchString(x.Narrative) {
			t.Errorf("%s: that is no narrative", of)
		}
		if len(x.Evidence) == 0 {
			t.Errorf("%s rests on nothing", of)
		}
		for _, id := range x.Evidence {
			if o, ok := kept[id]; !ok || o.Ignored != "" || o.Removed {
				t.Errorf("%s: its evidence %s is not to be used: kept %v, %s", of, id, ok, o.Ignored)
			}
			if owner[id] != "" {
				t.Errorf("%s and %s rest on the same evidence %s", owner[id], of, id)
			}
			owner[id] = of
		}
		resting(t, of, x)
	}
	if got, want := billing.TotalSeconds(billing.Union(spans)), billing.TotalSeconds(spans); got != want {
		t.Errorf("%d seconds have two owners", want-got)
	}
}

// resting checks that an unedited narrative is its phrases, each with evidence.
func resting(t *testing.T, of string, x app.DraftView) {
	t.Helper()
	if x.Edited || x.State != "drafted" {
		return
	}
	text := ""
	for _, p := range x.Phrases {
		text += p.Text
		if letters(p.Text) && !connective(p.Text) && len(p.Evidence) == 0 {
			t.Errorf("%s: nothing supports %q", of, p.Text)
		}
		for _, id := range p.Evidence {
			if !slices.Contains(x.Evidence, id) {
				t.Errorf("%s: %q rests on foreign evidence", of, p.Text)
			}
		}
	}
	if text != x.Narrative {
		t.Errorf("%s: its phrases are %q", of, text)
	}
}

func letters(s string) bool {
	return strings.ContainsAny(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz")
}

// connective reports whether s only joins what others say.
func connective(s string) bool {
	return slices.Contains([]string{"with", "regarding", "and", "to", "of", "from"}, strings.Trim(s, " ;,"))
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// find returns the one draft whose narrative matches.
func find(t *testing.T, drafts []app.DraftView, pattern string) app.DraftView {
	t.Helper()
	re := regexp.MustCompile("(?i)" + pattern)
	var found []app.DraftView
	for _, x := range drafts {
		if re.MatchString(x.Narrative) {
			found = append(found, x)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d drafts match %q:\n%s", len(found), pattern, listed(drafts))
	}
	return found[0]
}

// listed writes drafts one a line.
func listed(drafts []app.DraftView) string {
	var b strings.Builder
	for _, x := range drafts {
		fmt.Fprintf(&b, "  %.16s %5ds %s %s %q %q (%s)\n", x.Start, x.WorkedSeconds, x.Hours, x.State, x.Matter, x.Narrative, x.Needs)
	}
	return b.String()
}
