package cli

import (
	"fmt"
	"io"

	"github.com/tenths/tenths/app"
)

// mostFolders is how many folders are listed that are not observed.
const mostFolders = 30

func printAdded(w io.Writer, added app.Added) {
	fmt.Fprintf(w, "Added %s.\n", added.ID)
	if len(added.Unobserved) == 0 {
		return
	}
	fmt.Fprintf(w, "%s not observed:\n", count(len(added.Unobserved), "folder is", "folders are"))
	for _, name := range added.Unobserved[:min(mostFolders, len(added.Unobserved))] {
		fmt.Fprintf(w, "  %s\n", oneLine(name))
	}
	if more := len(added.Unobserved) - mostFolders; more > 0 {
		fmt.Fprintf(w, "  and %d more\n", more)
	}
	fmt.Fprintf(w, "To observe some of them, remove it and add it again with all folders that matter after the server's address,\nas in imaps://imap.example.com/INBOX,Sent,Matters.\n")
}
