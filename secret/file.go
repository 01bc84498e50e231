package secret

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"

	"filippo.io/age"
	"github.com/gofrs/flock"

	"github.com/tenths/tenths/billing"
)

// workFactor makes guessing a passphrase cost about a quarter of a second each
// (scrypt with N = 2^16, r = 8); maxWorkFactor is what is accepted on reading.
const (
	workFactor    = 16
	maxWorkFactor = 20
)

// lockPatience is how long to wait for another process that writes.
const lockPatience = 10 * time.Second

// file keeps all secrets as one JSON object in a file sealed with age. Every
// write seals all of it anew and replaces the file as a whole.
type file struct {
	path       string
	passphrase string
	work       int // workFactor, but for tests

	mu      sync.Mutex
	seen    [sha256.Size]byte // of the sealed file that secrets was read from
	secrets map[string]string // opening takes long; nil until opened
}

// Where implements [Vault].
func (f *file) Where() string { return "the sealed file " + f.path }

// Get implements [Vault].
func (f *file) Get(_ context.Context, name string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	secrets, err := f.load()
	if err != nil {
		return "", err
	}
	value, ok := secrets[name]
	if !ok {
		return "", missing(name)
	}
	return value, nil
}

// Set implements [Vault].
func (f *file) Set(ctx context.Context, name, value string) error {
	return f.update(ctx, func(secrets map[string]string) bool {
		old, ok := secrets[name]
		secrets[name] = value
		return !ok || old != value
	})
}

// Delete implements [Vault].
func (f *file) Delete(ctx context.Context, name string) error {
	return f.update(ctx, func(secrets map[string]string) bool {
		_, ok := secrets[name]
		delete(secrets, name)
		return ok
	})
}

// update changes the secrets and seals them, unless change reports that nothing
// changed. What cannot be opened is never replaced.
func (f *file) update(ctx context.Context, change func(map[string]string) bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return f.failed(err)
	}
	lock := flock.New(f.path+".lock", flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	if _, err := lock.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		return &billing.Error{Kind: billing.Conflict, Msg: "Another Tenths is writing " + f.path + ". Try again.", Err: err}
	}
	defer lock.Close()
	secrets, err := f.load()
	if err != nil {
		return err
	}
	changed := maps.Clone(secrets)
	if !change(changed) {
		return nil
	}
	sealed, err := f.seal(changed)
	if err == nil {
		err = replace(f.path, sealed)
	}
	if err != nil {
		return f.failed(err)
	}
	f.secrets, f.seen = changed, sha256.Sum256(sealed)
	return nil
}

// load returns the secrets, and opens the file only if it is not the one that
// was opened before. f.mu is held. The map is not to be changed.
func (f *file) load() (map[string]string, error) {
	sealed, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]string{}, nil
	}
	if err != nil {
		return nil, f.failed(err)
	}
	sum := sha256.Sum256(sealed)
	if f.secrets != nil && f.seen == sum {
		return f.secrets, nil
	}
	secrets, err := f.open(sealed)
	if err != nil {
		return nil, err
	}
	f.secrets, f.seen = secrets, sum
	return secrets, nil
}

func (f *file) open(sealed []byte) (map[string]string, error) {
	identity, err := age.NewScryptIdentity(f.passphrase)
	if err != nil {
		return nil, f.failed(err)
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	r, err := age.Decrypt(bytes.NewReader(sealed), identity)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return nil, &billing.Error{Kind: billing.Unauthorized, Err: err,
			Msg: "TENTHS_PASSPHRASE does not open " + f.path + ". Nothing was changed; set the passphrase it was sealed with."}
	}
	var text []byte
	if err == nil {
		text, err = io.ReadAll(r)
	}
	secrets := map[string]string{}
	if err == nil && json.Unmarshal(text, &secrets) != nil {
		err = errors.New("the content is not JSON") // the decoder's own error may quote it
	}
	if err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Err: err,
			Msg: f.path + " is damaged, or was not made by Tenths. Nothing was changed; restore it from a backup, or move it away and enter the passwords again."}
	}
	return secrets, nil
}

func (f *file) seal(secrets map[string]string) ([]byte, error) {
	text, err := json.Marshal(secrets)
	if err != nil {
		return nil, err
	}
	recipient, err := age.NewScryptRecipient(f.passphrase)
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(f.work)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recipient)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return sealed.Bytes(), nil
}

func (f *file) failed(err error) error {
	return &billing.Error{Kind: billing.Internal, Msg: "The secrets in " + f.path + " cannot be read or written.", Err: err}
}

// replace writes data to a new file beside path, to the disk, and puts it in
// path's place: whatever happens, path is the old file or the new one.
func replace(path string, data []byte) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name()) // the first error is the one to tell
		}
	}()
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		_ = dir.Sync() // makes the new name durable; Windows has no such thing, and refuses
		dir.Close()
	}
	return nil
}
