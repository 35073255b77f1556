"""What a host of the lab does. Standard library only; ends when it is killed.

    host.py serve tcp|udp PORTS               takes whatever comes; over TCP it answers with as much
    host.py heartbeats TO PORT SECONDS [BYTES]         a datagram every so many seconds, from one source port
    host.py sessions TO PORT SECONDS [BYTES [TIMES]]   a TCP session every so many seconds, payload both ways
    host.py visits NETWORK COUNT TO PORT      one session of each of so many addresses of the network
    host.py relay PORT TO PORT FAULT@FROM...  hands on NetFlow 9 from other addresses, each with a fault:
                                              none, gap (two of three are lost), templates (without them), clock (2 h ahead)

TO is an address, or FROM>ADDRESS where the host has several. PORTS have commas between.
Every session says what became of it: "done", or why not.
"""

import ipaddress
import itertools
import socket
import struct
import sys
import threading
import time

PATIENCE = 1.5
NETFLOW_9_HEADER = 20
TWO_HOURS = 7200


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
    with socket.create_server(("0.0.0.0", port), backlog=256) as listener:
        print("serving", flush=True)
        while True:
            session, _ = listener.accept()
            threading.Thread(target=answer, args=(session,), daemon=True).start()


def serve(transport, ports):
    one = {"tcp": serve_tcp, "udp": serve_udp}[transport]
    servers = [threading.Thread(target=one, args=(int(port),)) for port in ports.split(",")]
    for server in servers:
        server.start()
    for server in servers:
        server.join()


def parties(to):
    """Where from, any address if nothing is said, and where to."""
    source, _, address = to.rpartition(">")
    return source, address


def heartbeats(to, port, seconds, size=50):
    source, address = parties(to)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.bind((source, 0))
        while True:
            try:
                sender.sendto(b"x" * int(size), (address, int(port)))
                print("done", flush=True)
            except OSError as failure:  # an ICMP error of the one before
                print(failure, flush=True)
            time.sleep(float(seconds))


def session_with(source, address, port, size):
    with socket.create_connection((address, port), timeout=PATIENCE, source_address=(source, 0)) as session:
        session.sendall(b"x" * size)
        left = size
        while left > 0:
            data = session.recv(left)
            if not data:
                raise OSError("closed early")
            left -= len(data)


def sessions(to, port, seconds, size=4000, times=0):
    source, address = parties(to)
    for _ in range(int(times)) if times else itertools.count():
        try:
            session_with(source, address, int(port), int(size))
            print("done", flush=True)
        except OSError as failure:
            print(failure, flush=True)
        time.sleep(float(seconds))


def visits(network, count, to, port):
    for source in itertools.islice(ipaddress.ip_network(network).hosts(), int(count)):
        session_with(str(source), to, int(port), 100)
    print("done", flush=True)


def without_templates(datagram):
    """Sets 0 and 1 define templates, in every other word the datagram is as it was (RFC 3954 section 5)."""
    kept = datagram[:NETFLOW_9_HEADER]
    at = NETFLOW_9_HEADER
    while at + 4 <= len(datagram):
        kind, length = struct.unpack_from("!HH", datagram, at)
        if kind > 1:
            kept += datagram[at : at + length]
        at += max(length, 4)
    return kept


def ahead(datagram):
    seconds = struct.unpack_from("!L", datagram, 8)[0]
    return datagram[:8] + struct.pack("!L", seconds + TWO_HOURS) + datagram[12:]


def relay(port, to, to_port, *outputs):
    def sender(address):
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.bind((address, 0))
        return made

    senders = [(fault, sender(address)) for fault, _, address in (output.partition("@") for output in outputs)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taker:
        taker.bind(("127.0.0.1", int(port)))
        print("serving", flush=True)
        for number in itertools.count():
            datagram = taker.recv(65535)
            for fault, out in senders:
                if fault == "gap" and number % 3:
                    continue
                change = {"templates": without_templates, "clock": ahead}.get(fault, lambda same: same)
                changed = change(datagram)
                if len(changed) > NETFLOW_9_HEADER:
                    out.sendto(changed, (to, int(to_port)))


def main(does, *given):
    {"serve": serve, "heartbeats": heartbeats, "sessions": sessions, "visits": visits, "relay": relay}[does](*given)


main(*sys.argv[1:])
