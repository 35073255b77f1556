package io.flowwarden.sink.syslog;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * One message a datagram (RFC 5426). Nobody says whether it arrived; a host without a receiver may
 * say so to the next one.
 */
final class Datagrams implements Wire {
    private final Receiver receiver;
    private DatagramSocket socket;

    Datagrams(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void send(byte[] message) throws IOException {
        try {
            if (socket == null) {
                // Looked up each time it opens: a receiver may have moved.
                InetSocketAddress address = receiver.address();
                if (address.isUnresolved()) {
                    throw new UnknownHostException(receiver.host());
                }
                socket = new DatagramSocket();
                // Connected, so that ICMP errors come back to us.
                socket.connect(address);
            }
            socket.send(new DatagramPacket(message, message.length));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
