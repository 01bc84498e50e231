package guideline

// entryChecks are the checks on one entry, by the name that a rule calls them.
// What each accepts and leaves alone is in its file, entry_*.go.
var entryChecks = map[string]check{
	"block-billing": {
		doc: "Several independent tasks under one time, each with an object of its own, or travel joined with work. " +
			"Tasks that share their object or subject, prepare for or follow up one another are one task; punctuation, order and lines do not matter. " +
			"So are two readings that have a paper in common, what is reckoned from a paper that was read, advice on a paper that was read or written, and its parts. " +
			"A motion and a discovery paper that one verb writes are two.",
		params: []param{
			{name: "de_minimis", kind: paramHours, fallback: 0, doc: "tasks may stand together in an entry of at most this time; 0: never"},
		},
		entry: checkBlock,
	},
	"vague": {
		doc: "Work that names no document, filing, witness or issue. The object decides, not the verb. " +
			"Thinking alone needs a product: to strategize, plan, consider, evaluate or coordinate names a paper, a decision (\"whether to remove\", \"need for depositions\") " +
			"or somebody outside the firm with whom it was done; an event, a stage or one word on a claim is none, since nobody can judge from it whether the work was necessary " +
			"(auditors' words; Hensley v. Eckerhart, 461 U.S. at 437 n.12, asks for the subject matter). To analyze or review an event is to read its transcript.",
		yields: []string{"no-work", "supervision", "communication", "hearing-subject", "office-conference", "clerical"},
		entry:  checkVague,
	},
	"no-work": {
		doc:   "A narrative that names no work: a name, a paper, a sum, \"see above\". What was done has a verb, or a noun that stands for one.",
		entry: checkNoWork,
	},
	"communication": {
		doc: "A call, letter, message or meeting without the other party or without its subject.",
		params: []param{
			{name: "party", kind: paramBool, fallback: true, doc: "the other party must be named"},
			{name: "subject", kind: paramBool, fallback: true, doc: "the subject must be named"},
		},
		yields: []string{"office-conference"},
		entry:  checkCommunication,
	},
	"hearing-subject": {
		doc: "A hearing, conference or deposition that was attended without saying which motion, matter or witness it was about, " +
			"and the mere word for an event (\"Trial\").",
		entry: checkHearing,
	},
	"office-conference": {
		doc: "A conference inside the firm without a subject, or without saying why it was needed. " +
			"The staff of a store or a client is not the firm's, and an interview is with a witness.",
		params: []param{
			{name: "need", kind: paramBool, doc: "the entry must also say what the conference was for"},
		},
		entry: checkOffice,
	},
	"supervision": {
		doc: "Supervision of others, reading a file to keep up with it, and getting to know what one is paid for knowing " +
			"(the file upon taking it over, local rules, a course), which are the firm's overhead. A paper that is named was read for what it says.",
		entry: checkSupervision,
	},
	"clerical": {
		doc: "Clerical and administrative work, which is overhead whoever does it (Missouri v. Jenkins, 491 U.S. at 288 n.10): copying, scanning, filing, serving, " +
			"mailing, scheduling, organizing files; messages that were left and calls that reached nobody; copies and transcripts that were ordered; letters that only enclose; " +
			"forms, cover sheets, binders, payments, signatures fetched; talk with a clerk on how or when something is filed; a docket looked at for nothing in particular; " +
			"and the firm's own affairs: conflicts, opening files, its bills and time. What another's bills and time records say is evidence.",
		params: []param{
			{name: "filing", kind: paramBool, fallback: true, doc: "filing and serving papers is clerical"},
		},
		entry: checkClerical,
	},
	"travel": {
		doc: "Travel that is not an entry of its own, or does not say what its guideline demands.",
		params: []param{
			{name: "alone", kind: paramBool, fallback: true, doc: "travel needs an entry of its own"},
			{name: "require", kind: paramStrings, fallback: []string{"from", "to"}, doc: `what travel must state, of "from", "to", "miles"`},
		},
		entry: checkTravel,
	},
	"expert-approval": {
		doc: "Work with an expert, consultant, investigator or other outside professional that does not name who approved it. " +
			"An opponent's expert (whom one deposes, who is \"for plaintiff\", whose report the other side served), and papers that a consultant merely supplied, are noted only.",
		entry: checkExpert,
	},
	"level": {
		doc: "Work that someone of a lower rate should have done: a paralegal's by a lawyer, an associate's research by a partner.",
		params: []param{
			{name: "research", kind: paramText, fallback: "partner", oneOf: []string{"partner", "never"}, doc: "from which level legal research is noted"},
		},
		entry: checkLevel,
	},
	"increment": {
		doc: "Time that is no multiple of the billing increment.",
		params: []param{
			{name: "step", kind: paramHours, fallback: 6, min: 0.01, max: 8, doc: "the increment"},
		},
		entry: checkIncrement,
	},
	"minimum": {
		doc: "Time below what an entry may have.",
		params: []param{
			{name: "least", kind: paramHours, fallback: 6, min: 0, max: 8, doc: "the least time of an entry"},
		},
		entry: checkMinimum,
	},
	"length": {
		doc: "An entry that is longer than its kind of work should take.",
		params: []param{
			{name: "most", kind: paramHours, fallback: 720, min: 0.1, max: 24, doc: "the most time of any entry"},
			{name: "kinds", kind: paramCaps, doc: "the most time by kind of work: communicate, confer, appear, review, draft, research, travel"},
		},
		entry: checkLength,
	},
	"usual-time": {
		doc: "A duration far from what is usual for its kind of work: what the timekeeper's own approved entries show, once there are enough of them, " +
			"and else the table below. Entries that tell of several kinds of work are left alone. It is never more than a note.",
		params: []param{
			{name: "entries", kind: paramInt, fallback: 20, min: 5, max: 10000, doc: "own entries of the kind from which they count rather than the table"},
		},
		yields: []string{"length"},
		entry:  checkUsual,
	},
	"codes": {
		doc: "A task or activity code that is missing, forbidden or not in force.",
		params: []param{
			{name: "task", kind: paramBool, doc: "a task code is required"},
			{name: "activity", kind: paramBool, doc: "an activity code is required"},
			{name: "forbidden", kind: paramStrings, doc: "codes that the client does not pay"},
		},
		entry: checkCodes,
	},
	"code-narrative": {
		doc:   "An activity or task code that says something else than the narrative.",
		entry: checkCodeNarrative,
	},
	"sensitive": {
		doc: "Words that must not be on a bill, since others than the client may read it.",
		params: []param{
			{name: "words", kind: paramStrings, doc: "words and phrases"},
		},
		prepare: prepareSensitive,
		entry:   checkSensitive,
	},
	"abbreviation": {
		doc: "Abbreviations that a reader of the bill need not know.",
		params: []param{
			{name: "allow", kind: paramStrings, doc: "abbreviations that are in order"},
		},
		entry: checkAbbreviation,
	},
	"placeholder": {
		doc:   "Text that was meant to be replaced: TBD, xxx, [insert …]. Redactions such as [name] are in order.",
		entry: checkPlaceholder,
	},
	"other-party": {
		doc:   "A name that belongs to another matter.",
		entry: checkOtherParty,
	},
	"date": {
		doc: "Work in the future, or recorded long after it was done.",
		params: []param{
			{name: "stale", kind: paramInt, fallback: 0, doc: "days after which work is too old to bill; 0: never"},
			{name: "late", kind: paramInt, fallback: 0, doc: "days after the work within which it must be recorded; 0: any"},
		},
		entry: checkDate,
	},
}
