/* Reads "file<TAB>from<TAB>to" lines and writes what libical finds in each
 * file between two Unix times, one line each:
 *
 *   I file uid event sequence changed start end           an instance of an event
 *   O file uid event sequence changed start end replaces  an event with RECURRENCE-ID
 *   X file                                                libical gave up on the file
 *
 * UIDs are in hexadecimal. Every file has a process of its own. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { most = 20000 };

struct place {
    const char *file;
    icalcomponent *event;
    int number, seen;
    time_t from, to;
};

static void head(const char *kind, struct place *p) {
    const char *uid = icalcomponent_get_uid(p->event);
    printf("%s\t%s\t", kind, p->file);
    for (; uid && *uid; uid++)
        printf("%02x", (unsigned char)*uid);
    struct icaltimetype changed = icaltime_null_time();
    icalproperty *last = icalcomponent_get_first_property(p->event, ICAL_LASTMODIFIED_PROPERTY);
    if (last)
        changed = icalproperty_get_lastmodified(last);
    else if (icalcomponent_get_first_property(p->event, ICAL_DTSTAMP_PROPERTY))
        changed = icalcomponent_get_dtstamp(p->event);
    printf("\t%d\t%d\t%lld", p->number, icalcomponent_get_sequence(p->event),
           icaltime_is_null_time(changed) ? 0LL : (long long)icaltime_as_timet(changed));
}

/* until returns when a span ends. Of dates libical counts the last second of
 * the day named by DTEND, which is the day after (icaltime_span_new). */
static long long until(icalcomponent *event, struct icaltime_span *span) {
    return (long long)span->end - (icaltime_is_date(icalcomponent_get_dtstart(event)) ? 86399 : 0);
}

static void instance(icalcomponent *c, struct icaltime_span *span, void *data) {
    struct place *p = data;
    (void)c;
    if (span->start < p->from || span->start >= p->to || p->seen++ > most)
        return;
    head("I", p);
    printf("\t%lld\t%lld\n", (long long)span->start, until(p->event, span));
}

static long long instant(struct icaltimetype t) { return icaltime_as_timet_with_zone(t, t.zone); }

/* named returns the instant that a property of c names, or other without it. */
static long long named(icalcomponent *c, icalproperty_kind kind, long long other) {
    icalproperty *p = icalcomponent_get_first_property(c, kind);
    return p ? instant(icalproperty_get_datetime_with_component(p, c)) : other;
}

/* finish returns when c, which begins at start and has no DTEND, ends. */
static long long finish(icalcomponent *c, long long start) {
    struct icaltimetype t = icalcomponent_get_dtend(c);
    return icaltime_is_null_time(t) ? start : instant(t);
}

static void events(icalcomponent *parent, struct place *p) {
    icalcomponent *c = icalcomponent_get_first_component(parent, ICAL_ANY_COMPONENT);
    if (icalcomponent_isa(parent) == ICAL_VEVENT_COMPONENT) {
        p->number++;
        p->seen = 0;
        p->event = parent;
        if (icalcomponent_get_first_property(parent, ICAL_RECURRENCEID_PROPERTY)) {
            long long replaces = named(parent, ICAL_RECURRENCEID_PROPERTY, 0);
            long long start = named(parent, ICAL_DTSTART_PROPERTY, replaces); /* a cancelled one may lack it */
            head("O", p);
            printf("\t%lld\t%lld\t%lld\n", start, named(parent, ICAL_DTEND_PROPERTY, finish(parent, start)), replaces);
        } else {
            icalcomponent_foreach_recurrence(parent, icaltime_from_timet_with_zone(p->from, 0, icaltimezone_get_utc_timezone()),
                                             icaltime_from_timet_with_zone(p->to, 0, icaltimezone_get_utc_timezone()), instance, p);
        }
        return;
    }
    for (; c; c = icalcomponent_get_next_component(parent, ICAL_ANY_COMPONENT))
        events(c, p);
}

static void read_file(const char *path, struct place *p) {
    FILE *f = fopen(path, "rb");
    static char text[8 << 20];
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    text[n] = 0;
    const char *start = strncmp(text, "\xef\xbb\xbf", 3) ? text : text + 3;
    icalcomponent *root = icalparser_parse_string(start);
    if (!root)
        exit(1);
    events(root, p);
}

int main(void) {
    char line[4096];
    icalerror_set_errors_are_fatal(0);
    while (fgets(line, sizeof line, stdin)) {
        struct place p = {0};
        p.file = strtok(line, "\t");
        p.from = atoll(strtok(NULL, "\t"));
        p.to = atoll(strtok(NULL, "\t"));
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            alarm(20);
            if (!freopen("/dev/null", "w", stderr))
                _exit(1);
            read_file(p.file, &p);
            fflush(stdout);
            _exit(0);
        }
        int status = 1;
        waitpid(child, &status, 0);
        if (status != 0)
            printf("X\t%s\n", p.file);
    }
    return 0;
}
