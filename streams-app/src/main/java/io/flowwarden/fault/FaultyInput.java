package io.flowwarden.fault;

import java.util.List;
import java.util.stream.Collectors;

/** A file that cannot be used as it is, with everything that is wrong in it. */
public final class FaultyInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    public FaultyInput(List<Fault> faults) {
        super(faults.stream().map(Fault::text).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
