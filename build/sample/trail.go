package sample

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"time"
)

// library is the folder of documents and the trail of how it came about.
type library struct {
	week  week
	trail []fileEvent
	files map[string]*file // by path under documents, with forward slashes
	temps int              // temporary files named so far
}

// file is a document as it is in the end.
type file struct {
	data    []byte
	changed time.Time
	saves   int // in all
	saved   int // so far
}

// fileEvent is what a watcher of the folder saw: fsnotify's words for it.
type fileEvent struct {
	T    time.Time `json:"t"`
	Op   string    `json:"op"`
	Name string    `json:"name"`
	Size int64     `json:"size"` // bytes just after; -1 when it is gone
}

// recordLibrary plays every session and returns what they leave behind.
func recordLibrary(w week) *library {
	l := &library{week: w, files: map[string]*file{}}
	for _, s := range sessions {
		l.file(s.path).saves += s.saves
		if s.export != "" {
			l.file(s.export).saves++
		}
	}
	for _, s := range sessions {
		l.play(s)
	}
	for _, a := range arrivals {
		f, at := l.file(a.path), w.clock(a.day, a.at).Add(time.Duration(w.dice(50, a.path))*time.Second)
		size := int64(len(f.data))
		l.see(at, "CREATE", a.path, 0)
		l.see(at.Add(40*time.Millisecond), "WRITE", a.path, size/2)
		l.see(at.Add(90*time.Millisecond), "WRITE", a.path, size)
		f.changed = at.Add(90 * time.Millisecond)
	}
	slices.SortStableFunc(l.trail, func(a, b fileEvent) int { return a.T.Compare(b.T) })
	return l
}

// file returns the document at the path, which is as old as anything here until
// it is saved.
func (l *library) file(name string) *file {
	f := l.files[name]
	if f == nil {
		f = &file{data: render(l.week, name), changed: l.week.clock(-9, "16:40")}
		l.files[name] = f
	}
	return f
}

func (l *library) see(at time.Time, op, name string, size int64) {
	l.trail = append(l.trail, fileEvent{at.UTC(), op, name, size})
}

// play records one session: the document is opened, saved now and then, perhaps
// exported, and closed.
func (l *library) play(s session) {
	w, f := l.week, l.file(s.path)
	seconds := func(n int, what string) time.Duration {
		return time.Duration(w.dice(n*1000, s.path, s.day, what)) * time.Millisecond
	}
	open, last := w.clock(s.day, s.from).Add(seconds(40, "open")), w.clock(s.day, s.to).Add(seconds(40, "close"))
	program := saver(libreOffice{l})
	if s.program == word {
		program = microsoftWord{l}
	}
	program.open(open, s.path, s.saves > 0 && f.saved == 0)
	for i := range s.saves {
		at := open.Add(last.Sub(open) * time.Duration(i+1) / time.Duration(s.saves))
		if i < s.saves-1 {
			at = at.Add(seconds(150, fmt.Sprint("save", i)) - 75*time.Second)
		}
		f.saved++
		f.changed = program.save(at, s.path, f.size())
	}
	shut := last.Add(4*time.Second + seconds(12, "shut"))
	if s.saves == 0 {
		shut = last
	}
	if s.export != "" {
		pdf := l.file(s.export)
		pdf.changed = libreOffice{l}.export(last.Add(70*time.Second), s.export, int64(len(pdf.data)))
		shut = last.Add(95 * time.Second)
	}
	program.close(shut, s.path)
}

// size returns how long the document was after the saves so far: it grows to
// its final length.
func (f *file) size() int64 {
	n := int64(len(f.data))
	return n - int64(f.saves-f.saved)*n/int64(2*f.saves+1)
}

// saver is a program with its way of saving.
type saver interface {
	// open opens the document, or makes it when it is new.
	open(at time.Time, name string, fresh bool)
	// save returns when the document was complete.
	save(at time.Time, name string, size int64) time.Time
	close(at time.Time, name string)
}

// temp returns the path of another temporary file beside name.
func (l *library) temp(name, format string) string {
	l.temps++
	return path.Join(path.Dir(name), fmt.Sprintf(format, l.temps))
}

// ms returns the instant n milliseconds after at.
func ms(at time.Time, n int) time.Time { return at.Add(time.Duration(n) * time.Millisecond) }

// libreOffice saves as LibreOffice 7.4 does on Linux: the lock goes and comes
// back, and a temporary file takes the document's name.
type libreOffice struct{ l *library }

const lockSize = 60

func (libreOffice) lock(name string) string {
	return path.Join(path.Dir(name), ".~lock."+path.Base(name)+"#")
}

func (o libreOffice) open(at time.Time, name string, fresh bool) {
	if fresh {
		tmp := o.l.temp(name, "lu9628%05d.tmp")
		o.l.see(at, "CREATE", tmp, 0)
		o.claim(at, name)
		o.l.see(ms(at, 142), "WRITE", tmp, 4162)
		o.l.see(ms(at, 143), "CREATE", name, 4096)
		o.l.see(ms(at, 143), "WRITE", name, 4162)
		o.l.see(ms(at, 144), "REMOVE", tmp, -1)
		return
	}
	o.claim(at, name)
}

func (o libreOffice) claim(at time.Time, name string) {
	o.l.see(at, "CREATE", o.lock(name), lockSize)
	o.l.see(at, "WRITE", o.lock(name), lockSize)
}

func (o libreOffice) save(at time.Time, name string, size int64) time.Time {
	tmp := o.l.temp(name, "lu9628%05d.tmp")
	o.l.see(at, "REMOVE", o.lock(name), -1)
	o.l.see(ms(at, 1), "CREATE", tmp, 0)
	o.claim(ms(at, 2), name)
	o.l.see(ms(at, 138), "WRITE", tmp, size/2)
	o.l.see(ms(at, 139), "WRITE", tmp, size)
	o.l.see(ms(at, 141), "RENAME", tmp, -1)
	o.l.see(ms(at, 141), "CREATE", name, size)
	o.l.see(ms(at, 142), "CHMOD", name, size)
	return ms(at, 141)
}

func (o libreOffice) export(at time.Time, pdf string, size int64) time.Time {
	tmp := o.l.temp(pdf, "lu9628%05d.tmp")
	o.claim(at, pdf)
	o.l.see(ms(at, 2), "CREATE", tmp, 0)
	o.l.see(ms(at, 6), "WRITE", tmp, size)
	o.l.see(ms(at, 7), "CREATE", pdf, size)
	o.l.see(ms(at, 7), "WRITE", pdf, size)
	o.l.see(ms(at, 8), "REMOVE", tmp, -1)
	o.l.see(ms(at, 9), "REMOVE", o.lock(pdf), -1)
	return ms(at, 7)
}

func (o libreOffice) close(at time.Time, name string) { o.l.see(at, "REMOVE", o.lock(name), -1) }

// microsoftWord saves as Word does on Windows: the old document steps aside for
// a temporary file and is deleted.
type microsoftWord struct{ l *library }

const ownerSize = 162

func (microsoftWord) owner(name string) string {
	base := []rune(path.Base(name))
	return path.Join(path.Dir(name), "~$"+string(base[2:]))
}

func (o microsoftWord) open(at time.Time, name string, fresh bool) {
	if fresh {
		o.l.see(at, "CREATE", name, 0)
		o.l.see(ms(at, 20), "WRITE", name, 4480)
	}
	o.l.see(ms(at, 30), "CREATE", o.owner(name), 0)
	o.l.see(ms(at, 31), "WRITE", o.owner(name), ownerSize)
}

func (o microsoftWord) save(at time.Time, name string, size int64) time.Time {
	fresh, aside := o.l.temp(name, "~WRD%04d.tmp"), o.l.temp(name, "~WRL%04d.tmp")
	o.l.see(at, "CREATE", fresh, 0)
	o.l.see(ms(at, 60), "WRITE", fresh, size)
	o.l.see(ms(at, 95), "RENAME", name, -1)
	o.l.see(ms(at, 95), "CREATE", aside, size)
	o.l.see(ms(at, 98), "RENAME", fresh, -1)
	o.l.see(ms(at, 98), "CREATE", name, size)
	o.l.see(ms(at, 130), "REMOVE", aside, -1)
	return ms(at, 98)
}

func (o microsoftWord) close(at time.Time, name string) { o.l.see(at, "REMOVE", o.owner(name), -1) }

// write writes the documents under dir and the trail to the path.
func (l *library) write(dir, trail string) error {
	for name, f := range l.files {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), f.data, f.changed); err != nil {
			return err
		}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	for _, e := range l.trail {
		if err := enc.Encode(e); err != nil {
			return fmt.Errorf("encode trail: %w", err)
		}
	}
	return writeFile(trail, out.Bytes(), time.Time{})
}
