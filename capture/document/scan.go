package document

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/tenths/tenths/billing"
)

// place is an observed folder: where it really is, and how to look at it.
type place struct {
	root string // absolute, without symbolic links
}

// locate finds the folder called where, which may be a link.
func locate(where string) (place, error) {
	root, err := filepath.EvalSymlinks(where)
	if err != nil {
		return place{}, unreachable(err)
	}
	info, err := os.Stat(root)
	switch {
	case err != nil:
		return place{}, unreachable(err)
	case !info.IsDir():
		return place{}, &billing.Error{Kind: billing.Invalid, Msg: "the folder to observe is a file; name the folder that holds the documents"}
	}
	return place{root}, nil
}

func unreachable(err error) error {
	return &billing.Error{Kind: billing.Unreachable, Err: bare(err),
		Msg: "the observed folder cannot be reached; connect its drive, or remove the source and add it where the folder is now"}
}

// bare returns err without the paths in it, which must not be logged.
func bare(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.SyscallError](err); ok {
		return e.Err
	}
	return err
}

// relative returns the slash path of an absolute one below the folder.
func (p place) relative(absolute string) (string, bool) {
	rel, err := filepath.Rel(p.root, absolute)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// skips reports whether the absolute directory name, called base, is left out
// of the tree. The observed folder itself never is: someone chose it.
func (p place) skips(name, base string) bool {
	return name != p.root && (skipDir(base) || isCopy(filepath.ToSlash(name)) && !isCopy(filepath.ToSlash(p.root)))
}

func (p place) absolute(rel string) string { return filepath.Join(p.root, filepath.FromSlash(rel)) }

// walk calls visit with an event of what is there for each document, lock and
// owner file at or below the folder dir. Links are not followed. A part that
// cannot be read is left out, but for the top.
func (p place) walk(ctx context.Context, dir string, now time.Time, visit func(Event)) error {
	top := p.absolute(dir)
	return filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && name == top:
			return unreachable(err)
		case err != nil:
			return nil
		case d.IsDir():
			if p.skips(name, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		rel, ok := p.relative(name)
		if !ok {
			return nil
		}
		kind, of := classify(rel)
		if kind == noise || !d.Type().IsRegular() {
			return nil
		}
		info, err := d.Info()
		if err != nil || kind == document && placeholder(info) {
			return nil
		}
		e := Event{Time: now, Path: rel, Op: Seen, Size: info.Size(), ModTime: info.ModTime()}
		if kind == owner {
			e.Of = p.whose(of)
		}
		visit(e)
		return nil
	})
}

// look returns the event of op at rel, with what is there now. False means
// that it is of no interest.
func (p place) look(rel string, op Op, now time.Time) (Event, bool) {
	kind, of := classify(rel)
	absolute := p.absolute(rel)
	if kind == noise || p.skips(filepath.Dir(absolute), "") {
		return Event{}, false
	}
	e := Event{Time: now, Path: rel, Op: op, Size: -1}
	info, err := os.Lstat(absolute)
	if err == nil {
		if !info.Mode().IsRegular() || kind == document && placeholder(info) {
			return Event{}, false
		}
		e.Size, e.ModTime = info.Size(), info.ModTime()
	}
	if kind == owner {
		e.Of = p.whose(of)
	}
	return e, true
}

// whose returns the document that an owner file belongs to, from the names in
// its folder; rest is the folder joined with what the owner file's name leaves
// of the document's. It is empty where that is not certain.
func (p place) whose(rest string) string {
	dir, base := path.Split(rest)
	entries, err := os.ReadDir(p.absolute(dir))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && isDocument(e.Name()) {
			names = append(names, e.Name())
		}
	}
	if name, ok := ownerOf(base, names); ok {
		return dir + name
	}
	return ""
}
