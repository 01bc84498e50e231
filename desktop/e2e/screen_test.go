//go:build linux

package e2e_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tenths/tenths/internal/peer"
)

// screen starts an X server without a monitor, and a window manager on it, and
// returns its display.
func screen(t *testing.T) string {
	t.Helper()
	server := peer.Need(t, "Xvfb", "xvfb")
	manager := peer.Need(t, "openbox", "openbox")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	cmd := exec.Command(server, "-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{write}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = write.Close()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	display := ":" + strings.TrimSpace(number)
	start(t, append(os.Environ(), "DISPLAY="+display), manager, "--sm-disable")
	return display
}

// build compiles the package at path with its window open to automation.
func build(t *testing.T, path string) string {
	t.Helper()
	pkgConfig := peer.Need(t, "pkg-config", "pkg-config")
	tags := "desktop,production,e2e"
	if exec.Command(pkgConfig, "--exists", "webkit2gtk-4.1").Run() == nil {
		tags += ",webkit2_41"
	} else if exec.Command(pkgConfig, "--exists", "webkit2gtk-4.0").Run() != nil {
		peer.Missing(t, "the window's libraries are not installed: apt-get install libgtk-3-dev libwebkit2gtk-4.1-dev")
	}
	program := filepath.Join(t.TempDir(), "program")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-tags", tags, "-o", program, path)
	cmd.Dir = peer.Root()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building %s: %v\n%s", path, err, out)
	}
	return program
}
