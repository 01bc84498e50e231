package wake

import (
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// uptime asks the kernel. CLOCK_MONOTONIC stands still while the machine is
// suspended and CLOCK_BOOTTIME does not (clock_gettime(2)); both are read one
// after the other, which takes microseconds.
func uptime() Uptime {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return Uptime{}
	}
	var up, awake unix.Timespec
	if unix.ClockGettime(unix.CLOCK_BOOTTIME, &up) != nil || unix.ClockGettime(unix.CLOCK_MONOTONIC, &awake) != nil {
		return Uptime{}
	}
	return Uptime{Boot: strings.TrimSpace(string(id)), Up: time.Duration(up.Nano()), Awake: time.Duration(awake.Nano())}
}
