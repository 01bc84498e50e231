package store

import (
	"fmt"
	"runtime"
	"strings"
)

// The functions that refuseNested looks for among its callers.
const (
	updateName  = "store.(*Store).Update"
	writingName = "store.writing"
)

// writing runs fn within an Update: whoever is called below it must not begin
// another.
//
//go:noinline
func writing(tx *Tx, fn func(*Tx) error) error { return fn(tx) }

// refuseNested panics when it is called by an Update within another on the same
// goroutine. There is one writer, so that the inner one would wait for the outer
// one for ever. The function that an Update runs is given no context that could
// tell; its stack does.
func refuseNested() {
	var pcs [256]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	var callers []string // of each Update, the innermost first
	within, next := false, false
	for {
		f, more := frames.Next()
		if next {
			callers = append(callers, fmt.Sprintf("%s (%s:%d)", f.Function, f.File, f.Line))
		}
		next = strings.HasSuffix(f.Function, updateName)
		within = within || strings.HasSuffix(f.Function, writingName)
		if !more {
			break
		}
	}
	if within && len(callers) > 1 {
		panic("store: Update by " + callers[0] + " within the Update by " + callers[1] + ": it would wait for itself")
	}
}
