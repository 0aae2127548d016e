"""Pictures of an edited routine: figures, files, the clipboard."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from legato.controllers.editor_choosers import figure_items
from legato.domain.documents import AddedPicture
from legato.domain.editing import found_again, label
from legato.domain.problems import Problem
from legato.domain.routine import FIGURE_PREFIX, Step
from legato.ui.file_dialogs import ask_for_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from legato.controllers.editor_choosers import PickerOverlay
    from legato.controllers.shared import Shared
    from legato.domain.draft import Draft
    from legato.domain.figure.model import Figure
    from legato.domain.ports import Figures
    from legato.storage.own_pictures import OwnPictureFolder
    from legato.storage.routine_store import RoutineStore
    from legato.ui.editor.document import EditorDocument
    from legato.ui.editor.page import EditorPage
    from legato.ui.editor.pose_editor import PoseEditor

IMAGES = "Images (*.svg *.png *.jpg *.jpeg *.webp *.gif)"
PASTED = "pasted.png"


class OwnFigures:
    """The drawn figures that ship, and before them those of the routine that is edited.

    Args:
        shipped: The figures that ship.
        editor: Which routine it is.
        own_dir: The user's routines.
    """

    def __init__(self, shipped: Figures, editor: EditorDocument, own_dir: Path) -> None:
        self._shipped = shipped
        self._editor = editor
        self._own_dir = own_dir

    def names(self) -> Sequence[str]:
        """All names that ship, in order."""
        return self._shipped.names()

    def figure(self, name: str, folder: str = "") -> Figure | None:
        """The figure of that name, one of `folder` or of the routine first, or None."""
        opened = self._editor.opened
        if not folder and opened is not None:
            folder = str(self._own_dir / opened.id)
        return self._shipped.figure(name, folder)


class PictureController(QObject):
    """Sets the picture of the selected step.

    Args:
        shared: What every controller is given.
        page: The editor's page.
        document: What is edited.
        overlay: Offers figures.
        figures: The drawn figures.
        files: Where pictures are kept.
        store: Knows which pictures a routine names.
    """

    def __init__(
        self,
        shared: Shared,
        page: EditorPage,
        document: EditorDocument,
        overlay: PickerOverlay,
        *,
        figures: Figures,
        files: OwnPictureFolder,
        store: RoutineStore,
    ) -> None:
        super().__init__(document)
        self._shared = shared
        self._page = page
        self._document = document
        self._overlay = overlay
        self._store = store
        self._figures = figures
        self._files = files
        panel = page.picture
        self._added: dict[str, set[str]] = {}
        panel.pose_wanted.connect(self._pose)
        panel.figure_wanted.connect(self._offer_figures)
        panel.file_wanted.connect(self._choose_file)
        panel.file_given.connect(self._add_file)
        panel.image_given.connect(self._add_image)

    def take_unused_away(self) -> None:
        """Remove pictures added in this run that nothing uses; undo may need them until then."""
        for routine_id, pictures in self._added.items():
            used = self._store.pictures_named(routine_id)
            if used is not None:
                self._files.remove(routine_id, pictures - used)
        self._added.clear()

    @cached_property
    def _poser(self) -> PoseEditor:
        from legato.ui.editor.pose_editor import PoseEditor  # noqa: PLC0415 - when first posed

        poser = PoseEditor(self._shared.look.theme)
        poser.used.connect(self._use_pose)
        poser.closed.connect(self._page.close_over)
        poser.other_wanted.connect(self._offer_poses)
        return poser

    def _pose(self) -> None:
        """Pose the figure of the step, or choose one to begin with."""
        lines = self._page.steps.chosen_lines
        step = lines[0] if len(lines) == 1 and isinstance(lines[0], Step) else None
        figure = None
        if step is not None and step.picture.startswith(FIGURE_PREFIX):
            figure = self._figures.figure(step.picture.removeprefix(FIGURE_PREFIX), step.folder)
        if figure is None:
            self._offer_poses()
        else:
            self._begin_pose(figure)

    def _offer_poses(self) -> None:
        title = "Which figure is nearest to the pose?"
        self._overlay.offer(title, figure_items(self._figures), self._pose_from)

    def _pose_from(self, name: str) -> None:
        figure = self._figures.figure(name)
        if figure is not None:
            self._begin_pose(figure)

    def _begin_pose(self, figure: Figure) -> None:
        self._poser.begin(figure, figure.shows)
        self._page.show_over(self._poser)

    def _use_pose(self, figure: Figure) -> None:
        opened, lines = self._document.opened, self._page.steps.chosen_lines
        if opened is None or len(lines) != 1:
            return
        self._page.close_over()
        name = self._files.free_figure_name(opened.id, label(lines[0]))
        self._use(self._files.save_figure(opened.id, replace(figure, name=name)))

    def _offer_figures(self) -> None:
        self._overlay.offer("Choose a figure", figure_items(self._figures), self._use_figure)

    def _use_figure(self, name: str) -> None:
        self._page.steps.use_picture(AddedPicture(picture=f"{FIGURE_PREFIX}{name}", folder=""))

    def _choose_file(self) -> None:
        ask_for_file(self._page, "A picture for this step", IMAGES, self._add_file)

    def _add_file(self, path: str) -> None:
        opened = self._document.opened
        if opened is not None:
            self._add(partial(self._files.add_picture, opened.id, Path(path)))

    def _add_image(self, data: bytes) -> None:
        opened = self._document.opened
        if opened is not None:
            self._add(partial(self._files.add_image, opened.id, data, PASTED))

    def _add(self, add: Callable[[], AddedPicture | Problem]) -> None:
        """Add a picture in another process; it may be any file."""
        opened, draft = self._document.opened, self._document.draft
        chosen = self._document.chosen
        if opened is not None and draft is not None and len(chosen) == 1:
            self._shared.pictures.do(add, partial(self._use_added, opened.id, draft, chosen[0]))

    def _use_added(
        self, routine_id: str, before: Draft, index: int, picture: AddedPicture | Problem
    ) -> None:
        """Set the picture of the step it was added for, which may have moved since."""
        if isinstance(picture, Problem):
            self._shared.report(picture)
            return
        self._remember(picture)
        opened, draft = self._document.opened, self._document.draft
        at = found_again(before, index, draft) if draft is not None else None
        if opened is None or opened.id != routine_id or at is None:
            self._shared.window.toast.say("The step is gone that the picture was for.")
        else:
            self._page.steps.use_picture(picture, at)

    def _use(self, picture: AddedPicture | Problem) -> None:
        if isinstance(picture, Problem):
            self._shared.report(picture)
            return
        self._remember(picture)
        self._page.steps.use_picture(picture)

    def _remember(self, picture: AddedPicture) -> None:
        """Note a picture that may have to be removed."""
        self._added.setdefault(Path(picture.folder).name, set()).add(picture.picture)
