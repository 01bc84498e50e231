package store

import (
	"context"
	"errors"
	"reflect"

	"github.com/tenths/tenths/billing"
)

const matterColumns = `id, number, name, client, contacts, keywords, folder, internal, closed`

// PutMatter adds m or, when there is one with its number, replaces that one,
// contacts and keywords included. It sets m.ID. Rates are apart: [Tx.AddRate].
func (tx *Tx) PutMatter(ctx context.Context, m *billing.Matter) error {
	if m.Number == "" {
		return invalid("a matter needs a number")
	}
	contacts, err1 := asJSON(m.Contacts)
	keywords, err2 := asJSON(m.Keywords)
	if err := errors.Join(err1, err2); err != nil {
		return explain(err, "the matter cannot be kept")
	}
	old, ok, err := one(ctx, tx, scanMatter, `SELECT `+matterColumns+` FROM matter WHERE number = ?`, m.Number)
	if err != nil {
		return err
	}
	id := old.ID
	if !ok {
		id = billing.MatterID(tx.store.ids.next(tx.at))
	}
	_, err = tx.exec(ctx, `INSERT INTO matter (`+matterColumns+`) VALUES (?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, client = excluded.client, contacts = excluded.contacts,
			keywords = excluded.keywords, folder = excluded.folder, internal = excluded.internal, closed = excluded.closed`,
		id, m.Number, m.Name, m.Client, contacts, keywords, m.Folder, m.Internal, m.Closed)
	if err != nil {
		return err
	}
	m.ID = id
	if ok && reflect.DeepEqual(old, *m) {
		return nil
	}
	return tx.changedMatters(ctx)
}

// mattersVersion is the setting that names the list of matters as it is.
const mattersVersion = "matters.version"

// changedMatters gives the list of matters a name that it never had: not that of
// a transaction that was given up, nor one of another process.
func (tx *Tx) changedMatters(ctx context.Context) error {
	tx.stale(TopicMatters)
	if err := tx.Relearn(ctx); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `INSERT INTO setting (key, value) VALUES (?, json_quote(?)) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
		mattersVersion, tx.store.ids.next(tx.at))
	return err
}

// MattersVersion names the list of matters as tx sees it: while two answers are
// equal, so are the answers of [Tx.Matters]. It is "" where none was ever
// changed.
func (tx *Tx) MattersVersion(ctx context.Context) (version string, err error) {
	_, err = tx.Setting(ctx, mattersVersion, &version)
	return version, err
}

// RenumberMatters gives matters other numbers, all at once, so that two may swap
// theirs. A number that a matter not among them has is a Conflict.
func (tx *Tx) RenumberMatters(ctx context.Context, numbers map[billing.MatterID]string) error {
	for id, number := range numbers {
		if number == "" {
			return invalid("a matter needs a number")
		}
		// Out of the way first, under a number that no firm has.
		if _, err := tx.exec(ctx, `UPDATE matter SET number = ? WHERE id = ?`, "\x00"+string(id), id); err != nil {
			return err
		}
	}
	for id, number := range numbers {
		if _, err := tx.exec(ctx, `UPDATE matter SET number = ? WHERE id = ?`, number, id); err != nil {
			return err
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	return tx.changedMatters(ctx)
}

// Matters returns all matters by number, closed ones too.
func (tx *Tx) Matters(ctx context.Context) ([]billing.Matter, error) {
	return collect(ctx, tx, scanMatter, `SELECT `+matterColumns+` FROM matter ORDER BY number`)
}

// Matter returns the matter with that id, or a NotFound error.
func (tx *Tx) Matter(ctx context.Context, id billing.MatterID) (billing.Matter, error) {
	m, ok, err := one(ctx, tx, scanMatter, `SELECT `+matterColumns+` FROM matter WHERE id = ?`, id)
	if err == nil && !ok {
		err = notFound("there is no such matter")
	}
	return m, err
}

// MatterByNumber returns the matter with the firm's number, or a NotFound error.
func (tx *Tx) MatterByNumber(ctx context.Context, number string) (billing.Matter, error) {
	m, ok, err := one(ctx, tx, scanMatter, `SELECT `+matterColumns+` FROM matter WHERE number = ?`, number)
	if err == nil && !ok {
		err = notFound("there is no matter %q", number)
	}
	return m, err
}

func scanMatter(r row) (m billing.Matter, err error) {
	var contacts, keywords string
	err = r.Scan(&m.ID, &m.Number, &m.Name, &m.Client, &contacts, &keywords, &m.Folder, &m.Internal, &m.Closed)
	if err != nil {
		return m, err
	}
	return m, errors.Join(fromJSON(contacts, &m.Contacts), fromJSON(keywords, &m.Keywords))
}
