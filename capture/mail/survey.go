package mail

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/tenths/tenths/billing"
)

// mailbox is a folder on the server, called as the client library calls it; see
// [readable].
type mailbox struct {
	name   string
	sent   bool
	filed  bool   // rules or people put mail there; looked at less often
	theirs bool   // other people own it
	next   uint32 // what STATUS says the next message's number will be, 0 when it does not
}

// relist is after how many surveys the folders are listed again, in case one
// was made, renamed or marked as the one of sent mail.
// Folders that mail is filed in are looked at as often: when a message was seen
// does not matter, only when it was sent.
const relist = 10

// survey finds out in which folders there may be something new, with one round
// trip: STATUS of each, sent together. The folders themselves are listed first,
// which takes another, every tenth time.
//
// UIDNEXT grows exactly when messages come (RFC 3501 section 2.3.1.1).
// HIGHESTMODSEQ (RFC 7162) would not do better: it grows with every flag too,
// and flags mean nothing here.
func (v *visit) survey() (changed []mailbox, err error) {
	if v.surveys%relist == 0 {
		if v.boxes, err = v.mailboxes(); err != nil {
			return nil, err
		}
	}
	due := slices.Clone(v.boxes)
	if v.surveys%relist != 0 {
		due = slices.DeleteFunc(due, func(box mailbox) bool { return box.filed })
	}
	v.surveys++
	if v.untold {
		return due, nil
	}
	found := 0
	err = v.session.within(v.session.timeout, func() error {
		changed, found, err = v.statuses(due)
		return err
	})
	if e, answered := errors.AsType[*imap.Error](err); err != nil && !(answered && found == 0) {
		return nil, v.session.broken(err)
	} else if answered && found == 0 {
		if passing(e) {
			return nil, v.session.broken(err)
		}
		return nil, &billing.Error{Kind: billing.NotFound, Err: wire(err),
			Msg: "the mail server has none of the folders named for this source; check their names, or leave them out to observe INBOX, the sent mail and the folders that mail is filed in"}
	}
	return changed, nil
}

// statusOptions are what tells whether something came.
var statusOptions = &imap.StatusOptions{NumMessages: true, UIDNext: true, UIDValidity: true}

// statuses returns which of the folders may have something new, and how many
// there are at all. Without any, the error is the server's reason.
func (v *visit) statuses(boxes []mailbox) (changed []mailbox, found int, err error) {
	var announced *imapclient.Command
	pending := make([]*imapclient.StatusCommand, len(boxes))
	for i, box := range boxes {
		if box.name == v.selected { // of which a server tells unasked, and STATUS may not tell (RFC 3501 section 6.3.10)
			announced = v.session.client.Noop()
			continue
		}
		pending[i] = v.session.client.Status(box.name, statusOptions)
	}
	if announced != nil {
		if err := announced.Wait(); err != nil {
			return nil, len(boxes), err
		}
	}
	var refusal error
	for i, box := range boxes {
		if pending[i] == nil {
			found++
			if len(v.session.news) > 0 {
				changed = append(changed, box)
			}
			continue
		}
		status, err := pending[i].Wait()
		if e, answered := errors.AsType[*imap.Error](err); answered && e.Type == imap.StatusResponseTypeNo && !passing(e) {
			v.missing(e)
			refusal = err
			continue
		} else if answered { // opening the folder tells as much
			v.untold = v.untold || e.Type == imap.StatusResponseTypeBad
			status = &imap.StatusData{}
		} else if err != nil {
			return nil, len(boxes), err
		}
		found++
		if v.at.Folders[box.name].behind(status) {
			box.next = uint32(status.UIDNext)
			changed = append(changed, box)
		}
	}
	if found == 0 {
		return nil, 0, refusal
	}
	return changed, found, nil
}

// missing notes, once, that a folder cannot be observed. A server's reason is
// shown where it is about the server: elsewhere it may name the folder.
func (v *visit) missing(refusal *imap.Error) {
	what := "a folder of the mail account is not there or may not be read; the others are observed"
	if passing(refusal) {
		what = "a folder of the mail account cannot be read just now; the server refuses it" + andSays(v.session.says(refusal)) + ". Tenths will try again"
	}
	if v.source.first(what) {
		v.source.leftOut(what)
	}
}

// behind reports whether the folder may hold messages after p.
func (p place) behind(status *imap.StatusData) bool {
	switch {
	case status.NumMessages != nil && *status.NumMessages == 0:
		return false
	case status.UIDNext == 0 || status.UIDValidity == 0: // not told
		return true
	}
	return status.UIDValidity != p.Validity || uint32(status.UIDNext) != p.Last+1 // less cannot be true
}

// all observes every folder in which there is something new.
func (v *visit) all(ctx context.Context) error {
	changed, err := v.survey()
	if err != nil {
		return err
	}
	v.refused = 0
	for _, box := range changed {
		if err := v.folder(ctx, box); err != nil {
			return err
		}
	}
	v.source.heed(v.session)
	return nil
}

// mailboxes returns the folders to observe, the one to be told of without
// asking last: INBOX if it is among them.
func (v *visit) mailboxes() ([]mailbox, error) {
	list, err := v.list()
	if err != nil {
		return nil, err
	}
	boxes, left := usual(list)
	beyond := v.source.leave(left)
	if beyond > 0 {
		what := fmt.Sprintf("%d folders of the mail account are not observed: there are too many; name those that matter after the server's address, as in imaps://imap.example.com/INBOX,Sent,Matters", beyond)
		if v.source.first(what) {
			v.source.leftOut(what)
		}
	}
	if wanted := v.source.server.folders; len(wanted) > 0 {
		boxes = boxes[:0]
		for _, name := range wanted {
			boxes = append(boxes, named(list, name))
		}
	}
	slices.SortStableFunc(boxes, func(a, b mailbox) int {
		switch {
		case a.name == inbox && b.name != inbox:
			return 1
		case b.name == inbox && a.name != inbox:
			return -1
		}
		return 0
	})
	return slices.CompactFunc(boxes, func(a, b mailbox) bool { return a.name == b.name }), nil
}

// isBad reports whether a server did not understand a command.
func isBad(err error) bool {
	e, answered := errors.AsType[*imap.Error](err)
	return answered && e.Type == imap.StatusResponseTypeBad
}

func (v *visit) list() (list []*imap.ListData, err error) {
	err = v.session.within(v.session.timeout, func() error {
		var options *imap.ListOptions
		if caps := v.session.client.Caps(); caps.Has(imap.CapSpecialUse) && caps.Has(imap.CapListExtended) {
			options = &imap.ListOptions{ReturnSpecialUse: true}
		}
		list, err = v.session.client.List("", "*", options).Collect()
		if isBad(err) && options != nil { // it promises more than it can do
			list, err = v.session.client.List("", "*", nil).Collect()
		}
		return err
	})
	if err != nil {
		return nil, v.session.broken(err)
	}
	return list, nil
}
