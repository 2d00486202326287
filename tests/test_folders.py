"""Folders of pictures as people have them: formats, colours, sizes, and whatever is broken."""

import io
import os
import re
import struct
import zlib
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from gan_course import folders, images
from gan_course.errors import DataError, GanCourseError


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch) -> Path:
    """A cache of this test's own."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    return images.cache_folder() / "pictures"


@pytest.fixture
def folder(tmp_path) -> Path:
    """An empty one."""
    made = tmp_path / "mine"
    made.mkdir()
    return made


def picture(colour=(200, 40, 90), size=(20, 20), mode="RGB") -> Image.Image:
    """A plain picture whose left upper quarter is black."""
    made = Image.new("RGB", size, colour)
    made.paste((0, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    return made.convert(mode)


def as_bytes(found) -> torch.Tensor:
    """Colour images as 0 to 255."""
    return ((found.images + 1) * 127.5).round().int()


# --- formats and modes ----------------------------------------------------------------------------
FORMATS = {
    "png": {},
    "jpg": {"quality": 95},
    "jpeg": {"quality": 95},
    "webp": {"lossless": True},
    "gif": {},
    "bmp": {},
    "tif": {},
    "tiff": {"compression": "tiff_lzw"},
    "ppm": {},
}


@pytest.mark.parametrize("ending", [*FORMATS, "PNG", "JPG"])
def test_every_format_is_read(folder, ending):
    picture().save(folder / f"a.{ending}", **FORMATS[ending.lower()])
    found = images.images(folder, size=20)
    assert found.images.shape == (1, 3, 20, 20) and found.images.dtype == torch.float32
    pixels = as_bytes(found)[0]
    tolerance = 12 if ending.lower().startswith("jp") else 3  # JPEG and GIF lose a little
    assert (pixels[:, 15, 15] - torch.tensor([200, 40, 90])).abs().max() <= tolerance
    assert pixels[:, 3, 3].max() <= tolerance  # rows and columns are not exchanged
    assert pixels[:, 3, 15].max() > 180 and pixels[:, 15, 3].max() > 180


def test_the_first_of_several_frames(folder):
    frames = [picture((250, 0, 0)), picture((0, 250, 0)), picture((0, 0, 250))]
    for ending in ("gif", "webp", "png", "tiff"):
        options = {"lossless": True} if ending == "webp" else {}
        frames[0].save(folder / f"a.{ending}", save_all=True, append_images=frames[1:], **options)
    frames[0].save(folder / "b.jpg", format="MPO", save_all=True, append_images=frames[1:])
    pixels = as_bytes(images.images(folder, size=20))
    assert len(pixels) == 5
    assert (pixels[:, 0, 15, 15] > 200).all() and (pixels[:, 1:, 15, 15] < 60).all()


def test_16_bits(folder):
    ramp = np.linspace(0, 65535, 400).reshape(20, 20).astype(np.uint16)
    Image.fromarray(ramp).save(folder / "a.png")
    Image.fromarray(ramp).save(folder / "b.tif")
    Image.fromarray(ramp.astype(np.int32)).save(folder / "c.tif")
    Image.fromarray((ramp / 65535).astype(np.float32)).save(folder / "d.tif")
    # RGB of 16 bits, which Pillow does not write
    rows = b"".join(b"\0" + struct.pack(">60H", *[0x80FF] * 60) for _ in range(20))
    head = struct.pack(">IIBBBBB", 20, 20, 16, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    png = b"\x89PNG\r\n\x1a\n"
    for name, data in parts:
        png += struct.pack(">I", len(data)) + name + data
        png += struct.pack(">I", zlib.crc32(name + data))
    (folder / "e.png").write_bytes(png)
    found = images.images(folder, size=20)
    assert found.images.shape == (5, 1, 20, 20)
    grey = 255 - as_bytes(found)[:, 0]  # grey pictures are ink on paper
    wanted = torch.tensor(ramp / 257).round()
    assert (grey[:4] - wanted).abs().max() <= 1
    assert (grey[4] - 0x80).abs().max() <= 1


@pytest.mark.parametrize("mode", ["RGB", "P", "CMYK", "RGBA", "LA", "L", "1", "YCbCr", "PA"])
def test_every_mode_is_read(folder, mode):
    grey = mode in ("LA", "L", "1")
    ending = {"CMYK": "tif", "YCbCr": "tif", "PA": "tif"}.get(mode, "png")
    made = picture((255, 255, 255) if grey else (200, 40, 90))
    if mode in ("P", "PA"):
        made = made.quantize(4)
    made.convert(mode).save(folder / f"a.{ending}")
    found = images.images(folder, size=20, channels=3)
    wanted = [255, 255, 255] if grey else [200, 40, 90]
    assert (as_bytes(found)[0, :, 15, 15] - torch.tensor(wanted)).abs().max() <= 5
    assert as_bytes(found)[0, :, 3, 3].max() <= 5
    assert len(found.report.modes) == 1


def test_transparent_is_white(folder):
    for mode, colour in (("RGBA", (255, 0, 0, 0)), ("LA", (0, 0))):
        made = Image.new(mode, (20, 20), colour)
        made.paste((*colour[:-1], 255), (0, 0, 10, 20))
        made.save(folder / f"{mode}.png")
    palette = Image.new("P", (20, 20), 0)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.paste(1, (0, 0, 10, 20))
    palette.save(folder / "p.gif", transparency=0)
    palette.save(folder / "p.png", transparency=0)
    Image.new("RGB", (20, 20), (9, 8, 7)).save(folder / "r.png", transparency=(9, 8, 7))
    half = Image.new("RGBA", (20, 20), (0, 0, 0, 128))
    half.save(folder / "s.png")
    found = dict(zip(sorted(os.listdir(folder)), as_bytes(images.images(folder, size=20))))
    for name in ("LA.png", "RGBA.png", "p.gif", "p.png", "r.png"):
        assert (found[name][:, :, 15] == 255).all(), name
    assert found["RGBA.png"][:, 5, 5].tolist() == [255, 0, 0]
    assert found["LA.png"][:, 5, 5].tolist() == [0, 0, 0]
    assert found["p.gif"][:, 5, 5].tolist() == [0, 0, 255]
    assert (found["s.png"] - 127).abs().max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_upright_as_the_camera_noted(folder, orientation):
    upright = picture((250, 250, 250), (30, 30))
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,  # the file lies on its side: shown turned by 270 degrees
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(turn[orientation]) if orientation in turn else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(folder / "a.jpg", exif=exif, quality=95)
    pixels = as_bytes(images.images(folder, size=30, channels=3))[0, 0]
    assert pixels[:12, :12].max() < 30 and pixels[18:].min() > 220 and pixels[:, 18:].min() > 220


def test_a_damaged_note_of_the_camera_loses_no_picture(folder):
    picture().save(folder / "a.jpg", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")
    assert len(images.images(folder, size=20)) == 1


# --- sizes ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("shape", [(90, 30), (30, 90), (31, 30), (300, 300), (7, 9), (1, 1)])
def test_cut_to_the_middle_square(folder, shape):
    width, height = shape
    side = min(shape)
    made = Image.new("RGB", shape, (255, 0, 0))
    left, top = (width - side) // 2, (height - side) // 2
    made.paste((0, 255, 0), (left, top, left + side, top + side))
    made.save(folder / "a.png")
    pixels = as_bytes(images.images(folder, size=16))
    assert pixels.shape == (1, 3, 16, 16)
    assert (pixels[0, 1] == 255).all() and (pixels[0, 0] == 0).all()


def test_fine_stripes_become_grey_and_no_pattern(folder):
    stripes = np.zeros((512, 512), np.uint8)
    stripes[:, ::2] = 255
    Image.fromarray(stripes).save(folder / "a.png")
    found = images.images(folder, size=32)
    assert found.images.abs().max() < 0.05 and found.images.shape == (1, 1, 32, 32)


def test_a_large_photograph_is_reduced_while_it_is_decoded(folder):
    big = picture((250, 250, 250), (3000, 2000))
    big.save(folder / "a.jpg")
    found = images.images(folder, size=64)
    assert found.report.sizes == {"3000 x 2000": 1} and found.report.smaller == 0
    assert found.images[0, 0, 5, 5] > 0.9 and found.images[0, 0, 60, 60] < -0.9


def test_pictures_of_the_asked_size_keep_every_pixel(folder):
    pixels = np.random.default_rng(0).integers(0, 256, (24, 24, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(folder / "a.png")
    found = as_bytes(images.images(folder, size=24))[0]
    assert torch.equal(found, torch.tensor(pixels).permute(2, 0, 1).int())
    assert images.images(folder).images.shape == (1, 3, 64, 64)


# --- channels -------------------------------------------------------------------------------------
def test_grey_only_where_all_are(folder):
    picture((128, 128, 128), mode="L").save(folder / "a.png")
    picture((128, 128, 128), mode="RGB").save(folder / "b.jpg")  # grey, stored as colour
    grey = images.images(folder, size=20)
    assert grey.images.shape == (2, 1, 20, 20) and grey.report.channels == 1
    assert grey.images[:, 0, 3, 3].min() > 0.95  # black ink is 1
    assert grey.images[:, 0, 15, 15].abs().max() < 0.05
    picture((128, 128, 130)).save(folder / "c.png")
    colour = images.images(folder, size=20)
    assert colour.images.shape == (3, 3, 20, 20) and colour.report.channels == 3
    assert colour.images[:, :, 3, 3].max() < -0.95  # in colour, 1 is bright
    assert images.images(folder, size=20, channels=1).images.shape == (3, 1, 20, 20)


def test_a_sheet_of_grey_pictures_is_no_negative(folder):
    from gan_course import plots

    picture((255, 255, 255), mode="L").save(folder / "a.png")
    for channels in (1, 3):
        sheet = plots.image_grid(images.images(folder, size=20, channels=channels).images, pad=0)
        assert sheet[3, 3].max() < 5 and sheet[15, 15].min() > 250


# --- folders within folders -----------------------------------------------------------------------
def test_folders_become_classes(folder):
    for name, count in (("zebra", 2), ("ape", 3), ("Äffin 猫", 1)):
        (folder / name / "deeper").mkdir(parents=True)
        for k in range(count):
            picture().save(folder / name / ("deeper" if k else "") / f"{k}.png")
    (folder / "empty").mkdir()
    (folder / ".git").mkdir()
    picture().save(folder / ".git" / "a.png")
    (folder / "__MACOSX").mkdir()
    picture().save(folder / "__MACOSX" / "a.png")
    found = images.images(folder, size=8)
    assert found.classes == ("ape", "zebra", "Äffin 猫")
    assert found.labels.tolist() == [0, 0, 0, 1, 1, 2]
    assert found.labels.dtype == torch.int64 and found.report.read == 6


def test_pictures_beside_the_folders_make_one_class(folder):
    (folder / "cats").mkdir()
    picture().save(folder / "cats" / "a.png")
    picture().save(folder / "b.png")
    found = images.images(folder, size=8)
    assert found.classes == ("mine",) and found.labels.tolist() == [0, 0]
    assert "1 picture beside the folders cats: these are therefore no classes" in str(found.report)


def test_training_and_test_folders(folder):
    for part, name, count in (
        ("Train", "ape", 3),
        ("Train", "bear", 1),
        ("val", "bear", 2),
        ("val", "cow", 1),
    ):
        (folder / part / name).mkdir(parents=True, exist_ok=True)
        for k in range(count):
            picture((40 * k, 0, 0)).save(folder / part / name / f"{k}.png")
    train, test = images.images(folder, size=8), images.images(folder, "test", size=8)
    assert train.classes == test.classes == ("ape", "bear", "cow")
    assert (train.labels.tolist(), test.labels.tolist()) == ([0, 0, 0, 1], [1, 1, 2])


def test_a_folder_without_test_pictures_says_how_to_set_some_aside(folder):
    picture().save(folder / "a.png")
    with pytest.raises(DataError, match=r"no pictures set aside for testing: put .*test/.*train/"):
        images.images(folder, "test")


def test_other_files_are_passed_over(folder, capsys):
    picture().save(folder / "a.png")
    picture().save(folder / ".hidden.png")
    for name in ("Thumbs.db", ".DS_Store", "labels.csv", "README", "b.heic", "c.heic"):
        (folder / name).write_bytes(b"something")
    found = images.images(folder, size=8)
    assert len(found) == 1 and not found.report.left_out
    assert found.report.passed_over == {".heic": 2, ".db": 1, ".csv": 1, "without an ending": 1}
    printed = capsys.readouterr().out
    assert str(found.report) in printed and ".heic (2)" in printed


# --- what is broken -------------------------------------------------------------------------------
def whole_jpeg() -> bytes:
    buffer = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(buffer, "JPEG")
    return buffer.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n"
    for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b"")):
        png += (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )
    return png


BROKEN = {
    "truncated.jpg": (lambda: whole_jpeg()[:900], "damaged: .*truncated"),
    "cut in the header.jpg": (lambda: whole_jpeg()[:20], "not a picture|damaged"),
    "text.png": (lambda: b"these are only words", "not a picture, whatever its name says"),
    "empty.webp": (lambda: b"", "0 bytes"),
    "bomb.png": (lambda: bomb(30_000, 30_000), r"too large \(900,000,000 pixels\)"),
    "small bomb.png": (lambda: bomb(12_000, 12_000), r"too large \(12,000 x 12,000 pixels\)"),
    "page.tiff": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "not a picture"),
}


def test_broken_files_are_left_out_and_named(folder, capsys):
    for name, (content, _) in BROKEN.items():
        (folder / name).write_bytes(content())
    (folder / "link.png").symlink_to(folder / "link.png")
    (folder / "nowhere.png").symlink_to(folder / "gone.png")
    os.mkfifo(folder / "pipe.png")
    for k in range(3):
        picture().save(folder / f"good {k}.png")
    before = {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()}
    found = images.images(folder, size=16)
    assert len(found) == 3 and found.report.read == 3
    left_out = found.report.left_out
    assert set(left_out) == {*BROKEN, "link.png", "nowhere.png", "pipe.png"}
    for name, (_, reason) in BROKEN.items():
        assert re.search(reason, left_out[name]), (name, left_out[name])
    assert "not to be reached" in left_out["link.png"]
    assert left_out["pipe.png"] == "no ordinary file"
    assert "left out, 0 bytes: 1 (empty.webp)" in capsys.readouterr().out
    # nothing in the folder has changed
    assert before == {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()}


def test_a_report_names_the_first_few(folder):
    picture().save(folder / "a.png")
    for k in range(7):
        (folder / f"{k}.png").write_bytes(b"text")
    report = str(images.images(folder, size=8).report)
    assert "left out, not a picture, whatever its name says: 7 (0.png, 1.png, 2.png, ...)" in report


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_an_unreadable_file_and_folder(folder):
    picture().save(folder / "a.png")
    picture().save(folder / "b.png")
    (folder / "closed").mkdir()
    (folder / "b.png").chmod(0)
    (folder / "closed").chmod(0)
    found = images.images(folder, size=8)
    (folder / "closed").chmod(0o700)
    assert len(found) == 1 and set(found.report.left_out) == {"b.png", "closed"}


def test_an_unreadable_file_is_left_out_also_for_root(folder, monkeypatch):
    for name in ("a.png", "b.png"):
        picture().save(folder / name)
    opened = Image.open

    def refuse(file, *args, **kwargs):
        if Path(file).name == "b.png":
            raise PermissionError(13, "Permission denied")
        return opened(file, *args, **kwargs)

    monkeypatch.setattr(Image, "open", refuse)
    assert images.images(folder, size=8).report.left_out == {"b.png": "Permission denied"}


def test_links_are_followed_once_and_loops_end(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    picture().save(elsewhere / "a.png")
    (folder / "cats").symlink_to(elsewhere)
    (elsewhere / "up").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    found = images.images(folder, size=8)
    assert len(found) == 1 and found.classes == ("cats",)


NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters='/\0\\:*?"<>|'),
    min_size=1,
    max_size=40,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.sets(NAMES, min_size=1, max_size=4))
def test_names_of_any_letters(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("names")
    names = {name for name in names if not name.startswith(".") and len(os.fsencode(name)) < 240}
    for name in names:
        picture(size=(4, 4)).save(folder / f"{name}.png", format="PNG")
        (folder / f"{name}x.png").write_bytes(b"text")
    if not names:
        return
    found = images.images(folder, size=4)
    assert len(found) == len(os.listdir(folder)) - len(found.report.left_out)
    lines = str(found.report).encode("utf-8").decode().split("\n")
    assert len(lines) <= 5 and found.report.read >= 1


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="names are Unicode")
def test_names_that_are_no_letters_at_all(folder):
    bad = os.fsencode(folder) + b"/\xff\xfe\n.png"
    picture(size=(4, 4)).save(folder / "a.png")
    os.mkdir(os.fsencode(folder) + b"/\xe9")
    with open(bad, "wb") as file:
        file.write(b"text")
    with pytest.raises(DataError, match="holds no pictures"):
        images.images(os.fsdecode(os.fsencode(folder) + b"/\xe9"), size=4)
    found = images.images(folder, size=4)
    assert found.report.left_out == {
        "\\udcff\\udcfe\\n.png": "not a picture, whatever its name says"
    }


WHOLE = {}
for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "PPM"):
    buffer = io.BytesIO()
    picture(size=(12, 9)).save(buffer, kind)
    WHOLE[kind] = buffer.getvalue()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kind=st.sampled_from(sorted(WHOLE)),
    flips=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=8),
    cut=st.integers(0, 60),
    more=st.binary(max_size=40),
)
def test_spoiled_bytes_never_stop_the_others(tmp_path_factory, kind, flips, cut, more):
    spoiled = bytearray(WHOLE[kind])
    for place, byte in flips:
        spoiled[place % len(spoiled)] = byte
    folder = tmp_path_factory.mktemp("spoiled")
    (folder / f"a.{kind.lower()}").write_bytes(bytes(spoiled[: len(spoiled) - cut]) + more)
    picture().save(folder / "good.png")
    found = images.images(folder, size=8)
    assert 1 <= len(found) <= 2 and len(found) + len(found.report.left_out) == 2
    assert found.images.isfinite().all()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    content=st.binary(max_size=300).filter(lambda b: b[:1] != b"P"),
    ending=st.sampled_from(sorted(folders.ENDINGS)),
)
def test_random_bytes_give_one_clear_error(tmp_path_factory, content, ending):
    folder = tmp_path_factory.mktemp("random")
    (folder / f"a{ending}").write_bytes(content)
    with pytest.raises(DataError, match=r"none of the 1 files in .* can be read") as error:
        images.images(folder, size=8)
    said = str(error.value)
    assert f"the first, a{ending}: " in said and said.isprintable()


# --- folders that hold nothing --------------------------------------------------------------------
def test_no_pictures_at_all(folder):
    with pytest.raises(DataError, match=r"mine holds no pictures: name a folder .*\.png"):
        images.images(folder)
    (folder / "deeper" / "still").mkdir(parents=True)
    (folder / "deeper" / "notes.txt").write_text("words")
    with pytest.raises(DataError, match=r"holds no pictures \(passed over: \.txt \(1\)\)"):
        images.images(folder)


def test_what_is_no_folder(folder):
    with pytest.raises(
        GanCourseError, match=r"'no such' is neither .* nor a folder: .*\"faces\", \"embedded\""
    ):
        images.images("no such")
    for name in ("", "~no-such-user/x", "x" * 5_000):
        with pytest.raises(GanCourseError, match="nor a folder: name a folder of pictures"):
            images.images(name)
    (folder / "a.zip").write_bytes(b"PK")
    with pytest.raises(GanCourseError, match="is a file: name a folder of pictures"):
        images.images(folder / "a.zip")


# --- memory ---------------------------------------------------------------------------------------
def test_a_folder_too_large_says_how_many_fit_and_offers_a_size(folder, monkeypatch):
    for k in range(40):
        picture(size=(4, 4)).save(folder / f"{k}.png")

    class Memory:
        available = 20 * 5 * 3 * 64 * 64 / folders.SHARE + 1  # twenty pictures

    monkeypatch.setattr(psutil, "virtual_memory", Memory)
    with pytest.raises(DataError, match=r"holds 40 pictures; .*Keep 20 of them.*size=40") as error:
        images.images(folder, size=64)
    assert "\n" not in str(error.value)
    assert images.images(folder, size=40).images.shape == (40, 3, 40, 40)
    Memory.available = 1
    with pytest.raises(DataError, match="Keep 0 of them, which fit$"):
        images.images(folder, size=64)


def test_few_pictures_are_called_so(folder, monkeypatch):
    monkeypatch.setattr(folders, "FEW", 5)
    for k in range(5):
        (folder / f"{k}.png").write_bytes(WHOLE["PNG"])
    report = images.images(folder, size=8).report
    assert report.read == 5 and not report.notes
    (folder / "0.png").unlink()
    report = images.images(folder, size=8).report
    assert "fewer than 5 pictures" in str(report) and "augmented" in str(report)


# --- the cache ------------------------------------------------------------------------------------
def test_decoded_once_until_a_file_changes(folder, cache, monkeypatch, capsys):
    for k in range(3):
        picture((50 * k, 0, 0)).save(folder / f"{k}.png")
    (folder / "broken.png").write_bytes(b"text")
    first = images.images(folder, size=8)
    said = capsys.readouterr().out
    calls = []
    decode = folders.decode
    monkeypatch.setattr(
        folders, "decode", lambda *given: calls.append(given[0].name) or decode(*given)
    )
    again = images.images(folder, size=8)
    assert not calls and torch.equal(again.images, first.images)
    assert again.report == first.report and capsys.readouterr().out == said
    assert len(list(cache.iterdir())) == 1
    assert sorted(path.name for path in folder.iterdir()) == [
        "0.png",
        "1.png",
        "2.png",
        "broken.png",
    ]
    for change in (
        lambda: os.utime(folder / "0.png", ns=(1, 1)),
        lambda: (folder / "0.png").rename(folder / "5.png"),
        lambda: (folder / "5.png").unlink(),
        lambda: picture().save(folder / "6.png"),
        lambda: next(cache.iterdir()).write_bytes(b"spoiled"),
        lambda: next(cache.iterdir()).write_bytes(next(cache.iterdir()).read_bytes()[:-100]),
    ):
        change()
        calls.clear()
        images.images(folder, size=8)
        assert calls
    calls.clear()
    images.images(folder, size=8, channels=1)  # another size or colour is another file
    assert calls and len(list(cache.iterdir())) == 2


def test_where_no_cache_can_be_written(folder, tmp_path, monkeypatch):
    picture().save(folder / "a.png")
    (tmp_path / "cache").write_text("a file where a folder should be")
    report = images.images(folder, size=8).report
    assert "not kept for the next time" in str(report)


def test_a_set_is_read_again_by_its_name(folder, monkeypatch):
    picture().save(folder / "a.png")
    monkeypatch.chdir(folder.parent)
    found = images.images("mine", size=8)
    monkeypatch.chdir("/")
    assert torch.equal(images.images(found.name, size=8).images, found.images)
    assert found.source == "1 picture of mine"
