// Package secret keeps passwords, tokens and keys: in the operating system's
// keyring, or, where there is none, in a file sealed with a passphrase. It must
// not know what the secrets are for, and nothing else of Tenths writes one down.
package secret
