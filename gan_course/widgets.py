"""Sliders: move a number and see a picture change. Without a running kernel the notebook still shows the first picture.

Both show PNG bytes in an `ipywidgets.Image`; an error in a drawing function stands in the cell, not in a log.
"""

import ipywidgets as widgets
from IPython.display import display

from gan_course import plots


class _Frames:
    """Turns Figures into PNG bytes, each with its axes where the first had them: nothing jumps, and it costs half as much."""

    def __init__(self):
        self.places = []

    def __call__(self, picture) -> bytes:
        if isinstance(picture, bytes):
            return picture
        if len(self.places) == len(picture.axes):
            picture.set_layout_engine("none")
            for axes, place in zip(picture.axes, self.places):
                axes.set_position(place)
            return plots.png(picture)
        data = plots.png(picture)
        self.places = [axes.get_position(original=True) for axes in picture.axes]
        return data


def _image(data: bytes) -> widgets.Image:
    """An image at its own size, narrower only where the page is."""
    width = int.from_bytes(data[16:20], "big")  # of a PNG, in pixels
    return widgets.Image(value=data, format="png", layout=widgets.Layout(width=f"{width}px", max_width="100%"))


def explore(draw, **sliders: tuple) -> None:
    """Show draw(**values) and one slider for each keyword; the picture follows them.

    draw: takes the keywords, returns a Figure or PNG bytes. sliders: name=(low, high, step, start), or (…, start, "label").
    """
    controls = {}
    for name, (low, high, step, start, *label) in sliders.items():
        kind = widgets.IntSlider if all(isinstance(v, int) for v in (low, high, step, start)) else widgets.FloatSlider
        controls[name] = kind(
            start, min=low, max=high, step=step, description=label[0] if label else name,
            style={"description_width": "initial"}, layout=widgets.Layout(width="48%", min_width="280px"),
        )  # fmt: skip
    to_png = _Frames()

    def current() -> bytes:
        return to_png(draw(**{name: control.value for name, control in controls.items()}))

    picture = _image(current())
    trouble = widgets.HTML()

    def update(_change):
        try:
            picture.value, trouble.value = current(), ""
        except Exception as error:  # shown beside the sliders: a widget's callback has no other place for it
            trouble.value = f"<b style='color:#B00020'>{type(error).__name__}: {error}</b>"

    for control in controls.values():
        control.observe(update, names="value")
    row = widgets.Box(list(controls.values()), layout=widgets.Layout(flex_flow="row wrap"))
    display(widgets.VBox([row, picture, trouble]))


def film(pictures: list, captions: list[str], interval: int = 250) -> None:
    """Scrub or play through pictures (Figures or PNG bytes), each with its caption. interval: ms a picture when playing."""
    frames = list(map(_Frames(), pictures))
    if not frames or len(frames) != len(captions):
        raise ValueError(f"a film takes as many captions as pictures, at least one; found {len(captions)} and {len(frames)}")
    slider = widgets.IntSlider(len(frames) - 1, min=0, max=len(frames) - 1, description="frame", readout=False,
                               layout=widgets.Layout(width="60%"))  # fmt: skip
    play = widgets.Play(min=0, max=len(frames) - 1, value=len(frames) - 1, interval=interval)
    widgets.jslink((play, "value"), (slider, "value"))
    picture, caption = _image(frames[-1]), widgets.Label(captions[-1])

    def update(change):
        picture.value, caption.value = frames[change["new"]], captions[change["new"]]

    slider.observe(update, names="value")
    display(widgets.VBox([widgets.HBox([play, slider, caption]), picture]))
