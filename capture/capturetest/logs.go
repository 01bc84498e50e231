package capturetest

import (
	"bytes"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// transcript is all that was logged, with the errors that sources returned.
type transcript struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

var current struct {
	sync.Mutex
	*transcript
}

// captureLogs collects what the default logger is given, at every level, until
// t ends. Suites that run at the same time would hear each other, so tests with
// a suite are not parallel.
func captureLogs(t *testing.T) *transcript {
	tr := &transcript{}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(tr, &slog.HandlerOptions{Level: slog.LevelDebug - 4})))
	current.Lock()
	current.transcript = tr
	current.Unlock()
	t.Cleanup(func() {
		slog.SetDefault(before)
		current.Lock()
		current.transcript = nil
		current.Unlock()
	})
	return tr
}

// Write implements [io.Writer].
func (tr *transcript) Write(p []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.buf.Write(p)
}

// noteError adds err to the transcript: errors end in the log.
func noteError(err error) {
	current.Lock()
	defer current.Unlock()
	if err != nil && current.transcript != nil {
		slog.Debug("capturetest: a source returned an error", "err", err)
	}
}

// check fails t when a secret was logged.
func (tr *transcript) check(t *testing.T, secrets []string) {
	t.Helper()
	tr.mu.Lock()
	defer tr.mu.Unlock()
	for line := range strings.Lines(tr.buf.String()) {
		for _, secret := range secrets {
			quoted := strings.Trim(strconv.Quote(secret), `"`)
			if secret != "" && (strings.Contains(line, secret) || strings.Contains(line, quoted)) {
				t.Errorf("a secret (%q) was logged: %s", secret, line)
			}
		}
	}
}
