package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

const (
	// patience is how long a look lasts without a word on a screen, and onScreen
	// how often it then says how far it has got.
	patience = 2 * time.Second
	onScreen = time.Second
	// inLog is both where nobody watches the lines come.
	inLog = 10 * time.Second
)

// progress says how far a look at places has got, while somebody waits for it.
type progress struct {
	to     io.Writer
	screen bool // to is a terminal, on which a line can be replaced

	mu   sync.Mutex
	seen map[billing.SourceID]int
	wide int // of the line that stands on the screen
}

// watched runs a look at places that says how far it has got, on standard error,
// once it takes longer than people wait without a sign. With --json it is silent.
func (r *root) watched(ctx context.Context, look func(context.Context) error) error {
	if r.json {
		return look(ctx)
	}
	file, _ := r.rawErr.(*os.File)
	p := &progress{to: r.rawErr, screen: file != nil && isTerminal(file)}
	return p.during(ctx, look)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// during runs look, and tells of it until it ends.
func (p *progress) during(ctx context.Context, look func(context.Context) error) error {
	p.seen = map[billing.SourceID]int{}
	began := time.Now()
	done := make(chan struct{})
	var telling sync.WaitGroup
	telling.Go(func() {
		first, every := inLog, inLog
		if p.screen {
			first, every = patience, onScreen
		}
		next := time.NewTimer(first)
		defer next.Stop()
		for {
			select {
			case <-done:
				return
			case now := <-next.C:
				p.say(now.Sub(began))
				next.Reset(every)
			}
		}
	})
	err := look(app.WithProgress(ctx, p.note))
	close(done)
	telling.Wait()
	p.clear()
	return err
}

func (p *progress) note(now app.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen[now.Source] = now.Seen
}

// say writes how far each place has got.
func (p *progress) say(passed time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var ids []billing.SourceID
	for id := range p.seen {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = fmt.Sprintf("%s: %s seen", id, thousands(p.seen[id]))
	}
	text := fmt.Sprintf("still looking after %s", passed.Round(time.Second))
	if len(parts) > 0 {
		text += "; " + strings.Join(parts, ", ")
	}
	if !p.screen {
		fmt.Fprintln(p.to, text)
		return
	}
	fmt.Fprintf(p.to, "\r%-*s", p.wide, text)
	p.wide = len(text)
}

// clear takes the line off the screen.
func (p *progress) clear() {
	if p.wide > 0 {
		fmt.Fprintf(p.to, "\r%*s\r", p.wide, "")
	}
}

// thousands writes n with its thousands separated.
func thousands(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
