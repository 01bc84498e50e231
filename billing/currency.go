package billing

import (
	"fmt"
	"slices"
	"strings"
)

// decimals are the currencies whose smallest unit is not a hundredth, with the
// decimals that they have (ISO 4217).
var decimals = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "UYI": 0,
	"VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"CLF": 4, "UYW": 4,
}

// hundredths are the other currencies that somebody may bill in (ISO 4217).
const hundredths = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY " +
	"COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD " +
	"KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR " +
	"NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP " +
	"TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"

// signs are the currencies that are written with a sign before the amount.
var signs = map[string]string{"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}

// places returns how many decimals an amount in a currency has: 2 but for some.
func places(currency string) int {
	if n, other := decimals[currency]; other {
		return n
	}
	return 2
}

// unit returns how many of the smallest unit make one: 100 cents, 1 yen.
func unit(currency string) int64 {
	n := int64(1)
	for range places(currency) {
		n *= 10
	}
	return n
}

// ParseCurrency reads an ISO 4217 code in any case.
func ParseCurrency(s string) (string, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	_, other := decimals[code]
	if len(code) == 3 && (other || slices.Contains(strings.Fields(hundredths), code)) {
		return code, nil
	}
	return "", &Error{Kind: Invalid, Msg: fmt.Sprintf("%q is not a currency; write its three letters, such as USD or EUR", s)}
}
