import ipywidgets
import pytest

from gan_course import plots, widgets


@pytest.fixture
def shown(monkeypatch):
    """Call a function, and return the widget that it displays."""

    def call(function, *args, **kwargs):
        seen = []
        monkeypatch.setattr(widgets, "display", seen.append)
        function(*args, **kwargs)
        return seen[0]

    return call


def parts(box, kind):
    found = [box] if isinstance(box, kind) else []
    return found + [w for child in getattr(box, "children", ()) for w in parts(child, kind)]


def draw(shift, modes):
    if modes == 4:
        raise ValueError("four is not allowed")
    fig, ax = plots.figure(height=1, width=2)
    ax.plot([0, shift], [0, modes])
    return fig


def test_explore_follows_its_sliders_and_shows_errors(shown):
    box = shown(widgets.explore, draw, shift=(0.0, 2.0, 0.5, 1.0, "shift of G"), modes=(1, 5, 1, 2))
    shift, modes = parts(box, ipywidgets.FloatSlider)[0], parts(box, ipywidgets.IntSlider)[0]
    picture, trouble = parts(box, ipywidgets.Image)[0], parts(box, ipywidgets.HTML)[0]
    assert (shift.value, shift.description, modes.value) == (1.0, "shift of G", 2)
    first = picture.value
    shift.value = 2.0
    assert picture.value != first and bytes(picture.value).startswith(b"\x89PNG")
    last = picture.value
    modes.value = 4
    assert "four is not allowed" in trouble.value and picture.value == last
    modes.value = 5
    assert trouble.value == ""


def test_explore_fails_the_cell_if_the_first_picture_fails():
    with pytest.raises(ValueError, match="four"):
        widgets.explore(draw, shift=(0.0, 2.0, 0.5, 1.0), modes=(1, 5, 1, 4))


def test_axes_stay_where_the_first_picture_had_them():
    to_png, figures = widgets._Frames(), [plots.figure(1, 2)[0] for _ in range(2)]
    figures[1].axes[0].set_ylabel("a long label\nthat would move the axes\nto the right")
    assert all(to_png(fig).startswith(b"\x89PNG") for fig in figures)
    places = [[axes.get_position().bounds for axes in fig.axes] for fig in figures]
    assert places[0][0] == pytest.approx(places[1][0]) and places[0][1] == pytest.approx(places[1][1])


def test_film_scrubs(shown):
    frames = [plots.png(draw(i, 1), dpi=40) for i in (1, 2, 3)]
    box = shown(widgets.film, frames, ["a", "b", "c"])
    slider, picture, caption = (parts(box, kind)[0] for kind in (ipywidgets.IntSlider, ipywidgets.Image, ipywidgets.Label))
    assert picture.value == frames[2] and caption.value == "c"
    slider.value = 0
    assert picture.value == frames[0] and caption.value == "a"
    with pytest.raises(ValueError, match="as many captions"):
        widgets.film(frames, ["a"])
