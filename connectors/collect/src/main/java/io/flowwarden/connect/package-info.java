/** What our Kafka Connect sources share: how a raw record becomes one of Connect's. */
package io.flowwarden.connect;
