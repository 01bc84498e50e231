package app_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// picture returns all that is shown of the day and the next, with names for the
// drafts in place of ids: one that nobody touched may be made anew.
func (p *practice) picture(t *rapid.T) string {
	out := ""
	for _, day := range []billing.Day{p.today, p.today.Add(1)} {
		v, err := p.review().Day(t.Context(), day)
		p.do(err)
		all := slices.Clone(v.Needs)
		for _, g := range v.Ready {
			all = append(all, g.Drafts...)
		}
		all = append(all, v.Done...)
		slices.SortFunc(all, func(a, b app.DraftView) int {
			a.ID, b.ID = "", ""
			a.Overlap, b.Overlap = nil, nil
			return strings.Compare(say([]app.DraftView{a}), say([]app.DraftView{b}))
		})
		var names []string
		for i, e := range all {
			names = append(names, e.ID, fmt.Sprintf("draft %02d", i))
		}
		text, err := json.Marshal(v)
		p.do(err)
		var named app.DayView
		p.do(json.Unmarshal([]byte(strings.NewReplacer(names...).Replace(string(text))), &named))
		byName := func(a, b app.DraftView) int { return strings.Compare(a.ID, b.ID) }
		slices.SortFunc(named.Needs, byName)
		slices.SortFunc(named.Done, byName)
		for _, g := range named.Ready {
			slices.SortFunc(g.Drafts, byName)
		}
		text, err = json.MarshalIndent(named, "", " ")
		p.do(err)
		out += string(text) + "\n"
	}
	return out
}

// differ returns the lines in which two pictures differ.
func differ(before, after string) string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var out []string
	for i := range max(len(a), len(b)) {
		x, y := "", ""
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y && len(out) < 60 {
			out = append(out, "- "+x, "+ "+y)
		}
	}
	return strings.Join(out, "\n")
}
