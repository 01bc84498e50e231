package store

import (
	"context"
	"slices"

	"github.com/tenths/tenths/billing"
)

// SenderLessons is what a person's decisions said of who sends something.
type SenderLessons struct {
	Work     bool // something of theirs was work
	SetAside int  // decisions that set something of theirs aside since
}

// senderTaught is a lesson about a sender as undo keeps it.
type senderTaught struct {
	Seq    int64
	Sender string
	Work   bool
}

// TeachSenders notes what a decision says of those who sent something: that it
// was work, or that it was set aside. The origin is what was decided about; what
// was noted of it before is taken back. The senders are hashes.
func (tx *Tx) TeachSenders(ctx context.Context, origin string, work bool, senders []string) error {
	known, err := tx.sendersTaughtBy(ctx, origin)
	if err != nil || slices.EqualFunc(known, senders, func(l senderTaught, s string) bool { return l.Sender == s && l.Work == work }) {
		return err
	}
	if err := tx.TakeBackSenders(ctx, origin); err != nil {
		return err
	}
	for _, s := range senders {
		if _, err := tx.exec(ctx, `INSERT INTO sender_lesson (origin, sender, work) VALUES (?,?,?)`, origin, s, work); err != nil {
			return err
		}
	}
	return nil
}

// TakeBackSenders removes what was noted of an origin.
func (tx *Tx) TakeBackSenders(ctx context.Context, origin string) error {
	_, err := tx.exec(ctx, `DELETE FROM sender_lesson WHERE origin = ?`, origin)
	return err
}

func (tx *Tx) sendersTaughtBy(ctx context.Context, origin string) ([]senderTaught, error) {
	return collect(ctx, tx, func(r row) (l senderTaught, err error) { return l, r.Scan(&l.Seq, &l.Sender, &l.Work) },
		`SELECT seq, sender, work FROM sender_lesson WHERE origin = ? ORDER BY seq`, origin)
}

// teachSendersAgain has an origin teach what it taught before, in the same place.
func (tx *Tx) teachSendersAgain(ctx context.Context, origin string, before []senderTaught) error {
	now, err := tx.sendersTaughtBy(ctx, origin)
	if err != nil || slices.Equal(now, before) {
		return err
	}
	if err := tx.TakeBackSenders(ctx, origin); err != nil {
		return err
	}
	for _, l := range before {
		if _, err := tx.exec(ctx, `INSERT INTO sender_lesson (seq, origin, sender, work) VALUES (?,?,?,?)`, l.Seq, origin, l.Sender, l.Work); err != nil {
			return err
		}
	}
	return nil
}

// SendersTaught returns what was said of those of the senders, which are
// hashes, of whom anything was.
func (tx *Tx) SendersTaught(ctx context.Context, senders []string) (map[string]SenderLessons, error) {
	list, err := asJSON(senders)
	if err != nil {
		return nil, explain(err, "the decisions cannot be read")
	}
	out := map[string]SenderLessons{}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var sender string
		var l SenderLessons
		err = r.Scan(&sender, &l.Work, &l.SetAside)
		out[sender] = l
		return none, err
	}, `SELECT s.value, EXISTS (SELECT 1 FROM sender_lesson w WHERE w.sender = s.value AND w.work = 1),
			(SELECT count(*) FROM sender_lesson a WHERE a.sender = s.value AND a.work = 0
				AND a.seq > coalesce((SELECT max(w.seq) FROM sender_lesson w WHERE w.sender = s.value AND w.work = 1), 0))
		FROM json_each(?) s WHERE EXISTS (SELECT 1 FROM sender_lesson l WHERE l.sender = s.value)`, list)
	return out, err
}

// Received is what was received of one sender.
type Received struct {
	Messages, Conversations, Days int
}

// ReceivedFrom returns what was received within span of each of the senders, as
// draft.Sender names them.
func (tx *Tx) ReceivedFrom(ctx context.Context, senders []string, span billing.Span) (map[string]Received, error) {
	list, err := asJSON(senders)
	if err != nil {
		return nil, explain(err, "the observations cannot be read")
	}
	out := map[string]Received{}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var sender string
		var n Received
		err = r.Scan(&sender, &n.Messages, &n.Conversations, &n.Days)
		out[sender] = n
		return none, err
	}, `SELECT sender, count(*), count(DISTINCT thread), count(DISTINCT start_at / 86400) FROM observation
		WHERE latest = 1 AND sender <> '' AND removed = 0 AND sender IN (SELECT value FROM json_each(?3))
			AND start_at >= ?1 AND start_at < ?2
		GROUP BY sender`, unix(span.Start), unix(span.End), list)
	return out, err
}

// Answered returns those of the conversations in which the timekeeper wrote.
func (tx *Tx) Answered(ctx context.Context, threads []string) ([]string, error) {
	list, err := asJSON(threads)
	if err != nil {
		return nil, explain(err, "the observations cannot be read")
	}
	return collect(ctx, tx, value[string], `SELECT DISTINCT thread FROM observation WHERE latest = 1 AND removed = 0 AND thread <> ''
		AND kind = 'mail_sent' AND thread IN (SELECT value FROM json_each(?))`, list)
}

// WrittenTo returns the addresses to which mail was sent that was recorded after
// the place given, at most the next so many messages', and the place that it
// came to: the same where there is no more.
func (tx *Tx) WrittenTo(ctx context.Context, after int64, messages int) (addresses []string, last int64, err error) {
	type sent struct {
		seq     int64
		parties string
	}
	list, err := collect(ctx, tx, func(r row) (s sent, err error) { return s, r.Scan(&s.seq, &s.parties) },
		`SELECT seq, parties FROM observation WHERE kind = 'mail_sent' AND seq > ? ORDER BY seq LIMIT ?`, after, messages)
	last = after
	for _, s := range list {
		var with []billing.Party
		if err := fromJSON(s.parties, &with); err != nil {
			return nil, after, err
		}
		for _, p := range with {
			if p.Role != billing.RoleFrom && p.Address != "" {
				addresses = append(addresses, string(p.Address))
			}
		}
		last = s.seq
	}
	slices.Sort(addresses)
	return slices.Compact(addresses), last, err
}

// Acquaint notes people whom the timekeeper wrote to, by hash.
func (tx *Tx) Acquaint(ctx context.Context, people []string) error {
	for _, p := range people {
		if _, err := tx.exec(ctx, `INSERT INTO correspondent (person) VALUES (?) ON CONFLICT DO NOTHING`, p); err != nil {
			return err
		}
	}
	return nil
}

// Acquainted returns those of the people whom the timekeeper wrote to, by hash,
// and whether there are at least so many of such people at all.
func (tx *Tx) Acquainted(ctx context.Context, people []string, least int) (known []string, enough bool, err error) {
	list, err := asJSON(people)
	if err != nil {
		return nil, false, explain(err, "the correspondents cannot be read")
	}
	known, err = collect(ctx, tx, value[string], `SELECT person FROM correspondent WHERE person IN (SELECT value FROM json_each(?))`, list)
	if err != nil {
		return nil, false, err
	}
	n, _, err := one(ctx, tx, value[int], `SELECT count(*) FROM (SELECT 1 FROM correspondent LIMIT ?)`, least)
	return known, n >= least, err
}
