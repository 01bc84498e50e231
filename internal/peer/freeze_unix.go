//go:build unix

package peer

import "syscall"

// Freeze stops the server where it is: connections stand, and nothing is
// answered any more.
func (r *Radicale) Freeze() { _ = syscall.Kill(-r.server.Process.Pid, syscall.SIGSTOP) }

// Thaw has a server go on that was frozen.
func (r *Radicale) Thaw() { _ = syscall.Kill(-r.server.Process.Pid, syscall.SIGCONT) }

// Freeze stops the server where it is: connections stand, and nothing is
// answered any more.
func (d *Dovecot) Freeze() { _ = syscall.Kill(-d.server.Process.Pid, syscall.SIGSTOP) }

// Thaw has a server go on that was frozen.
func (d *Dovecot) Thaw() { _ = syscall.Kill(-d.server.Process.Pid, syscall.SIGCONT) }
