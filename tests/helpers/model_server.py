"""A real served model: `python -m tests.helpers.model_server [FOLDER]` decodes raw prompts for HTTP clients.

A process of its own, with the engine's decode loop behind `/v1/completions` and `/v1/models`, in the dialect of vLLM:
server-sent events, token probabilities, usage in every chunk. It says its port on stdout and ends with its stdin.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import log
from pathlib import Path
from typing import Any

from engine.llm.bundled import POLICY

ROOT = Path(__file__).parents[2]


@contextmanager
def served(folder: Path = POLICY) -> Iterator[str]:
    """Start one; gives its address with the model's name."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.helpers.model_server", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1#{folder}"
        finally:
            process.stdin.close()
            process.wait(20)


def main(folder: Path) -> None:
    from engine.llm.decode import Order, Written
    from engine.policies import Cancelled
    from engine.policies.local import LocalPolicy

    policy = LocalPolicy(folder, "cpu")
    vocabulary, decoder, one_at_a_time = policy._vocabulary, policy._decoder, threading.Lock()

    def write(body: dict[str, Any], tell: Any) -> tuple[Written, int]:
        prompt = body["prompt"]
        context = tuple(prompt if isinstance(prompt, list) else vocabulary._encode(prompt))
        order = Order(context, body["seed"], body["temperature"], body["max_tokens"])
        with one_at_a_time:
            (written,) = decoder.decode([order], writing=lambda _order, text: tell(text))
        return written, len(context)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({"data": [{"id": str(folder), "owned_by": "vllm", "max_model_len": 256}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path != "/v1/completions":
                self.send_error(404)
                return
            if not body["stream"]:
                self._send({"choices": [{"text": write(body | {"seed": 0}, lambda _text: None)[0].text}]})
                return
            self.send_response(200)
            self.end_headers()
            self._stream(body)

        def _stream(self, body: dict[str, Any]) -> None:
            """Tokens are told when all are drawn: whoever hangs up early has paid for little."""
            written, length = write(body, lambda _text: None)
            usage = {"prompt_tokens": length, "prompt_tokens_details": {"cached_tokens": written.cached}}
            try:
                for number, token in enumerate(written.tokens, 1):
                    top = {each.text: log(max(each.probability, 1e-30)) for each in token.alternatives}
                    told = {"tokens": [token.text], "token_logprobs": [token.logprob], "top_logprobs": [top]}
                    choice = {"index": 0, "text": token.text, "logprobs": told}
                    self._frame({"choices": [choice], "usage": {**usage, "completion_tokens": number}})
                reason = "length" if written.ended == "length" else "stop"
                self._frame({"choices": [{"index": 0, "text": "", "finish_reason": reason}]})
                self.wfile.write(b"data: [DONE]\n\n")
            except (BrokenPipeError, ConnectionResetError, Cancelled):
                pass

        def _frame(self, frame: dict[str, Any]) -> None:
            self.wfile.write(b"data: " + json.dumps(frame).encode() + b"\n\n")

        def _send(self, answer: dict[str, Any]) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            pass

    ThreadingHTTPServer.request_queue_size = 128  # many connect at once
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    os._exit(0)  # nobody waits for torch to be taken apart


if __name__ == "__main__":
    main(Path(sys.argv[1]))
