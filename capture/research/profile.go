package research

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/tenths/tenths/capture/research/history"
)

// profile is one person's history in one browser.
type profile struct {
	browser string // "firefox", "chrome"
	schema  history.Schema
	path    string // of the history file
}

// id names the profile without giving its path away.
func (p profile) id() string { return digest(p.path)[:8] }

// home is where a person's programs keep their things.
type home struct {
	dir     string // the home folder
	config  string // Linux: XDG_CONFIG_HOME; macOS: Application Support; Windows: the roaming AppData
	local   string // Windows: the local AppData
	windows bool
	mac     bool
}

func thisHome() home {
	h := home{windows: runtime.GOOS == "windows", mac: runtime.GOOS == "darwin", local: os.Getenv("LOCALAPPDATA")}
	h.dir, _ = os.UserHomeDir()
	h.config, _ = os.UserConfigDir()
	return h
}

// place is where a browser keeps its profiles.
type place struct {
	browser string
	schema  history.Schema
	dir     string
}

// places returns where browsers keep their profiles on this system.
func (h home) places() []place {
	var out []place
	add := func(schema history.Schema, root string, browsers ...string) {
		for i := 0; root != "" && i+1 < len(browsers); i += 2 {
			out = append(out, place{browsers[i], schema, filepath.Join(root, filepath.FromSlash(browsers[i+1]))})
		}
	}
	switch {
	case h.windows:
		add(history.Firefox, h.config, "firefox", "Mozilla/Firefox/Profiles")
		add(history.Firefox, h.local, "firefox", "Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming/Mozilla/Firefox/Profiles")
		add(history.Chromium, h.local, "chrome", "Google/Chrome/User Data", "chromium", "Chromium/User Data",
			"edge", "Microsoft/Edge/User Data", "brave", "BraveSoftware/Brave-Browser/User Data", "vivaldi", "Vivaldi/User Data")
		add(history.Chromium, h.config, "opera", "Opera Software/Opera Stable")
	case h.mac:
		add(history.Firefox, h.config, "firefox", "Firefox/Profiles")
		add(history.Chromium, h.config, "chrome", "Google/Chrome", "chromium", "Chromium", "edge", "Microsoft Edge",
			"brave", "BraveSoftware/Brave-Browser", "vivaldi", "Vivaldi", "opera", "com.operasoftware.Opera")
	default:
		add(history.Firefox, h.dir, "firefox", ".mozilla/firefox", "firefox", "snap/firefox/common/.mozilla/firefox",
			"firefox", ".var/app/org.mozilla.firefox/.mozilla/firefox", "firefox", ".var/app/org.mozilla.firefox/config/mozilla/firefox")
		add(history.Firefox, h.config, "firefox", "mozilla/firefox")
		add(history.Chromium, h.config, "chrome", "google-chrome", "chrome", "google-chrome-beta", "chromium", "chromium",
			"edge", "microsoft-edge", "brave", "BraveSoftware/Brave-Browser", "vivaldi", "vivaldi", "opera", "opera")
		add(history.Chromium, h.dir, "chromium", "snap/chromium/common/chromium",
			"chromium", ".var/app/org.chromium.Chromium/config/chromium", "chrome", ".var/app/com.google.Chrome/config/google-chrome",
			"edge", ".var/app/com.microsoft.Edge/config/microsoft-edge", "brave", ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
			"brave", "snap/brave/current/.config/BraveSoftware/Brave-Browser", "vivaldi", ".var/app/com.vivaldi.Vivaldi/config/vivaldi",
			"opera", ".var/app/com.opera.Opera/config/opera", "opera", "snap/opera/current/.config/opera")
	}
	return out
}

// profiles returns the profiles in the place that have a history. Those of
// guests and of the browser's own windows are not the person's.
func (p place) profiles() []profile {
	dirs := []string{p.dir} // Opera has one profile, and it may be here
	entries, _ := os.ReadDir(p.dir)
	for _, e := range entries {
		if p.schema == history.Firefox || e.Name() == "Default" || strings.HasPrefix(e.Name(), "Profile ") {
			dirs = append(dirs, filepath.Join(p.dir, e.Name()))
		}
	}
	var out []profile
	for _, dir := range dirs {
		path := filepath.Join(dir, string(p.schema))
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			out = append(out, profile{p.browser, p.schema, path})
		}
	}
	return out
}

// found returns the profiles of all browsers of this person.
func (h home) found() []profile {
	var out []profile
	for _, p := range h.places() {
		out = append(out, p.profiles()...)
	}
	return out
}

// at returns the profiles at a path that a person named: a history file, the
// profile's folder, or the folder that holds the profiles. A path where there
// is none is a history file that may yet come.
func (h home) at(path string) []profile {
	for _, schema := range []history.Schema{history.Firefox, history.Chromium} {
		if filepath.Base(path) == string(schema) {
			if info, err := os.Stat(path); err != nil || !info.IsDir() {
				return []profile{{h.browser(path, schema), schema, path}}
			}
		}
		out := place{h.browser(path, schema), schema, path}.profiles()
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// browser returns which browser keeps its profiles where path is, or what its
// kin is called.
func (h home) browser(path string, schema history.Schema) string {
	places := h.places()
	i := slices.IndexFunc(places, func(p place) bool {
		rel, err := filepath.Rel(p.dir, path)
		return p.schema == schema && err == nil && filepath.IsLocal(rel)
	})
	switch {
	case i >= 0:
		return places[i].browser
	case schema == history.Firefox:
		return "firefox"
	}
	return "chromium"
}
