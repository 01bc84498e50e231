//go:build unix

package store

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is the user that may write nowhere.
const nobody = 65534

// A folder that cannot be written to is refused in words. Root may write
// anywhere, so as root the test goes on as nobody.
func TestReadOnlyFolder(t *testing.T) {
	top, err := os.MkdirTemp("", "tenths-readonly")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(top)
	dir := filepath.Join(top, "data")
	for path, mode := range map[string]os.FileMode{top: 0o755, dir: 0o555} {
		_ = os.Mkdir(path, 0o755)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	cmd := child(t, "open", dir)
	if os.Getuid() == 0 {
		cmd.Path = copyBinary(t, cmd.Path, filepath.Join(top, "tenths.test"))
		cmd.Dir = top
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatal("a folder that cannot be written to was opened")
	}
	if text := string(out); !strings.HasPrefix(text, "invalid: ") || !strings.Contains(text, "cannot be written to; check its permissions") {
		t.Errorf("it says %q", text)
	}
}

func copyBinary(t *testing.T, from, to string) string {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return to
}
