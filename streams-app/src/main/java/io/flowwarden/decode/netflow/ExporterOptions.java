package io.flowwarden.decode.netflow;

import io.flowwarden.flow.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What options data of one source have said: sampling rates, names and timeouts. It is stored with
 * the templates, for exporters repeat it every few minutes only; what is said last holds, and
 * beyond a bound the entry that was said longest ago goes.
 */
final class ExporterOptions implements Labels {
    static final int MOST_RATES = 1_024;
    static final int MOST_NAMES = 4_096;

    /** Of one name: longer ones are cut. */
    static final int MOST_CHARACTERS = 64;

    /** Of all names together; keeps the stored source at a size that a changelog carries. */
    static final int MOST_NAME_CHARACTERS = 65_536;

    /** Whom a rate is for; the number is part of the stored form. */
    static final int DOMAIN = 0;

    static final int INTERFACE = 1;
    static final int SAMPLER = 2;

    /** Both timeouts are unsigned16 in the registry of IPFIX; v9 leaves their length open. */
    private static final int MOST_SECONDS = 0xffff;

    /** Which number a name is for; the character is part of the stored form. */
    static final char INTERFACE_NAME = 'i';

    static final char VRF_NAME = 'v';
    static final char APPLICATION_NAME = 'a';

    private record RateKey(int scope, long domain, long id) {}

    private final Map<RateKey, Long> rates = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private int characters;
    private int interfaces;
    private int samplers;
    private int activeTimeout;
    private int idleTimeout;
    private boolean changed;

    // Flows of one set mostly share their sampler and interface.
    private long lastDomain = -1;
    private long lastSampler;
    private long lastInterface;
    private long lastRate;

    /**
     * One of n packets is seen.
     *
     * @param scope {@link #DOMAIN}, {@link #INTERFACE} or {@link #SAMPLER}
     * @param domain observation domain that said so
     * @param id of the interface or sampler
     * @param rate n; below 1 it says nothing
     */
    void rate(int scope, long domain, long id, long rate) {
        if (rate < 1) {
            return;
        }
        var key = new RateKey(scope, domain, scope == DOMAIN ? 0 : id);
        Long known = rates.get(key);
        if (known != null && known == rate) {
            return;
        }
        if (known == null) {
            count(scope, 1);
        }
        rates.put(key, rate);
        if (rates.size() > MOST_RATES) {
            RateKey oldest = rates.keySet().iterator().next();
            rates.remove(oldest);
            count(oldest.scope, -1);
        }
        changed = true;
        lastDomain = -1;
    }

    private void count(int scope, int by) {
        interfaces += scope == INTERFACE ? by : 0;
        samplers += scope == SAMPLER ? by : 0;
    }

    /** Whether no rate is known, so that no flow has to be asked about. */
    boolean noRates() {
        return rates.isEmpty();
    }

    /** Whether rates differ by interface or sampler. */
    boolean ratesDiffer() {
        return interfaces + samplers > 0;
    }

    /**
     * The rate that holds for a flow: its sampler's, else its interface's, else the domain's.
     *
     * @param sampler its id, or -1
     * @param networkInterface its index, or -1
     * @return 0 where none is stated
     */
    long rateOf(long domain, long sampler, long networkInterface) {
        if (domain != lastDomain || sampler != lastSampler || networkInterface != lastInterface) {
            lastRate = find(domain, sampler, networkInterface);
            lastDomain = domain;
            lastSampler = sampler;
            lastInterface = networkInterface;
        }
        return lastRate;
    }

    private long find(long domain, long sampler, long networkInterface) {
        Long rate = null;
        if (samplers > 0 && sampler >= 0) {
            rate = rates.get(new RateKey(SAMPLER, domain, sampler));
        }
        if (rate == null && interfaces > 0 && networkInterface >= 0) {
            rate = rates.get(new RateKey(INTERFACE, domain, networkInterface));
        }
        if (rate == null) {
            rate = rates.get(new RateKey(DOMAIN, domain, 0));
        }
        return rate == null ? 0 : rate;
    }

    /**
     * @param kind {@link #INTERFACE_NAME}, {@link #VRF_NAME} or {@link #APPLICATION_NAME}
     * @param id what it names
     */
    void name(char kind, String id, String name) {
        if (name.isEmpty()) {
            return;
        }
        String cut = name.length() > MOST_CHARACTERS ? name.substring(0, MOST_CHARACTERS) : name;
        String key = kind + id;
        String known = names.get(key);
        if (cut.equals(known)) {
            return;
        }
        characters += cut.length() - (known == null ? 0 : known.length());
        names.put(key, cut);
        while (names.size() > MOST_NAMES || characters > MOST_NAME_CHARACTERS) {
            String oldest = names.keySet().iterator().next();
            characters -= names.remove(oldest).length();
        }
        changed = true;
    }

    /** Seconds after which the exporter reports a flow that goes on (IE 36), or 0. */
    int activeTimeout() {
        return activeTimeout;
    }

    /** Seconds after its last packet in which it reports a flow (IE 37), or 0. */
    int idleTimeout() {
        return idleTimeout;
    }

    void activeTimeout(long seconds) {
        activeTimeout = changed(activeTimeout, seconds);
    }

    void idleTimeout(long seconds) {
        idleTimeout = changed(idleTimeout, seconds);
    }

    private int changed(int before, long seconds) {
        int now = seconds > 0 ? (int) Math.min(seconds, MOST_SECONDS) : before;
        changed |= now != before;
        return now;
    }

    @Override
    public String networkInterface(long index) {
        return names.isEmpty() ? null : names.get(INTERFACE_NAME + Long.toString(index));
    }

    @Override
    public String vrf(long id) {
        return names.isEmpty() ? null : names.get(VRF_NAME + Long.toString(id));
    }

    @Override
    public String application(String id) {
        return names.isEmpty() ? null : names.get(APPLICATION_NAME + id);
    }

    /** A rate, as it is stored. */
    @FunctionalInterface
    interface RateVisitor {
        void rate(int scope, long domain, long id, long rate);
    }

    int rates() {
        return rates.size();
    }

    void forEachRate(RateVisitor visitor) {
        rates.forEach((key, rate) -> visitor.rate(key.scope, key.domain, key.id, rate));
    }

    int names() {
        return names.size();
    }

    /** Kind and id in one string, then the name. */
    void forEachName(BiConsumer<String, String> visitor) {
        names.forEach(visitor);
    }

    /** True once after anything worth storing has changed. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }
}
