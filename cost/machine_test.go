//go:build linux

package cost

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/internal/peer"
)

// rounds is how often a thing is done and its peers too, in turn.
const rounds = 3

// bin is where the program is built.
var bin string

func TestMain(m *testing.M) {
	var err error
	if bin, err = os.MkdirTemp("", "cost"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(bin)
	os.Exit(code)
}

// buildTenths builds the program as a user does who has no C compiler.
var buildTenths = sync.OnceValues(func() (string, error) {
	path := filepath.Join(bin, "tenths")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, ".")
	cmd.Dir = peer.Root()
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

// desk is where a lawyer works: a home, a data directory, and a keyring.
type desk struct {
	program, data string
	env           []string
}

// newDesk returns a desk at which nothing was done yet.
func newDesk(b *testing.B) *desk {
	b.Helper()
	program, err := buildTenths()
	if err != nil {
		b.Fatal(err)
	}
	home := b.TempDir()
	env := append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME=", "XDG_DATA_HOME=", "TZ=UTC", "TENTHS_LOG=info", "TENTHS_SECRETS=keyring")
	return &desk{program: program, data: filepath.Join(home, "data"), env: append(env, keyring(b))}
}

// keyring starts a D-Bus session with an unlocked gnome-keyring, which ends with
// b, and returns what a program's environment says of it.
func keyring(b *testing.B) string {
	b.Helper()
	session := peer.Need(b, "dbus-run-session", "dbus-daemon")
	daemon := peer.Need(b, "gnome-keyring-daemon", "gnome-keyring")
	run := b.TempDir()
	if err := os.Chmod(run, 0o700); err != nil {
		b.Fatal(err)
	}
	script := `printf 'ci\n' | "$1" --unlock --components=secrets >/dev/null 2>&1 || exit 97; printf '%s' "$DBUS_SESSION_BUS_ADDRESS" >"$2.new" && mv "$2.new" "$2"; cat`
	address := filepath.Join(run, "address")
	cmd := exec.Command(session, "--", "sh", "-c", script, "sh", daemon, address)
	cmd.Env = append(os.Environ(), "HOME="+run, "XDG_RUNTIME_DIR="+run, "XDG_DATA_HOME="+run, "DISPLAY=", "WAYLAND_DISPLAY=")
	until, err := cmd.StdinPipe() // its end is the session's
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { until.Close(); _ = cmd.Wait() })
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if text, err := os.ReadFile(address); err == nil {
			return "DBUS_SESSION_BUS_ADDRESS=" + string(text)
		}
		if time.Now().After(deadline) {
			b.Fatal("the keyring does not start")
		}
	}
}

// command returns the program with arguments, not started.
func (d *desk) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, d.program, append([]string{"--data", d.data}, args...)...)
	cmd.Env = d.env
	return cmd
}

// do runs the program to its end and returns the most memory it held, in bytes.
func (d *desk) do(b *testing.B, stdin string, args ...string) (peak int64) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 5*time.Minute)
	defer cancel()
	cmd := d.command(ctx, args...)
	var out bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &out
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case err := <-done:
			if err != nil {
				b.Fatalf("tenths %v: %v\n%s", args, err, out.Bytes())
			}
			return peak
		case <-time.After(10 * time.Millisecond):
			// The parent's own peak is in the resource usage of a child.
			peak = max(peak, lastOf(peak, func() (int64, error) { return status(cmd.Process.Pid, "VmHWM") }))
		}
	}
}

// lastOf returns what look finds, or was where there is nothing any more.
func lastOf(was int64, look func() (int64, error)) int64 {
	if n, err := look(); err == nil {
		return n
	}
	return was
}

// status returns a size from /proc/pid/status, in bytes.
func status(pid int, name string) (int64, error) {
	return field(fmt.Sprintf("/proc/%d/status", pid), name, 1024)
}

// written returns a count of bytes from /proc/pid/io: write_bytes, those that
// went to a disk, or wchar, those given to the system for whatever.
func written(pid int, name string) (int64, error) {
	return field(fmt.Sprintf("/proc/%d/io", pid), name, 1)
}

func field(path, name string, unit int64) (int64, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			n, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n * unit, err
		}
	}
	return 0, fmt.Errorf("%s is not in %s", name, path)
}

// cpu returns the processor time that the process used so far. It is counted
// in ticks of 10 ms (proc(5), sysconf(_SC_CLK_TCK) is 100 on Linux).
func cpu(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	after := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, err := strconv.ParseInt(after[11], 10, 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseInt(after[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond, err
}

// load logs how busy the machine is, without which no number means much.
func load(b *testing.B) {
	b.Helper()
	text, err := os.ReadFile("/proc/loadavg")
	if err == nil {
		b.Logf("load %s", strings.TrimSpace(string(text)))
	}
}

// timed returns how long do took.
func timed(do func()) time.Duration {
	began := time.Now()
	do()
	return time.Since(began)
}

// median returns the one in the middle.
func median[T cmp.Ordered](list []T) T {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}

// report reports the median of durations, in milliseconds.
func report(b *testing.B, list []time.Duration, what string) {
	b.ReportMetric(float64(median(list).Microseconds())/1000, "ms/"+what)
}

// ratio reports by how much the median of a is that of its peer.
func ratio(b *testing.B, a, of []time.Duration, name string) {
	b.ReportMetric(float64(median(a))/float64(median(of)), name)
}

// counter is a sink that keeps nothing but the cursor.
type counter struct {
	seen   int
	cursor capture.Cursor
}

// Record implements [capture.Sink].
func (c *counter) Record(_ context.Context, list []billing.Observation, cursor capture.Cursor) error {
	c.seen += len(list)
	c.cursor = cursor
	return nil
}
