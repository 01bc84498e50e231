package secret

import (
	"context"
	"path/filepath"

	"github.com/tenths/tenths/billing"
)

// Vault keeps secrets by name. Names belong to the person at this machine:
// whoever keeps several practices puts the practice into the name. A Vault is
// safe for concurrent use.
type Vault interface {
	// Get returns the secret called name, or an error of kind NotFound.
	Get(ctx context.Context, name string) (string, error)
	// Set keeps value, which replaces an earlier one.
	Set(ctx context.Context, name, value string) error
	// Delete forgets name; it is no error if there is none.
	Delete(ctx context.Context, name string) error
	// Where says where the secrets are, for the person.
	Where() string
}

// The variables of the environment that [Open] follows.
const (
	EnvStore      = "TENTHS_SECRETS"    // "keyring", the default, or "file"
	EnvPassphrase = "TENTHS_PASSPHRASE" // for "file"
)

// fileName is the sealed file's name in the data directory.
const fileName = "secrets.age"

// Open returns the vault that the environment chooses: the operating system's
// keyring, or a sealed file in the data directory dir. It does not reach for
// the keyring yet.
func Open(dir string, getenv func(string) string) (Vault, error) {
	switch store := getenv(EnvStore); store {
	case "", "keyring":
		return newKeyring(), nil
	case "file":
		passphrase := getenv(EnvPassphrase)
		if passphrase == "" {
			return nil, &billing.Error{Kind: billing.Invalid, Msg: "TENTHS_SECRETS=file needs a passphrase: set TENTHS_PASSPHRASE too."}
		}
		return &file{path: filepath.Join(dir, fileName), passphrase: passphrase, work: workFactor}, nil
	}
	return nil, &billing.Error{Kind: billing.Invalid, Msg: `TENTHS_SECRETS is neither "keyring" nor "file".`}
}

func missing(name string) error {
	return &billing.Error{Kind: billing.NotFound, Msg: "There is no secret called " + name + " yet."}
}
