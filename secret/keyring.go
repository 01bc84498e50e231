package secret

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/tenths/tenths/billing"
)

// service is the name under which the keyring shows our secrets.
const service = "Tenths"

// chunk is the most that is put into one item, in bytes: Windows takes 2,560.
const chunk = 2000

// split is how an item begins that says where the parts of a long value are.
const split = "tenths-parts:"

// ring is the operating system's keyring: Secret Service, Keychain or
// Credential Manager.
type ring struct {
	patience time.Duration // for one call; a person may have to type a password
	turn     chan struct{} // holds a token while a call is under way
}

func newKeyring() *ring { return &ring{patience: 30 * time.Second, turn: make(chan struct{}, 1)} }

// Where implements [Vault].
func (*ring) Where() string {
	switch runtime.GOOS {
	case "windows":
		return "Windows Credential Manager"
	case "darwin":
		return "the macOS keychain"
	}
	return "the desktop's keyring"
}

// Get implements [Vault].
func (r *ring) Get(ctx context.Context, name string) (string, error) {
	head, err := r.get(ctx, name)
	if err != nil {
		return "", err
	}
	var value strings.Builder
	parts := partsOf(name, head)
	if parts == nil {
		return head, nil
	}
	for _, part := range parts {
		text, err := r.get(ctx, part)
		if err != nil {
			return "", &billing.Error{Kind: billing.KindOf(err), Msg: "A secret in " + r.Where() + " is incomplete. Connect the account again.", Err: err}
		}
		value.WriteString(text)
	}
	return value.String(), nil
}

// Set implements [Vault]. A long value is stored in parts with fresh names
// first, and takes effect when the item called name then points to them.
func (r *ring) Set(ctx context.Context, name, value string) error {
	old, err := r.get(ctx, name)
	if err != nil && billing.KindOf(err) != billing.NotFound {
		return err
	}
	head := value
	if len(value) > chunk || strings.HasPrefix(value, split) {
		n := (len(value) + chunk - 1) / chunk
		head = split + strconv.Itoa(n) + ":" + rand.Text()
		for i, part := range partsOf(name, head) {
			if err := r.set(ctx, part, value[i*chunk:min((i+1)*chunk, len(value))]); err != nil {
				return err
			}
		}
	}
	if err := r.set(ctx, name, head); err != nil {
		return err
	}
	return r.forget(ctx, partsOf(name, old))
}

// Delete implements [Vault].
func (r *ring) Delete(ctx context.Context, name string) error {
	head, err := r.get(ctx, name)
	if billing.KindOf(err) == billing.NotFound && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	return r.forget(ctx, append([]string{name}, partsOf(name, head)...))
}

// partsOf returns the names of the parts that head speaks of; nil when head is
// a value itself.
func partsOf(name, head string) []string {
	rest, ok := strings.CutPrefix(head, split)
	if !ok {
		return nil
	}
	count, generation, _ := strings.Cut(rest, ":")
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > 10_000 {
		return nil
	}
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf("%s part %s.%d", name, generation, i+1)
	}
	return parts
}

func (r *ring) get(ctx context.Context, name string) (value string, err error) {
	err = r.call(ctx, func() (err error) { value, err = keyring.Get(service, name); return err })
	if errors.Is(err, keyring.ErrNotFound) {
		return "", missing(name)
	}
	return value, err
}

func (r *ring) set(ctx context.Context, name, value string) error {
	return r.call(ctx, func() error { return keyring.Set(service, name, value) })
}

func (r *ring) forget(ctx context.Context, names []string) error {
	for _, name := range names {
		err := r.call(ctx, func() error { return keyring.Delete(service, name) })
		if err != nil && !errors.Is(err, keyring.ErrNotFound) {
			return err
		}
	}
	return nil
}

// call runs f, one at a time, and gives it up after a while: a locked keyring
// blocks until someone unlocks it, which may be never. The goroutine of a call
// that was given up lives until the keyring answers; as it keeps its turn,
// there is never more than one.
func (r *ring) call(ctx context.Context, f func() error) error {
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	select {
	case r.turn <- struct{}{}:
	case <-ctx.Done():
		return r.blocked(ctx.Err())
	}
	done := make(chan error, 1)
	go func() {
		defer func() { <-r.turn }()
		done <- f()
	}()
	select {
	case err := <-done:
		return r.explain(err)
	case <-ctx.Done():
		return r.blocked(ctx.Err())
	}
}

// explain returns err, not found apart, as something a person can act on.
func (r *ring) explain(err error) error {
	if err == nil || errors.Is(err, keyring.ErrNotFound) {
		return err
	}
	msg := "Tenths cannot use " + r.Where() + "."
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		msg += " Install and start one (apt-get install gnome-keyring), or set TENTHS_SECRETS=file and TENTHS_PASSPHRASE to keep secrets in a sealed file."
	} else {
		msg += " Unlock it, or set TENTHS_SECRETS=file and TENTHS_PASSPHRASE to keep secrets in a sealed file."
	}
	return &billing.Error{Kind: billing.Unreachable, Msg: msg, Err: err}
}

func (r *ring) blocked(err error) error {
	return &billing.Error{Kind: billing.Unreachable, Err: err,
		Msg: "No answer from " + r.Where() + "; it is probably locked. Unlock it and try again, or set TENTHS_SECRETS=file and TENTHS_PASSPHRASE."}
}
