package walls

import (
	"bytes"
	"fmt"
	"go/ast"
	"strconv"
	"strings"
)

// The most lines of a Go file that is no test and not generated, and of a
// component of the page: what one can hold in mind.
const (
	MostLines          = 400
	MostComponentLines = 250
)

// clock is what of package time looks at the time or waits for it.
var clock = map[string]bool{"Now": true, "Since": true, "Until": true, "After": true, "Sleep": true, "Tick": true, "NewTimer": true, "NewTicker": true, "AfterFunc": true}

// LooksAtTheClock returns the uses in file of the clock of package time, each as
// "time.Now".
func LooksAtTheClock(file *ast.File) []string {
	name := nameOf(file, "time")
	if name == "" {
		return nil
	}
	var out []string
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == name && clock[sel.Sel.Name] {
				out = append(out, "time."+sel.Sel.Name)
			}
		}
		return true
	})
	return out
}

// Misnamed reports whether file imports the package sync of the project by a
// name other than pms, which would hide the standard one.
func Misnamed(file *ast.File) bool {
	name := nameOf(file, Module+"/sync")
	return name != "" && name != "pms" && name != "_"
}

// nameOf returns the name by which file knows the package at path, "" when it
// does not import it.
func nameOf(file *ast.File, path string) string {
	for _, spec := range file.Imports {
		if got, err := strconv.Unquote(spec.Path.Value); err != nil || got != path {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return path[strings.LastIndex(path, "/")+1:]
	}
	return ""
}

// TooLong says by how much text is longer than most lines, or "".
func TooLong(text []byte, most int) string {
	lines := bytes.Count(text, []byte("\n"))
	if lines < most {
		return ""
	}
	return fmt.Sprintf("%d lines where fewer than %d are wanted: it does more than one thing", lines, most)
}
