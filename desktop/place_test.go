package desktop

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

func TestPlaceIsKept(t *testing.T) {
	dir := t.TempDir()
	if got := loadPlace(dir); got.Width != 1360 || got.Height != 860 || got.Placed {
		t.Fatalf("the first place is %+v", got)
	}
	want := place{Width: 1500, Height: 900, X: 12, Y: 34, Placed: true, Dark: true}
	if err := want.save(dir); err != nil {
		t.Fatal(err)
	}
	if got := loadPlace(dir); got != want {
		t.Fatalf("kept %+v, got back %+v", want, got)
	}
	info, err := os.Stat(filepath.Join(dir, placeFile))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("the file's mode is %v", info.Mode())
	}
}

func TestSenselessPlaceIsForgotten(t *testing.T) {
	for _, text := range []string{"", "{", "null", `{"width":3,"height":2,"x":5,"placed":true}`, `{"width":99999999,"height":900}`, `[1]`} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, placeFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := loadPlace(dir); got.Width != 1360 || got.Height != 860 || got.Placed {
			t.Errorf("of %q came %+v", text, got)
		}
	}
}

// Wherever the window was, and whatever screen there is now, all of it can be
// reached.
func TestPlaceIsOnTheScreen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := place{
			Width:  rapid.IntRange(leastWidth, 8000).Draw(t, "w"),
			Height: rapid.IntRange(leastHeight, 8000).Draw(t, "h"),
			X:      rapid.IntRange(-9000, 9000).Draw(t, "x"),
			Y:      rapid.IntRange(-9000, 9000).Draw(t, "y"),
			Placed: true,
		}
		width, height := rapid.IntRange(leastWidth, 8000).Draw(t, "sw"), rapid.IntRange(leastHeight, 8000).Draw(t, "sh")
		got := p.on(width, height)
		if got.Width > width || got.Height > height || got.Width < leastWidth || got.Height < leastHeight {
			t.Fatalf("%+v on %dx%d", got, width, height)
		}
		if got.Placed && (got.X < 0 || got.Y < 0 || got.X+got.Width > width || got.Y+got.Height > height) {
			t.Fatalf("%+v on %dx%d is partly off it", got, width, height)
		}
	})
}
