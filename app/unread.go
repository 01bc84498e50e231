package app

import (
	"slices"

	"github.com/tenths/tenths/capture"
)

// UnreadView is something in a place that could not be read as it stands.
type UnreadView struct {
	What    string `json:"what"`
	Of      string `json:"of,omitempty"`  // an event's title, a message's subject
	Day     string `json:"day,omitempty"` // when that is
	LeftOut bool   `json:"left_out"`      // no observation came of it
	Times   int    `json:"times"`         // that the very same was met
}

// Tried is what a place shows that is only tried.
type Tried struct {
	Observations []ObservationView `json:"observations"`
	Problems     []UnreadView      `json:"problems"`
}

// problems is an ability of sources that say what was broken, but not of what.
type problems interface{ Problems() []string }

// unread returns what a source could not read, each thing once.
func (r renderer) unread(source capture.Source) []UnreadView {
	var list []capture.Unread
	switch t := source.(type) {
	case capture.Teller:
		list = t.Unread()
	case problems:
		for _, p := range t.Problems() {
			list = append(list, capture.Unread{What: p})
		}
	}
	views := []UnreadView{}
	for _, u := range list {
		v := UnreadView{What: u.What, Of: u.Of.Reveal(), LeftOut: u.LeftOut, Times: 1}
		if !u.At.IsZero() {
			v.Day = u.At.In(r.zone).Format("2006-01-02")
		}
		i := slices.IndexFunc(views, func(o UnreadView) bool {
			return o.What == v.What && o.Of == v.Of && o.Day == v.Day && o.LeftOut == v.LeftOut
		})
		if i >= 0 {
			views[i].Times++
			continue
		}
		views = append(views, v)
	}
	return views
}

// toKeep returns what may be stored of list: what was wrong, without of what.
func toKeep(list []UnreadView) []string {
	var out []string
	for _, v := range list {
		if !slices.Contains(out, v.What) {
			out = append(out, v.What)
		}
	}
	return out
}
