"""What a monkey does at a window, each with how often."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from fuzz.monkey_room import mine, odd, odd_files
from fuzz.mutation import ODD_TEXT
from fuzz.routine_trials import PASTE_TARGET, ROUTINE_TARGET
from legato.bootstrap.remote_command import apply_command
from legato.domain.ports import MediaCommand
from legato.domain.routine import VoiceLevel
from legato.domain.settings import Motion, ThemeChoice
from strategies import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzz.monkey import Monkey

W = TypeVar("W", bound=QWidget)

Key, Held, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton

KEYS = (
    *(Key(code) for code in range(Key.Key_A, Key.Key_Z + 1)),
    *(Key(code) for code in range(Key.Key_0, Key.Key_9 + 1)),
    *(Key(code) for code in range(Key.Key_F1, Key.Key_F12 + 1)),
    *(Key.Key_Escape, Key.Key_Tab, Key.Key_Backtab, Key.Key_Backspace, Key.Key_Delete),
    *(Key.Key_Return, Key.Key_Enter, Key.Key_Space, Key.Key_Home, Key.Key_End, Key.Key_Menu),
    *(Key.Key_PageUp, Key.Key_PageDown, Key.Key_Comma, Key.Key_Question, Key.Key_Slash),
    *(Key.Key_Plus, Key.Key_Minus, Key.Key_MediaPlay, Key.Key_MediaNext, Key.Key_MediaStop),
    *(Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Tab, Key.Key_Return) * 4,
)
PLAIN = Held.NoModifier
HELD = (
    *(PLAIN, PLAIN, PLAIN, Held.ControlModifier, Held.ShiftModifier, Held.AltModifier),
    *(Held.ControlModifier | Held.ShiftModifier, Held.ControlModifier | Held.AltModifier),
)
BUTTONS = (*(Button.LeftButton,) * 8, Button.RightButton, Button.MiddleButton, Button.BackButton)
SIZES = ((480, 400), (800, 600), (1080, 760), (2400, 300), (500, 1600), (1, 1), (3000, 2000))
MOST_READ = 400
LEAPS = (0.1, 0.9, 1.6, 1.9, 1.9, 1.9, 30.0, 90_000.0)


def press_key(monkey: Monkey) -> None:
    """Press a key, perhaps several times."""
    random = monkey.random
    key, held = random.choice(KEYS), random.choice(HELD)
    if key is Key.Key_Q and random.random() < 0.7:  # it closes the window
        return
    for _ in range(random.choice((1, 1, 1, 2, 7))):
        QTest.keyClick(_keyboard(monkey), key, held)


def write(monkey: Monkey) -> None:
    """Type unusual text, as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(monkey.random.choice((*ODD_TEXT, *TEXTS)))
    QApplication.sendEvent(_keyboard(monkey), event)


def fill_field(monkey: Monkey) -> None:
    """Type into a field of the page and leave it."""
    fields = _seen(monkey, QLineEdit)
    if fields:
        field = monkey.random.choice(fields)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, monkey.random.choice(("", "1 min", "-1", "calf", "a: b", "9" * 400)))
        QTest.keyClick(field, monkey.random.choice((Key.Key_Tab, Key.Key_Return, Key.Key_Escape)))


def click(monkey: Monkey) -> None:
    """Click somewhere on a widget."""
    random = monkey.random
    widget, at = _somewhere(monkey)
    do = QTest.mouseDClick if random.random() < 0.15 else QTest.mouseClick
    do(widget, random.choice(BUTTONS), random.choice(HELD), at)


def click_button(monkey: Monkey) -> None:
    """Click a visible button."""
    buttons = _seen(monkey, QAbstractButton)
    if buttons:
        button = monkey.random.choice(buttons)
        QTest.mouseClick(button, Button.LeftButton, PLAIN, button.rect().center())


def click_card(monkey: Monkey) -> None:
    """Click a card of a list, or open its menu."""
    views = _seen(monkey, QAbstractItemView)
    if views:
        view = monkey.random.choice(views)
        at = _inside(monkey, view.viewport())
        do = monkey.random.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        do(view.viewport(), monkey.random.choice(BUTTONS), monkey.random.choice(HELD), at)


def drag(monkey: Monkey) -> None:
    """Drag from one place to another."""
    widget, at = _somewhere(monkey)
    QTest.mousePress(widget, Button.LeftButton, PLAIN, at)
    for _ in range(monkey.random.randint(1, 4)):
        QTest.mouseMove(widget, _inside(monkey, widget))
        QApplication.processEvents()
    QTest.mouseRelease(widget, Button.LeftButton, PLAIN, _inside(monkey, widget))


def turn_wheel(monkey: Monkey) -> None:
    """Turn the wheel over a widget."""
    widget, at = _somewhere(monkey)
    turned = QPoint(0, monkey.random.choice((120, -120, -1200, 7)))
    where = QPointF(at), QPointF(widget.mapToGlobal(at))
    held = monkey.random.choice(HELD)
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(*where, QPoint(), turned, Button.NoButton, held, phase, False)
    QApplication.sendEvent(widget, event)


def drop(monkey: Monkey) -> None:
    """Drop files, text or an image on a widget."""
    widget, at = _somewhere(monkey)
    data = _mime(monkey)
    held = Button.LeftButton, PLAIN
    with warnings.catch_warnings():
        # Deprecated since Qt 6.12; before it there is no other.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, *held)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(
            widget, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, *held)
        )


def paste(monkey: Monkey) -> None:
    """Paste rubbish."""
    QGuiApplication.clipboard().setMimeData(_mime(monkey))
    QTest.keyClick(_keyboard(monkey), Key.Key_V, Held.ControlModifier)


def resize(monkey: Monkey) -> None:
    """Change the size or the state of the window."""
    window, random = monkey.app.window, monkey.random
    if random.random() < 0.5:
        window.resize(*random.choice(SIZES))
    else:
        window.setWindowState(random.choice(list(Qt.WindowState)[:4]))


def hide(monkey: Monkey) -> None:
    """Hide the window and show it again."""
    monkey.app.window.hide()
    QApplication.processEvents()
    monkey.app.window.show()


def reopen(monkey: Monkey) -> None:
    """Close the window and open another."""
    monkey.reopen()


def let_time_pass(monkey: Monkey) -> None:
    """Advance the clocks, awake or asleep."""
    leap = monkey.random.choice(LEAPS)
    for _ in range(monkey.random.choice((1, 10, 40))):
        if monkey.random.random() < 0.05:
            monkey.clock.slept += leap
        else:
            monkey.clock.passed += leap
        monkey.app.sessions._driver.tick()
        QApplication.processEvents()


def change_file(monkey: Monkey) -> None:
    """Change, add or remove one of the user's files, as another program would."""
    random, paths = monkey.random, monkey.paths
    files = [
        path
        for path in odd_files(paths)
        if path.is_relative_to(paths.data) and len(path.name) < 200
    ]
    path = random.choice(files)
    what = random.randrange(4)
    if what == 0 and path.is_file():
        path.unlink()
    elif what == 1 and path.is_file():
        path.write_bytes(path.read_bytes()[: random.randint(0, 200)])
    elif paths.routines.is_dir():
        name = random.choice(
            ("mine", "odd-1", "bedtime", "hamstrings", "calf1-strap", "new", "a b")
        )
        good = random.random() < 0.3
        text = mine(random).encode() if good else odd(ROUTINE_TARGET, random)
        (paths.routines / f"{name}.yaml").write_bytes(text)
    if random.random() < 0.7:
        monkey.app.reload()


def lose_folder(monkey: Monkey) -> None:
    """Remove the data folder, or put a file in its place; restore it the next time."""
    data = monkey.paths.data
    away = data.with_name("away")
    if away.exists():
        if data.is_file():
            data.unlink()
        if not data.exists():
            away.rename(data)
    elif data.is_dir():
        data.rename(away)
        if monkey.random.random() < 0.5:
            data.write_text("a file")


def read_aloud(monkey: Monkey) -> None:
    """Request everything that a screen reader would read of the page."""
    QAccessible.setActive(True)
    waiting = [QAccessible.queryAccessibleInterface(monkey.app.window)]
    for _ in range(MOST_READ):
        if not waiting:
            break
        one = waiting.pop()
        if one is None or not one.isValid():
            continue
        for what in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
            one.text(what)
        one.role()
        one.rect()
        waiting += [one.child(index) for index in range(min(one.childCount(), 30))]


def change_settings(monkey: Monkey) -> None:
    """Choose another look, as the settings page does."""
    random, choices = monkey.random, monkey.app.settings
    values = (
        {"theme": random.choice(list(ThemeChoice))},
        {"text_size": random.choice((100, 150, 200))},
        {"motion": random.choice(list(Motion))},
        {"voice": random.choice(list(VoiceLevel))},
        {"dim_after": random.choice((None, 1.0, 30.0))},
        {"whisper": random.random() < 0.5},
    )
    choices.change(replace(choices.current, **random.choice(values)))


def go(monkey: Monkey) -> None:
    """Do what a card, a key or another start requests."""
    app, random = monkey.app, monkey.random
    some = random.choice((*app.library.known_ids(), "nowhere", "mine", "mine", "plan"))
    doors: tuple[Callable[[], object], ...] = (
        *(
            app.navigation.library_requested.emit,
            app.navigation.new_requested.emit,
            app.navigation.trash_requested.emit,
            lambda: app.navigation.help_requested.emit(""),
            app.navigation.settings_requested.emit,
        ),
        *(
            app.navigation.cramp_requested.emit,
            app.navigation.continue_requested.emit,
            app.navigation.forget_requested.emit,
            app.navigation.last_plan_requested.emit,
        ),
        lambda: app.editor.edit(some),
        lambda: app.editor.edit("mine"),
        lambda: app.editor.delete(some),
        lambda: app.sessions.controller.start_by_id(some),
        lambda: app.sessions.controller.start_by_id("mine"),
        lambda: app.import_file(str(random.choice(odd_files(monkey.paths)))),
        lambda: apply_command(
            app, random.choice((("start", some, "left", "quiet"), ("cramp",), ("x",)))
        ),
        lambda: app.sessions._on_media(random.choice(list(MediaCommand))),
        lambda: app.window.show_page("home"),
    )
    random.choice(doors)()


def edit(monkey: Monkey) -> None:
    """Open the editor, or edit something there."""
    app, random = monkey.app, monkey.random
    if app.editor.document.draft is None or app.window.page_name != "editor":
        app.editor.edit(random.choice(("mine", "mine", "bedtime", "odd-1", "what-i-made")))
    else:
        editing = app.editor
        random.choice([*editing.page.more.actions()]).trigger()


def start(monkey: Monkey) -> None:
    """Start a session, or go back to it."""
    conductor = monkey.app.sessions.controller
    if conductor.is_under_way:
        monkey.app.window.show_page("session")
    else:
        conductor.start_by_id(monkey.random.choice(("mine", "bedtime", "tiny-starter")))


def _keyboard(monkey: Monkey) -> QWidget:
    """Return the focused widget."""
    window = monkey.app.window
    return QApplication.activePopupWidget() or window.focusWidget() or window


def _somewhere(monkey: Monkey) -> tuple[QWidget, QPoint]:
    popup = QApplication.activePopupWidget()
    widget = popup or monkey.random.choice(_seen(monkey, QWidget) or [monkey.app.window])
    return widget, _inside(monkey, widget)


def _inside(monkey: Monkey, widget: QWidget) -> QPoint:
    size = widget.size()
    return QPoint(
        monkey.random.randint(0, max(0, size.width() - 1)),
        monkey.random.randint(0, max(0, size.height() - 1)),
    )


def _seen(monkey: Monkey, kind: type[W]) -> list[W]:
    found = monkey.app.window.findChildren(kind)
    return [one for one in found if one.isVisible() and one.isEnabled()]


def _mime(monkey: Monkey) -> QMimeData:
    random, data = monkey.random, QMimeData()
    what = random.randrange(4)
    if what == 0:
        data.setUrls(
            [QUrl.fromLocalFile(str(path)) for path in random.choices(odd_files(monkey.paths), k=2)]
        )
    elif what == 1:
        image = QImage(random.choice((1, 60, 3000)), 40, QImage.Format.Format_ARGB32)
        image.fill(0x80336699)
        data.setImageData(image)
    elif what == 2:
        data.setText(PASTE_TARGET.maker()(random)[:50_000].decode(errors="replace"))
    else:
        data.setUrls([QUrl("https://example.org/a.png"), QUrl("file:///dev/zero"), QUrl()])
    return data


HAUNTS: tuple[Callable[[Monkey], None] | None, ...] = (edit, edit, start, None)
"""Where monkeys are at home."""
ACTS: tuple[tuple[Callable[[Monkey], None], int], ...] = (
    *(
        (press_key, 30),
        (write, 4),
        (fill_field, 6),
        (click, 8),
        (click_button, 16),
        (click_card, 8),
    ),
    *((drag, 3), (turn_wheel, 3), (drop, 3), (paste, 3), (resize, 2), (hide, 1), (reopen, 1)),
    *(
        (let_time_pass, 5),
        (change_file, 3),
        (change_settings, 2),
        (lose_folder, 1),
        (read_aloud, 1),
        (go, 9),
    ),
)
