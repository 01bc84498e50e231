// Package frontend holds the built page. The page itself is TypeScript, built
// into dist by "npm run build"; a fresh clone has only dist/.gitkeep, with which
// everything but the window builds and is tested.
package frontend

import (
	"embed"
	"io/fs"
)

// Dist is the folder dist as it was when the program was built.
//
//go:embed all:dist
var Dist embed.FS

// Page returns the built page, index.html at its root, and whether it had been
// built when the program was.
func Page() (page fs.FS, built bool) {
	page, err := fs.Sub(Dist, "dist")
	if err != nil {
		return Dist, false
	}
	_, err = fs.Stat(page, "index.html")
	return page, err == nil
}
