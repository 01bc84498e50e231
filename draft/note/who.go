package note

import (
	"strings"

	"github.com/tenths/tenths/billing"
)

// role is a side that people say instead of a name.
type role struct {
	words string
	with  string
	code  string
}

// roles, the longer first where one begins another.
var roles = roleTable(`
A106 client's general counsel>general counsel; in-house counsel; inhouse counsel>in-house counsel; in house counsel>in-house counsel; in-house>in-house counsel; general counsel; gc>general counsel; client; clients>client; our client>client; insured
A107 opposing counsel; opp counsel>opposing counsel; oc>opposing counsel; o/c>opposing counsel; other side; opposing side>opposing counsel; adversary; adverse counsel>opposing counsel; defense counsel; plaintiff's counsel; plaintiffs' counsel; defendant's counsel; seller's counsel; buyer's counsel; landlord's counsel; tenant's counsel; lender's counsel; borrower's counsel; their lawyer; their lawyers; their counsel; co-counsel; cocounsel>co-counsel; co counsel>co-counsel; local counsel; leading counsel>leading counsel; junior counsel>junior counsel; leading and junior counsel>leading and junior counsel; counsel; attorney; attorneys; lawyer
A108 court reporter; court clerk>clerk; clerk of court>clerk; county clerk>clerk; law clerk; court staff; courtroom deputy; court; clerk; judge's chambers>chambers; chambers; judge; magistrate; bailiff; judicial assistant; expert; experts; expert witness>expert; witness; witnesses; eyewitness; eyewitnesses; fact witness; character witness; victim; complainant; husband; wife; spouse; ex-wife; ex-husband; mother; father; parents; brother; sister; son; daughter; family; financial planner; financial advisor; planner; advisor; advisers; banker; analyst; founder; founders; inventor; inventors; shareholder; shareholders; investor; investors; director; directors; borrower; supplier; hospital; opposing party; co-defendant; codefendant; neighbors; records custodian>custodian; superintendent; school; school district; principal; city attorney; town counsel; adjuster; claims adjuster>adjuster; insurance adjuster>adjuster; insurer; carrier; mediator; arbitrator; tenant; landlord; lender; broker; buyer; seller; appraiser; accountant; cpa; vendor; title company; title co>title company; title agent; agent; realtor; doctor; investigator; private investigator>investigator; guardian; guardian ad litem; gal>guardian ad litem; social worker; caseworker; therapist; physician; nurse; counselor; creditor; creditors; debtor; board; auditor; auditors; paralegal for the court>paralegal; interpreter; translator; videographer; neighbor; principal; teacher; employer; union rep; ceo>CEO; cfo>CFO; manager; ada>ADA; da>DA; district attorney; us attorney; ausa>AUSA; uspto>USPTO; ombudsman; zoning board; planning board; regulator; underwriter; custodian; escrow; notary; title officer; title agent; trustee; executor; beneficiary; beneficiaries; prosecutor; process server; bank; escrow agent; escrow officer; surveyor; engineer; inspector; sheriff; irs; examiner; consultant; jury consultant; probation officer; police; officer; detective; contractor; architect; hr>HR; lobbyist; registrar; recorder; recorder's office; clerk's office
A105 tax partner; tax associate; practice group; billing partner; of counsel; law librarian; librarian; bookkeeper; docket clerk; receptionist; paralegal; paralegals>paralegal; associate; associates; senior associate; junior associate; partner; partners; senior partner; managing partner; supervising attorney; team; trial team; litigation team; deal team; colleague; colleagues; secretary; assistant; legal assistant; docketing; co-workers; summer associate; law student; intern`)

func roleTable(text string) map[string][]role {
	out := map[string][]role{}
	for _, row := range strings.Split(strings.TrimSpace(text), "\n") {
		code, list, _ := strings.Cut(row, " ")
		for _, entry := range strings.Split(list, ";") {
			said, with, renamed := strings.Cut(strings.TrimSpace(entry), ">")
			if !renamed {
				with = said
			}
			var run []string
			for _, t := range tokens(said) {
				run = append(run, t.low)
			}
			out[run[0]] = append(out[run[0]], role{strings.Join(run, " "), with, code})
		}
	}
	return out
}

// person is someone, or a side, that a part names.
type person struct {
	with     string
	code     string // for communicating with them, "" when it is not known
	from, to int    // tokens
	said     string // as it is said in the narrative; "" for as it was said
}

// roleAt reads a role at i, after its article.
func (r *reading) roleAt(i int) (p person, ok bool) {
	t := r.tok(i)
	for _, x := range roles[strings.TrimSuffix(t.low, "'s")] {
		r.tryRole(&p, x, i)
	}
	if strings.HasSuffix(t.low, "'s") {
		for _, x := range roles[t.low] {
			r.tryRole(&p, x, i)
		}
	}
	return p, p.to > 0
}

func (r *reading) tryRole(p *person, x role, i int) {
	run := strings.Fields(x.words)
	for k, w := range run {
		low := r.tok(i + k).low
		if low != w && strings.TrimSuffix(low, "'s") != w || r.tok(i+k).kind == line {
			return
		}
	}
	if len(run) > p.to-p.from {
		*p = person{with: x.with, code: x.code, from: i, to: i + len(run)}
	}
}

// personAt reads somebody's name at i: one that the matters know, else words
// that are written as names are.
func (r *reading) personAt(i int) (p person, ok bool) {
	for _, m := range r.mentions {
		if m.from != i || !m.person {
			continue
		}
		p = person{with: m.full, code: m.code, from: i, to: m.to, said: m.said}
		return p, true
	}
	if t := r.tok(i); len(t.low) == 1 && t.capital() { // D. Reed
		for _, m := range r.mentions {
			if m.from == i+1 && m.person && strings.HasPrefix(strings.ToLower(m.full), t.low) {
				return person{with: m.full, code: m.code, from: i, to: m.to}, true
			}
		}
	}
	if full, code, ok := r.initialsAt(i); ok {
		return person{with: full, code: code, from: i, to: i + 1}, true
	}
	return r.properAt(i)
}

// longestName is how many words a name has at most: it bounds the work that a
// line of capitals is.
const longestName = 10

// properAt reads a name by its capitals: "Dr. Patel", "Bob Smith", "Smith & Co.".
func (r *reading) properAt(i int) (p person, ok bool) {
	j := i
	if r.acronym(i) && (r.tok(i+1).kind == number || r.tok(i+1).kind == word && !r.tok(i+1).capital() && !prepositions[r.tok(i+1).low] && !r.tok(i+1).is("and", "then", "also", "today") && !determiners[r.tok(i+1).low]) {
		return p, false // HSR filing, ECF 88
	}
	for {
		t := r.tok(j)
		switch {
		case j > i+longestName:
			return p, true
		case j > i && t.is("&", "and") && r.acronym(j-1) && r.acronym(j+1): // SB & JT are two
			return p, true
		case t.capital() && !t.is("i") && !months[t.low] && !(j == i && prepositions[t.low]):
			if _, timed := r.timeOver(j); timed {
				return p, j > i
			}
			j++
		case j > i && t.is("and", "&") && r.tok(j-1).is("mr", "dr") && r.tok(j+1).is("mrs", "ms", "dr", "mr"):
			j++
		case j > i && t.is("of", "de", "van", "von", "&", "del", "la") && r.tok(j+1).capital():
			j++
		default:
			if j == i {
				return p, false
			}
			return person{with: strings.TrimSuffix(string(r.said(i, j)), "'s"), code: "A108", from: i, to: j}, true
		}
		p = person{with: string(r.said(i, j)), code: "A108", from: i, to: j}
	}
}

var months = set(`january february march april may june july august september october november december monday tuesday wednesday thursday friday spanish english french german chinese russian portuguese italian korean japanese arabic rule exhibit section zoom re`)

// meant are the words after somebody that put somebody else in their place.
var meant = [][]string{{",", "i", "mean"}, {"i", "mean"}, {",", "no", ","}, {",", "sorry", ","}, {",", "sorry"}, {"or", "rather"}, {",", "or", "rather"}, {",", "rather"}}

// people reads a list of people at i: "the client and Dana Reed". With loose, a
// noun that nobody knows is someone too, as after "call with".
func (r *reading) people(i, to int, loose bool) (list []person, next int) {
	for next = i; next < to; {
		j := next
		if q := r.tok(j); q.is("him", "them") || q.is("same") && r.tok(j+1).kind != word || q.is("her") && (j+1 >= to || r.tok(j+1).kind != word || determiners[r.tok(j+1).low] || prepositions[r.tok(j+1).low] || r.tok(j+1).is("and", "again", "back", "today", "the")) {
			return append(list, person{from: j, to: j + 1}), j + 1
		}
		counted := -1
		if n, k := r.cardinal(j); k == j+1 && n > 1 {
			if q, plural := r.roleAt(k); plural && strings.HasSuffix(r.tok(q.to-1).low, "s") {
				counted, j = j, k // three witnesses
			}
		}
		for j < to && (determiners[r.tok(j).low] && !r.tok(j).is("client's") || r.tok(j).is("both", "new", "former", "potential", "prospective", "local")) {
			if _, ok := r.roleAt(j); ok {
				break
			}
			j++
		}
		p, ok := r.someone(j, to, loose)
		if !ok {
			return list, trimJoint(r, i, next)
		}
		p = r.apposed(p, to)
		if counted >= 0 {
			p.from = counted
		}
		list = append(list, p)
		next = p.to
		if n := r.run(next, meant); n > 0 { // opposing counsel, I mean co-counsel
			if q, ok := r.someone(r.pastDeterminers(next+n), to, false); ok {
				list[len(list)-1], next = q, q.to
			}
		}
		k := next
		for k < to && (r.tok(k).is(",", "and", "&", "+", "as", "well") || r.tok(k).is("/") && r.tok(k+1).capital()) {
			k++
		}
		if k == next || k >= to {
			return list, next
		}
		if _, more := r.someone(r.pastDeterminers(k), to, false); !more && !(loose && r.smallName(k, to) && r.tok(k-1).is("and", "&")) {
			return list, next
		}
		next = k
	}
	return list, next
}

func (r *reading) pastDeterminers(i int) int {
	for determiners[r.tok(i).low] {
		if _, ok := r.roleAt(i); ok {
			break
		}
		i++
	}
	return i
}

// trimJoint steps back over joining words that led nowhere.
func trimJoint(r *reading, from, i int) int {
	for i > from && r.tok(i-1).is(",", "and", "&") {
		i--
	}
	return i
}

// someone reads one of a list of people at i.
func (r *reading) someone(i, to int, loose bool) (person, bool) {
	if r.isDead(i) || i >= to {
		return person{}, false
	}
	if r.tok(i).is("everyone", "everybody") {
		return person{from: i, to: i + 1}, true
	}
	p, ok := r.roleAt(i)
	if ok && strings.HasSuffix(r.tok(p.to-1).low, "'s") && p.to < to && r.tok(p.to).kind == word && !prepositions[r.tok(p.to).low] {
		q, found := r.roleAt(p.to)
		if !found {
			q, found = r.roleAt(p.to + 1) // the court's scheduling clerk
		}
		if found && q.to <= to { // the client's accountant
			q.from, q.with = i, strings.TrimSpace(q.with)
			if generic[q.with] {
				q.with = string(r.said(i, q.to))
			}
			return q, true
		}
		return p, ok
	}
	if ok {
		if name, named := r.personAt(p.to); named && p.to < to { // Judge Smith
			if q, found := r.roleAt(r.pastOwner(name.to)); found && r.owns(name.to) && q.to <= to {
				return person{with: string(r.said(i, q.to)), code: q.code, from: i, to: q.to}, true
			}
			if p.with == "judge" || p.with == "magistrate" || p.with == "expert" || p.with == "witness" {
				return person{with: upper(p.with) + " " + name.with, code: p.code, from: i, to: name.to}.plainFor(p.with, name), true
			}
			return person{with: name.with, code: p.code, from: i, to: name.to}, true
		}
		return p, true
	}
	if p, ok = r.personAt(i); ok && p.to <= to {
		if q, found := r.roleAt(p.to); found && p.to == i+1 && r.tok(i).text == strings.ToUpper(r.tok(i).text) && len(r.tok(i).text) < 5 && !generic[q.with] && !r.loud && q.to <= to { // IT vendor
			q.from = i
			if owner, counsel := r.roleAt(q.to); counsel && r.owns(q.to) { // JV partner's counsel
				return person{with: string(r.said(i, owner.to)), code: owner.code, from: i, to: owner.to}, true
			}
			return q, true
		}
		if q, found := r.roleAt(r.pastOwner(p.to)); found && (r.owns(p.to) || generic[q.with]) && q.to <= to { // Judge Ruiz's clerk, Tokyo counsel
			return person{with: string(r.said(i, q.to)), code: q.code, from: i, to: q.to}, true
		}
		return p, true
	}
	if r.tok(i).kind == word && strings.HasSuffix(r.tok(i).low, "'s") {
		for k := i + 1; k < i+3; k++ { // wife's attorney, the hospital's records custodian
			if q, found := r.roleAt(k); found && q.to <= to {
				return person{with: string(r.said(i, q.to)), code: q.code, from: i, to: q.to}, true
			}
		}
	}
	if !loose || r.tok(i).kind != word || prepositions[r.tok(i).low] {
		return person{}, false
	}
	j := i
	for j < to && j < i+4 && r.tok(j).kind == word && !prepositions[r.tok(j).low] && !r.tok(j).is("and", "then") && !r.isDead(j) {
		if _, timed := r.timeOver(j); timed {
			break
		}
		if q, found := r.roleAt(j); found && j > i {
			return person{with: q.with, code: q.code, from: i, to: q.to}, true
		}
		j++
	}
	return person{with: string(r.said(i, j)), code: "A108", from: i, to: j}, true
}

// acronym reports whether the word at i is a few capitals.
func (r *reading) acronym(i int) bool {
	t := r.tok(i)
	return t.kind == word && !r.loud && len(t.text) > 1 && len(t.text) < 6 && t.text == strings.ToUpper(t.text)
}

// smallName reports whether a single word at i that means nothing here ends what
// was said, or stands before a preposition: a name, in a line without capitals.
func (r *reading) smallName(i, to int) bool {
	t, after := r.tok(i), r.tok(i+1)
	if !r.allSmall || t.kind != word || i >= to || len(t.low) < 3 || prepositions[t.low] || determiners[t.low] || empties[t.low] || lemmas[t.low] != "" || events[t.low] || common[t.low] {
		return false
	}
	return i+1 >= to || after.is("re", "about", "regarding", "on", "and", ",", "&")
}

// generic are roles that say nothing without whose they are.
var generic = set(`attorney attorneys lawyer lawyers counsel chambers office`)

// owns reports whether the name that ends at i is in the possessive.
func (r *reading) owns(i int) bool {
	return strings.HasSuffix(r.tok(i-1).low, "'s") || r.pastOwner(i) > i
}

// pastOwner skips the sign of a possessive such as Reyes'.
func (r *reading) pastOwner(i int) int {
	if r.tok(i).is("'") && r.tok(i).glued && strings.HasSuffix(r.tok(i-1).low, "s") {
		return i + 1
	}
	return i
}

// apposed reads who p is, where that is said after the name: "Sarah, my
// associate", "J. Smith (client)".
func (r *reading) apposed(p person, to int) person {
	if _, role := r.roleAt(p.from); role {
		return p
	}
	i, open := p.to, r.tok(p.to).is("(")
	if !open && !r.tok(i).is(",") {
		return p
	}
	at := r.pastDeterminers(i + 1)
	q, ok := r.roleAt(at)
	if !ok || q.to > to {
		return p
	}
	end := q.to
	after := r.tok(end)
	switch {
	case open && !after.is(")"):
		return p
	case open:
		end++
	case after.is("and", "&") || after.is(",") && r.tok(end+1).is("and", "&"):
		return p
	case after.kind == word && !prepositions[after.low] && !r.starts(end) && !r.timeBegins(end):
		return p
	}
	p.to, p.code = end, q.code
	if p.said != "" {
		p.said = "" // as it was said, with the role
	}
	return p
}

// plainFor names an expert or witness by the name alone, a judge with the title.
func (p person) plainFor(with string, name person) person {
	if with == "expert" || with == "witness" {
		p.with = name.with
	}
	return p
}

// codeWith returns the UTBMS activity of communicating with people: the client
// outranks other counsel, they outrank third parties, and those the firm's own.
func codeWith(list []person) string {
	for _, code := range []string{"A106", "A107", "A108", "A105"} {
		for _, p := range list {
			if p.code == code {
				return code
			}
		}
	}
	return ""
}

func withOf(list []person) []billing.Privileged {
	var out []billing.Privileged
	seen := map[string]bool{"": true}
	for _, p := range list {
		if !seen[p.with] {
			seen[p.with] = true
			out = append(out, billing.Privileged(p.with))
		}
	}
	return out
}

func upper(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
