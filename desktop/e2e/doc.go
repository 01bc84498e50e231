// Package e2e drives the real window, as a person would, through WebKitWebDriver
// on a screen of its own. Its tests are slow and run under make test-all. It
// knows what a person sees; it must not know any package but those of tests.
package e2e
