package mail

import (
	"bufio"
	"bytes"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/tenths/tenths/billing"
)

// Found is a folder of mail that a mail program keeps on this machine.
type Found struct {
	Kind  billing.SourceKind // SourceMbox or SourceMaildir
	Where billing.Privileged // its path, as a [billing.SourceConfig] has it
	Name  billing.Privileged // as the program shows it, with those around it: "Archive/2026"
	Sent  bool               // it is where the program puts sent mail
	Size  int64              // bytes of an mbox file; 0 for a Maildir
	// Server and User are the account's, where it has one. Cached says that it
	// is on an IMAP server, and that here is only what the program has loaded
	// for use offline: to observe the account itself sees everything.
	Server, User billing.Privileged
	Cached       bool
}

// FindThunderbird returns the folders of mail that Thunderbird keeps for the
// person with the home directory, in every profile, without drafts, junk and
// trash. configDirs are where programs keep their settings, as from
// [os.UserConfigDir]. What cannot be read is passed over. Nothing is changed.
func FindThunderbird(home string, configDirs ...string) []Found {
	var out []Found
	seen := map[string]bool{}
	for _, dir := range thunderbirdDirs(home, configDirs) {
		for _, profile := range profiles(dir) {
			if real, err := filepath.EvalSymlinks(profile); err == nil && !seen[real] {
				seen[real] = true
				out = append(out, foldersOfProfile(profile)...)
			}
		}
	}
	return out
}

// thunderbirdDirs returns where profiles.ini may be: Debian and Mozilla's own,
// snap, Flatpak, macOS, Windows.
func thunderbirdDirs(home string, configDirs []string) []string {
	var out []string
	if home != "" {
		for _, dir := range []string{
			".thunderbird", ".mozilla-thunderbird", ".config/thunderbird", "snap/thunderbird/common/.thunderbird",
			".var/app/org.mozilla.Thunderbird/.thunderbird", ".var/app/org.mozilla.thunderbird/.thunderbird",
			"Library/Thunderbird", "AppData/Roaming/Thunderbird",
		} {
			out = append(out, filepath.Join(home, filepath.FromSlash(dir)))
		}
	}
	for _, dir := range configDirs {
		out = append(out, filepath.Join(dir, "Thunderbird"), filepath.Join(dir, "thunderbird"), dir)
	}
	return out
}

// profiles returns the profiles that profiles.ini in dir lists.
func profiles(dir string) []string {
	var out []string
	path, relative := "", true
	add := func() {
		if path != "" {
			path = filepath.FromSlash(path)
			if relative {
				path = filepath.Join(dir, path)
			}
			out = append(out, path)
		}
		path, relative = "", true
	}
	for line := range linesOf(filepath.Join(dir, "profiles.ini")) {
		line = strings.TrimSpace(line)
		key, value, _ := strings.Cut(line, "=")
		switch {
		case strings.HasPrefix(line, "["):
			add()
		case key == "Path":
			path = value
		case key == "IsRelative":
			relative = value != "0"
		}
	}
	add()
	return out
}

// linesOf yields the lines of a small text file, none if it cannot be read.
func linesOf(path string) func(func(string) bool) {
	return func(yield func(string) bool) {
		f, err := os.Open(path)
		if err != nil {
			return
		}
		defer f.Close()
		lines := bufio.NewScanner(io.LimitReader(f, 16<<20))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() && yield(lines.Text()) {
		}
	}
}

// prefs are a profile's settings by name; numbers and truths are left as text.
type prefs map[string]string

func readPrefs(profile string) prefs {
	out := prefs{}
	for line := range linesOf(filepath.Join(profile, "prefs.js")) {
		if name, value, ok := parsePref(line); ok {
			out[name] = value
		}
	}
	return out
}

// parsePref reads a line such as user_pref("name", "value");.
func parsePref(line string) (name, value string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "user_pref(")
	if !ok {
		return "", "", false
	}
	rest, ok = strings.CutSuffix(rest, ");")
	if !ok {
		return "", "", false
	}
	quoted, err := strconv.QuotedPrefix(rest)
	if err != nil {
		return "", "", false
	}
	name, _ = strconv.Unquote(quoted)
	_, value, ok = strings.Cut(rest[len(quoted):], ",")
	if value = strings.TrimSpace(value); strings.HasPrefix(value, `"`) {
		value, err = strconv.Unquote(value)
	}
	return name, value, ok && err == nil
}

// mailServer is an account, or the local folders, of a profile.
type mailServer struct {
	kind, host, user, dir string
	sent                  []string // paths of folders for sent mail, as the program shows them
}

// servers returns the places in which the profile keeps mail.
func (p prefs) servers(profile string) []mailServer {
	var out []mailServer
	for name := range p {
		id, ok := strings.CutSuffix(name, ".type")
		if id, _ = strings.CutPrefix(id, "mail.server."); !ok || id == name || strings.Contains(id, ".") {
			continue
		}
		s := mailServer{kind: p[name], host: p["mail.server."+id+".hostname"], user: p["mail.server."+id+".userName"], dir: p.dir(profile, "mail.server."+id)}
		if s.dir != "" && (s.kind == "none" || s.kind == "pop3" || s.kind == "imap") { // not news, not feeds
			s.sent = p.sentFolders(s)
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b mailServer) int { return strings.Compare(a.dir, b.dir) })
	return slices.CompactFunc(out, func(a, b mailServer) bool { return a.dir == b.dir })
}

// dir returns the directory of a server: the one relative to the profile, which
// stays right when a profile is moved, else the absolute one.
func (p prefs) dir(profile, server string) string {
	relative, ok := strings.CutPrefix(p[server+".directory-rel"], "[ProfD]")
	for _, dir := range []string{filepath.Join(profile, filepath.FromSlash(relative)), p[server+".directory"]} {
		if info, err := os.Stat(dir); err == nil && info.IsDir() && (ok || dir == p[server+".directory"]) {
			return dir
		}
	}
	return ""
}

// sentFolders returns the folders of s that identities put their sent mail in,
// which they name by a URL such as mailbox://nobody@Local%20Folders/Sent.
func (p prefs) sentFolders(s mailServer) []string {
	var out []string
	for name, value := range p {
		if !strings.HasPrefix(name, "mail.identity.") || !strings.HasSuffix(name, ".fcc_folder") {
			continue
		}
		_, rest, _ := strings.Cut(value, "://")
		account, path, ok := strings.Cut(rest, "/")
		_, host, _ := strings.Cut(account, "@")
		host, err := url.PathUnescape(host)
		if path, pathErr := url.PathUnescape(path); ok && err == nil && pathErr == nil && strings.EqualFold(host, s.host) {
			out = append(out, path)
		}
	}
	return out
}

func foldersOfProfile(profile string) []Found {
	var out []Found
	for _, s := range readPrefs(profile).servers(profile) {
		about := Found{Cached: s.kind == "imap"}
		if s.kind != "none" {
			about.Server, about.User = billing.Privileged(s.host), billing.Privileged(s.user)
		}
		out = append(out, s.folders(s.dir, "", about, 0)...)
	}
	return out
}

// folders returns the folders in a directory of the store: an mbox file, or a
// Maildir without "new", has those within it in a directory of its name with
// ".sbd" after it.
func (s mailServer) folders(dir, within string, about Found, depth int) []Found {
	entries, err := os.ReadDir(dir)
	if err != nil || depth > maxDepth {
		return nil
	}
	var out []Found
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		inside, isInside := strings.CutSuffix(e.Name(), ".sbd")
		if isSetAside(strings.TrimSuffix(e.Name(), ".sbd")) || plainName(e.Name()) == "unsent messages" {
			continue
		}
		if isInside && e.IsDir() {
			out = append(out, s.folders(path, within+inside+"/", about, depth+1)...)
			continue
		}
		kind, size := storeOf(path, e)
		if kind == "" {
			continue
		}
		f := about
		f.Kind, f.Where, f.Size = kind, billing.Privileged(path), size
		f.Name = billing.Privileged(decodeFolderName(within + e.Name()))
		f.Sent = isSent(e.Name()) || slices.Contains(s.sent, f.Name.Reveal())
		out = append(out, f)
	}
	return out
}

// storeOf says what sort of folder is at path, "" for what is none: indexes,
// filters and logs are kept beside the mail.
func storeOf(path string, e os.DirEntry) (kind billing.SourceKind, size int64) {
	info, err := e.Info()
	switch {
	case err != nil:
		return "", 0
	case info.IsDir() && isFolder(path):
		return billing.SourceMaildir, 0
	case !info.Mode().IsRegular() || slices.Contains([]string{".msf", ".dat", ".html", ".sqlite", ".lock", ".mozmsgs", ".json", ".log"}, filepath.Ext(path)):
		return "", 0
	case info.Size() == 0:
		if _, err := os.Stat(path + ".msf"); err == nil {
			return billing.SourceMbox, 0 // an empty folder
		}
		return "", 0
	}
	f, err := os.Open(path)
	if err != nil {
		return "", 0
	}
	defer f.Close()
	var start [5]byte
	if _, err := io.ReadFull(f, start[:]); err != nil || !bytes.Equal(start[:], []byte("From ")) {
		return "", 0
	}
	return billing.SourceMbox, info.Size()
}
