package note

import (
	"maps"
	"slices"
	"strings"
)

// How work is done with others.
const (
	byPlain = iota
	byCall  // over the telephone
	byVideo
	byMeeting
	byMail
	byText
	byVoicemail
	byEvent // a hearing, a trial: the noun is the work
)

// act is something that timekeepers do.
type act struct {
	kind int
	bill string // how a bill says it: "Draft"
	code string // UTBMS activity; "" where it depends on whom it was with
	ing  string // "drafting"
}

// plainVerbs are the verbs of legal work, by their plain form.
var plainVerbs = readVerbs()

// verbTable lists verbs after the UTBMS activity that they are; "-" is for: by
// whom it was with, or nothing. After "=" stands how a bill says it; "_" is a space.
var verbTable = `
A101 map_out=outline plan prepare prep=prepare strategize outline brainstorm rehearse
A102 dig_into=research read_up=research research look_into=research shepardize cite-check pull_cases=research
A103 knock_out=draft crank_out=draft write_up work_up=prepare clean_up=revise touch_up=revise revamp retool annotate blueline mark_up draft revise edit redraft redline finalize proofread rewrite update write compose amend supplement modify polish incorporate insert summarize mark proofing=proofread format fix=revise complete tweak=revise rework=revise type=draft blackline input=revise dictate put_together=prepare
A104 review analyze read=review examine study evaluate assess compare consider inspect skim=review check scrutinize peruse rev=review look_at=review look_over=review look_through=review go_over=review go_through=review calculate investigate verify cross-check digest inventory vet=review parse=review catch_up=review comb_through=review page_through=review sift_through=review dig_through=review flip_through=review watch transcribe audit
A105 train supervise mentor
A109 sit_in=attend second_chair waited=wait attend appear argue depose defend cross-examine testify observe second-chair participate take conduct
A110 organize index scan copy upload download file e-file=e-file efile=e-file serve compile assemble bates_stamp bates_label label sort archive print record serve
A111 travel drive fly commute
- mailed=mail faxed=fax couriered=send help assist translate contact liaise hammer_out=negotiate iron_out=negotiate relay convey communicate reach_out=reach_out touch_base=confer check_in=confer connect=confer briefed=brief debriefed=debrief remind instruct explain chase=follow_up inquire escalate explore request retain engage hire select wrap_up=complete finish_up=complete paid=pay pulled=obtain ran=run formed=form assigned=assign delegate begin continue start finish resume negotiate advise counsel coordinate follow_up respond reply send forward discuss interview consult confirm arrange schedule work=work deal=handle handle leave sign execute notarize join produce
- obtain request gather identify submit settle resolve go set create develop build design present provide answer ask get=obtain receive circulate transmit exchange notify inform report meet_and_confer address monitor track close open transfer reconcile calendar docket collect prosecute object oppose move petition subpoena tour visit walk
`

var irregular = map[string]string{
	"wrote": "write", "written": "write", "rewrote": "rewrite", "took": "take", "taken": "take", "drove": "drive", "flew": "fly", "sent": "send", "left": "leave", "met": "meet",
	"spoke": "speak", "spoken": "speak", "rang": "ring", "went": "go", "gone": "go", "got": "get", "dealt": "deal", "built": "build", "rev'd": "rev", "reved": "rev", "rev": "rev",
	"prepped": "prep", "prepping": "prep", "read": "read", "read-through": "read", "began": "begin", "had": "have", "did": "do", "texted": "text", "dialed": "dial", "set": "set",
	"analyse": "analyze", "analysed": "analyze", "analysing": "analyze", "analyzed": "analyze", "organise": "organize", "organised": "organize", "organising": "organize",
	"finalise": "finalize", "finalised": "finalize", "finalising": "finalize", "summarise": "summarize", "summarised": "summarize", "summarising": "summarize",
	"travelled": "travel", "travelling": "travel", "e-mailed": "email", "conf'd": "confer", "conferenced": "conference", "oversaw": "supervise", "sat": "sit", "corresponded": "correspond",
	"rec'd": "receive", "recd": "receive", "rcvd": "receive", "rcv'd": "receive", "revg": "rev", "rev'g": "rev", "tcs": "tc",
	"attd": "attend", "att'd": "attend", "attdg": "attend", "con": "conf", "perusal": "peruse",
	"rvw": "review", "rvwd": "review", "rvw'd": "review", "revd": "review", "drft": "draft", "drftd": "draft", "dft": "draft", "rsch": "research", "rschd": "research", "resrch": "research", "drafting": "draft", "prep'd": "prep", "f/u": "followup", "skimmed": "skim", "skimming": "skim", "planned": "plan", "planning": "plan", "efiled": "efile", "efiling": "efile",
	"em": "email", "conferring": "confer", "conferred": "confer", "submitted": "submit", "submitting": "submit", "chatted": "chat", "chatting": "chat", "dropped": "drop", "held": "hold", "redid": "revise", "gave": "give", "waited": "waited", "pulled": "pulled", "mailed": "mailed", "mailing": "mailed", "faxed": "faxed", "faxing": "faxed", "briefed": "briefed", "debriefed": "debriefed", "briefing": "briefed", "pinged": "ping", "paid": "paid", "paying": "paid", "pulling": "pulled", "ran": "ran", "proofing": "proofing", "proofed": "proofing", "waiting": "waited", "formed": "formed", "forming": "formed", "assigned": "assigned", "assigning": "assigned", "e": "e", "prepared": "prepare",
}

// speaking are the verbs and nouns of communicating, by plain form.
var speaking = map[string]act{
	"call": {kind: byCall}, "phone": {kind: byCall}, "telephone": {kind: byCall}, "ring": {kind: byCall}, "dial": {kind: byCall}, "teleconference": {kind: byCall}, "telecon": {kind: byCall},
	"tc": {kind: byCall}, "t/c": {kind: byCall}, "p/c": {kind: byCall}, "telcon": {kind: byCall}, "telcons": {kind: byCall}, "mtg": {kind: byMeeting}, "mtgs": {kind: byMeeting}, "mtg's": {kind: byMeeting},
	"zoom": {kind: byVideo}, "videoconference": {kind: byVideo}, "webex": {kind: byVideo}, "skype": {kind: byVideo}, "skyped": {kind: byVideo}, "zoomed": {kind: byVideo}, "ping": {kind: byMail}, "whatsapp": {kind: byText}, "slack": {kind: byText}, "sms": {kind: byText}, "facetime": {kind: byVideo},
	"meet": {kind: byMeeting}, "meeting": {kind: byMeeting}, "meetings": {kind: byMeeting}, "confer": {kind: byMeeting}, "conference": {kind: byMeeting}, "conf": {kind: byMeeting}, "conferences": {kind: byMeeting}, "speak": {kind: byMeeting}, "talk": {kind: byMeeting},
	"discussion": {kind: byMeeting}, "discussions": {kind: byMeeting}, "conversation": {kind: byMeeting}, "chat": {kind: byMeeting}, "huddle": {kind: byMeeting}, "sit-down": {kind: byMeeting},
	"email": {kind: byMail}, "e-mail": {kind: byMail}, "correspond": {kind: byMail}, "correspondence": {kind: byMail}, "corr": {kind: byMail}, "letter": {kind: byMail}, "letters": {kind: byMail}, "message": {kind: byMail}, "ltr": {kind: byMail},
	"text": {kind: byText}, "voicemail": {kind: byVoicemail}, "voicemails": {kind: byVoicemail}, "vm": {kind: byVoicemail},
	"lm": {kind: byVoicemail}, "l/m": {kind: byVoicemail}, "lvm": {kind: byVoicemail}, "v/m": {kind: byVoicemail}, "lmom": {kind: byVoicemail},
	"tct": {kind: byCall}, "tcf": {kind: byCall}, "tcw": {kind: byCall},
}

// events are the nouns that are attended.
var events = set(`hearing deposition depo trial mediation arbitration argument conference-with-court docket-call closing signing
	inspection arraignment sentencing voir-dire webinar cle dep appearance appearances`)

// prepositions begin what says more about the work, never another activity.
var prepositions = set(`about re regarding concerning on with to from for of in at by over against between through into w/ w/o without before after under within per as via toward towards during because whether that which who if than incl including`)

// empties say nothing about the work.
var empties = set(`i we i've i'd i'm we've was were am been have had be did do doing spent spend the a an and then also just so today quick brief short quickly briefly it me
	my our plus next finally first another some for of on at from to in with about no wait well okay ok oh each this morning afternoon yesterday tonight more total`)

func readVerbs() map[string]*act {
	out := map[string]*act{}
	for _, row := range strings.Split(strings.TrimSpace(verbTable), "\n") {
		fields := strings.Fields(row)
		for _, f := range fields[1:] {
			plain, bill, renamed := strings.Cut(strings.ReplaceAll(f, "_", " "), "=")
			if !renamed {
				bill = plain
			}
			a := &act{bill: bill, ing: gerund(bill)}
			if fields[0] != "-" {
				a.code = fields[0]
			}
			out[plain] = a
		}
	}
	return out
}

// lemmas maps every form of a verb, or of a noun of communicating, to its plain
// form.
var lemmas = readLemmas()

func readLemmas() map[string]string {
	out := map[string]string{}
	for _, plain := range slices.Sorted(maps.Keys(plainVerbs)) {
		first, _, _ := strings.Cut(plain, " ")
		forms(out, first)
	}
	for _, plain := range slices.Sorted(maps.Keys(speaking)) {
		forms(out, plain)
	}
	for _, plain := range []string{"touch", "reach", "check", "wrap", "dig", "clean", "catch", "hammer", "iron", "map", "knock", "crank", "comb", "sift", "flip", "page", "cross", "look", "go", "speak", "sit", "follow", "hold", "have", "cite"} {
		forms(out, plain)
	}
	for form, plain := range irregular {
		out[form] = plain
	}
	return out
}

// forms adds the forms of a regular verb. What is a plain form already stays one.
func forms(out map[string]string, plain string) {
	stem := strings.TrimSuffix(plain, "e")
	for _, f := range []string{plain + "s", plain + "es", plain + "ed", plain + "d", plain + "ing", stem + "ing"} {
		if old, taken := out[f]; !taken || old != f {
			out[f] = plain
		}
	}
	if y, ok := strings.CutSuffix(plain, "y"); ok {
		out[y+"ied"], out[y+"ies"] = plain, plain
	}
	out[plain] = plain
}

// gerund returns the -ing form of the first word of a verb.
func gerund(plain string) string {
	first, rest, more := strings.Cut(plain, " ")
	switch {
	case strings.HasSuffix(first, "ee"), strings.HasSuffix(first, "ye"):
	case strings.HasSuffix(first, "e"):
		first = strings.TrimSuffix(first, "e")
	case first == "plan" || first == "submit" || first == "get" || first == "set" || first == "prep":
		first += first[len(first)-1:]
	}
	if more {
		return first + "ing " + rest
	}
	return first + "ing"
}

// lemma returns the plain form of a verb or of a noun of communicating.
func lemma(low string) (string, bool) {
	l, ok := lemmas[strings.TrimSuffix(low, "'s")]
	return l, ok && !strings.HasSuffix(low, "'s")
}

// verbAt reads a plain verb at i, of one or two words.
func (r *reading) verbAt(i int) (a *act, next int) {
	l, ok := lemma(r.tok(i).low)
	if !ok || r.tok(i).kind != word {
		return nil, i
	}
	if r.tok(i+1).kind == word {
		if next, _ := lemma(r.tok(i + 1).low); l == "cite" && next == "check" {
			return plainVerbs["cite-check"], i + 2
		}
		if a := plainVerbs[l+" "+r.tok(i+1).low]; a != nil {
			return a, i + 2
		}
		if n := r.match(i, []string{r.tok(i).low, "and", "confer"}); n > 0 && l == "meet" {
			return plainVerbs["meet and confer"], i + 3
		}
	} else if r.tok(i+1).is("-") && r.tok(i+1).glued && r.tok(i+2).glued {
		for _, joint := range []string{"-", " "} {
			if a := plainVerbs[l+joint+r.tok(i+2).low]; a != nil {
				return a, i + 3
			}
			if whole, ok := lemmas[r.tok(i+2).low]; ok && plainVerbs[l+joint+whole] != nil {
				return plainVerbs[l+joint+whole], i + 3
			}
		}
	}
	if a := plainVerbs[l]; a != nil {
		return a, i + 1
	}
	return nil, i
}

// starts reports whether a new activity may begin at i: a verb, or a noun of
// communicating or attending, after articles and words such as "quick".
func (r *reading) starts(i int) bool {
	article := false
	for r.tok(i).is("a", "an", "the", "quick", "brief", "short", "quickly", "briefly", "also", "just", "another", "i", "we", "i've", "long", "internal", "one", "conference", "phone", "telephone", "video") && i < len(r.toks) {
		if r.tok(i).is("conference", "phone", "telephone", "video") && !r.tok(i+1).is("call", "calls", "conference", "conferences") {
			break
		}
		article = article || r.tok(i).is("the", "a", "an")
		i++
	}
	t := r.tok(i)
	if t.kind != word {
		return false
	}
	if r.eventAt(i) {
		return true
	}
	if _, ok := r.roleAt(i); ok {
		return false
	}
	if l, ok := lemma(t.low); ok {
		if _, talks := speaking[l]; talks {
			return true
		}
		if a, _ := r.verbAt(i); a != nil {
			if article {
				return r.tok(i).is("review") && r.tok(i+1).is("of")
			}
			if r.tok(i).is("sent", "set", "closing", "opening", "present", "record", "object", "index", "type", "label", "copy", "print", "second", "move", "format", "report", "answer", "request", "supplement", "moving", "proposed", "amended", "signed", "executed", "revised", "updated", "closed", "open", "close", "counsel", "settled") {
				return r.tok(i).is("sent") || determiners[r.tok(i+1).low] && r.tok(i-1).kind != word
			}
			return true
		}
		return l == "follow" && r.tok(i+1).is("up") || (l == "sit" || l == "hold") && r.tok(i+1).kind == word
	}
	return false
}

// eventAt reports whether the noun at i is attended, rather than part of another:
// "deposition", not "deposition outline".
func (r *reading) eventAt(i int) bool {
	if !events[r.tok(i).low] {
		return false
	}
	after := r.tok(i + 1)
	_, timed := r.timeOver(i + 1)
	return after.kind != word || timed || prepositions[after.low] || after.is("and", "then", "today", "i", "we", "this", "which", "took", "prep", "preparation") || after.is("day") && r.tok(i+2).kind == number || strings.HasSuffix(after.low, "ing")
}

var determiners = set(`the a an my our their his her its this that these those all each both client's`)
