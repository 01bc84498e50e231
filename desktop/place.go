package desktop

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// place is where the window was when it was last closed, in the toolkit's
// pixels and relative to its screen.
type place struct {
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Placed    bool `json:"placed"` // X and Y are known
	Maximised bool `json:"maximised"`
	Dark      bool `json:"dark"` // the page was dark: what to paint before it is there
}

// The window's size at first, and the least in which three columns can be read.
const (
	firstWidth, firstHeight = 1360, 860
	leastWidth, leastHeight = 1024, 640
	mostWidth, mostHeight   = 16384, 16384
)

const placeFile = "place.json"

// loadPlace returns the place kept in dir, or the first one where there is none
// that makes sense: a window is never lost for a damaged file.
func loadPlace(dir string) place {
	first := place{Width: firstWidth, Height: firstHeight}
	data, err := os.ReadFile(filepath.Join(dir, placeFile))
	if err != nil {
		return first
	}
	var p place
	if err := json.Unmarshal(data, &p); err != nil {
		return first
	}
	if p.Width < leastWidth || p.Height < leastHeight || p.Width > mostWidth || p.Height > mostHeight {
		p.Width, p.Height, p.Placed = firstWidth, firstHeight, false
	}
	return p
}

// save keeps p in dir, whole or not at all.
func (p place) save(dir string) error {
	data, err := json.Marshal(p)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, placeFile)
	if err := os.WriteFile(path+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// on returns p with a size and a position at which the window can be reached on
// a screen of the size given: screens come and go between two starts.
func (p place) on(width, height int) place {
	if width < leastWidth || height < leastHeight {
		p.Placed = false // the toolkit does not say, or no place would do
		return p
	}
	p.Width, p.Height = min(p.Width, width), min(p.Height, height)
	if p.X < 0 || p.Y < 0 || p.X+p.Width > width || p.Y+p.Height > height {
		p.Placed = false
	}
	return p
}
