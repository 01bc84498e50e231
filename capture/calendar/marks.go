package calendar

import (
	"strconv"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar/internal/ical"
)

// use is what a calendar's program says that the time of an event is used for.
type use int8

const (
	useBusy      use = iota
	useFree          // whoever looks sees the time as free
	useAway          // out of office
	useElsewhere     // working from another place: where, not what
	useFocus         // kept clear of meetings
)

// Reasons for which an event is not time.
const (
	ignoredAllDay    = "all day"
	ignoredAway      = "out of office"
	ignoredElsewhere = "working elsewhere"
	ignoredFree      = "shown as free"
)

// doubtFocus is asked about time that was kept clear for work of one's own.
const doubtFocus = "the calendar kept it as focus time; say what was done in it"

// doubtAway is asked about a meeting with others that is shown as out of office:
// a deposition in another town is entered so, and an absence that colleagues are
// told of.
const doubtAway = "the calendar shows it as out of office, with others; say whether it was work"

// plain reads the properties that say nothing of times.
func (r *reader) plain(p *ical.Property) {
	switch p.Name {
	case "SUMMARY":
		r.subject = billing.Privileged(strings.TrimSpace(ical.Unescape(p.Value)))
		r.title = readTitle(string(r.subject))
	case "STATUS":
		value := token(p)
		r.cancelled = r.cancelled || value == "CANCELLED" || value == "CANCELED"
		r.tentative = r.tentative || value == "TENTATIVE"
	case "TRANSP":
		r.transparent = r.transparent || token(p) == "TRANSPARENT"
	case "CLASS":
		value := token(p)
		r.private = value == "PRIVATE" || value == "CONFIDENTIAL"
	case "ORGANIZER":
		who := readPerson(p)
		r.organizer = &who
	case "ATTENDEE":
		if len(r.attendees) < maxAttendees {
			r.attendees = append(r.attendees, readPerson(p))
		}
	default:
		if strings.HasPrefix(p.Name, "X-") {
			r.marks(p.Name, p)
		}
	}
}

// token returns a value of which the case does not matter, in capitals.
func token(p *ical.Property) string { return strings.ToUpper(strings.TrimSpace(p.Value)) }

// marks reads what programs say in properties of their own.
func (r *reader) marks(name string, p *ical.Property) {
	switch {
	case marksWholeDay(name):
		r.wholeDay = r.wholeDay || truth(token(p))
	case marksUse(name):
		u, tentative, known := readUse(token(p))
		if !known {
			return
		}
		// What the organizer intends counts where nobody says how it is shown.
		if intended := strings.HasSuffix(name, "INTENDEDSTATUS"); !intended {
			r.shown, r.use = true, u
			r.tentative = r.tentative || tentative
		} else if !r.shown {
			r.use = u
		}
	case marksKind(name):
		if u, _, known := readUse(token(p)); known && u != useBusy {
			r.entry = u
		}
	}
}

// The properties that mark whole days: X-MICROSOFT-CDO-ALLDAYEVENT,
// X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT, X-FUNAMBOL-ALLDAY and the like.
func marksWholeDay(name string) bool {
	return strings.HasPrefix(name, "X-") && (strings.Contains(name, "ALLDAY") || strings.Contains(name, "ALL-DAY"))
}

// Those that say how the time is shown: X-MICROSOFT-CDO-BUSYSTATUS,
// X-MICROSOFT-BUSYSTATUS, X-APPLE-EWS-BUSYSTATUS, X-MICROSOFT-CDO-INTENDEDSTATUS.
func marksUse(name string) bool {
	return strings.HasPrefix(name, "X-") && (strings.HasSuffix(name, "BUSYSTATUS") || strings.HasSuffix(name, "INTENDEDSTATUS"))
}

// Those that say what kind of entry it is: Google's eventType.
func marksKind(name string) bool {
	return strings.HasPrefix(name, "X-GOOGLE-") && strings.HasSuffix(strings.ReplaceAll(name, "-", ""), "EVENTTYPE")
}

func truth(value string) bool {
	switch value {
	case "TRUE", "YES", "T", "Y":
		return true
	}
	n, err := strconv.Atoi(value)
	return err == nil && n != 0
}

// joiners are what some programs write between the words of a status.
var joiners = strings.NewReplacer("-", "", "_", "", " ", "")

// readUse reads a busy status or event type, however it is spelled; the numbers
// are Outlook's (MS-OXOCAL section 2.2.1.2).
func readUse(value string) (u use, tentative, known bool) {
	switch joiners.Replace(value) {
	case "BUSY", "2":
		return useBusy, false, true
	case "TENTATIVE", "1":
		return useBusy, true, true
	case "FREE", "0":
		return useFree, false, true
	case "OOF", "OUTOFOFFICE", "AWAY", "3":
		return useAway, false, true
	case "WORKINGELSEWHERE", "WORKINGLOCATION", "4":
		return useElsewhere, false, true
	case "FOCUSTIME":
		return useFocus, false, true
	}
	return useBusy, false, false
}

// usedFor returns what the time of e is used for. The kind of entry says more
// than how it is shown, and both more than its title.
func (e *event) usedFor() use {
	switch {
	case e.entry != useBusy:
		return e.entry
	case e.use != useBusy:
		return e.use
	case e.title.use != useBusy:
		return e.title.use
	case e.transparent:
		return useFree
	}
	return useBusy
}

// awayWith reports whether e, which o shows, is time out of office that others
// share.
func (e *event) awayWith(o *billing.Observation) bool {
	return e.entry == useBusy && e.use == useAway && e.title.use == useBusy && len(e.attendees) > 0 && len(o.With) > 0
}

// free reports whether the time is shown as free.
func (e *event) free() bool { return e.transparent || e.use == useFree }
