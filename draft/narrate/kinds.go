package narrate

import "strings"

// Kind is a kind of document or proceeding, in the words of a bill: "motion to
// compel". It is "" where nothing shows it.
type Kind string

// kind is what is known of a [Kind].
type kind struct {
	name   Kind
	family string // what may be said of it without saying what it is about
	names  string // runs of words by which it is recognised, besides name, set off by |
}

// kinds of documents. Where several are named, the grammar of titles decides:
// see [kindOf].
var kinds = []kind{
	{"motion to compel", "motion", "motions to compel"},
	{"motion to dismiss", "motion", "motions to dismiss"},
	{"motion for summary judgment", "motion", "summary judgment motion|summary judgment|motion for partial summary judgment"},
	{"motion in limine", "motion", "motions in limine"},
	{"motion to quash", "motion", ""},
	{"motion to strike", "motion", ""},
	{"motion", "motion", "motions|cross-motion|notice of motion"},
	{"opposition", "opposition", "opposition brief|response in opposition"},
	{"reply", "reply", "reply brief|reply memorandum"},
	{"memorandum of law", "memorandum of law", "memorandum of points and authorities|memo of law"},
	{"brief", "brief", "briefs|opening brief|trial brief|appellate brief"},
	{"complaint", "complaint", "amended complaint|petition|verified complaint|third party complaint"},
	{"answer and counterclaim", "answer", "answer and counterclaims"},
	{"answer", "answer", "answer and affirmative defenses"},
	{"counterclaim", "counterclaim", "counterclaims|cross-claim|crossclaim"},
	{"pleading", "pleading", "pleadings"},
	{"interrogatories", "discovery requests", "interrogatory|special interrogatories|form interrogatories"},
	{"requests for production", "discovery requests", "request for production|document requests|document request|demand for production|production requests"},
	{"requests for admission", "discovery requests", "request for admission|requests to admit"},
	{"discovery requests", "discovery requests", "discovery request|discovery demands"},
	{"discovery responses", "discovery responses", "interrogatory responses|responses to interrogatories|responses to requests for production|interrogatory answers|discovery response|written responses"},
	{"initial disclosures", "disclosures", "disclosures|disclosure"},
	{"deposition outline", "deposition outline", "deposition prep outline|examination outline|cross examination outline"},
	{"deposition notice", "deposition notice", "notice of deposition|notices of deposition"},
	{"deposition transcript", "deposition transcript", "deposition summary|transcript of deposition"},
	{"transcript", "transcript", "transcripts|hearing transcript"},
	{"subpoena", "subpoena", "subpoenas|subpoena duces tecum"},
	{"affidavit", "affidavit", "affidavits|affidavit of service"},
	{"declaration", "declaration", "declarations|affirmation|witness statement"},
	{"proposed order", "proposed order", "order to show cause"},
	{"protective order", "protective order", "confidentiality order"},
	{"order", "order", "orders|scheduling order|decision|ruling"},
	{"judgment", "judgment", "proposed judgment"},
	{"stipulation", "stipulation", "stipulations|joint stipulation"},
	{"mediation statement", "mediation statement", "mediation brief|settlement conference statement|position statement"},
	{"jury instructions", "jury instructions", "jury charge|verdict form"},
	{"witness list", "witness list", "exhibit list"},
	{"notice of appeal", "notice", ""},
	{"notice", "notice", "notices|notice of appearance"},
	{"privilege log", "privilege log", "privilege logs|redaction log"},
	{"statement of facts", "statement of facts", "statement of undisputed facts|statement of material facts"},
	{"expert report", "expert report", "expert reports|rebuttal report"},
	{"settlement agreement", "settlement agreement", "settlement and release|release"},
	{"nondisclosure agreement", "nondisclosure agreement", "non-disclosure agreement|confidentiality agreement|mutual nondisclosure agreement"},
	{"asset purchase agreement", "purchase agreement", ""},
	{"stock purchase agreement", "purchase agreement", ""},
	{"purchase agreement", "purchase agreement", "purchase and sale agreement"},
	{"employment agreement", "employment agreement", "employment contract|offer letter|separation agreement|severance agreement"},
	{"engagement letter", "engagement letter", "retainer agreement|engagement agreement|retainer letter"},
	{"lease", "lease", "lease agreement|sublease|leases|lease amendment"},
	{"operating agreement", "operating agreement", "partnership agreement|shareholders agreement|shareholder agreement|limited liability company agreement"},
	{"loan agreement", "loan agreement", "credit agreement|promissory note|guaranty|security agreement|mortgage"},
	{"license agreement", "license agreement", "licence agreement"},
	{"services agreement", "services agreement", "service agreement|master services agreement|vendor agreement|supply agreement|consulting agreement"},
	{"trust agreement", "trust agreement", "revocable trust|trust|living trust|declaration of trust|revocable trust agreement|trust amendment"},
	{"agreement", "agreement", "agreements|contract|contracts|addendum|amendment|deed"},
	{"letter of intent", "letter of intent", "memorandum of understanding"},
	{"term sheet", "term sheet", "term sheets|indicative terms"},
	{"will", "will", "last will and testament|codicil|wills"},
	{"power of attorney", "power of attorney", "health care proxy|advance directive|living will"},
	{"inventory", "inventory", "inventory and appraisal"},
	{"accounting", "accounting", "accountings|first accounting|final accounting"},
	{"minutes", "minutes", "board minutes|meeting minutes"},
	{"bylaws", "bylaws", "by-laws"},
	{"corporate resolution", "corporate resolution", "resolution|resolutions|board resolution|board resolutions|written consent|unanimous written consent"},
	{"articles of incorporation", "articles of incorporation", "certificate of incorporation|articles of organization|certificate of formation"},
	{"due diligence checklist", "due diligence checklist", "due diligence memorandum|due diligence report|due diligence"},
	{"disclosure schedules", "disclosure schedules", "disclosure schedule"},
	{"closing binder", "closing documents", "closing checklist|closing documents|closing statement|closing set|funds flow"},
	{"demand letter", "demand letter", "demand"},
	{"opinion letter", "opinion letter", "legal opinion"},
	{"letter", "letter", "letters|cover letter|correspondence"},
	{"research memo", "research memorandum", "research memorandum|research notes|legal research memo"},
	{"memo", "memorandum", "memorandum|memos|memoranda"},
	{"fee application", "fee application", "interim fee application|first interim fee application|final fee application"},
	{"proof of claim", "proof of claim", "proofs of claim|claim objection"},
	{"disclosure statement", "disclosure statement", "plan of reorganization"},
	{"cash collateral motion", "motion", "cash collateral order"},
	{"office action response", "office action response", "response to office action|office action"},
	{"patent claims", "patent claims", "patent application|provisional application|claim amendments|claim chart"},
	{"trademark application", "trademark application", ""},
	{"invoice", "invoice", "invoices|pre-bill|prebill"},
	{"budget", "budget", "budgets"},
	{"chronology", "chronology", "timeline|chronologies"},
	{"checklist", "checklist", "checklists|to do list"},
	{"spreadsheet", "spreadsheet", "worksheet|workbook"},
	{"chart", "chart", "charts|table|damages chart"},
	{"exhibit", "exhibit", "exhibits|exhibit binder"},
	{"index", "index", "production index"},
	{"report", "report", "reports|status report"},
	{"presentation", "presentation", "slides|deck"},
	{"handbook", "handbook", "policy|policies|manual"},
	{"application", "application", "applications|petition for probate"},
	{"outline", "outline", "outlines|talking points"},
	{"agenda", "agenda", "agendas"},
	{"notes", "notes", "note"},
	{"redline", "redline", "redlines"},
}

// families maps each kind to what may be said of it without its subject.
var families = map[Kind]string{}

var kindRuns = func() runs {
	rs := runs{}
	for i, k := range kinds {
		families[k.name] = k.family
		rs.add(i, strings.ReplaceAll(string(k.name), "-", " "))
		for name := range strings.SplitSeq(k.names, "|") {
			if name != "" {
				rs.add(i, strings.ReplaceAll(name, "-", " "))
			}
		}
	}
	return rs
}()

// headEnd are words after which a title says what the document is about or for,
// and no longer what it is.
var headEnd = newRuns("regarding", "re", "to", "for", "in support of", "in opposition to", "about", "from", "of", "with", "on", "concerning", "in", "enclosing", "approving", "directed", "granting", "denying", "dismissing", "compelling")

// answered are words that make requests responses.
var answered = newRuns("responses", "response", "answers", "objections", "resp")

// kindOf returns the kind of document that a title names. English titles have
// their head last ("settlement agreement redline") up to the first preposition
// ("letter to Reed regarding privilege log"); the last kind within the head
// counts, then the first anywhere.
func kindOf(words []word) Kind {
	found, after := -1, -1
	ended := false
	for i := 0; i < len(words); {
		if !ended && i > 0 {
			if _, n := headEnd.at(words[i:]); n > 0 {
				ended = true
			}
		}
		id, n := kindRuns.at(words[i:])
		switch {
		case n == 0:
			i++
			continue
		case !ended && (found < 0 || !modifies(kinds[id].name)):
			found = id
		case ended && after < 0:
			after = id
		}
		i += n
	}
	if found < 0 {
		found = after
	}
	if found < 0 {
		return ""
	}
	k := kinds[found].name
	if kinds[found].family == "discovery requests" && answered.has(words) {
		return "discovery responses"
	}
	return k
}

// modifies reports whether a word that can be a kind more often says how a
// document is kept than what it is, after another kind: "agreement redline".
func modifies(k Kind) bool {
	switch k {
	case "redline", "index", "notes", "outline", "checklist", "chart", "exhibit", "application", "report":
		return true
	}
	return false
}

// folderKinds are names of folders that say what the documents in them are, with
// the kind of one of them.
var folderKinds = map[string]Kind{
	"letters": "letter", "letter": "letter", "ltrs": "letter", "memos": "memo", "memoranda": "memo",
	"motions": "motion", "briefs": "brief", "subpoenas": "subpoena", "affidavits": "affidavit", "declarations": "declaration",
	"stipulations": "stipulation", "orders": "order", "transcripts": "transcript", "deposition outlines": "deposition outline",
	"depo outlines": "deposition outline", "deposition notices": "deposition notice", "deposition transcripts": "deposition transcript",
	"depo transcripts": "deposition transcript", "leases": "lease", "contracts": "agreement", "agreements": "agreement", "invoices": "invoice",
	"minutes": "minutes", "agendas": "agenda", "interrogatories": "interrogatories", "expert reports": "expert report", "exhibits": "exhibit",
	"wills": "will", "trusts": "trust agreement", "pleadings": "pleading", "engagement letters": "engagement letter",
}

// folderKind returns the kind that the folder of a document names, "" for none.
func folderKind(p string) Kind {
	end := strings.LastIndexAny(p, `/\`)
	if end < 0 {
		return ""
	}
	dir := p[:end]
	dir = dir[strings.LastIndexAny(dir, `/\`)+1:]
	if len(dir) > 24 {
		return ""
	}
	return folderKinds[strings.ToLower(strings.TrimLeft(dir, "0123456789 .-_"))]
}
