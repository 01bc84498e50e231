//go:build desktop && e2e && linux

package desktop

/*
#cgo linux pkg-config: gtk+-3.0
#cgo !webkit2_41 pkg-config: webkit2gtk-4.0
#cgo webkit2_41 pkg-config: webkit2gtk-4.1
#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

// WebKitWebDriver drives only a view that was made with the construct-only
// property "is-controlled-by-automation". The toolkit makes the view, so the
// class's set_property is wrapped before it does.
static void (*set_property)(GObject *, guint, const GValue *, GParamSpec *);
static WebKitWebView *driven;

static void set_controlled(GObject *object, guint id, const GValue *value, GParamSpec *spec) {
	if (g_strcmp0(spec->name, "is-controlled-by-automation") != 0) {
		set_property(object, id, value, spec);
		return;
	}
	GValue yes = G_VALUE_INIT;
	g_value_init(&yes, G_TYPE_BOOLEAN);
	g_value_set_boolean(&yes, TRUE);
	set_property(object, id, &yes, spec);
	g_value_unset(&yes);
	driven = WEBKIT_WEB_VIEW(object);
}

static WebKitWebView *the_view(WebKitAutomationSession *session, gpointer data) { return driven; }

static void started(WebKitWebContext *context, WebKitAutomationSession *session, gpointer data) {
	WebKitApplicationInfo *info = webkit_application_info_new();
	webkit_application_info_set_name(info, "tenths");
	webkit_application_info_set_version(info, 1, 0, 0);
	webkit_automation_session_set_application_info(session, info);
	webkit_application_info_unref(info);
	g_signal_connect(session, "create-web-view", G_CALLBACK(the_view), NULL);
}

static gboolean allow_automation(void) {
	if (!gtk_init_check(NULL, NULL)) return FALSE;
	GObjectClass *class = G_OBJECT_CLASS(g_type_class_ref(WEBKIT_TYPE_WEB_VIEW));
	set_property = class->set_property;
	class->set_property = set_controlled;
	WebKitWebContext *context = webkit_web_context_get_default();
	webkit_web_context_set_automation_allowed(context, TRUE);
	g_signal_connect(context, "automation-started", G_CALLBACK(started), NULL);
	return webkit_web_context_is_automation_allowed(context);
}
*/
import "C"

import "runtime"

// allowAutomation lets WebKitWebDriver drive the window that is opened next.
// GTK belongs to the thread that first touches it, here the one that goes on to
// run the window.
func allowAutomation() {
	runtime.LockOSThread()
	C.allow_automation()
}
