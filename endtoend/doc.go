// Package endtoend tests the program as its users meet it: the built binary,
// driven by its command line alone, among real mail and calendar servers, a
// real office program, and a practice management system in a process of its
// own. Programs are killed in the middle, and what was promised must still
// hold.
//
// It must not know how anything inside works. The one exception is that it
// looks into the data directory for what no command prints: which observations
// were kept, and whether secrets lie there in clear.
package endtoend
