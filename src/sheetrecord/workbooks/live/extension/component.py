"""The extension's way into LibreOffice: commands ``vnd.sheetrecord:``, dialogs, the main thread."""

from __future__ import annotations

import threading
from pathlib import Path

import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.frame import FeatureStateEvent, XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo
from sheetrecord_office.verbs import Order
from sheetrecord_office.words import say

NAME = "org.sheetrecord.Office"
PROTOCOL = "vnd.sheetrecord:"
_INFO, _QUESTION = "INFOBOX", "QUERYBOX"
_OK, _YES_NO, _YES = 1, 3, 2

_LISTENERS: list = []
"""Who wants to know what was said last: status listeners of ``vnd.sheetrecord:told``."""


class Window:
    """A window of LibreOffice with a spreadsheet in it."""

    def __init__(self, context, frame, *, quiet: bool) -> None:
        self._context, self._frame, self._quiet = context, frame, quiet
        controller = frame.getController() if frame else None
        self.document = controller.getModel() if controller else None
        self.language = self._setting("/org.openoffice.Setup/L10N", "ooLocale") or "en"
        given = self._setting("/org.openoffice.UserProfile/Data", "givenname")
        family = self._setting("/org.openoffice.UserProfile/Data", "sn")
        self.user = " ".join(filter(None, (given, family)))
        self._indicator = None

    @property
    def noted(self) -> str:
        """Return the place of the program that somebody gave once."""
        path = self._note_path()
        return path.read_text(encoding="utf-8").strip() if path.is_file() else ""

    def note(self, place: str) -> None:
        """Remember the place of the program."""
        self._note_path().write_text(place, encoding="utf-8")

    def tell(self, text: str) -> None:
        """Say something and wait until it was read."""
        if not self._quiet:
            self._box(_INFO, _OK, text)
        self.told(text)

    def told(self, text: str) -> None:
        """Let whoever listens know what was said."""
        for listener, url in list(_LISTENERS):
            event = FeatureStateEvent()
            event.FeatureURL, event.IsEnabled, event.State = url, True, text
            try:
                listener.statusChanged(event)
            except Exception:  # noqa: BLE001 - it is gone
                _LISTENERS.remove((listener, url))

    def confirm(self, text: str) -> bool:
        """Ask yes or no."""
        return not self._quiet and self._box(_QUESTION, _YES_NO, text) == _YES

    def ask(self, text: str, proposed: str):
        """Ask for a line of text; None when the user cancels."""
        return None if self._quiet else _line(self._context, self._peer(), text, proposed)

    def begin(self, text: str) -> None:
        """Show in the status bar that something is under way."""
        self._indicator = self._frame.createStatusIndicator()
        self._indicator.start(text, 60)

    def passed(self, seconds: float) -> None:
        """Show how long it takes."""
        if self._indicator is not None:
            self._indicator.setValue(min(int(seconds) + 1, 59))

    def end(self) -> None:
        """Show that it is over."""
        if self._indicator is not None:
            self._indicator.end()

    def main(self, work) -> None:
        """Do something on the main thread, soon."""
        make = self._context.ServiceManager.createInstanceWithContext
        make("com.sun.star.awt.AsyncCallback", self._context).addCallback(_Order(work), None)

    def main_and_wait(self, work):
        """Do something on the main thread and return what came of it."""
        job = _Order(work)
        make = self._context.ServiceManager.createInstanceWithContext
        make("com.sun.star.awt.AsyncCallback", self._context).addCallback(job, None)
        job.done.wait()
        return job.result

    def _box(self, kind: str, buttons: int, text: str) -> int:
        kind_ = uno.Enum("com.sun.star.awt.MessageBoxType", kind)
        title = say(self.language, "title")
        toolkit = self._peer().getToolkit()
        box = toolkit.createMessageBox(self._peer(), kind_, buttons, title, text)
        try:
            return box.execute()
        finally:
            box.dispose()

    def _peer(self):
        return self._frame.getContainerWindow()

    def _setting(self, path: str, name: str) -> str:
        make = self._context.ServiceManager.createInstanceWithContext
        provider = make("com.sun.star.configuration.ConfigurationProvider", self._context)
        node = uno.createUnoStruct("com.sun.star.beans.NamedValue")
        node.Name, node.Value = "nodepath", path
        view = "com.sun.star.configuration.ConfigurationAccess"
        return provider.createInstanceWithArguments(view, (node,)).getByName(name) or ""

    def _note_path(self) -> Path:
        make = self._context.ServiceManager.createInstanceWithContext
        paths = make("com.sun.star.util.PathSubstitution", self._context)
        folder = uno.fileUrlToSystemPath(paths.getSubstituteVariableValue("$(user)"))
        return Path(folder, "sheetrecord-program.txt")


class _Order(unohelper.Base, XCallback):
    """Something to be done on the main thread."""

    def __init__(self, work) -> None:
        self._work, self.done, self.result = work, threading.Event(), None

    def notify(self, _) -> None:
        """Do it."""
        try:
            self.result = self._work()
        finally:
            self.done.set()


class MenuHandler(unohelper.Base, XInitialization, XDispatchProvider, XDispatch, XServiceInfo):
    """Answers the commands of menu and toolbar."""

    def __init__(self, context, *_) -> None:
        self._context, self._frame = context, None

    def initialize(self, words) -> None:
        """Take the window's frame."""
        if words:
            self._frame = words[0]

    def queryDispatch(self, url, _target, _flags):
        """Answer for our own protocol."""
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, asked):
        """Answer for several."""
        return tuple(self.queryDispatch(one.FeatureURL, one.FrameName, 0) for one in asked)

    def dispatch(self, url, words) -> None:
        """Carry out a command; its arguments answer what would be asked, Quiet shows no dialog."""
        options = {one.Name: one.Value for one in words}
        window = Window(self._context, self._frame, quiet=bool(options.get("Quiet")))
        calc = "com.sun.star.sheet.SpreadsheetDocument"
        if window.document is None or not window.document.supportsService(calc):
            window.tell(say(window.language, "no spreadsheet"))
            return
        Order(window, options).carry_out(url.Path)

    def addStatusListener(self, listener, url) -> None:
        """Tell that a command can be given; of ``told``, what was said."""
        if url.Path == "told":
            _LISTENERS.append((listener, url))
        event = FeatureStateEvent()
        event.FeatureURL, event.IsEnabled, event.Source = url, True, self
        listener.statusChanged(event)

    def removeStatusListener(self, listener, url) -> None:
        """Tell no more."""
        _LISTENERS[:] = [one for one in _LISTENERS if one[0] != listener]

    def getImplementationName(self) -> str:
        """Return our name."""
        return NAME

    def supportsService(self, name: str) -> bool:
        """Tell what we are."""
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self):
        """Return what we are."""
        return ("com.sun.star.frame.ProtocolHandler",)


def _line(context, peer, text: str, proposed: str):
    """Show a dialog with one line to fill in; None when it is cancelled."""
    make = context.ServiceManager.createInstanceWithContext
    model = make("com.sun.star.awt.UnoControlDialogModel", context)
    model.Width, model.Height, model.Title = 240, 110, "Sheet Record"
    parts = (
        ("FixedText", "text", 6, 6, 228, 62, {"Label": text, "MultiLine": True}),
        ("Edit", "line", 6, 70, 228, 14, {"Text": proposed}),
        ("Button", "ok", 128, 90, 50, 14, {"PushButtonType": 1, "DefaultButton": True}),
        ("Button", "cancel", 184, 90, 50, 14, {"PushButtonType": 2}),
    )
    for kind, name, left, top, width, height, more in parts:
        part = model.createInstance("com.sun.star.awt.UnoControl{}Model".format(kind))
        part.PositionX, part.PositionY, part.Width, part.Height = left, top, width, height
        for key, value in more.items():
            if key == "PushButtonType":
                value = uno.Any("short", value)
                uno.invoke(part, "setPropertyValue", (key, value))
            else:
                setattr(part, key, value)
        model.insertByName(name, part)
    dialog = make("com.sun.star.awt.UnoControlDialog", context)
    dialog.setModel(model)
    toolkit = make("com.sun.star.awt.Toolkit", context)
    dialog.createPeer(toolkit, peer)
    try:
        return dialog.getControl("line").getText() if dialog.execute() else None
    finally:
        dialog.dispose()


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(
    MenuHandler, NAME, MenuHandler(None).getSupportedServiceNames()
)
