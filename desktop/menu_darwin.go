//go:build desktop

package desktop

import "github.com/wailsapp/wails/v2/pkg/menu"

// appMenu is the menu bar. macOS binds copy, paste and quit to the menu's items:
// without them the keys do nothing.
func appMenu() *menu.Menu {
	return menu.NewMenuFromItems(menu.AppMenu(), menu.EditMenu(), menu.WindowMenu())
}
