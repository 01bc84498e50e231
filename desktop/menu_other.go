//go:build desktop && !darwin

package desktop

import "github.com/wailsapp/wails/v2/pkg/menu"

// appMenu is nil: the page has its own menu, and the keys work without one.
func appMenu() *menu.Menu { return nil }
