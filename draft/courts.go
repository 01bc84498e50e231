package draft

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// The marks of courts, tribunals and of those who file with them and serve for
// them, as a table: a notice from one of them is work, whatever machine sent it.
// A mark too many costs a question, one too few a deadline.
var (
	// courtParts are anywhere in a label of a sender's domain or in the name of
	// the address: uscourts.gov, courts.ca.gov, judiciary.uk, amtsgericht.example.
	courtParts = strings.Fields(`court tribunal judiciary judicial judge justice justiz justicia justica giustizia gericht hmcts rechtspraak domstol
		poderjud nyscef cmecf fileandserv fileserve legalconnect caseanywhere greenfiling tylertech tylerhost jamsadr arbitrat`)
	// courtWords are what a word of one begins with: no-reply@efilingmail.example,
	// ecf-notices@x.example, curia.europa.eu.
	courtWords = strings.Fields(`efil ecf nef pacer docket eservice odyssey onelegal casefile filetime curia echr uspto eoir icsid siac hkiac`)
	// courtHosts are domains of such that bear no such label.
	courtHosts = []string{"adr.org", "lcia.org", "infotrack.com", "wipo.int", "epo.org", "eeoc.gov", "nlrb.gov", "ustaxcourt.gov", "bailii.org"}
	// notCourts are labels that only sound like one.
	notCourts = strings.Fields("courtyard courtesy courtney courtier courtside foodcourt tenniscourt harcourt courtois betancourt")
	// courtNames are words in a sender's name.
	courtNames = strings.Fields(`court courts tribunal tribunale judiciary judge magistrate clerk ecf cm/ecf nyscef pacer efiling efile e-filing
		gericht amtsgericht landgericht oberlandesgericht bundesgerichtshof cour juzgado corte rechtbank domstol arbitration`)
	// courtSubjects are in the subjects of what a court's system sends.
	courtSubjects = []string{
		"notice of electronic filing", "activity in case", "notification of service", "notice of hearing", "electronic filing", "efiling", "e-filing",
		"filing accepted", "filing rejected", "filing returned", "filing notification", "electronic service", "eservice", "notice of entry", "order entered",
		"notice of docket", "docket entry", "docket activity", "summons", "subpoena", "notice of motion", "notice of appeal", "hearing notice", "trial date",
	}
	// docketNumber is that of a case, 1:24-cv-00123, 24-bk-1234 or 24STCV01234.
	docketNumber = regexp.MustCompile(`(?i)\b(\d{1,2}:)?\d{2,4}-?(cv|cr|bk|ap|mc|mj|md|misc|civ|crim|stcv|cvs|ca|cp|fl|pr)-?\d{3,8}\b`)
)

// fromCourt reports whether o seems to come from a court or from those who file
// with it.
func fromCourt(o *billing.Observation) bool {
	for i := range o.With {
		p := &o.With[i]
		if p.Role == billing.RoleFrom && (courtAddress(strings.ToLower(string(p.Address))) || courtName(string(p.Name))) {
			return true
		}
	}
	subject := strings.Join(strings.Fields(strings.ToLower(string(o.Subject))), " ")
	return courtAddress("@"+strings.ToLower(string(o.List))) || docketNumber.MatchString(subject) ||
		slices.ContainsFunc(courtSubjects, func(s string) bool { return strings.Contains(subject, s) })
}

func courtAddress(address string) bool {
	local, host, _ := strings.Cut(address, "@")
	if slices.ContainsFunc(courtHosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) }) {
		return true
	}
	return slices.ContainsFunc(append(strings.Split(host, "."), local), courtLabel)
}

// courtLabel reports whether a label of a domain, or the name of an address, is
// a court's.
func courtLabel(label string) bool {
	if slices.ContainsFunc(notCourts, func(not string) bool { return strings.Contains(label, not) }) {
		return false
	}
	if slices.ContainsFunc(courtParts, func(part string) bool { return strings.Contains(label, part) }) {
		return true
	}
	joined := strings.NewReplacer("e-fil", "efil", "e-serv", "eserv", "cm-ecf", "ecf", "file-and-serve", "efil").Replace(label)
	for w := range strings.FieldsFuncSeq(joined, func(r rune) bool { return strings.ContainsRune("-_.+=0123456789", r) }) {
		if slices.ContainsFunc(courtWords, func(begin string) bool { return strings.HasPrefix(w, begin) }) {
			return true
		}
	}
	return false
}

func courtName(name string) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune(" ,;:()[]\"'.@<>", r) }) {
		if slices.Contains(courtNames, w) {
			return true
		}
	}
	return false
}
