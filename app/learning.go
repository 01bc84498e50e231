package app

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// settled is how old a lesson is when the learner absorbs it for good: nobody
// takes a decision back so late.
const settled = 7 * 24 * time.Hour

// learning is what this process has learned of the lessons in the store.
type learning struct {
	mu         sync.RWMutex // held for writing while lessons are taken
	learned    *draft.Learned
	filed      map[string]billing.MatterID // conversations, by the lessons so far
	generation int64
	upTo       int64 // the last lesson taken
	loaded     bool
}

// read calls fn with what was learned, which nobody changes meanwhile.
func (l *learning) read(fn func(*draft.Learned)) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	fn(l.learned)
}

// catchUp takes the lessons that were committed since it was called last.
func (p *Practice) catchUp(ctx context.Context) error {
	return p.store.View(ctx, func(tx *store.Tx) error {
		p.learning.mu.Lock()
		defer p.learning.mu.Unlock()
		return p.learning.follow(ctx, tx, p.drafter)
	})
}

// follow brings l up to the lessons that tx sees. The drafter, which is asked
// for only where there are any, reads them.
func (l *learning) follow(ctx context.Context, tx *store.Tx, drafter func(context.Context, *store.Tx) (*draft.Drafter, error)) error {
	generation, err := tx.Generation(ctx)
	if err != nil {
		return err
	}
	if !l.loaded || generation != l.generation {
		if err := l.restore(ctx, tx); err != nil {
			return err
		}
	}
	lessons, err := tx.Lessons(ctx, l.upTo)
	if err != nil || len(lessons) == 0 {
		return err
	}
	d, err := drafter(ctx, tx)
	if err != nil {
		return err
	}
	return l.take(ctx, tx, d, lessons)
}

// restore goes back to what is stored. What a state that cannot be read had
// absorbed, as one of another version of Tenths, is learned again from the
// lessons whose observations are still there: those of approved entries.
func (l *learning) restore(ctx context.Context, tx *store.Tx) error {
	stored, err := tx.Learner(ctx)
	if err != nil {
		return err
	}
	l.learned, l.filed = draft.NewLearned(), map[string]billing.MatterID{}
	if len(stored.State) > 0 {
		if err := l.learned.UnmarshalBinary(stored.State); err != nil {
			l.learned, stored.UpTo = draft.NewLearned(), 0
		}
	}
	l.generation, l.upTo, l.loaded = stored.Generation, stored.UpTo, true
	return nil
}

// take learns lessons, in order. Those of one decision are judged together: that
// the first message of a row says where the second belongs shows nothing about
// how well that was known before.
func (l *learning) take(ctx context.Context, tx *store.Tx, d *draft.Drafter, lessons []store.Lesson) error {
	ids := make([]billing.ObservationID, len(lessons))
	for i, x := range lessons {
		ids[i] = x.Observation
	}
	seen, err := tx.Observation(ctx, ids...)
	if err != nil {
		return err
	}
	byID := make(map[billing.ObservationID]billing.Observation, len(seen))
	for _, o := range seen {
		byID[o.ID] = o
	}
	for len(lessons) > 0 {
		n := slices.IndexFunc(lessons, func(x store.Lesson) bool { return x.Entry != lessons[0].Entry })
		if n < 0 {
			n = len(lessons)
		}
		l.takeDecision(d, lessons[:n], byID)
		lessons = lessons[n:]
	}
	return nil
}

// takeDecision learns the lessons of one decision.
func (l *learning) takeDecision(d *draft.Drafter, lessons []store.Lesson, byID map[billing.ObservationID]billing.Observation) {
	var learn []draft.Lesson
	for _, x := range lessons {
		l.upTo = x.Seq
		if o, ok := byID[x.Observation]; ok && !o.Private {
			learn = append(learn, draft.Lesson{Observation: o, Matter: x.Matter, Draft: string(x.Entry)})
		}
	}
	if len(learn) == 0 {
		return
	}
	d.Learn(l.learned, l.filed, learn...)
	for _, x := range learn {
		if x.Observation.Thread != "" && x.Matter != "" {
			l.filed[x.Observation.Thread] = x.Matter
		}
	}
}

// propose drafts a day with what was learned, by the drafter d. In a process that has not looked
// yet, as one that decides and ends, it looks as tx sees it, and again later.
func (p *Practice) propose(ctx context.Context, tx *store.Tx, d *draft.Drafter, in draft.Input) (out draft.Proposal, err error) {
	v, err := voice(ctx, tx)
	if err != nil {
		return out, err
	}
	l := &p.learning
	l.mu.Lock()
	if !l.loaded {
		err = l.follow(ctx, tx, p.drafter)
		l.loaded = false // tx may yet fail
	}
	l.mu.Unlock()
	if err != nil {
		return out, err
	}
	l.read(func(learned *draft.Learned) {
		in.Learned = learned
		out = d.With(&v).Propose(in)
	})
	return out, nil
}

// teach notes what a person decided about an entry: where its work belongs, or
// that it is set aside.
func teach(ctx context.Context, tx *store.Tx, e billing.Entry) error {
	aside := e.State == billing.StateDiscarded
	if e.State == billing.StateDrafted && !e.Touched || e.Private || e.Matter == "" && !aside {
		return errors.Join(tx.TakeBackSenders(ctx, string(e.ID)), tx.TakeBack(ctx, e.ID))
	}
	if err := teachSenders(ctx, tx, e, !aside); err != nil {
		return err
	}
	if aside {
		return tx.Teach(ctx, e.ID, "", e.Evidence)
	}
	return tx.Teach(ctx, e.ID, e.Matter, e.Evidence)
}

// Learning is what Tenths learned about where work belongs.
type Learning struct{ *Practice }

// LearningView says how much was learned.
type LearningView struct {
	Lessons   int     `json:"lessons"`   // decisions about observations, all told
	Threshold float64 `json:"threshold"` // confidence from which a matter is assigned now
}

// Status returns how much was learned.
func (l Learning) Status(ctx context.Context) (v LearningView, err error) {
	if err := l.catchUp(ctx); err != nil {
		return v, err
	}
	policy, err := l.DraftingPolicy(ctx)
	if err != nil {
		return v, err
	}
	l.learning.read(func(learned *draft.Learned) {
		v = LearningView{Lessons: learned.Lessons(), Threshold: draft.Threshold(learned, policy)}
	})
	return v, nil
}

// Forget forgets everything that was learned, where work belongs and how it is
// put, or what was learned about the matter with that number. What a person decided about entries stays.
func (l Learning) Forget(ctx context.Context, number string) error {
	return l.store.Update(ctx, func(tx *store.Tx) error {
		if number == "" {
			if err := tx.SetSetting(ctx, settingVoice, draft.Voice{}); err != nil {
				return err
			}
			if err := tx.ForgetSetting(ctx, settingVoice); err != nil {
				return err
			}
			return tx.ForgetLessons(ctx, "", 0, nil)
		}
		m, err := tx.MatterByNumber(ctx, number)
		if err != nil {
			return err
		}
		return forgetMatter(ctx, tx, m.ID)
	})
}

// absorb has the stored learner take the lessons that are settled, so that
// their observations may go and opening is quick. It learns beside whoever
// writes, and begins again where a lesson was taken back meanwhile.
func (p *Practice) absorb(ctx context.Context) error {
	for {
		var grown absorbed
		if err := p.store.View(ctx, func(tx *store.Tx) (err error) {
			grown, err = p.settledLearner(ctx, tx)
			return err
		}); err != nil || grown.state == nil {
			return err
		}
		kept := false
		err := p.store.Update(ctx, func(tx *store.Tx) error {
			generation, err := tx.Generation(ctx)
			if err != nil || generation != grown.generation {
				return err
			}
			kept = true
			return tx.SetLearner(ctx, grown.upTo, grown.state)
		})
		if err != nil || kept {
			return err
		}
	}
}

// absorbed is a learner as it is to be stored.
type absorbed struct {
	generation int64 // of the lessons that it was made of
	upTo       int64
	state      []byte // nil where there is nothing to absorb
}

// settledLearner returns the stored learner with the settled lessons that it has
// not absorbed yet.
func (p *Practice) settledLearner(ctx context.Context, tx *store.Tx) (out absorbed, err error) {
	count, last, err := tx.LessonsBefore(ctx, tx.Now().Add(-settled))
	if err != nil || count == 0 {
		return out, err
	}
	var fresh learning
	if err := fresh.restore(ctx, tx); err != nil {
		return out, err
	}
	lessons, err := tx.Lessons(ctx, fresh.upTo)
	if err != nil {
		return out, err
	}
	if at := slices.IndexFunc(lessons, func(l store.Lesson) bool { return l.Seq > last }); at >= 0 {
		lessons = lessons[:at]
	}
	d, err := p.drafter(ctx, tx)
	if err != nil {
		return out, err
	}
	if err := fresh.take(ctx, tx, d, lessons); err != nil {
		return out, err
	}
	state, err := fresh.learned.MarshalBinary()
	if err != nil {
		return out, &billing.Error{Kind: billing.Internal, Msg: "what was learned cannot be kept", Err: err}
	}
	return absorbed{fresh.generation, last, state}, nil
}
