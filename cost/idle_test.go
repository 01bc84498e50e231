//go:build linux

package cost

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// idleFor is how long nothing happens, unless TENTHS_IDLE says otherwise.
const idleFor = 2 * time.Minute

// BenchmarkIdle observes a mailbox, a calendar and 20,201 folders in which
// nothing happens, and says what that took once all had been looked through.
func BenchmarkIdle(b *testing.B) {
	period := idleFor
	if text := os.Getenv("TENTHS_IDLE"); text != "" {
		var err error
		if period, err = time.ParseDuration(text); err != nil {
			b.Fatalf("TENTHS_IDLE: %v", err)
		}
	}
	d, mail, calendar := newDesk(b), peer.StartDovecot(b, peer.DovecotWithoutTLS()), peer.StartRadicale(b)
	for i := range 200 {
		mail.Deliver(b, "INBOX", letter(i))
	}
	fill(b, calendar, 200)
	tree := b.TempDir()
	for i := range 200 {
		for j := range 100 {
			if err := os.MkdirAll(filepath.Join(tree, fmt.Sprint("client ", i), fmt.Sprint("matter ", j)), 0o700); err != nil {
				b.Fatal(err)
			}
		}
	}
	d.do(b, mail.Password, "source", "add", "imap", "imap://"+mail.Addr, "--user", mail.User, "--password-stdin")
	d.do(b, calendar.Password, "source", "add", "caldav", calendar.URL, "--user", calendar.User, "--password-stdin")
	d.do(b, "", "source", "add", "folder", tree)
	for range b.N {
		d.idle(b, period)
	}
}

// usage is what a process used since it began.
type usage struct {
	cpu         time.Duration
	disk, given int64
}

func usageOf(b *testing.B, pid int) usage {
	b.Helper()
	used, err1 := cpu(pid)
	disk, err2 := written(pid, "write_bytes")
	given, err3 := written(pid, "wchar")
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			b.Fatalf("the program ended: %v", err)
		}
	}
	return usage{used, disk, given}
}

func (d *desk) idle(b *testing.B, period time.Duration) {
	cmd := d.command(b.Context(), "capture")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	pid := cmd.Process.Pid
	began := settled(b, pid)
	firstPeak, _ := status(pid, "VmHWM")
	load(b)
	time.Sleep(period)
	ended := usageOf(b, pid)
	peak, _ := status(pid, "VmHWM")
	rss, _ := status(pid, "VmRSS")
	load(b)
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		b.Fatalf("%v\n%s", err, out.Bytes())
	}
	b.Logf("the first look: %v of a processor, %d kB written, peak %.1f MB; then in %v: %v, %d bytes to disk, %d bytes given to the system\n%s",
		began.cpu, began.disk>>10, float64(firstPeak)/1e6, period, ended.cpu-began.cpu, ended.disk-began.disk, ended.given-began.given, out.Bytes())
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(100*(ended.cpu-began.cpu).Seconds()/period.Seconds(), "%core")
	b.ReportMetric(float64(ended.disk-began.disk)/1e6, "MB-to-disk")
	b.ReportMetric(float64(ended.given-began.given)/1e6, "MB-given")
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
	b.ReportMetric(float64(rss)/1e6, "resident-MB")
}

// settled waits until the process has done nothing to speak of for a while,
// and returns what it used until then.
func settled(b *testing.B, pid int) usage {
	b.Helper()
	time.Sleep(10 * time.Second)
	for deadline := time.Now().Add(3 * time.Minute); ; {
		before := usageOf(b, pid)
		time.Sleep(5 * time.Second)
		if now := usageOf(b, pid); now.cpu-before.cpu <= 20*time.Millisecond && now.disk == before.disk {
			return now
		}
		if time.Now().After(deadline) {
			b.Fatal("the program does not come to rest")
		}
	}
}
