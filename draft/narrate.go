package draft

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// narrator writes narratives. It has a verb only for what the evidence shows:
// saves for drafting, a message sent for responding, an event for attending.
type narrator struct {
	index *index
	zone  *time.Location
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

// narrate gives e its narrative, the phrases it is made of, and its codes.
func (n narrator) narrate(g group, e *billing.Entry) {
	m, _ := n.index.matter(g.matter)
	var l line
	var activity, about string
	switch lead := g.pieces[0].obs; {
	case isMail(lead):
		l, activity, about = n.mail(g, m)
	case isDocument(lead):
		l, activity, about = document(g)
	case lead.Kind == billing.KindMeeting:
		l, activity, about = n.meeting(lead, m)
	case lead.Kind == billing.KindResearch:
		l, activity, about = research(lead, m)
	default:
		l, activity, about = said(lead, m)
	}
	if len(l) > 0 {
		l[0].Text = billing.Privileged(capitalize(string(l[0].Text)))
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
	return l, saidActivity(words(text)), text
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
	case has(w, "research"):
		return "A102"
	case has(w, "draft", "revise", "edit"):
		return "A103"
	case has(w, "hearing", "attend", "appear"):
		return "A109"
	case has(w, "review", "analyze", "read"):
		return "A104"
	case has(w, "client"):
		return "A106"
	case has(w, "counsel"):
		return "A107"
	case has(w, "prepare"):
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
func (n narrator) counterparts(with []billing.Party, m billing.Matter) []counterpart {
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

func (n narrator) counterpart(p billing.Party, m billing.Matter) counterpart {
	address := strings.ToLower(string(p.Address))
	if n.index.ownHosts[host(address)] {
		return counterpart{nameOf(p), "A105"}
	}
	role := billing.ContactRole("")
	if sameName(p.Name, m.Client) {
		role = billing.ContactClient
	}
	for _, c := range m.Contacts {
		h := host(string(c.Address))
		switch {
		case string(c.Address) == address && address != "",
			address == "" && c.Name != "" && c.Name == p.Name:
			return roleCounterpart(cmp.Or(c.Role, role), billing.Party{Name: cmp.Or(p.Name, c.Name), Address: p.Address})
		case h != "" && h == host(address) && !anyones[h]:
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
		if given = strings.TrimSpace(given); !form[strings.ToLower(given)] && !strings.EqualFold(given, "esq.") {
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
	return list(t)
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
	return a != "" && slices.Equal(words(string(a)), words(string(b)))
}
