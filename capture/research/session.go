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
	// gapless is how long loading a page again may take.
	gapless = 3 * time.Second
	// mostTitles is how many titles make a session's subject.
	mostTitles = 3
)

// session is a stretch of a person's visits to one site, each less than apart
// from the next. What the browser loads by itself begins no session and makes
// none longer, but that a page which it loads again was open until then.
//
//	visits    |   | |      |-----------------    a page left open
//	session   [------------+----]                5 minutes of it
type session struct {
	site   string
	visits []history.Visit // one or more, by time, none by the browser itself
	again  int             // how often the last page of a moment was loaded again
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

// reload takes in that the last page was loaded again by itself: where it had
// been open until then, it stayed open.
func (s *session) reload(v history.Visit) {
	last := &s.visits[len(s.visits)-1]
	if last.For == 0 || last.For >= lastPage || v.At.Sub(last.At.Add(last.For)) > gapless {
		return
	}
	if open := v.At.Add(v.For).Sub(last.At); open > last.For {
		last.For = open
		s.again++
	}
}

// doubt says what is in doubt about the session, for the person.
func (s session) doubt() string {
	for _, v := range s.visits {
		if v.Act == history.Person {
			return ""
		}
	}
	return "another program opened this page; say whether you read it"
}

// fold makes sessions of visits, which are by time. The sessions are by start.
func fold(visits []history.Visit) []session {
	var out []session
	current := map[string]int{}
	for _, v := range visits {
		v.At = v.At.UTC().Truncate(time.Second)
		i, ok := current[v.Site]
		switch {
		case v.Act == history.None && ok:
			out[i].reload(v)
		case v.Act == history.None:
		case ok && v.At.Sub(out[i].last()) < apart:
			out[i].visits = append(out[i].visits, v)
		default:
			current[v.Site] = len(out)
			out = append(out, session{site: v.Site, visits: []history.Visit{v}})
		}
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
		Span:       s.span(now), Estimated: len(s.visits) == 1, Doubt: s.doubt(),
		Subject: billing.Privileged(subject), Thread: "research " + digest(s.site, root),
	}
	o.Revision = fmt.Sprintf("%06d-%s", len(s.visits)+s.again, digest(o.Span.End.Format(time.RFC3339), subject, o.Doubt))
	return o
}

// digest returns a short name for parts that does not give them away.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}
