package app_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

const acme = "id = \"acme\"\ntitle = \"Acme\"\nsource = \"Acme\"\n%s\n[[rule]]\nid = \"cap\"\ncheck = \"budget\"\nseverity = \"warning\"\nclause = \"1\"\nparams = { hours = { \"\" = 0.5 } }\n"

func acmeFile(scope string) []byte { return []byte(strings.Replace(acme, "%s", scope, 1)) }

func TestGuidelinesAreKeptAsTheyWereWritten(t *testing.T) {
	o := open(t)
	g := app.Guidelines{Practice: o.Practice}
	shipped, err := g.List(t.Context())
	o.check(err)
	if _, err := g.Add(t.Context(), "/somewhere/acme.toml", []byte("id = \"acme\"\n")); billing.KindOf(err) != billing.Invalid || !strings.Contains(err.Error(), "acme.toml:1: ") || strings.Contains(err.Error(), "somewhere") {
		t.Errorf("error %v", err)
	}
	for _, scope := range []string{"", `clients = ["Acme"]`} { // the second takes the first one's place
		v, err := g.Add(t.Context(), "acme.toml", acmeFile(scope))
		o.check(err)
		if v.ID != "acme" || v.Builtin || len(v.Rules) != 1 || v.Rules[0].Clause != "1" {
			t.Errorf("added %+v", v)
		}
	}
	file := filepath.Join(o.Dir, "guidelines", "acme.toml")
	data, err := os.ReadFile(file)
	o.check(err)
	if string(data) != string(acmeFile(`clients = ["Acme"]`)) {
		t.Errorf("kept %s", data)
	}
	if runtime.GOOS != "windows" {
		for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700 | os.ModeDir} {
			info, err := os.Stat(path)
			o.check(err)
			if info.Mode() != want {
				t.Errorf("%s has mode %v", path, info.Mode())
			}
		}
	}
	if left, _ := os.ReadDir(filepath.Dir(file)); len(left) != 1 {
		t.Errorf("%d files are left", len(left))
	}
	list, err := g.List(t.Context())
	o.check(err)
	if len(list) != len(shipped)+1 || list[len(list)-1].Holds != "client Acme" {
		t.Errorf("the list is %+v", list)
	}
	v, err := g.Show(t.Context(), "acme")
	o.check(err)
	if v.Text != string(data) {
		t.Error("it is not shown as it was written")
	}

	// What others include stays.
	_, err = g.Add(t.Context(), "lin.toml", []byte("id = \"lin\"\ntitle = \"L\"\nsource = \"L\"\nmatters = [\"2025-0042\"]\ninclude = [\"acme\"]\n"))
	o.check(err)
	wantKind(t, g.Remove(t.Context(), "acme"), billing.Conflict)
	o.check(g.Remove(t.Context(), "lin"))
	o.check(g.Remove(t.Context(), "acme"))
	wantKind(t, g.Remove(t.Context(), "acme"), billing.NotFound)
	wantKind(t, g.Remove(t.Context(), "general"), billing.Invalid)
	wantKind(t, g.Remove(t.Context(), "../tenths"), billing.NotFound)
}

// A file that was spoilt is named, and everything else is checked as before.
func TestASpoiltGuidelineDoesNotSwitchTheOthersOff(t *testing.T) {
	o := open(t)
	g := app.Guidelines{Practice: o.Practice}
	_, err := g.Add(t.Context(), "acme.toml", acmeFile(""))
	o.check(err)
	_, err = g.Add(t.Context(), "lin.toml", []byte("id = \"lin\"\ntitle = \"L\"\nsource = \"L\"\ninclude = [\"acme\"]\n"))
	o.check(err)
	bill := "id,date,timekeeper,hours,narrative\n1,2026-03-02,A,25.0,Draft closing argument regarding liability for defective valves\n"
	check := func(name string, problems int, want ...string) {
		t.Helper()
		v, err := app.Checks{Practice: o.Practice}.File(t.Context(), strings.NewReader(bill))
		o.check(err)
		var got []string
		for _, f := range v.Findings {
			if f.Check == "day-limit" || f.Check == "budget" {
				got = append(got, f.Guideline)
			}
		}
		if len(v.Problems) != problems || strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: found by %v, problems %q", name, got, v.Problems)
		}
	}
	check("sound", 0, "aba", "acme")
	o.check(os.WriteFile(filepath.Join(o.Dir, "guidelines", "acme.toml"), []byte("id = 3"), 0o600))
	check("spoilt", 2, "aba") // and lin misses what it includes
	if _, err := (app.Checks{Practice: o.Practice}).File(t.Context(), strings.NewReader(bill), "acme"); billing.KindOf(err) != billing.Invalid {
		t.Errorf("a spoilt guideline that was asked for: %v", err)
	}
	list, err := g.List(t.Context())
	o.check(err)
	for _, v := range list {
		if (v.Problem != "") != (v.ID == "acme") {
			t.Errorf("%s: %q", v.ID, v.Problem)
		}
	}
}
