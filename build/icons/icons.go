// Package icons holds the mark of Tenths: a ring of ten ticks, one of them in
// the accent colour. It knows nothing else.
package icons

import _ "embed"

// PNG is the mark, 256 pixels square.
//
//go:embed tenths.png
var PNG []byte
