// Package filed reads a mailbox that somebody filed, for measuring: messages and
// the folder that each was put in.
package filed

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/mail"
)

// Message is one of a mailbox: what the product sees of it, and where it was
// filed.
type Message struct {
	File  string
	Label string
	Seen  billing.Observation // its id is File
}

// Read reads the mailbox in dir, which holds messages/*.eml and labels.csv
// (file,date_utc,label), in the order of that. Fields that mail programs add when
// they export (X-…) and Bcc are taken out first. Own are the addresses of its
// owner: what these sent is sent mail, and all is received where there are none.
func Read(dir string, own ...string) ([]Message, error) {
	f, err := os.Open(filepath.Join(dir, "labels.csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows := csv.NewReader(f)
	if _, err := rows.Read(); err != nil {
		return nil, fmt.Errorf("labels.csv: %w", err)
	}
	cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "foldering"}, Own: own, TermKey: []byte("foldering")}
	messages := mail.NewMessages(cfg, func() time.Time { return time.Unix(0, 0).UTC() })
	var out []Message
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil || len(row) != 3 {
			return nil, fmt.Errorf("labels.csv: a row is not file,date_utc,label: %w", err)
		}
		raw, err := os.ReadFile(filepath.Join(dir, "messages", filepath.Base(row[0])))
		if err != nil {
			return nil, err
		}
		o, err := messages.Read(bytes.NewReader(plain(raw)))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", row[0], err)
		}
		o.ID = billing.ObservationID(row[0])
		out = append(out, Message{row[0], row[2], o})
	}
}

// plain returns the message without the header fields that must not be used:
// X-… and Bcc.
func plain(raw []byte) []byte {
	out := make([]byte, 0, len(raw))
	skipping := false
	for len(raw) > 0 {
		end := bytes.IndexByte(raw, '\n') + 1
		if end == 0 {
			end = len(raw)
		}
		line := raw[:end]
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			return append(out, raw...)
		}
		if line[0] != ' ' && line[0] != '\t' {
			name := bytes.ToLower(line[:max(0, bytes.IndexByte(line, ':'))])
			skipping = bytes.HasPrefix(name, []byte("x-")) || string(bytes.TrimSpace(name)) == "bcc"
		}
		if !skipping {
			out = append(out, line...)
		}
		raw = raw[end:]
	}
	return out
}

// Owner returns the addresses of whoever kept the mailbox in dir: those that at
// least a fifth of its messages are from, to or copied to.
func Owner(dir string) ([]string, error) {
	messages, err := Read(dir)
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	for _, m := range messages {
		seen := map[billing.Privileged]bool{}
		for _, p := range m.Seen.With {
			if p.Address != "" && !seen[p.Address] {
				seen[p.Address] = true
				count[string(p.Address)]++
			}
		}
	}
	var own []string
	for a, n := range count {
		if 5*n >= len(messages) {
			own = append(own, a)
		}
	}
	slices.Sort(own)
	return own, nil
}
