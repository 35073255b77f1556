"""What a host of the lab does. Standard library only; ends when it is killed.

    host.py serve tcp|udp PORT                takes whatever comes; over TCP it answers with as much
    host.py heartbeats ADDRESS PORT SECONDS [BYTES]    a datagram every so many seconds, from one source port
    host.py sessions ADDRESS PORT SECONDS [BYTES]      a TCP session every so many seconds, payload both ways

Every session says what became of it: "done", or why not.
"""

import socket
import sys
import threading
import time

PATIENCE = 1.5


def serve_udp(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taker:
        taker.bind(("0.0.0.0", port))
        print("serving", flush=True)
        while True:
            taker.recv(65535)


def answer(session):
    with session:
        try:
            while data := session.recv(65536):
                session.sendall(data)
        except OSError:
            pass


def serve_tcp(port):
    with socket.create_server(("0.0.0.0", port)) as listener:
        print("serving", flush=True)
        while True:
            session, _ = listener.accept()
            threading.Thread(target=answer, args=(session,), daemon=True).start()


def heartbeats(address, port, seconds, size=50):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        while True:
            try:
                sender.sendto(b"x" * size, (address, port))
                print("done", flush=True)
            except OSError as failure:  # an ICMP error of the one before
                print(failure, flush=True)
            time.sleep(seconds)


def session_with(address, port, size):
    with socket.create_connection((address, port), timeout=PATIENCE) as session:
        session.sendall(b"x" * size)
        left = size
        while left > 0:
            data = session.recv(left)
            if not data:
                raise OSError("closed early")
            left -= len(data)


def sessions(address, port, seconds, size=4000):
    while True:
        try:
            session_with(address, port, size)
            print("done", flush=True)
        except OSError as failure:
            print(failure, flush=True)
        time.sleep(seconds)


def main(does, *given):
    if does == "serve":
        {"tcp": serve_tcp, "udp": serve_udp}[given[0]](int(given[1]))
    else:
        address, port, seconds, *size = given
        {"heartbeats": heartbeats, "sessions": sessions}[does](address, int(port), float(seconds), *map(int, size))


main(*sys.argv[1:])
