package associate

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// firing is a sign that an observation bears. What speaks for one matter alone
// and has no place in the index (an earlier filing, the conversation) brings
// its own reason.
type firing struct {
	sign   int32 // in the index, or -1
	kind   uint32
	matter int32
	weight float32
	reason string
	sender bool // it is in the sender's name or address
}

// Keys under which signs are counted that have no place in the index.
const (
	filingKey  = 1
	siblingKey = 2
)

// observe finds the signs that o bears, into w.fired.
func (ix *Index) observe(w *work, o *billing.Observation, filed map[string]billing.MatterID) {
	w.fired = w.fired[:0]
	if o.Thread != "" && len(filed) > 0 {
		if m, ok := ix.byID[filed[o.Thread]]; ok {
			what := "conversation"
			switch {
			case o.Path != "":
				what = "document"
			case o.Kind == billing.KindTimer:
				what = "timer"
			}
			w.fired = append(w.fired, firing{-1, filingKey, m, byFiling, what + " filed under " + ix.matters[m].Number + " before", false})
		}
	}
	if o.Path != "" {
		ix.folderSigns(w, string(o.Path))
	}
	fire := func(sign int32) { w.fire(sign) }
	ix.text.in(string(o.Subject), &w.scan, fire)
	if o.Path != "" {
		ix.text.in(lastElements(string(o.Path), 4), &w.scan, fire)
	}
	for i := range o.With {
		ix.partySign(w, strings.ToLower(string(o.With[i].Address)))
	}
	ix.senderNames(w, o)
}

// senderNames finds names of matters in the sender's name and address; of mail
// sent, in those whom it went to. The firm's own domain names the firm alone,
// whoever of it writes.
func (ix *Index) senderNames(w *work, o *billing.Observation) {
	named := func(sign int32) {
		if slices.IndexFunc(w.fired, func(f firing) bool { return f.sign == sign }) < 0 {
			w.fired = append(w.fired, firing{sign: sign, sender: true})
		}
	}
	for i := range o.With[:min(len(o.With), maxPeople)] {
		p := &o.With[i]
		if p.Role == billing.RoleFrom || p.Role == billing.RoleOrganizer || o.Kind == billing.KindMailSent {
			ix.text.in(string(p.Name), &w.scan, named)
			address := string(p.Address)
			if local, host, _ := strings.Cut(address, "@"); ix.ownHosts[strings.ToLower(host)] {
				address = local
			}
			ix.text.in(address, &w.scan, named)
		}
	}
}

// countedAs returns the key under which is counted how often the sign of f was
// right, and its weight before that: a name says less in an address than in a
// subject.
func (ix *Index) countedAs(f *firing) (key uint32, weight float32) {
	if f.sign < 0 {
		return f.kind, f.weight
	}
	s := &ix.signs[f.sign]
	if f.sender {
		return spread(s.key, ofPerson), min(bySender, s.weight)
	}
	return s.key, s.weight
}

func (w *work) fire(sign int32) {
	for i := range w.fired {
		if w.fired[i].sign == sign {
			return
		}
	}
	w.fired = append(w.fired, firing{sign: sign})
}

// lastElements returns the last n elements of a path.
func lastElements(p string, n int) string {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] == '/' || p[i] == '\\' {
			if n--; n == 0 {
				return p[i+1:]
			}
		}
	}
	return p
}

// folderSigns finds the matters in whose folder the path p lies: below it where
// the folder is absolute, else below a run of path elements that equals it.
func (ix *Index) folderSigns(w *work, p string) {
	w.path = append(w.path[:0], '/')
	start := 1
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case c == '\\':
			c = '/'
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c >= 0x80:
			w.path = append(append(w.path[:0], '/'), strings.ToLower(strings.ReplaceAll(p, `\`, "/"))...)
			i = len(p)
			continue
		}
		w.path = append(w.path, c)
	}
	for i := start; i < len(w.path); i++ {
		if w.path[i] != '/' {
			continue
		}
		if i > start {
			for _, k := range ix.folders[string(w.path[start:i])] {
				f := ix.signs[k].folder
				if end := i + 1; end >= len(f) && string(w.path[end-len(f):end]) == f {
					w.fire(k)
				}
			}
		}
		start = i + 1
	}
}

// partySign adds what a participant shows. One address is one sign however often
// it occurs; a domain counts only where the address itself is unknown.
func (ix *Index) partySign(w *work, address string) {
	if address == "" {
		return
	}
	if k, ok := ix.address[address]; ok {
		w.fire(k)
		return
	}
	if i := strings.IndexByte(address, '@'); i >= 0 {
		if k, ok := ix.domain[address[i+1:]]; ok {
			w.fire(k)
		}
	}
}

// supported is a matter for which signs speak.
type supported struct {
	matter  int32
	against float64 // chance that every sign misleads
}

// wide is how many matters may share a sign before it makes no candidates of its
// own: a court's address is on every matter, and then speaks only for those for
// which something else does.
const wide = 16

// weigh turns w.fired into w.support: the signs for one matter combine as
// independent witnesses. A model has counted how often each was right.
func (ix *Index) weigh(m *Model, w *work) {
	w.support = w.support[:0]
	for i := range w.fired {
		f := &w.fired[i]
		if f.sign < 0 {
			f.weight = w.worth(m, f.kind, f.weight)
			w.add(f.matter, f.weight)
			continue
		}
		s := &ix.signs[f.sign]
		key, start := ix.countedAs(f)
		f.weight = w.worth(m, key, start) / float32(len(s.matters))
		if len(s.matters) > wide {
			continue
		}
		for _, matter := range s.matters {
			w.add(matter, f.weight)
		}
	}
	for i := range w.fired {
		f := &w.fired[i]
		if f.sign < 0 || len(ix.signs[f.sign].matters) <= wide {
			continue
		}
		for k := range w.support {
			if ix.speaks(f, w.support[k].matter) {
				w.support[k].against *= 1 - float64(f.weight)
			}
		}
	}
}

// worth is the chance that a sign is right: what it starts with counts as much
// as five times that it was seen.
func (w *work) worth(m *Model, key uint32, start float32) float32 {
	const firm = 5
	if m == nil {
		return start
	}
	t, ok := m.signs[key]
	if !ok {
		return start
	}
	return min((start*firm+float32(t.right))/(firm+float32(t.seen)), 0.999)
}

func (w *work) add(matter int32, weight float32) {
	for i := range w.support {
		if s := &w.support[i]; s.matter == matter {
			s.against *= 1 - float64(weight)
			return
		}
	}
	w.support = append(w.support, supported{matter, 1 - float64(weight)})
}

// odds returns the odds that the signs give a matter, at most 999.
func (s supported) odds() float64 {
	p := min(1-s.against, 0.999)
	return p / (1 - p)
}

// speaks reports whether the sign of f speaks for the matter.
func (ix *Index) speaks(f *firing, matter int32) bool {
	if f.sign < 0 {
		return f.matter == matter
	}
	_, found := slices.BinarySearch(ix.signs[f.sign].matters, matter) // they were added in order
	return found
}

func (ix *Index) reason(f *firing) string {
	if f.sign < 0 {
		return f.reason
	}
	if f.sender {
		return ix.signs[f.sign].reason() + " in the sender’s name"
	}
	return ix.signs[f.sign].reason()
}
