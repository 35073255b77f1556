/** Prometheus Alertmanager, API version 2. */
package io.flowwarden.sink.alertmanager;
