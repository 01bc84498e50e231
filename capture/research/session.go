package research

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/research/history"
)

const (
	// apart is how far apart two visits to a site are at least when they are
	// not of one session.
	apart = 10 * time.Minute
	// lastPage is the most that the last page of a session counts for, however
	// long the browser had it open: nobody may have been there.
	lastPage = 5 * time.Minute
	// mostTitles is how many titles make a session's subject.
	mostTitles = 3
)

// session is a stretch of visits to one site, each less than apart from the
// next.
//
//	visits    |   | |      |-----------------    a page left open
//	session   [------------+----]                5 minutes of it
type session struct {
	site   string
	visits []history.Visit // one or more, by time
}

func (s session) start() time.Time { return s.visits[0].At }
func (s session) last() time.Time  { return s.visits[len(s.visits)-1].At }

// span returns the time from the first visit to the last, and what the last
// page adds; of a lone visit without a duration it is a point.
func (s session) span(now time.Time) billing.Span {
	last := s.visits[len(s.visits)-1]
	end := last.At.Add(min(last.For, lastPage)).Truncate(time.Second)
	if end.After(now) {
		end = now.Truncate(time.Second)
	}
	if end.Before(last.At) {
		end = last.At
	}
	return billing.Span{Start: s.start(), End: end}
}

// fold makes sessions of visits, which are by time. The sessions are by start.
func fold(visits []history.Visit) []session {
	var out []session
	current := map[string]int{}
	for _, v := range visits {
		v.At = v.At.UTC().Truncate(time.Second)
		if i, ok := current[v.Site]; ok && v.At.Sub(out[i].last()) < apart {
			out[i].visits = append(out[i].visits, v)
			continue
		}
		current[v.Site] = len(out)
		out = append(out, session{v.Site, []history.Visit{v}})
	}
	return out
}

// titles returns the most visited titles, cleaned, the most visited first and
// of equals the one visited first.
func (s session) titles() []string {
	visits := map[string]int{}
	var order []string
	for _, v := range s.visits {
		title := cleanTitle(v.Title.Reveal(), s.site)
		if title == "" {
			continue
		}
		if visits[title] == 0 {
			order = append(order, title)
		}
		visits[title]++
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(visits[b], visits[a]) })
	return order[:min(mostTitles, len(order))]
}

// observation returns the session in the profile as it is known at now. Without
// a title its subject is the site's name.
func (s session) observation(source billing.SourceID, p profile, now time.Time) billing.Observation {
	titles := s.titles()
	root := ""
	if len(titles) > 0 {
		root = strings.ToLower(titles[0])
	}
	subject := cmp.Or(strings.Join(titles, "; "), s.site)
	o := billing.Observation{
		Source: source, Kind: billing.KindResearch,
		ExternalID: fmt.Sprintf("research %s %s %s %s", p.browser, p.id(), s.site, s.start().Format(time.RFC3339)),
		Span:       s.span(now), Estimated: len(s.visits) == 1,
		Subject: billing.Privileged(subject), Thread: "research " + digest(s.site, root),
	}
	o.Revision = fmt.Sprintf("%06d-%s", len(s.visits), digest(o.Span.End.Format(time.RFC3339), subject))
	return o
}

// digest returns a short name for parts that does not give them away.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}
