//go:build !windows && !darwin

package document

import "io/fs"

// placeholder reports whether the file's content is in the cloud only, which
// this system's file attributes do not tell.
func placeholder(fs.FileInfo) bool { return false }
