"""A recipe out of a YAML file and of flags. An error names the file, the line and the field."""

import ast
import difflib
import inspect
import types
from dataclasses import is_dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import yaml

from gan_course.errors import GanCourseError
from gan_course.training.recipes import KINDS, AnyRecipe, unused

PACKAGE = Path(__file__).resolve().parents[1]


def shipped() -> dict[str, Path]:
    """The recipes of the course by name: those of the installed package, else of the checkout."""
    folder = PACKAGE / "configs"
    if not folder.is_dir():
        folder = PACKAGE.parent / "configs"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def find(name: str | Path) -> Path:
    """The YAML file of that path, or of the shipped recipe of that name."""
    path, known = Path(name), shipped()
    if path.is_file():
        return path
    if str(name) in known:
        return known[str(name)]
    raise GanCourseError(
        f"there is no recipe {str(name)!r}{nearest(path.stem, known)} Give the path of a YAML "
        f"file, or the name of a recipe of the course: {', '.join(known)}"
    )


def read(
    file: Path | None = None, changes: dict[str, str] | None = None, strict: bool = True
) -> AnyRecipe:
    """The recipe in a YAML file, or one of defaults, with the fields that flags change.

    changes: from dotted names, such as train.steps, to the text behind the flag. Raises
    GanCourseError for a file that cannot be read, an unknown field, and a wrong type or range;
    strict: and for a field that the recipe's networks do not look at.
    """
    given, lines = parse(file) if file else ({}, {})
    places = {name: f"{file}, line {line}: " for name, line in lines.items()}
    for name, text in (changes or {}).items():
        given[name], places[name] = text, "--"
    kind = given.get("kind", "images")
    if kind not in list(KINDS):  # a list, as YAML may put anything there
        raise GanCourseError(f"{file or '--kind'}: kind is {kind!r}; there are {', '.join(KINDS)}")
    types_of = field_types(KINDS[kind])
    values = {}
    for name, value in given.items():
        place = places.get(name, f"{file}: ")
        if name not in types_of:
            raise GanCourseError(
                f"{place}{name} is no field of a recipe of kind {kind}{nearest(name, types_of)}"
            )
        values[name] = convert(value, types_of[name], place + name)
    if "name" not in values:
        raise GanCourseError(
            f"{file or 'train'}: the name of the run is missing. Give the name of a recipe of the "
            f"course ({', '.join(shipped())}), or a YAML file with a name, or --name"
        )
    inner: dict[str, dict] = {}  # the fields of train and of adversarial
    for name in list(values):
        if "." in name:
            outer, field = name.split(".", 1)
            inner.setdefault(outer, {})[field] = values.pop(name)
    for outer, fields in inner.items():
        values[outer] = replace(getattr(KINDS[kind], outer), **fields)
    recipe = KINDS[kind](**values)
    for name in given if strict else ():
        if name in unused(recipe):
            raise GanCourseError(
                f"{places.get(name, '')}{name} changes nothing with networks: {recipe.networks}. "
                "Leave it out; `gan-course train --help` says which fields these look at"
            )
    return recipe


def parse(file: Path) -> tuple[dict, dict[str, int]]:
    """The fields of a YAML file by their dotted names, and the line of each."""
    try:
        text = file.read_text(encoding="utf-8")
        fields, root = yaml.safe_load(text), yaml.compose(text, yaml.SafeLoader)
    except OSError as error:
        raise GanCourseError(f"{file} cannot be read: {error.strerror}") from None
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise GanCourseError(f"{file}{line} is not YAML: {error.problem}") from None
    except Exception as error:  # of many kinds: no UTF-8, a date that does not exist, ...
        reason = str(error).split("\n")[0]
        raise GanCourseError(f"{file} cannot be read as YAML: {reason}") from None
    if not isinstance(fields, dict):
        raise GanCourseError(f"{file} must hold lines such as `name: my-run`; it holds {fields!r}")
    lines = {}
    for key, value in root.value:
        lines[str(key.value)] = key.start_mark.line + 1
        for inner, _ in value.value if isinstance(value, yaml.MappingNode) else ():
            lines[f"{key.value}.{inner.value}"] = inner.start_mark.line + 1
    return flat(fields), lines


def flat(fields: dict) -> dict:
    """Nested fields by their dotted names, such as train.steps."""
    found = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            found |= {f"{name}.{inner}": x for inner, x in value.items()}
        else:
            found[str(name)] = value
    return found


def field_types(kind: type, before: str = "") -> dict[str, type]:
    """The type of each field of a recipe by its dotted name, such as train.steps."""
    found = {}
    for name, hint in get_type_hints(kind).items():
        inner = field_types(hint, f"{before}{name}.") if is_dataclass(hint) else {}
        found |= inner or {before + name: hint}
    return found


def explained(kind: type, before: str = "", defaults=None) -> str:
    """A line for each field: the flag, its default, and the string that stands under the field.

    defaults: an object that holds them, where they are not the class's own.
    """
    body = ast.parse(inspect.getsource(kind)).body[0].body
    hints, text = get_type_hints(kind), ""
    for field, note in pairwise(body):
        if not isinstance(field, ast.AnnAssign):
            continue
        name = field.target.id
        if is_dataclass(hints[name]):
            text += explained(hints[name], f"{before}{name}.", getattr(kind, name))
        else:
            default = f"={getattr(defaults or kind, name)!r}" if field.value else ""
            text += f"  --{before}{name}{default}\n      {note.value.value}\n"
    return text


def convert(value, hint, name: str):
    """A value out of YAML, or the text of a flag, as the type of its field.

    Raises GanCourseError that names the field if it is of another type.
    """
    choices, origin = get_args(hint), get_origin(hint)
    if origin is types.UnionType:  # text or null
        return None if value in (None, "null") else convert(value, str, name)
    if isinstance(value, str) and hint is not str and origin is not Literal:
        value = text_value(value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if origin is Literal and value in list(choices):
        return value
    if origin is tuple and isinstance(value, list):
        kinds = [choices[0]] * len(value) if choices[1] is ... else choices
        if len(kinds) == len(value):
            return tuple(convert(x, kind, name) for x, kind in zip(value, kinds))
    if hint is float and number:
        return float(value)
    if hint in (int, bool, str) and type(value) is hint:
        return value
    wanted = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}
    wanted[Literal] = f"one of {', '.join(map(str, choices))}"
    wanted[tuple] = "a list of numbers, such as [256, 512]"
    raise GanCourseError(f"{name} is {value!r}: it must be {wanted[origin or hint]}")


def text_value(text: str):
    """What YAML reads in a text; 1e-3 is a number, too, which YAML 1.1 takes for text."""
    try:
        value = yaml.safe_load(text)
        return float(value) if isinstance(value, str) else value
    except Exception:  # of many kinds; a text that is neither stays what it is
        return text


def nearest(name: str, known) -> str:
    """How a sentence ends that has named an unknown word: with the nearest of the known ones."""
    found = [word for word in known if word.endswith(f".{name}")]  # steps: train.steps
    found += difflib.get_close_matches(name, list(known), 1)
    return f": did you mean {found[0]}?" if found else "."
