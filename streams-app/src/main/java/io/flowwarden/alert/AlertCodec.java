package io.flowwarden.alert;

import io.flowwarden.schemas.Alert;

/** Alerts as bytes, as on the topic, so that a later version reads what an earlier one kept. */
interface AlertCodec {
    byte[] encode(Alert alert);

    Alert decode(byte[] bytes);
}
