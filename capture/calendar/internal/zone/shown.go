package zone

import "strings"

// shown maps what Windows shows for a time zone, less the offset before it, to
// the zone's own name. Exchange and Outlook for the web write it as a TZID.
var shown = map[string]string{
	"coordinated universal time":           "UTC",
	"international date line west":         "Dateline Standard Time",
	"hawaii":                               "Hawaiian Standard Time",
	"alaska":                               "Alaskan Standard Time",
	"baja california":                      "Pacific Standard Time (Mexico)",
	"tijuana, baja california":             "Pacific Standard Time (Mexico)",
	"pacific time (us & canada)":           "Pacific Standard Time",
	"pacific time (us & canada), tijuana":  "Pacific Standard Time",
	"arizona":                              "US Mountain Standard Time",
	"mountain time (us & canada)":          "Mountain Standard Time",
	"chihuahua, la paz, mazatlan":          "Mountain Standard Time (Mexico)",
	"la paz, mazatlan":                     "Mountain Standard Time (Mexico)",
	"central america":                      "Central America Standard Time",
	"central time (us & canada)":           "Central Standard Time",
	"guadalajara, mexico city, monterrey":  "Central Standard Time (Mexico)",
	"saskatchewan":                         "Canada Central Standard Time",
	"eastern time (us & canada)":           "Eastern Standard Time",
	"indiana (east)":                       "US Eastern Standard Time",
	"bogota, lima, quito":                  "SA Pacific Standard Time",
	"bogota, lima, quito, rio branco":      "SA Pacific Standard Time",
	"chetumal":                             "Eastern Standard Time (Mexico)",
	"havana":                               "Cuba Standard Time",
	"caracas":                              "Venezuela Standard Time",
	"atlantic time (canada)":               "Atlantic Standard Time",
	"asuncion":                             "Paraguay Standard Time",
	"georgetown, la paz, manaus, san juan": "SA Western Standard Time",
	"georgetown, la paz, san juan":         "SA Western Standard Time",
	"santiago":                             "Pacific SA Standard Time",
	"newfoundland":                         "Newfoundland Standard Time",
	"brasilia":                             "E. South America Standard Time",
	"brasília":                             "E. South America Standard Time",
	"buenos aires":                         "Argentina Standard Time",
	"city of buenos aires":                 "Argentina Standard Time",
	"montevideo":                           "Montevideo Standard Time",
	"greenland":                            "Greenland Standard Time",
	"azores":                               "Azores Standard Time",
	"cape verde islands":                   "Cape Verde Standard Time",
	"cabo verde is.":                       "Cape Verde Standard Time",
	"casablanca":                           "Morocco Standard Time",
	"dublin, edinburgh, lisbon, london":    "GMT Standard Time",
	"monrovia, reykjavik":                  "Greenwich Standard Time",
	"amsterdam, berlin, bern, rome, stockholm, vienna":  "W. Europe Standard Time",
	"belgrade, bratislava, budapest, ljubljana, prague": "Central Europe Standard Time",
	"brussels, copenhagen, madrid, paris":               "Romance Standard Time",
	"sarajevo, skopje, warsaw, zagreb":                  "Central European Standard Time",
	"west central africa":                               "W. Central Africa Standard Time",
	"amman":                                             "Jordan Standard Time",
	"athens, bucharest":                                 "GTB Standard Time",
	"athens, bucharest, istanbul":                       "GTB Standard Time",
	"beirut":                                            "Middle East Standard Time",
	"cairo":                                             "Egypt Standard Time",
	"chisinau":                                          "E. Europe Standard Time",
	"harare, pretoria":                                  "South Africa Standard Time",
	"helsinki, kiev, riga, sofia, tallinn, vilnius":     "FLE Standard Time",
	"helsinki, kyiv, riga, sofia, tallinn, vilnius":     "FLE Standard Time",
	"jerusalem":                                         "Israel Standard Time",
	"istanbul":                                          "Turkey Standard Time",
	"baghdad":                                           "Arabic Standard Time",
	"kuwait, riyadh":                                    "Arab Standard Time",
	"minsk":                                             "Belarus Standard Time",
	"moscow, st. petersburg":                            "Russian Standard Time",
	"moscow, st. petersburg, volgograd":                 "Russian Standard Time",
	"nairobi":                                           "E. Africa Standard Time",
	"tehran":                                            "Iran Standard Time",
	"abu dhabi, muscat":                                 "Arabian Standard Time",
	"baku":                                              "Azerbaijan Standard Time",
	"port louis":                                        "Mauritius Standard Time",
	"tbilisi":                                           "Georgian Standard Time",
	"yerevan":                                           "Caucasus Standard Time",
	"kabul":                                             "Afghanistan Standard Time",
	"ekaterinburg":                                      "Ekaterinburg Standard Time",
	"islamabad, karachi":                                "Pakistan Standard Time",
	"tashkent":                                          "West Asia Standard Time",
	"ashgabat, tashkent":                                "West Asia Standard Time",
	"chennai, kolkata, mumbai, new delhi":               "India Standard Time",
	"sri jayawardenepura":                               "Sri Lanka Standard Time",
	"kathmandu":                                         "Nepal Standard Time",
	"dhaka":                                             "Bangladesh Standard Time",
	"yangon (rangoon)":                                  "Myanmar Standard Time",
	"bangkok, hanoi, jakarta":                           "SE Asia Standard Time",
	"krasnoyarsk":                                       "North Asia Standard Time",
	"beijing, chongqing, hong kong, urumqi":             "China Standard Time",
	"irkutsk":                                           "North Asia East Standard Time",
	"kuala lumpur, singapore":                           "Singapore Standard Time",
	"perth":                                             "W. Australia Standard Time",
	"taipei":                                            "Taipei Standard Time",
	"ulaanbaatar":                                       "Ulaanbaatar Standard Time",
	"osaka, sapporo, tokyo":                             "Tokyo Standard Time",
	"seoul":                                             "Korea Standard Time",
	"yakutsk":                                           "Yakutsk Standard Time",
	"adelaide":                                          "Cen. Australia Standard Time",
	"darwin":                                            "AUS Central Standard Time",
	"brisbane":                                          "E. Australia Standard Time",
	"canberra, melbourne, sydney":                       "AUS Eastern Standard Time",
	"guam, port moresby":                                "West Pacific Standard Time",
	"hobart":                                            "Tasmania Standard Time",
	"vladivostok":                                       "Vladivostok Standard Time",
	"magadan":                                           "Magadan Standard Time",
	"solomon is., new caledonia":                        "Central Pacific Standard Time",
	"auckland, wellington":                              "New Zealand Standard Time",
	"fiji":                                              "Fiji Standard Time",
	"nuku'alofa":                                        "Tonga Standard Time",
	"samoa":                                             "Samoa Standard Time",

	// As Exchange showed it before there were offsets, for all of Central Europe.
	"amsterdam, belgrade, berlin, brussels, budapest, madrid, paris, prague, stockholm": "W. Europe Standard Time",
}

var lowerWindows = func() map[string]string {
	m := make(map[string]string, len(windows))
	for name, id := range windows {
		m[strings.ToLower(name)] = id
	}
	return m
}()

// windowsName returns the IANA name for a name that Windows uses, such as
// "Eastern Standard Time", or shows, such as "(UTC-05:00) Eastern Time (US &
// Canada)".
func windowsName(name string) (id string, ok bool) {
	name = strings.ToLower(strings.Join(strings.Fields(name), " "))
	if id, ok = lowerWindows[name]; ok {
		return id, true
	}
	if strings.HasPrefix(name, "(") {
		if _, after, cut := strings.Cut(name, ")"); cut {
			name = strings.TrimSpace(after)
		}
	}
	name = strings.TrimPrefix(name, "greenwich mean time: ")
	name = strings.TrimSuffix(strings.TrimSpace(name), " - new")
	name = strings.NewReplacer("us and canada", "us & canada", ";", ",").Replace(name)
	if id, ok = lowerWindows[name]; ok {
		return id, true
	}
	id, ok = lowerWindows[strings.ToLower(shown[name])]
	return id, ok
}
