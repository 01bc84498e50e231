package narrate

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/prose"
)

// document narrates a day's work on one document and its versions. Saves show
// drafting and revising, a lock without a save shows reading.
func document(seen []billing.Observation) (line, string, string) {
	var edits, reviews, exports []billing.ObservationID
	var saves int64
	name := ""
	for _, o := range seen {
		switch o.Kind {
		case billing.KindEdit:
			edits = append(edits, o.ID)
			saves += max(o.Saves, 1)
			name = string(cmp.Or(o.Subject, billing.Privileged(path.Base(prose.Slashed(string(o.Path))))))
		case billing.KindReview:
			reviews = append(reviews, o.ID)
		default:
			exports = append(exports, o.ID)
		}
		if name == "" {
			name = string(o.Subject)
		}
	}
	named := slices.Concat(edits, reviews, exports)
	title := documentTitle(name)
	var l line
	switch {
	case saves > 1:
		l.add("draft and revise ", edits...)
	case saves == 1 && !appeared(seen):
		l.add("revise ", edits...)
	case saves == 1:
		l.add("save ", edits...) // all that is known of a PDF that was written once
	case len(reviews) > 0:
		l.add("review ", reviews...)
	default:
		l.add("prepare PDF of ", exports...)
	}
	l.add(title, named...)
	activity := "A103"
	if saves == 0 && len(reviews) > 0 {
		activity = "A104"
	} else if saves == 0 {
		activity = "A110"
	}
	return l, activity, title
}

// appeared reports whether what was seen is only about a PDF that was there at some moment:
// it came from a scanner or another program, and nobody was seen to edit it.
func appeared(seen []billing.Observation) bool {
	return !slices.ContainsFunc(seen, func(o billing.Observation) bool {
		return !o.Span.Empty() || !strings.EqualFold(path.Ext(prose.Slashed(string(o.Path))), ".pdf")
	})
}

var (
	extension = regexp.MustCompile(`(?i)\.(docx?|dotx?|odt|rtf|wpd|pdf|xlsx?|xlsm|csv|ods|pptx?|odp|txt|md|pages|numbers|key|msg|eml|tex|html?)$`)
	version   = regexp.MustCompile(`(?i)(?:[\s_.-]+\(?|\()(?:v|ver|version|rev|r)[\s_.]?(\d{1,3})\)?$`)
	copyMark  = regexp.MustCompile(`(?i)[\s_-]*(\(\d{1,3}\)|- copy|copy of)$`)
	stage     = regexp.MustCompile(`(?i)[\s_-]+\(?(final|clean|executed|signed|draft|filed|as filed)\)?$`)
	dateMark  = regexp.MustCompile(`^(19|20)\d\d[-_.]?\d\d[-_.]?\d\d[\s_-]+`)
)

// documentTitle turns a file name into words: "2026-11-19_motion-to-compel
// v3.docx" becomes "motion to compel (v3)".
func documentTitle(name string) string {
	s := extension.ReplaceAllString(strings.TrimSpace(name), "")
	s = dateMark.ReplaceAllString(s, "")
	var marks []string
	for {
		switch {
		case copyMark.MatchString(s):
			s = copyMark.ReplaceAllString(s, "")
			continue
		case version.MatchString(s):
			marks = append(marks, "v"+version.FindStringSubmatch(s)[1])
			s = version.ReplaceAllString(s, "")
			continue
		case stage.MatchString(s):
			marks = append(marks, strings.ToLower(stage.FindStringSubmatch(s)[1]))
			s = stage.ReplaceAllString(s, "")
			continue
		}
		break
	}
	s = strings.Join(spelled(strings.Fields(strings.ReplaceAll(s, "_", " "))), " ")
	if s == "" {
		s = strings.TrimSpace(name)
	}
	s = smallTitle(s)
	if len(marks) > 0 {
		slices.Reverse(marks)
		s += " (" + strings.Join(marks, ", ") + ")"
	}
	return s
}

// spelled takes apart words that hyphens join in place of spaces: all of a name
// that has no spaces, and runs of three or more anywhere.
func spelled(ws []string) []string {
	var out []string
	for _, w := range ws {
		if parts := strings.Split(w, "-"); len(parts) > 2 || len(ws) == 1 {
			out = append(out, parts...)
			continue
		}
		out = append(out, w)
	}
	return out
}

// smallTitle writes the words of a legal title small and leaves names and
// abbreviations as they are: "Motion To Compel Acme" is "motion to compel Acme".
func smallTitle(s string) string {
	ws := strings.Split(s, " ")
	for i, w := range ws {
		r := []rune(w)
		if len(r) > 1 && unicode.IsUpper(r[0]) && !slices.ContainsFunc(r[1:], unicode.IsUpper) && prose.Common[strings.ToLower(w)] {
			ws[i] = strings.ToLower(w)
		}
	}
	return strings.Join(ws, " ")
}
