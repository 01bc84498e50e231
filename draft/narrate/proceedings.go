package narrate

import "strings"

// proceedings are what a timekeeper attends, with the kind of each.
var proceedings, proceedingKinds = func() (runs, []Kind) {
	rs, list := runs{}, []Kind{}
	for line := range strings.SplitSeq(`hearing|hearings|motion hearing|evidentiary hearing|show cause hearing
trial|bench trial|jury trial|trials
jury selection|voir dire
oral argument|oral arguments|appellate argument
status conference|status hearing
scheduling conference|initial conference|preliminary conference|compliance conference|discovery conference
case management conference|cmc
docket call|calendar call
pretrial conference|pre trial conference|final pretrial conference
settlement conference
court conference|conference call with court|conference with the court|conference with court
deposition|depositions|depo|depos|video deposition|examination before trial|ebt
mediation|mediation session
arbitration|arbitration hearing
arraignment|sentencing|bail hearing
341 meeting|meeting of creditors|creditors meeting|341 hearing
examination under oath|euo
independent medical examination
site inspection|inspection|site visit
closing|signing|will signing|will execution
board meeting|shareholders meeting|annual meeting`, "\n") {
		names := strings.Split(line, "|")
		rs.add(len(list), names...)
		list = append(list, Kind(names[0]))
	}
	return rs, list
}()

// asides follow the name of a proceeding where the event is not the proceeding
// itself: "deposition schedule", "hearing binder".
var asides = newRuns("schedule", "schedules", "scheduling", "strategy", "outline", "outlines", "planning", "plan", "meeting", "debrief", "notes", "date",
	"dates", "binder", "binders", "exhibits", "transcript", "transcripts", "summary", "logistics", "discussion", "issues", "preparation", "prep", "costs",
	"invoice", "reminder", "deadline", "due", "review", "request", "requests", "notice", "notices", "statement", "brief", "documents", "checklist", "call", "update", "follow up",
	"agreement", "letter", "conference", "order", "list", "topics", "questions", "date", "availability", "next steps", "work", "memo", "report", "lunch")

// proceeding returns where a title names a proceeding that the event is, its
// length in words and its kind; n is 0 for none.
func proceeding(w []word) (at, n int, k Kind) {
	for i := 0; i < len(w); {
		id, n := proceedings.at(w[i:])
		if n == 0 {
			i++
			continue
		}
		aside := 0
		if i+n < len(w) {
			_, aside = asides.at(w[i+n:])
		}
		if aside == 0 {
			return i, n, proceedingKinds[id]
		}
		i += n
	}
	return 0, 0, ""
}

// proceedingOf returns the kind of the first proceeding that words name.
func proceedingOf(w []word) Kind {
	if _, n, id := proceedings.find(w); n > 0 {
		return proceedingKinds[id]
	}
	return ""
}
