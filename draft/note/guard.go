package note

// numbered are the words before a number that says which, not how long: Rule
// 2.1, section 1.2, motion 2.1, version 2.3.
var numbered = set(`rule rules section sections sec § ¶ article articles art exhibit ex exh no nos number # page p pp
	line tab chapter ch part count claim paragraph paragraphs para volume vol version v appendix
	request interrogatory rfp rfa rog dkt ecf bates suite room phase item form
	sections rules articles exhibits exhs schedule schedules sch sched scheds cl cls clauses annex annexes appendices appx app attachment attachments addendum addenda
	par pars paras ¶¶ §§ ss versions forms parts counts claims volumes chapters chs lines tabs items requests interrogatories rogs rfps rfas topics topic
	question questions recital recitals regulation regulations regs stat statute ord ordinance subdivision subd subpart footnote footnotes fn slide slides row rows
	column columns col cols draft-no build release lots bates cplr frcp fre frap ccp cpr ucc irc orc rcw rsa rpc crpc usca nac mca wac plr sop
	step level $ € £ on dated point clause subsection table figure unit lot reg cfr usc`)

// versions are those whose numbers may be below one.
var versions = set(`version versions v $ € £ # no ecf dkt build release`)

// counted are the words after a number that says how many or how much.
var countedThings = set(`million billion thousand trillion k mm bn % percent pct mile miles acre acres gb mb tb kb pages page x times degrees feet foot
	dollars bucks usd points shares units inches meters km lbs pounds sf`)

// named are the words after a duration that make it part of a name: a 24-hour
// notice, a minute order, an hour ago.
var named = set(`notice notices deadline deadlines period hold window limit limits extension rule ago later old order orders entry entries book books earlier away`)

// lastsItself reports whether the duration in [i, j) stands in brackets after
// what lasts by itself, and the work has another time: "tape (22 min) reviewed 0.9".
func (r *reading) lastsItself(i, j int) bool {
	return r.tok(i-1).is("(") && r.tok(j).is(")") && recorded[r.tok(i-2).low] && r.timeIn(j+1, r.pieceEnd(j+1))
}

// recorded are what lasts by itself, however long it took to go through: "three
// hours of footage".
var recorded = set(`video videos footage audio tape tapes recording recordings film cctv bodycam bwc testimony`)

// guarded reports whether the number in [i, j) is one that says which or how
// many, so that it is no duration.
func (r *reading) guarded(i, j int) bool {
	before, after := r.tok(i-1), r.tok(j)
	switch {
	case r.namesThing(i, j):
		return true
	case before.is(",", "and", "&", "or", "to", "-", "through", "thru") && r.listedName(i, j):
		return true
	case before.is("motion") && !r.belowOne(i, j) && !(r.tok(i-2).is("on") && (after.kind == line || after.is(",", ";"))) && (i < 2 || prepositions[r.tok(i-2).low]):
		return true
	case before.is("-", "/", ":", "+") && before.glued && r.tok(i).glued && !r.bulletBefore(i-1):
		return true
	case before.kind == word && r.tok(i).glued: // A1.2
		return true
	case countedThings[after.low] && after.kind != line:
		return true
	case after.is("(", "/", "+") && after.glued, after.is("-") && after.glued && r.tok(j+1).glued:
		return true
	case after.is(".") && after.glued && r.tok(j+1).glued && r.tok(j+1).kind == number: // 1.2.3
		return true
	case after.is("of") && r.tok(j+1).is("the", "this", "that", "our", "its") && !(len(r.whens) > 0 && r.run(j, insideOf) > 0):
		return true
	case after.is("of") && r.tok(i).point && before.kind == word && !r.belowOne(i, j) && r.nounBefore(i) && !r.tok(j+1).is("it", "which") && !r.starts(i-1): // lease 14.2 of the schedule
		return true
	}
	return false
}

// namesThing reports whether the word before the number in [i, j) says that it names
// one of several.
func (r *reading) namesThing(i, j int) bool {
	k := i - 1
	if r.tok(k).is(".") && r.tok(k).glued { // cl. 4.1
		k--
	}
	before := r.tok(k)
	if before.kind == line || !numbered[before.low] || manyOf[before.low] && !r.listFollows(i, j) {
		return false
	}
	if m, ok := r.mentionAt(k - 1); ok && m.to == i { // Scott Schedule 1,5
		return false
	}
	if described[before.low] && k == i-1 && r.tok(i).point && r.tok(i).value.den == 10 && r.endsPiece(j) && r.nounBefore(k) && !r.tok(k-1).capital() && r.tok(k).text == before.low && !r.works(k-1) {
		return false // absolute priority rule 1.2
	}
	return versions[before.low] || !r.belowOne(i, j)
}

// manyOf are the words for several, which one number alone does not name:
// "revised interrogatories 1.1".
var manyOf = set(`sections rules articles exhibits exhs schedules scheds cls clauses annexes appendices attachments addenda pars paras versions forms parts counts claims
	volumes chapters lines tabs items requests interrogatories rogs rfps rfas topics questions recitals regulations regs footnotes slides rows columns cols lots pages paragraphs`)

// described are those of the words before a number that are described by the noun
// before them as often as they are numbered.
var described = set(`rule part claim form line item release level step request question table figure topic count phase release build`)

// endsPiece reports whether nothing else is said at i before work or the end.
func (r *reading) endsPiece(i int) bool {
	t := r.tok(i)
	if i >= len(r.toks) || r.partMark(i) {
		return true
	}
	return t.is(",", "and") && r.works(i+1)
}

// listFollows reports whether the number in [i, j) is the first of a list.
func (r *reading) listFollows(i, j int) bool {
	k := j
	for r.tok(k).is(",", "and", "&", "or", "to", "-", "through", "thru") {
		k++
	}
	next := r.tok(k)
	if k == j || next.kind != number || r.starts(k+1) {
		return false
	}
	return !r.tok(j).is(",") || next.value.of(1000) > r.tok(i).value.of(1000)
}

// listedName reports whether the number in [i, j) is a further one of a list
// whose first names something: "sections 4, 7 and 12.3". A smaller one after a
// comma, one after the list's "and", and one that leads to work are times.
func (r *reading) listedName(i, j int) bool {
	if r.tok(i).kind != number || r.starts(j) || r.tok(j).is("on", "for") {
		return false
	}
	k, ended, comma := i, false, false
	for first := true; k > i-longestList; first = false {
		at := k
		for r.tok(at-1).is(",", "and", "&", "or", "to", "-", "through", "thru") {
			ended = ended || !first && r.tok(at-1).is("and", "&", "or")
			comma = comma || first && r.tok(at-1).is(",") && at == k
			at--
		}
		if at == k || r.tok(at-1).kind != number {
			return false
		}
		k = at - 1
		if first && r.works(j) && r.tok(i).value.of(1000) < r.tok(k).value.of(1000) {
			return false // CPR 31.16 and 1.0 revised guaranty
		}
		if dash := r.tok(i - 1); first && dash.is("-") && !dash.glued && (ended || !r.spans(k, i) || !r.timeIn(j, r.pieceEnd(j))) {
			return false // exhibits 1.1 and 1.2 - 0.4
		}
		if first && comma && (r.belowOne(i, j) || r.tok(i).value.of(1000) < r.tok(k).value.of(1000)) {
			return false
		}
		if r.namesThing(k, k+1) {
			return !(ended && (comma || r.belowOne(i, j) || r.works(j))) && (!r.belowOne(i, j) || versions[r.tok(k-1).low])
		}
		if r.tok(k-1).kind == word && !r.tok(k-1).is("and", "or", "to", "through", "thru") {
			return false
		}
	}
	return true
}

// spans reports whether the numbers at a and b are of one form and rise, as those
// of a range do.
func (r *reading) spans(a, b int) bool {
	x, y := r.tok(a), r.tok(b)
	return x.point == y.point && y.value.of(1000) > x.value.of(1000)
}

// longestList is how many tokens back the word is looked for that a list of
// numbers began with.
const longestList = 80

// belowOne reports whether the number in [i, j) is written as less than one:
// tenths of an hour, which no rule or section has for its number.
func (r *reading) belowOne(i, j int) bool {
	v, _, _ := r.quantity(i)
	return j > i && v.den > 0 && v.num < v.den && !r.tok(i-1).is("on")
}

// bulletBefore reports whether the mark at i begins a line or stands free.
func (r *reading) bulletBefore(i int) bool {
	return i <= 0 || r.tok(i-1).kind == line || !r.tok(i).glued
}
