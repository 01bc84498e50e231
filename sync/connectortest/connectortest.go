// Package connectortest holds every connector to the same promises. A
// connector's own tests call [Run] with the connector and a stand-in for the
// system on the other side that can be told to misbehave.
package connectortest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	pms "github.com/tenths/tenths/sync"
)

// Fault is a way in which the other side misbehaves once.
type Fault string

// The faults that a subject must be able to arrange for the next post, except
// for SearchBreaks and SearchRefused, which are for the next search.
const (
	LosesRequest   Fault = "the connection breaks and nothing is kept"
	LosesReply     Fault = "the connection breaks after the entry was kept"
	AnswersBroken  Fault = "the answer breaks off after the entry was kept"
	ErrorAfterKept Fault = "a server error after the entry was kept"
	NeverAnswers   Fault = "no answer at all after the entry was kept"
	AsksForPause   Fault = "too many requests, come back in 7 seconds"
	Refuses        Fault = "refused for good"
	SearchBreaks   Fault = "a server error on a search"
	SearchRefused  Fault = "the search is not allowed"
)

// Subject is a connector under test and what is behind it.
type Subject struct {
	// Connector is made anew by each call, as after a restart.
	Connector func(t *testing.T) pms.Connector
	// Unreachable is a connector to an address at which nothing listens.
	Unreachable func(t *testing.T) pms.Connector
	// Matter is the remote id of an open matter, Closed that of a matter that
	// takes no entries.
	Matter, Closed string
	// Fail arranges a fault.
	Fail func(f Fault)
	// Count returns how many entries the other side holds, and Posts how many
	// requests to create one have arrived.
	Count, Posts func() int
}

const narrative = "Draft motion to compel; confer with R. Rivera re scope"

// Run tests a fresh subject for each promise.
func Run(t *testing.T, fresh func(t *testing.T) Subject) {
	for _, c := range []struct {
		promise string
		keep    func(t *testing.T, s Subject)
	}{
		{"posts once and finds its own post", postsAndFinds},
		{"does not find what differs", findsNothingElse},
		{"finds what an unknown outcome left behind", findsAfterUnknown},
		{"finds nothing where nothing was kept", findsAbsence},
		{"keeps identical entries apart", keepsTwinsApart},
		{"tells refused from retryable", classifies},
		{"says retryable when nothing was sent", unreachable},
		{"cannot be sure when a search fails", failedSearch},
		{"stops when told to", stops},
		{"keeps privileged text to itself", redacts},
		{"lets the worker post exactly once", exactlyOnce},
	} {
		t.Run(c.promise, func(t *testing.T) { c.keep(t, fresh(t)) })
	}
}

func posting(s Subject) billing.Posting {
	return billing.Posting{
		Entry: "entry-1", MatterRemote: s.Matter, WorkDate: billing.Day{Year: 2026, Month: time.November, Day: 19},
		Billed: 72, Narrative: narrative, Rate: billing.Money{Cents: 35050, Currency: "USD"},
		TaskCode: "L240", ActivityCode: "A103", FirstSent: time.Now(),
	}
}

func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func post(t *testing.T, c pms.Connector, p billing.Posting) billing.Receipt {
	t.Helper()
	r, err := c.Post(within(t, 10*time.Second), p)
	if err != nil {
		t.Fatalf("Post: %v", err)
	}
	if r.RemoteID == "" || r.Found {
		t.Fatalf("Post returned %+v", r)
	}
	return r
}

func find(t *testing.T, c pms.Connector, p billing.Posting) []string {
	t.Helper()
	found, err := c.Find(within(t, 10*time.Second), p)
	if err != nil {
		t.Fatalf("Find: %v", err)
	}
	var ids []string
	for _, r := range found {
		if !r.Found {
			t.Errorf("Find returned a receipt that does not say it was found: %+v", r)
		}
		ids = append(ids, r.RemoteID)
	}
	return ids
}

func failure(t *testing.T, err error) *billing.OutcomeError {
	t.Helper()
	failed, ok := errors.AsType[*billing.OutcomeError](err)
	if !ok {
		t.Fatalf("the error is not an OutcomeError: %v", err)
	}
	if failed.Err == nil || failed.Err.Msg == "" {
		t.Fatalf("there is nothing to tell the person: %v", err)
	}
	return failed
}

func postsAndFinds(t *testing.T, s Subject) {
	p := posting(s)
	r := post(t, s.Connector(t), p)
	if ids := find(t, s.Connector(t), p); len(ids) != 1 || ids[0] != r.RemoteID {
		t.Errorf("posted %s, found %v", r.RemoteID, ids)
	}
	p.Narrative = "  Draft motion to compel;\r\n confer with R. Rivera   re scope\n"
	if ids := find(t, s.Connector(t), p); len(ids) != 1 {
		t.Errorf("the spacing of words made a difference: found %v", ids)
	}
	if s.Posts() != 1 || s.Count() != 1 {
		t.Errorf("%d posts arrived and %d entries are there; want 1 and 1", s.Posts(), s.Count())
	}
}

func findsNothingElse(t *testing.T, s Subject) {
	c := s.Connector(t)
	post(t, c, posting(s))
	for what, change := range map[string]func(p *billing.Posting){
		"minutes":   func(p *billing.Posting) { p.Billed += 6 },
		"narrative": func(p *billing.Posting) { p.Narrative += " (2)" },
		"work date": func(p *billing.Posting) { p.WorkDate = p.WorkDate.Add(1) },
		"matter":    func(p *billing.Posting) { p.MatterRemote = s.Closed },
	} {
		p := posting(s)
		change(&p)
		if ids := find(t, c, p); len(ids) != 0 {
			t.Errorf("an entry with another %s was found: %v", what, ids)
		}
	}
}

func findsAfterUnknown(t *testing.T, s Subject) {
	for i, f := range []Fault{LosesReply, AnswersBroken, ErrorAfterKept, NeverAnswers} {
		p := posting(s)
		p.Narrative = billing.Privileged(fmt.Sprintf("%s, part %d", narrative, i))
		s.Fail(f)
		_, err := s.Connector(t).Post(within(t, 700*time.Millisecond), p)
		if o := failure(t, err).Outcome; o != billing.Unknown {
			t.Errorf("%s: outcome %s, want unknown", f, o)
		}
		if ids := find(t, s.Connector(t), p); len(ids) != 1 {
			t.Errorf("%s: found %v, want one entry", f, ids)
		}
		if n := i + 1; s.Posts() != n || s.Count() != n {
			t.Errorf("%s: %d posts arrived and %d entries are there; want %d of both", f, s.Posts(), s.Count(), n)
		}
	}
}

func findsAbsence(t *testing.T, s Subject) {
	c := s.Connector(t)
	s.Fail(LosesRequest)
	_, err := c.Post(within(t, 5*time.Second), posting(s))
	if o := failure(t, err).Outcome; o != billing.Unknown {
		t.Errorf("outcome %s, want unknown: the request had left", o)
	}
	if ids := find(t, c, posting(s)); len(ids) != 0 {
		t.Errorf("found %v", ids)
	}
	if s.Posts() != 1 {
		t.Errorf("%d posts arrived; want 1: nothing may repeat it", s.Posts())
	}
}

func keepsTwinsApart(t *testing.T, s Subject) {
	c := s.Connector(t)
	first, second := post(t, c, posting(s)), post(t, c, posting(s))
	if first.RemoteID == second.RemoteID {
		t.Fatalf("two entries got one id, %s", first.RemoteID)
	}
	if ids := find(t, c, posting(s)); len(ids) != 2 || ids[0] != first.RemoteID {
		t.Errorf("found %v, want both, the older first", ids)
	}
	p := posting(s)
	p.Known = []string{first.RemoteID}
	if ids := find(t, c, p); len(ids) != 1 || ids[0] != second.RemoteID {
		t.Errorf("found %v, want %s alone", ids, second.RemoteID)
	}
}

func classifies(t *testing.T, s Subject) {
	c := s.Connector(t)
	s.Fail(AsksForPause)
	_, err := c.Post(within(t, 5*time.Second), posting(s))
	if f := failure(t, err); f.Outcome != billing.Retryable || f.After < 6*time.Second || f.After > 8*time.Second {
		t.Errorf("a pause of 7 s: %s after %s", f.Outcome, f.After)
	}
	c = s.Connector(t)
	s.Fail(Refuses)
	_, err = c.Post(within(t, 5*time.Second), posting(s))
	if f := failure(t, err); f.Outcome != billing.Permanent {
		t.Errorf("refused: %s", f.Outcome)
	}
	p := posting(s)
	p.MatterRemote = s.Closed
	_, err = c.Post(within(t, 5*time.Second), p)
	if f := failure(t, err); f.Outcome != billing.Permanent {
		t.Errorf("a closed matter: %s", f.Outcome)
	}
	p.MatterRemote = ""
	_, err = c.Post(within(t, 5*time.Second), p)
	if f := failure(t, err); f.Outcome != billing.Permanent {
		t.Errorf("no matter: %s", f.Outcome)
	}
	if s.Count() != 0 {
		t.Errorf("%d entries are there, want none", s.Count())
	}
}

func unreachable(t *testing.T, s Subject) {
	c := s.Unreachable(t)
	_, err := c.Post(within(t, 5*time.Second), posting(s))
	if f := failure(t, err); f.Outcome != billing.Retryable || f.Err.Kind != billing.Unreachable {
		t.Errorf("Post: %s, %s", f.Outcome, f.Err.Kind)
	}
	if _, err := c.Find(within(t, 5*time.Second), posting(s)); err == nil {
		t.Error("Find is sure without having asked")
	}
}

func failedSearch(t *testing.T, s Subject) {
	c := s.Connector(t)
	post(t, c, posting(s))
	for _, f := range []Fault{SearchBreaks, SearchRefused} {
		s.Fail(f)
		if found, err := c.Find(within(t, 5*time.Second), posting(s)); err == nil {
			t.Errorf("%s: found %v without an error", f, found)
		}
	}
}

func stops(t *testing.T, s Subject) {
	c := s.Connector(t)
	s.Fail(NeverAnswers)
	began := time.Now()
	_, err := c.Post(within(t, 300*time.Millisecond), posting(s))
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("Post went on for %s after it was told to stop", took)
	}
	if o := failure(t, err).Outcome; o != billing.Unknown {
		t.Errorf("outcome %s, want unknown", o)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Connector(t).Post(ended, posting(s)); failure(t, err).Outcome != billing.Retryable {
		t.Errorf("before anything was sent: %v", err)
	}
}

// redacts looks for the narrative in everything that a log could be given.
func redacts(t *testing.T, s Subject) {
	var log bytes.Buffer
	previous := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(previous)
	for _, f := range []Fault{LosesReply, Refuses, ErrorAfterKept, AsksForPause, AnswersBroken} {
		c := s.Connector(t)
		s.Fail(f)
		_, err := c.Post(within(t, 5*time.Second), posting(s))
		slog.Error("post", "err", err, "posting", posting(s))
		fmt.Fprintf(&log, "%v %+v %#v\n", err, failure(t, err).Err, posting(s))
	}
	for _, secret := range []string{"motion to compel", "Rivera"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%q is in the log:\n%s", secret, log.String())
		}
	}
}

// exactlyOnce sends six entries, in pairs that are alike, through a worker while
// almost every request goes wrong.
func exactlyOnce(t *testing.T, s Subject) {
	outbox := &Outbox{}
	for i := range 6 {
		p := posting(s)
		p.Entry, p.FirstSent = billing.EntryID(fmt.Sprint("entry-", i)), time.Time{}
		p.Narrative += billing.Privileged(fmt.Sprintf(", part %d", i/2))
		outbox.Add(p)
	}
	for _, f := range []Fault{LosesReply, LosesRequest, ErrorAfterKept, AnswersBroken, NeverAnswers} {
		s.Fail(f)
	}
	quiet := slog.New(slog.DiscardHandler)
	w := pms.NewWorker(pms.Config{Outbox: outbox, Connector: s.Connector(t), Log: quiet, Settle: time.Second, Patience: 20 * time.Second})
	report, err := w.Once(within(t, 30*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	if want := (pms.Report{Posted: 6}); report != want || s.Count() != 6 {
		t.Errorf("reported %+v with %d there; want %+v", report, s.Count(), want)
	}
	ids := map[string]bool{}
	for _, r := range outbox.Rows() {
		ids[r.Receipt.RemoteID] = true
	}
	if len(ids) != 6 {
		t.Errorf("six entries have %d ids: %v", len(ids), ids)
	}
}
