package mail

import (
	"io/fs"
	"syscall"
	"time"
)

// arrival returns when the file was made, or changed if that was later: on
// Windows a rename leaves no time of its own.
func arrival(info fs.FileInfo) time.Time {
	t := info.ModTime()
	if st, ok := info.Sys().(*syscall.Win32FileAttributeData); ok {
		if made := time.Unix(0, st.CreationTime.Nanoseconds()); made.After(t) {
			t = made
		}
	}
	return t
}
