package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"github.com/tenths/tenths/billing"
)

// session is a connection to an IMAP server. The client library knows neither
// contexts nor deadlines: both close the connection, which ends its calls.
type session struct {
	client  *imapclient.Client
	conn    net.Conn
	tap     *tap // what client reads from
	timeout time.Duration
	news    chan struct{} // told when the selected folder grew
	told    []string      // what the server may not repeat in words that are shown
	release func() bool   // forgets the context
}

// open connects and logs in. The session ends with ctx.
func (m *IMAP) open(ctx context.Context) (*session, error) {
	secret, err := m.secret(ctx, "")
	if err != nil {
		return nil, err
	}
	s, err := m.openWith(ctx, secret)
	if _, stale := errors.AsType[*staleToken](err); !stale {
		return s, err
	}
	renewed, renewErr := m.secret(ctx, secret)
	if renewErr != nil {
		if errors.Is(renewErr, errOneToken) {
			return nil, err
		}
		return nil, renewErr
	}
	return m.openWith(ctx, renewed)
}

// openWith connects and logs in with the password, or the access token.
func (m *IMAP) openWith(ctx context.Context, secret string) (*session, error) {
	s, err := m.connect(ctx, !m.server.implicit)
	if e, ok := errors.AsType[*imap.Error](err); ok && m.server.loopback() && e.Type != imap.StatusResponseTypeBye {
		s, err = m.connect(ctx, false) // this machine, and it offers no TLS
	}
	if err != nil {
		return nil, m.connectError(err)
	}
	s.told = []string{secret, m.user}
	if m.permission != nil {
		err = s.loginToken(m.server, m.user, secret)
	} else {
		err = s.login(m.user, secret)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	m.heed(s)
	return s, nil
}

// secret returns the password, or an access token other than the one refused.
func (m *IMAP) secret(ctx context.Context, refused string) (secret string, err error) {
	missing := &billing.Error{Kind: billing.Unauthorized, Msg: "there is no password for this mail account; give it again"}
	if m.permission != nil {
		missing.Msg = "there is no sign-in for this mail account any more; sign in again with the mail provider"
	}
	switch {
	case m.permission != nil && m.permission.ask != nil:
		secret, err = m.permission.token(ctx, refused)
	case m.permission == nil && m.password != nil:
		ctx, cancel := context.WithTimeout(ctx, m.settings.timeout)
		defer cancel()
		secret, err = m.password(ctx)
	default:
		return "", missing
	}
	if _, told := errors.AsType[*billing.Error](err); told {
		return "", fmt.Errorf("read the mail account's secret: %w", err)
	}
	if err != nil || secret == "" {
		missing.Err = err
		return "", missing
	}
	return secret, nil
}

// connect opens a connection and, where TLS is to be had, secures it.
func (m *IMAP) connect(ctx context.Context, startTLS bool) (*session, error) {
	dialer := net.Dialer{Timeout: m.settings.timeout}
	conn, err := dialer.DialContext(ctx, "tcp", m.server.address())
	if err != nil {
		return nil, err
	}
	s := &session{conn: conn, timeout: m.settings.timeout, news: make(chan struct{}, 1)}
	s.release = context.AfterFunc(ctx, func() { conn.Close() })
	options := &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: s.tell}}
	err = s.within(s.timeout, func() error {
		switch {
		case m.server.implicit:
			secured := tls.Client(conn, m.tlsConfig())
			if err := secured.HandshakeContext(ctx); err != nil {
				return err
			}
			s.tap = newTap(secured)
		case startTLS:
			if err := askForTLS(conn); err != nil {
				return err
			}
			secured := tls.Client(conn, m.tlsConfig())
			if err := secured.HandshakeContext(ctx); err != nil {
				return err
			}
			s.tap = newTap(secured)
			s.tap.passing = []byte("* OK\r\n") // nothing said without TLS counts, but the library wants a greeting
		default:
			s.tap = newTap(conn)
		}
		s.client = imapclient.New(s.tap, options)
		return s.client.WaitGreeting()
	})
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (m *IMAP) tlsConfig() *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if m.settings.tls != nil {
		config = m.settings.tls.Clone()
	} else if !m.server.implicit && m.server.loopback() {
		config.InsecureSkipVerify = true // see loopback
	}
	if config.ServerName == "" {
		config.ServerName = m.server.host
	}
	return config
}

// tell is called by the client's reader and must not wait.
func (s *session) tell(data *imapclient.UnilateralDataMailbox) {
	if data.NumMessages == nil {
		return
	}
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// within calls f, closing the connection when it takes longer than d.
func (s *session) within(d time.Duration, f func() error) error {
	var late atomic.Bool
	timer := time.AfterFunc(d, func() { late.Store(true); s.conn.Close() })
	defer timer.Stop()
	if err := f(); err != nil {
		if late.Load() {
			return errSilent
		}
		return err
	}
	return nil
}

// login logs in, by PLAIN where the server has it, for that takes any
// characters in a password.
func (s *session) login(user, password string) error {
	err := s.within(s.timeout, func() error {
		if s.client.Caps().Has(imap.AuthCap(sasl.Plain)) {
			return s.client.Authenticate(sasl.NewPlainClient("", user, password))
		}
		return s.client.Login(user, password).Wait()
	})
	e, answered := errors.AsType[*imap.Error](err)
	if !answered || e.Type == imap.StatusResponseTypeBye {
		if err != nil {
			return s.broken(err)
		}
		return nil
	}
	if passing(e) {
		return s.broken(err)
	}
	return &billing.Error{Kind: billing.Unauthorized,
		Msg: "the mail server refused the account's name or password" + andSays(s.says(err)) +
			"; give the password again. Some providers want an app password made for this", Err: wire(err)}
}

// logout takes leave of the server, which need not answer.
func (s *session) logout() {
	_ = s.within(min(s.timeout, 2*time.Second), func() error { return s.client.Logout().Wait() })
}

// close ends the session and waits for the client's reader.
func (s *session) close() {
	s.release()
	s.conn.Close()
	if s.client != nil {
		_ = s.client.Close() // whatever it says, it is closed
	}
}

// await waits for news of the selected folder, by IDLE where the server has it
// (RFC 2177), for a time between poll and twice that at most: that is well
// within the half hour after which servers hang up, and notices a dead network.
// everything says that the time was up, and all folders are to be looked at.
func (s *session) await(ctx context.Context, poll time.Duration) (everything bool, err error) {
	timer := time.NewTimer(poll + rand.N(poll+1))
	defer timer.Stop()
	var idle *imapclient.IdleCommand
	if s.client.Caps().Has(imap.CapIdle) {
		err := s.within(s.timeout, func() (err error) { idle, err = s.client.Idle(); return err })
		if err != nil {
			return false, s.broken(err)
		}
	}
	select {
	case <-ctx.Done():
		err = ctx.Err()
	case <-s.client.Closed():
		err = s.broken(io.ErrUnexpectedEOF)
	case <-timer.C:
		everything = true
	case <-s.news:
	}
	if idle == nil {
		return everything, err
	}
	stopErr := s.within(s.timeout, func() error { return errors.Join(idle.Close(), idle.Wait()) })
	if err == nil && stopErr != nil {
		err = s.broken(stopErr)
	}
	return everything, err
}

// wire returns err without the server's words, which may quote what was sent.
func wire(err error) error {
	if e, ok := errors.AsType[*imap.Error](err); ok {
		return fmt.Errorf("the server answered %s %s", e.Type, e.Code)
	}
	if e, ok := errors.AsType[net.Error](err); ok {
		return bare(e)
	}
	for _, known := range []error{errSilent, context.Canceled, context.DeadlineExceeded, net.ErrClosed, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, known) {
			return known
		}
	}
	return errors.New("the server's answer could not be read")
}

// connectError returns what kept a connection from being made, for the person.
func (m *IMAP) connectError(err error) error {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return &billing.Error{Kind: billing.Unreachable,
			Msg: "the mail server's certificate does not prove that it is the server asked for; check the server's name", Err: errors.New("certificate not verified")}
	}
	if e, ok := errors.AsType[*imap.Error](err); ok && e.Type != imap.StatusResponseTypeBye {
		return &billing.Error{Kind: billing.Unreachable,
			Msg: "the mail server offers no encryption there, so the password was not sent; try imaps:// and port 993", Err: wire(err)}
	}
	if e, ok := errors.AsType[*imap.Error](err); ok && (m.server.implicit || m.server.loopback()) { // anybody on the way may have said it elsewhere
		return unreachableSaying(cleanWords(e.Text), err)
	}
	return unreachable(wire(err))
}
