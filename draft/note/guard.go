package note

// numbered are the words before a number that says which, not how long: Rule
// 2.1, section 1.2, motion 2.1, version 2.3.
var numbered = set(`rule rules section sections sec § ¶ article articles art exhibit ex exh no nos number # page p pp
	line tab chapter ch part count claim paragraph paragraphs para volume vol version v appendix
	request interrogatory rfp rfa rog dkt ecf bates suite room phase item form
	step level $ € £ on dated point clause subsection table figure unit lot reg cfr usc`)

// versions are those whose numbers may be below one.
var versions = set(`version v $ € £ # no ecf dkt`)

// counted are the words after a number that says how many or how much.
var countedThings = set(`million billion thousand trillion k mm bn % percent pct mile miles acre acres gb mb tb kb pages page x times degrees feet foot
	dollars bucks usd points shares units inches meters km lbs pounds sf`)

// named are the words after a duration that make it part of a name: a 24-hour
// notice, a minute order, an hour ago.
var named = set(`notice notices deadline deadlines period hold window limit limits extension rule ago later old order orders entry entries book books earlier away`)

// guarded reports whether the number in [i, j) is one that says which or how
// many, so that it is no duration.
func (r *reading) guarded(i, j int) bool {
	before, after := r.tok(i-1), r.tok(j)
	switch {
	case numbered[before.low] && before.kind != line && (versions[before.low] || !r.belowOne(i, j)):
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
	case after.is("of") && r.tok(j+1).is("the", "this", "that", "our", "its"):
		return true
	}
	return false
}

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
