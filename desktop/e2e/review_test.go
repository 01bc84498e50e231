//go:build linux

package e2e_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tenths/tenths/internal/peer"
)

const keyEscape = "\ue00c" // WebDriver's code for it

// A lawyer reviews the sample day in the real window with the keyboard alone,
// approves it, and the program's own account of the day agrees.
func TestReviewByKeyboard(t *testing.T) {
	peer.Heavy(t)
	if _, err := os.Stat(filepath.Join(peer.Root(), "frontend", "dist", "index.html")); err != nil {
		peer.Missing(t, "the page is not built: make page")
	}
	program, display := build(t, "."), screen(t)
	t.Setenv("HOME", t.TempDir())

	var sample struct{ Data, Day string }
	tenths(t, program, &sample, "sample", "--json", filepath.Join(t.TempDir(), "practice"))
	b := drive(t, display, program, "--data", sample.Data, "--day", sample.Day)
	await(t, "the day's drafts", func() (bool, error) {
		rows, err := b.tryJS("return document.querySelectorAll('[data-row].ready').length")
		n, _ := rows.(float64)
		return n > 3, err
	})
	b.until(".sum", "0 double-booked")
	b.shot("day")

	chosen := func() string {
		id, _ := b.js("return document.querySelector('[data-row][aria-selected=true]')?.dataset.row ?? ''").(string)
		return id
	}
	row := func(id string) string { return `[data-row="` + id + `"]` }
	// To the first draft that wants nothing, one key at a time.
	target, _ := b.js("return document.querySelector('[data-row].ready').dataset.row").(string)
	for range 60 {
		if chosen() == target {
			break
		}
		b.press("j")
	}
	if chosen() != target {
		t.Fatalf("the key J never came to the first ready draft; it is at %q", chosen())
	}

	b.press("e")
	await(t, "the narrative's field", func() (bool, error) {
		on, err := b.tryJS("return document.activeElement?.matches('input, textarea')")
		return on == true, err
	})
	for _, letter := range " and privilege log" {
		b.press(string(letter))
	}
	b.shot("narrative")
	b.press(keyEnter)
	b.until(row(target)+" .narrative", " and privilege log")
	b.shot("accepted")

	// The dialogs lie over the day, take the keys, and go without a trace.
	for _, d := range []struct{ key, typed, shows, name string }{
		{"g", "", "Becomes", "merge"},
		{"t", "call with opposing counsel", "Start", "timers"},
		{"n", "0.3 call with opposing counsel re discovery", "Telephone conference with opposing counsel", "note"},
	} {
		b.press(d.key)
		await(t, "the dialog of "+d.name, func() (bool, error) {
			open, err := b.tryJS("return document.querySelectorAll('dialog[open]').length")
			return open == 1.0, err
		})
		for _, letter := range d.typed {
			b.press(string(letter))
		}
		b.until("dialog[open]", d.shows)
		b.shot(d.name)
		b.press(keyEscape)
		await(t, "the day behind "+d.name, func() (bool, error) {
			open, err := b.tryJS("return document.querySelectorAll('dialog').length")
			return open == 0.0, err
		})
	}

	b.press(keyControl, keyEnter)
	b.until("dialog[open]", "will be locked")
	b.until("dialog[open]", " and privilege log")
	b.shot("approve")
	b.press(keyEnter)
	await(t, "the approved day", func() (bool, error) {
		left, err := b.tryJS("return document.querySelector('dialog[open]') ? -1 : document.querySelectorAll('[data-row].ready').length")
		return left == 0.0, err
	})
	b.shot("approved")
	b.close()

	var day []struct{ ID, State, Narrative string }
	tenths(t, program, &day, "draft", "--json", "--day", sample.Day, "--data", sample.Data)
	for _, entry := range day {
		if entry.ID != target {
			continue
		}
		if entry.State != "approved" || !strings.HasSuffix(entry.Narrative, " and privilege log") {
			t.Errorf("in the window it was approved as written; in the terminal it is %+v", entry)
		}
		return
	}
	t.Errorf("the terminal does not know the entry that the window approved, among %d", len(day))
}

// tenths runs the program in a terminal and reads what it prints.
func tenths(t *testing.T, program string, into any, args ...string) {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("tenths %s: %v\n%s", args[0], err, said.String())
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("tenths %s: %v", args[0], err)
	}
}
