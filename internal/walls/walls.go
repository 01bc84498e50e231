// Package walls holds the rules of who may import whom, each with its reason,
// and checks them. Its own test applies them to the whole project. It must not
// know what any package does.
package walls

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Module is the path of the project's own module.
const Module = "github.com/tenths/tenths"

// Package is a package and what its files, without the tests, import on any of
// the systems and with any of the build tags that matter.
type Package struct {
	Path    string // within the module: "." for main, "capture/mail"
	Imports []string
}

// Wall is one rule. A package that Who matches may import of the project's own
// packages only those that Own matches, and of all others none that Never
// matches.
//
// A pattern is a path, which matches itself; a path and "/...", which matches
// it and all below; with "*" for any part of one element; or a "!" and a pattern, which takes
// away. The last pattern that matches decides. In Own, "self/..." is the
// package, all below it, and all below the tree that Who names with its "*".
type Wall struct {
	Who    []string
	Own    []string // nil: no rule about the project's own
	Never  []string
	Reason string
}

// Breaches returns one line for each import that a wall forbids.
func Breaches(walls []Wall, packages []Package) []string {
	var out []string
	for _, p := range packages {
		for _, w := range walls {
			if !matches(w.Who, p.Path) {
				continue
			}
			for _, imported := range p.Imports {
				if !w.allows(p.Path, imported) {
					out = append(out, fmt.Sprintf("%s imports %s: %s", p.Path, imported, w.Reason))
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (w Wall) allows(who, imported string) bool {
	own, ours := within(imported)
	if !ours {
		return !matches(w.Never, imported)
	}
	if matches(w.Never, own) {
		return false
	}
	if w.Own == nil {
		return true
	}
	patterns := make([]string, len(w.Own))
	for i, pattern := range w.Own {
		if pattern == "self/..." {
			pattern = w.tree(who) + "/..."
		}
		patterns[i] = pattern
	}
	return matches(patterns, own)
}

// tree returns the part of who that the wall's patterns name: of capture/mail/x
// by the pattern capture/*/... it is capture/mail.
func (w Wall) tree(who string) string {
	for _, pattern := range w.Who {
		base, deep := strings.CutSuffix(pattern, "/...")
		elements := strings.Split(who, "/")
		n := strings.Count(base, "/") + 1
		if deep && len(elements) >= n && match(base, strings.Join(elements[:n], "/")) {
			return strings.Join(elements[:n], "/")
		}
	}
	return who
}

// within returns the path of one of the project's own packages in its module.
func within(imported string) (string, bool) {
	if imported == Module {
		return ".", true
	}
	return strings.CutPrefix(imported, Module+"/")
}

func matches(patterns []string, name string) bool {
	yes := false
	for _, pattern := range patterns {
		if without, not := strings.CutPrefix(pattern, "!"); match(without, name) {
			yes = !not
		}
	}
	return yes
}

func match(pattern, name string) bool {
	base, deep := strings.CutSuffix(pattern, "/...")
	want, have := strings.Split(base, "/"), strings.Split(name, "/")
	if len(have) < len(want) || (len(have) > len(want) && !deep) {
		return false
	}
	for i := range want {
		if ok, err := path.Match(want[i], have[i]); !ok || err != nil || (have[i] == "." && want[i] != ".") {
			return false
		}
	}
	return true
}
