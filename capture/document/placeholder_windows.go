package document

import (
	"io/fs"
	"syscall"
)

// placeholder reports whether the file's content is in the cloud only: it
// comes and goes without anyone working on it.
func placeholder(info fs.FileInfo) bool {
	const (
		offline            = 0x1000   // FILE_ATTRIBUTE_OFFLINE
		recallOnOpen       = 0x40000  // FILE_ATTRIBUTE_RECALL_ON_OPEN
		recallOnDataAccess = 0x400000 // FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS
	)
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&(offline|recallOnOpen|recallOnDataAccess) != 0
}
