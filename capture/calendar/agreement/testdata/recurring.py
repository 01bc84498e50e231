"""Reads "file<TAB>from<TAB>to" lines and writes what recurring_ical_events
finds in each file between two Unix times, one line each:

  I file uid start end   an instance, overrides merged
  T file uid             the series could not be read, or not in time
  X file                 the file could not be read

UIDs are in hexadecimal. Every file has a process of its own, because the
reader remembers time zones; every UID a calendar of its own, so that one bad
event costs no other."""
import calendar, datetime, os, signal, sys
import icalendar, recurring_ical_events

MOST = 20000

def late(*_):
    raise TimeoutError

def unix(d):
    if isinstance(d, datetime.datetime) and d.tzinfo is not None:
        return int(d.timestamp())
    return calendar.timegm(d.timetuple())

def by_uid(roots):
    """The events of each UID, and what else the calendar of the first says."""
    out = {}
    for root in roots:
        for event in root.walk("VEVENT"):
            out.setdefault(str(event.get("UID", "")), []).append((root, event))
    return out

def alone(events):
    root = events[0][0]
    one = icalendar.Calendar()
    if root.name == "VCALENDAR":
        for name in ("X-WR-TIMEZONE", "CALSCALE"):
            if name in root:
                one[name] = root[name]
        for c in root.walk("VTIMEZONE"):
            one.add_component(c)
    for _, event in events:
        one.add_component(event)
    return one

def read(path, start, end):
    data = open(path, "rb").read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    signal.setitimer(signal.ITIMER_REAL, 20)
    roots = icalendar.Calendar.from_ical(text, multiple=True)
    at = lambda n: datetime.datetime.fromtimestamp(n, datetime.timezone.utc)
    for uid, events in by_uid(roots).items():
        hexed = uid.encode().hex()
        try:
            signal.setitimer(signal.ITIMER_REAL, 5)
            found = recurring_ical_events.of(alone(events)).between(at(start), at(end))
            signal.setitimer(signal.ITIMER_REAL, 20)
            if len(found) > MOST:
                raise ValueError
            spans = [(unix(e["DTSTART"].dt), unix(e["DTEND"].dt)) for e in found]
        except Exception as e:
            print("T", path, hexed, type(e).__name__ + " " + str(e).replace("\n", " ")[:60], sep="\t")
            continue
        for a, b in spans:
            if start <= a < end:
                print("I", path, hexed, a, b, sep="\t")

for line in sys.stdin:
    path, start, end = line.rstrip("\n").split("\t")
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, late)
        code = 0
        try:
            read(path, int(start), int(end))
        except Exception:
            code = 1
        sys.stdout.flush()
        os._exit(code)
    if os.waitpid(child, 0)[1] != 0:
        print("X", path, sep="\t")
