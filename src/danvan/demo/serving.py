"""Starting the server of the demonstration, and a browser where somebody sits before one."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from danvan.demo.environment import ROOT

HOST = "127.0.0.1"


def what_blocks(port: int) -> str:
    """Why the port cannot be used, as a sentence; "" if it can."""
    if not 1 <= port <= 65535:
        return f"Cổng {port} không hợp lệ: chọn một số từ 1 đến 65535."
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            # As the server itself binds: a port just left behind is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return f"Không được phép dùng cổng {port}: chọn cổng từ 1024 trở lên, ví dụ 8000."
        except OSError:
            return (
                f"Cổng {port} đang được chương trình khác dùng. Hãy dừng chương trình đó "
                f"hoặc chọn cổng khác, ví dụ: ./run demo --port {port % 65535 + 1}"
            )
    return ""


def address(port: int) -> str:
    return f"http://{HOST}:{port}/"


def open_browser(port: int) -> None:
    """In a process of its own, which waits until the server answers."""
    subprocess.Popen([sys.executable, "-m", "danvan.demo.opening", HOST, str(port)])


def before_a_screen() -> bool:
    """Whether a person sits at this machine's own screen."""
    if not sys.stdout.isatty() or os.environ.get("CI") or os.environ.get("SSH_CONNECTION"):
        return False
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve(port: int) -> None:
    """Becomes the server; does not come back. Without gunicorn, Django's own server."""
    # Nothing is collected here, but the server looks for the folder.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    if os.name == "posix" and importlib.util.find_spec("gunicorn"):
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "-w", "1", "--threads", "8"]
        command += ["-b", f"{HOST}:{port}", "--chdir", str(ROOT), "--log-level", "warning"]
        sys.stdout.flush()
        os.execvp(command[0], command)
    call_command("runserver", f"{HOST}:{port}", use_reloader=False, insecure_serving=True)
