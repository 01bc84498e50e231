package narrate

import (
	"regexp"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/prose"
)

// meetingForm is what a calendar event's title says that the event is.
type meetingForm struct {
	verb     string
	activity string // "" for: by whom it was with
	marks    []string
	appear   bool // the event itself is the object: "attend status conference"
	strip    *regexp.Regexp
}

// meetingForms in the order in which they are looked for.
var meetingForms = []meetingForm{
	{verb: "prepare for", activity: "A101", marks: []string{"prep", "prepare", "preparation"}, appear: true,
		strip: regexp.MustCompile(`(?i)\b(prep|prepare|preparation)\b( (session|call|meeting))?( (for|of|with))?`)},
	{verb: "attend", activity: "A109", appear: true, marks: []string{
		"hearing", "trial", "oral argument", "status conference", "scheduling conference", "case management conference",
		"docket call", "pretrial conference", "settlement conference", "deposition", "mediation", "arbitration", "conference call with court",
	}},
	{verb: "telephone conference", marks: []string{"call", "phone", "telephone", "telcon", "tc", "dial in", "teleconference"},
		strip: regexp.MustCompile(`(?i)\b(conference call|phone call|telephone call|telephone conference|teleconference|catch-?up call|call|phone|telephone|telcon|tc)\b`)},
	{verb: "video conference", marks: []string{"zoom", "teams", "webex", "video", "videoconference", "google meet"},
		strip: regexp.MustCompile(`(?i)\b(zoom|microsoft teams|teams|webex|google meet|video ?conference|video)( (call|meeting))?\b`)},
	{verb: "conference", strip: regexp.MustCompile(`(?i)\b(meeting|meet|conference|conf|sync|catch-?up|check-?in|lunch|coffee)\b`)},
}

// regarding and colon separate the people of a title from its subject; the
// words say so more clearly than the marks.
var (
	regarding = regexp.MustCompile(`(?i)\s*(\bre\b[:.]?|\bregarding\b|\babout\b|\bconcerning\b)\s*`)
	colon     = regexp.MustCompile(`\s*(:|\s[-–—]\s)\s*`)
)

// withWhom finds the people in what stands before the subject.
var withWhom = regexp.MustCompile(`(?i)\b(with|w/)\s+(.+)$`)

// formOf chooses the form for a title's words. A call about a deposition is a
// call, but preparing for one alone, or a docket call, is what it says.
func formOf(w []string, people bool) meetingForm {
	call := prose.Has(w, meetingForms[2].marks...) && !prose.Has(w, "docket call", "conference call with court")
	for i, f := range meetingForms {
		switch {
		case i == 0 && call && people, i == 1 && call:
		case len(f.marks) == 0 || prose.Has(w, f.marks...):
			return f
		}
	}
	return meetingForm{}
}

// meeting narrates a calendar event. The invited stand for those present; the
// title's own words are used only where there is no invitation.
func (n Narrator) meeting(o billing.Observation, m billing.Matter) (line, string, string) {
	title := topic(string(o.Subject), m)
	form := formOf(prose.Words(regarding.Split(title, 2)[0]), len(o.With) > 0)
	var l line
	l.add(form.verb, o.ID)
	people := n.counterparts(o.With, m)
	if form.appear {
		object := title
		if form.strip != nil {
			object = tidy(form.strip.ReplaceAllString(title, ""))
		}
		if object != "" {
			l.add(" ")
			l.add(prose.Decapitalize(object), o.ID)
		}
		return l, form.activity, title
	}
	subject, named := split(title, form.strip)
	switch {
	case len(people) > 0:
		l.add(" with ")
		l.add(texts(people), o.ID)
	case named != "":
		l.add(" with ")
		l.add(named, o.ID)
		people = []counterpart{{named, "A108"}}
	}
	if subject != "" {
		l.add(" regarding ")
		l.add(prose.Decapitalize(subject), o.ID)
	}
	return l, activityWith(people), title
}

// cutSubject separates what stands before a title's subject from the subject,
// which is empty when nothing marks it.
func cutSubject(title string) (head, subject string) {
	for _, mark := range []*regexp.Regexp{regarding, colon} {
		if at := mark.FindStringIndex(title); at != nil && at[0] > 0 {
			return title[:at[0]], title[at[1]:]
		}
	}
	return title, ""
}

// split takes a title apart into what it is about and whom it names, leaving
// out the words that say what kind of meeting it is.
func split(title string, kind *regexp.Regexp) (subject, named string) {
	head, tail := cutSubject(title)
	if found := withWhom.FindStringSubmatchIndex(head); found != nil {
		named = tidy(head[found[4]:found[5]])
		head = head[:found[0]]
	}
	head = tidy(kind.ReplaceAllString(head, ""))
	switch {
	case tail == "":
		return head, named
	case head == "" || named != "":
		return tidy(tail), named
	}
	return tidy(head + ": " + tail), named
}

// tidy trims what is left around words that were cut out.
func tidy(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.Trim(s, " -–—:|/,;.")
	for _, w := range []string{"with", "for", "re", "on", "of", "the"} {
		s = strings.TrimSuffix(s, " "+w)
		if strings.EqualFold(s, w) {
			return ""
		}
	}
	return s
}
