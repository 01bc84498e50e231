// Package peer lets tests use real software that Tenths meets in use: mail and
// calendar servers, office programs, a keyring. It is for tests alone.
package peer

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// Required reports whether a missing peer fails a test rather than skipping it,
// as it does in continuous integration (TENTHS_PEERS=required).
func Required() bool { return os.Getenv("TENTHS_PEERS") == "required" }

// Heavy skips t unless the slow tests were asked for (TENTHS_HEAVY=1).
func Heavy(t testing.TB) {
	t.Helper()
	if os.Getenv("TENTHS_HEAVY") == "" {
		t.Skip("slow: runs under make test-all (TENTHS_HEAVY=1)")
	}
}

// Need returns the path of the program called name. Without it, the test is
// skipped with the command that installs it, or fails where peers are required.
func Need(t testing.TB, name, debianPackage string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	for _, dir := range []string{"/usr/sbin", "/usr/libexec", "/usr/lib/webkit2gtk-4.1"} {
		if path := filepath.Join(dir, name); executable(path) {
			return path
		}
	}
	Missing(t, name+" is not installed: apt-get install "+debianPackage)
	return ""
}

// Missing skips t for the reason given, or fails it where peers are required.
func Missing(t testing.TB, reason string) {
	t.Helper()
	if Required() {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// Shared returns the path of reference material kept beside the project, in a
// folder called shared; where there is none the test is skipped.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{filepath.Dir(Root()), "shared"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the reference material is not beside this checkout: " + filepath.Join(elem...))
	}
	return path
}

// Root returns the project's own folder.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && info.Mode()&0o111 != 0
}
