package app_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// few has rapid try n cases in this test, or with TENTHS_HEAVY as many as it
// would.
func few(t *testing.T, n int) {
	checks := flag.Lookup("rapid.checks")
	if os.Getenv("TENTHS_HEAVY") != "" || checks == nil {
		return
	}
	old := checks.Value.String()
	if err := flag.Set("rapid.checks", fmt.Sprint(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", old) })
}

// practice is a desk on which all happens that can happen to a day, by every way
// in, while everything about it is looked at.
type practice struct {
	*desk
	s     *store.Store
	final map[string]line // what is approved, as it was then
	sure  int             // entries that were approved
}

// ways are all ways in which time comes to be, is decided on or final, by what
// they are.
var ways = [][]string{
	decisions,
	{"approve", "approve one", "agree late"},
	{"start", "wait", "switch", "start", "stop", "throw away"},
	{"observe", "rate", "terms", "blackout", "undo"},
	decisions,
}

// By every way in and under every policy: what is shown is what is frozen, to the
// byte; what is decided is undone without a trace; no second is owned twice; each
// matter's day, or each draft, bills what the policy says of its seconds unless a
// person typed it; and nothing is frozen on a matter that takes none.
func TestEveryWayInMeetsEveryRule(t *testing.T) {
	few(t, 40)
	p := &practice{desk: &desk{office: open(t), taken: map[string]int{}}}
	var err error
	p.s, err = store.Open(t.Context(), p.Dir, func() time.Time { return p.now })
	p.check(err)
	defer p.s.Close()
	rapid.Check(t, func(t *rapid.T) {
		p.morning(t)
		for range rapid.IntRange(3, 14).Draw(t, "steps") {
			way := rapid.SampledFrom(rapid.SampledFrom(ways).Draw(t, "of")).Draw(t, "way")
			if p.step(t, way) {
				p.taken[way]++
			}
			p.holds(t)
		}
	})
	if p.sure == 0 {
		t.Error("nothing was ever frozen: the law was not tried")
	}
	t.Log(p.sure, "entries frozen;", p.taken)
}

// morning begins a day under some policy, with no timer left over.
func (p *practice) morning(t *rapid.T) {
	p.run += 2 // what lasts over midnight is none of this day's
	p.last = t
	timers := app.Timers{Practice: p.Practice}
	list, err := timers.List(t.Context())
	p.do(err)
	for _, v := range list {
		if v.State == "running" || v.State == "paused" {
			_, err := timers.Stop(t.Context(), v.ID)
			p.do(err)
		}
	}
	blackouts, err := app.Discretion{Practice: p.Practice}.Blackouts(t.Context())
	p.do(err)
	for _, b := range blackouts {
		p.do(app.Discretion{Practice: p.Practice}.Unblacken(t.Context(), b.ID))
	}
	policy, err := p.DraftingPolicy(t.Context())
	p.do(err)
	policy.Rounding = billing.RoundingPolicy{
		Mode:      rapid.SampledFrom([]billing.RoundingMode{billing.RoundUp, billing.RoundNearest}).Draw(t, "mode"),
		Scope:     rapid.SampledFrom([]billing.RoundingScope{billing.ScopeMatterDay, billing.ScopeEntry}).Draw(t, "scope"),
		Tie:       rapid.SampledFrom([]billing.TieRule{billing.TieUp, billing.TieDown}).Draw(t, "tie"),
		Increment: rapid.SampledFrom([]int64{6, 15, 10, 1}).Draw(t, "increment"),
	}
	policy.Rounding.Minimum = rapid.SampledFrom([]int64{0, policy.Rounding.Increment}).Draw(t, "minimum")
	p.do(p.SetDraftingPolicy(t.Context(), policy))
	p.final = map[string]line{}
	p.begin(t)
	p.holds(t)
}

// step does one thing, and reports whether it was done. A decision may be undone
// at once: then nothing may be left of it.
func (p *practice) step(t *rapid.T, way string) bool {
	r, ctx := p.review(), t.Context()
	switch way {
	case "start", "switch", "stop", "throw away":
		return p.time(t, way)
	case "wait":
		p.now = p.now.Add(time.Duration(rapid.IntRange(1, 1500).Draw(t, "seconds")) * time.Second)
	case "observe":
		p.seen(fmt.Sprintf("late %d-%d", p.run, len(p.feed.observations)), rapid.SampledFrom([]string{"Rivera", "Lin", "Firm", "Downloads"}).Draw(t, "folder"),
			rapid.IntRange(6, 20).Draw(t, "hour"), rapid.IntRange(1, 40).Draw(t, "minutes"))
		if rapid.Bool().Draw(t, "mail") {
			p.mailed(t)
		}
		p.capture()
	case "rate":
		from := p.today.Add(rapid.IntRange(-2, 2).Draw(t, "from"))
		number := rapid.SampledFrom([]string{"", "2024-0113", "2025-0042"}).Draw(t, "matter")
		p.do(app.Rates{Practice: p.Practice}.Set(ctx, number, billing.Money{Cents: rapid.Int64Range(1, 90000).Draw(t, "cents"), Currency: "USD"}, &from))
	case "terms", "blackout":
		p.happens(t, way)
	case "undo":
		_, err := r.Undo(ctx)
		return p.may(err)
	case "approve", "approve one", "agree late":
		return p.approves(t, way)
	default:
		return p.decided(t, way)
	}
	return true
}

// decided takes a decision and perhaps takes it back.
func (p *practice) decided(t *rapid.T, what string) bool {
	undo := rapid.Bool().Draw(t, "take back")
	before := p.picture(t)
	if !p.decides(t, what) {
		if after := p.picture(t); after != before {
			t.Fatalf("a refused %s changes\n%s", what, differ(before, after))
		}
		return false
	}
	if undo {
		p.holds(t)
		_, err := p.review().Undo(t.Context())
		p.do(err)
		if after := p.picture(t); after != before {
			t.Fatalf("undoing the %s leaves\n%s", what, differ(before, after))
		}
	}
	return true
}

// time starts or stops a timer.
func (p *practice) time(t *rapid.T, way string) bool {
	timers, ctx := app.Timers{Practice: p.Practice}, t.Context()
	if way == "start" {
		_, err := timers.Start(ctx, "call with clerk", rapid.SampledFrom([]string{"2024-0113", "2025-0042", "9999-0001", ""}).Draw(t, "matter"))
		return p.may(err)
	}
	list, err := timers.List(ctx)
	p.do(err)
	if len(list) == 0 {
		return false
	}
	id := list[rapid.IntRange(0, len(list)-1).Draw(t, "timer")].ID
	switch way {
	case "switch":
		if i := slices.IndexFunc(list, func(v app.TimerView) bool { return v.State == "paused" }); i >= 0 {
			id = list[i].ID
		}
		_, err = timers.Switch(ctx, id)
	case "stop":
		_, err = timers.Stop(ctx, id)
	default:
		_, err = timers.Discard(ctx, id)
	}
	return p.may(err)
}

// mailed adds a message that was sent.
func (p *practice) mailed(t *rapid.T) {
	at := p.today.Span(time.UTC).Start.Add(time.Duration(rapid.IntRange(6*60, 22*60).Draw(t, "sent")) * time.Minute)
	p.feed.observations = append(p.feed.observations, billing.Observation{
		ExternalID: fmt.Sprintf("mail %d-%d", p.run, len(p.feed.observations)), Revision: "1", Kind: billing.KindMailSent, Words: rapid.Int64Range(0, 300).Draw(t, "words"),
		Subject: "2024-0113 hearing", Thread: fmt.Sprintf("thread %d", p.run), Span: billing.Span{Start: at, End: at}})
}

// approves freezes what is ready, one entry, or what was ready before something
// else happened.
func (p *practice) approves(t *rapid.T, way string) bool {
	r, ctx := p.review(), t.Context()
	var ids []billing.EntryID
	if way == "approve one" {
		ids = []billing.EntryID{billing.EntryID(p.pick(t).ID)}
	}
	if way == "approve one" && rapid.Bool().Draw(t, "accepted first") {
		p.may(r.Accept(ctx, ids[0]))
	}
	seen, err := r.Preview(ctx, p.today, ids...)
	if !p.may(err) {
		return false
	}
	if way == "agree late" {
		p.step(t, rapid.SampledFrom([]string{"terms", "rate", "blackout", "minutes", "wait", "observe"}).Draw(t, "meanwhile"))
		now, err := r.Preview(ctx, p.today, ids...)
		p.do(err)
		_, err = r.Approve(ctx, p.today, ids, seen.Digest)
		if now.Digest != seen.Digest {
			if billing.KindOf(err) != billing.Conflict {
				t.Fatalf("nobody saw what was approved: %v", err)
			}
			return true
		}
		p.do(err)
	} else {
		got, err := r.Approve(ctx, p.today, ids, seen.Digest)
		p.do(err)
		if got.Digest != seen.Digest || got.Count != seen.Count {
			t.Fatalf("%d entries were shown and %d frozen", seen.Count, got.Count)
		}
	}
	p.onRecord(t, seen)
	return seen.Count > 0
}

// onRecord checks that the audit trail has, to the byte, the records that the
// digest of the preview named, and that nobody's word was missing.
func (p *practice) onRecord(t *rapid.T, seen app.ApprovalView) {
	lines := linesOf(seen)
	var details []string
	p.look(t, func(ctx context.Context, tx *store.Tx) error {
		entries, err := tx.EntriesOn(ctx, p.today)
		if err != nil {
			return err
		}
		matters, err := tx.Matters(ctx)
		if err != nil {
			return err
		}
		black, err := tx.Blackouts(ctx)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if _, frozen := lines[string(e.ID)]; !frozen {
				continue
			}
			trail, err := tx.AuditTrail(ctx, e.ID)
			if err != nil || len(trail) != 1 {
				t.Fatalf("%d records of %s: %v", len(trail), e.ID, err)
			}
			details = append(details, string(trail[0].Detail))
			m := matters[slices.IndexFunc(matters, func(m billing.Matter) bool { return m.ID == e.Matter })]
			_, err = tx.OutboxRow(ctx, e.ID)
			sent := err == nil
			blackedOut := slices.ContainsFunc(black, func(b store.Blackout) bool { return string(b.What) == m.Number })
			if m.Closed || m.Internal && (!e.NonBillable || sent) || blackedOut && !e.Accepted || e.State != billing.StateApproved {
				t.Fatalf("frozen on %+v, blacked out %v, on its way %v: %+v", m, blackedOut, sent, e)
			}
		}
		return nil
	})
	if len(lines) == 0 {
		return
	}
	sum := sha256.Sum256([]byte("[" + strings.Join(details, ",") + "]"))
	if got := hex.EncodeToString(sum[:])[:16]; got != seen.Digest {
		t.Fatalf("shown and agreed to as %s, on record as %s: %s", seen.Digest, got, details)
	}
	p.sure += len(lines)
	maps.Copy(p.final, lines)
}

// holds checks what holds whatever happened.
func (p *practice) holds(t *rapid.T) {
	for _, day := range []billing.Day{p.today, p.today.Add(1)} {
		v, err := p.review().Day(t.Context(), day)
		p.do(err)
		if s := v.Summary; s.ObservedSeconds != s.BillableSeconds+s.NonBillableSeconds+s.PrivateSeconds+s.UnexplainedSeconds || s.DoubleBookedSeconds != 0 {
			t.Fatalf("%s does not add up: %+v", day, s)
		}
		for _, e := range v.Done {
			if was, ok := p.final[e.ID]; ok && was != lineOf(e) {
				t.Fatalf("frozen as %+v, and now %+v", was, lineOf(e))
			}
		}
		p.look(t, func(ctx context.Context, tx *store.Tx) error {
			entries, err := tx.EntriesOn(ctx, day)
			if err != nil {
				return err
			}
			matters, err := tx.Matters(ctx)
			checkRounding(t, entries, matters)
			return err
		})
	}
}

// look reads the store.
func (p *practice) look(t *rapid.T, fn func(context.Context, *store.Tx) error) {
	p.do(p.s.View(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }))
}

// checkRounding checks that entries bill what their policies say.
func checkRounding(t *rapid.T, entries []billing.Entry, matters []billing.Matter) {
	type key struct {
		matter billing.MatterID
		nobody bool
		policy billing.RoundingPolicy
	}
	groups := map[key][]billing.Entry{}
	for _, e := range entries {
		half := e.Rounding.Increment * 60
		switch {
		case e.State == billing.StateDiscarded || e.Private:
		case e.Rounding.Scope == billing.ScopeMatterDay && e.Matter != "":
			internal := slices.ContainsFunc(matters, func(m billing.Matter) bool { return m.ID == e.Matter && m.Internal })
			k := key{e.Matter, e.NonBillable || internal, e.Rounding}
			groups[k] = append(groups[k], e)
		case e.BilledBy == billing.ByPolicy && e.Billed != e.Rounding.Minutes(e.Worked) && (e.Billed != 0 || 2*e.Worked >= half):
			t.Fatalf("%d seconds bill %d minutes by %+v: %+v", e.Worked, e.Billed, e.Rounding, e)
		}
	}
	for k, list := range groups {
		if want, got, exact := matterDay(k.policy, list); exact && got != want || got > want {
			t.Fatalf("the drafts of %+v bill %d minutes, want %d: %+v", k, got, want, list)
		}
	}
}

// matterDay returns what the drafts of a matter's day bill together, and what
// they should, at most where a person typed something.
func matterDay(policy billing.RoundingPolicy, list []billing.Entry) (want, got int64, exact bool) {
	var total, final int64
	open, tails := false, true
	exact = true
	for _, e := range list {
		total += e.Worked
		drafted := e.State == billing.StateDrafted
		switch {
		case e.BilledBy == billing.ByPerson:
			exact = false
		case e.BilledBy == billing.ByPart || !drafted:
			final += e.Billed
		default:
			got += e.Billed
			open = open || e.Worked > 0
		}
		tails = tails && (e.Billed == 0 && 2*e.Worked < policy.Increment*60)
	}
	want = max(policy.Minutes(total)-final, 0)
	return want, got, exact && open && !tails
}
