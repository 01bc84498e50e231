package calendar_test

import (
	"strings"
	"testing"
)

// A program's words before a title say what became of the meeting, a person's
// are asked about, and a matter's own say nothing.
func TestTitles(t *testing.T) {
	for want, titles := range map[string][]string{
		"cancelled": {
			"Canceled: Acme v. Birch", "Cancelled: Acme v. Birch", "CANCELED: Acme", "canceled:Acme", "Canceled: Canceled: Daily", "Canceled:",
			"Abgesagt: Acme", "Annulé : Acme", "Annulé\u00a0: Acme", "Annule\u0301: Acme", "ANNULÉ : Acme", "Cancelado: Acme", "Annullato: Acme", "Geannuleerd: Acme", "Avlyst: Acme", "Inställt: Acme",
			"Aflyst: Acme", "Peruutettu: Acme", "Odwołane: Acme", "Отменено: Acme", "キャンセル済み: Acme", "已取消：Acme", "取り消し: Acme", "취소됨: Acme", "İptal: Acme", "\u200eבוטל: Acme",
			"[Cancelled] Acme", "(canceled) Acme", "❌ Cancelled: Acme", "~~Cancelled~~: Acme", "**Canceled:** Acme", "**Cancelled** deposition", "*** CANCELED *** depo", "【キャンセル】Acme", "CANCELED - Acme", "Cancelled – Acme",
			"FW: Canceled: Acme", "Updated: Canceled: Acme", "[EXTERNAL] Canceled: Acme",
		},
		"declined": {"Declined: Acme", "Abgelehnt: Acme", "Refusé : Acme", "Rechazado: Acme", "Rifiutato: Acme", "Afgewezen: Acme", "Recusado: Acme", "Tentative: Declined: Acme", "辞退: Acme"},
		"asked": {
			"Acme v. Birch (cancelled)", "Acme v. Birch - CANCELLED", "Acme v. Birch: canceled", "Cancelled", "Meeting cancelled: Acme", "Canceled event: Acme",
			"CANCELLED Deposition of R. Stone", "CANCELLED! Deposition", "Hearing cancelled", "Focus time",
			"Deposition of Stone CANCELLED", "Deposition of Stone **cancelled**", "Cancelled! Deposition", "Hearing - CANCELLED per court",
			"Cancelled by court: hearing", "Réunion Bouleau annulée", "Besprechung Birke entfällt", "Entfällt: Besprechung", "ENTFÄLLT Besprechung", "Storno: Termin", "Annulation : audience",
			"Postponed: Acme hearing", "Verschoben: Termin", "延期: 会議", "Vacated: hearing", "New Time Proposed: Acme", "Neue Uhrzeit vorgeschlagen: Acme", "HOLD: Acme depo", "[Hold] Acme depo", "HOLD Acme depo", "Placeholder - Acme",
		},
		"": {
			"Cancelled leases: review", "Cancelled-leases review", "Declined coverage: Birch", "Refuse: collection contract", "Decline: letter to Birch", "Cancel: subscription of Acme",
			"CANCELLED LEASES", "Acme: cancelled leases", "Cancellation of lease: call", "10:30 call", "Acme - lease", ":", "[", "Re: Acme", "",
			"Call re coverage declined", "Litigation hold: Acme", "Hearing on litigation hold", "Hold harmless: indemnity", "Storno clauses of the lease", "Postponed payments: Birch", "Rescheduled: Acme call",
		},
		"away": {"Out of office", "OOO", "Abwesend", "不在", "Vacation", "PTO", "Urlaub", "Congés", "休暇"},
	} {
		for _, title := range titles {
			o := one(t, event("DTSTART:20261116T150000Z\nDURATION:PT1H\nSUMMARY:"+title))
			got := o.Ignored
			switch {
			case o.Doubt != "" && o.Ignored == "":
				got = "asked"
			case got == "out of office":
				got = "away"
			}
			if got != want || (want == "cancelled" || want == "declined") != (o.Status == want) || o.Ignored != "" && o.Doubt != "" {
				t.Errorf("%q: ignored %q, status %s, doubt %q; want %q", title, o.Ignored, o.Status, o.Doubt, want)
			}
			if strings.Contains(o.Doubt, "Acme") {
				t.Errorf("%q is quoted by %q", title, o.Doubt)
			}
		}
	}
}

// How the time is shown, by whichever program says so.
func TestUse(t *testing.T) {
	for lines, want := range map[string]string{
		"X-MICROSOFT-CDO-BUSYSTATUS:OOF":                                         "out of office",
		"X-MICROSOFT-BUSYSTATUS:OOF":                                             "out of office",
		"X-MICROSOFT-CDO-INTENDEDSTATUS:OOF":                                     "out of office",
		"X-APPLE-EWS-BUSYSTATUS:OOF":                                             "out of office",
		"X-GOOGLE-EVENTTYPE:outOfOffice":                                         "out of office",
		"X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE":                            "working elsewhere",
		"X-MICROSOFT-BUSYSTATUS:WorkingElsewhere\nTRANSP:TRANSPARENT":            "working elsewhere",
		"X-GOOGLE-EVENT-TYPE:workingLocation":                                    "working elsewhere",
		"X-MICROSOFT-BUSYSTATUS:FREE":                                            "shown as free",
		"X-MICROSOFT-CDO-INTENDEDSTATUS:FREE":                                    "shown as free",
		"X-MICROSOFT-CDO-INTENDEDSTATUS:OOF\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY":    "",
		"X-MICROSOFT-CDO-BUSYSTATUS:BUSY\nX-MICROSOFT-CDO-INTENDEDSTATUS:FREE":   "",
		"X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE":                                   "",
		"X-APPLE-TRAVEL-DURATION:PT30M":                                          "",
		"X-MICROSOFT-CDO-BUSYSTATUS:BUSY\nTRANSP:OPAQUE":                         "",
		"X-MICROSOFT-CDO-BUSYSTATUS:OOF\nSTATUS:CANCELLED":                       "cancelled",
		"X-MICROSOFT-CDO-BUSYSTATUS:SOMETHING\nX-GOOGLE-EVENTTYPE:default":       "",
		"X-GOOGLE-EVENTTYPE:focusTime":                                           "?",
		"X-MICROSOFT-CDO-BUSYSTATUS:3":                                           "out of office",
		"X-MICROSOFT-CDO-BUSYSTATUS:4":                                           "working elsewhere",
		"X-MICROSOFT-CDO-BUSYSTATUS:0":                                           "shown as free",
		"X-MICROSOFT-CDO-BUSYSTATUS:2":                                           "",
		"X-MICROSOFT-CDO-BUSYSTATUS:OOF\nATTENDEE:mailto:dana@reed.example":      "?",
		"X-GOOGLE-EVENTTYPE:outOfOffice\nATTENDEE:mailto:dana@reed.example":      "out of office",
		"X-GOOGLE-EVENTTYPE:outOfOffice\nX-MICROSOFT-CDO-INTENDEDSTATUS:BUSY\nA": "out of office",
	} {
		o := one(t, event("DTSTART:20261116T150000Z\nDURATION:PT1H\nSUMMARY:Acme\n"+lines))
		if got := o.Ignored; (want == "?") != (o.Doubt != "") || want != "?" && got != want || o.Span.Empty() {
			t.Errorf("%q: ignored %q, doubt %q; want %q", lines, got, o.Doubt, want)
		}
	}
}
