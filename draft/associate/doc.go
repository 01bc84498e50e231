// Package associate ranks the matters that an observation may belong to, each
// with a probability and reasons in words, and says how likely it is that none
// of them is meant.
//
// Two things speak for a matter. An [Index] knows what the list of matters says:
// numbers, names, parties, keywords, contacts, folders. A [Model] knows what was
// filed where: it learns from every decision, at once, and holds hashes and
// counts, never text. One softmax over the candidates and "none of these"
// weighs both, with weights that all matters share, so that a new matter works
// as soon as it is in the list.
//
// The package must not know how time is divided, what a draft is, or who
// decides: it is told what a person filed and answers what that shows.
package associate
