package mail

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
)

// detail is how much of a message is asked for.
type detail int

const (
	everythingOf  detail = iota
	withoutParts         // for a message whose structure the server cannot tell
	withoutHeader        // size and date alone
)

// headerFields are what an observation rests on.
var headerFields = append([]string{
	"Date", "From", "To", "Cc", "Bcc", "Subject", "Message-ID", "In-Reply-To", "References", "Received",
	"Content-Type", "List-Id", "Precedence", "Auto-Submitted",
	"Sender", "Resent-From", "Resent-Sender", "Return-Path", "X-Failed-Recipients", "X-Auto-Response-Suppress",
	"X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder", "X-Mail-Autoreply", "X-Precedence", "Autoforwarded",
	"X-Autoreply-From", "X-Amazon-Auto-Reply", "Preference",
	"X-MS-Exchange-Generated-Message-Source", "X-MS-Exchange-Inbox-Rules-Loop",
}, bulkHeaderFields...)

// items is what is asked for, as FETCH has it (RFC 9051 section 6.4.5).
func (d detail) items() string {
	items := "UID FLAGS INTERNALDATE RFC822.SIZE"
	if d < withoutParts {
		items += " BODYSTRUCTURE"
	}
	if d < withoutHeader {
		items += " BODY.PEEK[HEADER.FIELDS (" + strings.Join(headerFields, " ") + ")]"
	}
	return "(" + items + ")"
}

// fetched is a message as the server tells of it.
type fetched struct {
	message
	uid    imap.UID
	stored time.Time
}

// part is what came of asking for some of a folder's messages.
type part struct {
	uids     []imap.UID
	messages []fetched
	err      error // the last part has it, if any
}

// ahead is how many parts are asked for beside the one that is read, while the
// caller works on the one before: neither the server nor we wait for the other.
const ahead = 1

// parts asks for the messages some at a time, oldest first, and reads the next
// ones while the caller works on the last. Meanwhile the session is not the
// caller's to use.
func (v *visit) parts(ctx context.Context, box string, uids []imap.UID) iter.Seq[part] {
	return func(yield func(part) bool) {
		batches := slices.Collect(slices.Chunk(uids, v.source.settings.batch))
		var last part
		for i := range batches {
			coming := make(chan part, 1)
			go func() { coming <- v.part(ctx, box, batches[i:]) }()
			more := i == 0 || yield(last)
			last = <-coming
			if !more {
				return
			}
			if last.err != nil {
				break
			}
		}
		if len(batches) > 0 {
			yield(last)
		}
	}
}

// part returns the first of the batches, having asked for some more.
func (v *visit) part(ctx context.Context, box string, batches [][]imap.UID) part {
	for len(v.asked) <= ahead && len(v.asked) < len(batches) {
		v.ask(batches[len(v.asked)], everythingOf)
	}
	first := v.asked[0]
	messages, err := v.hear(first)
	if err != nil {
		messages, err = v.insist(ctx, box, first, err)
	}
	return part{batches[0], messages, err}
}

// asking is a request for messages, and what is known of each so far.
type asking struct {
	*request
	detail
	uids     []imap.UID // in order
	accounts []account
	unread   bool // some answer could not be read
	again    bool // it was asked for before
}

// ask sends for the messages and waits for nothing.
func (v *visit) ask(uids []imap.UID, d detail) *asking {
	a := &asking{detail: d, uids: uids, accounts: make([]account, len(uids))}
	_ = v.session.within(v.session.timeout, func() error {
		a.request = v.session.tap.fetch(imap.UIDSetNum(uids...).String(), d.items())
		return nil // a failure is the request's end
	})
	v.asked = append(v.asked, a)
	return a
}

// hear waits for what was asked and returns the messages, in order, without
// drafts; those that are gone are left out. What cannot be read of one is asked
// for again with less detail: it is known less of, but not lost, and keeps no
// other from being seen.
func (v *visit) hear(a *asking) ([]fetched, error) {
	err := v.session.within(4*v.session.timeout, func() error { return <-a.done })
	if err != nil {
		return nil, err
	}
	v.understand()
	v.asked = slices.DeleteFunc(v.asked, func(b *asking) bool { return a == b })
	out, unclear := a.messages(v.source.settings.since)
	if len(unclear) == 0 {
		return out, nil
	}
	less, err := v.hear(v.ask(unclear, a.detail+1))
	if err != nil {
		return nil, err
	}
	if a.detail == everythingOf {
		for range less {
			v.source.problem(lessKnown)
		}
	}
	out = append(out, less...)
	slices.SortFunc(out, func(a, b fetched) int { return cmp.Compare(a.uid, b.uid) })
	return out, nil
}

const lessKnown = "the server's account of a message could not be read; less is known of it"

// understand reads what the server said so far, for all that are asking.
func (v *visit) understand() {
	v.session.tap.drain(&v.said)
	for response := range v.said.each {
		unread := v.answer.read(response) != nil
		uid := v.answer.uid()
		for _, a := range v.asked {
			a.unread = a.unread || unread
			// Without a number that was asked for it is news of flags.
			if i, ok := slices.BinarySearch(a.uids, uid); ok && !unread && v.answer.into(&a.accounts[i]) != nil {
				a.accounts[i] = account{told: true}
			}
		}
	}
}

// messages returns what the answers were, without drafts and what the mailbox
// got before since. unclear are the messages to ask for with less detail.
func (a *asking) messages(since time.Time) (out []fetched, unclear []imap.UID) {
	out = make([]fetched, 0, len(a.accounts))
	for i := range a.accounts {
		switch c := &a.accounts[i]; {
		case !c.tells(a.detail) && a.detail < withoutHeader:
			if c.told || a.unread {
				unclear = append(unclear, a.uids[i])
			}
		case !c.told, c.draft, c.stored.Before(since) && !c.stored.IsZero():
		default:
			c.uid = a.uids[i]
			out = append(out, c.fetched)
		}
	}
	return out, unclear
}

// insist asks again for what an answer that ended badly did not bring: the server
// refused, hung up, or went on in a way that nobody can follow. One message with
// which it cannot cope may be the cause. Over a new session they are asked for in
// halves, and the one that is left with less detail; one that no session brings
// costs itself. With an error comes what was brought all the same.
func (v *visit) insist(ctx context.Context, box string, a *asking, err error) ([]fetched, error) {
	v.understand()
	v.asked = nil // it ends with the session
	out, rest := a.brought(v.source.settings.since)
	if len(rest) == 0 {
		return out, nil
	}
	words, said := v.session.says(err), v.session.broken(err)
	if ctx.Err() != nil || errors.Is(err, errSilent) {
		return out, said
	}
	if refused, ok := errors.AsType[*imap.Error](err); a.again && (ok && passing(refused) || crowded(words)) {
		return out, said
	}
	if reopenErr := v.reopen(ctx, box); reopenErr != nil {
		return out, said
	}
	less := a.detail
	if len(rest) == 1 {
		if less++; less > withoutHeader {
			v.source.leftOut("the mail server gives nothing of one message" + andSays(words) + "; the others are observed")
			return out, nil
		}
		v.source.problem(lessKnown)
	}
	half := (len(rest) + 1) / 2
	for _, uids := range [][]imap.UID{rest[:half], rest[half:]} {
		if len(uids) == 0 {
			continue
		}
		more, err := v.fetch(ctx, box, uids, less)
		if out = append(out, more...); err != nil {
			return out, err
		}
	}
	slices.SortFunc(out, func(a, b fetched) int { return cmp.Compare(a.uid, b.uid) })
	return out, nil
}

func (v *visit) fetch(ctx context.Context, box string, uids []imap.UID, d detail) ([]fetched, error) {
	a := v.ask(uids, d)
	a.again = true
	out, err := v.hear(a)
	if err != nil {
		return v.insist(ctx, box, a, err)
	}
	return out, nil
}

// brought returns what answers brought though they ended badly, and the messages
// that are still to come.
func (a *asking) brought(since time.Time) (out []fetched, rest []imap.UID) {
	out, _ = a.messages(since)
	for i := range a.accounts {
		if !a.accounts[i].tells(a.detail) {
			rest = append(rest, a.uids[i])
		}
	}
	return out, rest
}
