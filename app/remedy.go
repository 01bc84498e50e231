package app

import (
	"fmt"

	"github.com/tenths/tenths/billing"
)

// remedy says what to do about a place that could not be observed.
func remedy(src billing.SourceConfig, kind billing.Kind) string {
	again := fmt.Sprintf("; or stop observing it with tenths source remove %s", src.ID)
	switch {
	case kind == billing.Internal:
		return "this is a fault of Tenths: run it again, and report it with the log if it stays" + again
	case kind == billing.Unauthorized && src.User == "":
		return "the place asks for a sign-in: remove it and add it again with --user and --password-stdin" + again
	}
	switch src.Kind {
	case billing.SourceIMAP:
		return mailRemedy(src, kind) + again
	case billing.SourceCalDAV:
		if kind == billing.Unauthorized {
			return fmt.Sprintf("give the account's password anew, for many providers one made for this program alone: tenths source remove %s, then tenths source add caldav ADDRESS --user %s --password-stdin", src.ID, src.User)
		}
		if kind == billing.Unreachable {
			return "check the network and the server's address; Tenths tries again by itself" + again
		}
		return "check the address: it is that of the account or of one calendar, as the provider's help page names it for CalDAV" + again
	case billing.SourceCalendar:
		if kind == billing.Unreachable {
			return "check that the file is there and may be read or, for an address, the network; a secret address that was reset has to be added anew" + again
		}
		return "check that it is an iCalendar file (.ics), a folder of them, or an address that gives one: export it anew" + again
	case billing.SourceMaildir:
		return "check that the folder is a Maildir, with cur and new in it, and that you may read it" + again
	case billing.SourceMbox:
		return "check that the file is a mailbox whose messages begin with a From line, and that you may read it" + again
	case billing.SourceFolder:
		return "check that the folder is there, that its disk or share is connected, and that you may read it" + again
	case billing.SourceResearch:
		return "check that the browser's profile folder is there and may be read, and close the browser if it holds its history for itself" + again
	}
	return "mend that" + again
}

func mailRemedy(src billing.SourceConfig, kind billing.Kind) string {
	switch kind {
	case billing.Unauthorized:
		return fmt.Sprintf("give the account's password anew, for many providers one made for this program alone, and allow IMAP in the account's settings: tenths source remove %s, then tenths source add imap SERVER --user %s --password-stdin", src.ID, src.User)
	case billing.Unreachable:
		return "check the network and the server's name, and whether other programs use the account at the same time; Tenths tries again by itself"
	}
	return "check the server's name, as the provider's help page names it for IMAP"
}
