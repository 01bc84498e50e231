package document

import "time"

// Op is what happened to a path.
type Op string

// The operations, as fsnotify names them, and Seen.
const (
	Create Op = "CREATE" // it appeared, or something was renamed to it
	Write  Op = "WRITE"
	Remove Op = "REMOVE"
	Rename Op = "RENAME" // it was renamed to something else
	Chmod  Op = "CHMOD"  // its attributes or times changed: never a save
	// Seen says that a look at the folder found the path as it is, without
	// having seen it happen.
	Seen Op = "SEEN"
)

// Event is a raw file event, with what a look at the path found right after.
type Event struct {
	Time time.Time
	// Path is relative to the observed folder, with forward slashes; "." is
	// the folder itself.
	Path string
	Op   Op
	// Size is in bytes, or -1 when nothing is at Path any more. An order of
	// events that misleads (macOS reports the new file before the old one's
	// removal) does no harm, because the last event's Size is the truth.
	Size int64
	// ModTime is the file's modification time, zero when unknown.
	ModTime time.Time
	// New says of a path that was merely Seen that it was not there before. One
	// that was created needs no telling.
	New bool
	// Dir marks a directory; only its removal means anything.
	Dir bool
	// Of is the document that an owner file belongs to, where its name does
	// not tell and the folder does (Word cuts it short). It may be empty.
	Of string
}

// gone reports whether the path was empty after the event.
func (e Event) gone() bool { return e.Size < 0 }

// stamp identifies a state of a file's content without reading it.
type stamp struct {
	modified int64 // Unix nanoseconds, 0 when unknown
	size     int64
}

func (e Event) stamp() stamp {
	if e.ModTime.IsZero() {
		return stamp{size: e.Size}
	}
	return stamp{modified: e.ModTime.UnixNano(), size: e.Size}
}
