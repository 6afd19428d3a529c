"""List the reasons for which a file does not come in; the web has the words."""

from enum import StrEnum


class FileFlaw(StrEnum):
    """One reason to refuse a file."""

    EMPTY = "vuoto"
    TOO_LARGE = "troppo grande"
    #: Of a kind that the list does not have.
    UNKNOWN = "tipo non previsto"
    EXECUTABLE = "programma"
    #: HTML, SVG and their like, which run in a browser.
    MARKUP = "pagina"
    ARCHIVE = "archivio"
    MACROS = "macro"
    #: The formats of before 2007, which cannot be told from dangerous ones.
    LEGACY = "formato vecchio"
    #: A signature that does not carry its document along.
    DETACHED = "firma separata"
    #: A photograph in a format that few programs open.
    HEIC = "foto HEIC"
    #: It opens with a password, or nobody can look inside without one.
    PROTECTED = "protetto"
    #: It starts or fetches something when it is opened.
    ACTIVE = "contenuto attivo"
    #: The content is not what the name says.
    MISMATCH = "nome e contenuto diversi"
    DAMAGED = "rovinato"
    INFECTED = "virus"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


EXECUTABLES = _words(
    "exe com bat cmd msi msp scr pif cpl dll sys jar apk ipa app deb rpm dmg pkg bin run sh bash zsh fish ps1 psm1 vb "
    "vbs vbe js jse mjs cjs ts wsf wsh wsc hta lnk url reg inf scf py pyc rb pl lua class war ear swf chm iqy slk "
    "appx msix gadget application appref-ms settingcontent-ms desktop"
)
ARCHIVES = _words("zip rar 7z gz tgz tar bz2 xz zst lz lzh cab arj ace iso img vhd vhdx")
PAGES = _words("html htm xhtml mht mhtml shtml svg svgz xml xsl xslt php jsp asp aspx hta")
WITH_MACROS = _words("docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm")
BEFORE_2007 = _words("doc dot xls xlt ppt pps pot rtf wps msg pub vsd mdb")
