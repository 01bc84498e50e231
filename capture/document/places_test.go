package document

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
)

func TestPlaceOf(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{`C:\Users\jdoe\ND Office Echo\VAULT-jdoe\Lease, 4812-3456-7890, v 2.docx`, netDocuments},
		{`C:\Users\jdoe\ND Office Echo`, netDocuments},
		{`D:\nd office echo\EU-jdoe\Backup`, netDocuments},
		{`C:\Users\jdoe\AppData\Roaming\iManage\Work\Recent\Motion(ACTIVE.12345.2).docx`, iManage},
		{`C:\NRTEcho\x.doc`, iManage},
		{`C:\Users\jdoe\Documents\NrPortbl\LIB\x.doc`, iManage},
		{`C:\Users\jdoe\iManage\manual.pdf`, ""},
		{`C:\Users\jdoe\OneDrive - Smith LLP\a.docx`, oneDrive},
		{`/home/jdoe/OneDrive/a.docx`, oneDrive},
		{"/Users/jdoe/Library/CloudStorage/OneDrive-SmithLLP/a.docx", oneDrive},
		{"/Users/jdoe/OneDrive-notes/a.docx", ""},
		{"/home/jdoe/Dropbox/a.docx", dropbox},
		{`D:\Dropbox (Smith LLP)\a.docx`, dropbox},
		{"/Users/jdoe/Library/CloudStorage/Dropbox-Personal", dropbox},
		{"/home/jdoe/Dropboxes/a.docx", ""},
		{"/Users/jdoe/Library/Mobile Documents/com~apple~CloudDocs/Rivera/a.pages", iCloudDrive},
		{`C:\Users\jdoe\iCloudDrive\a.docx`, iCloudDrive},
		{"/Users/jdoe/Library/CloudStorage/GoogleDrive-jdoe@example.com/My Drive/a.docx", googleDrive},
		{`C:\Users\jdoe\Google Drive\a.docx`, googleDrive},
		{"/Users/jdoe/Library/CloudStorage/Box-Box/a.docx", box},
		{`C:\Users\jdoe\Box\a.docx`, box},
		{"/home/jdoe/Matters/Box/a.docx", ""},
		{"/home/jdoe/Matters/Rivera/Backup/a.docx", ""},
		{"", ""},
	} {
		if got := PlaceOf(c.path); got != c.want {
			t.Errorf("PlaceOf(%q) = %q, want %q", c.path, got, c.want)
		}
	}
}

func TestTitle(t *testing.T) {
	recent, echo := "C:/Users/j/AppData/Roaming/iManage/Work/Recent/", "C:/Users/j/ND Office Echo/VAULT-j/"
	for _, c := range []struct{ path, want string }{
		{recent + "Motion to Compel(ACTIVE.12345.2).docx", "Motion to Compel"},
		{recent + "Motion (Active.12345.2).docx", "Motion"},
		{"M/Motion (Active.12345.2).docx", "Motion (Active.12345.2)"},
		{"M/Motion (ACTIVE!12345.2).docx", "Motion"},
		{"M/#1234v2-Motion to Compel.doc", "Motion to Compel"},
		{echo + "Lease, Smith, 4812-3456-7890, v 2.docx", "Lease, Smith"},
		{echo + "Lease 4812-3456-7890.docx", "Lease"},
		{"M/Lease, 4812-3456-7890, v 2.docx", "Lease"},
		{"M/Call 2026-1103-1400.docx", "Call 2026-1103-1400"},
		{"M/Motion v3.docx", "Motion v3"},
		{"M/(ACTIVE.12345.2).docx", "(ACTIVE.12345.2)"},
	} {
		if got := title(stem(c.path[strings.LastIndexByte(c.path, '/')+1:]), c.path); got != c.want {
			t.Errorf("%q is called %q, want %q", c.path, got, c.want)
		}
	}
}

func TestFindFolders(t *testing.T) {
	home := resolved(t, t.TempDir())
	elsewhere := resolved(t, t.TempDir())
	for _, dir := range []string{"ND Office Echo/VAULT-jdoe/Backup", "ND Office Echo/EU-jdoe", "AppData/Roaming/iManage/Work/Recent",
		"OneDrive", "OneDrive - Smith LLP", "Library/CloudStorage/GoogleDrive-jdoe@example.com", "Library/CloudStorage/Box-Box",
		"Library/Mobile Documents/com~apple~CloudDocs", "Dropbox (Old)", ".dropbox", "Documents", "Boxes"} {
		mkdir(t, home, filepath.FromSlash(dir))
	}
	mkdir(t, elsewhere, "Work files")
	save(t, "", home, "Google Drive") // a file, no folder
	save(t, `{"business": {"path": "`+filepath.ToSlash(filepath.Join(elsewhere, "Work files"))+`", "host": 1}, "personal": {"path": "/nowhere/at all"}}`,
		home, ".dropbox", "info.json")
	if runtime.GOOS != "windows" {
		if err := os.Symlink(filepath.Join(home, "OneDrive"), filepath.Join(home, "OneDrive - Personal")); err != nil {
			t.Fatal(err)
		}
	}
	env := map[string]string{"APPDATA": filepath.Join(home, "AppData", "Roaming"), "OneDrive": filepath.Join(home, "OneDrive"),
		"OneDriveCommercial": filepath.Join(home, "OneDrive - Smith LLP")}
	var got []string
	for _, f := range FindFolders(home, func(name string) string { return env[name] }) {
		where := strings.TrimPrefix(strings.TrimPrefix(f.Where.Reveal(), home), elsewhere)
		got = append(got, f.Name.Reveal()+": "+filepath.ToSlash(where))
	}
	slices.Sort(got)
	want := []string{
		"Box - Box: /Library/CloudStorage/Box-Box",
		"Dropbox - Old: /Dropbox (Old)",
		"Dropbox: /Work files",
		"Google Drive - jdoe@example.com: /Library/CloudStorage/GoogleDrive-jdoe@example.com",
		"NetDocuments - EU-jdoe: /ND Office Echo/EU-jdoe",
		"NetDocuments - VAULT-jdoe: /ND Office Echo/VAULT-jdoe",
		"OneDrive - Smith LLP: /OneDrive - Smith LLP",
		"OneDrive: /OneDrive",
		"iCloud Drive: /Library/Mobile Documents/com~apple~CloudDocs",
		"iManage: /AppData/Roaming/iManage/Work/Recent",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
	if got := FindFolders("", func(string) string { return "" }); len(got) != 0 {
		t.Errorf("without a home %d were found", len(got))
	}
}

// TestEcho observes NetDocuments' cache from within: the copies in it are left
// out although nothing below the observed folder says whose they are.
func TestEcho(t *testing.T) {
	t.Parallel()
	root := filepath.Join(t.TempDir(), "ND Office Echo", "VAULT-jdoe")
	mkdir(t, root, "Backup")
	save(t, "x", root, "Backup", "Lease, 4812-3456-7890, v 1.docx")
	save(t, "x", root, "Lease, 4812-3456-7890, v 1.docx")
	sink := &ledger{}
	stop := running(t, source(t, root), sink)
	sink.await(t, "the first version", func(l []billing.Observation) bool { return len(l) == 1 })
	mkdir(t, root, "Comparisons")
	save(t, "x", root, "Comparisons", "Lease.docx")
	save(t, "y", root, "Backup", "Lease, 4812-3456-7890, v 2.docx")
	save(t, "x", root, "Lease, 4812-3456-7890, v 2.docx")
	sink.await(t, "the second", func(l []billing.Observation) bool { return len(l) == 2 })
	stop()
	observe(t, root, sink)
	got := sink.latest()
	if len(got) != 2 || got[0].Thread != got[1].Thread || got[0].Subject != "Lease" || got[1].Subject != "Lease" {
		t.Errorf("got %s", summary(got))
	}
}

func FuzzDropboxInfo(f *testing.F) {
	f.Add([]byte(`{"personal": {"path": "/home/jdoe/Dropbox", "host": 1}}`))
	f.Add([]byte(`{"personal": 5, "business": {"path": 3}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, p := range parseDropboxInfo(raw) {
			if p == "" {
				t.Error("an empty path")
			}
		}
	})
}
