//go:build desktop && !(e2e && linux)

package desktop

// allowAutomation does nothing: nobody but the person drives this window.
func allowAutomation() {}
