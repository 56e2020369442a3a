"""The manifest of the Excel pane: one XML file for the address at which the folder stands.

Add-in only manifests (schema 1.1) install on every Excel that has panes, the perpetual ones too;
the newer JSON ones do not. The id comes from the address: one made again replaces the old one.
Sources: the reference of Office add-in manifests at learn.microsoft.com/office/dev/add-ins.
"""

import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Final
from urllib.parse import SplitResult, urlsplit
from xml.sax.saxutils import escape, quoteattr

from sheetrecord import __version__
from sheetrecord.model.errors import BadSettings

ICONS: Final = (16, 32, 80)
OFFICE: Final = "http://schemas.microsoft.com/office/appforoffice/1.1"
_LOCAL: Final = ("localhost", "127.0.0.1", "::1", "[::1]")
_LONGEST: Final = {"DisplayName": 125, "Description": 250, "ProviderName": 125}
"""Letters that a store takes at most (the same reference)."""


def pane_address(url: str) -> str:
    """Return an address as the manifest has it, with a slash behind it.

    Raises BadSettings for one that is not https, names this machine, or has a query or a password.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets around what is no number of a host
        raise BadSettings("--url", "it is no address.", _PUBLIC) from None
    why = _wrong(parts)
    if why:
        raise BadSettings("--url", why, _PUBLIC)
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return f"https://{parts.netloc.lower()}{path}"


_THIS_MACHINE: Final = (
    "Excel opens a pane from this machine only with a certificate that the machine trusts, and a "
    "browser asks the reader first and may say no."
)


_PUBLIC: Final = (
    "Name the https address at which the folder stands, as https://firm.example/record/."
)


def _wrong(parts: SplitResult) -> str:
    """Return why no pane opens at an address; nothing where one does."""
    if (parts.hostname or "") in _LOCAL:
        return _THIS_MACHINE
    if parts.scheme != "https" or not parts.hostname:
        return "it is no https address; Excel opens no other pane."
    if parts.username or parts.password or parts.query or parts.fragment:
        return "it has more than a host and a path."
    plain = re.fullmatch(r"[A-Za-z0-9.:_\[\]-]+", parts.netloc)
    return "" if plain and re.fullmatch(r"[A-Za-z0-9._~/%-]*", parts.path) else "its path is odd."


def add_in_id(url: str) -> str:
    """Return the id of the add-in for an address: the same for the same address."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{url}#sheetrecord"))


def version_of_four(version: str) -> str:
    """Return a version in four numbers, as a manifest needs it.

    >>> version_of_four("0.1.0"), version_of_four("1.2.3rc1")
    ('0.1.0.0', '1.2.3.0')
    """
    numbers = [re.match(r"\d*", part)[0] or "0" for part in version.split(".")[:4]]  # type: ignore[index]
    return ".".join([*numbers, "0", "0", "0"][:4])


def manifest(url: str) -> str:
    """Return the manifest for an address that `pane_address` returned.

    Raises BadSettings when it breaks a rule that is known of manifests; see `faults`.
    """
    root = escape(url)
    text = _TEXT.format(
        id=add_in_id(url),
        version=version_of_four(__version__),
        url=root,
        origin=escape("https://" + urlsplit(url).netloc),
        pane=quoteattr(f"{url}index.html?host=office"),
        icons="\n".join(_icon(size) for size in ICONS),
        images="\n".join(
            f'        <bt:Image id="Icon.{size}" DefaultValue="{root}icon-{size}.png"/>'
            for size in ICONS
        ),
    )
    found = list(faults(text))
    if found:
        raise BadSettings("manifest.xml", found[0], "")
    return text


def _icon(size: int) -> str:
    return f'                  <bt:Image size="{size}" resid="Icon.{size}"/>'


_TEXT: Final = """<?xml version="1.0" encoding="UTF-8"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0"
  xmlns:ov="http://schemas.microsoft.com/office/taskpaneappversionoverrides"
  xsi:type="TaskPaneApp">
  <Id>{id}</Id>
  <Version>{version}</Version>
  <ProviderName>sheetrecord</ProviderName>
  <DefaultLocale>en-US</DefaultLocale>
  <DisplayName DefaultValue="sheetrecord"/>
  <Description DefaultValue="What is missing in the record, and closing a deal."/>
  <IconUrl DefaultValue="{url}icon-32.png"/>
  <HighResolutionIconUrl DefaultValue="{url}icon-80.png"/>
  <SupportUrl DefaultValue="{url}README.txt"/>
  <AppDomains>
    <AppDomain>{origin}</AppDomain>
  </AppDomains>
  <Hosts>
    <Host Name="Workbook"/>
  </Hosts>
  <Requirements>
    <Sets DefaultMinVersion="1.1">
      <Set Name="ExcelApi" MinVersion="1.7"/>
    </Sets>
  </Requirements>
  <DefaultSettings>
    <SourceLocation DefaultValue={pane}/>
  </DefaultSettings>
  <Permissions>ReadWriteDocument</Permissions>
  <ov:VersionOverrides xmlns="http://schemas.microsoft.com/office/taskpaneappversionoverrides"
    xsi:type="VersionOverridesV1_0">
    <Hosts>
      <Host xsi:type="Workbook">
        <DesktopFormFactor>
          <ExtensionPoint xsi:type="PrimaryCommandSurface">
            <OfficeTab id="TabHome">
              <Group id="Record.Group">
                <Label resid="Group.Label"/>
                <Icon>
{icons}
                </Icon>
                <Control xsi:type="Button" id="Record.Open">
                  <Label resid="Open.Label"/>
                  <Supertip>
                    <Title resid="Open.Label"/>
                    <Description resid="Open.Tip"/>
                  </Supertip>
                  <Icon>
{icons}
                  </Icon>
                  <Action xsi:type="ShowTaskpane">
                    <TaskpaneId>Record.Pane</TaskpaneId>
                    <SourceLocation resid="Pane.Url"/>
                  </Action>
                </Control>
              </Group>
            </OfficeTab>
          </ExtensionPoint>
        </DesktopFormFactor>
      </Host>
    </Hosts>
    <Resources>
      <bt:Images>
{images}
      </bt:Images>
      <bt:Urls>
        <bt:Url id="Pane.Url" DefaultValue={pane}/>
      </bt:Urls>
      <bt:ShortStrings>
        <bt:String id="Group.Label" DefaultValue="Record"/>
        <bt:String id="Open.Label" DefaultValue="Check the record"/>
      </bt:ShortStrings>
      <bt:LongStrings>
        <bt:String id="Open.Tip" DefaultValue="Shows what is missing, and closes a deal."/>
      </bt:LongStrings>
    </Resources>
  </ov:VersionOverrides>
</OfficeApp>
"""

_ORDER: Final = (
    *("Id", "Version", "ProviderName", "DefaultLocale", "DisplayName", "Description", "IconUrl"),
    *("HighResolutionIconUrl", "SupportUrl", "AppDomains", "Hosts", "Requirements"),
    *("DefaultSettings", "Permissions", "VersionOverrides"),
)
"""The order of the schema: a manifest with its parts in another is refused."""


def is_manifest(data: bytes) -> bool:
    """Tell whether a file is a manifest that was made here."""
    return b"<ProviderName>sheetrecord</ProviderName>" in data


def faults(text: str) -> Iterator[str]:
    """Yield what of the known rules a manifest breaks; Microsoft's own check is a web service."""
    try:
        root = ET.fromstring(text)  # noqa: S314 - our own text, or the file that somebody checks
    except ET.ParseError as error:
        yield f"it is no XML ({error})."
        return
    if root.tag != f"{{{OFFICE}}}OfficeApp":
        yield "it is no manifest of an Office add-in."
        return
    yield from _of_order(root)
    yield from _of_addresses(root)
    yield from _of_ids(root)
    yield from _of_lengths(root)


def _of_order(root: ET.Element) -> Iterator[str]:
    names = [_bare(child) for child in root]
    unknown = [name for name in names if name not in _ORDER]
    if unknown:
        yield f"nobody knows the part {unknown[0]}."
    elif names != sorted(names, key=_ORDER.index):
        yield f"its parts are out of order: {', '.join(names)}."
    needed = set(_ORDER) - {"SupportUrl", "HighResolutionIconUrl"}
    for name in sorted(needed - {*names}):
        yield f"the part {name} is missing."


def _of_addresses(root: ET.Element) -> Iterator[str]:
    addresses = [one for one in _said(root, "") if "://" in one]
    domains = [one.text or "" for one in root.iter() if _bare(one) == "AppDomain"]
    yield from (f"{one} is not https." for one in (*addresses, *domains) if not _is_https(one))
    origins = {_origin(one) for one in domains}
    panes = [one for one in _said(root, "SourceLocation") if one]
    yield from (
        f"{one} is in none of its AppDomains." for one in panes if _origin(one) not in origins
    )
    for size in ICONS:
        if not any(value.endswith(f"/icon-{size}.png") for value in addresses):
            yield f"it has no icon of {size} pixels."


def _said(root: ET.Element, name: str) -> list[str]:
    """Return what parts of a name say, or all parts."""
    return [one.get("DefaultValue", "") for one in root.iter() if name in {"", _bare(one)}]


def _is_https(address: str) -> bool:
    return address.startswith("https://")


def _origin(address: str) -> str:
    return urlsplit(address).netloc


def _of_ids(root: ET.Element) -> Iterator[str]:
    given = [one.get("id") for one in root.iter() if one.get("id") and _bare(one) != "OfficeTab"]
    for twice in sorted({one for one in given if given.count(one) > 1 and one}):
        yield f"the id {twice} is given twice."
    for one in root.iter():
        wanted = one.get("resid")
        if wanted is not None and wanted not in given:
            yield f"{_bare(one)} names {wanted}, which nothing defines."
    number = root.findtext(f"{{{OFFICE}}}Version", "")
    if not re.fullmatch(r"\d+(\.\d+){3}", number):
        yield f"its version {number} has not four parts."
    named = root.findtext(f"{{{OFFICE}}}Id", "")
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", named):
        yield f"its id {named} is no UUID."


def _of_lengths(root: ET.Element) -> Iterator[str]:
    for name, most in _LONGEST.items():
        found = root.find(f"{{{OFFICE}}}{name}")
        said = (found.get("DefaultValue") or found.text or "") if found is not None else ""
        if len(said) > most:
            yield f"{name} has more than {most} letters."
    for one in root.iter():
        value = one.get("DefaultValue", "")
        most = {"String": 250, "Url": 2048, "Image": 2048}.get(_bare(one), 0)
        if most and len(value) > most:
            yield f"{one.get('id')} has more than {most} letters."
        resid = one.get("id") if _bare(one) in {"String", "Url", "Image"} else None
        if resid and len(resid) > 32:
            yield f"the id {resid} has more than 32 letters."


def _bare(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
