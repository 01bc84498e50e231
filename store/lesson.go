package store

import (
	"context"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

// Lesson is what a person decided about an observation.
type Lesson struct {
	Seq         int64
	Entry       billing.EntryID // lessons of one entry that follow each other were one decision
	Observation billing.ObservationID
	Matter      billing.MatterID // "" where the work was set aside
}

// Learner is what was learned up to a lesson, as the learner writes it; empty
// at first.
type Learner struct {
	Generation int64 // differs once a lesson was taken back
	UpTo       int64 // the last lesson in State
	State      []byte
}

// Teach notes that a person put the observations of an entry under a matter, or
// set them aside where that is "". What was noted for the entry before is taken
// back, unless it is the same. An observation that another entry taught of
// already, as where a draft was split over two matters, teaches no second time.
func (tx *Tx) Teach(ctx context.Context, entry billing.EntryID, matter billing.MatterID, observations []billing.ObservationID) error {
	observations, err := tx.Untaught(ctx, entry, observations)
	if err != nil {
		return err
	}
	known, err := collect(ctx, tx, scanLesson, `SELECT seq, entry, observation, matter FROM lesson WHERE entry = ? ORDER BY seq`, entry)
	if err != nil {
		return err
	}
	if slices.EqualFunc(known, observations, func(l Lesson, id billing.ObservationID) bool { return l.Observation == id && l.Matter == matter }) {
		return nil
	}
	if err := tx.TakeBack(ctx, entry); err != nil {
		return err
	}
	for _, id := range observations {
		if _, err := tx.exec(ctx, `INSERT INTO lesson (entry, observation, matter, at) VALUES (?,?,?,?)`, entry, id, matter, unix(tx.Now())); err != nil {
			return err
		}
	}
	return nil
}

// Untaught returns those of the observations of which no other entry teaches.
func (tx *Tx) Untaught(ctx context.Context, entry billing.EntryID, observations []billing.ObservationID) ([]billing.ObservationID, error) {
	list, err := asJSON(observations)
	if err != nil {
		return nil, explain(err, "the decision cannot be noted")
	}
	taught, err := collect(ctx, tx, value[billing.ObservationID], `SELECT observation FROM lesson
		WHERE entry <> ? AND observation IN (SELECT value FROM json_each(?))`, entry, list)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(observations), func(id billing.ObservationID) bool { return slices.Contains(taught, id) }), nil
}

// TakeBack removes what was noted for an entry, as when a decision is undone.
// Lessons that the learner's state has absorbed stay in it; later ones weigh
// more.
func (tx *Tx) TakeBack(ctx context.Context, entry billing.EntryID) error {
	n, err := tx.exec(ctx, `DELETE FROM lesson WHERE entry = ?`, entry)
	if err != nil || n == 0 {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE learner SET generation = generation + 1`)
	return err
}

// taught is a lesson as undo keeps it.
type taught struct {
	Lesson
	At int64
}

func (tx *Tx) taughtBy(ctx context.Context, entry billing.EntryID) ([]taught, error) {
	return collect(ctx, tx, func(r row) (l taught, err error) { return l, r.Scan(&l.Seq, &l.Observation, &l.Matter, &l.At) },
		`SELECT seq, observation, matter, at FROM lesson WHERE entry = ? ORDER BY seq`, entry)
}

// teachAgain has an entry teach what it taught before, and in the same place:
// what is learned depends on the order.
func (tx *Tx) teachAgain(ctx context.Context, entry billing.EntryID, before []taught) error {
	now, err := tx.taughtBy(ctx, entry)
	if err != nil || slices.Equal(now, before) {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM lesson WHERE entry = ?`, entry); err != nil {
		return err
	}
	for _, l := range before {
		if _, err := tx.exec(ctx, `INSERT INTO lesson (seq, entry, observation, matter, at) VALUES (?,?,?,?,?)`, l.Seq, entry, l.Observation, l.Matter, l.At); err != nil {
			return err
		}
	}
	_, err = tx.exec(ctx, `UPDATE learner SET generation = generation + 1`)
	return err
}

// Lessons returns the lessons after the one given, in order.
func (tx *Tx) Lessons(ctx context.Context, after int64) ([]Lesson, error) {
	return collect(ctx, tx, scanLesson, `SELECT seq, entry, observation, matter FROM lesson WHERE seq > ? ORDER BY seq`, after)
}

// LessonsBefore returns how many lessons older than the instant are not in the
// learner's state yet, and the last of them.
func (tx *Tx) LessonsBefore(ctx context.Context, t time.Time) (count, last int64, err error) {
	type found struct{ count, last int64 }
	f, _, err := one(ctx, tx, func(r row) (f found, err error) { return f, r.Scan(&f.count, &f.last) },
		`SELECT count(*), coalesce(max(seq), 0) FROM lesson WHERE at < ? AND seq > (SELECT up_to FROM learner)`, unix(t))
	return f.count, f.last, err
}

func scanLesson(r row) (l Lesson, err error) {
	return l, r.Scan(&l.Seq, &l.Entry, &l.Observation, &l.Matter)
}

// Generation returns a number that differs once a lesson was taken back.
func (tx *Tx) Generation(ctx context.Context) (int64, error) {
	n, _, err := one(ctx, tx, value[int64], `SELECT generation FROM learner`)
	return n, err
}

// Learner returns what was learned.
func (tx *Tx) Learner(ctx context.Context) (Learner, error) {
	l, _, err := one(ctx, tx, func(r row) (l Learner, err error) { return l, r.Scan(&l.Generation, &l.UpTo, &l.State) },
		`SELECT generation, up_to, state FROM learner`)
	return l, err
}

// SetLearner keeps what was learned up to a lesson, whose observations need not
// stay from then on. The lessons stay, for a learner that cannot read the state
// of another version.
func (tx *Tx) SetLearner(ctx context.Context, upTo int64, state []byte) error {
	_, err := tx.exec(ctx, `UPDATE learner SET up_to = ?, state = ?, generation = generation + 1`, upTo, append([]byte{}, state...))
	return err
}

// ForgetLessons removes everything that was learned, or with a matter the
// lessons about it that the state has not absorbed; state is then the learner
// without it.
func (tx *Tx) ForgetLessons(ctx context.Context, matter billing.MatterID, upTo int64, state []byte) error {
	query, args := `DELETE FROM lesson`, []any{}
	if matter == "" {
		if _, err := tx.exec(ctx, `DELETE FROM sender_lesson`); err != nil {
			return err
		}
		if err := tx.forgetSendersOfChanges(ctx); err != nil {
			return err
		}
	}
	if matter != "" {
		query, args = `DELETE FROM lesson WHERE matter = ?`, []any{matter}
	}
	if _, err := tx.exec(ctx, query, args...); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `UPDATE change_entry SET before = json_remove(before, '$.Lessons') WHERE before IS NOT NULL`); err != nil {
		return err // undo teaches nothing again
	}
	_, err := tx.exec(ctx, `UPDATE learner SET up_to = ?, state = ?, generation = generation + 1`, upTo, append([]byte{}, state...))
	return err
}
