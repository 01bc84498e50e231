package note

import (
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
	return ""
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
