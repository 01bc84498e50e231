package mail

import (
	"io"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// Messages turns single messages into observations, by the code of the sources:
// for measuring what is made of them. It remembers conversations, so that
// messages are best given in the order of their dates.
type Messages struct{ reading *reading }

// NewMessages returns a reader of messages for the timekeeper whose own addresses
// and whose key of terms are in cfg; now stands for a date that is missing.
func NewMessages(cfg capture.Config, now func() time.Time) *Messages {
	return &Messages{newReading(cfg, now)}
}

// Read returns what the message in r is evidence of. The error is that of
// reading; whatever the bytes are, an observation is returned.
func (m *Messages) Read(r io.Reader) (billing.Observation, error) {
	msg, err := parseMessage(r)
	return m.reading.observation(msg, origin{}), err
}
