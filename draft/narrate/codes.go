package narrate

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/prose"
)

// taskRule gives a litigation task code to work whose object has one of words.
// Codes: UTBMS litigation set (ABA/ACCA 1995).
type taskRule struct {
	code  string
	words []string
}

// taskRules in the order in which they are tried: the more telling first.
var taskRules = []taskRule{
	{"L350", []string{"motion to compel", "protective order", "motion to quash", "motions to compel"}},
	{"L240", []string{"summary judgment", "motion to dismiss", "judgment on the pleadings", "dispositive"}},
	{"L220", []string{"preliminary injunction", "restraining order", "attachment"}},
	{"L160", []string{"settlement", "mediation", "demand letter", "settlement demand"}},
	{"L330", []string{"deposition", "depositions", "deponent"}},
	{"L340", []string{"expert report", "expert disclosure", "expert disclosures"}},
	{"L320", []string{"production", "privilege log", "document production"}},
	{"L310", []string{"interrogatories", "interrogatory", "requests for admission", "discovery requests", "discovery responses", "request for production", "requests for production", "discovery"}},
	{"L230", []string{"status conference", "scheduling conference", "case management conference", "docket call", "pretrial conference"}},
	{"L450", []string{"trial"}},
	{"L250", []string{"motion", "brief", "opposition", "reply"}},
	{"L210", []string{"complaint", "answer", "counterclaim", "pleading", "pleadings"}},
}

// taskCode returns the UTBMS task code that the words about the work show, for
// a matter in litigation; "" where nothing shows it.
func taskCode(m billing.Matter, about string) string {
	if !litigation(m) {
		return ""
	}
	w := prose.Words(about)
	for _, r := range taskRules {
		if prose.Has(w, r.words...) {
			return r.code
		}
	}
	return ""
}

// litigation reports whether a matter is shown to be in dispute: two sides in
// its name, or an opponent or a court among its contacts.
func litigation(m billing.Matter) bool {
	name := " " + strings.ToLower(string(m.Name)) + " "
	return strings.Contains(name, " v. ") || strings.Contains(name, " vs. ") || strings.Contains(name, " v ") ||
		slices.ContainsFunc(m.Contacts, func(c billing.Contact) bool {
			return c.Role == billing.ContactOpposingCounsel || c.Role == billing.ContactCourt
		})
}
