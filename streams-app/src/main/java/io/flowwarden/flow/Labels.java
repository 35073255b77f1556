package io.flowwarden.flow;

/**
 * Names that an exporter gave, in options data, to the numbers in its flows. Asked only for flows
 * that are shown, so naming costs a flow that is only judged nothing.
 */
public interface Labels {
    Labels NONE =
            new Labels() {
                @Override
                public String networkInterface(long index) {
                    return null;
                }

                @Override
                public String vrf(long id) {
                    return null;
                }

                @Override
                public String application(String id) {
                    return null;
                }
            };

    /** Name of the interface with this SNMP index, or null. */
    String networkInterface(long index);

    /** Name of the VRF with this id, or null. */
    String vrf(long id);

    /**
     * @param id classification engine and selector, e.g. {@code 3:80}
     * @return the application's name, or null
     */
    String application(String id);
}
