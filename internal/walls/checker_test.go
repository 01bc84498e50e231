package walls_test

import (
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/tenths/tenths/internal/walls"
)

// Each import here breaks a wall, and each one that is allowed does not: the
// check of the project would be worth nothing if these passed.
func TestWallsHold(t *testing.T) {
	const own = walls.Module + "/"
	for _, c := range []struct {
		who, path string
		allowed   bool
	}{
		{"billing", "time", true},
		{"billing", "os", false},
		{"billing", "net", false},
		{"billing", "net/http", false},
		{"billing", "database/sql", false},
		{"billing", own + "app", false},
		{"draft", own + "billing", true},
		{"draft", own + "draft/words", true},
		{"draft", own + "store", false},
		{"draft", "os", false},
		{"guideline", own + "draft", false},
		{"capture", own + "capture/mail", false},
		{"capture/mail", own + "capture", true},
		{"capture/mail", own + "capture/mail/internal/mime", true},
		{"capture/mail/internal/mime", own + "capture/mail/internal/words", true},
		{"capture/mail", own + "capture/calendar", false},
		{"capture/mail/internal/mime", own + "capture/calendar/internal/zone", false},
		{"capture/mail", own + "store", false},
		{"capture/mail", own + "capture/capturetest", false},
		{"capture/mail", "database/sql", false},
		{"capture/capturetest", "testing", true},
		{"sync", own + "sync/clio", false},
		{"sync/clio", own + "sync", true},
		{"sync/clio", own + "sync/smokeball", false},
		{"sync/clio", own + "store", false},
		{"store", own + "billing", true},
		{"store", "database/sql", true},
		{"store", "modernc.org/sqlite", true},
		{"store", own + "app", false},
		{"secret", own + "store", false},
		{"app", "modernc.org/sqlite", false},
		{"app", own + "store", true},
		{"app", own + "sync/clio", false},
		{"app", own + "desktop", false},
		{"app", "github.com/wailsapp/wails/v2/pkg/runtime", false},
		{"app", own + "internal/peer", false},
		{"cli", own + "app", true},
		{"cli", own + "store", false},
		{"cli", own + "desktop", false},
		{"desktop", "github.com/wailsapp/wails/v2", true},
		{"desktop", own + "store", false},
		{"desktop/bridge", own + "app", true},
		{"desktop/bridge", own + "desktop", false},
		{"desktop/bridge", "github.com/wailsapp/wails/v2", false},
		{"desktop", own + "frontend", false},
		{"store", own + "frontend", false},
		{"store", "testing", false},
		{"store", own + "internal/peer", false},
		{".", own + "frontend", true},
		{".", own + "desktop", true},
		{".", own + "capture/mail", true},
		{".", own + "internal/peer", false},
		{".", "database/sql", false},
		{".", "modernc.org/sqlite", false},
	} {
		got := walls.Breaches(walls.House, []walls.Package{{Path: c.who, Imports: []string{c.path}}})
		if (len(got) == 0) != c.allowed {
			t.Errorf("%s importing %s: allowed %v, want %v (%v)", c.who, c.path, len(got) == 0, c.allowed, got)
		}
	}
}

func TestEveryWallHasAReason(t *testing.T) {
	for _, w := range walls.House {
		if len(w.Reason) < 20 || (w.Own == nil && w.Never == nil) {
			t.Errorf("the wall of %v says too little", w.Who)
		}
	}
}

func TestClockIsSeen(t *testing.T) {
	for source, want := range map[string][]string{
		`package p; import "time"; var x = time.Now()`:                                       {"time.Now"},
		`package p; import t "time"; func f() { g := t.Since; _ = g }`:                       {"time.Since"},
		`package p; import "time"; func f(n time.Time) { n.After(n); f(n) }`:                 nil,
		`package p; type c struct{}; var time c; func (c) Now() {}; func f() { time.Now() }`: nil,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := walls.LooksAtTheClock(file); !slices.Equal(got, want) {
			t.Errorf("in %s were seen %v", source, got)
		}
	}
}

func TestMisnamedIsSeen(t *testing.T) {
	for source, want := range map[string]bool{
		`package p; import "github.com/tenths/tenths/sync"`:      true,
		`package p; import pms "github.com/tenths/tenths/sync"`:  false,
		`package p; import sink "github.com/tenths/tenths/sync"`: true,
		`package p; import "sync"`:                               false,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, 0)
		if err != nil {
			t.Fatal(err)
		}
		if walls.Misnamed(file) != want {
			t.Errorf("%s: want %v", source, want)
		}
	}
}

func TestLengthIsSeen(t *testing.T) {
	if walls.TooLong([]byte(strings.Repeat("x\n", 399)), 400) != "" || walls.TooLong([]byte(strings.Repeat("x\n", 400)), 400) == "" {
		t.Error("the limit is not where it is said to be")
	}
}
