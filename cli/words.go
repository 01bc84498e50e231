package cli

import "fmt"

// count says how many: "1 draft", "3 drafts". What agrees with the number is part
// of the words: "1 stays", "3 stay".
func count[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
