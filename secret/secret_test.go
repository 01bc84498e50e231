package secret

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/internal/peer"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func fileVault(t *testing.T, dir, passphrase string) Vault {
	t.Helper()
	v, err := Open(dir, env(EnvStore, "file", EnvPassphrase, passphrase))
	if err != nil {
		t.Fatal(err)
	}
	v.(*file).work = 10 // full cost is for TestFileIsOpenedOnce
	return v
}

func get(t *testing.T, v Vault, name string) string {
	t.Helper()
	value, err := v.Get(t.Context(), name)
	if err != nil {
		t.Fatalf("Get %s: %v", name, err)
	}
	return value
}

func set(t *testing.T, v Vault, name, value string) {
	t.Helper()
	if err := v.Set(t.Context(), name, value); err != nil {
		t.Fatalf("Set %s: %v", name, err)
	}
}

// keeps is what every vault promises.
func keeps(t *testing.T, v Vault) {
	t.Helper()
	if _, err := v.Get(t.Context(), "none"); billing.KindOf(err) != billing.NotFound {
		t.Errorf("Get of what was never set: %v, want NotFound", err)
	}
	if err := v.Delete(t.Context(), "none"); err != nil {
		t.Errorf("Delete of what was never set: %v", err)
	}
	long := strings.Repeat("0123456789é", 1500) // over six Windows items, and parts split within a letter
	for _, value := range []string{"hunter2", "", "with\nlines\tand \"quotes\" é 法", long, split + "3:x", long[:chunk], long[:chunk+1], "short again"} {
		set(t, v, "clio token", value)
		if got := get(t, v, "clio token"); got != value {
			t.Errorf("kept %d bytes, got %d back", len(value), len(got))
		}
	}
	set(t, v, "other", "stays")
	if err := v.Delete(t.Context(), "clio token"); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(t.Context(), "clio token"); billing.KindOf(err) != billing.NotFound {
		t.Errorf("after Delete: %v, want NotFound", err)
	}
	if got := get(t, v, "other"); got != "stays" {
		t.Errorf("the other secret is now %q", got)
	}
}

func TestFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	keeps(t, fileVault(t, dir, "correct horse"))
	if got := get(t, fileVault(t, dir, "correct horse"), "other"); got != "stays" {
		t.Errorf("another process reads %q", got)
	}
	sealed, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil || strings.Contains(string(sealed), "stays") || !strings.HasPrefix(string(sealed), "age-encryption.org/v1\n-> scrypt ") {
		t.Errorf("the file is not sealed: %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if info, err := os.Stat(filepath.Join(dir, fileName)); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

func TestFileIsNeverOverwrittenWhenItCannotBeOpened(t *testing.T) {
	for name, c := range map[string]struct {
		passphrase string
		spoil      func(sealed []byte) []byte
		want       billing.Kind
	}{
		"wrong passphrase": {"wrong", func(b []byte) []byte { return b }, billing.Unauthorized},
		"truncated":        {"right", func(b []byte) []byte { return b[:len(b)-3] }, billing.Invalid},
		"flipped bit":      {"right", func(b []byte) []byte { b[len(b)-1] ^= 1; return b }, billing.Invalid},
		"empty":            {"right", func(b []byte) []byte { return nil }, billing.Invalid},
		"foreign":          {"right", func(b []byte) []byte { return []byte("my shopping list") }, billing.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, fileName)
			set(t, fileVault(t, dir, "right"), "key", "value")
			sealed, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			before := c.spoil(sealed)
			if err := os.WriteFile(path, before, 0o600); err != nil {
				t.Fatal(err)
			}
			v := fileVault(t, dir, c.passphrase)
			if _, err := v.Get(t.Context(), "key"); billing.KindOf(err) != c.want {
				t.Errorf("Get: %v, want %s", err, c.want)
			}
			if err := v.Set(t.Context(), "key", "new"); billing.KindOf(err) != c.want {
				t.Errorf("Set: %v, want %s", err, c.want)
			}
			after, err := os.ReadFile(path)
			if err != nil || string(after) != string(before) {
				t.Errorf("the file was changed (%v)", err)
			}
		})
	}
}

// Two processes at once must not lose each other's secrets.
func TestFileWithTwoWriters(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for i := range 2 {
		all.Go(func() {
			v := fileVault(t, dir, "p")
			for j := range 3 {
				if err := v.Set(t.Context(), fmt.Sprint(i, j), "x"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	v := fileVault(t, dir, "p")
	for i := range 2 {
		for j := range 3 {
			if got := get(t, v, fmt.Sprint(i, j)); got != "x" {
				t.Errorf("%d %d is %q", i, j, got)
			}
		}
	}
}

func TestFileIsOpenedOnce(t *testing.T) {
	v := fileVault(t, t.TempDir(), "p")
	v.(*file).work = workFactor
	set(t, v, "key", "value")
	began := time.Now()
	for range 100 {
		get(t, v, "key")
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("100 reads took %s", took)
	}
}

func TestOpen(t *testing.T) {
	for _, c := range []struct {
		store, passphrase string
		ok                bool
	}{{"", "", true}, {"keyring", "", true}, {"file", "p", true}, {"file", "", false}, {"cloud", "", false}} {
		v, err := Open(t.TempDir(), env(EnvStore, c.store, EnvPassphrase, c.passphrase))
		if (err == nil) != c.ok || (err == nil && v.Where() == "") {
			t.Errorf("%q with passphrase %q: %v", c.store, c.passphrase, err)
		}
	}
}

func TestKeyring(t *testing.T) {
	if !peer.InKeyring(t) {
		return
	}
	v, err := Open(t.TempDir(), env())
	if err != nil {
		t.Fatal(err)
	}
	keeps(t, v)
}

func TestNoKeyringNamesTheRemedy(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("about D-Bus")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "no-bus"))
	v, err := Open(t.TempDir(), env())
	if err != nil {
		t.Fatal(err)
	}
	_, err = v.Get(t.Context(), "key")
	if billing.KindOf(err) != billing.Unreachable || !strings.Contains(billing.Message(err), "gnome-keyring") || !strings.Contains(billing.Message(err), EnvStore+"=file") {
		t.Errorf("%v", err)
	}
}

// A locked keyring answers when someone unlocks it: perhaps never.
func TestLockedKeyringIsGivenUp(t *testing.T) {
	r := newKeyring()
	r.patience = 50 * time.Millisecond
	unlock := make(chan struct{})
	began := time.Now()
	err := r.call(t.Context(), func() error { <-unlock; return nil })
	if billing.KindOf(err) != billing.Unreachable || !strings.Contains(billing.Message(err), "locked") {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.call(ctx, func() error { t.Error("a second call went out"); return nil }); err == nil {
		t.Error("a second call succeeded while the first is under way")
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("took %s", took)
	}
	close(unlock)
	r.patience = 10 * time.Second
	if err := r.call(t.Context(), func() error { return nil }); err != nil {
		t.Errorf("after it was unlocked: %v", err)
	}
}
