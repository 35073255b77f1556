package io.flowwarden.witness;

/** Members of all links of a partition, counted against their limit. */
final class Population {
    private final int most;
    private int size;

    Population(int most) {
        this.most = most;
    }

    boolean isFull() {
        return size >= most;
    }

    /** How many make room at a time, so that room is not made for each. */
    int share() {
        return Math.max(1, most / 64);
    }

    void change(int by) {
        size += by;
    }
}
