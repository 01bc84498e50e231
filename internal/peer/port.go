package peer

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
)

// Ports are taken from below those that systems hand out by themselves
// (RFC 6335; Linux begins at 32768), so that no connection of another test has
// one in the meantime.
const (
	firstPort = 20000
	ports     = 10000
)

// Port returns a TCP port of the loopback interface that is free, and that no
// other test gets until t has ended, whichever process it runs in.
func Port(t testing.TB) int {
	t.Helper()
	dir := filepath.Join(os.TempDir(), "ports-of-tests")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	_ = os.Chmod(dir, 0o777) // for tests of other users
	for range 200 {
		port := firstPort + rand.IntN(ports)
		lock := flock.New(filepath.Join(dir, fmt.Sprint(port)), flock.SetPermissions(0o666))
		if got, err := lock.TryLock(); err != nil || !got {
			continue
		}
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			_ = lock.Unlock()
			continue
		}
		_ = l.Close()
		t.Cleanup(func() { _ = lock.Unlock() })
		return port
	}
	t.Fatal("no port is free")
	return 0
}
