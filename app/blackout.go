package app

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// The kinds of blackout.
const (
	BlackoutClient   = "client"   // the client's name, and all that belongs to the client's matters
	BlackoutFolder   = "folder"   // documents below it
	BlackoutSender   = "sender"   // mail from and to an address, or all of a domain
	BlackoutCalendar = "calendar" // a calendar that is observed, by its id, or the words of an event's title
	BlackoutMatter   = "matter"   // a matter's number and name, its people and its folder
)

// BlackoutView is something of which nothing is stored.
type BlackoutView struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	What  string `json:"what"`
	Added string `json:"added"`
}

// Blackened is what adding a blackout did.
type Blackened struct {
	ID      string   `json:"id"`
	Purged  int      `json:"purged"`            // observations that matched and are gone
	Kept    int      `json:"kept"`              // matching ones that stay: evidence of approved entries, or asked for
	Backups []string `json:"backups,omitempty"` // copies of before that may still hold them
	Pending string   `json:"pending,omitempty"` // why the bytes are not out of the files yet
}

// Blackouts returns what is never stored.
func (d Discretion) Blackouts(ctx context.Context) (views []BlackoutView, err error) {
	views = []BlackoutView{}
	err = d.store.View(ctx, func(tx *store.Tx) error {
		list, err := tx.Blackouts(ctx)
		for _, b := range list {
			views = append(views, BlackoutView{ID: strconv.FormatInt(b.ID, 10), Kind: b.Kind, What: string(b.What), Added: b.Added.Format(time.RFC3339)})
		}
		return err
	})
	return views, err
}

// Unblacken removes a blackout. What was not stored meanwhile stays so, as far
// as its source does not show it anew.
func (d Discretion) Unblacken(ctx context.Context, id string) error {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return &billing.Error{Kind: billing.NotFound, Msg: id + " is no blackout; tenths blackout list shows them", Err: err}
	}
	return d.store.Update(ctx, func(tx *store.Tx) error { return tx.RemoveBlackout(ctx, n) })
}

func checkBlackout(ctx context.Context, tx *store.Tx, b *store.Blackout) error {
	switch b.Kind {
	case BlackoutClient, BlackoutCalendar:
	case BlackoutFolder:
		if path := string(b.What); strings.ContainsRune(path, filepath.Separator) && !filepath.IsAbs(path) {
			abs, err := filepath.Abs(path)
			if err != nil {
				return invalid("the folder's path cannot be made absolute; write it in full")
			}
			b.What = billing.Privileged(abs)
		}
	case BlackoutSender:
		if !strings.Contains(string(b.What), ".") && !strings.Contains(string(b.What), "@") {
			return invalid("give an address such as dana@reed.com, or a domain such as reed.com")
		}
	case BlackoutMatter:
		if _, err := tx.MatterByNumber(ctx, string(b.What)); err != nil {
			return err
		}
	default:
		return invalid(b.Kind + " cannot be blacked out; the kinds are client, folder, sender, calendar and matter")
	}
	if len(words(string(b.What))) <= 2 { // a space on either side
		return invalid("say what is to be left out: a name, a path, an address or a number")
	}
	return nil
}
