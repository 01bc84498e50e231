package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

const (
	prefix = "tenths-history-" // of the folders with copies, in the system's folder for temporary files
	copied = "history"         // the name of a copy
	held   = "held"            // the lock of a folder whose copy is in use
	// infancy is how long a folder without its lock may yet get one.
	infancy = time.Minute
)

// besides are the ends of the names of a database's own files: the database,
// its write-ahead log, and the rollback journal that Chromium keeps instead.
// The index of the log (-shm) is made anew from it.
var besides = []string{"", "-wal", "-journal"}

// dir is a folder that nobody else can read, with the copy of one history. It
// is locked while it is in use, so that one that a crash left can be told.
type dir struct {
	path string
	lock *flock.Flock
}

func newDir() (*dir, error) {
	path, err := os.MkdirTemp("", prefix) // 0700
	if err != nil {
		return nil, err
	}
	d := &dir{path, flock.New(filepath.Join(path, held), flock.SetPermissions(0o600))}
	ok, err := d.lock.TryLock()
	if err == nil && !ok { // another sweep took it for a left one between two steps
		err = errMoving
	}
	if err != nil {
		return nil, errors.Join(err, d.remove())
	}
	return d, nil
}

func (d *dir) remove() error {
	_ = d.lock.Close()
	return os.RemoveAll(d.path)
}

// sweep removes the copies that a crash left: those that nobody holds.
func sweep(now time.Time) {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	for _, path := range left {
		info, err := os.Lstat(path)
		if err != nil || !info.IsDir() || (runtime.GOOS != "windows" && info.Mode().Perm() != 0o700) {
			continue
		}
		name := filepath.Join(path, held)
		if lock, err := os.Lstat(name); err != nil || !lock.Mode().IsRegular() {
			if now.Sub(info.ModTime()) > infancy {
				_ = os.RemoveAll(path)
			}
			continue
		}
		lock := flock.New(name, flock.SetPermissions(0o600))
		if ok, err := lock.TryLock(); err == nil && ok {
			_ = (&dir{path, lock}).remove()
		}
	}
}

// copyDatabase copies the database at path as it stands at one instant. The
// browser locks its database for as long as it runs, so no lock would tell
// when it rests: what was copied is read a second time, and a difference is
// errMoving.
func (d *dir) copyDatabase(ctx context.Context, path string) error {
	for _, end := range besides {
		if err := d.copyFile(ctx, path+end, copied+end); err != nil && (end == "" || !errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	for _, end := range besides {
		same, err := sameFile(ctx, path+end, filepath.Join(d.path, copied+end))
		if err != nil {
			return err
		}
		if !same {
			return errMoving
		}
	}
	return nil
}

func (d *dir) copyFile(ctx context.Context, from, name string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if info, err := in.Stat(); err != nil {
		return err
	} else if !info.Mode().IsRegular() {
		return errForeign
	}
	out, err := os.OpenFile(filepath.Join(d.path, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, cancellable{ctx, in})
	return errors.Join(err, out.Close())
}

// sameFile reports whether two files have the same content; files that are
// both not there have.
func sameFile(ctx context.Context, a, b string) (bool, error) {
	x, errX := os.Open(a)
	y, errY := os.Open(b)
	if errX == nil {
		defer x.Close()
	}
	if errY == nil {
		defer y.Close()
	}
	switch {
	case errors.Is(errX, fs.ErrNotExist) || errors.Is(errY, fs.ErrNotExist):
		return errX != nil && errY != nil, nil
	case errX != nil || errY != nil:
		return false, errors.Join(errX, errY)
	}
	return sameContent(cancellable{ctx, x}, y)
}

func sameContent(x, y io.Reader) (bool, error) {
	var a, b [128 << 10]byte
	for {
		n, errX := io.ReadFull(x, a[:])
		m, errY := io.ReadFull(y, b[:])
		if !bytes.Equal(a[:n], b[:m]) {
			return false, nil
		}
		if ended(errX) && ended(errY) {
			return true, nil
		}
		if errX != nil || errY != nil {
			return false, errors.Join(errX, errY)
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// cancellable reads until ctx ends.
type cancellable struct {
	ctx context.Context //nolint:containedctx // of the one copy that it reads for
	r   io.Reader
}

// Read implements [io.Reader].
func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// State returns text that differs when the database at path, or what the
// browser has in the log beside it, was changed. It is empty when the database
// is not there or may not be read.
func State(path string) string {
	var b strings.Builder
	for _, end := range besides {
		info, err := statOpened(path + end)
		if err != nil {
			if end == "" {
				return ""
			}
			b.WriteString("-;")
			continue
		}
		fmt.Fprintf(&b, "%d@%d;", info.Size(), info.ModTime().UnixNano())
	}
	return b.String()
}

// statOpened opens the file to ask about it: what Windows keeps in the folder
// about a file that a program has open lags behind.
func statOpened(path string) (fs.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Stat()
}
