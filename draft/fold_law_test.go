package draft_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// never are senders and subjects that are never folded without being told.
var never = []struct{ name, address, subject, thread string }{
	{"", "ecf_notices@nysd.uscourts.gov", "Activity", ""},
	{"", "do-not-reply@courts.ca.gov", "Your account", ""},
	{"", "noreply@judiciary.uk", "Update", ""},
	{"", "no-reply@efilingmail.example", "Accepted", ""},
	{"Clerk, Harris County District Court", "noreply@hcdc.example", "Notice", ""},
	{"", "noreply@service.example", "Notification of Service for Case", ""},
	{"", "alerts@dockets.example", "News", ""},
	{"", "noreply@x.example", "1:24-cv-00123 new entry", ""},
	{"", "news@hartlaw.example", "Firm news", ""},
	{"", "noreply@mail.hartlaw.example", "Scan", ""},
	{"", "marketing@reedcole.example", "Client alert", ""},
	{"", "newsletter@news.reedcole.example", "Client alert", ""},
	{"", "friend@gmail.com", "Hello", ""},
	{"", "noreply@portal.example", "Acme Logistics sent you a file", ""},
	{"Estate of Lin", "noreply@portal.example", "A file for you", ""},
	{"", "noreply@portal.example", "File 2024-0113", ""},
	{"", "list@bar.example", "Re: what I asked", "asked"},
	{"", "list@bar.example", "Re: what I filed", "filed"},
	{"", "noreply@former.example", "Old client", ""},
}

// ordinary are senders of whom nothing is known.
var ordinary = []string{"noreply@shop.example", "news@press.example", "digest@refills.example", "x@thecfo.example", "stay@courtyard.example", "someone@gmail.com"}

// anyMail adds to a day mail of every kind, and what is known of its senders.
func anyMail(t *rapid.T, in draft.Input) draft.Input {
	in.Matters = append(slices.Clone(in.Matters), billing.Matter{ID: "m5", Number: "2019-0001", Name: "Former", Closed: true,
		Contacts: []billing.Contact{{Address: "ceo@former.example", Role: billing.ContactClient}}})
	in.Mail = draft.Correspondence{Senders: map[string]draft.SenderFacts{}, Said: map[billing.ObservationID]bool{},
		Written: map[string]bool{"friend@gmail.com": true}, Answered: map[string]bool{"asked": true}, Writes: rapid.Bool().Draw(t, "writes")}
	in.Filed = map[string]billing.MatterID{"filed": "m2"}
	start := in.Day.Span(in.Zone).Start
	for i := range rapid.IntRange(0, 20).Draw(t, "mail") {
		o := billing.Observation{ID: billing.ObservationID(fmt.Sprintf("mail%02d", i)), Kind: billing.KindMailReceived, Words: 100,
			Bulk: rapid.SampledFrom([]string{"", "from a mailing list", "sent in bulk"}).Draw(t, "bulk"), Thread: fmt.Sprintf("own%02d", i)}
		at := start.Add(time.Duration(rapid.IntRange(0, 80000).Draw(t, "at")) * time.Second)
		o.Span = billing.Span{Start: at, End: at}
		from := billing.Party{Role: billing.RoleFrom}
		if rapid.Bool().Draw(t, "never") {
			n := rapid.SampledFrom(never).Draw(t, "sender")
			from.Name, from.Address, o.Subject = billing.Privileged(n.name), billing.Privileged(n.address), billing.Privileged(n.subject)
			if n.thread != "" {
				o.Thread = n.thread
			}
			o.Status = "never" // marks it for the law; nothing looks at it on mail
		} else {
			from.Address, o.Subject = billing.Privileged(rapid.SampledFrom(ordinary).Draw(t, "sender")), "Offers"
		}
		if o.Bulk == "from a mailing list" && rapid.Bool().Draw(t, "named") {
			o.List = "offers.lists.example"
		}
		o.With = []billing.Party{from}
		in.Mail.Senders[draft.Sender(&o)] = draft.SenderFacts{Work: rapid.Bool().Draw(t, "work"), SetAside: rapid.IntRange(0, 3).Draw(t, "aside"),
			Messages: rapid.IntRange(1, 9).Draw(t, "messages"), Conversations: rapid.IntRange(1, 9).Draw(t, "conversations"), Days: rapid.IntRange(1, 5).Draw(t, "days")}
		if rapid.IntRange(0, 4).Draw(t, "said") == 0 {
			in.Mail.Said[o.ID] = rapid.Bool().Draw(t, "folded")
		}
		in.Observations = append(in.Observations, o)
	}
	if rapid.IntRange(0, 3).Draw(t, "hold mail") == 0 {
		in.Held = append(in.Held, draft.Held{Evidence: []billing.ObservationID{"mail00"}})
	}
	return in
}

// TestNoMessageIsLost: whatever was received is folded, private, held, or
// evidence of a draft, and one of these alone.
func TestNoMessageIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyMail(t, anyDay(t))
		got := draft.Propose(in)
		where := map[billing.ObservationID]int{}
		for _, f := range got.Folded {
			if where[f.Observation]++; f.Reason == "" {
				t.Fatalf("%s is folded without a reason", f.Observation)
			}
		}
		for _, d := range got.Drafts {
			for _, id := range d.Evidence {
				where[id]++
			}
		}
		for _, h := range in.Held {
			for _, id := range h.Evidence {
				where[id] = max(where[id], 1)
			}
		}
		for _, o := range in.Observations {
			if o.Kind != billing.KindMailReceived || o.Private || !in.Day.Span(in.Zone).Contains(o.Span.Start) {
				continue
			}
			if where[o.ID] != 1 {
				t.Fatalf("%s of %v is in %d places", o.ID, o.With, where[o.ID])
			}
		}
	})
}

// TestWhatIsNeverFolded: courts, colleagues, known organizations, whoever was
// written to and what names a matter stay, whatever marks a message bears and
// however often its sender was set aside, unless a person says so of itself.
func TestWhatIsNeverFolded(t *testing.T) {
	folds := 0
	rapid.Check(t, func(t *rapid.T) {
		in := anyMail(t, anyDay(t))
		got := draft.Propose(in).Folded
		for _, o := range in.Observations {
			folded := slices.ContainsFunc(got, func(f draft.Folded) bool { return f.Observation == o.ID })
			said, told := in.Mail.Said[o.ID]
			held := len(in.Held) > 0 && slices.ContainsFunc(in.Held, func(h draft.Held) bool { return slices.Contains(h.Evidence, o.ID) })
			switch {
			case told && !held && folded != said:
				t.Fatalf("%s: said %v, folded %v", o.ID, said, folded)
			case held && folded:
				t.Fatalf("%s is decided on and folded", o.ID)
			case !told && o.Status == "never" && folded:
				t.Fatalf("%s <%s> %q is folded", o.With[0].Name.Reveal(), o.With[0].Address.Reveal(), o.Subject.Reveal())
			case o.Kind != billing.KindMailReceived && folded:
				t.Fatalf("%s is no message and folded", o.ID)
			}
			if folded {
				folds++
			}
		}
	})
	if folds == 0 {
		t.Error("nothing was ever folded")
	}
}

// TestKeptIsAsIfNeverFolded: a day of which every folded message is kept is the
// day on which none bears a mark, and folding again comes back to where it was.
func TestKeptIsAsIfNeverFolded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyMail(t, anyDay(t))
		in.Mail.Said = nil
		before := draft.Propose(in)
		kept := in
		kept.Mail.Said = map[billing.ObservationID]bool{}
		for _, f := range before.Folded {
			kept.Mail.Said[f.Observation] = false
		}
		got := draft.Propose(kept)
		plain := in
		plain.Mail = draft.Correspondence{}
		plain.Observations = slices.Clone(in.Observations)
		for i := range plain.Observations {
			plain.Observations[i].Bulk = ""
		}
		if want := draft.Propose(plain); !reflect.DeepEqual(got, want) {
			t.Fatalf("kept:\n%+v\nnever folded:\n%+v", got, want)
		}
		for id := range kept.Mail.Said {
			kept.Mail.Said[id] = true
		}
		again := draft.Propose(kept)
		if !reflect.DeepEqual(again.Drafts, before.Drafts) || len(again.Folded) != len(before.Folded) {
			t.Fatalf("folded again:\n%+v\nbefore:\n%+v", again, before)
		}
	})
}

// TestFoldedClaimsNothing: a folded message changes the day as little as one
// that never came.
func TestFoldedClaimsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyMail(t, anyDay(t))
		before := draft.Propose(in)
		without := in
		without.Observations = slices.DeleteFunc(slices.Clone(in.Observations), func(o billing.Observation) bool {
			return slices.ContainsFunc(before.Folded, func(f draft.Folded) bool { return f.Observation == o.ID })
		})
		got := draft.Propose(without)
		got.Folded = before.Folded
		if !reflect.DeepEqual(got, before) {
			t.Fatalf("without what is folded:\n%+v\nwith it:\n%+v", got, before)
		}
	})
}

// TestFoldReasons tells which rule folds what, and from when on.
func TestFoldReasons(t *testing.T) {
	day, _ := billing.ParseDay("2026-11-19")
	at := day.Span(time.UTC).Start.Add(10 * time.Hour)
	for name, c := range map[string]struct {
		bulk   string
		facts  draft.SenderFacts
		writes bool
		want   string
	}{
		"a stranger":              {"", draft.SenderFacts{Messages: 1, Conversations: 1, Days: 1}, true, ""},
		"bulk":                    {"sent in bulk", draft.SenderFacts{}, false, "sent in bulk"},
		"bulk that was work":      {"sent in bulk", draft.SenderFacts{Work: true, SetAside: 1}, true, ""},
		"bulk, then aside twice":  {"sent in bulk", draft.SenderFacts{Work: true, SetAside: 2}, true, "you set what came from there aside before"},
		"set aside once":          {"", draft.SenderFacts{SetAside: 1}, true, ""},
		"set aside twice":         {"", draft.SenderFacts{SetAside: 2}, true, "you set what came from there aside before"},
		"one-way":                 {"", draft.SenderFacts{Messages: 5, Conversations: 5, Days: 3}, true, "5 messages on 3 days, none of them answered"},
		"one-way, on two days":    {"", draft.SenderFacts{Messages: 9, Conversations: 9, Days: 2}, true, ""},
		"a conversation":          {"", draft.SenderFacts{Messages: 9, Conversations: 8, Days: 9}, true, ""},
		"nobody is seen to write": {"", draft.SenderFacts{Messages: 9, Conversations: 9, Days: 9}, false, ""},
		"one-way that was work":   {"", draft.SenderFacts{Work: true, Messages: 9, Conversations: 9, Days: 9}, true, ""},
	} {
		in := draft.Input{Day: day, Zone: time.UTC, Policy: draft.DefaultPolicy, Timekeeper: me, Matters: matters,
			Observations: []billing.Observation{{ID: "o", Kind: billing.KindMailReceived, Span: billing.Span{Start: at, End: at}, Bulk: c.bulk,
				With: []billing.Party{{Address: "a@stranger.example", Role: billing.RoleFrom}}}},
			Mail: draft.Correspondence{Writes: c.writes, Senders: map[string]draft.SenderFacts{"a@stranger.example": c.facts}}}
		got := draft.Propose(in)
		reason := ""
		if len(got.Folded) > 0 {
			reason = got.Folded[0].Reason
		}
		if reason != c.want {
			t.Errorf("%s: folded as %q, want %q", name, reason, c.want)
		}
	}
}
