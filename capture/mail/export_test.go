package mail

// Batches sets how many messages are recorded at a time.
var Batches = batches
