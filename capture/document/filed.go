package document

import (
	"regexp"
	"strings"
)

// filed is a name that a document management system gave a document, taken
// apart.
type filed struct {
	name string // what people call it
	// id is what the system knows the document by, whatever its version and
	// wherever it lies, in lower case.
	id string
	// partial says that id may be another document's too, unless the names are
	// the same.
	partial bool
}

var (
	// iManage Work: "Motion (ACTIVE.12345.2)", that is library, number and
	// version. Libraries are named in capitals, if not always: outside of
	// iManage's folders other names are not taken for one.
	iManageName = regexp.MustCompile(`^(.*\S)\s*\(([A-Za-z][A-Za-z0-9_-]+)[.!](\d{3,})\.(\d{1,4})\)$`)
	// FileSite and DeskSite: "#12345v2-Motion". The library is not in it.
	deskSiteName = regexp.MustCompile(`^#(\d{2,})[vV](\d{1,4})\s*-\s*(\S.*)$`)
	// NetDocuments: "Motion, 4812-3456-7890, v 2". In its folders the version
	// may be missing.
	netDocumentsName = regexp.MustCompile(`^(.*[^\s,]),?\s+(\d{4}(?:-\d{4}){2,3})(,?\s*[vV]\.?\s?\d{1,4}(?:\.\d{1,3})?)?$`)
)

// numbered matches the number of a copy of a name that is taken.
var numbered = regexp.MustCompile(`\s*\(\d{1,3}\)$`)

// readFiled takes apart the stem of a document that lies in a place as
// [PlaceOf] has it, or of a copy of one. False means that no system named it.
func readFiled(stem, in string) (filed, bool) {
	for range 8 {
		stem, _ = cutConflict(stem)
		if f, ok := readName(stem, in); ok {
			return f, true
		}
		short := numbered.ReplaceAllString(stem, "")
		if short == stem {
			break
		}
		stem = short
	}
	return filed{}, false
}

// readName does what readFiled does for a name that is no copy's.
func readName(stem, in string) (filed, bool) {
	if m := iManageName.FindStringSubmatch(stem); m != nil && (in == iManage || m[2] == strings.ToUpper(m[2])) {
		return filed{name: m[1], id: strings.ToLower("imanage:" + m[2] + "!" + m[3])}, true
	}
	if m := deskSiteName.FindStringSubmatch(stem); m != nil {
		return filed{name: m[3], id: "imanage:#" + m[1], partial: true}, true
	}
	if m := netDocumentsName.FindStringSubmatch(stem); m != nil && (in == netDocuments || m[3] != "") {
		return filed{name: m[1], id: "netdocuments:" + m[2]}, true
	}
	return filed{}, false
}

// title returns what people call the document at the absolute slash path.
func title(stem, absolute string) string {
	stem, _ = cutConflict(stem)
	if f, ok := readFiled(stem, PlaceOf(absolute)); ok {
		return f.name
	}
	return stem
}
