package narrate

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// Words of a calendar event's title that say what the event is.
var (
	prepWords  = newRuns("prep", "prepare", "preparation", "preparing")
	callWords  = newRuns("call", "calls", "phone", "telephone", "phone call", "telephone call", "telephone conference", "phone conference", "conference call", "conf call", "telcon", "tc", "teleconference", "dial in", "catch up call", "check in call", "telcom")
	videoWords = newRuns("zoom", "teams", "webex", "video", "videoconference", "video conference", "google meet", "gmeet", "microsoft teams",
		"zoom call", "zoom meeting", "teams call", "teams meeting", "microsoft teams meeting", "microsoft teams call", "webex meeting", "video call", "video meeting", "video conference call", "google meet call")
	meetWords = newRuns("meeting", "meet", "conference", "conf", "sync", "catch up", "catchup", "check in", "checkin", "lunch", "coffee", "breakfast", "dinner", "drinks", "mtg", "discuss", "interview", "consult", "consultation")
	// subjects have a word of a conference in them and are what it is about.
	subjects = newRuns("meet confer", "meet and confer", "meet confers", "settlement meeting", "status conference", "press conference")
	// notCalls are proceedings with a call in their name.
	notCalls = newRuns("docket call", "calendar call", "conference call with court", "roll call")
	// about end what a title says of the event itself.
	about = newRuns("re", "regarding", "about", "concerning")
	// trips begin the title of a journey.
	trips = newRuns("flight", "fly", "flying", "drive", "driving", "travel", "traveling", "travelling", "train", "return flight", "return trip", "trip", "travel time", "bus", "ferry", "return")
)

// meeting narrates a calendar event. The invited stand for those present; the
// title's own words are used only where there is no invitation.
func (n Narrator) meeting(v *view, o *billing.Observation) Clause {
	title := v.clean(string(o.Subject), inSpeech)
	var buf few
	words := appendWords(buf[:0], title)
	head := words
	if at, found, _ := about.find(words); found > 0 && at > 0 {
		head = words[:at]
	}
	ids := []billing.ObservationID{o.ID}
	c := Clause{Evidence: ids, title: title}
	for _, p := range o.With {
		x := n.counterpart(p, v)
		x.Evidence = ids
		c.With = together(c.With, x)
	}
	call := callWords.has(head) && !notCalls.has(head)
	_, appears, kind := proceeding(head)
	switch {
	case isTrip(words):
		return journey(v, title, words, ids)
	case prepWords.has(head) && !(call && len(c.With) > 0):
		return n.preparation(v, c, title, words, o.ID)
	case appears > 0 && !call:
		c.Act, c.With = Attended, nil
		if at := strings.IndexByte(title, ' '); at > 0 && (begins(words, []string{"attend"}) || begins(words, []string{"attending"})) {
			title = title[at+1:]
		}
		c.Objects = []Object{{Kind: kind, Title: billing.Privileged(v.lowered(title)), Evidence: ids}}
		return c
	case call:
		c.Act = ConferredPhone
		return n.conference(v, c, title, callWords, o.ID)
	case videoWords.has(head):
		c.Act = ConferredVideo
		return n.conference(v, c, title, videoWords, o.ID)
	case len(c.With) > 0, meetWords.has(head), withAt(head) >= 0, title == "":
		c.Act = Conferred
		return n.conference(v, c, title, meetWords, o.ID)
	}
	if reserved.has(words) || kindOf(words) != "" || beginsWithWork(words) {
		return spoken(title, o.ID) // nobody else, and no word of a conference: what the timekeeper wrote down
	}
	c.Act = Attended
	c.Objects = []Object{{Title: billing.Privileged(v.lowered(title)), Evidence: ids}}
	return c
}

// reserved are words of an entry in a calendar that is no event: time set aside,
// or a date to remember.
var reserved = newRuns("due", "deadline", "deadlines", "reminder", "remind", "focus", "block", "hold", "blocked", "work", "working", "todo", "to do", "tickler", "admin")

// beginsWithWork reports whether a title says what to do, and not what happens.
func beginsWithWork(w []word) bool {
	if len(w) == 0 {
		return false
	}
	switch w[0].lower {
	case "send", "finish", "complete", "submit", "serve", "respond", "email", "do", "get", "pay", "buy", "organize", "outline", "proofread", "follow", "check":
		return true
	}
	return verbWords[w[0].lower]
}

// conference takes a title apart into whom it names and what it is about,
// leaving out the words of kind, which say what sort of conference it is.
func (n Narrator) conference(v *view, c Clause, title string, kind runs, id billing.ObservationID) Clause {
	subject, named := split(title, kind)
	if named == "" {
		subject, named = v.namedFirst(subject)
	}
	if named != "" {
		x := n.named(named, v, id)
		switch {
		case len(c.With) == 0:
			c.With = together(nil, x)
		case x.Address != "" && !slices.ContainsFunc(c.With, x.equal), // the title says who else was there
			x.Role != "" && onlyColleagues(c.With) && !ownWords(named):
			c.With = together([]Counterpart{x}, c.With...)
		}
	}
	subject = v.lowered(subject)
	if subject != "" && !idle(subject) {
		c.Topics = []Topic{{billing.Privileged(subject), c.Evidence}}
	}
	return c
}

func onlyColleagues(list []Counterpart) bool {
	for _, c := range list {
		if c.Role != colleague {
			return false
		}
	}
	return len(list) > 0
}

// namedFirst takes whom a title names before its subject off it, where that is
// somebody on the matter: "Dana Reed: expert disclosures".
func (v *view) namedFirst(subject string) (rest, named string) {
	first, _ := separators(subject)
	head := subject
	if first.lo >= 0 {
		head, rest = subject[:first.lo], subject[first.hi:]
	}
	var buf few
	w := appendWords(buf[:0], head)
	if len(w) > 0 && len(w) <= 3 && v.contactNamed(w) != nil {
		return rest, head
	}
	from := 0
	for from < len(w) && regular[w[from].lower] {
		from++
	}
	if from == len(w) || !onlyRoles(w[from:]) {
		return subject, ""
	}
	if x := wordsIn(rest); len(x) > 0 && len(x) <= 3 && v.contactNamed(x) != nil { // Client meeting - Marisol Rivera
		return "", rest
	}
	return rest, strings.ToLower(head[w[from].start:])
}

func onlyRoles(w []word) bool {
	return !slices.ContainsFunc(w, func(x word) bool { return !roleWords[x.lower] })
}

// ownWords reports whether a role is one of the firm's own people.
func ownWords(named string) bool {
	return slices.ContainsFunc(wordsIn(named), func(x word) bool {
		switch x.lower {
		case "team", "associates", "partners", "attorneys", "staff", "firm", "department", "group", "paralegal":
			return true
		}
		return false
	})
}

// preparation narrates time set aside to prepare for something.
func (n Narrator) preparation(v *view, c Clause, title string, words []word, id billing.ObservationID) Clause {
	c.Act = PreparedFor
	rest := cutRuns(title, prepWords, "session", "call", "meeting", "time")
	if at := withAt(wordsIn(rest)); at >= 0 {
		w := wordsIn(rest)
		end := len(w)
		for i := at + 1; i < len(w); i++ {
			if w[i].lower == "for" || w[i].lower == "re" || w[i].lower == "regarding" {
				end = i
				break
			}
		}
		if at+1 < end {
			named := rest[w[at+1].start:w[end-1].end]
			if len(c.With) == 0 {
				c.With = together(nil, n.named(named, v, id))
			}
			rest = rest[:w[at].start] + rest[w[end-1].end:]
		}
	}
	rest, c.With = n.prepared(v, tidyFront(tidy(rest)), c.With, id)
	if rest != "" {
		k := proceedingOf(wordsIn(rest))
		if k == "" {
			k = kindOf(wordsIn(rest))
		}
		c.Objects = []Object{{Kind: k, Title: billing.Privileged(v.lowered(rest)), Evidence: c.Evidence}}
	}
	return c
}

// prepared takes whom a title says is prepared off what for: "Marisol for
// deposition", "Witness: Tom Ames".
func (n Narrator) prepared(v *view, rest string, with []Counterpart, id billing.ObservationID) (string, []Counterpart) {
	rest = strings.ReplaceAll(rest, " :", ":")
	head, tail, found := strings.Cut(rest, " for ")
	if !found {
		if role, name, colon := strings.Cut(rest, ":"); colon && onlyRoles(wordsIn(role)) {
			head, tail, found = strings.TrimSpace(name), "", true
		}
	}
	w := wordsIn(head)
	if !found || len(w) == 0 || v.contactNamed(w) == nil && !onlyRoles(w) {
		return rest, with
	}
	x := n.named(head, v, id)
	if len(with) == 0 || x.Address != "" && !slices.ContainsFunc(with, x.equal) {
		with = together([]Counterpart{x}, with...)
	}
	return tail, with
}

// tidyFront drops the preposition that a cut left in front.
func tidyFront(s string) string {
	for _, w := range [...]string{"for ", "of ", "with ", "re ", "regarding ", "to ", "on ", "and "} {
		if rest, ok := cutPrefixFold(s, w); ok {
			return strings.TrimLeft(rest, edge)
		}
	}
	return s
}

// isTrip reports whether a title is a journey's: it begins with one, to or from
// somewhere.
func isTrip(w []word) bool {
	if len(w) == 0 {
		return false
	}
	_, n := trips.at(w)
	if n == 0 {
		return false
	}
	if strings.HasPrefix(w[0].lower, "travel") {
		return len(w) == n || w[n].lower != "expenses" && w[n].lower != "plans" && w[n].lower != "arrangements" && w[n].lower != "policy"
	}
	for _, x := range w[n:min(len(w), n+4)] {
		if x.lower == "to" || x.lower == "from" {
			return true
		}
	}
	return false
}

// journey narrates travel: where to, and what for, in the words of the event.
func journey(v *view, title string, w []word, ids []billing.ObservationID) Clause {
	c := Clause{Act: Traveled, Evidence: ids}
	_, n := trips.at(w)
	for i := n; i < len(w); i++ {
		if w[i].lower == "to" || w[i].lower == "from" {
			n = i
			break
		}
	}
	if n < len(w) {
		if rest := strings.TrimRight(title[w[n].start:], edge); rest != "" {
			c.Objects = []Object{{Title: billing.Privileged(rest), Evidence: ids}}
		}
	}
	return c
}

// split takes a title apart into what it is about and whom it names.
func split(title string, kind runs) (subject, named string) {
	head, tail := cutSubject(title)
	var buf few
	if w := appendWords(buf[:0], head); len(w) > 0 {
		if at := withAt(w); at >= 0 && at+1 < len(w) {
			named = tidy(head[w[at+1].start:])
			head = head[:w[at].start]
		}
	}
	head = tidy(cutRuns(head, kind))
	switch {
	case tail == "":
		return head, named
	case head == "" || named != "":
		return tidy(tail), named
	}
	return tidy(head + ": " + tail), named
}

// withAt returns which word leads to whom an event is with, -1 for none.
func withAt(w []word) int {
	for i, x := range w {
		if x.lower == "with" {
			return i
		}
	}
	return -1
}

// cutSubject separates what stands before a title's subject from the subject,
// which is empty when nothing marks it. Words mark it more clearly than colons.
func cutSubject(title string) (head, subject string) {
	var buf few
	w := appendWords(buf[:0], title)
	if at, n, _ := about.find(w); n > 0 && w[at].start > 0 {
		return title[:w[at].start], strings.TrimLeft(title[w[at+n-1].end:], " :.")
	}
	for i := 0; i < len(title); i++ {
		if title[i] == ':' || strings.HasPrefix(title[i:], " - ") || strings.HasPrefix(title[i:], " – ") || strings.HasPrefix(title[i:], " — ") {
			if i > 0 {
				return title[:i], strings.TrimLeft(title[i:], edge)
			}
		}
	}
	return title, ""
}

// cutRuns removes every known run from s, with one of the words of also that
// follows it.
func cutRuns(s string, kind runs, also ...string) string {
	var buf few
	w := appendWords(buf[:0], s)
	var b strings.Builder
	from := 0
	for i := 0; i < len(w); {
		if _, n := subjects.at(w[i:]); n > 0 {
			i += n
			continue
		}
		_, n := kind.at(w[i:])
		if n == 0 {
			i++
			continue
		}
		for _, x := range also {
			if i+n < len(w) && w[i+n].lower == x {
				n++
				break
			}
		}
		b.WriteString(s[from:w[i].start])
		from = w[i+n-1].end
		i += n
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}
