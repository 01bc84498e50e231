package narrate

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/draft/prose"
)

// stages are what people write at the end of a name for how far a document is.
var stages = prose.Set("final clean executed signed draft filed conformed redacted unredacted cln")

// readMarks takes the marks of versions, stages, dates, copies and document
// management off a name's words. The marks of version and stage come back, in
// the order in which they stand.
func readMarks(ws []string) (rest, marks []string) {
	add := func(m string) {
		if m != "" && !slices.Contains(marks, m) {
			marks = append(marks, m)
		}
	}
	for len(ws) > 0 {
		n, mark := lastMark(ws, len(marks) > 0)
		if n == 0 || n == len(ws) && mark != "" && !strings.HasPrefix(mark, "v") && len(marks) == 0 {
			break // a document that is called "Draft"
		}
		ws = ws[:len(ws)-n]
		add(mark)
	}
	slices.Reverse(marks)
	for len(ws) > 0 {
		n, mark := firstMark(ws)
		if n == 0 || n == len(ws) && mark != "" {
			break
		}
		ws = ws[n:]
		add(mark)
	}
	return ws, marks
}

// lastMark returns how many words at the end of ws are one mark, 0 for none, and
// the mark where it says something.
func lastMark(ws []string, marked bool) (n int, mark string) {
	last := bare(ws[len(ws)-1])
	low := strings.ToLower(last)
	before := ""
	if len(ws) > 1 {
		before = strings.ToLower(bare(ws[len(ws)-2]))
	}
	if n := dateAtEnd(ws); n > 0 {
		return n, ""
	}
	if n, mark := commentsAtEnd(ws); n > 0 {
		return n, mark
	}
	switch {
	case last == "": // a dash that is left
		return 1, ""
	case version(low) != "" && before == "to" && len(ws) > 2 && version(strings.ToLower(bare(ws[len(ws)-3]))) != "":
		return 3, version(strings.ToLower(bare(ws[len(ws)-3]))) + " to " + version(low)
	case version(low) != "":
		return 1, version(low)
	case allDigits(low) && len(low) <= 3 && (before == "v" || before == "ver" || before == "version" || before == "rev" || before == "r"):
		return 2, "v" + low
	case ws[len(ws)-1][0] == '(' && allDigits(low) && len(low) <= 3: // (2)
		return 1, ""
	case allDigits(low) && len(low) <= 2 && (before == "draft" || before == "final"):
		return 2, before + " " + low
	case allDigits(low) && len(low) <= 2 && allDigits(before) && len(before) >= 7 && len(before) <= 9: // a number of iManage and its version
		return 2, "v" + low
	case netDocuments(low) != "":
		return 1, strings.TrimPrefix(netDocuments(low), "-")
	case isHash(low), allDigits(low) && len(low) >= 7:
		return 1, ""
	case low == "copy", low == "of" && before == "copy":
		return 1 + btoi(low == "of"), ""
	case (low == "filed" || low == "signed" || low == "executed") && before == "as":
		return 2, low
	case low == "final" && before == "final":
		return 2, "final"
	case low == "cln":
		return 1, "clean"
	case stages[low]:
		return 1, low
	case marked && len(last) >= 2 && len(last) <= 3 && !hasLower(last) && hasUpper(last) && digitsIn(last) == 0 && marksEnd(ws[:len(ws)-1]):
		return 1, "" // the reviser's initials, after another mark only
	}
	if len(ws) > 1 && len(last) >= 2 && len(last) <= 3 && !hasLower(last) && hasUpper(last) && digitsIn(last) == 0 && marksEnd(ws[:len(ws)-1]) {
		return 1, ""
	}
	return 0, ""
}

// marksEnd reports whether ws ends with a version or a stage, so that the
// capitals after it are somebody's initials.
func marksEnd(ws []string) bool {
	if len(ws) < 2 {
		return false
	}
	low := strings.ToLower(bare(ws[len(ws)-1]))
	return version(low) != "" || stages[low]
}

// firstMark is [lastMark] for the beginning of a name.
func firstMark(ws []string) (n int, mark string) {
	w := bare(ws[0])
	low := strings.ToLower(w)
	next := ""
	if len(ws) > 1 {
		next = strings.ToLower(bare(ws[1]))
	}
	switch {
	case w == "":
		return 1, ""
	case len(ws) > 1 && low == "copy" && next == "of":
		return 2, ""
	case len(ws) > 1 && (low == "draft" || low == "executed" || low == "signed" || low == "cln"):
		if low == "cln" {
			low = "clean"
		}
		return 1, low
	case netDocuments(low) != "":
		return 1, strings.TrimPrefix(netDocuments(low), "-")
	case allDigits(low) && len(low) >= 7 && len(low) <= 9 && allDigits(next) && len(next) <= 2 && date(low) == 0:
		return 2, "v" + next
	case isHash(low):
		return 1, ""
	case allDigits(low) && len(low) >= 7:
		return 1, ""
	}
	return dateAtStart(ws), ""
}

// version reads a version that is one word: "v3", "ver2", "rev.2", "r12", "v1.2",
// "vf"; "" for anything else.
func version(w string) string {
	if w == "vf" || w == "vfinal" {
		return "final"
	}
	for _, p := range [...]string{"version", "ver", "v", "rev", "r"} {
		rest, ok := strings.CutPrefix(w, p)
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, ".")
		major, minor, dotted := strings.Cut(rest, ".")
		if allDigits(major) && len(major) <= 3 && (!dotted || allDigits(minor) && len(minor) <= 2) {
			return "v" + rest
		}
	}
	return ""
}

// netDocuments reads a document's number as NetDocuments writes it,
// "4821-1234-5678.v2": the version, "-" without one, "" for anything else.
func netDocuments(w string) string {
	if len(w) < 14 || w[4] != '-' {
		return ""
	}
	id, v, found := strings.Cut(w, ".")
	if !found {
		id, v, found = strings.Cut(w, "v")
		if found {
			v = "v" + v
		}
	}
	parts := strings.Split(strings.TrimRight(id, "-,"), "-")
	if len(parts) != 3 {
		return ""
	}
	for _, p := range parts {
		if len(p) != 4 || !allDigits(p) {
			return ""
		}
	}
	if found {
		return version(v)
	}
	return "-"
}

// commentsAtEnd reads a last bracket, or what follows a last dash, that says
// whose comments a version has: "(Reed cmts)", "- JR edits".
func commentsAtEnd(ws []string) (n int, mark string) {
	last := strings.ToLower(bare(ws[len(ws)-1]))
	switch last {
	case "cmts", "comments", "edits", "changes", "revisions", "redline", "markup":
	default:
		return 0, ""
	}
	bracket := strings.HasSuffix(ws[len(ws)-1], ")") || strings.HasSuffix(ws[len(ws)-1], "]")
	for i := len(ws) - 1; i >= 0 && i >= len(ws)-4; i-- {
		switch dash := ws[i] == "-" || ws[i] == "–"; {
		case bracket && (ws[i][0] == '(' || ws[i][0] == '['), dash && !bracket && i > 0:
			from := i + btoi(dash)
			return len(ws) - i, strings.TrimSpace(strings.Trim(strings.Join(ws[from:], " "), "()[]"))
		}
	}
	return 0, ""
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
