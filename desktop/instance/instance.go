// Package instance sees to it that one data directory has one window. It knows
// files and the loopback interface; it must not know what a window is.
//
// The claim is a lock on a file, which the operating system lets go of however
// the program ends, so no stale claim can keep a person out. The lock holder
// listens on a loopback port and leaves the port and a random token in a file
// that only its user can read; a second start sends the token, which asks the
// first to show itself, and gets an answer or a clear error within seconds.
// This is used rather than the toolkit's own lock because that one is per
// session rather than per data directory, is silently absent without a session
// bus, and is taken only after the store is open; and rather than a Unix socket
// because a data directory's path may be longer than a socket's may.
package instance

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/tenths/tenths/billing"
)

const (
	lockFile    = "window.lock"
	addressFile = "window.json"
	patience    = 3 * time.Second // for the first window to answer
	greeting    = "show "
	answer      = "shown"
)

// ErrShown is returned by [Claim] when another window has the directory and
// has been brought to the front: there is nothing left to do.
var ErrShown = &billing.Error{Kind: billing.Conflict, Msg: "Tenths is already open; its window was brought to the front."}

// Owner is the claim on a directory. It is held until Close.
type Owner struct {
	lock   *flock.Flock
	listen net.Listener
	token  string
	file   string
	shows  chan struct{}
	served sync.WaitGroup
}

type address struct {
	Address string `json:"address"`
	Token   string `json:"token"`
}

// Claim makes the caller the one window of dir, which it creates. It is to be
// called before anything in dir is opened. Where another window has the claim,
// that one is asked to show itself: the error is then [ErrShown], or another
// that says that the other window does not answer.
func Claim(ctx context.Context, dir string) (*Owner, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "Tenths cannot make its data folder; check that you may write there.", Err: err}
	}
	file := filepath.Join(dir, addressFile)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		lock := flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(0o600))
		ours, err := lock.TryLock()
		if err != nil {
			return nil, &billing.Error{Kind: billing.Invalid, Msg: "Tenths cannot write in its data folder; check that you may.", Err: err}
		}
		if ours {
			return own(ctx, lock, file)
		}
		_ = lock.Close()
		// The first start may have the lock and not yet be listening, or be
		// about to end: ask again until it answers or lets go.
		asked := ask(ctx, file)
		if asked == nil {
			return nil, ErrShown
		}
		select {
		case <-ctx.Done():
			return nil, &billing.Error{Kind: billing.Conflict, Msg: "Tenths is already open on this data but does not answer; close it and start it again.", Err: asked}
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func own(ctx context.Context, lock *flock.Flock, file string) (*Owner, error) {
	fail := func(err error) (*Owner, error) {
		return nil, &billing.Error{Kind: billing.Internal, Msg: "Tenths cannot get ready for its window.", Err: errors.Join(err, lock.Close())}
	}
	var config net.ListenConfig
	listen, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fail(err)
	}
	o := &Owner{lock: lock, listen: listen, token: rand.Text(), file: file, shows: make(chan struct{}, 1)}
	if err := o.publish(); err != nil {
		return fail(errors.Join(err, listen.Close()))
	}
	o.served.Go(o.serve)
	return o, nil
}

// publish writes the address file whole or not at all, so that no second start
// reads half of it.
func (o *Owner) publish() error {
	data, err := json.Marshal(address{Address: o.listen.Addr().String(), Token: o.token})
	if err != nil {
		return err
	}
	fresh := o.file + ".new"
	if err := os.WriteFile(fresh, data, 0o600); err != nil {
		return err
	}
	return os.Rename(fresh, o.file)
}

// Shows is ready whenever another start has asked this window to show itself.
func (o *Owner) Shows() <-chan struct{} { return o.shows }

// Close lets go of the directory and waits for what it started.
func (o *Owner) Close() error {
	err := o.listen.Close()
	o.served.Wait()
	_ = os.Remove(o.file)
	return errors.Join(err, o.lock.Close())
}

func (o *Owner) serve() {
	for {
		conn, err := o.listen.Accept()
		if err != nil {
			return
		}
		o.hear(conn)
	}
}

func (o *Owner) hear(conn net.Conn) {
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	want := greeting + o.token + "\n"
	got := make([]byte, len(want))
	for n := 0; n < len(got); {
		k, err := conn.Read(got[n:])
		if n += k; err != nil && n < len(got) {
			return
		}
	}
	if subtle.ConstantTimeCompare(got, []byte(want)) != 1 {
		return
	}
	select {
	case o.shows <- struct{}{}:
	default: // asked already, and not yet done
	}
	fmt.Fprintln(conn, answer)
}

func ask(ctx context.Context, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var at address
	if err := json.Unmarshal(data, &at); err != nil {
		return err
	}
	dialer := net.Dialer{Timeout: time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", at.Address)
	if err != nil {
		return err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	if _, err := fmt.Fprintf(conn, "%s%s\n", greeting, at.Token); err != nil {
		return err
	}
	reply, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return err
	}
	if reply != answer+"\n" {
		return errors.New("something else answers at the window's address")
	}
	return nil
}
