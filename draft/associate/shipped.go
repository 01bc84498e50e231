package associate

// shipped are the weights to begin with. They were learned from two mailboxes
// that their owners had filed, rounded, and what these could not show (files,
// folders, conversations that name each other) was set by hand. The rules start
// with 1: where nothing else was learned they count as they are.
var shipped = [features]float32{
	byRules: 1, byLinear: 0.55, byNeighbours: 0.5, byNearest: 0.7, byBayes: 0.35, byTop1: 0.35, byTop5: 0.3, bySubjectWords: 0.3,
	byFrom: 0.05, byPerson: 0.05, byAnyPerson: 0.35, bySubject: 0.05, byShape: 0.05, byFile: 0.2, byAuthor: 0.1, byThread: 0.2, byFolders: 0.3,
	byNameWords: 0.3, byPrior: 0.15, byHeat5: 0.1, byHeat25: 0.2, byMinutes: 0.1, byDays: 0.5, byLastFrom: 0.15, byTwin: -0.5,
	newRate: 0.75, newFar: 1, newSender: 0.4, newSubject: 0.1,
}
