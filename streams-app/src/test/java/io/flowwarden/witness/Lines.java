package io.flowwarden.witness;

import io.flowwarden.detect.FindingKeys;
import io.flowwarden.detect.Findings;
import io.flowwarden.schemas.LinkMinute;
import io.flowwarden.schemas.LinkUnseen;
import io.flowwarden.schemas.MemberDegraded;
import io.flowwarden.schemas.MemberSight;
import io.flowwarden.schemas.PairState;
import io.flowwarden.schemas.SourceState;
import io.flowwarden.schemas.Telemetry;
import java.util.List;

/** Findings as lines: arrival, kind, what it is about, the rest. */
record Lines(List<String> lines, long arrival) implements Findings {
    @Override
    public void find(String key, String source, long at, Object body) {
        String line = line(key, source, at, body);
        if (line != null) {
            lines.add(Timeline.text(arrival) + "@ " + line);
        }
    }

    private static String line(String key, String source, long at, Object body) {
        if (body instanceof SourceState state) {
            return state.getState() + " " + source + (state.getAccepted() ? "" : " (no flows)");
        }
        if (body instanceof Telemetry telemetry) {
            return telemetry.getKind()
                    + " "
                    + telemetry.getState()
                    + " "
                    + (key.startsWith("source/") ? key.substring("source/".length()) : key)
                    + " since "
                    + Timeline.text(telemetry.getSince())
                    + (telemetry.getLost() == null
                            ? ""
                            : " " + telemetry.getLost() + "/" + telemetry.getExpected());
        }
        if (body instanceof MemberSight sight) {
            return sight.getState()
                    + " "
                    + sight.getLink()
                    + " "
                    + (sight.getClient() == null
                            ? "*"
                            : sight.getClient() + ">" + sight.getServer())
                    + (sight.getState().equals("LOST") ? " at " + Timeline.text(at) : "")
                    + (sight.getDecides() ? "" : " slow")
                    + (sight.getReversed() ? " reversed" : "");
        }
        if (body instanceof LinkUnseen unseen) {
            return unseen.getState() + " " + unseen.getLink() + " by " + source;
        }
        if (body instanceof MemberDegraded degraded) {
            return degraded.getState()
                    + " "
                    + degraded.getLink()
                    + " "
                    + degraded.getClient()
                    + " to "
                    + Timeline.text(degraded.getWindowEnd());
        }
        if (body instanceof LinkMinute minute) {
            return (minute.getLate() ? "LATE " : "MINUTE ")
                    + minute.getLink()
                    + " "
                    + Timeline.text(minute.getStart())
                    + " "
                    + minute.getForward()
                    + "/"
                    + minute.getReverse()
                    + (minute.getPayload() ? " " + minute.getPairs() : "");
        }
        if (body instanceof PairState pair && key.equals(FindingKeys.EVERYWHERE)) {
            return "PAIR "
                    + pair.getState()
                    + " "
                    + pair.getFrom()
                    + ">"
                    + pair.getTo()
                    + " "
                    + pair.getMembers();
        }
        return null;
    }
}
