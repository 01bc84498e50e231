// Package billing is the domain of Tenths: clients, matters, observations,
// entries, rates, money and rounding.
//
// It is pure. It imports nothing else of Tenths, no database, network or
// operating system, and never reads the clock: whoever needs the time passes
// it in. It must not know where observations come from, how they are kept, nor
// where approved entries go.
package billing
