package associate

import "fmt"

// evidence names what speaks for a candidate, for measuring what it is worth.
var evidence = [features]string{
	byRules: "rules", byLinear: "linear", byNeighbours: "neighbours", byNearest: "nearest", byBayes: "bayes", byTop1: "top1", byTop5: "top5",
	byTop15: "top15", bySubjectWords: "subject-words", byFrom: "from", byHost: "host", byPerson: "person", byAnyPerson: "any-person",
	byPeople: "people-together", bySubject: "whole-subject", byShape: "shape", byFile: "file", byAuthor: "author", byThread: "conversation",
	byFolders: "folders", byHour: "hour", byNameWords: "name-words", byPrior: "prior", byHeat5: "heat5", byHeat25: "heat25", byHeat150: "heat150",
	byMinutes: "minutes", byDays: "days", byLastFrom: "last-from", byLastSubject: "last-subject", byTwin: "twin", byStyle: "style",
	newMatter: "new", newRate: "new-rate", newFar: "new-far", newSender: "new-sender", newSubject: "new-subject", newWords: "new-words",
	newLessons: "new-lessons",
}

// Disregard makes the model do without a kind of evidence from now on. It is for
// measuring what each is worth, and is not saved.
func (m *Model) Disregard(name string) error {
	for k, known := range evidence {
		if known == name {
			m.trust.without[k] = true
			return nil
		}
	}
	return fmt.Errorf("there is no evidence %q; there is %v", name, evidence)
}

// mute clears what is disregarded.
func (t *trust) mute(v *vector) {
	for k, off := range t.without {
		if off {
			v[k] = 0
		}
	}
}
