// Package mail observes the timekeeper's mail: an account on an IMAP server, a
// Maildir, or an mbox file. The three share one reading of a message.
//
// It keeps what a time entry can rest on (when, with whom, about what, how
// long) and no bodies, and leaves the mail as it is: nothing is marked read,
// moved or renamed. It must not know where observations are kept, nor what is
// drafted from them.
//
// A message is named by its kind and Message-ID, so that it stays the same
// observation when it moves to another folder or when a server renumbers its
// mail. Where several messages have one Message-ID, as those of some devices do,
// all but the first recorded have something of their own added. What happens to
// a message later (flags, moves, deletion) does not unmake the work, and makes
// no revision.
//
// Cursors say how far a source has read and which conversations there were
// lately. They hold no text of any message: subjects and addresses are keyed
// hashes there.
package mail
