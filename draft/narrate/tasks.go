package narrate

import (
	"slices"

	"github.com/tenths/tenths/billing"
)

// The rules below give UTBMS task codes (litigation, bankruptcy and project sets,
// ABA/ACCA 1995 and after). The set for electronic discovery, L600, is not used.

var litigationTasks = rules(`
L510 notice of appeal|appellate motion|motion for leave to appeal|record on appeal|docketing statement
L530 oral argument
L520 appellate brief|appellant's opening brief|appellant's brief|appellee's brief|appellant's reply brief|appeal brief|brief on appeal|appellant's|appellee's
L350 motion to compel|protective order|motion to quash|motions to compel|motion to compel production|discovery motion|discovery motions
L260 class certification|certify class|class notice|conditional certification
L240 summary judgment|motion to dismiss|judgment on the pleadings|dispositive|demurrer
L220 preliminary injunction|restraining order|attachment|order to show cause|lis pendens
L460 motion for new trial|post-trial|posttrial|judgment notwithstanding the verdict|bill of costs|motion for reconsideration
L470 garnishment|writ of execution|judgment enforcement|enforcement of judgment|judgment lien|debtor examination
L430 motion in limine|motions in limine|trial brief|jury instructions|verdict form|proposed findings|voir dire questions|pretrial order|pretrial memorandum
L440 exhibit list|witness list|trial exhibits|trial binder|trial notebook|trial preparation|trial subpoenas
L340 expert report|expert disclosure|expert disclosures|expert deposition|rebuttal report|expert discovery|expert reports
L330 deposition|depositions|deponent
L160 settlement|mandatory settlement conference|mediation|demand letter|settlement demand|settlement agreement|offer of judgment|arbitration|settlement conference
L320 production|productions|privilege log|privilege logs|document production|subpoena duces tecum|document review|clawback|bates
L310 interrogatories|interrogatory|requests for admission|request for admission|discovery requests|discovery responses|request for production|requests for production|initial disclosures|deficiency letter|discovery
L230 status conference|discovery conference|scheduling conference|case management conference|docket call|pretrial conference|calendar call|case management statement|rule 26f report|court conference|preliminary conference|compliance conference
L450 trial|jury selection|voir dire|bench trial|jury trial
L250 motion|brief|opposition|reply|motions|memorandum of law
L210 complaint|answer|counterclaim|pleading|pleadings|amended complaint|cross-claim|affirmative defenses|petition
L130 expert retention|consultant|consultants|expert retainer|expert engagement
L110 chronology|fact investigation|witness interview|witness interviews|witness statement|fact witness|timeline|interview of|client interview|police report|medical records
L150 litigation budget|case budget
L120 case assessment|case evaluation|case analysis|litigation strategy|case strategy|strategy memo|research memo|research memorandum|legal memorandum
L140 document index|document management|file organization|document database
`)

var bankruptcyTasks = rules(`
B140 relief from stay|stay relief|automatic stay|adequate protection|lift stay
B150 341 meeting|meeting of creditors|creditors committee|creditors' committee|committee of unsecured creditors|creditors meeting
B170 fee objection|objection to fee|objection to fees|objection to fee application
B160 fee application|fee applications|retention application|employment application|application to employ|application to retain|interim fee application
B180 preference|preferences|avoidance|fraudulent transfer|fraudulent conveyance|clawback action
B185 assumption|rejection|executory contract|executory contracts|unexpired lease|unexpired leases|assume or reject
B320 plan of reorganization|disclosure statement|plan confirmation|confirmation|chapter 11 plan|reorganization plan|ballots
B310 proof of claim|proofs of claim|claim objection|claims objection|claims register|bar date|objection to claim|claims administration
B230 cash collateral|dip financing|dip loan|debtor in possession financing|exit financing
B130 asset sale|sale motion|363 sale|section 363|bid procedures|auction|sale of assets|sale order
B120 asset analysis|turnover|asset recovery|avoidance analysis|valuation
B220 pension|employee benefits|kerp|payroll motion|wages motion
B240 tax claim|tax claims|tax returns|tax issues
B250 real estate|lease negotiations
B260 board of directors|board meeting
B210 business operations|operating report|monthly operating report|vendors motion|critical vendor|first day motions
B190 adversary proceeding|adversary complaint|contested matter
B110 petition|schedules|statement of financial affairs|creditor matrix|case administration|first day|docket|creditors list
`)

var projectTasks = rules(`
P700 post-closing|post closing|closing set|closing sets|recorded documents
P600 closing|closing checklist|closing binder|closing documents|funds flow|signature pages|signing|wire instructions
P220 tax due diligence|tax diligence|tax matters|tax structure
P230 environmental|phase i report|phase i|phase ii
P240 title report|title commitment|survey|real estate diligence|zoning|title insurance|deed
P250 employee matters|labor diligence|benefit plans|employment diligence
P260 trademark|patent|intellectual property|ip diligence
P270 hsr|regulatory approval|regulatory filing|licenses and permits|antitrust
P210 corporate records|minute books|good standing|minute book|charter documents
P280 due diligence|diligence|data room
P800 renewal|annual report|annual maintenance
P300 structure|deal structure|structuring|strategy|issues list|issues memo
`)

// dealPapers are what a transaction is drafted in.
var dealPapers = newRuns("agreement", "agreements", "contract", "lease", "letter of intent", "term sheet", "nondisclosure agreement", "memorandum of understanding",
	"resolution", "resolutions", "bylaws", "articles of incorporation", "certificate of incorporation", "operating agreement", "disclosure schedules",
	"promissory note", "guaranty", "bill of sale", "assignment", "amendment", "side letter", "stock certificate", "indenture", "deed", "addendum", "supply terms")

func litigationTask(v *view, clauses []Clause, w []word) string {
	code := litigationTasks.code(w)
	if v.appeal {
		switch code {
		case "L250":
			return "L520"
		case "L240", "L350":
			return "L510"
		}
	}
	if code != "" && code != "L310" && code != "L250" {
		return code
	}
	if withExpert(clauses) && code == "" {
		return "L130"
	}
	return code
}

// withExpert reports whether all the sides of the work are experts.
func withExpert(clauses []Clause) bool {
	found := false
	for _, c := range clauses {
		for _, p := range c.With {
			if p.Role != billing.ContactExpert {
				return false
			}
			found = true
		}
	}
	return found
}

// projectTask tells first drafts from what came of negotiating them.
func projectTask(clauses []Clause, w []word) string {
	if code := projectTasks.code(w); code != "" {
		return code
	}
	if !dealPapers.has(w) {
		return ""
	}
	switch c := clauses[0]; c.Act {
	case Drafted:
		if slices.ContainsFunc(c.Objects, func(o Object) bool { return slices.ContainsFunc(o.Marks, laterVersion) }) {
			return "P500"
		}
		return "P400"
	case Revised, Reviewed:
		return "P500"
	case Sent, Received, Replied, Exchanged, Conferred, ConferredPhone, ConferredVideo:
		if slices.Contains([]string{"A107", "A108"}, activityWith(clauses)) {
			return "P500"
		}
	}
	return ""
}

func laterVersion(mark string) bool {
	return len(mark) > 1 && mark[0] == 'v' && mark != "v1" && mark != "v0" && isDigit(mark[1])
}

// counselingTask goes by what was done: the set has a code for each way of
// advising (C100 to C400).
func counselingTask(clauses []Clause) string {
	switch clauses[0].Act {
	case Researched:
		return "C200"
	case Drafted, Revised:
		return "C300"
	case Sent, Received, Replied, Exchanged, Conferred, ConferredPhone, ConferredVideo:
		switch activityWith(clauses) {
		case "A106":
			return "C300"
		case "A107", "A108":
			return "C400"
		}
	}
	return ""
}
