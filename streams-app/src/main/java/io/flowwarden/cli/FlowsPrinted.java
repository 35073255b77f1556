package io.flowwarden.cli;

import io.flowwarden.schemas.JudgedFlow;

/** Which judged flows a command prints. */
enum FlowsPrinted {
    ALL,
    NOTABLE,
    NONE;

    boolean wants(JudgedFlow judged) {
        return switch (this) {
            case ALL -> true;
            case NOTABLE ->
                    judged.getVerdict().equals("UNEXPECTED")
                            || judged.getFlow().getOutcome().equals("REJECTED")
                                    && !judged.getVerdict().equals("OUT_OF_SCOPE");
            case NONE -> false;
        };
    }
}
