package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline"
)

// Guidelines are the rules that entries are checked against: those shipped with
// the program and those that were added. Added ones are files in the data
// directory, as they were written: a person can read, compare and mend them, the
// lines that mistakes name are theirs, and a later Tenths reads them anew.
type Guidelines struct{ *Practice }

// Guideline is a guideline with its file.
type Guideline struct {
	guideline.Guideline
	Text    string // the file
	Problem string // why it cannot be used, "" when it can; then only its id is known
}

// List returns all guidelines, the shipped ones first. One whose file cannot be
// used is there with its problem: the others go on holding.
func (g Guidelines) List(ctx context.Context) ([]GuidelineView, error) {
	all, err := g.all(ctx)
	if err != nil {
		return nil, err
	}
	clients, numbers, err := g.whose(ctx)
	views := make([]GuidelineView, len(all))
	for i, x := range all {
		views[i] = guidelineView(x)
		if wrong := among(x.Guideline, clients, numbers); wrong != nil {
			views[i].Nobody = billing.Message(wrong)
		}
	}
	return views, err
}

// Show returns one guideline.
func (g Guidelines) Show(ctx context.Context, id string) (GuidelineView, error) {
	x, err := g.find(ctx, id)
	if err != nil {
		return GuidelineView{}, err
	}
	v := guidelineView(x)
	v.Text = x.Text
	return v, nil
}

// Add keeps the guideline in data, whose file is called name, in place of an
// added one with the same id. Nothing is kept of one that has a mistake, does not
// go with the others or is for a client or matter that nobody has.
func (g Guidelines) Add(ctx context.Context, name string, data []byte) (GuidelineView, error) {
	x, others, err := g.parse(ctx, name, data)
	if err != nil {
		return GuidelineView{}, err
	}
	if err := g.ofSomebody(ctx, x); err != nil {
		return GuidelineView{}, err
	}
	if _, err := guideline.New(append(others, x), guideline.Setting{}); err != nil {
		return GuidelineView{}, err
	}
	if err := g.write(x.ID, data); err != nil {
		return GuidelineView{}, g.cannot(err)
	}
	return guidelineView(Guideline{Guideline: x}), nil
}

// Remove takes an added guideline out.
func (g Guidelines) Remove(ctx context.Context, id string) error {
	x, err := g.find(ctx, id)
	if err != nil {
		return err
	}
	if x.Builtin {
		return invalid(fmt.Sprintf("%s is shipped with Tenths and stays; a guideline of a client or matter can switch its rules off", id))
	}
	all, _, err := g.usable(ctx)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(slices.Clone(all), func(o guideline.Guideline) bool { return o.ID == id })
	if _, err := guideline.New(all, guideline.Setting{}); err == nil {
		if _, err := guideline.New(left, guideline.Setting{}); err != nil { // another builds on it
			return &billing.Error{Kind: billing.Conflict, Msg: fmt.Sprintf("%s cannot be removed: without it %s", id, billing.Message(err)), Err: err}
		}
	}
	if err := os.Remove(g.path(id)); err != nil {
		return g.cannot(err)
	}
	return nil
}

// parse reads a guideline, and returns it with the others that there are.
func (g Guidelines) parse(ctx context.Context, name string, data []byte) (x guideline.Guideline, others []guideline.Guideline, err error) {
	if x, err = guideline.ParseGuideline(filepath.Base(name), data); err != nil {
		return x, nil, mistaken(err)
	}
	all, _, err := g.usable(ctx)
	if err != nil {
		return x, nil, err
	}
	for _, o := range all {
		if o.Builtin && o.ID == x.ID {
			return x, nil, invalid(fmt.Sprintf("%s is the id of a guideline that is shipped with Tenths; choose another", x.ID))
		}
		if o.ID != x.ID {
			others = append(others, o)
		}
	}
	return x, others, nil
}

// mistaken is the error for a file with mistakes, one a line.
func mistaken(err error) error {
	return &billing.Error{Kind: billing.Invalid, Msg: err.Error()}
}

// usable returns the guidelines that can be used, and what is wrong with the
// files of the others.
func (g Guidelines) usable(ctx context.Context) (usable []guideline.Guideline, problems []string, err error) {
	all, err := g.all(ctx)
	for _, x := range all {
		if x.Problem != "" {
			problems = append(problems, x.Problem)
			continue
		}
		usable = append(usable, x.Guideline)
	}
	return usable, problems, err
}

// all returns the shipped guidelines and then the added ones, by id.
func (g Guidelines) all(ctx context.Context) ([]Guideline, error) {
	var out []Guideline
	for _, x := range guideline.Packs() {
		text, _ := guideline.PackFile(x.ID)
		out = append(out, Guideline{Guideline: x, Text: string(text)})
	}
	files, err := os.ReadDir(g.folder())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, g.cannot(err)
	}
	for _, f := range files {
		id, ok := strings.CutSuffix(f.Name(), ".toml")
		if !ok || f.IsDir() || strings.HasPrefix(id, ".") {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = append(out, g.read(id, out))
	}
	return out, nil
}

// read reads an added guideline. What is wrong with it is its problem.
func (g Guidelines) read(id string, others []Guideline) Guideline {
	broken := Guideline{Guideline: guideline.Guideline{ID: id}}
	data, err := os.ReadFile(g.path(id))
	if err != nil {
		broken.Problem = fmt.Sprintf("the guideline %s cannot be read; add it again", id)
		return broken
	}
	broken.Text = string(data)
	x, err := guideline.ParseGuideline(id+".toml", data)
	switch {
	case err != nil:
		broken.Problem = err.Error()
		return broken
	case x.ID != id:
		broken.Problem = fmt.Sprintf("%s.toml holds the guideline %s; add it again", id, x.ID)
		return broken
	case slices.ContainsFunc(others, func(o Guideline) bool { return o.Builtin && o.ID == id }):
		broken.Problem = fmt.Sprintf("the guideline %s has the id of one that is shipped; give it another", id)
		return broken
	}
	return Guideline{Guideline: x, Text: string(data)}
}

func (g Guidelines) find(ctx context.Context, id string) (Guideline, error) {
	all, err := g.all(ctx)
	if err != nil {
		return Guideline{}, err
	}
	for _, x := range all {
		if x.ID == id {
			return x, nil
		}
	}
	return Guideline{}, &billing.Error{Kind: billing.NotFound, Msg: fmt.Sprintf("there is no guideline %s; tenths guideline list shows those there are", id)}
}

func (g Guidelines) folder() string { return filepath.Join(g.Dir, "guidelines") }

func (g Guidelines) path(id string) string { return filepath.Join(g.folder(), id+".toml") }

// write keeps a file as a whole or not at all; its name is a valid id.
func (g Guidelines) write(id string, data []byte) error {
	if err := os.MkdirAll(g.folder(), 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(g.folder(), "."+id+".*") // 0600
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), g.path(id))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
	return err
}

func (g Guidelines) cannot(err error) error {
	return &billing.Error{Kind: billing.Invalid, Msg: "the guidelines in the data folder cannot be read or written; check its permissions", Err: err}
}
