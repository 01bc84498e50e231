package associate

// shipped are the weights to begin with, in round numbers and learned from no
// mailbox: the models that see everything count half, a table a tenth. The
// rules start with 1: where nothing else was learned they count as they are.
var shipped = [features]float32{
	byRules: 1, byLinear: 0.5, byNeighbours: 0.5, byNearest: 0.5, byBayes: 0.5, byTop1: 0.3, byTop5: 0.3, bySubjectWords: 0.2,
	byFrom: 0.1, byPerson: 0.1, byAnyPerson: 0.2, byPeople: 0.1, bySubject: 0.1, byShape: 0.1, byFile: 0.2, byAuthor: 0.1, byThread: 0.2, byFolders: 0.3,
	byNameWords: 0.1, byPrior: 0.2, byHeat5: 0.1, byHeat25: 0.1, byHeat150: 0.1, byMinutes: 0.2, byDays: 0.2, byLastFrom: 0.1, byLastSubject: 0.1,
	newRate: 0.75, newFar: 1, newSender: 0.3, newSubject: 0.1,
}
