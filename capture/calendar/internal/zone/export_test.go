package zone

// EachName calls do with all names that Windows uses or shows.
func EachName(do func(name string)) {
	for name := range windows {
		do(name)
	}
	for name := range shown {
		do("(UTC+00:00) " + name)
	}
}
