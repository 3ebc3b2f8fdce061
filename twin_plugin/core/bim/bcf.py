"""Writes BCF 2.1, the format in which BIM tools exchange topics with a view of the model, from plain values."""

from __future__ import annotations

import html
import math
import re
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

Vector = tuple[float, float, float]

VERSION = "2.1"
AUTHOR = "City Twin"
FIELD_OF_VIEW_DEG = 60.0
COLOUR = "FFD7191C"
"""Alpha, red, green and blue of the component that a topic is about."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Camera:
    """An eye in model metres, and the unit vectors along which it looks and that points up in its picture."""

    eye: Vector
    direction: Vector
    up: Vector


@dataclass(frozen=True)
class BcfTopic:
    """One thing to look at.

    Attributes
    ----------
    guid : uuid.UUID
        Stays the same when the topic is written again, so that a tool updates it.
    title, description, priority : str
    component : str
        GlobalId of the element it is about.
    camera : Camera
    labels : tuple of str
    """

    guid: uuid.UUID
    title: str
    description: str
    priority: str
    component: str
    camera: Camera
    labels: tuple[str, ...] = ()


def look(eye: Vector, target: Vector) -> Camera:
    """A camera at `eye` that looks at `target`, upright."""
    ray = [b - a for a, b in zip(eye, target, strict=True)]
    length = math.sqrt(sum(value * value for value in ray)) or 1.0
    x, y, z = (value / length for value in ray)
    flat = math.hypot(x, y)
    up = (-x * z / flat, -y * z / flat, flat) if flat > 1e-9 else (0.0, 1.0, 0.0)
    return Camera(eye, (x, y, z), up)


def write_bcf(path: Path, topics: Sequence[BcfTopic], file_name: str, project: str, created: datetime) -> None:
    """Write a .bcfzip; the same topics and time give the same bytes.

    Parameters
    ----------
    path : Path
    topics : sequence of Topic
        May be empty: the file then holds no topic.
    file_name, project : str
        Name of the IFC file that the topics are about, and GlobalId of its IfcProject ("" when it has none).
    created : datetime
        Time of the topics, with its time zone.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        version = f'<Version VersionId="{VERSION}"><DetailedVersion>{VERSION}</DetailedVersion></Version>\n'
        _add(archive, "bcf.version", version)
        for number, topic in enumerate(topics, 1):
            view = uuid.uuid5(topic.guid, "viewpoint")
            _add(archive, f"{topic.guid}/markup.bcf", _markup(topic, number, view, file_name, project, created))
            _add(archive, f"{topic.guid}/viewpoint.bcfv", _viewpoint(topic, view))


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, (_XML + text).encode("utf-8"))


def _text(value: str) -> str:
    """Text as XML takes it: escaped, without the characters that XML forbids."""
    return html.escape(_INVALID.sub(" ", value))


def _markup(topic: BcfTopic, number: int, view: uuid.UUID, file_name: str, project: str, created: datetime) -> str:
    of_project = f' IfcProject="{_text(project)}"' if project else ""
    labels = "".join(f"<Labels>{_text(label)}</Labels>" for label in topic.labels)
    return (
        f'<Markup>\n<Header><File{of_project} isExternal="true"><Filename>{_text(file_name)}</Filename></File>'
        "</Header>\n"
        f'<Topic Guid="{topic.guid}" TopicType="Issue" TopicStatus="Open">\n<Title>{_text(topic.title)}</Title>'
        f"<Priority>{_text(topic.priority)}</Priority><Index>{number}</Index>{labels}\n"
        f"<CreationDate>{created.isoformat(timespec='seconds')}</CreationDate>"
        f"<CreationAuthor>{AUTHOR}</CreationAuthor>\n<Description>{_text(topic.description)}</Description>\n</Topic>\n"
        f'<Viewpoints Guid="{view}"><Viewpoint>viewpoint.bcfv</Viewpoint></Viewpoints>\n</Markup>\n'
    )


def _viewpoint(topic: BcfTopic, view: uuid.UUID) -> str:
    component = f'<Component IfcGuid="{_text(topic.component)}"/>'
    camera = topic.camera
    return (
        f'<VisualizationInfo Guid="{view}">\n<Components><Selection>{component}</Selection>'
        '<Visibility DefaultVisibility="true"/>'
        f'<Coloring><Color Color="{COLOUR}">{component}</Color></Coloring></Components>\n'
        f"<PerspectiveCamera>{_vector('CameraViewPoint', camera.eye)}{_vector('CameraDirection', camera.direction)}"
        f"{_vector('CameraUpVector', camera.up)}<FieldOfView>{FIELD_OF_VIEW_DEG:g}</FieldOfView></PerspectiveCamera>\n"
        "</VisualizationInfo>\n"
    )


def _vector(name: str, values: Vector) -> str:
    x, y, z = (f"{value + 0.0:.6f}" for value in values)
    return f"<{name}><X>{x}</X><Y>{y}</Y><Z>{z}</Z></{name}>"
