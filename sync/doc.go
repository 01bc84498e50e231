// Package sync carries approved entries to a practice management system, each
// exactly once, whatever the network or the power does. Importers name it pms,
// since it shadows the standard library's sync.
//
// It must not know how the outbox is kept (see [Outbox]), which system is on
// the other side (see [Connector]), what an observation or a draft is, nor who
// approved an entry. It never changes an entry.
//
// # The law
//
// Practice management systems offer no idempotency key, so a request that got
// no clear answer may or may not have been carried out. Such an attempt is
// "unknown": it timed out, its connection broke after the request had left, the
// answer was a server error, or the process died between request and receipt.
// An entry with an unknown attempt is sent again only after the other system
// has been asked for it and has said that it is absent, and that question was
// put no sooner than a settle time after the attempt, so that a request still
// on its way has arrived. What is found is adopted. Where the question itself
// fails, the entry stays unknown. Of entries that look exactly alike over there,
// which is legitimate, only one at a time may be unknown: the others wait.
//
// One assumption remains, and no client can remove it: that a request which is
// carried out at all is carried out, and visible, within the settle time.
package sync
