package peer

import (
	"os"
	"path/filepath"
	"testing"
)

// Forget has the server forget what it keeps of the messages of a folder to
// answer sooner, as if nobody had asked for them yet.
func (d *Dovecot) Forget(t testing.TB, folder string) {
	t.Helper()
	if err := os.Remove(filepath.Join(d.folder(folder), "dovecot.index.cache")); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
}
