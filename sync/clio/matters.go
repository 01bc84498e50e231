package clio

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tenths/tenths/billing"
)

// Matters lists the open and pending matters that the user may see.
func (c *Client) Matters(ctx context.Context) ([]billing.RemoteMatter, error) {
	base, _, err := c.ready(ctx)
	if err != nil {
		return nil, err
	}
	type matter struct {
		ID          int64  `json:"id"`
		ETag        string `json:"etag"`
		Number      string `json:"display_number"`
		Description string `json:"description"`
		Status      string `json:"status"`
		Client      struct {
			Name string `json:"name"`
		} `json:"client"`
	}
	var matters []billing.RemoteMatter
	for _, status := range []string{"open", "pending"} {
		err := list(ctx, c, call{method: http.MethodGet, base: base, path: "/matters.json", query: url.Values{
			"fields": {"id,etag,display_number,description,status,client{name}"},
			"status": {status},
		}}, func(page []matter) {
			for _, m := range page {
				matters = append(matters, billing.RemoteMatter{
					RemoteID: strconv.FormatInt(m.ID, 10), ETag: m.ETag, Number: m.Number,
					Name: billing.Privileged(m.Description), Client: billing.Privileged(m.Client.Name),
					Closed: m.Status == "Closed",
				})
			}
		})
		if err != nil {
			return nil, nothingDone(err)
		}
	}
	return matters, nil
}
