package instance_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/desktop/instance"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv("INSTANCE_TEST_HOLD"); dir != "" {
		hold(dir)
		return
	}
	goleak.VerifyTestMain(m)
}

// hold claims dir and waits, as another process would.
func hold(dir string) {
	if _, err := instance.Claim(context.Background(), dir); err != nil {
		os.Stdout.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	os.Stdout.WriteString("held\n")
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func TestSecondStartShowsTheFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("a long name ", 9), "data")
	first, err := instance.Claim(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := instance.Claim(t.Context(), dir); !errors.Is(err, instance.ErrShown) {
			t.Fatalf("a second start got %v", err)
		}
		select {
		case <-first.Shows():
		case <-time.After(5 * time.Second):
			t.Fatal("the first window was not asked to show itself")
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := instance.Claim(t.Context(), dir)
	if err != nil {
		t.Fatalf("after the first window closed: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestTwoDirectoriesTwoWindows(t *testing.T) {
	for range 2 {
		owner, err := instance.Claim(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer owner.Close()
	}
}

// A window whose process was killed keeps nobody out, though its files stay.
func TestKilledWindowKeepsNobodyOut(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "INSTANCE_TEST_HOLD="+dir)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, _ := bufio.NewReader(stdout).ReadString('\n'); line != "held\n" {
		t.Fatalf("the other process said %q", line)
	}
	if _, err := instance.Claim(t.Context(), dir); !errors.Is(err, instance.ErrShown) {
		t.Fatalf("while another process has the window: %v", err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if _, err := os.Stat(filepath.Join(dir, "window.json")); err != nil {
		t.Fatalf("the killed window left no address, so this proves nothing: %v", err)
	}
	owner, err := instance.Claim(t.Context(), dir)
	if err != nil {
		t.Fatalf("after the kill: %v", err)
	}
	owner.Close()
}

// A window that holds the lock and does not answer is reported: waiting for it ends.
func TestWindowThatDoesNotAnswer(t *testing.T) {
	dir := t.TempDir()
	owner, err := instance.Claim(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close()
	if err := os.Remove(filepath.Join(dir, "window.json")); err != nil {
		t.Fatal(err)
	}
	_, err = instance.Claim(t.Context(), dir)
	if errors.Is(err, instance.ErrShown) || billing.KindOf(err) != billing.Conflict {
		t.Fatalf("got %v", err)
	}
}

// Whoever cannot read the token cannot raise the window.
func TestStrangerIsNotHeard(t *testing.T) {
	dir := t.TempDir()
	owner, err := instance.Claim(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close()
	path := filepath.Join(dir, "window.json")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("the token can be read by others: %v", mode)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Split(string(data), `"`)[3]
	conn, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "show AAAAAAAAAAAAAAAAAAAAAAAAAA\n")
	if reply, _ := io.ReadAll(conn); len(reply) != 0 {
		t.Errorf("a stranger was answered %q", reply)
	}
	select {
	case <-owner.Shows():
		t.Error("a stranger raised the window")
	default:
	}
}
