package mail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

const inbox = "INBOX"

// visit is the work done over one session, or several where a server's answer
// ends one.
type visit struct {
	source  *IMAP
	session *session
	at      imapCursor
	sink    capture.Sink
	reopens int
}

// maxReopens bounds how often a visit comes back to a server whose answers
// cannot be read; finding one bad message among 500 takes about ten.
const maxReopens = 60

func (v *visit) enter(ctx context.Context) (err error) {
	v.session, err = v.source.open(ctx)
	return err
}

func (v *visit) leave() {
	if v.session != nil {
		v.session.close()
	}
}

// mailbox is a folder on the server.
type mailbox struct {
	name string
	sent bool
}

// all observes every folder; INBOX comes last and stays selected.
func (v *visit) all(ctx context.Context) error {
	boxes, err := v.mailboxes()
	if err != nil {
		return err
	}
	for _, box := range boxes {
		if err := v.folder(ctx, box); err != nil {
			return err
		}
	}
	return nil
}

// mailboxes returns the folders of sent mail and INBOX. Those marked \Sent (RFC
// 6154) are meant; without any, those with a name that says so.
func (v *visit) mailboxes() ([]mailbox, error) {
	var list []*imap.ListData
	err := v.session.within(v.session.timeout, func() (err error) {
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
	var marked, named []mailbox
	for _, data := range list {
		leaf := data.Mailbox
		if data.Delim != 0 {
			leaf = leaf[strings.LastIndex(leaf, string(data.Delim))+1:]
		}
		switch {
		case slices.Contains(data.Attrs, imap.MailboxAttrNoSelect), slices.Contains(data.Attrs, imap.MailboxAttrNonExistent):
		case slices.Contains(data.Attrs, imap.MailboxAttrSent):
			marked = append(marked, mailbox{data.Mailbox, true})
		case isSent(leaf):
			named = append(named, mailbox{data.Mailbox, true})
		}
	}
	if len(marked) == 0 {
		marked = named
	}
	return append(marked, mailbox{name: inbox}), nil
}

// folder records what came into the folder since the cursor.
func (v *visit) folder(ctx context.Context, box mailbox) error {
	uids, validity, err := v.fresh(box.name)
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(uids, v.source.settings.batch) {
		messages, err := v.fetch(ctx, box.name, batch, everythingOf)
		if err != nil {
			return err
		}
		var out []billing.Observation
		for _, msg := range messages {
			out = append(out, v.source.observation(msg.message, origin{stored: msg.stored, sent: box.sent}))
		}
		if err := v.record(ctx, out, box.name, place{validity, uint32(batch[len(batch)-1])}); err != nil {
			return err
		}
	}
	return nil
}

// record keeps observations and how far the folder was read.
func (v *visit) record(ctx context.Context, out []billing.Observation, name string, to place) error {
	was, known := v.at.Folders[name]
	v.at.Folders[name] = to
	next, err := json.Marshal(v.at)
	if err == nil {
		err = v.sink.Record(ctx, out, capture.Cursor(next))
	}
	if err == nil {
		return nil
	}
	if v.at.Folders[name] = was; !known {
		delete(v.at.Folders, name)
	}
	return fmt.Errorf("record mail: %w", err)
}

// fresh selects a folder, read-only, and returns the messages after the cursor,
// oldest first.
func (v *visit) fresh(name string) (uids []imap.UID, validity uint32, err error) {
	select { // whatever was announced until now will be seen
	case <-v.session.news:
	default:
	}
	data, err := v.examine(name)
	if err != nil {
		return nil, 0, unreachable(wire(err))
	}
	after := v.at.Folders[name]
	if after.Validity != data.UIDValidity {
		after = place{Validity: data.UIDValidity}
	}
	if data.NumMessages == 0 || data.UIDNext != 0 && uint32(data.UIDNext) <= after.Last+1 {
		return nil, data.UIDValidity, nil
	}
	criteria := &imap.SearchCriteria{UID: []imap.UIDSet{{imap.UIDRange{Start: imap.UID(after.Last + 1)}}}} // to the last
	if since := v.source.settings.since; !since.IsZero() {
		criteria.Since = since.AddDate(0, 0, -1) // days are the server's
	}
	err = v.session.within(4*v.session.timeout, func() error {
		found, err := v.session.client.UIDSearch(criteria, nil).Wait()
		if err == nil {
			uids = found.AllUIDs()
		}
		return err
	})
	if err != nil {
		return nil, 0, unreachable(wire(err))
	}
	// "n:*" always finds the last message, though it be older than n.
	uids = slices.DeleteFunc(uids, func(uid imap.UID) bool { return uint32(uid) <= after.Last })
	slices.Sort(uids)
	return slices.Compact(uids), data.UIDValidity, nil
}

func (v *visit) examine(name string) (data *imap.SelectData, err error) {
	err = v.session.within(v.session.timeout, func() (err error) {
		data, err = v.session.client.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
		return err
	})
	return data, err
}

// reopen begins a new session with the folder selected, after the last one was
// ended by an answer that could not be read.
func (v *visit) reopen(ctx context.Context, name string) error {
	if v.reopens++; v.reopens > maxReopens {
		return errors.New("too many unreadable answers")
	}
	v.session.close()
	s, err := v.source.open(ctx)
	if err != nil {
		return err
	}
	v.session = s
	_, err = v.examine(name)
	return err
}
