package document

import (
	"cmp"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// The programs that keep documents in folders of their own, as people call
// them.
const (
	netDocuments = "NetDocuments"
	iManage      = "iManage"
	oneDrive     = "OneDrive"
	dropbox      = "Dropbox"
	iCloudDrive  = "iCloud Drive"
	googleDrive  = "Google Drive"
	box          = "Box"
)

// placeNames match slash paths in lower case, with a slash at the end, by the
// folders that the programs make.
var placeNames = []struct {
	name string
	in   *regexp.Regexp
}{
	{netDocuments, regexp.MustCompile(`(?:^|/)nd office echo/`)},
	{iManage, regexp.MustCompile(`(?:^|/)(?:imanage/work/recent|nrtecho|nrportbl)/`)},
	{oneDrive, regexp.MustCompile(`(?:^|/)(?:onedrive(?: - [^/]+)?|library/cloudstorage/onedrive-[^/]+)/`)},
	{dropbox, regexp.MustCompile(`(?:^|/)dropbox(?: \([^/]+\)|-[^/]+)?/`)},
	{iCloudDrive, regexp.MustCompile(`(?:^|/)(?:library/mobile documents/com~apple~clouddocs|iclouddrive)/`)},
	{googleDrive, regexp.MustCompile(`(?:^|/)(?:google drive|library/cloudstorage/googledrive-[^/]+)/`)},
	// "Box" is too plain a name to tell anything but at home.
	{box, regexp.MustCompile(`(?:^|/)(?:(?:users|home)/[^/]+/box(?: sync)?|library/cloudstorage/box-[^/]+)/`)},
}

// PlaceOf returns which program keeps what is at the path, which may be
// written in the manner of any system: "NetDocuments", "iManage", "OneDrive",
// "Dropbox", "iCloud Drive", "Google Drive" or "Box"; else "". It goes by the
// path alone, so it does not know a folder that was given another name.
func PlaceOf(name string) string {
	low := strings.TrimSuffix(strings.ToLower(slashed(name)), "/") + "/"
	for _, p := range placeNames {
		if p.in.MatchString(low) {
			return p.name
		}
	}
	return ""
}

// slashed returns a path of any system with forward slashes.
func slashed(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// Found is a folder of documents that a program keeps on this machine.
type Found struct {
	Where billing.Privileged // its path, as a [billing.SourceConfig] has it
	Name  billing.Privileged // the program's, and what tells its folders apart: "OneDrive - Smith LLP"
}

// FindFolders returns the folders of documents that document management and
// cloud programs keep for the person with the home directory; getenv is
// [os.Getenv]. Folders are where the programs put them unless told otherwise,
// or where an environment variable or Dropbox's info.json says that they are.
// No other file is opened.
func FindFolders(home string, getenv func(string) string) []Found {
	s := search{home: home, seen: map[string]bool{}}
	s.each(netDocuments, "ND Office Echo/*")
	s.documentManagement(getenv("APPDATA"))
	for _, name := range []string{"OneDriveCommercial", "OneDriveConsumer", "OneDrive"} {
		s.add(oneDrive, getenv(name))
	}
	s.each(oneDrive, "OneDrive", "OneDrive - *", "Library/CloudStorage/OneDrive-*")
	for _, info := range []string{filepath.Join(home, ".dropbox"), filepath.Join(getenv("APPDATA"), "Dropbox"),
		filepath.Join(getenv("LOCALAPPDATA"), "Dropbox")} {
		for _, where := range dropboxFolders(filepath.Join(info, "info.json")) {
			s.add(dropbox, where)
		}
	}
	s.each(dropbox, "Dropbox", "Dropbox (*)", "Library/CloudStorage/Dropbox*")
	s.each(iCloudDrive, "Library/Mobile Documents/com~apple~CloudDocs", "iCloudDrive")
	s.each(googleDrive, "Library/CloudStorage/GoogleDrive-*", "Google Drive")
	s.each(box, "Box", "Box Sync", "Library/CloudStorage/Box-*")
	return s.found
}

// search collects folders, each once, under whatever names it has.
type search struct {
	home  string
	seen  map[string]bool // by real path
	found []Found
}

// documentManagement looks for iManage's caches, of today and of before 2018.
func (s *search) documentManagement(appdata string) {
	if appdata != "" {
		s.add(iManage, filepath.Join(appdata, "iManage", "Work", "Recent"))
	}
	s.each(iManage, "AppData/Roaming/iManage/Work/Recent", "NRTEcho", "NrPortbl",
		"AppData/Roaming/NRTEcho", "AppData/Roaming/NrPortbl", "Documents/NRTEcho", "Documents/NrPortbl")
}

// each adds what the patterns match below the home directory.
func (s *search) each(program string, patterns ...string) {
	if s.home == "" {
		return
	}
	for _, p := range patterns {
		dir, base := path.Split(p)
		top := filepath.Join(s.home, filepath.FromSlash(dir))
		entries, err := os.ReadDir(top)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if ok, _ := path.Match(strings.ToLower(base), strings.ToLower(e.Name())); ok {
				s.add(program, filepath.Join(top, e.Name()))
			}
		}
	}
}

// add takes in a folder of the program, if it is there.
func (s *search) add(program, where string) {
	real, err := filepath.EvalSymlinks(where)
	if where == "" || !filepath.IsAbs(where) || err != nil || s.seen[real] {
		return
	}
	if info, err := os.Stat(real); err != nil || !info.IsDir() {
		return
	}
	s.seen[real] = true
	s.found = append(s.found, Found{Where: billing.Privileged(where), Name: billing.Privileged(called(program, where))})
}

// called returns what to call a folder of the program: "OneDrive-SmithLLP" is
// "OneDrive - SmithLLP".
func called(program, where string) string {
	base := filepath.Base(where)
	compact := strings.ReplaceAll(program, " ", "")
	for _, prefix := range []string{program, compact} {
		if rest, ok := cutPrefixFold(base, prefix); ok {
			rest = strings.Trim(rest, " -()")
			if rest == "" || rest == base {
				return program
			}
			return program + " - " + rest
		}
	}
	if program == netDocuments {
		return program + " - " + base
	}
	return program
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// dropboxFolders reads Dropbox's info.json, which says where the folder of each
// account is: {"personal": {"path": "/home/jdoe/Dropbox"}, "business": ...}
// (help.dropbox.com, "locate the Dropbox folder programmatically").
func dropboxFolders(name string) []string {
	if !filepath.IsAbs(name) {
		return nil
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return parseDropboxInfo(raw)
}

func parseDropboxInfo(raw []byte) []string {
	var accounts map[string]json.RawMessage
	if json.Unmarshal(raw, &accounts) != nil {
		return nil
	}
	var out []string
	for _, account := range accounts {
		var a struct {
			Path string `json:"path"`
		}
		if json.Unmarshal(account, &a) == nil && a.Path != "" {
			out = append(out, a.Path)
		}
	}
	slices.SortFunc(out, cmp.Compare[string])
	return out
}

// isCopy reports whether the folder with the slash path dir, or one above it,
// is one in which NetDocuments keeps copies that nobody edits: Backup,
// Attachments or Comparisons below its cache. Anywhere else these are the names
// of people's own folders.
func isCopy(dir string) bool {
	inEcho := false
	for part := range strings.SplitSeq(dir, "/") {
		if inEcho && copies[strings.ToLower(part)] {
			return true
		}
		inEcho = inEcho || strings.EqualFold(part, "ND Office Echo")
	}
	return false
}
