package mail

import (
	"context"
	"crypto/tls"
	"time"
)

// Option changes how a source observes.
type Option func(*settings)

type settings struct {
	since   time.Time
	every   time.Duration // between looks at files
	batch   int
	tls     *tls.Config   // IMAP alone, from here on
	timeout time.Duration // for one command
	poll    time.Duration // between looks at other folders than INBOX
	retry   time.Duration // before the first new attempt
	oauth   bool          // the secret is an access token
	token   func(context.Context) (string, error)
}

func settingsOf(options []Option) settings {
	s := settings{every: 5 * time.Second, batch: batchSize, timeout: 30 * time.Second, poll: time.Minute, retry: time.Second}
	for _, o := range options {
		o(&s)
	}
	return s
}

// Since leaves out mail that the mailbox got before t.
func Since(t time.Time) Option { return func(s *settings) { s.since = t } }

// Every sets how often files are looked at; five seconds without it.
func Every(d time.Duration) Option { return func(s *settings) { s.every = d } }

// Poll sets how often an IMAP server is asked for what it does not announce:
// between d and 2 d, by chance; d is one minute without it.
func Poll(d time.Duration) Option { return func(s *settings) { s.poll = d } }

// Timeout bounds every exchange with an IMAP server; 30 seconds without it.
func Timeout(d time.Duration) Option { return func(s *settings) { s.timeout = d } }

// Retry sets the wait before an IMAP server is tried again, which doubles each
// time up to five minutes; one second without it.
func Retry(d time.Duration) Option { return func(s *settings) { s.retry = d } }

// TLS sets how an IMAP server proves who it is, in place of the system's
// certificate authorities. It is meant for tests.
func TLS(config *tls.Config) Option { return func(s *settings) { s.tls = config } }

// OAuth has an IMAP account signed in to with an OAuth 2.0 access token, by
// OAUTHBEARER (RFC 7628) or else XOAUTH2, in place of a password. secret is
// called for every connection and returns a token that is valid then, or a
// [capture.Grant]; nil stands for the Password of the configuration, which then
// returns these. A grant is renewed when it must be, if the configuration can
// keep what comes of that.
func OAuth(secret func(ctx context.Context) (string, error)) Option {
	return func(s *settings) { s.oauth, s.token = true, secret }
}

func batches(n int) Option { return func(s *settings) { s.batch = n } }
