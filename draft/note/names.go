package note

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/tenths/tenths/billing"
)

// names are the people and companies that the matters know.
type names struct {
	byFirst map[string][]known
	matters []billing.Matter
	short   map[string][]known // people by their initials
	shut    *names             // of closed matters, which are named where no open one is; nil in itself
}

// known is a name as it may be said.
type known struct {
	words   []string
	own     []string // as the matter writes them
	full    string
	code    string
	matter  int
	keyword bool
	person  bool // someone to speak with; else only the name of a matter or a word of it
	weight  int
}

// common are words of matters' names that name none of them.
var common = set(`v vs the of and a an in re for matter estate inc llc ltd corp co company lp llp plc trust group holdings properties industries partners associates services
	agreement lease contract supply sale purchase loan closing dispute litigation claim case general admin administration internal firm state city county people united states
	acquisition merger formation review advice counsel probate will divorce custody adoption bankruptcy patent trademark license employment settlement appeal motion discovery
	systems solutions international national american first new bank capital management development construction insurance real property commercial business personal injury`)

// newNames returns the names of those matters that text may name.
func newNames(in Context, text string) *names {
	said, matters := wordsOf(text), in.Matters
	var open, shut []int
	look := func(i int) {
		switch {
		case !said.may(&matters[i]):
		case matters[i].Closed:
			shut = append(shut, i)
		default:
			open = append(open, i)
		}
	}
	if in.Roster != nil && in.Roster.of(matters) {
		in.Roster.each(said, look)
	} else {
		for i := range matters {
			look(i)
		}
	}
	n := namesOf(matters, open)
	n.shut = namesOf(matters, shut)
	return n
}

// namesOf returns the names of the matters at those places.
func namesOf(matters []billing.Matter, at []int) *names {
	n := &names{byFirst: map[string][]known{}, short: map[string][]known{}, matters: matters}
	for _, i := range at {
		m := matters[i]
		n.add(i, m.Number, 100)
		n.add(i, string(m.Name), 50)
		if sides := parties(string(m.Name)); len(sides) == 2 {
			n.add(i, short(sides[0])+" v. "+short(sides[1]), 50)
			for _, s := range shortStates[strings.ToLower(strings.TrimPrefix(sides[0], "The "))] {
				n.add(i, s+" v. "+short(sides[1]), 50)
			}
		}
		for _, party := range parties(string(m.Name)) {
			n.add(i, party, 20)
			n.telling(i, party, 8)
		}
		folder := folderName(string(m.Folder))
		n.add(i, folder, 20)
		n.telling(i, folder, 8)
		if m.Internal {
			n.add(i, "firm admin", 20)
			n.add(i, "admin", 15)
		}
		for _, k := range m.Keywords {
			small, own := lows(string(k))
			n.put(known{words: small, own: own, matter: i, weight: 15, keyword: true})
		}
		n.person(i, string(m.Client), "A106")
		for _, c := range m.Contacts {
			n.person(i, string(c.Name), roleCode(c.Role))
		}
	}
	return n
}

// shortStates are how people write who prosecutes.
var shortStates = map[string][]string{"commonwealth": {"Com.", "Comm.", "Cmwlth."}, "people": {"Peo.", "Ppl"}, "state": {"St."}, "united states": {"US", "U.S.", "USA"}, "r": {"Regina", "Rex", "Crown"}}

func roleCode(role billing.ContactRole) string {
	switch role {
	case billing.ContactClient:
		return "A106"
	case billing.ContactOpposingCounsel, billing.ContactCoCounsel:
		return "A107"
	}
	return "A108"
}

// folderName returns the last element of a folder's path.
func folderName(path string) string {
	path = strings.TrimRight(path, `/\`)
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

// parties returns the two sides of a caption without what is said after a dash,
// or the name itself.
func parties(name string) []string {
	for _, dash := range []string{" – ", " — ", " - "} {
		if head, after, ok := strings.Cut(name, dash); ok {
			return append(parties(head), after)
		}
	}
	for _, v := range []string{" v. ", " vs. ", " v ", " vs ", " / "} {
		if a, b, ok := strings.Cut(name, v); ok {
			return []string{a, b}
		}
	}
	return []string{name}
}

// short leaves out what companies have after their names.
func short(party string) string {
	w := strings.Fields(party)
	for len(w) > 1 && common[strings.ToLower(strings.Trim(w[len(w)-1], ".,"))] {
		w = w[:len(w)-1]
	}
	return strings.TrimRight(strings.Join(w, " "), ",")
}

// lows returns the words of text small, and as they are written.
func lows(text string) (small, own []string) {
	for _, t := range tokens(text) {
		small, own = append(small, fold(t.low)), append(own, t.text)
	}
	return small, own
}

// letters are those that are no letter with a mark.
var letters = strings.NewReplacer("ł", "l", "ø", "o", "đ", "d", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i")

// fold writes a small word without the marks of its letters, which people leave
// out: "wójcik" is "wojcik".
func fold(low string) string {
	for i := range len(low) {
		if low[i] >= 0x80 {
			return letters.Replace(strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFD.String(low)))
		}
	}
	return low
}

func (n *names) add(matter int, text string, weight int) {
	small, own := lows(text)
	n.put(known{words: small, own: own, matter: matter, weight: weight})
}

func (n *names) put(k known) {
	if len(k.words) == 0 || len(k.words) == 1 && (common[k.words[0]] && k.weight < 100 || len(k.words[0]) < 2) {
		return
	}
	n.byFirst[k.words[0]] = append(n.byFirst[k.words[0]], k)
}

// telling adds the words of a name that stand for it.
func (n *names) telling(matter int, text string, weight int) {
	small, own := lows(text)
	for i, w := range small {
		if len(w) > 2 && !common[w] && own[i] != w { // what is written small describes
			n.put(known{words: []string{w}, own: own[i : i+1], matter: matter, weight: weight})
		}
	}
	for _, w := range strings.Fields(text) {
		if strings.Contains(w, "-") && w != strings.ToLower(w) { // Smith-Jones
			n.add(matter, strings.Trim(w, ".,;()"), weight)
		}
	}
}

// person adds someone's name, whole and in part.
func (n *names) person(matter int, name, code string) {
	if last, given, ok := strings.Cut(name, ","); ok && !strings.Contains(given, ".") && len(strings.Fields(given)) < 3 && !common[strings.ToLower(strings.TrimSpace(given))] {
		name = strings.TrimSpace(given) + " " + last
	}
	words, own := lows(name)
	if len(words) == 0 {
		return
	}
	n.put(known{words: words, own: own, full: name, code: code, matter: matter, person: true, weight: 25})
	company := false
	for _, w := range words {
		company = company || common[w]
	}
	if !company && len(words) < 4 {
		n.initials(known{full: name, code: code, matter: matter, words: words})
	}
	fields := strings.Fields(name)
	for i, w := range fields {
		if len(fields) > 1 && !company && strings.ContainsAny(w, "-'") && (i == 0 || i == len(fields)-1) { // Smith-Jones
			small, own := lows(w)
			n.put(known{words: small, own: own, full: name, code: code, matter: matter, person: true, weight: 8})
		}
	}
	for i, w := range words {
		if len(words) > 1 && len(w) > 2 && !common[w] && !digit(rune(w[0])) && (!company || i == 0) && (i == 0 || i == len(words)-1) {
			n.put(known{words: []string{w}, own: own[i : i+1], full: name, code: code, matter: matter, person: true, weight: 8})
		}
	}
}

// initials adds somebody by the first letters of k's words.
func (n *names) initials(k known) {
	short := ""
	for _, w := range k.words {
		short += w[:1]
	}
	if len(short) > 1 {
		n.short[short] = append(n.short[short], k)
	}
}

// initialsAt reads somebody's initials at i, where they are one's alone, or one's
// of a matter that the line names.
func (r *reading) initialsAt(i int) (full, code string, ok bool) {
	if !r.acronym(i) || len(r.tok(i).text) > 3 {
		return "", "", false
	}
	for _, list := range [][]known{r.ofNamed(r.names.short[r.tok(i).low]), r.names.short[r.tok(i).low]} {
		for _, k := range list {
			if ok && k.full != full {
				return "", "", false
			}
			full, code, ok = k.full, k.code, true
		}
		if ok {
			return full, code, true
		}
	}
	return "", "", false
}

// ofNamed returns those of list whose matter the line is on.
func (r *reading) ofNamed(list []known) (out []known) {
	for _, k := range list {
		if r.all != "" && r.names.matters[k.matter].ID == r.all {
			out = append(out, k)
		}
	}
	return out
}
