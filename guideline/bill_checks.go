package guideline

// billChecks are the checks on what several entries show together, and on when
// an entry was made.
var billChecks = map[string]check{
	"day-limit": {
		doc: "More time of one timekeeper on one day than a day has, or than the firm allows. All of the day's entries count, " +
			"also those that are not billed; the finding is on the longest. Entries without a timekeeper or a date are left alone.",
		params: []param{
			{name: "limit", kind: paramHours, fallback: 24 * 60, min: 0.1, max: 25, doc: "the most time of one day"},
		},
		bill: checkDayLimit,
	},
	"overlap": {
		doc: "Two entries of one timekeeper that claim the same minutes, where it is known when the work was. " +
			"Both may be right about how long; only one can be right about when. A shared moment within the tolerance is left alone.",
		params: []param{
			{name: "tolerance", kind: paramInt, fallback: 1, min: 0, max: 60, doc: "minutes that two entries may share"},
		},
		bill: checkOverlap,
	},
	"duplicate": {
		doc: "Two entries of one matter and day with the same or nearly the same wording: of one timekeeper, where the same work may have been " +
			"entered twice, or of several, where the same work may have been done twice. Leaves alone what several-attendees finds, " +
			"and wording of other days.",
		params: []param{
			{name: "alike", kind: paramFloat, fallback: 0.9, min: 0.5, max: 1, doc: "the share of words that both have, from which wording is nearly the same"},
		},
		yields: []string{"several-attendees"},
		bill:   checkDuplicate,
	},
	"several-attendees": {
		doc: "More timekeepers at one hearing, deposition, mediation, meeting or call than allowed, without a word on why. Entries are of one event " +
			"when matter, date and kind agree and they tell of the same things; preparing for an event is not being there.",
		params: []param{
			{name: "allowed", kind: paramInt, fallback: 1, min: 1, max: 20, doc: "timekeepers who may be there without a reason"},
			{name: "kinds", kind: paramStrings, fallback: []string{"conference", "hearing", "deposition", "mediation", "interview", "inspection"},
				doc: "the kinds of event that count"},
			{name: "reasons", kind: paramStrings, fallback: []string{"approved by", "authorized by", "at the request of", "at client's request", "second chair", "second-chair", "because", "needed for", "necessary"},
				doc: "wording that explains why several were needed"},
		},
		bill: checkAttendees,
	},
	"conference-hours": {
		doc: "Timekeepers who give one conference, call or hearing different lengths. Only entries that tell of nothing else are compared, " +
			"and a difference of one increment is left alone.",
		params: []param{
			{name: "tolerance", kind: paramHours, fallback: 6, min: 0, max: 8, doc: "the difference that is left alone"},
		},
		bill: checkConferenceHours,
	},
	"repeated-wording": {
		doc: "The same wording on many days of one timekeeper and matter, which reads as copied rather than recorded. Wording that says little is the defect; " +
			"wording that names its object, and a series such as a weekly call, is only noted, and only from more repeats on. The finding is on the latest.",
		params: []param{
			{name: "repeats", kind: paramInt, fallback: 3, min: 2, max: 1000, doc: "entries with the same unspecific wording"},
			{name: "series", kind: paramInt, fallback: 8, min: 2, max: 1000, doc: "entries with the same specific wording, for a note"},
			{name: "specific", kind: paramInt, fallback: 4, min: 1, max: 50, doc: "words with a meaning from which wording is specific"},
		},
		back: 31,
		bill: checkRepeated,
	},
	"task-total": {
		doc: "More time on one document of a matter (a motion, brief, agreement, declaration), by all timekeepers together, than it should take. " +
			"There is no published figure for that: the limit is the firm's or the client's own. The finding is on the latest.",
		params: []param{
			{name: "limit", kind: paramHours, fallback: 40 * 60, min: 0.5, max: 10000, doc: "the most time on one document"},
			{name: "documents", kind: paramCaps, doc: `limits for kinds of document: { "motion to compel" = 15.0 }`},
		},
		back: 365,
		bill: checkTaskTotal,
	},
	"budget": {
		doc: "Time or fees of a matter beyond what was agreed, in total or for a phase, the phase being all task codes that begin alike. " +
			"The findings are on the entry, by date, that passes the cap, and on each after it. Fees count where rates are known. What is not billed does not count.",
		params: []param{
			{name: "hours", kind: paramCaps, doc: `hours by the beginning of the task code, "" for all: { "" = 200.0, L300 = 80.0 }`},
			{name: "fees", kind: paramAmounts, doc: `fees in the matter's currency, the same way: { L300 = "25000.00" }`},
		},
		back: 3650,
		bill: checkBudget,
	},
	"small-items": {
		doc: "Several entries at the least billable time for one matter on one day by one timekeeper, most of them calls or messages. Short items belong together: " +
			"four calls of three minutes are 0.2 h, not 0.4 h.",
		params: []param{
			{name: "least", kind: paramHours, fallback: 6, min: 0.01, max: 1, doc: "the least billable time"},
			{name: "count", kind: paramInt, fallback: 4, min: 2, max: 100, doc: "from how many on"},
		},
		bill: checkSmallItems,
	},
	"late-entry": {
		doc: "An entry that was made long after the work, where it is known when it was made. What is written down at once is believed; " +
			"what is reconstructed is not.",
		params: []param{
			{name: "days", kind: paramInt, fallback: 14, min: 0, max: 3650, doc: "days after the work date within which an entry must be made"},
		},
		entry: checkLate,
	},
}
