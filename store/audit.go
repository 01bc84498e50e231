package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"github.com/tenths/tenths/billing"
)

// AuditRecord is one line of the audit trail.
type AuditRecord struct {
	Seq    int64
	At     time.Time
	Who    string // the account name on this machine
	What   string // "approve", "post" …
	Entry  billing.EntryID
	Detail json.RawMessage // may hold privileged text
	Prev   string          // hash of the record before, "" for the first
	Hash   string          // SHA-256, hex, of this record's content and Prev
}

const auditColumns = `seq, at, who, what, entry, detail, prev_hash, hash`

// Audit appends to the audit trail what was done to an entry ("" for none).
// detail is kept as encoding/json writes it. Each record's hash covers the one
// before, so that a record changed, inserted or removed later breaks the chain;
// records cut off at its end do not.
func (tx *Tx) Audit(ctx context.Context, what string, entry billing.EntryID, detail any) error {
	text, err := json.Marshal(detail)
	if err != nil {
		return explain(err, "the audit trail cannot be kept")
	}
	last, _, err := one(ctx, tx, scanAudit, `SELECT `+auditColumns+` FROM audit ORDER BY seq DESC LIMIT 1`)
	if err != nil {
		return err
	}
	rec := AuditRecord{Seq: last.Seq + 1, At: tx.Now(), Who: tx.store.who, What: what, Entry: entry, Detail: text, Prev: last.Hash}
	rec.Hash, err = rec.sum()
	if err != nil {
		return explain(err, "the audit trail cannot be kept")
	}
	_, err = tx.exec(ctx, `INSERT INTO audit (`+auditColumns+`) VALUES (?,?,?,?,?,?,?,?)`,
		rec.Seq, unix(rec.At), rec.Who, rec.What, rec.Entry, string(rec.Detail), rec.Prev, rec.Hash)
	return err
}

// AuditTrail returns the records about an entry, or with "" all of them, oldest first.
func (tx *Tx) AuditTrail(ctx context.Context, entry billing.EntryID) ([]AuditRecord, error) {
	if entry == "" {
		return collect(ctx, tx, scanAudit, `SELECT `+auditColumns+` FROM audit ORDER BY seq`)
	}
	return collect(ctx, tx, scanAudit, `SELECT `+auditColumns+` FROM audit WHERE entry = ? ORDER BY seq`, entry)
}

// VerifyAudit recomputes the whole chain and names the first record that does
// not fit.
func (tx *Tx) VerifyAudit(ctx context.Context) error {
	prev := AuditRecord{}
	_, err := collect(ctx, tx, func(r row) (none struct{}, err error) {
		rec, err := scanAudit(r)
		if err != nil {
			return none, err
		}
		sum, err := rec.sum()
		if err != nil || rec.Seq != prev.Seq+1 || rec.Prev != prev.Hash || rec.Hash != sum {
			return none, &billing.Error{Kind: billing.Conflict, Err: err,
				Msg: "the audit trail was altered: record " + strconv.FormatInt(rec.Seq, 10) + " of " + rec.At.Format(time.DateOnly) + " does not follow from the one before"}
		}
		prev = rec
		return none, nil
	}, `SELECT `+auditColumns+` FROM audit ORDER BY seq`)
	return err
}

// sum hashes the record's content: a JSON array of everything but Hash.
func (a AuditRecord) sum() (string, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode([]any{a.Prev, a.Seq, unix(a.At), a.Who, a.What, a.Entry, string(a.Detail)}); err != nil {
		return "", err
	}
	sum := sha256.Sum256(buf.Bytes())
	return hex.EncodeToString(sum[:]), nil
}

func scanAudit(r row) (a AuditRecord, err error) {
	var at int64
	var detail string
	err = r.Scan(&a.Seq, &at, &a.Who, &a.What, &a.Entry, &detail, &a.Prev, &a.Hash)
	a.At, a.Detail = instant(at), json.RawMessage(detail)
	return a, err
}
