package app

import "strings"

// nearest returns the one of names that name is likely to mean: that of which it
// differs by the fewest letters, few of them, whatever their case; or the only
// one that holds it as a whole. "" where none is near.
func nearest(name string, names []string) string {
	low := []rune(strings.ToLower(strings.TrimSpace(name)))
	best, least, within, holds := "", int64(len(low)/3+1), "", 0
	for _, n := range names {
		other := []rune(strings.ToLower(n))
		if d := distance(low, other); d <= least && d < int64(max(len(low), len(other))) {
			if d < least || best == "" {
				best, least = n, d
			}
		}
		if len(low) > 2 && len(other) > 2 && (strings.Contains(string(other), string(low)) || strings.Contains(string(low), string(other))) {
			within = n
			holds++
		}
	}
	if best == "" && holds == 1 {
		return within
	}
	return best
}
