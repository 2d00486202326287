"""A mirror of MNIST on this machine, which behaves well or badly."""

import gzip
import http.server
import struct
import threading
import time

PICTURES = {n: struct.pack(">IIII", 0x803, n, 28, 28) + bytes(784 * n) for n in (60_000, 10_000)}
LABELS = {n: struct.pack(">II", 0x801, n) + bytes(n) for n in (60_000, 10_000)}
WHOLE = {
    "train-images-idx3-ubyte": PICTURES[60_000],
    "train-labels-idx1-ubyte": LABELS[60_000],
    "t10k-images-idx3-ubyte": PICTURES[10_000],
    "t10k-labels-idx1-ubyte": LABELS[10_000],
}
FILES = {name: (whole, gzip.compress(whole, 1, mtime=0)) for name, whole in WHOLE.items()}
MANNERS = ("good", "slow", "cut off half way", "another checksum", "403", "HTML instead of data")


class Mirror(http.server.ThreadingHTTPServer):
    """`with Mirror(manner) as address` serves FILES on loopback. served: names asked for."""

    def __init__(self, manner: str):
        super().__init__(("127.0.0.1", 0), Handler)
        self.manner, self.served = manner, []

    def __enter__(self) -> str:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server_port}/"

    def __exit__(self, *_) -> None:
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.rsplit("/", 1)[-1].removesuffix(".gz")
        manner, (_, body) = self.server.manner, FILES[name]
        self.server.served.append(name)
        length = len(body)
        if manner == "403":
            return self.send_error(403)
        if manner == "HTML instead of data":
            body = b"<html><body>Please sign in to this network</body></html>"
            length = len(body)
        if manner == "another checksum":
            body = bytes(length)
        if manner == "cut off half way":
            body = body[: length // 2]
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        step = max(1, len(body) // 20) if manner == "slow" else len(body)
        for start in range(0, len(body), step):
            self.wfile.write(body[start : start + step])
            time.sleep(0.05 if manner == "slow" else 0)
        return None

    def log_message(self, *_) -> None:
        """Nothing: the table says what happened."""
