// Package research observes the time that a lawyer spends in legal databases,
// as the browsers on this computer remember it: of each listed site from the
// first to the last of the visits that follow each other closely.
//
// Nothing is observed until the timekeeper adds this source. Then, visits to
// listed sites alone are looked at: what else the browser remembers is neither
// kept nor logged. No addresses are kept, not even those of listed sites; the
// titles of the pages become the subject. Private windows leave no history, so
// they are never seen, and the browsers' own files are never written to.
//
// The package knows a sink, and must not know what is behind it, nor how a
// browser's history is read, which is package history's.
package research
