//go:build linux || darwin

package mail

import (
	"io/fs"
	"syscall"
	"time"
)

// arrival returns when the file came to where it is: the time of its last
// change of status, which renaming sets and no program can set back.
func arrival(info fs.FileInfo) time.Time {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return changeTime(st)
	}
	return info.ModTime()
}
