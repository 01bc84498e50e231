package agreement_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/capture/calendar/internal/zone"
	"github.com/tenths/tenths/internal/peer"
)

// odd are the TZIDs in the calendars that are none of IANA's names and mean a
// zone all the same: by CLDR, by what Windows shows, behind a vendor's prefix,
// or no more than by an offset.
var odd = map[string]string{
	"Arabian Standard Time":       "Asia/Dubai",
	"Central Standard Time":       "America/Chicago",
	"Eastern Standard Time":       "America/New_York",
	"GMT Standard Time":           "Europe/London",
	"Jordan Standard Time":        "Asia/Amman",
	"Pacific Standard Time":       "America/Los_Angeles",
	"Tokyo Standard Time":         "Asia/Tokyo",
	"US Mountain Standard Time":   "America/Phoenix",
	"W. Europe Standard Time":     "Europe/Berlin",
	"Canberra, Melbourne, Sydney": "Australia/Sydney",
	"Kuala Lumpur, Singapore":     "Asia/Singapore",
	"Kuala Lumpur\\, Singapore":   "Asia/Singapore",
	"Amsterdam, Belgrade, Berlin, Brussels, Budapest, Madrid, Paris, Prague, Stockholm": "Europe/Berlin",
	"Pacific Time (US & Canada), Tijuana":                                               "America/Los_Angeles",
	"Pacific Time (US & Canada)\\, Tijuana":                                             "America/Los_Angeles",
	"(GMT+10:00) Canberra, Melbourne, Sydney":                                           "Australia/Sydney",
	"(UTC+07:00) Bangkok, Hanoi, Jakarta":                                               "Asia/Bangkok",
	"(UTC+07:00) Bangkok\\, Hanoi\\, Jakarta":                                           "Asia/Bangkok",
	"(UTC-03:00) Brasília":                                                              "America/Sao_Paulo",
	"(UTC-05:00) Eastern Time (US & Canada)":                                            "America/New_York",
	"(UTC-05:00) Eastern Time (US and Canada)":                                          "America/New_York",
	"America-Chicago":                                                                   "America/Chicago",
	"America/Los Angeles":                                                               "America/Los_Angeles",
	"US-Eastern":                                                                        "US/Eastern",
	"/Europe/Stockholm":                                                                 "Europe/Stockholm",
	"/freeassociation.sourceforge.net/Europe/Berlin":                                    "Europe/Berlin",
	"/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires":            "America/Argentina/Buenos_Aires",
	"/mozilla.org/20070129_1/America/New_York":                                          "America/New_York",
	"/softwarestudio.org/Olson_20011030_5/America/Chicago":                              "America/Chicago",
	"/softwarestudio.org/Olson_20011030_5/America/New_York":                             "America/New_York",
	"/softwarestudio.org/Olson_20011030_5/Pacific/Auckland":                             "Pacific/Auckland",
	"/softwarestudio.org/Tzfile/America/Chicago":                                        "America/Chicago",

	"(GMT +01:00)": "+1h0m0s",
	"(GMT-03:00)":  "-3h0m0s",
	"UTC+01":       "+1h0m0s",
	"UTC+11":       "+11h0m0s",
	"GMT +0100 (Standard) / GMT +0200 (Daylight)": "+1h0m0s", // its summer is anybody's guess
}

var (
	folds  = regexp.MustCompile(`\r?\n[ \t]`)
	zoneID = regexp.MustCompile(`(?m)(?:;TZID=("[^"\r\n]*"|[^:;\r\n]*)|^TZID:([^\r\n]*)|^X-WR-TIMEZONE[^:\r\n]*:([^\r\n]*))`)
)

// Every odd TZID of the calendars that means a zone is found, and none that
// another project's table, made of CLDR too, maps is missed.
func TestOddZones(t *testing.T) {
	theirs := windowsZones(t)
	seen := map[string]bool{}
	for _, f := range corpus(t, func(string, []byte) bool { return true }) {
		for _, m := range zoneID.FindAllSubmatch(folds.ReplaceAll(f.data, nil), -1) {
			id := strings.Trim(strings.TrimSpace(string(m[1])+string(m[2])+string(m[3])), `"`)
			if _, err := time.LoadLocation(id); err == nil || seen[id] {
				continue
			}
			seen[id] = true
			got, want := shown(zone.NewNames(nil).Find(id)), odd[id]
			if got != want {
				t.Errorf("%q: got %q, want %q", id, got, want)
			}
			if named, ok := theirs[id]; ok && !slices.Contains(named, got) {
				t.Errorf("%q: got %q, others have %v", id, got, named)
			}
		}
	}
	for id := range odd {
		if !seen[id] {
			t.Errorf("%q is in no calendar", id)
		}
	}
	t.Logf("%d TZIDs that IANA does not have, %d of them known", len(seen), len(odd))
}

// shown writes a zone's name, else its offset, else nothing.
func shown(z *zone.Zone) string {
	if z == nil {
		return ""
	}
	if z.Name() != "" {
		return z.Name()
	}
	offset := time.Duration(z.Civil(0)) * time.Second
	if offset >= 0 {
		return "+" + offset.String()
	}
	return offset.String()
}

// windowsZones returns the IANA names that node-ical has for each of Windows'.
func windowsZones(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for name, data := range peer.Archive(t, "data", "calendars", "calendars.tar.gz") {
		if name != "expected/node-ical__windowsZones.json" {
			continue
		}
		var table map[string]struct {
			IANA []string `json:"iana"`
		}
		if err := json.Unmarshal(data, &table); err != nil {
			t.Fatal(err)
		}
		for id, zone := range table {
			out[id] = zone.IANA
		}
	}
	if len(out) < 100 {
		t.Fatalf("only %d zones", len(out))
	}
	return out
}
