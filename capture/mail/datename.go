package mail

import (
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// monthNames are the months in the languages of mail programs; where a language
// inflects them, in both forms. A name may be cut to three letters.
var monthNames = [12]string{
	"january januar janvier enero gennaio janeiro januari styczeń stycznia leden ledna január tammikuu tammikuuta ianuarie ocak январь января січень січня gener ιανουάριος ιανουαρίου jänner",
	"february februar février febrero febbraio fevereiro februari luty lutego únor února február helmikuu helmikuuta februarie şubat февраль февраля лютий лютого febrer φεβρουάριος φεβρουαρίου feber",
	"march märz mars marzo março maart marzec marca březen března marec március maaliskuu maaliskuuta martie mart март марта березень березня març μάρτιος μαρτίου",
	"april avril abril aprile kwiecień kwietnia duben dubna apríl április huhtikuu huhtikuuta aprilie nisan апрель апреля квітень квітня απρίλιος απριλίου",
	"may mai mayo maggio maio mei maj maja květen května máj május toukokuu toukokuuta mayıs май мая травень травня maig μάιος μαΐου",
	"june juni juin junio giugno junho czerwiec czerwca červen června jún június kesäkuu kesäkuuta iunie haziran июнь июня червень червня juny ιούνιος ιουνίου",
	"july juli juillet julio luglio julho lipiec lipca červenec července júl július heinäkuu heinäkuuta iulie temmuz июль июля липень липня juliol ιούλιος ιουλίου",
	"august août agosto augustus augusti sierpień sierpnia srpen srpna augusztus elokuu elokuuta ağustos август августа серпень серпня agost αύγουστος αυγούστου",
	"september septembre septiembre settembre setembro wrzesień września září szeptember syyskuu syyskuuta septembrie eylül сентябрь сентября вересень вересня setembre σεπτέμβριος σεπτεμβρίου setiembre",
	"october oktober octobre octubre ottobre outubro październik października říjen října október lokakuu lokakuuta octombrie ekim октябрь октября жовтень жовтня οκτώβριος οκτωβρίου",
	"november novembre noviembre novembro listopad listopada marraskuu marraskuuta noiembrie kasım ноябрь ноября νοέμβριος νοεμβρίου",
	"december dezember décembre diciembre dicembre dezembro grudzień grudnia prosinec prosince joulukuu joulukuuta decembrie aralık декабрь декабря грудень грудня desembre desember δεκέμβριος δεκεμβρίου",
}

// monthsShort are abbreviations that are no beginnings, or of several.
var monthsShort = map[string]int{"mar": 3, "mrz": 3, "mrt": 3, "jun": 6, "jul": 7, "лют": 2, "лис": 11, "мая": 5, "mai": 5, "okt": 10, "des": 12, "sept": 9, "cze": 6, "czv": 6, "cvn": 6, "cvc": 7}

// months returns the number of each month by its plain name or the beginning of
// one. Beginnings that two months share are left out.
var months = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			runes := []rune(plainWord(name))
			for n := 3; n <= len(runes); n++ {
				start := string(runes[:n])
				if was, ok := out[start]; ok && was != i+1 {
					out[start] = 0
				} else {
					out[start] = i + 1
				}
			}
		}
	}
	for i, names := range monthNames { // a whole name is itself
		for name := range strings.FieldsSeq(names) {
			out[plainWord(name)] = i + 1
		}
	}
	for name, n := range monthsShort {
		out[plainWord(name)] = n
	}
	return out
})

// plainWord returns a word in lower case, without accents and full stops.
func plainWord(s string) string {
	s = strings.ToLower(s)
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] == '.' {
			return strings.Map(func(r rune) rune {
				if r == '.' || unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFD.String(s))
		}
	}
	return s
}

// zoneOffsets are the zone names of RFC 5322 section 4.3 and others that mean
// one offset, in hours and minutes as hundreds. Names that several countries
// use for their own are not among them.
var zoneOffsets = map[string]int{
	"z": 0, "ut": 0, "etc/utc": 0, "etc/gmt": 0, "utc": 0, "gmt": 0, "wet": 0, "est": -500, "edt": -400, "cst": -600, "cdt": -500, "mst": -700, "mdt": -600,
	"pst": -800, "pdt": -700, "akst": -900, "akdt": -800, "hst": -1000, "met": 100, "mez": 100, "cet": 100, "west": 100, "bst": 100,
	"mest": 200, "mesz": 200, "cest": 200, "eet": 200, "sast": 200, "eest": 300, "msk": 300, "msd": 400, "pkt": 500,
	"hkt": 800, "sgt": 800, "awst": 800, "jst": 900, "kst": 900, "acst": 930, "acdt": 1030, "aest": 1000, "aedt": 1100, "nzst": 1200, "nzdt": 1300,
	"eastern daylight time": -400, "central daylight time": -500, "mountain daylight time": -600, "pacific daylight time": -700,
	"greenwich mean time": 0, "coordinated universal time": 0, "british summer time": 100, "central european summer time": 200,
}

// zonePlaces are names of zones whose clocks are put forward in summer, as they
// are written out, by Windows too, and a place in each.
var zonePlaces = map[string]string{
	"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
	"est edt": "America/New_York", "cst cdt": "America/Chicago", "mst mdt": "America/Denver", "pst pdt": "America/Los_Angeles", // EST5EDT
	"eastern standard time": "America/New_York", "eastern time": "America/New_York", "us eastern standard time": "America/New_York",
	"central standard time": "America/Chicago", "central time": "America/Chicago",
	"mountain standard time": "America/Denver", "mountain time": "America/Denver", "us mountain standard time": "America/Phoenix",
	"pacific standard time": "America/Los_Angeles", "pacific time": "America/Los_Angeles",
	"alaskan standard time": "America/Anchorage", "alaska standard time": "America/Anchorage", "hawaiian standard time": "Pacific/Honolulu", "hawaii standard time": "Pacific/Honolulu",
	"atlantic standard time": "America/Halifax", "newfoundland standard time": "America/St_Johns",
	"gmt standard time": "Europe/London", "w europe standard time": "Europe/Berlin", "central europe standard time": "Europe/Budapest",
	"central european standard time": "Europe/Warsaw", "romance standard time": "Europe/Paris", "e europe standard time": "Europe/Chisinau",
	"fle standard time": "Europe/Kiev", "gtb standard time": "Europe/Bucharest", "russian standard time": "Europe/Moscow",
	"mitteleuropaische zeit": "Europe/Berlin", "mitteleuropaische normalzeit": "Europe/Berlin", "mitteleuropaische sommerzeit": "Europe/Berlin",
	"heure normale d'europe centrale": "Europe/Paris", "heure d'ete d'europe centrale": "Europe/Paris",
	"central european time": "Europe/Berlin", "eastern european time": "Europe/Athens", "western european time": "Europe/Lisbon",
	"china standard time": "Asia/Shanghai", "tokyo standard time": "Asia/Tokyo", "japan standard time": "Asia/Tokyo", "korea standard time": "Asia/Seoul",
	"india standard time": "Asia/Kolkata", "singapore standard time": "Asia/Singapore", "israel standard time": "Asia/Jerusalem", "arabian standard time": "Asia/Dubai",
	"aus eastern standard time": "Australia/Sydney", "new zealand standard time": "Pacific/Auckland", "e south america standard time": "America/Sao_Paulo",
}

// zoneNamed returns the zone that the words name, together or the first of them
// alone, or nil.
func zoneNamed(words []string) *time.Location {
	if len(words) == 0 {
		return nil
	}
	for _, name := range []string{strings.Join(words, " "), words[0]} {
		if offset, ok := zoneOffsets[name]; ok {
			return time.FixedZone("", offset/100*3600+offset%100*60)
		}
		if place, ok := zonePlaces[name]; ok {
			return located(place)
		}
	}
	if strings.Contains(words[0], "/") {
		return located(placeName(words[0]))
	}
	return nil
}

// located returns the zone of that IANA name, or nil.
func located(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return zone
}

// placeName returns an IANA name, which came in lower case, as it is spelt.
func placeName(lower string) string {
	b := []byte(lower)
	for i := range b {
		if (i == 0 || b[i-1] == '/' || b[i-1] == '_') && b[i] >= 'a' && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}
