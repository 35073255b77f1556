package io.flowwarden.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A receiver of octet-counted syslog, over TCP or TLS. */
final class StreamPeer implements AutoCloseable {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ServerSocketFactory factory;
    private int port;
    private ServerSocket server;

    StreamPeer(ServerSocketFactory factory) {
        this.factory = factory;
        up();
        port = server.getLocalPort();
    }

    void up() {
        try {
            server = factory.createServerSocket(port, 10, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSocket listening = server;
        daemon(
                () -> {
                    while (true) {
                        Socket socket = listening.accept();
                        sockets.add(socket);
                        daemon(() -> read(socket));
                    }
                });
    }

    private interface Work {
        void run() throws IOException;
    }

    private void daemon(Work work) {
        var thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException closed) {
                                // Its end.
                            }
                        });
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void read(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        while (true) {
            var length = new StringBuilder();
            for (int next = in.readUnsignedByte(); next != ' '; next = in.readUnsignedByte()) {
                length.append((char) next);
            }
            byte[] message = new byte[Integer.parseInt(length.toString())];
            in.readFully(message);
            messages.add(new String(message, UTF_8));
        }
    }

    void down() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
            // The system closes a socket only when nobody waits on it any more.
            for (Thread thread : threads) {
                thread.join();
            }
            threads.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return port;
    }

    List<String> messages() {
        return messages;
    }

    @Override
    public void close() {
        down();
    }
}
