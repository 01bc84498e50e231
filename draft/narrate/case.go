package narrate

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tenths/tenths/draft/prose"
)

// titleWords are words of legal titles that are written small, besides those
// that [prose.Common] has.
var titleWords = prose.Set(`about abstract accord accounting acknowledgment adjournment admission admissions affidavits affirmation
allegations amend amendment amendments annual appearance appellate application applications applying approving approval argument asset
assets assignments attached authorities award binder board bond breach briefing briefs bylaws buyer cash certificate certification
charts checklists claims class clause clean code codicil collateral comment company compelling complaints compliance concerning
condition conditions confer confidential confidentiality consent construction consulting contracts copy corporate costs
counteroffer counterclaim counterclaims counterproposal courts cross cure data deal debt deed defense deficiency deponent
depositions describing designations directed disposition distribution docket draft duces tecum earnest emergency employee
employer employment enforcement engagement enforce entry environmental equity errata escrow examination exchange executed executive expert
experts extend facie fees filing filings final financial financing findings finding form forms funds global good governing grant
guaranty guardian guardianship handbook health care healthcare hearings import indemnity indenture index individual informal information injunction injunctive intent interim
internal investigation joinder judicial jurisdiction law lay leases legal legislative letters liabilities license licensing lien
limine list lists living loans long master material meet meetings mediator members memoranda merger merits minute mortgage motions
name names nonparty note noticed number objecting offering office official omnibus open operating opinion oral orders outlines outside papers partial partnership
party patent payoff pending petitions phase plaintiffs pleadings post power preliminary presentation pre privilege privileged procedure proceedings
productions promissory property proposals provisional public purchase quash real records recovery redacted redlines regarding regulatory release relief
remand removal renewal rent rental reply reports reservation resolution resolutions respond review revised revocable rights rider
rules sale sales sample sanctions schedules seal sealed security separate sequence service set shareholder shareholders short sides site
special spoliation statements stay stock strike subpoenas summons supporting support surrender sworn table talking points tax template testimony
their third title transfer trusts under understanding unopposed unsealed use value verified vacate wage warranty additional attorney deficiencies protocol events granting denying leave file exclude excluding precluding dismissing adopting authorizing meet mutual ad hoc advance adverse alternative ancillary annex appendix asylum audit backup ballot bankruptcy bid bonus breakdown buyout caption citation cite cites closeout compensation computation corrected correspondences country courtesy creditor creditors custody deadlines decedent decree deductions defenses delivery designated detail details device director directors disbursement disclosed divorce earn edited edit election emails engage entity escalation excerpts executor expense expenses fact factual family fiduciary filed flow foreclosure forensic foreign garnishment going grounds history holdover home hour hours identification incident income independent indemnification index insured intervene investigative issues item items key land lawyer licensee lines liquidation listing loss marked medical monthly mortgagee negotiation nominee noticing obligations occupancy official operations option options order's overview ownership pages paralegal parties payable payments payroll permission phase photos pictures police possession potential premises priority prior private process product profit promissory proofs quarterly quote rate rates reasons receipt receipts receivable record references refund registration rejection remaining remedies removal reorganization repair reservation reserve responsive return revision revisions risk roadmap samples schedules scope section selected sentencing shipping signatures slip special spreadsheet representative representatives rebuttal person custodian custodians day part session letter staff standard stipulated stage strike structure student subcontract submission suit supplier supplement support survey suspension talking technical theory timesheet tolling tort tracking transaction transition translation travel turnover uniform unsecured updated usage utility vacation valuation vehicle victim visa vendor's violation violations wages wire worksheet workers writing
	warranty whether wills without witnesses writ yearly one two three four
five six seven eight nine ten amended's response's unanimous redaction redactions log logs charging pretrial posttrial conferences`)

// names are words that stay capitalized wherever they stand.
var properNames = prose.Set(`january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday plaintiff plaintiffs defendant defendants
federal american english french german spanish chinese mr mrs ms dr judge justice`)

// smallWords are all words of titles that are written small.
var smallWords = func() map[string]bool {
	out := maps.Clone(prose.Common)
	maps.Copy(out, titleWords)
	return out
}()

// small reports whether a word of a title is written small; it may be possessive.
func small(lower string) bool { return smallWords[lower] || smallWords[stem(lower)] }

// lowered lowers the first letter of s where it is only the first: its word is
// no name or abbreviation, as far as can be told without a dictionary. The
// names on the matter are known, and a capital that follows speaks for a name.
func (v *view) lowered(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(r) {
		return s
	}
	end := n
	for end < len(s) && s[end] != ' ' {
		c, k := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLower(c) && c != '\'' && c != '’' && c != '-' && (c != ',' && c != ':' && c != ';' || end+k < len(s) && s[end+k] != ' ') {
			return s
		}
		end += k
	}
	low := strings.TrimRight(strings.ToLower(s[:end]), ",:;")
	base := stem(low)
	if known := smallWords[base]; properNames[base] || !known && (low != base || v.knows(base) || end == n || !ordinary(base)) {
		return s
	} else if !known && end+1 < len(s) {
		if next, _ := utf8.DecodeRuneInString(s[end+1:]); unicode.IsUpper(next) {
			return s
		}
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// firstWords are ordinary words with which subjects begin, besides those of
// titles.
var firstWords = prose.Set(`served filed moved changed granted denied cancelled canceled rescheduled confirmed agreed closed opened corrected proposed address advice afternoon all another any anything are article as available bad before best better book books boxes brief bringing
business but can car card cash catching cell chance change changes charge check child children clarification clean coming concern concerns confirmation
contact content conversation copies could could courtesy customer customers daily day days dear delay delays dinner discussion do does door draft
drawings during each early email emails end error estimate estimated estimates event every everything expected explanation family few field figures
finally floor formal forwarded four found free fresh friday full further game get getting give good great group guest guidance happy has have having
headcount heads help helpful her here his home hope how huge i'd i'll i'm i've idea ideas if important inquiry inspector interest interesting
interpreter is it its job just keep kids know last late later latest lead let let's letting life like line link lists little local location login look
looking lost lots lunch made mail main make making man many map market maybe me message messages missing money monthly more morning most move moving
much must need needed needs news next nice no not nothing now number numbers off office old once one online only onsite other our out over own page
paper part past people permission phone photo photos picture plans please plus pool possible post potential prices print prior problem problems program
project public put quick quote ready real really reason received recent recipe regards related reminder remote repairs reply required response results
return rough rush same sample save say second see seeking sending sent several she short should shipment signed small so some someone something soon
sorry special starting stuff such suggested suggestion suggestions summary surveillance system take talk tax team tell ten tentative tenant thank
thanks that the their them then there these they thing things think this those thought thoughts three through ticket tickets time times tip tips today
together tomorrow too tool top total trip trouble try trying two unable unpaid until up upcoming urgent use very visit voicemail wait waiting want wants was
water way we website week weekend weekly weird welcome were what what's when where which while who why wire with wondering work would wrong year
yesterday yet you your hearing headcount landlord loading neighbor neighbors organizational organisational opposing plaintiffs proposed outstanding upcoming`)

// ordinary reports whether a word is no name, as far as its form shows.
func ordinary(low string) bool { return firstWords[low] || commonEnding([]byte(low)) }

// knows reports whether w is a name on the matter.
func (v *view) knows(w string) bool {
	if slices.Contains(v.words, w) {
		return true
	}
	for i := range v.contacts {
		if v.contacts[i].called(w) {
			return true
		}
	}
	return false
}

// quiet writes the common words of a text in capitals small: "MOTION TO COMPEL
// ACME" is "motion to compel ACME".
func quiet(s string) string {
	if len(s) < 4 || hasLower(s) || !hasUpper(s) {
		return s
	}
	return lowerWords(s, true)
}

// smallTitle writes the words of a legal title small and leaves names and
// abbreviations as they are: "Motion To Compel Acme" is "motion to compel Acme".
func smallTitle(s string) string {
	if !hasUpper(s) {
		return s
	}
	return quiet(lowerWords(s, false))
}

// lowerWords returns s with the words of titles small: those that begin with a
// capital, or those in capitals.
func lowerWords(s string, capitals bool) string {
	var b strings.Builder
	var word scratch
	from := 0
	for start, end := nextWord(s, 0); start < end; start, end = nextWord(s, end) {
		if !isUpper(s[start]) || !capitals && (end-start == 1 && start > 0 || hasUpper(s[start+1:end])) {
			continue
		}
		low := word.lower(s[start:end])
		known := smallWords[string(low)] || !capitals && commonEnding(low)
		if n := len(low); !known && n > 2 && low[n-1] == 's' && low[n-2] == '\'' {
			known = smallWords[string(low[:n-2])]
		}
		if !known || !capitals && alsoNames[string(low)] && beforeName(s[end:]) || !capitals && afterName(s, start, low) {
			continue
		}
		if from == 0 {
			b.Grow(len(s))
		}
		b.WriteString(s[from:start])
		b.Write(low)
		from = end
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// alsoNames are small words that people and companies are called by too.
var alsoNames = prose.Set("will bill grant first general standing case chase page price rule rules law short long global summer global union")

// commonEnding reports whether a word ends as nouns of the law do and names
// hardly ever.
func commonEnding(w []byte) bool {
	if len(w) < 7 {
		return false
	}
	for _, end := range [...]string{"tion", "tions", "ments", "ities", "encies", "ances", "ences", "ability", "ibility"} {
		if len(w) > len(end) && string(w[len(w)-len(end):]) == end {
			return true
		}
	}
	return false
}

// ofCompanies are small words with which the names of companies end.
var ofCompanies = prose.Set(`trust services service construction foundation association solutions communications transportation entertainment
investments management insurance property properties partnership consulting bank financial health legal global industries energy capital
realty company holdings corporation international institute foods labor supply security power authority commission department products production investigations operations acquisition acquisitions`)

// afterName reports whether the word at start ends a company's name: it follows
// a capitalized word that is none of titles.
func afterName(s string, start int, low []byte) bool {
	if start < 2 || s[start-1] != ' ' || !ofCompanies[string(low)] {
		return false
	}
	before := s[:start-1]
	before = before[strings.LastIndexByte(before, ' ')+1:]
	return before != "" && isUpper(before[0]) && wordy(before[len(before)-1]) && !small(strings.ToLower(before)) && hasLower(before)
}

// beforeName reports whether rest goes on with a capitalized word that is none
// of titles: "Will Smith", but "Will of", "First Amended".
func beforeName(rest string) bool {
	if len(rest) < 2 || rest[0] != ' ' {
		return false
	}
	start, end := nextWord(rest, 0)
	return start == 1 && hasUpper(rest[1:end]) && !small(strings.ToLower(rest[1:end]))
}
