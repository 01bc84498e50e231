package document

import (
	"path"
	"regexp"
)

// conflicts match what sync programs put at the end of a name when a document
// was changed in two places: the copy is a version of the document. Each is
// sure: a lawyer's own "(Conflict Waiver)", "(Case Conflict)" and "Exhibit 2"
// are none, which is why the bare numbers of iCloud are not here.
var conflicts = []*regexp.Regexp{
	// Dropbox, ownCloud, Nextcloud and Egnyte: a word for copy and one for
	// conflict in brackets, in whichever language and order.
	regexp.MustCompile(`(?i)\s*\([^()]*(?:` + copyWord + `[^()]*` + conflictWord + `|` + conflictWord + `[^()]*` + copyWord + `)[^()]*\)(?: ?\(?\d{1,3}\)?)?$`),
	regexp.MustCompile(`(?i)\s*\([^()]*` + conflictWord + `[^()]*\d{4}-\d{2}-\d{2}[^()]*\)$`),                     // a conflict and its day
	regexp.MustCompile(`(?i)\s*\(sfconflict [^()]*\)$`),                                                           // Seafile
	regexp.MustCompile(`(?i)\.sync-conflict-\d{8}-\d{6}(?:-[a-z0-9]{7})?$`),                                       // Syncthing
	regexp.MustCompile(`(?i)_conflict-\d{8}-\d{6}$`),                                                              // ownCloud of old
	regexp.MustCompile(`-(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{4,12}(?:-(?:[Cc]opy|\d{1,2}))?$`),                        // OneDrive: the computer's name
	regexp.MustCompile(`-[A-Z0-9]{2,12}-(?:PC|DESKTOP|LAPTOP|MACBOOK)(?:-(?:[Cc]opy|\d{1,2}))?$`),                 // OneDrive
	regexp.MustCompile(`-[A-Z][a-z]+s?-(?:MacBook|MBP|iMac|Mac)(?:-(?:Pro|Air|mini|Mini|Studio))?(?:-\d{1,2})?$`), // OneDrive
}

const (
	conflictWord = `(?:conflict|conflit|conflitt|konflikt|motstrid|modstrid|ristirii|競合|冲突|衝突|충돌|конфликт)`
	copyWord     = `(?:copy|copies|copie|copia|cópia|còpia|kopie|kopia|kopi|kopio|コピー|副本|复本|複本|複製|사본|копи)`
)

// cutConflict returns the stem of a name without what a sync program put at its
// end, and whether one did.
func cutConflict(stem string) (string, bool) {
	found := false
	for range 4 { // a conflict of a conflict
		short := stem
		for _, c := range conflicts {
			if at := c.FindStringIndex(stem); at != nil && at[0] > 0 {
				short = stem[:at[0]]
				break
			}
		}
		if short == stem {
			break
		}
		stem, found = short, true
	}
	return stem, found
}

// isConflict reports whether a sync program made the document at the slash path
// p of a version from elsewhere.
func isConflict(p string) bool {
	_, ok := cutConflict(stem(path.Base(p)))
	return ok
}

// conflictDoubt is what is asked about a conflict copy of which only the time of
// its last save is known.
const conflictDoubt = "a sync program made this copy, perhaps of what was saved on another computer or by somebody else; say whether it was your work"
