package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/mail"
)

// message is one of a mailbox: what the product sees of it, and where it was
// filed.
type message struct {
	file  string
	label string
	seen  billing.Observation
}

// read reads the mailbox in dir.
func read(dir string) ([]message, error) {
	f, err := os.Open(filepath.Join(dir, "labels.csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows := csv.NewReader(f)
	if _, err := rows.Read(); err != nil {
		return nil, fmt.Errorf("labels.csv: %w", err)
	}
	cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "foldering"}, TermKey: []byte("foldering")}
	messages := mail.NewMessages(cfg, func() time.Time { return time.Unix(0, 0).UTC() })
	var out []message
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
		out = append(out, message{row[0], row[2], o})
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
