package mail

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

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

	boxes    []mailbox // as last listed; the last of them is the one to wait at
	surveys  int
	refused  int  // how many of them could not be opened the last time
	untold   bool // the server has no STATUS
	selected string
	asked    []*asking
	said     answers // and the answer in it that was read last, both for their memory
	answer   answer
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

// folder records what came into the folder since the cursor. A folder that the
// server does not open costs itself.
func (v *visit) folder(ctx context.Context, box mailbox) error {
	uids, all, err := v.fresh(box)
	if e, answered := errors.AsType[*imap.Error](err); answered && e.Type != imap.StatusResponseTypeBye && len(v.boxes) > 1 {
		v.refused++
		v.missing(e)
		if v.refused < len(v.boxes) {
			return nil
		}
	}
	if err != nil {
		return v.session.broken(err)
	}
	for part := range v.parts(ctx, box.name, uids) {
		out := make([]billing.Observation, 0, len(part.messages))
		for _, msg := range part.messages {
			o := v.source.observation(msg.message, origin{stored: msg.stored, sent: box.sent})
			if !v.source.copied(o, box) {
				out = append(out, o)
			}
		}
		if part.err != nil {
			return cmp.Or(v.keep(ctx, out, box.name, all), part.err)
		}
		to := place{all.Validity, uint32(part.uids[len(part.uids)-1])}
		if to.Last == uint32(uids[len(uids)-1]) {
			to.Last = max(to.Last, all.Last)
		}
		if err := v.record(ctx, out, box.name, to); err != nil {
			return err
		}
	}
	if was := v.at.Folders[box.name]; all.Last > 0 && (was.Validity != all.Validity || was.Last < all.Last) {
		return v.record(ctx, nil, box.name, all) // what is there is none of ours: need not be searched again
	}
	return nil
}

// keep records what came before others could not be had: the place in the folder
// stays, so that they are asked for again.
func (v *visit) keep(ctx context.Context, out []billing.Observation, name string, all place) error {
	if len(out) == 0 {
		return nil
	}
	was := v.at.Folders[name]
	if was.Validity != all.Validity {
		was = place{Validity: all.Validity}
	}
	return v.record(ctx, out, name, was)
}

// record keeps observations and how far the folder was read.
func (v *visit) record(ctx context.Context, out []billing.Observation, name string, to place) error {
	was, known := v.at.Folders[name]
	v.at.Folders[name] = to
	v.at.Threads = v.source.threads.save()
	next, err := json.Marshal(v.at)
	if err == nil {
		err = v.source.apart(ctx, v.sink, out)
	}
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
// oldest first, and the place that the cursor is at when they are observed: the
// last number that the server has given, to whatever message, where it says.
func (v *visit) fresh(box mailbox) (uids []imap.UID, all place, err error) {
	select { // whatever was announced until now will be seen
	case <-v.session.news:
	default:
	}
	data, err := v.examine(box.name)
	if err != nil {
		return nil, place{}, err
	}
	after := v.at.Folders[box.name]
	if after.Validity != data.UIDValidity {
		after = place{Validity: data.UIDValidity}
	}
	all = after
	next := uint32(data.UIDNext)
	if next <= data.NumMessages || next <= after.Last { // numbers are given one by one, and never twice
		next = 0
	}
	if next > 0 && (box.next == 0 || box.next >= next) {
		all.Last = max(all.Last, next-1)
	}
	if v.session.tap.empty() || next > 0 && next == after.Last+1 {
		return nil, all, nil
	}
	uids, err = v.search(after, next)
	return uids, all, err
}

// search returns the numbers of the messages after the place, in order. next is
// what the server says will be the next number, 0 when it does not say.
func (v *visit) search(after place, next uint32) (uids []imap.UID, err error) {
	criteria := &imap.SearchCriteria{UID: []imap.UIDSet{{imap.UIDRange{Start: imap.UID(after.Last + 1)}}}} // to the last
	if since := v.source.settings.since; !since.IsZero() {
		criteria.Since = since.AddDate(0, 0, -1) // days are the server's
	}
	odd := v.session.tap.odd()
	err = v.session.within(4*v.session.timeout, func() error {
		found, err := v.session.client.UIDSearch(criteria, nil).Wait()
		if isBad(err) { // the plainest that there is
			found, err = v.session.client.UIDSearch(&imap.SearchCriteria{}, nil).Wait()
		}
		if err == nil {
			uids = found.AllUIDs()
		}
		return err
	})
	lost := v.session.tap.odd() > odd
	if isBad(err) && next > 0 && next-after.Last <= maxGuessed {
		lost, err = true, nil
	}
	if err != nil {
		return nil, err
	}
	if next > 0 && len(v.session.news) == 0 { // there is no message of such a number
		all := len(uids)
		uids = slices.DeleteFunc(uids, func(uid imap.UID) bool { return uint32(uid) >= next })
		lost = lost || len(uids) < all
	}
	if lost { // any number may have been in the answer
		for uid := after.Last + 1; uid < next && uid-after.Last < maxGuessed; uid++ {
			uids = append(uids, imap.UID(uid))
		}
	}
	// "n:*" always finds the last message, though it be older than n.
	uids = slices.DeleteFunc(uids, func(uid imap.UID) bool { return uint32(uid) <= after.Last })
	slices.Sort(uids)
	return slices.Compact(uids), nil
}

// maxGuessed bounds how many numbers are asked for without being known to be any
// message's.
const maxGuessed = 20_000

func (v *visit) examine(name string) (data *imap.SelectData, err error) {
	v.selected = ""
	err = v.session.within(v.session.timeout, func() (err error) {
		data, err = v.session.client.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
		return err
	})
	if err == nil {
		v.selected = name
	}
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
