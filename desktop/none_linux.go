//go:build !desktop && !e2e

package desktop

// Missing says how to get a build with a window.
const Missing = "This tenths was built without its window. Build one with: make build " +
	"(on Debian and Ubuntu it wants: apt-get install gcc pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev). " +
	"Everything else works from here: see tenths --help."
