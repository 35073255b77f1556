package io.flowwarden.live;

import io.flowwarden.udp.UdpCounts;
import io.flowwarden.udp.UdpReceiver;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** What became of datagrams before they are raw records, as meters. */
public final class UdpMeters {
    private UdpMeters() {}

    public static void bind(UdpReceiver receiver, MeterRegistry meters) {
        count(receiver, meters, "received", "Datagrams taken off the sockets", UdpCounts::received);
        count(receiver, meters, "refused", "Of them, those that are no export", UdpCounts::refused);
        count(
                receiver,
                meters,
                "unlisted",
                "Of them, those of exporters that limits.exporters does not name",
                UdpCounts::unlisted);
        count(
                receiver,
                meters,
                "limited",
                "Of them, those beyond the rate of their exporter",
                UdpCounts::limited);
        count(
                receiver,
                meters,
                "dropped",
                "Of them, those that nobody took in time",
                UdpCounts::dropped);
        count(
                receiver,
                meters,
                "kernel.dropped",
                "Datagrams lost because the kernel's buffer was full",
                counts -> counts.kernelDropped().orElse(0));
    }

    private static void count(
            UdpReceiver receiver,
            MeterRegistry meters,
            String name,
            String what,
            ToLongFunction<UdpCounts> count) {
        FunctionCounter.builder(
                        "flowwarden.udp." + name,
                        receiver,
                        each -> count.applyAsLong(each.counts()))
                .description(what)
                .register(meters);
    }
}
