package billing

import "log/slog"

// Privileged is text that may be protected by attorney-client privilege: a
// subject, a path, a name, a narrative. It prints as "[redacted]" wherever
// values are formatted or logged; whoever must show it converts it to string,
// which is easy to find and to review. It is stored and marshalled as it is.
type Privileged string

const redacted = "[redacted]"

// String returns "[redacted]", so that no format verb leaks the text.
func (p Privileged) String() string { return redacted }

// GoString returns "[redacted]", so that %#v does not leak the text either.
func (p Privileged) GoString() string { return redacted }

// LogValue implements [slog.LogValuer].
func (p Privileged) LogValue() slog.Value { return slog.StringValue(redacted) }

// Reveal returns the text itself.
func (p Privileged) Reveal() string { return string(p) }
