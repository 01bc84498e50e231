package mail

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// IMAP observes an account on an IMAP server (RFC 3501, RFC 9051): INBOX, the
// folders of sent mail, and those that mail is filed in. Folders are opened
// read-only, and only header fields, sizes and structure are fetched: no bodies.
// The number of words is therefore worked out from the size of the text.
type IMAP struct {
	*reading
	server     server
	user       string
	password   func(context.Context) (string, error)
	permission *permission // in place of a password
	settings   settings

	noting sync.Mutex
	noted  map[string]bool      // what the person was told already
	sent   map[string]bool      // messages seen in folders of sent mail
	left   []billing.Privileged // folders that the person may want to be observed too
}

// server is where an IMAP server is and how to talk to it.
type server struct {
	host, port string
	implicit   bool     // TLS from the first byte; else STARTTLS
	folders    []string // those to observe; none stands for the usual ones
}

func (s server) address() string { return net.JoinHostPort(s.host, s.port) }

// loopback reports whether the server is this machine: there is then no network
// to be overheard on, so STARTTLS need not be offered and its certificate (as a
// mail bridge makes for itself) proves nothing that matters.
func (s server) loopback() bool {
	ip := net.ParseIP(s.host)
	return s.host == "localhost" || ip != nil && ip.IsLoopback()
}

// NewIMAP returns a source over the account cfg.User at cfg.Where, which is
// "imaps://host[:port]", "imap://host[:port]" (STARTTLS is then required, but
// for this machine itself) or "host[:port]", which means imaps except at port
// 143. After that may follow the folders to observe in place of the usual ones
// (see [usual]): "imap://host/INBOX,Projects%2FLin,Sent"; what is no letter or
// digit in a name may be percent-encoded, and a comma must be. The server tells
// of new mail in INBOX; the other folders are polled. NewIMAP does not connect.
func NewIMAP(cfg capture.Config, now func() time.Time, options ...Option) (*IMAP, error) {
	at, err := parseServer(cfg.Where.Reveal())
	if err != nil {
		return nil, err
	}
	if cfg.User == "" {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "an IMAP source needs the name of the account, which is mostly the mail address"}
	}
	m := &IMAP{reading: newReading(cfg, now), server: at, user: cfg.User.Reveal(), password: cfg.Password, settings: settingsOf(options)}
	if m.settings.oauth {
		m.permission = &permission{ask: cfg.Password, keep: cfg.Keep, now: now, timeout: m.settings.timeout}
		if m.settings.token != nil {
			m.permission.ask = m.settings.token
		}
	}
	return m, nil
}

func parseServer(where string) (server, error) {
	invalid := func(msg string) (server, error) {
		return server{}, &billing.Error{Kind: billing.Invalid, Msg: msg}
	}
	bare := !strings.Contains(where, "://")
	if bare {
		where = "imaps://" + where
	}
	u, err := url.Parse(strings.TrimSpace(where))
	if err != nil || u.Hostname() == "" || u.Scheme != "imap" && u.Scheme != "imaps" {
		return invalid("that is not a mail server; write it as imap.example.com or imaps://imap.example.com:993")
	}
	if u.User != nil {
		return invalid("leave the account and password out of the server's address; they have places of their own")
	}
	s := server{host: u.Hostname(), port: u.Port(), implicit: u.Scheme == "imaps"}
	if bare && s.port == "143" {
		s.implicit = false
	}
	if u.RawQuery != "" || u.Fragment != "" {
		return invalid("write a question mark in a folder's name as %3F, a hash as %23")
	}
	_, path, _ := strings.Cut(strings.TrimSpace(where), "://") // u.Path is decoded, and u.RawPath only at times there
	_, path, _ = strings.Cut(path, "/")
	for name := range strings.SplitSeq(strings.Trim(path, "/"), ",") {
		if name, err = url.PathUnescape(strings.TrimSpace(name)); err != nil || strings.ContainsAny(name, "\r\n\x00") {
			return invalid("a folder's name in the mail server's address cannot be read; write a percent sign in it as %25, a comma as %2C")
		}
		if name != "" {
			s.folders = append(s.folders, name)
		}
	}
	switch {
	case s.port != "":
	case s.implicit:
		s.port = "993"
	default:
		s.port = "143"
	}
	return s, nil
}

// imapCursor says, for each folder by name, up to which message it was
// observed, and which conversations there are.
type imapCursor struct {
	Folders map[string]place `json:"folders"`
	Threads []savedThread    `json:"threads,omitempty"`
}

// place is a message in a folder: UIDs grow, and are void when the validity
// changes (RFC 3501 section 2.3.1.1). The folder is then observed anew; its
// messages keep their names, so that nothing comes twice.
type place struct {
	Validity uint32 `json:"validity"`
	Last     uint32 `json:"last"`
}

// resume returns where the cursor says that m was.
func (m *IMAP) resume(cursor capture.Cursor) imapCursor {
	var at imapCursor
	if json.Unmarshal([]byte(cursor), &at) != nil {
		at = imapCursor{}
	}
	if at.Folders == nil {
		at.Folders = map[string]place{}
	}
	m.threads.restore(at.Threads)
	return at
}

// Once implements [capture.Source].
func (m *IMAP) Once(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	v := &visit{source: m, at: m.resume(cursor), sink: sink}
	defer v.leave()
	if err := v.enter(ctx); err != nil {
		return err
	}
	if err := v.all(ctx); err != nil {
		return err
	}
	v.session.logout()
	return nil
}

// Run implements [capture.Source]. A wrong password ends it: a server that is
// asked again and again with one locks the account.
func (m *IMAP) Run(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	at := &bookmark{sink, cursor}
	retry := backoff{first: m.settings.retry, most: 5 * time.Minute}
	for {
		began := time.Now()
		err := m.stay(ctx, at)
		switch {
		case ctx.Err() != nil:
			return nil
		case hopeless(err):
			return err
		case time.Since(began) > time.Minute:
			retry.reset() // it was a good connection
		}
		slog.WarnContext(ctx, "mail: the connection ended; trying again later", "kind", billing.KindOf(err))
		retry.wait(ctx)
		if ctx.Err() != nil {
			return nil
		}
	}
}

// stay observes over one connection until it fails or ctx ends.
func (m *IMAP) stay(ctx context.Context, at *bookmark) error {
	v := &visit{source: m, at: m.resume(at.cursor), sink: at}
	defer v.leave()
	if err := v.enter(ctx); err != nil {
		return err
	}
	if err := v.all(ctx); err != nil {
		return err
	}
	for {
		if waitAt := v.boxes[len(v.boxes)-1]; v.selected != waitAt.name {
			if err := v.folder(ctx, waitAt); err != nil {
				return err
			}
		}
		everything, err := v.session.await(ctx, m.settings.poll)
		switch {
		case err != nil:
			return err
		case everything:
			err = v.all(ctx)
		default:
			err = v.folder(ctx, v.boxes[len(v.boxes)-1])
		}
		if err != nil {
			return err
		}
	}
}

// errSilent is the cause of an error when the server did not answer in time.
var errSilent = errors.New("no answer in time")

func unreachable(err error) error {
	return &billing.Error{Kind: billing.Unreachable,
		Msg: "the mail server does not answer as it should; Tenths will try again. If this goes on, check the server's name and the network", Err: err}
}
