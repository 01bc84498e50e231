package store

import "encoding/binary"

// The kinds of page that hold rows, by their first byte, as SQLite's file format
// (https://www.sqlite.org/fileformat2.html#b_tree_pages) has them.
const (
	indexInterior = 2
	tableInterior = 5
	indexLeaf     = 10
	tableLeaf     = 13
)

// block is a stretch of a page.
type block struct{ start, end int }

// wipePage overwrites what no row holds of a page of a database that is not its
// first: the room between the list of rows and the rows, and the free blocks
// among them. It reports whether there was anything. A page that holds no rows,
// or is not what the format says in any way, it leaves alone. Gaps of up to three
// bytes between rows stay.
func wipePage(page []byte) bool {
	room, ok := unused(page)
	if !ok {
		return false
	}
	found := false
	for _, b := range room {
		for i := b.start; i < b.end; i++ {
			found = found || page[i] != 0
			page[i] = 0
		}
	}
	return found
}

// unused returns the stretches of a page that no row holds; ok is false for a
// page that holds no rows or is damaged.
func unused(page []byte) (room []block, ok bool) {
	if len(page) < 512 || len(page) > 65536 {
		return nil, false
	}
	header := 8
	switch page[0] {
	case indexInterior, tableInterior:
		header = 12
	case indexLeaf, tableLeaf:
	default:
		return nil, false
	}
	number := func(at int) int { return int(binary.BigEndian.Uint16(page[at:])) }
	cells, content := number(3), number(5)
	if content == 0 {
		content = 65536
	}
	list := header + 2*cells
	if list > content || content > len(page) {
		return nil, false
	}
	room = append(room, block{list, content})
	for at, least := number(1), content; at != 0; {
		if at < least || at+4 > len(page) {
			return nil, false
		}
		next, size := number(at), number(at+2)
		if size < 4 || at+size > len(page) {
			return nil, false
		}
		room = append(room, block{at + 4, at + size}) // but for what says so
		at, least = next, at+size
	}
	for i := range cells {
		at := number(header + 2*i)
		if at < content || at+4 > len(page) {
			return nil, false
		}
		for _, b := range room[1:] {
			if at >= b.start-4 && at < b.end {
				return nil, false
			}
		}
	}
	return room, true
}
