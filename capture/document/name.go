package document

import (
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// class is what a file's name says about it.
type class int

const (
	noise    class = iota // temporary, hidden, a backup, or nothing we observe
	document              // a document
	lock                  // a sign that a document is open, naming it
	owner                 // a sign that a document is open, with its name cut short
)

var extensions = set(`docx docm doc dotx dot odt ott rtf wpd pdf xlsx xlsm xls csv ods
	pptx ppt odp txt md pages numbers key msg eml tex html htm`)

// wordExtensions are the documents for which Word cuts the owner file's name.
var wordExtensions = set("docx docm doc dotx dot rtf")

// skipped folders hold no work: caches and packages.
var skipped = set("node_modules $recycle.bin __macosx")

// copies are the folders of NetDocuments' cache that hold copies (see isCopy).
var copies = set("backup attachments comparisons")

// swap matches the swap file of vim and the lock file of nano, which name the
// document and exist while it is open. Vim's .swx is a probe, not a lock.
var swap = regexp.MustCompile(`^\.(.+)\.sw[a-p]$`)

// temporary matches what programs write beside a document and may give a
// document's extension.
var temporary = regexp.MustCompile(`(?i)^(?:` +
	`~.*` + // Word's ~WRD0001.tmp and ~WRL0001.tmp, and older kin
	`|\..*` + // hidden, which includes .DS_Store and AppleDouble's ._NAME
	`|#.*#` + // Emacs
	`|.*~rf[0-9a-f]+\.tmp` + // OneDrive and ReplaceFile
	`|.*\.sb-[0-9a-f]{8}-[0-9a-z]{6}.*` + // macOS safe-save
	`|\(a document being saved by .*` + // NSDocument
	`|.*\.tmp|.*~|.*\.save(\.[0-9]+)?)$`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// classify says what the file at the relative slash path p is. For a document
// it returns p itself; for a lock, the path of the document it belongs to; for
// an owner file, the folder joined with what is left of the document's name.
func classify(p string) (class, string) {
	dir, base := path.Split(p)
	if inSkipped(dir) {
		return noise, ""
	}
	if of, ok := strings.CutPrefix(base, ".~lock."); ok {
		if of, ok = strings.CutSuffix(of, "#"); ok && isDocument(of) {
			return lock, dir + of
		}
		return noise, ""
	}
	if of, ok := strings.CutPrefix(base, "~$"); ok {
		if extensions[extension(of)] {
			return owner, dir + of
		}
		return noise, ""
	}
	if m := swap.FindStringSubmatch(base); m != nil {
		if isDocument(m[1]) {
			return lock, dir + m[1]
		}
		return noise, ""
	}
	if isDocument(base) {
		return document, p
	}
	return noise, ""
}

func isDocument(base string) bool {
	return extensions[extension(base)] && !temporary.MatchString(base)
}

// extension returns the lower-case extension of base without its dot. A name
// that begins with its only dot has none.
func extension(base string) string {
	i := strings.LastIndexByte(base, '.')
	if i <= 0 {
		return ""
	}
	return strings.ToLower(base[i+1:])
}

// stem returns base without its extension; "brief.odt.pdf", which is what
// exporting "brief.odt" makes, gives "brief".
func stem(base string) string {
	s := cutExtension(base)
	if inner := extension(s); extension(base) == "pdf" && inner != "pdf" && extensions[inner] {
		return cutExtension(s)
	}
	return s
}

func cutExtension(base string) string {
	if i := strings.LastIndexByte(base, '.'); i > 0 {
		return base[:i]
	}
	return base
}

// skipDir reports whether a folder called base is left out of the tree,
// wherever it is.
func skipDir(base string) bool {
	low := strings.ToLower(base)
	return strings.HasPrefix(base, ".") || skipped[low] || low == "system volume information" ||
		strings.HasPrefix(low, "(a document being saved by ") || strings.Contains(low, ".sb-")
}

// inSkipped reports whether the folder with the slash path dir is left out, by
// its own name or one in which it lies.
func inSkipped(dir string) bool {
	if isCopy(dir) {
		return true
	}
	for part := range strings.SplitSeq(dir, "/") {
		if part != "" && skipDir(part) {
			return true
		}
	}
	return false
}

// ownerFits says how well an owner file whose name ends in rest belongs to the
// document called base: 2 by the rule of the program that makes it, 1 by any
// program's, 0 not at all. Word drops nothing of a name of up to six
// characters, one of seven, two of longer ones; Excel and PowerPoint drop
// nothing.
func ownerFits(rest, base string) int {
	cut := strings.TrimSuffix(base, rest)
	if len(cut)+len(rest) != len(base) {
		return 0
	}
	dropped, want := utf8.RuneCountInString(cut), 0
	if n := utf8.RuneCountInString(stem(base)); wordExtensions[extension(base)] && n > 6 {
		want = min(n-6, 2)
	}
	switch {
	case dropped == want:
		return 2
	case dropped <= 2:
		return 1
	}
	return 0
}

// ownerOf returns the one name among bases that fits the owner file best, and
// false where none or several do.
func ownerOf(rest string, bases []string) (string, bool) {
	best, fit, ties := "", 0, 0
	for _, b := range bases {
		switch f := ownerFits(rest, b); {
		case f == 0:
		case f > fit:
			best, fit, ties = b, f, 1
		case f == fit:
			ties++
		}
	}
	return best, ties == 1
}
