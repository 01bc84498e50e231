package document

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"strings"
)

// marks match what people and programs put at the end of a name to tell one
// version of a document from the next. A mark stands alone: "final" in
// "quarterfinal" is none.
var marks = []*regexp.Regexp{
	regexp.MustCompile(`[ ._-]*\((?:\d{1,3}|copy|final|draft|clean|redline|signed)\)$`),        // (2)
	regexp.MustCompile(`[ ._-]+(?:v|ver|version|rev|revision|r)[ ._-]?\d{1,3}(?:\.\d{1,3})*$`), // v3, _rev2, v1.2
	regexp.MustCompile(`[ ._-]+(?:copy(?:[ ._-]\d{1,2})?|final|draft|clean|redlined?|signed|executed|edits?|comments|track(?:ed)?[ ._-]changes)$`),
	regexp.MustCompile(`[ ._-]+(?:draft|final)[ ._-]?\d{1,3}$`),
	regexp.MustCompile(`[ ._-]+(?:19|20)\d{2}[ ._-]?(?:0[1-9]|1[0-2])[ ._-]?(?:[0-2]\d|3[01])$`), // 2026-11-03
	regexp.MustCompile(`[ ._-]+(?:[0-2]?\d|3[01])[._-](?:[0-2]?\d|3[01])[._-](?:\d{4}|\d{2})$`),  // 11.03.26
}

// initials match the reviser's: two or three capitals set off at the end.
// Alone they may as well be the kind of document (Acme_NDA, Acme_SOW), so they
// count in brackets or after another mark only: "Brief (JR)", "Brief_v2_JR".
var initials = regexp.MustCompile(`([ ._-]+|[ ._-]*\()[A-Z]{2,3}(\)?)$`)

// lineage returns what the versions of one document have in common: its id,
// where a document management system put one into its name, whichever folder it
// lies in; else its folder and its name without extension and version marks, in
// lower case.
func lineage(p string) string {
	dir, base := path.Split(p)
	name, _ := cutConflict(strings.TrimSpace(stem(base)))
	if name == "" {
		name = base
	}
	if f, ok := readFiled(name, PlaceOf(dir)); ok && !f.partial {
		return f.id
	} else if ok {
		dir, name = f.id+" ", f.name
	}
	for range 8 { // more marks than anyone writes
		short, _ := cutConflict(name)
		short = strings.TrimRight(strip(short), " ._-")
		if short == "" || short == name {
			break
		}
		name = short
	}
	return strings.ToLower(dir + name)
}

// strip removes one mark from the end of name.
func strip(name string) string {
	if at := initials.FindStringSubmatchIndex(name); at != nil && at[0] > 0 {
		short, bracketed := name[:at[0]], at[4] < at[5]
		if bracketed || stripMark(short) != short {
			return short
		}
	}
	return stripMark(name)
}

func stripMark(name string) string {
	low := strings.ToLower(name)
	if len(low) != len(name) { // a letter whose cases differ in length
		return name
	}
	for _, m := range marks {
		if at := m.FindStringIndex(low); at != nil && at[0] > 0 {
			return name[:at[0]]
		}
	}
	return name
}

// thread names a lineage without revealing it: observations of one document's
// versions, and no others, share it.
func thread(absolute string) string {
	sum := sha256.Sum256([]byte(lineage(absolute)))
	return "document:" + hex.EncodeToString(sum[:10])
}
