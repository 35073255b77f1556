package io.flowwarden.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flowwarden.raw.SourceIds;
import java.io.IOException;

/** What an Azure flow-log record says of itself, its tuples read no further than their time. */
final class AzureFacts {
    private AzureFacts() {}

    static JsonLog.Facts of(byte[] bytes, int at, int length) {
        String resource = null;
        long end = 0;
        boolean tuples = false;
        try (JsonParser json = JsonLog.JSON.createParser(bytes, at, length)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    tuples = false;
                    if (json.currentName().equals("flowTuples")) {
                        tuples = true;
                    } else if (isResource(json.currentName())
                            && json.nextToken() == JsonToken.VALUE_STRING) {
                        resource = json.getText();
                    }
                } else if (tuples && token == JsonToken.VALUE_STRING) {
                    end = Math.max(end, time(json.getText()));
                }
            }
        } catch (IOException damaged) {
            // The decoder rejects it and says why; here it only stays without a time.
            return new JsonLog.Facts(SourceIds.azure(resource), end);
        }
        return new JsonLog.Facts(SourceIds.azure(resource), end);
    }

    /** VNet flow logs name the log, NSG flow logs the security group. */
    static boolean isResource(String field) {
        return field.equals("flowLogResourceID") || field.equals("resourceId");
    }

    /** Epoch ms of a tuple: seconds in NSG flow logs, milliseconds in VNet flow logs. */
    static long time(String tuple) {
        long time = 0;
        for (int i = 0; i < tuple.length() && i < 15; i++) {
            int digit = tuple.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            time = time * 10 + digit;
        }
        return time < 100_000_000_000L ? time * 1000 : time;
    }
}
