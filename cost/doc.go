// Package cost measures what Tenths costs the machine that it runs on: the time
// of a first sync beside that of others for the same answers, and what observing
// takes when nothing happens. It has benchmarks alone, over real servers and the
// real program; none asserts a time, for a machine's load is not a mistake.
//
// make bench runs them. docs/cost.md says what came of it.
//
// It must not know how anything it measures works: it uses what a person or
// another program can use.
package cost
