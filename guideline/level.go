package guideline

import "strings"

// levelWords are the words of a classification that tell its level, the first
// that occurs deciding: "Senior Associate" is an associate.
var levelWords = []struct {
	word  string
	level Level
}{
	{"paralegal", LevelParalegal}, {"law clerk", LevelParalegal}, {"legal assistant", LevelParalegal},
	{"associate", LevelAssociate}, {"attorney", LevelAssociate},
	{"counsel", LevelCounsel},
	{"partner", LevelPartner}, {"shareholder", LevelPartner}, {"member", LevelPartner}, {"principal", LevelPartner},
	{"staff", LevelStaff}, {"clerk", LevelStaff}, {"secretary", LevelStaff}, {"assistant", LevelStaff},
}

// levelCodes are the timekeeper classifications of LEDES.
var levelCodes = map[string]Level{
	"pt": LevelPartner, "oc": LevelCounsel, "as": LevelAssociate, "pl": LevelParalegal, "la": LevelParalegal, "lc": LevelParalegal, "ot": LevelStaff,
}

// readLevel returns the level of a classification, unknown for what is none.
func readLevel(s string) Level {
	s = strings.ToLower(s)
	if level, ok := levelCodes[s]; ok {
		return level
	}
	for _, l := range levelWords {
		if strings.Contains(s, l.word) {
			return l.level
		}
	}
	return LevelUnknown
}
