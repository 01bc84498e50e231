package note

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// topicOf returns what p was about, as its narrative says it: what a later
// "same" stands for.
func topicOf(p Part) string {
	text := string(p.Narrative)
	for _, joint := range []string{" regarding ", " Regarding "} {
		if _, after, ok := strings.Cut(text, joint); ok {
			return after
		}
	}
	if p.object != "" {
		return strings.TrimPrefix(p.object, "on ")
	}
	if first, rest, _ := strings.Cut(text, " "); slices.ContainsFunc(p.Asks, func(a Ask) bool { return a.Key == "what" }) && strings.ToUpper(first) != first {
		return strings.TrimSpace(strings.ToLower(first) + " " + rest) // a thing alone, without a verb
	}
	return ""
}

// sameAct returns the tokens that lead c where it says that the same was done
// with others, "0.3 call with the clerk; 0.3 same w/ the bailiff", and takes "same"
// out of it: the verb of the chunk before.
func (r *reading) sameAct(c chunk, before []chunk) []int {
	l := lister{reading: r}
	i := l.live(c.from, c.to)
	if len(before) == 0 || !r.tok(i).is("same", "ditto", "likewise") || !r.tok(i+1).is("with", "w/", "for", "to", "on", "from") {
		return nil
	}
	b := before[len(before)-1]
	for k := b.from; k < b.to; k++ {
		if _, timed := r.timeOver(k); timed || r.isDead(k) {
			continue
		}
		a, next := r.verbAt(k)
		_, talks := speaking[lemmas[r.tok(k).low]]
		if a == nil && !talks || r.tok(k).kind != word {
			continue
		}
		r.dead = append(r.dead, [2]int{i, i + 1})
		if r.tok(i+1).is("for") && a != nil {
			r.dead = append(r.dead, [2]int{i + 1, i + 2})
		}
		out := []int{k}
		for k++; k < next; k++ {
			out = append(out, k)
		}
		return out
	}
	return nil
}

// alsoAbout adds to p, done as the part before was, what that was about.
func alsoAbout(p *Part, topic string) {
	if len(p.With) > 0 && topic != "" && !strings.Contains(string(p.Narrative), " regarding ") && !strings.Contains(string(p.Narrative), topic) {
		p.Narrative += billing.Privileged(" regarding " + topic)
	}
}

// resolve puts the topic of the part before for "same" in p: a bill's line says
// by itself what it was about.
func resolve(p *Part, topic string) {
	words := strings.Fields(string(p.Narrative))
	if topic == "" {
		return
	}
	for i, w := range words {
		plain := strings.TrimRight(w, ",;.)")
		if !strings.EqualFold(plain, "same") || i == 0 {
			continue
		}
		if i+1 < len(words) && plain == w && !prepositions[strings.ToLower(words[i+1])] && !strings.HasPrefix(words[i+1], "(") && words[i+1] != "and" {
			continue // same day
		}
		words[i] = topic + strings.TrimPrefix(w, plain)
		p.Narrative = billing.Privileged(strings.Join(words, " "))
		if p.object != "" {
			p.object = topic
		}
		return
	}
}
