package narrate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
	"github.com/tenths/tenths/draft/prose"
)

// conversation is one thread's messages of the day, within one draft.
type conversation struct {
	clause         Clause
	key            string
	received, sent int
	first          billing.ObservationKind
	notice         bool // of electronic filing, from a court's system
}

// mail narrates correspondence: for each thread what was done with it and with
// whom; threads that differ only in their subject share a clause.
func (n Narrator) mail(v *view, seen []billing.Observation) []Clause {
	all := n.conversations(v, seen)
	out := make([]Clause, 0, len(all))
	for i := range all {
		c := all[i].finish()
		at := slices.IndexFunc(out, func(x Clause) bool {
			return x.Act == c.Act && len(x.Objects) == len(c.Objects) && sameSides(x.With, c.With)
		})
		if at < 0 {
			out = append(out, c)
			continue
		}
		x := &out[at]
		x.Evidence = append(x.Evidence, c.Evidence...)
		x.Sent = append(x.Sent, c.Sent...)
		x.With = together(x.With, c.With...)
		for _, t := range c.Topics {
			x.Topics = addTopic(x.Topics, t)
		}
		for i := range x.Objects {
			x.Objects[i].Evidence = x.Evidence
		}
	}
	return fewer(out)
}

// mostLetters is how many clauses correspondence makes.
const mostLetters = 4

// fewer bounds how long correspondence is told: of more than [mostLetters]
// clauses those of most messages stand, and the others make one clause for what
// was done. Who and what is not named then is counted.
func fewer(all []Clause) []Clause {
	if len(all) <= mostLetters {
		return all
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(all[b].Evidence), len(all[a].Evidence)) })
	kept := slices.Sorted(slices.Values(order[:mostLetters-1]))
	out := make([]Clause, 0, mostLetters)
	for _, i := range kept {
		out = append(out, all[i])
	}
	for i, c := range all {
		if slices.Contains(kept, i) {
			continue
		}
		at := slices.IndexFunc(out[len(kept):], func(x Clause) bool { return x.Act == c.Act && len(x.Objects) == len(c.Objects) })
		if at < 0 {
			out = append(out, c)
			continue
		}
		x := &out[len(kept)+at]
		x.Evidence = slices.Concat(x.Evidence, c.Evidence)
		x.With = together(slices.Clone(x.With), c.With...)
		x.Sent = slices.Concat(x.Sent, c.Sent)
		for _, t := range c.Topics {
			x.Topics = addTopic(slices.Clone(x.Topics), t)
		}
	}
	return out
}

func (n Narrator) conversations(v *view, seen []billing.Observation) []conversation {
	out := make([]conversation, 0, min(len(seen), 4))
	seen = byTime(seen)
	for at := range seen {
		o := &seen[at]
		key := o.Thread
		if key == "" {
			key = string(o.ID)
		}
		notice := o.Kind == billing.KindMailReceived && isNotice(o)
		i := slices.IndexFunc(out, func(c conversation) bool { return c.key == key && c.notice == notice })
		if i < 0 {
			i = len(out)
			out = append(out, conversation{first: o.Kind, key: key, notice: notice})
		}
		out[i].add(n, v, o)
	}
	return out
}

func (c *conversation) add(n Narrator, v *view, o *billing.Observation) {
	if c.clause.Evidence == nil {
		c.clause.Evidence = make([]billing.ObservationID, 0, 4)
	}
	c.clause.Evidence = append(c.clause.Evidence, o.ID)
	if o.Kind == billing.KindMailSent {
		c.sent++
	} else {
		c.received++
	}
	id := c.clause.Evidence[len(c.clause.Evidence)-1 : len(c.clause.Evidence) : len(c.clause.Evidence)]
	if !c.notice {
		c.with(n, v, o, id)
	}
	if t := v.topic(subjectOf(o, c.notice)); t != "" && !(c.notice && noticeWords.has(wordsIn(t)) && len(t) < 40) {
		c.clause.Topics = addTopic(c.clause.Topics, Topic{billing.Privileged(t), id})
	}
	for _, name := range o.Attachments {
		if x := v.attachment(string(name), id); x.Title != "" && !slices.ContainsFunc(c.clause.Sent, func(y Object) bool { return y.Title == x.Title }) {
			c.clause.Sent = append(c.clause.Sent, x)
		}
	}
}

// with adds who a message went between, besides the timekeeper: its author, or
// those it was addressed to; copies do not count unless there is nobody else.
func (c *conversation) with(n Narrator, v *view, o *billing.Observation, id []billing.ObservationID) {
	want := billing.RoleTo
	if o.Kind == billing.KindMailReceived {
		want = billing.RoleFrom
	}
	any := !slices.ContainsFunc(o.With, func(p billing.Party) bool { return p.Role == want })
	for _, p := range o.With {
		if any || p.Role == want {
			x := n.counterpart(p, v)
			x.Evidence = id
			c.clause.With = together(c.clause.With, x)
		}
	}
}

// finish names what was done, and leaves out what would be said twice.
func (c *conversation) finish() Clause {
	x := c.clause
	x.Evidence = slices.Clip(x.Evidence)
	switch {
	case c.notice:
		x.Act, x.Sent = Reviewed, nil
		x.Objects = []Object{{Kind: noticeOfFiling, Title: billing.Privileged(noticeOfFiling), Evidence: x.Evidence}}
	case c.sent == 0:
		x.Act = Received
	case c.received == 0:
		x.Act = Sent
	case c.first == billing.KindMailReceived:
		x.Act = Replied
	default:
		x.Act = Exchanged
	}
	if c.sent > 0 && c.received > 0 {
		x.Sent = nil // in an exchange nothing shows whose they were
	}
	x.Topics = slices.DeleteFunc(x.Topics, func(t Topic) bool {
		return slices.ContainsFunc(x.Sent, func(o Object) bool { return sameMatter(string(t.Text), string(o.Title)) })
	})
	return x
}

// sameMatter reports whether a subject says no more than the title of what was
// attached: "draft settlement agreement" of "settlement agreement".
func sameMatter(subject, title string) bool {
	have := prose.Words(title)
	for _, w := range prose.Words(subject) {
		if !slices.Contains(have, w) && !idleWords[w] && w != "draft" && w != "revised" && w != "final" && w != "signed" {
			return false
		}
	}
	return true
}

// attachment returns what an attachment is, without a title where its name does
// not tell: pictures in signatures, invitations, numbers from scanners.
func (v *view) attachment(name string, id []billing.ObservationID) Object {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || !extensions[strings.ToLower(name[dot+1:])] {
		return Object{}
	}
	t := v.readTitle(name, "")
	if t.kind == "" { // a narrative is not to list files
		return Object{}
	}
	return t.object(id)
}

func addTopic(list []Topic, t Topic) []Topic {
	for i := range list {
		if strings.EqualFold(string(list[i].Text), string(t.Text)) {
			list[i].Evidence = slices.Concat(list[i].Evidence, t.Evidence)
			return list
		}
	}
	return append(list, t)
}

// noticeOfFiling is what a court's system sends when something was filed.
const noticeOfFiling Kind = "notice of electronic filing"

var (
	noticeWords = newRuns("notice of electronic filing", "activity in case", "nyscef", "nef", "notification of service", "electronic filing",
		"e filing notification", "efiling notification", "electronic service", "filing accepted", "filing notification")
	noticeSenders = []string{"ecf", "cmecf", "cm/ecf", "nef", "efile", "efiling", "e-file", "nyscef", "no-reply.efilingmail", "eservice"}
)

// isNotice reports whether a message is a notice from a court's filing system:
// its sender is one, or its subject is one's and its sender at a court.
func isNotice(o *billing.Observation) bool {
	for i := range o.With {
		p := &o.With[i]
		if p.Role != billing.RoleFrom {
			continue
		}
		local, host, _ := strings.Cut(strings.ToLower(string(p.Address)), "@")
		for _, s := range noticeSenders {
			if rest, ok := strings.CutPrefix(local, s); ok && (rest == "" || strings.ContainsRune("-_.0123456789bn", rune(rest[0]))) {
				return true
			}
		}
		if strings.Contains(host, "court") || strings.Contains(host, "efil") || people.Host(string(p.Address)) == "" {
			var buf few
			return noticeWords.has(appendWords(buf[:0], string(o.Subject)))
		}
	}
	return false
}

// subjectOf returns a message's subject, of a notice without what its system
// puts before it.
func subjectOf(o *billing.Observation, notice bool) string {
	s := string(o.Subject)
	if !notice {
		return s
	}
	s = squeeze(s)
	for _, p := range [...]string{"nyscef notification", "notice of electronic filing", "notification of service", "filing accepted"} {
		if rest, ok := cutPrefixFold(s, p); ok {
			s = strings.TrimLeft(rest, " :-–—")
		}
	}
	return s
}

// byTime returns the observations in the order in which they happened, wherever
// the time for them was found.
func byTime(seen []billing.Observation) []billing.Observation {
	sorted := true
	for i := 1; i < len(seen) && sorted; i++ {
		sorted = !seen[i].Span.Start.Before(seen[i-1].Span.Start)
	}
	if sorted {
		return seen
	}
	out := slices.Clone(seen)
	slices.SortStableFunc(out, earlier)
	return out
}

func earlier(a, b billing.Observation) int { return a.Span.Start.Compare(b.Span.Start) }
