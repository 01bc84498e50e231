package filed

import "testing"

func TestPlain(t *testing.T) {
	in := "From: a\r\nX-Folder: suit\r\n and more\r\nBcc: b\r\n\tc\r\nSubject: s\r\n\r\nX-Folder: of the text\r\n"
	if got := string(plain([]byte(in))); got != "From: a\r\nSubject: s\r\n\r\nX-Folder: of the text\r\n" {
		t.Errorf("left is %q", got)
	}
}
