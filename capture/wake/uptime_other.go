//go:build !linux

package wake

func uptime() Uptime { return Uptime{} }
