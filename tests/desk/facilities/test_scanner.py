"""The virus scanner, against a server that speaks as clamd does."""

from __future__ import annotations

import socketserver
import struct
import threading
from io import BytesIO

import pytest

from desk import Facilities, files
from desk.errors import DocumentRefused, ScannerUnavailable
from desk.facilities.scanner import Clamd
from desk.files import FileFlaw, FolderStorage
from tests.kit.hostile_files import pdf

EICAR = pdf(rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")


class Clam(socketserver.BaseRequestHandler):
    """One INSTREAM session: a command, chunks with their lengths, a zero, an answer."""

    def handle(self):
        assert self._exactly(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self._exactly(4))[0]:
            content += self._exactly(size)
        self.server.seen.append(content)
        virus = b"stream: Eicar-Test-Signature FOUND\0" if b"EICAR" in content else b"stream: OK\0"
        self.request.sendall(virus if self.server.answer is None else self.server.answer)

    def _exactly(self, size):
        got = b""
        while len(got) < size:
            got += self.request.recv(size - len(got))
        return got


@pytest.fixture(params=["tcp", "unix"])
def clam(request, tmp_path):
    if request.param == "tcp":
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clam)
        server.address = f"tcp://127.0.0.1:{server.server_address[1]}"
    else:
        server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd"), Clam)
        server.address = f"unix:{tmp_path}/clamd"
    server.daemon_threads, server.seen, server.answer = True, [], None
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def received(clamd, content, tmp_path):
    facilities = Facilities(files=FolderStorage(tmp_path / "documenti"), scanner=clamd)
    with files.receive(facilities, "a.pdf", BytesIO(content)) as upload:
        return upload.name


def test_a_clean_file_comes_in_after_the_scanner_saw_all_of_it(clam, tmp_path):
    content = pdf(b"x" * 200_000)

    assert received(Clamd(clam.address), content, tmp_path) == "a.pdf"
    assert clam.seen == [content]


def test_a_virus_does_not_come_in(clam, tmp_path):
    with pytest.raises(DocumentRefused) as refusal:
        received(Clamd(clam.address), EICAR, tmp_path)

    assert refusal.value.flaw is FileFlaw.INFECTED
    assert [path for path in tmp_path.rglob("*/*") if path.is_file()] == []


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK", b"stream: OKAY\0", b"x" * 9000]
)
def test_an_answer_that_is_not_clearly_good_is_no_answer(clam, tmp_path, answer):
    clam.answer = answer

    with pytest.raises(ScannerUnavailable):
        received(Clamd(clam.address), pdf(), tmp_path)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:/nowhere/clamd", "127.0.0.1:3310", "tcp://h", "unix:"])
def test_a_scanner_that_is_down_lets_nothing_in(address, tmp_path):
    with pytest.raises(ScannerUnavailable):
        received(Clamd(address), pdf(), tmp_path)
