package io.flowwarden.sink.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Messages over TCP, each behind its length (RFC 6587, section 3.4.1), or over TLS, which frames
 * the same way (RFC 5425, section 4.3).
 *
 * <p>Syslog has no acknowledgement: what was written just before a receiver died is lost without a
 * word. One that closed the connection is noticed before the next message is written.
 */
final class Stream implements Wire {
    /** A receiver says nothing, so whatever is read is its goodbye. */
    private static final int LISTEN_MILLIS = 1;

    private final Receiver receiver;
    private final SSLContext tls;
    private final Duration timeout;
    private Socket socket;

    /**
     * @param tls null for plain TCP
     */
    Stream(Receiver receiver, SSLContext tls, Duration timeout) {
        this.receiver = receiver;
        this.tls = tls;
        this.timeout = timeout;
    }

    @Override
    public void send(byte[] message) throws IOException {
        if (socket != null && isClosedByReceiver()) {
            close();
        }
        try {
            if (socket == null) {
                socket = open();
            }
            var framed = new ByteArrayOutputStream(message.length + 8);
            framed.writeBytes((message.length + " ").getBytes(US_ASCII));
            framed.writeBytes(message);
            socket.getOutputStream().write(framed.toByteArray());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private boolean isClosedByReceiver() {
        try {
            socket.setSoTimeout(LISTEN_MILLIS);
            if (socket.getInputStream().read() < 0) {
                throw new EOFException();
            }
            return false;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private Socket open() throws IOException {
        var address = receiver.address();
        if (address.isUnresolved()) {
            throw new UnknownHostException(receiver.host());
        }
        int millis = (int) timeout.toMillis();
        var plain = new Socket();
        try {
            plain.connect(address, millis);
            plain.setKeepAlive(true);
            return tls == null ? plain : secured(plain, millis);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private Socket secured(Socket plain, int millis) throws IOException {
        var secured =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(plain, receiver.host(), receiver.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        // The name of the certificate must be that of the receiver (RFC 5425, section 5.2).
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(millis);
        secured.startHandshake();
        return secured;
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException gone) {
                // Then it is closed.
            }
            socket = null;
        }
    }
}
