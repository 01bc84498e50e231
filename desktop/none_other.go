//go:build !desktop && !e2e && !linux

package desktop

// Missing says how to get a build with a window.
const Missing = "This tenths was built without its window. Build one with: make build. " +
	"Everything else works from here: see tenths --help."
