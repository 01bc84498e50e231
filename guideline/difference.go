package guideline

import (
	"strings"
	"unicode"
)

// Piece is a run of words of a difference.
type Piece struct {
	Kind PieceKind
	Text string
}

// PieceKind says which of two texts has a piece.
type PieceKind string

// The kinds of piece.
const (
	PieceSame PieceKind = "same"
	PieceGone PieceKind = "gone" // only the old text has it
	PieceNew  PieceKind = "new"  // only the new text has it
)

// mostWords is how many words of each text are compared; longer texts are shown
// as one gone and the other new. No narrative is that long.
const mostWords = 500

// Difference says by words how after differs from before. The pieces that are
// the same or gone run together to before, those that are the same or new to
// after.
func Difference(before, after string) []Piece {
	old, fresh := wordsOf(before), wordsOf(after)
	var out []Piece
	add := func(kind PieceKind, text string) {
		if n := len(out); n > 0 && out[n-1].Kind == kind {
			out[n-1].Text += text
		} else if text != "" {
			out = append(out, Piece{kind, text})
		}
	}
	if len(old) > mostWords || len(fresh) > mostWords {
		add(PieceGone, before)
		add(PieceNew, after)
		return out
	}
	// common[i][j] is the length of the longest common subsequence of old[i:] and fresh[j:].
	common := make([][]int16, len(old)+1)
	for i := range common {
		common[i] = make([]int16, len(fresh)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(fresh) - 1; j >= 0; j-- {
			if old[i] == fresh[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(old) || j < len(fresh) {
		switch {
		case i < len(old) && j < len(fresh) && old[i] == fresh[j]:
			add(PieceSame, old[i])
			i, j = i+1, j+1
		case j == len(fresh) || i < len(old) && common[i+1][j] >= common[i][j+1]:
			add(PieceGone, old[i])
			i++
		default:
			add(PieceNew, fresh[j])
			j++
		}
	}
	return out
}

// wordsOf takes text apart into words and the white space between them.
func wordsOf(text string) []string {
	var out []string
	for text != "" {
		n := strings.IndexFunc(text, unicode.IsSpace)
		if n == 0 {
			if n = strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) }); n < 0 {
				n = len(text)
			}
		} else if n < 0 {
			n = len(text)
		}
		out = append(out, text[:n])
		text = text[n:]
	}
	return out
}
