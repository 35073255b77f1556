package io.flowwarden.judge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The register of each task that runs here, for the processors of that task to share. */
final class SourceRegisters {
    private final Map<String, SourceRegister> byTask = new ConcurrentHashMap<>();

    /** The task starts, or starts again, on what its store holds. */
    SourceRegister open(String task, JudgeStore store, int most) {
        var register = new SourceRegister(store, most);
        byTask.put(task, register);
        return register;
    }

    /** The register that {@link #open} opened for the task. */
    SourceRegister of(String task) {
        SourceRegister register = byTask.get(task);
        if (register == null) {
            throw new IllegalStateException("the sources of task " + task + " are not open");
        }
        return register;
    }

    /** The task leaves; whoever opened its register again in the meantime keeps it. */
    void close(String task, SourceRegister register) {
        byTask.remove(task, register);
    }
}
