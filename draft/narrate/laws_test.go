package narrate_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// subjects and names are drawn from parts that mean something to the grammar and
// parts that do not, so that words of acts turn up where no evidence is.
var parts = []string{"Re:", "motion to compel", "MTC", "Draft", "review", "deposition", "depo", "with", "Dana Reed", "client", "call", "Zoom",
	"hearing", "prep", "for", "re", "-", ":", "Rivera v. Acme", "2024-0113", "v3", "final", "(2)", "attend", "flight to", "Boston", "research",
	"stipulation", "[EXT]", "lease", "_", "redline", "Signed", "order", "$12,000", "12/1", "expert report", "RFPs", "Def's", "trial", "lunch", "hi", ""}

func phrase(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 6).Draw(t, label), " ")
}

var kindsDrawn = []billing.ObservationKind{billing.KindMeeting, billing.KindMailSent, billing.KindMailReceived, billing.KindEdit, billing.KindReview,
	billing.KindExport, billing.KindTimer, billing.KindNote, billing.KindResearch}

// anyWork draws what a draft may rest on: one piece of work, or several that a
// person put together.
func anyWork(t *rapid.T) (billing.Matter, []billing.Observation) {
	m := practice[rapid.SampledFrom([]string{"none", "rivera", "lin", "beta", "hale", "advice"}).Draw(t, "matter")]
	var out []billing.Observation
	start := time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC)
	for i := range rapid.IntRange(1, 5).Draw(t, "observations") {
		o := billing.Observation{ID: billing.ObservationID(fmt.Sprint("o", i)), Kind: rapid.SampledFrom(kindsDrawn).Draw(t, "kind"),
			Subject: billing.Privileged(phrase(t, "subject")), Thread: rapid.SampledFrom([]string{"", "t", "u"}).Draw(t, "thread"),
			Saves: rapid.Int64Range(0, 3).Draw(t, "saves"), Span: billing.Span{Start: start.Add(time.Duration(i) * time.Minute)}}
		o.Span.End = o.Span.Start.Add(time.Duration(rapid.IntRange(0, 1).Draw(t, "length")) * time.Minute)
		if o.Kind == billing.KindEdit || o.Kind == billing.KindReview || o.Kind == billing.KindExport {
			o.Path = billing.Privileged("/d/" + rapid.SampledFrom([]string{"Letters", "x"}).Draw(t, "folder") + "/" + string(o.Subject) + rapid.SampledFrom([]string{".pdf", ".docx"}).Draw(t, "type"))
		}
		for range rapid.IntRange(0, 2).Draw(t, "with") {
			p := known[rapid.SampledFrom([]string{"reed", "marisol", "nair", "kim", "fox", "bell"}).Draw(t, "who")]
			p.Role = rapid.SampledFrom([]billing.PartyRole{billing.RoleFrom, billing.RoleTo, billing.RoleCc, billing.RoleAttendee}).Draw(t, "role")
			o.With = append(o.With, p)
		}
		if rapid.Bool().Draw(t, "attached") {
			o.Attachments = []billing.Privileged{billing.Privileged(phrase(t, "attachment") + ".pdf"), "image001.png"}
		}
		out = append(out, o)
	}
	return m, out
}

// shows says which verbs an observation of each kind lets a narrative begin a
// clause with, in the words of a bill: the law is told apart from the grammar.
var shows = map[string]func(seen []billing.Observation) bool{
	"draft and revise":     saved,
	"draft correspondence": some(billing.KindMailSent),
	"draft":                saved,
	"prepare and revise":   saved,
	"revise":               saved,
	"edit":                 saved,
	"update":               saved,
	"work":                 saved,
	"compose":              func(s []billing.Observation) bool { return saved(s) || some(billing.KindMailSent)(s) },
	"save":                 saved,
	"retain":               saved,
	"prepare pdf of":       some(billing.KindExport),
	"prepare for":          some(billing.KindMeeting),
	"prepare": func(s []billing.Observation) bool {
		return saved(s) || some(billing.KindMeeting)(s) || some(billing.KindMailSent)(s)
	},
	"review and respond":   answered,
	"respond":              answered,
	"reply":                answered,
	"exchange":             both,
	"review":               some(billing.KindMailReceived, billing.KindReview),
	"read":                 some(billing.KindMailReceived, billing.KindReview),
	"analyze":              some(billing.KindMailReceived, billing.KindReview),
	"attend":               some(billing.KindMeeting),
	"appear":               some(billing.KindMeeting),
	"participate":          some(billing.KindMeeting),
	"telephone conference": some(billing.KindMeeting),
	"telephone call":       some(billing.KindMeeting),
	"call":                 some(billing.KindMeeting),
	"video conference":     some(billing.KindMeeting),
	"conference":           some(billing.KindMeeting),
	"confer":               some(billing.KindMeeting),
	"meet":                 some(billing.KindMeeting),
	"meeting":              some(billing.KindMeeting),
	"travel":               some(billing.KindMeeting),
	"legal research":       some(billing.KindResearch),
	"research":             some(billing.KindResearch),
	"conduct":              some(billing.KindResearch),
	"correspond":           both,
	"email":                some(billing.KindMailSent),
	"send":                 some(billing.KindMailSent),
	"write":                some(billing.KindMailSent),
	"finalize":             never,
	"file":                 never,
	"negotiate":            never,
	"argue":                never,
	"serve":                never,
}

func never([]billing.Observation) bool { return false }

func some(kinds ...billing.ObservationKind) func([]billing.Observation) bool {
	return func(seen []billing.Observation) bool {
		return slices.ContainsFunc(seen, func(o billing.Observation) bool { return slices.Contains(kinds, o.Kind) })
	}
}

func saved(seen []billing.Observation) bool { return some(billing.KindEdit)(seen) }

func both(seen []billing.Observation) bool {
	return some(billing.KindMailSent)(seen) && some(billing.KindMailReceived)(seen)
}

// answered reports whether a message was sent after one was received, in one
// conversation.
func answered(seen []billing.Observation) bool {
	for i, o := range seen {
		for _, p := range seen[i:] {
			if o.Kind == billing.KindMailReceived && p.Kind == billing.KindMailSent && o.Thread == p.Thread && o.Thread != "" {
				return true
			}
		}
	}
	return false
}

// said reports whether the observation's own words may stand as a clause: what
// the timekeeper typed, and an entry in a calendar without anybody else.
func said(o billing.Observation) bool {
	return o.Kind == billing.KindNote || o.Kind == billing.KindTimer || o.Kind == billing.KindMeeting && len(o.With) == 0
}

// verbOf returns the longest of the law's verbs that begins text.
func verbOf(text string) string {
	low, best := strings.ToLower(text), ""
	for v := range shows {
		if rest, ok := strings.CutPrefix(low, v); ok && len(v) > len(best) && (rest == "" || rest[0] == ' ' || rest[0] == ';') {
			best = v
		}
	}
	return best
}

func checkVerbs(t *rapid.T, f narrate.Facts, phrases []billing.Phrase, seen []billing.Observation) {
	byID := map[billing.ObservationID]billing.Observation{}
	for _, o := range seen {
		byID[o.ID] = o
	}
	begins := true
	for _, p := range phrases {
		if string(p.Text) == "; " {
			begins = true
			continue
		}
		if len(p.Evidence) == 0 {
			t.Fatalf("%q rests on nothing", string(p.Text))
		}
		var rests []billing.Observation
		for _, id := range p.Evidence {
			o, ok := byID[id]
			if !ok {
				t.Fatalf("%q rests on %s, which was not seen", string(p.Text), id)
			}
			rests = append(rests, o)
		}
		if !begins {
			continue
		}
		begins = false
		if slices.ContainsFunc(rests, said) && strings.HasPrefix(strings.ToLower(string(p.Text)), strings.ToLower(saidText(f, p.Evidence[0]))) && saidText(f, p.Evidence[0]) != "" {
			continue
		}
		v := verbOf(string(p.Text))
		if v == "" {
			t.Fatalf("%q begins with no verb that is known", string(p.Text))
		}
		if !shows[v](rests) {
			t.Fatalf("nothing shows %q: it rests on %v", v, rests)
		}
	}
}

// saidText returns the words that stand as they were typed in the observation.
func saidText(f narrate.Facts, id billing.ObservationID) string {
	for _, c := range f.Clauses {
		if c.Act == narrate.Said && slices.Contains(c.Evidence, id) {
			return string(c.Objects[0].Title)
		}
	}
	return ""
}

// vocabulary are all words that the grammar may add of its own.
var vocabulary = set(`draft and revise save review prepare pdf of correspondence to from respond exchange with attend for telephone video conference
travel legal research regarding transmitting enclosing others document notice electronic filing final clean executed signed filed redacted unredacted
conformed copy
client opposing counsel co expert witness court letter letters motion compel deposition requests production request defendant defendant's comments`)

func set(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(text) {
		out[w] = true
	}
	return out
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
}

func TestNothingIsInvented(t *testing.T) {
	n := narrate.New(matters(), me)
	rapid.Check(t, func(t *rapid.T) {
		m, seen := anyWork(t)
		f := n.Facts(m, seen)
		phrases := n.Phrases(f)
		checkVerbs(t, f, phrases, seen)
		own := map[string]bool{}
		for _, o := range seen {
			texts := []string{string(o.Subject)}
			for _, a := range o.Attachments {
				texts = append(texts, string(a))
			}
			for _, p := range o.With {
				texts = append(texts, string(p.Name), string(p.Address))
			}
			for _, c := range m.Contacts {
				texts = append(texts, string(c.Name), string(c.Role))
			}
			for _, text := range texts {
				for _, w := range wordsOf(text) {
					own[w] = true
				}
			}
		}
		narrative := string(narrate.Text(phrases))
		for _, w := range wordsOf(narrative) {
			if !own[w] && !vocabulary[w] {
				t.Fatalf("%q is from nowhere in %q", w, narrative)
			}
			if strings.ContainsAny(w, "0123456789") && !own[w] {
				t.Fatalf("the number %q is from nowhere in %q", w, narrative)
			}
		}
		var e billing.Entry
		n.Narrate(m, seen, &e)
		if e.Narrative != narrate.Text(e.Phrases) || string(e.Narrative) != narrative || e.ActivityCode != f.Activity || e.TaskCode != f.Task {
			t.Fatalf("it narrates %q in one step and %q in two", string(e.Narrative), narrative)
		}
	})
}

// TestWhatIsSafeNamesNobody: the variant for strangers' eyes has only words of the
// grammar, kinds and roles.
func TestWhatIsSafeNamesNobody(t *testing.T) {
	n := narrate.New(matters(), me)
	rapid.Check(t, func(t *rapid.T) {
		m, seen := anyWork(t)
		f := n.Facts(m, seen)
		safe := string(narrate.Safe(f))
		if (safe == "") != (len(f.Clauses) == 0) {
			t.Fatalf("%d clauses make %q", len(f.Clauses), safe)
		}
		for _, w := range wordsOf(safe) {
			for _, secret := range []string{"dana", "reed", "rivera", "acme", "boston", "kim", "nair", "12", "000", "2024", "fox", "lin", "beta", "production", "regarding"} {
				if w == secret {
					t.Fatalf("%q says %q", safe, w)
				}
			}
		}
	})
}

// TestArbitraryPhrasingKeepsTheLaw: whatever a phrasing was made to say, a verb
// stays within its act, and a name within its matter.
func TestArbitraryPhrasingKeepsTheLaw(t *testing.T) {
	plain := narrate.New(matters(), me)
	wordings := []string{"Prepare", "finalize", "file", "attend", "draft", "telephone call", "email", "re", "negotiated by", "Ms. Rivera", "Attorney Reed", "omit", "review", "prepare", "conference", "argue", "revise", "respond to email", "call"}
	rapid.Check(t, func(t *rapid.T) {
		m, seen := anyWork(t)
		f := plain.Facts(m, seen)
		any := func() narrate.Choice {
			return narrate.Choice{Text: billing.Privileged(rapid.SampledFrom(wordings).Draw(t, "wording")), Seen: rapid.IntRange(0, 3).Draw(t, "seen")}
		}
		prefs := func() *narrate.Preferences {
			p := &narrate.Preferences{Verbs: map[narrate.Act]narrate.Choice{}, Names: map[billing.Privileged]narrate.Choice{}, Omits: map[string]narrate.Choice{}, Connective: any()}
			for _, c := range f.Clauses {
				p.Verbs[c.Act] = any()
				p.Omits["topic "+string(c.Act)] = any()
				for _, w := range c.With {
					p.Names["party:"+w.Address] = any()
				}
				for _, o := range c.Objects {
					p.Names["document:"+billing.Privileged(strings.ToLower(string(o.Title)))] = any()
				}
				for _, o := range c.Topics {
					p.Names["topic:"+billing.Privileged(strings.ToLower(string(o.Text)))] = any()
				}
			}
			return p
		}
		p := narrate.Phrasing{Person: *prefs(), Matters: map[billing.MatterID]*narrate.Preferences{m.ID: prefs(), "other": prefs()}}
		for range 3 { // and whatever it learns
			p.Learn(f, billing.Privileged(rapid.SampledFrom(wordings).Draw(t, "edited")+" "+phrase(t, "edited")))
		}
		kept, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back narrate.Phrasing
		if err := json.Unmarshal(kept, &back); err != nil {
			t.Fatal(err)
		}
		n := plain.With(&back, nil)
		phrases := n.Phrases(f)
		checkVerbs(t, f, phrases, seen)
		text := strings.ToLower(string(narrate.Text(phrases)))
		for _, w := range []string{"finalize", "argue", "negotiated"} {
			if strings.Contains(text, w) {
				t.Fatalf("it was made to say %q", text)
			}
		}
		if other := plain.With(&narrate.Phrasing{Matters: p.Matters}, nil); m.ID != "" {
			f.Matter = "elsewhere"
			if got := string(narrate.Text(other.Phrases(f))); strings.Contains(got, "Attorney Reed") || strings.Contains(got, "Ms. Rivera") {
				t.Fatalf("a name left its matter: %q", got)
			}
		}
	})
}
