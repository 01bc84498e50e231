// Package narrate writes what a draft says: who did what, with whom and about
// what, resting each phrase on the observations that show it.
//
// It must not know how time is divided or which matter is right: it is told.
package narrate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
	"github.com/tenths/tenths/draft/prose"
)

// Narrator writes narratives. It has a verb only for what the evidence shows:
// saves for drafting, a message sent for responding, an event for attending.
type Narrator struct {
	ownHosts map[string]bool // the firm's own mail domains
}

// New returns a narrator for the timekeeper t, whose matters tell who is
// outside the firm.
func New(matters []billing.Matter, t billing.Timekeeper) Narrator {
	return Narrator{ownHosts: people.OwnHosts(matters, t)}
}

// line is a narrative under construction: phrases in order, each with its
// evidence; joining words have none.
type line []billing.Phrase

func (l *line) add(text string, evidence ...billing.ObservationID) {
	if text != "" {
		*l = append(*l, billing.Phrase{Text: billing.Privileged(text), Evidence: evidence})
	}
}

// text returns the phrases run together, which is the narrative itself.
func (l line) text() string {
	var b strings.Builder
	for _, p := range l {
		b.WriteString(string(p.Text))
	}
	return b.String()
}

// Narrate gives e its narrative, the phrases it is made of, and its codes. What
// was seen is one piece of work on m, the zero matter where nobody knows, in the
// order of the time it owns; there is at least one observation.
func (n Narrator) Narrate(m billing.Matter, seen []billing.Observation, e *billing.Entry) {
	var l line
	var activity, about string
	switch lead := seen[0]; {
	case isMail(lead):
		l, activity, about = n.mail(seen, m)
	case isDocument(lead):
		l, activity, about = document(seen)
	case lead.Kind == billing.KindMeeting:
		l, activity, about = n.meeting(lead, m)
	case lead.Kind == billing.KindResearch:
		l, activity, about = research(lead, m)
	default:
		l, activity, about = said(lead, m)
	}
	if len(l) > 0 {
		l[0].Text = billing.Privileged(prose.Capitalize(string(l[0].Text)))
	}
	e.Phrases, e.Narrative = l, billing.Privileged(l.text())
	e.ActivityCode = activity
	e.TaskCode = taskCode(m, about)
}

// said is the narrative of what the timekeeper put in words: a note or a
// timer's label stands as it was typed.
func said(o billing.Observation, m billing.Matter) (line, string, string) {
	var l line
	text := topic(string(o.Subject), m)
	if text == "" {
		return nil, "", ""
	}
	l.add(text, o.ID)
	return l, saidActivity(prose.Words(text)), text
}

// research narrates visits to legal databases, by what was read there.
func research(o billing.Observation, m billing.Matter) (line, string, string) {
	var l line
	l.add("legal research", o.ID)
	subject := strings.TrimSpace(string(o.Subject)) // titles of cases stay as they are
	if subject != "" {
		l.add(" regarding ")
		l.add(subject, o.ID)
	}
	return l, "A102", topic(subject, m)
}

func saidActivity(w []string) string {
	switch {
	case prose.Has(w, "research"):
		return "A102"
	case prose.Has(w, "draft", "revise", "edit"):
		return "A103"
	case prose.Has(w, "hearing", "attend", "appear"):
		return "A109"
	case prose.Has(w, "review", "analyze", "read"):
		return "A104"
	case prose.Has(w, "client"):
		return "A106"
	case prose.Has(w, "counsel"):
		return "A107"
	case prose.Has(w, "prepare"):
		return "A101"
	}
	return ""
}

// counterpart is a side that work was done with.
type counterpart struct {
	text     string
	activity string // UTBMS code for communicating with it
}

// counterparts names the sides that the parties with belong to, each once, at
// most three.
func (n Narrator) counterparts(with []billing.Party, m billing.Matter) []counterpart {
	var out []counterpart
	for _, p := range with {
		c := n.counterpart(p, m)
		if c.text != "" && !slices.ContainsFunc(out, func(x counterpart) bool { return x.text == c.text }) {
			out = append(out, c)
		}
	}
	if len(out) > 3 {
		out = append(out[:2], counterpart{"others", out[2].activity})
	}
	return out
}

func (n Narrator) counterpart(p billing.Party, m billing.Matter) counterpart {
	address := strings.ToLower(string(p.Address))
	if n.ownHosts[people.Host(address)] {
		return counterpart{nameOf(p), "A105"}
	}
	role := billing.ContactRole("")
	if sameName(p.Name, m.Client) {
		role = billing.ContactClient
	}
	for _, c := range m.Contacts {
		h := people.Host(string(c.Address))
		switch {
		case string(c.Address) == address && address != "",
			address == "" && c.Name != "" && c.Name == p.Name:
			return roleCounterpart(cmp.Or(c.Role, role), billing.Party{Name: cmp.Or(p.Name, c.Name), Address: p.Address})
		case h != "" && h == people.Host(address) && !people.Anyones[h]:
			role = cmp.Or(c.Role, role)
		}
	}
	if role == billing.ContactWitness || role == billing.ContactExpert {
		role = "" // true of a person, not of everybody at the organization
	}
	return roleCounterpart(role, p)
}

func roleCounterpart(role billing.ContactRole, p billing.Party) counterpart {
	switch role {
	case billing.ContactClient:
		return counterpart{"client", "A106"}
	case billing.ContactOpposingCounsel, billing.ContactCoCounsel:
		return counterpart{string(role), "A107"}
	case billing.ContactCourt:
		return counterpart{"court", "A108"}
	case billing.ContactExpert, billing.ContactWitness:
		if name := nameOf(p); name != "" {
			return counterpart{string(role) + " " + name, "A108"}
		}
	}
	return counterpart{nameOf(p), "A108"}
}

// nameOf returns a person's name in reading order, or else the address.
func nameOf(p billing.Party) string {
	name := strings.Trim(string(p.Name), ` "'`)
	if last, given, ok := strings.Cut(name, ","); ok && !strings.Contains(given, ",") {
		if given = strings.TrimSpace(given); !people.Form[strings.ToLower(given)] && !strings.EqualFold(given, "esq.") {
			name = given + " " + strings.TrimSpace(last)
		} else {
			name = strings.TrimSpace(last)
		}
	}
	if name == "" || strings.Contains(name, "@") {
		return string(p.Address)
	}
	return name
}

func texts(cs []counterpart) string {
	t := make([]string, len(cs))
	for i, c := range cs {
		t[i] = c.text
	}
	return prose.List(t)
}

// activityWith returns the UTBMS code for communicating with cs: the client
// outranks other counsel, they outrank third parties, and those the firm's own;
// "" with nobody.
func activityWith(cs []counterpart) string {
	best := ""
	for _, code := range []string{"A106", "A107", "A108", "A105"} {
		if best == "" && slices.ContainsFunc(cs, func(c counterpart) bool { return c.activity == code }) {
			best = code
		}
	}
	return best
}

// sameName reports whether two names have the same words.
func sameName(a, b billing.Privileged) bool {
	return a != "" && slices.Equal(prose.Words(string(a)), prose.Words(string(b)))
}

func isMail(o billing.Observation) bool {
	return o.Kind == billing.KindMailSent || o.Kind == billing.KindMailReceived
}

func isDocument(o billing.Observation) bool {
	return o.Kind == billing.KindEdit || o.Kind == billing.KindReview || o.Kind == billing.KindExport
}
