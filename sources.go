package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
	"github.com/tenths/tenths/capture/document"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/capture/research"
)

// researchSites is the file in the data directory that lists the sites which
// are legal research, where the list that Tenths comes with does not do.
const researchSites = "research-sites.txt"

// sources are the kinds of place that can be observed. dir is the data
// directory.
func sources(dir string, now func() time.Time) map[billing.SourceKind]app.NewSource {
	return map[billing.SourceKind]app.NewSource{
		billing.SourceCalendar: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			s, err := calendar.New(cfg, now)
			if err == nil && within != (billing.Span{}) {
				s.Within(within.Start, within.End)
			}
			return s, err
		},
		billing.SourceCalDAV: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			s, err := calendar.NewCalDAV(cfg, now)
			if err == nil && within != (billing.Span{}) {
				s.Within(within.Start, within.End)
			}
			return s, err
		},
		billing.SourceIMAP: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			return openIMAP(cfg, now, since(within))
		},
		billing.SourceMaildir: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			return mail.NewMaildir(cfg, now, since(within)...)
		},
		billing.SourceMbox: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			return mail.NewMbox(cfg, now, since(within)...)
		},
		billing.SourceFolder: func(cfg capture.Config, _ billing.Span) (capture.Source, error) {
			return document.New(cfg, now)
		},
		billing.SourceResearch: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			sites, err := research.ReadSites(filepath.Join(dir, researchSites))
			if err != nil {
				return nil, err
			}
			if within != (billing.Span{}) {
				return research.New(cfg, now, sites, research.Since(within.Start))
			}
			return research.New(cfg, now, sites)
		},
	}
}

// openIMAP makes the source of a mail account. An address that begins with
// imaps+oauth:// or imap+oauth:// is signed in to with an access token, which is
// kept in the password's place.
func openIMAP(cfg capture.Config, now func() time.Time, options []mail.Option) (capture.Source, error) {
	scheme, rest, _ := strings.Cut(cfg.Where.Reveal(), "://")
	if plain, ok := strings.CutSuffix(strings.ToLower(scheme), "+oauth"); ok {
		cfg.Where = billing.Privileged(plain + "://" + rest)
		options = append(options, mail.OAuth(nil))
	}
	return mail.NewIMAP(cfg, now, options...)
}

func since(within billing.Span) []mail.Option {
	if within == (billing.Span{}) {
		return nil
	}
	return []mail.Option{mail.Since(within.Start)}
}

// findPlaces looks for places on this machine that could be observed: the mail
// that Thunderbird keeps, and the folders of document management and cloud
// programs.
func findPlaces() []app.FoundPlace {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	config, _ := os.UserConfigDir()
	var out []app.FoundPlace
	for _, f := range mail.FindThunderbird(home, config) {
		out = append(out, app.FoundPlace{SourceConfig: billing.SourceConfig{Kind: f.Kind, Where: f.Where, User: f.User}, Name: f.Name, Cached: f.Cached})
	}
	for _, f := range document.FindFolders(home, os.Getenv) {
		out = append(out, app.FoundPlace{SourceConfig: billing.SourceConfig{Kind: billing.SourceFolder, Where: f.Where}, Name: f.Name})
	}
	return out
}
