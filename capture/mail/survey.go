package mail

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/tenths/tenths/billing"
)

// mailbox is a folder on the server.
type mailbox struct {
	name string
	sent bool
}

// relist is after how many surveys the folders are listed again, in case one
// was made, renamed or marked as the one of sent mail.
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
	v.surveys++
	found := 0
	err = v.session.within(v.session.timeout, func() error {
		changed, found, err = v.statuses()
		return err
	})
	switch {
	case err != nil:
		return nil, unreachable(wire(err))
	case found == 0:
		return nil, &billing.Error{Kind: billing.NotFound,
			Msg: "the mail server has none of the folders named for this source; check their names, or leave them out to observe INBOX and the sent mail"}
	}
	return changed, nil
}

// statusOptions are what tells whether something came.
var statusOptions = &imap.StatusOptions{NumMessages: true, UIDNext: true, UIDValidity: true}

func (v *visit) statuses() (changed []mailbox, found int, err error) {
	var announced *imapclient.Command
	pending := make([]*imapclient.StatusCommand, len(v.boxes))
	for i, box := range v.boxes {
		if box.name == v.selected { // of which a server tells unasked, and STATUS may not tell (RFC 3501 section 6.3.10)
			announced = v.session.client.Noop()
			continue
		}
		pending[i] = v.session.client.Status(box.name, statusOptions)
	}
	if announced != nil {
		if err := announced.Wait(); err != nil {
			return nil, 0, err
		}
	}
	for i, box := range v.boxes {
		if pending[i] == nil {
			found++
			if len(v.session.news) > 0 {
				changed = append(changed, box)
			}
			continue
		}
		status, err := pending[i].Wait()
		if e, answered := errors.AsType[*imap.Error](err); answered && e.Type == imap.StatusResponseTypeNo {
			v.missing(box)
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		found++
		if v.at.Folders[box.name].behind(status) {
			changed = append(changed, box)
		}
	}
	return changed, found, nil
}

// missing notes, once, that a folder cannot be observed.
func (v *visit) missing(box mailbox) {
	if v.noted == nil {
		v.noted = map[string]bool{}
	}
	if !v.noted[box.name] {
		v.noted[box.name] = true
		v.source.problem("a folder of the mail account is not there or may not be read; the others are observed")
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
	return status.UIDValidity != p.Validity || uint32(status.UIDNext) > p.Last+1
}

// all observes every folder in which there is something new.
func (v *visit) all(ctx context.Context) error {
	changed, err := v.survey()
	if err != nil {
		return err
	}
	for _, box := range changed {
		if err := v.folder(ctx, box); err != nil {
			return err
		}
	}
	return nil
}

// mailboxes returns the folders to observe, the one to be told of without
// asking last: INBOX if it is among them.
func (v *visit) mailboxes() ([]mailbox, error) {
	list, err := v.list()
	if err != nil {
		return nil, err
	}
	boxes := usual(list)
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

func (v *visit) list() (list []*imap.ListData, err error) {
	err = v.session.within(v.session.timeout, func() error {
		var options *imap.ListOptions
		if caps := v.session.client.Caps(); caps.Has(imap.CapSpecialUse) && caps.Has(imap.CapListExtended) {
			options = &imap.ListOptions{ReturnSpecialUse: true}
		}
		list, err = v.session.client.List("", "*", options).Collect()
		return err
	})
	if err != nil {
		return nil, unreachable(wire(err))
	}
	return list, nil
}

// usual returns INBOX and the folders of sent mail. Those marked \Sent (RFC
// 6154) are meant; without any, those with a name that says so.
func usual(list []*imap.ListData) []mailbox {
	var marked, byName []mailbox
	for _, data := range list {
		switch {
		case slices.Contains(data.Attrs, imap.MailboxAttrNoSelect), slices.Contains(data.Attrs, imap.MailboxAttrNonExistent):
		case slices.Contains(data.Attrs, imap.MailboxAttrSent):
			marked = append(marked, mailbox{data.Mailbox, true})
		case isSent(leafName(data.Mailbox, data.Delim)):
			byName = append(byName, mailbox{data.Mailbox, true})
		}
	}
	if len(marked) == 0 {
		marked = byName
	}
	return append(marked, mailbox{name: inbox})
}

// named returns the folder that a person calls name, with slashes where the
// server may have other separators. A server need not list all that it has.
func named(list []*imap.ListData, name string) mailbox {
	if strings.EqualFold(name, inbox) {
		return mailbox{name: inbox}
	}
	for _, data := range list {
		slashed := data.Mailbox
		if data.Delim != 0 {
			slashed = strings.ReplaceAll(slashed, string(data.Delim), "/")
		}
		if name == data.Mailbox || name == slashed {
			return mailbox{data.Mailbox, slices.Contains(data.Attrs, imap.MailboxAttrSent) || isSent(leafName(data.Mailbox, data.Delim))}
		}
	}
	return mailbox{name, isSent(leafName(name, '/'))}
}

func leafName(name string, delim rune) string {
	if delim == 0 {
		return name
	}
	return name[strings.LastIndex(name, string(delim))+1:]
}
