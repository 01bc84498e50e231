package mail

import (
	"bytes"
	"slices"
)

// Write implements [net.Conn] for the client library. Folders are called there
// what the server calls them.
func (t *tap) Write(p []byte) (int, error) {
	t.line = append(t.line, p...)
	whole := bytes.LastIndexByte(t.line, '\n') + 1
	if whole == 0 {
		return len(p), nil // all that the library sends ends with a line
	}
	var out []byte
	for line := range bytes.Lines(t.line[:whole]) {
		t.expect(line)
		out = append(out, unaliased(line)...)
	}
	t.line = append(t.line[:0], t.line[whole:]...)
	if _, err := t.Conn.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// expect takes note of what the server will answer to a line of the library's.
func (t *tap) expect(line []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &scan{b: line}
	first := s.word("")
	command := len(first) > 1 && first[0] == 'T' && !bytes.ContainsFunc(first[1:], func(r rune) bool { return r < '0' || r > '9' }) && !s.lastWords()
	_, literal := literalAfter(line)
	switch {
	case command:
		t.open = append(t.open, string(first))
		s.blanks()
		verb := string(s.word(""))
		if verb == "EXAMINE" {
			t.mender.counted = false
		}
		t.invited = literal || verb == "AUTHENTICATE" || verb == "IDLE"
		if t.asked = verb == "AUTHENTICATE"; t.asked {
			s.blanks()
			s.word("") // the mechanism
			s.blanks()
			t.answered = len(s.word("")) > 0
		}
	case string(bytes.TrimRight(line, "\r\n")) == "DONE":
		t.invited = false
	default: // the next of what the server asked for
		t.invited = true
	}
}

// alerts returns, once, what the server said that it wants a person to see.
func (t *tap) alerts() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := slices.Compact(t.mender.alerts)
	t.mender.alerts = nil
	return out
}

// farewell returns the server's last words, "" when it has said none.
func (t *tap) farewell() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.mender.bye
}

// empty reports whether the server says that the selected folder is.
func (t *tap) empty() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.mender.counted && t.mender.exists == 0
}

// odd returns of how many responses something was lost so far.
func (t *tap) odd() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.mender.odd
}
