package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Finding is one thing that doctor looked at.
type Finding struct {
	What   string `json:"what"`
	OK     bool   `json:"ok"`
	Says   string `json:"says"`
	Remedy string `json:"remedy,omitempty"` // what to do, where it is not ok
}

// checkPatience bounds how long one place may take to answer.
const checkPatience = 20 * time.Second

// Examine looks at everything that Tenths needs and says what is configured,
// reachable and missing. It changes nothing.
func (p *Practice) Examine(ctx context.Context) ([]Finding, error) {
	findings := []Finding{p.examineStore(ctx)}
	t, err := p.Timekeeper(ctx)
	if err != nil {
		return nil, err
	}
	findings = append(findings, p.examineZone(t))
	if pause, err := (Discretion{p}).Paused(ctx); err != nil {
		return nil, err
	} else if pause.Paused {
		until := pause.Until
		if until == UntilResumed {
			until = "you resume"
		}
		findings = append(findings, Finding{What: "pause", OK: true, Says: "nothing is observed until " + until + "; tenths resume ends it"})
	}
	matters, err := Matters{p}.List(ctx)
	if err != nil {
		return nil, err
	}
	f := Finding{What: "matters", OK: len(matters) > 0, Says: count(len(matters), "matter", "matters")}
	if !f.OK {
		f.Remedy = "import them with tenths matter import FILE.csv, or connect a practice management system"
	}
	findings = append(findings, f)
	sources, err := p.examineSources(ctx)
	if err != nil {
		return nil, err
	}
	findings = append(findings, sources...)
	timers, err := p.examineTimers(ctx)
	if err != nil {
		return nil, err
	}
	findings = append(findings, timers...)
	words, err := p.examineModel(ctx)
	if err != nil {
		return nil, err
	}
	findings = append(findings, words...)
	posting, err := p.examinePosting(ctx)
	return append(findings, posting...), err
}

func (p *Practice) examineStore(ctx context.Context) Finding {
	f := Finding{What: "data directory", OK: true, Says: p.Dir}
	if err := p.store.Check(ctx); err != nil {
		return Finding{What: f.What, Says: billing.Message(err), Remedy: "restore the latest backup in " + p.Dir + " and keep the damaged file"}
	}
	info, err := os.Stat(filepath.Join(p.Dir, "tenths.db"))
	if err == nil && info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		return Finding{What: f.What, Says: "others on this machine can read " + p.Dir, Remedy: "chmod -R go= " + p.Dir}
	}
	err = p.store.View(ctx, func(tx *store.Tx) error { return tx.VerifyAudit(ctx) })
	if err != nil {
		return Finding{What: "audit trail", Says: billing.Message(err), Remedy: "keep the file as it is and compare it with a backup: the trail was changed from outside"}
	}
	return f
}

func (p *Practice) examineZone(t billing.Timekeeper) Finding {
	zone, err := p.zone(t)
	if err != nil {
		return Finding{What: "time zone", Says: billing.Message(err), Remedy: "set one with tenths timekeeper --zone America/New_York"}
	}
	f := Finding{What: "timekeeper", OK: true, Says: fmt.Sprintf("work dates in %s, %s", zone, count(len(t.Addresses), "mail address", "mail addresses"))}
	if len(t.Addresses) == 0 {
		f.Says += "; add yours with tenths timekeeper --address you@firm.com, so that your own answers to invitations and your sent mail are told from others'"
	}
	return f
}

func (p *Practice) examineSources(ctx context.Context) ([]Finding, error) {
	var list []billing.SourceConfig
	err := p.store.View(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.Sources(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []Finding
	for _, src := range list {
		if src.Kind == billing.SourceNotes {
			continue
		}
		out = append(out, p.examineSource(ctx, src))
	}
	if len(out) == 0 {
		out = append(out, Finding{What: "sources", Says: "nothing is observed yet",
			Remedy: "add a place with tenths source add calendar|imap|maildir|mbox|folder WHERE"})
	}
	return out, nil
}

func (p *Practice) examineSource(ctx context.Context, src billing.SourceConfig) Finding {
	ctx, cancel := context.WithTimeout(ctx, checkPatience)
	defer cancel()
	f := Finding{What: string(src.ID), OK: true, Says: string(src.Where) + " can be observed"}
	if _, _, err := (Sources{p}).try(ctx, src, &trial{}, billing.Span{}, 1); err != nil {
		f.OK, f.Says = false, billing.Message(err)
		f.Remedy = remedy(src, billing.KindOf(err))
		return f
	}
	var state sourceState
	err := p.store.View(ctx, func(tx *store.Tx) error {
		_, err := tx.Setting(ctx, stateKey(src.ID), &state)
		return err
	})
	if err == nil && len(state.Problems) > 0 {
		f.Says += "; not all of it could be read: " + strings.Join(state.Problems, "; ")
	}
	return f
}

// longTimer is from when on a running timer was more likely forgotten.
const longTimer = 12 * time.Hour

// examineTimers finds the timer that was left running.
func (p *Practice) examineTimers(ctx context.Context) ([]Finding, error) {
	list, err := Timers{p}.List(ctx)
	if err != nil {
		return nil, err
	}
	var out []Finding
	for _, t := range list {
		if ran := time.Duration(t.Seconds) * time.Second; t.State == "running" && ran >= longTimer {
			out = append(out, Finding{What: fmt.Sprintf("timer %d", t.ID), Says: fmt.Sprintf("it has been running for %d hours", ran/time.Hour),
				Remedy: fmt.Sprintf("if it was forgotten, tenths timer stop %d and correct the minutes of its drafts", t.ID)})
		}
	}
	return out, nil
}

func (p *Practice) examinePosting(ctx context.Context) ([]Finding, error) {
	link, err := Posting{p}.Link(ctx)
	if err != nil {
		return nil, err
	}
	if link.System == "" {
		return []Finding{{What: "posting", OK: true, Says: "no practice management system is connected; approved entries stay here"}}, nil
	}
	f := Finding{What: link.System, Remedy: "connect again with tenths connect " + link.System + " --url " + link.URL}
	vault, err := p.vault(ctx)
	if err != nil {
		f.Says, f.Remedy = billing.Message(err), "see the README under Secrets"
		return []Finding{f}, nil
	}
	remote, err := p.Connector(ctx, link, vault)
	if err == nil {
		defer remote.Close()
		ctx, cancel := context.WithTimeout(ctx, checkPatience)
		defer cancel()
		f.Says, err = remote.User(ctx)
	}
	if err != nil {
		f.Says = billing.Message(err)
		return []Finding{f}, nil
	}
	f.OK, f.Remedy, f.Says = true, "", link.URL+" as "+f.Says+"; the token is in "+vault.Where()
	out := []Finding{f}
	status, err := Posting{p}.Status(ctx)
	if err == nil && status.NeedsYou > 0 {
		out = append(out, Finding{What: "outbox", Says: fmt.Sprintf("%s could not be posted", count(status.NeedsYou, "entry", "entries")),
			Remedy: "tenths post status says why of each"})
	}
	return out, err
}

// count writes a number of things.
func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
