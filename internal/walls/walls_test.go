package walls_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tenths/tenths/internal/peer"
	"github.com/tenths/tenths/internal/walls"
)

// builds are the ways in which the program is built; a file that none of them
// takes in would be outside the walls.
var builds = []struct{ system, tags, cgo string }{
	{"linux", "", "0"},
	{"linux", "desktop,production,webkit2_41", "1"},
	{"linux", "desktop,production,webkit2_41,e2e", "1"},
	{"linux", "e2e", "0"},
	{"windows", "desktop,production", "0"},
	{"darwin", "desktop,production", "1"},
}

func TestHouse(t *testing.T) {
	for _, breach := range walls.Breaches(walls.House, project(t)) {
		t.Error(breach)
	}
}

// project returns the packages of the project with the imports of every build.
func project(t *testing.T) []walls.Package {
	t.Helper()
	imports := map[string][]string{}
	for _, b := range builds {
		for _, p := range list(t, b.system, b.tags, b.cgo, "./...") {
			path := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, walls.Module), "/")
			if path == "" {
				path = "."
			}
			imports[path] = append(imports[path], p.Imports...)
		}
	}
	var out []walls.Package
	for path, all := range imports {
		slices.Sort(all)
		out = append(out, walls.Package{Path: path, Imports: slices.Compact(all)})
	}
	if len(out) < 8 {
		t.Fatalf("only %d packages were found, which proves nothing", len(out))
	}
	return out
}

type listed struct {
	ImportPath string
	Imports    []string
	Dir        string
}

func list(t *testing.T, system, tags, cgo string, args ...string) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-e", "-json=ImportPath,Imports,Dir", "-tags", tags}, args...)...)
	cmd.Dir = peer.Root()
	cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED="+cgo)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, said.String())
	}
	var packages []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// What a released program is made of leaves out what is for tests, and without
// its window it has no toolkit either.
func TestReleaseIsFreeOfTests(t *testing.T) {
	for tags, banned := range map[string][]string{
		"desktop,production,webkit2_41": {"testing", walls.Module + "/desktop/loopback", walls.Module + "/internal"},
		"":                              {"testing", walls.Module + "/desktop/loopback", walls.Module + "/internal", "github.com/wailsapp"},
	} {
		for _, p := range list(t, "linux", tags, "1", "-deps", ".") {
			for _, no := range banned {
				if p.ImportPath == no || strings.HasPrefix(p.ImportPath, no+"/") {
					t.Errorf("a program built with the tags %q contains %s", tags, p.ImportPath)
				}
			}
		}
	}
}

func TestSources(t *testing.T) {
	root := peer.Root()
	var files int
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			switch {
			case d.Name() == "node_modules", d.Name() == ".git", d.Name() == "testdata", rel == "build/cache", rel == "build/bin":
				return fs.SkipDir
			}
			return nil
		}
		switch filepath.Ext(path) {
		case ".go":
			files++
			return goFile(t, path, rel)
		case ".svelte":
			text, err := os.ReadFile(path)
			if long := walls.TooLong(text, walls.MostComponentLines); long != "" {
				t.Errorf("%s has %s", rel, long)
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Fatalf("only %d files were found, which proves nothing", files)
	}
}

func goFile(t *testing.T, path, rel string) error {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), rel, text, parser.ParseComments)
	if err != nil {
		t.Error(err) // a file that does not parse is somebody's work in hand
		return nil
	}
	if walls.Misnamed(file) {
		t.Errorf("%s imports sync by another name than pms, which hides the standard package", rel)
	}
	if strings.HasSuffix(rel, "_test.go") || ast.IsGenerated(file) {
		return nil
	}
	if long := walls.TooLong(text, walls.MostLines); long != "" {
		t.Errorf("%s has %s", rel, long)
	}
	if timeless(filepath.ToSlash(filepath.Dir(rel))) {
		for _, use := range walls.LooksAtTheClock(file) {
			t.Errorf("%s uses %s: it is to be told the time, so that the same input gives the same output", rel, use)
		}
	}
	return nil
}

func timeless(dir string) bool {
	return len(walls.Breaches([]walls.Wall{{Who: walls.Timeless, Own: []string{}}},
		[]walls.Package{{Path: dir, Imports: []string{walls.Module + "/x"}}})) > 0
}
