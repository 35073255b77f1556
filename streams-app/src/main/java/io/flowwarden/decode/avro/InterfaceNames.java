package io.flowwarden.decode.avro;

import io.flowwarden.flow.Labels;
import io.flowwarden.schemas.Flow;

/** Names of the two interfaces of one flow, as its collector states them. */
record InterfaceNames(Flow flow) implements Labels {
    @Override
    public String networkInterface(long index) {
        if (flow.getInputIfName() != null && is(flow.getInputIf(), index)) {
            return flow.getInputIfName();
        }
        return is(flow.getOutputIf(), index) ? flow.getOutputIfName() : null;
    }

    @Override
    public String vrf(long id) {
        return null;
    }

    @Override
    public String application(String id) {
        return null;
    }

    private static boolean is(Long stated, long index) {
        return stated != null && stated == index;
    }
}
