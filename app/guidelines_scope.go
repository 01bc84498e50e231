package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline"
	"github.com/tenths/tenths/store"
)

// Use puts a shipped guideline in force for some clients or matters: it adds a
// guideline of theirs that includes it. The names are written as the matter list
// writes them.
func (g Guidelines) Use(ctx context.Context, id string, clients, matters []string) (GuidelineView, error) {
	x, err := g.find(ctx, id)
	if err != nil {
		return GuidelineView{}, err
	}
	switch {
	case x.Problem != "":
		return GuidelineView{}, invalid(x.Problem)
	case !x.Optional:
		return GuidelineView{}, invalid(fmt.Sprintf("%s holds for %s already", id, holds(x.Guideline)))
	case len(clients)+len(matters) == 0:
		return GuidelineView{}, invalid("say for whom: a client or a matter")
	case len(clients) > 0 && len(matters) > 0:
		return GuidelineView{}, invalid("say clients or matters; a guideline of matters holds for these alone")
	}
	if clients, err = g.asListed(ctx, clients); err != nil {
		return GuidelineView{}, err
	}
	name := id + "-" + slug(strings.Join(slices.Concat(clients, matters), "-"))
	var b strings.Builder
	fmt.Fprintf(&b, "id = %s\ntitle = %s\nsource = %s\n", strconv.Quote(name),
		strconv.Quote(x.Title+", for "+strings.Join(slices.Concat(clients, matters), ", ")), strconv.Quote(x.Source))
	for key, list := range map[string][]string{"clients": clients, "matters": matters} {
		if len(list) > 0 {
			quoted := make([]string, len(list))
			for i, s := range list {
				quoted[i] = strconv.Quote(s)
			}
			fmt.Fprintf(&b, "%s = [%s]\n", key, strings.Join(quoted, ", "))
		}
	}
	fmt.Fprintf(&b, "include = [%s]\n", strconv.Quote(id))
	return g.Add(ctx, name+".toml", []byte(b.String()))
}

// slug makes a part of an id of a name.
func slug(name string) string {
	s := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return '-'
	}, name)
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' })
	s = strings.Join(parts, "-")
	return strings.Trim(s[:min(len(s), 40)], "-")
}

// asListed writes clients as the matter list does, where it has them.
func (g Guidelines) asListed(ctx context.Context, clients []string) ([]string, error) {
	known, _, err := g.whose(ctx)
	out := slices.Clone(clients)
	for i, c := range out {
		if at := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, c) }); at >= 0 {
			out[i] = known[at]
		}
	}
	return out, err
}

// whose returns the clients and the numbers of all matters.
func (g Guidelines) whose(ctx context.Context) (clients, numbers []string, err error) {
	err = g.store.View(ctx, func(tx *store.Tx) error {
		matters, err := tx.Matters(ctx)
		for _, m := range matters {
			numbers = append(numbers, m.Number)
			if m.Client != "" && !slices.Contains(clients, string(m.Client)) {
				clients = append(clients, string(m.Client))
			}
		}
		return err
	})
	return clients, numbers, err
}

// ofSomebody refuses a guideline for a client or matter that nobody has: it
// would never hold, and nobody would learn of it.
func (g Guidelines) ofSomebody(ctx context.Context, x guideline.Guideline) error {
	clients, numbers, err := g.whose(ctx)
	if err != nil {
		return err
	}
	return among(x, clients, numbers)
}

// among returns what is wrong with whom a guideline is for, of those that there
// are. Where the matter list names none, nothing can be compared.
func among(x guideline.Guideline, clients, numbers []string) error {
	for _, c := range x.Clients {
		if len(clients) > 0 && !slices.ContainsFunc(clients, func(k string) bool { return strings.EqualFold(k, c) }) {
			return nobody("no matter here has the client "+strconv.Quote(c), c, clients)
		}
	}
	for _, n := range x.Matters {
		if len(numbers) > 0 && !slices.Contains(numbers, n) {
			return nobody("there is no matter "+strconv.Quote(n), n, numbers)
		}
	}
	return nil
}

func nobody(what, name string, known []string) error {
	if near := nearest(name, known); near != "" {
		return &billing.Error{Kind: billing.NotFound, Msg: fmt.Sprintf("%s; perhaps %q is meant", what, near)}
	}
	return &billing.Error{Kind: billing.NotFound, Msg: what + "; tenths matter list shows those there are"}
}
