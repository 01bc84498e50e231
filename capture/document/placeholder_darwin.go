package document

import (
	"io/fs"
	"syscall"
)

// placeholder reports whether the file's content is in the cloud only: it
// comes and goes without anyone working on it.
func placeholder(info fs.FileInfo) bool {
	const dataless = 0x40000000 // SF_DATALESS
	data, ok := info.Sys().(*syscall.Stat_t)
	return ok && data.Flags&dataless != 0
}
