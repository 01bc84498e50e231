//go:build unix

package peer

import (
	"os/exec"
	"syscall"
)

// ownGroup has the command and all that it starts be a group of processes.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// killGroup kills the group of a command started after [ownGroup].
func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
