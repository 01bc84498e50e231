package capture

import (
	"time"

	"github.com/tenths/tenths/billing"
)

// Unread is something that a source could not read as it stands.
type Unread struct {
	What string // what is wrong with it, for the person; quotes nothing of the place
	// Of is what it is, such as an event's title, and At when that is or would
	// be. They are shown to the person who looks and kept nowhere; "" and zero
	// where nobody knows.
	Of billing.Privileged
	At time.Time
	// LeftOut says that no observation came of it. Otherwise it was observed all
	// the same, as well as it could be.
	LeftOut bool
}

// Teller is an ability of sources that read past what is broken: they tell what
// that was.
type Teller interface {
	// Unread returns what could not be read since the source was made, at most a
	// hundred things.
	Unread() []Unread
}

// Chooser is an ability of sources that choose by themselves which parts of their
// place they observe.
type Chooser interface {
	// Unobserved returns what the parts are called that the source leaves out and
	// that the person may want: folders beyond the most that are looked at, those
	// that others own. Known once the place was observed.
	Unobserved() []billing.Privileged
}
