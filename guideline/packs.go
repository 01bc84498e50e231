package guideline

import (
	"embed"
	"slices"
	"strings"
	"sync"
)

//go:embed packs/*.toml
var packFiles embed.FS

// packs loads the shipped guidelines once: a mistake in one is ours, and a test
// finds it.
var packs = sync.OnceValue(func() []Guideline {
	names, err := packFiles.ReadDir("packs")
	if err != nil {
		panic(err)
	}
	var out []Guideline
	for _, n := range names {
		data, err := packFiles.ReadFile("packs/" + n.Name())
		if err != nil {
			panic(err)
		}
		g, err := ParseGuideline(n.Name(), data)
		if err != nil {
			panic("guideline: " + err.Error())
		}
		g.Builtin = true
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Guideline) int { return strings.Compare(a.ID, b.ID) })
	return out
})

// Packs returns the guidelines that are shipped with the program, by id. Those
// that are not optional hold for all work.
func Packs() []Guideline { return slices.Clone(packs()) }

// PackFile returns the text of a shipped guideline; false where there is none.
func PackFile(id string) ([]byte, bool) {
	data, err := packFiles.ReadFile("packs/" + id + ".toml")
	return data, err == nil
}
