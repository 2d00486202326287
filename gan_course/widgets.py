"""Sliders: move a number and see a picture change. Without a running kernel the notebook still shows the first picture.

Both show PNG bytes in an `ipywidgets.Image`; an error in a drawing function stands in the cell, not in a log.
"""

import ipywidgets as widgets
from IPython.display import display

from gan_course import plots


def _bytes(picture) -> bytes:
    return picture if isinstance(picture, bytes) else plots.png(picture)


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
    picture = widgets.Image(value=_bytes(draw(**{name: c.value for name, c in controls.items()})), format="png")
    trouble = widgets.HTML()

    def update(_change):
        try:
            picture.value, trouble.value = _bytes(draw(**{name: c.value for name, c in controls.items()})), ""
        except Exception as error:  # shown beside the sliders: a widget's callback has no other place for it
            trouble.value = f"<b style='color:#B00020'>{type(error).__name__}: {error}</b>"

    for control in controls.values():
        control.observe(update, names="value")
    row = widgets.Box(list(controls.values()), layout=widgets.Layout(flex_flow="row wrap"))
    display(widgets.VBox([row, picture, trouble]))


def film(pictures: list, captions: list[str], interval: int = 250) -> None:
    """Scrub or play through pictures (Figures or PNG bytes), each with its caption. interval: ms a picture when playing."""
    frames = [_bytes(picture) for picture in pictures]
    if not frames or len(frames) != len(captions):
        raise ValueError(f"a film takes as many captions as pictures, at least one; found {len(captions)} and {len(frames)}")
    slider = widgets.IntSlider(len(frames) - 1, min=0, max=len(frames) - 1, description="frame", readout=False,
                               layout=widgets.Layout(width="60%"))  # fmt: skip
    play = widgets.Play(min=0, max=len(frames) - 1, value=len(frames) - 1, interval=interval)
    widgets.jslink((play, "value"), (slider, "value"))
    picture, caption = widgets.Image(value=frames[-1], format="png"), widgets.Label(captions[-1])

    def update(change):
        picture.value, caption.value = frames[change["new"]], captions[change["new"]]

    slider.observe(update, names="value")
    display(widgets.VBox([widgets.HBox([play, slider, caption]), picture]))
