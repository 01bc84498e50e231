//go:build unix

package endtoend

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// bin is where what the tests run is built.
var bin string

func TestMain(m *testing.M) {
	var err error
	if bin, err = os.MkdirTemp("", "endtoend"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	flag.Parse()
	if runtime.GOMAXPROCS(0) < 8 {
		_ = flag.Set("test.parallel", "8") // they wait more than they work
	}
	code := m.Run()
	os.RemoveAll(bin)
	os.Exit(code)
}

// Both are built at most once a run, without cgo and tags, as "go build ." does
// it for a user who has no C compiler.
var (
	buildTenths  = sync.OnceValues(func() (string, error) { return build("tenths", ".") })
	buildCliosim = sync.OnceValues(func() (string, error) { return build("cliosim", "./sync/clio/cliotest/cmd/cliosim") })
)

func build(name, pkg string) (string, error) {
	path := filepath.Join(bin, name)
	cmd := exec.Command("go", "build", "-o", path, pkg)
	cmd.Dir = peer.Root()
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build %s: %w\n%s", pkg, err, out)
	}
	return path, nil
}

// patience is how long a command may take on a busy machine; posting waits up
// to 45 seconds for an unknown outcome by itself.
const patience = 90 * time.Second

// desk is where a lawyer works: a home, a data directory, a zone,
// and the passphrase of the sealed secrets.
type desk struct {
	program    string
	home       string
	data       string
	zone       string
	passphrase string
}

// newDesk returns a desk at which nothing was done yet, in a zone in which it is
// neither early nor late: the day that a test looks at neither ends under it
// nor has only begun.
func newDesk(t *testing.T) *desk {
	t.Helper()
	program, err := buildTenths()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{program: program, home: t.TempDir(), zone: "America/New_York", passphrase: "gillyflower at the window"}
	if at := time.Now().In(d.location(t)).Hour(); at < 8 || at >= 22 {
		d.zone = "Asia/Tokyo"
	}
	d.data = filepath.Join(d.home, "practice")
	return d
}

func (d *desk) location(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(d.zone)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// today returns the day it is here.
func (d *desk) today(t *testing.T) string {
	t.Helper()
	return time.Now().In(d.location(t)).Format(time.DateOnly)
}

func (d *desk) command(args ...string) *exec.Cmd {
	cmd := exec.Command(d.program, append(args, "--data", d.data)...)
	cmd.Dir = d.home
	cmd.Env = []string{"HOME=" + d.home, "XDG_DATA_HOME=" + d.home + "/share", "PATH=" + os.Getenv("PATH"), "TZ=" + d.zone,
		"TENTHS_SECRETS=file", "TENTHS_PASSPHRASE=" + d.passphrase}
	return cmd
}

// said is what a command said.
type said struct {
	out, err string
	code     int
}

// run runs a command with a line to read, which may be empty.
func (d *desk) run(t *testing.T, in string, args ...string) said {
	t.Helper()
	p := d.start(t, in, args...)
	p.wait(t, patience)
	return p.said()
}

var stillLooking = regexp.MustCompile(`(?m)^still looking after .*\n`)

// ok runs a command that must go well, and returns what it printed. On a busy
// machine a look may take so long that it says how far it has got.
func (d *desk) ok(t *testing.T, in string, args ...string) string {
	t.Helper()
	s := d.run(t, in, args...)
	if s.code != 0 || stillLooking.ReplaceAllString(s.err, "") != "" {
		t.Fatalf("tenths %s: exit %d\n%s%s", strings.Join(args, " "), s.code, s.out, s.err)
	}
	return s.out
}

// show runs a command with --json and decodes what it prints, whatever its exit
// code, which it returns.
func (d *desk) show(t *testing.T, v any, args ...string) said {
	t.Helper()
	s := d.run(t, "", append(args, "--json")...)
	if err := json.Unmarshal([]byte(s.out), v); err != nil {
		t.Fatalf("tenths %s: exit %d: %v\n%s%s", strings.Join(args, " "), s.code, err, s.out, s.err)
	}
	return s
}

// refused runs a command that must fail, with one line that says why.
func (d *desk) refused(t *testing.T, in string, args ...string) string {
	t.Helper()
	s := d.run(t, in, args...)
	if s.code != 1 || !strings.HasPrefix(s.err, "tenths: ") || strings.Count(s.err, "\n") != 1 {
		t.Fatalf("tenths %s: exit %d, want 1 and one line\n%s%s", strings.Join(args, " "), s.code, s.out, s.err)
	}
	return s.err
}

// process is a command that runs.
type process struct {
	cmd      *exec.Cmd
	out, err bytes.Buffer
	ended    chan struct{}
}

// start starts a command, which ends with the test at the latest.
func (d *desk) start(t *testing.T, in string, args ...string) *process {
	t.Helper()
	p := &process{cmd: d.command(args...), ended: make(chan struct{})}
	p.cmd.Stdin = strings.NewReader(in)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.err
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait()
	}()
	t.Cleanup(p.kill)
	return p
}

// kill ends the process with no chance to do anything more.
func (p *process) kill() {
	_ = p.cmd.Process.Signal(syscall.SIGKILL)
	<-p.ended
}

// stop asks the process to end, as shutting the machine down does, and waits
// until it has.
func (p *process) stop(t *testing.T) said {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	p.wait(t, 10*time.Second)
	return p.said()
}

func (p *process) wait(t *testing.T, within time.Duration) {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(within):
		p.kill()
		t.Fatalf("%v did not end within %v:\n%s%s", p.cmd.Args[1:], within, &p.out, &p.err)
	}
}

// said returns what the process said; it has ended.
func (p *process) said() said {
	return said{p.out.String(), p.err.String(), p.cmd.ProcessState.ExitCode()}
}

// running reports whether the process has not ended.
func (p *process) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// eventually waits until it is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("this did not come about: " + what)
		}
	}
}

// write writes a file of the lawyer's.
func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// save saves a document as editors do: into another file, which then takes its
// place.
func save(t *testing.T, path, text string) {
	t.Helper()
	write(t, path+".tmp", text)
	if err := os.Rename(path+".tmp", path); err != nil {
		t.Fatal(err)
	}
}
